"""Who can take part, who is missing: one short step, the same answer for who asked and the adviser, and no score."""

from collections.abc import Iterator
from typing import Any

import pytest

from vliegwiel.catalogue.inclusion import inclusion
from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.desk.actions.note_inclusion import note_inclusion, think_inclusion
from vliegwiel.support.desk.standing import find
from vliegwiel.support.desk.tests.given import MONDAY, VISITOR, an_adviser, an_enquiry, link_of
from vliegwiel.support.desk.tests.test_pages import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        yield


def test_who_asked_thinks_about_it_and_the_adviser_goes_on_with_the_same_answer(client: Any) -> None:
    found = an_enquiry()
    path = f"/loket/vragen/{found.public_id}/{link_of(found)}"
    assert "Wie kan meedoen, wie ontbreekt?" in client.get(path).content.decode()
    client.post(path, {"doe": "meedoen", "meedoen": "Iedereen uit het dorp.", "ontbreekt": ["young"], "mist": ""})
    kept = find(found.public_id)
    assert kept.inclusion == {"meedoen": "Iedereen uit het dorp.", "ontbreekt": ["young"]}
    tip = next(group.tip for group in inclusion().groups if group.key == "young")
    assert tip in client.get(path).content.decode()
    work = browser(an_adviser())
    page = work.get(f"/werk/loket/{found.number}/traject").content.decode()
    assert "Iedereen uit het dorp." in page
    work.post(f"/werk/loket/{found.number}/traject", {"doe": "meedoen", "mist": "Kies ook een avond."})
    assert find(found.public_id).inclusion == {"mist": "Kies ook een avond."}


def test_it_is_about_groups_and_never_about_one_person() -> None:
    found = an_enquiry()
    for text in ("Bel 06-12345678.", "Mijn buurman heeft kanker."):
        with pytest.raises(NotValid):
            think_inclusion(actor=VISITOR, enquiry=found.public_id, answers={"mist": text}, link=link_of(found))
        with pytest.raises(NotValid):
            note_inclusion(actor=an_adviser(), enquiry=found.public_id, answers={"mist": text})
    assert find(found.public_id).inclusion == {}


def test_a_text_that_is_too_long_is_said_and_takes_nothing_away(client: Any) -> None:
    found = an_enquiry()
    path, work = f"/loket/vragen/{found.public_id}/{link_of(found)}", browser(an_adviser())
    client.post(path, {"doe": "meedoen", "meedoen": "Iedereen uit het dorp."})
    for by, where in ((client, path), (work, f"/werk/loket/{found.number}/traject")):
        page = by.post(where, {"doe": "meedoen", "meedoen": "x" * 1_002}).content.decode()
        assert "Maak uw antwoord 2 tekens korter" in page
        assert "x" * 1_002 in page, "what was typed is still there"
        assert find(found.public_id).inclusion == {"meedoen": "Iedereen uit het dorp."}
