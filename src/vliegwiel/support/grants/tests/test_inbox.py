"""The inbox: by legal clock, whose it is, what it waits for; nobody sees what is not theirs to work on."""

from datetime import timedelta

import pytest

from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants.actions.ask_completion import ask_completion
from vliegwiel.support.grants.actions.assign_application import assign_application
from vliegwiel.support.grants.inbox import Chosen, counted, narrowed, waiting_for
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import (
    FULL,
    a_call,
    a_complete_application,
    a_decidable_application,
    a_received_application,
    an_officer,
    days_later,
    proposed,
)
from vliegwiel.support.grants.tests.test_pages import a_browser

pytestmark = pytest.mark.django_db


def titles(actor: Actor, **chosen: str) -> list[str]:
    found = narrowed(waiting_for(actor), Chosen(**chosen), actor=actor, today=clock.today())
    return [item.title for item in found]


def four_files() -> dict[str, Application]:
    """New, complete, waiting for its applicant, and waiting for a signature; each of a person of its own."""
    call = a_call()
    people = {name: a_resident(f"{name}@voorbeeld.invalid") for name in ("nieuw", "compleet", "wacht", "tekent")}
    files = {
        "nieuw": a_received_application(call, person=people["nieuw"], title="Nieuw"),
        "compleet": a_complete_application(call, person=people["compleet"], title="Compleet"),
        "wacht": a_received_application(call, person=people["wacht"], title="Wacht"),
        "tekent": a_decidable_application(call, person=people["tekent"], title="Tekent"),
    }
    ask_completion(actor=an_officer(), application=files["wacht"].public_id, items=["budget"])
    proposed(find(files["tekent"].public_id))
    return files


def test_each_heap_holds_what_waits_for_that() -> None:
    four_files()
    officer = an_officer()
    assert titles(officer, heap="nieuw") == ["Nieuw"]
    assert titles(officer, heap="beslissen") == ["Compleet"]
    assert titles(officer, heap="aanvrager") == ["Wacht"]
    assert titles(officer, heap="tekenen") == ["Tekent"]
    assert sorted(titles(officer)) == ["Compleet", "Nieuw", "Tekent", "Wacht"]
    counts = {heap: count for heap, _name, count in counted(waiting_for(officer), Chosen(), actor=officer, today=clock.today())}
    assert counts["open"] == 4
    assert counts["nieuw"] == counts["aanvrager"] == counts["tekenen"] == counts["beslissen"] == 1


def test_the_first_legal_day_comes_first_and_what_is_late_says_so() -> None:
    call = a_call()
    with clock.at(clock.now() - timedelta(days=1)):
        a_received_application(call, person=a_resident("eerst@voorbeeld.invalid"), title="Eerst")
    a_received_application(call, person=a_resident("dan@voorbeeld.invalid"), title="Dan")
    officer = an_officer()
    assert titles(officer) == ["Eerst", "Dan"]
    assert titles(officer, heap="te-laat") == []
    with days_later(400):
        assert titles(officer, heap="te-laat") == ["Eerst", "Dan"]
        assert "dagen te laat" in a_browser(officer).get("/werk/aanvragen?stapel=te-laat").content.decode()


def test_what_the_municipality_must_answer_lies_on_its_own_heap() -> None:
    a_complete_application(a_call(FULL), title="Met gemeente")
    a_received_application(a_call(), person=a_resident("zonder@voorbeeld.invalid"), title="Zonder")
    assert titles(an_officer(), heap="gemeente") == ["Met gemeente"]


def test_a_list_is_narrowed_to_mine_to_nobodys_and_to_words() -> None:
    files = four_files()
    officer = an_officer()
    assign_application(actor=officer, application=files["nieuw"].public_id, task="handler", person=officer.id)
    assert titles(officer, whose="mij") == ["Nieuw"]
    assert "Nieuw" not in titles(officer, whose="niemand")
    assert titles(officer, words="compl") == ["Compleet"]
    assert titles(officer, words=str(files["wacht"].number)) == ["Wacht"]
    assert titles(officer, scheme="onbekend") == []


@pytest.mark.parametrize("role", ["gemeente", "adviescommissie", "controller", "adviseur"])
def test_who_does_not_assess_sees_no_inbox(role: str) -> None:
    a_received_application(title="Geheim")
    actor = acting(a_role(role, email=f"{role}@voorbeeld.invalid"))
    assert titles(actor) == []
    for path in ("/werk/aanvragen", "/werk/aanvragen.csv"):
        answer = a_browser(actor).get(path)
        assert answer.status_code == 403
        assert "Geheim" not in answer.content.decode()


def test_the_page_keeps_its_choice_in_the_address_and_downloads_the_same_rows() -> None:
    four_files()
    browser = a_browser(an_officer())
    page = browser.get("/werk/aanvragen", {"stapel": "aanvrager", "q": "wacht"}).content.decode()
    assert "de termijn staat stil" in page
    assert "Nieuw" not in page
    assert "/werk/aanvragen.csv?stapel=aanvrager&amp;q=wacht" in page
    lines = browser.get("/werk/aanvragen.csv", {"stapel": "aanvrager", "q": "wacht"}).content.decode().splitlines()
    assert len(lines) == 2
    assert ",Wacht," in lines[1]


def test_an_empty_inbox_says_what_will_come() -> None:
    assert "Er wacht geen aanvraag" in a_browser(an_officer()).get("/werk/aanvragen").content.decode()
