"""The archive knows nothing of confidential cases: their team judges them, and nobody else sees that they end."""

from collections.abc import Iterator
from typing import Any

import pytest

from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound
from vliegwiel.support.archive.actions.export_file import export_file
from vliegwiel.support.archive.files import rules
from vliegwiel.support.confidential.lifecycle import State
from vliegwiel.support.confidential.tests.given import AFTERWARDS, MONDAY, a_case, known_places, someone
from vliegwiel.support.grants.tests.test_dossier_pages import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any, own_home: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        known_places(own_home)
        yield


def test_an_archivist_cannot_list_or_export_a_case_that_is_over_its_term() -> None:
    closed, archivist = a_case(State.PROPOSED), someone("archivaris")
    assert not [rule for rule in rules() if "confidential" in rule.kind]
    with clock.at(AFTERWARDS):
        for name in (closed.public_id, "abcdefghjkmn"):
            with pytest.raises(NotFound):
                export_file(actor=archivist, province=PROVINCE, number=name)
        assert closed.public_id not in browser(archivist).get("/beheer/bewaren").content.decode()
