"""The first page counts the schemes that are open now, and nothing while there is none."""

from datetime import timedelta

import pytest

from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.kernel import clock
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.monitor.public import Place
from vliegwiel.support.schemes.contributes import PARTS, stamp
from vliegwiel.support.schemes.tests.given import an_open_call

PLACE = Place(PROVINCE, "Verzonnenland", Level.PROVINCE, 2024, PROVINCE, "")


@pytest.mark.django_db
def test_open_schemes_are_counted_until_they_close_and_kept_pages_follow() -> None:
    count = PARTS[0].count
    assert count is not None
    stamp.forget()
    assert count(PLACE) is None
    before = stamp()
    an_open_call()
    stamp.forget()
    assert stamp() != before
    found = count(PLACE)
    assert found is not None
    assert (found.amount, found.path) == ("1", "/regelingen")
    with clock.at(clock.now() + timedelta(days=60)):
        stamp.forget()
        assert count(PLACE) is None
        assert stamp() == before
    stamp.forget()
