"""A call opens and closes by the clock, as it was announced, and nobody gets in a second late."""

import pytest

from vliegwiel.support.schemes.public import call_of, check, open_calls
from vliegwiel.support.schemes.tests.given import an_open_call

pytestmark = pytest.mark.django_db


def test_smoke() -> None:
    found = an_open_call()
    assert found.state == "open"
    assert found.rules.term.weeks == 13
    assert check(found.id, {}).open_questions
    t = an_open_call("tender")
    assert call_of(t.id).rules.criteria
    assert len(open_calls("PV99")) == 2
