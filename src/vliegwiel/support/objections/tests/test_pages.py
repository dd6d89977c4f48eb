"""The pages of objections as a browser asks for them: what a resident reads, what officers do, and who stays out."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from vliegwiel.foundation.notices.reminders import preview
from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.sessions import CHOSEN, SECOND_STEP
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import a_decidable_application, days_later
from vliegwiel.support.objections.actions.handle_objection import involve_committee
from vliegwiel.support.objections.actions.repair_objection import ask_repair
from vliegwiel.support.objections.contested import objectable
from vliegwiel.support.objections.lifecycle import State
from vliegwiel.support.objections.models import Appeal, DefaultNotice, Objection
from vliegwiel.support.objections.pages.work.dossier import PARTS
from vliegwiel.support.objections.standing import find
from vliegwiel.support.objections.tests.given import (
    a_committee_member,
    a_decider,
    a_handler,
    a_refusal,
    an_objection,
    concluded,
    invited,
    not_heard,
    objector_of,
    taken,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def browser(actor: Actor) -> Client:
    """A browser in which this person signed in, for their organisation."""
    client = Client()
    client.force_login(Person.objects.get(public_id=actor.id))
    session = client.session
    session[SECOND_STEP] = "set-up"
    session[CHOSEN] = actor.organisation
    session.save()
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_bad_file_does_not_lose_the_objection_and_is_told() -> None:
    refused = a_refusal()
    client = browser(objector_of(refused))
    bad = SimpleUploadedFile("brief.pdf", b"dit is geen pdf")
    path = f"/mijn/aanvragen/{refused.application.public_id}/bezwaar"
    answer = client.post(path, {"gronden": "Het klopt niet.", "stuk-1": bad}, follow=True)
    assert Objection.objects.get().grounds == "Het klopt niet."
    assert "brief.pdf" in answer.content.decode()
    assert "U maakte al bezwaar" in text(client, path)


def test_a_late_resident_is_asked_why_and_the_page_keeps_what_was_typed() -> None:
    refused = a_refusal()
    path = f"/mijn/aanvragen/{refused.application.public_id}/bezwaar"
    with days_later(50):
        client = browser(objector_of(refused))
        assert "Die dag is voorbij" in text(client, path)
        page = client.post(path, {"gronden": "Mijn verhaal."}).content.decode()
        assert "Vertel waarom het later werd." in page
        assert "Mijn verhaal." in page
        client.post(path, {"gronden": "Mijn verhaal.", "te-laat-reden": "Ziek."})
    assert Objection.objects.get().in_time == "no"


@pytest.mark.parametrize("state", [State.RECEIVED, State.REPAIRING, State.INVITED, State.DECIDED, State.WITHDRAWN])
def test_the_page_of_an_objection_says_what_matters_in_every_state(state: State) -> None:
    found = an_objection(a_refusal(), grounds="")
    own = Actor("person", found.objector)
    client = browser(own)
    path = f"/mijn/bezwaren/{found.public_id}"
    told = {
        "received": "30 maart",
        "repairing": "De reden.",
        "invited": "provinciehuis",
        "decided": "Ongegrond",
        "withdrawn": "ingetrokken",
    }
    if state is State.REPAIRING:
        until = clock.today() + timedelta(days=14)
        ask_repair(actor=a_handler(), objection=found.public_id, items=("De reden.",), until=until)
    if state is State.INVITED:
        invited(found)
    if state is State.DECIDED:
        concluded(not_heard(found))
    if state is State.WITHDRAWN:
        assert client.post(path, {"doe": "intrekken"}).status_code == 200, "first be sure"
        client.post(path, {"doe": "intrekken", "zeker": "1"})
    assert told[state.value] in text(client, path)


def test_a_resident_repairs_adds_and_agrees_from_the_page() -> None:
    found = an_objection(a_refusal(), grounds="")
    ask_repair(actor=a_handler(), objection=found.public_id, items=("De reden.",), until=clock.today() + timedelta(days=14))
    client, path = browser(Actor("person", found.objector)), f"/mijn/bezwaren/{found.public_id}"
    assert "Schrijf op wat wij vroegen." in client.post(path, {"doe": "herstellen"}).content.decode()
    client.post(path, {"doe": "herstellen", "tekst": "Omdat het niet klopt."})
    client.post(path, {"doe": "aanvullen", "tekst": "En dit ook nog."})
    client.post(path, {"doe": "uitstel", "dag": "2026-06-30"})
    done = find(found.public_id)
    assert done.grounds.startswith("Omdat het niet klopt.")
    assert "En dit ook nog." in done.grounds
    assert done.due_on.isoformat() == "2026-06-30"


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_file_is_there_from_receipt_to_appeal(part: str) -> None:
    found = an_objection(a_refusal())
    client, path = browser(a_handler()), f"/werk/bezwaren/{found.number}/{part}"
    text(client, path)
    taken(found)
    text(client, path)
    not_heard(find(found.public_id))
    text(client, path)
    concluded(find(found.public_id))
    text(client, path)
    assert browser(Actor("person", found.objector)).get(path).status_code == 403
    assert browser(a_resident("vreemd@voorbeeld.invalid")).get(path).status_code == 403
    assert Client().get(path).status_code == 302


def test_officers_do_everything_from_their_forms() -> None:
    found = an_objection(a_refusal())
    client, path = browser(a_handler()), f"/werk/bezwaren/{found.number}"
    assert "Nodig eerst" not in text(client, "/werk/bezwaren")
    involve_committee(actor=a_handler(), objection=found.public_id)
    client.post(f"{path}/horen", {"doe": "uitnodigen", "dag": "2026-01-19", "tijd": "14.00", "plek": "Kamer 1"})
    with days_later(14):
        member = browser(a_committee_member())
        report = {"doe": "verslag", "dag": "2026-01-19", "hoorder": a_committee_member().id, "leiding": a_committee_member().id}
        member.post(f"{path}/horen", {**report, "verslag": "Zo ging het."})
        advice = {"doe": "advies", "commissie": "Commissie Nergens", "voorzitter": "A", "leden": "B, C", "uitkomst": "upheld"}
        member.post(f"{path}/advies", {**advice, "advies": "Geef gelijk.", "van-buiten": "1"})
        assert find(found.public_id).stands is State.ADVISED
        proposal = {"doe": "voorstellen", "uitkomst": "dismissed", "kort": "Nee.", "motivering": "Daarom."}
        wrong = client.post(f"{path}/besluit", proposal)
        assert wrong.status_code == 400
        assert "afwijkt" in wrong.content.decode()
        assert "Daarom." in wrong.content.decode(), "what was typed stays"
        client.post(f"{path}/besluit", {**proposal, "afwijken": "De commissie miste een stuk."})
        seen = find(found.public_id).decisions.get().content_hash
        browser(a_decider()).post(f"{path}/besluit", {"doe": "ondertekenen", "gelezen": seen})
        assert find(found.public_id).outcome == "dismissed"
        client.post(f"{path}/beroep", {"doe": "beroep", "rechtbank": "Rechtbank Nergens", "dag": "2026-01-19"})
        ruling = {"doe": "uitspraak", "beroep": str(Appeal.objects.get().pk), "uitspraak": "Ongegrond.", "dag": "2026-01-19"}
        client.post(f"{path}/beroep", ruling)
        assert Appeal.objects.get().outcome == "Ongegrond."


def test_what_came_on_paper_is_typed_in_an_objection_and_a_letter_that_we_are_late() -> None:
    refused = a_refusal()
    client = browser(a_handler())
    assert client.post("/werk/bezwaren/invoeren", {"nummer": "2026-999999", "stempel": "2026-01-05"}).status_code == 200
    form = {"nummer": refused.application.number, "hoe": "paper", "stempel": "2026-01-05", "gronden": "Nee.", "getekend": "1"}
    client.post("/werk/bezwaren/invoeren", {**form, "soort": "bezwaar"})
    found = Objection.objects.get()
    assert found.entered_by == a_handler().id
    with days_later(120):
        day = clock.today().isoformat()
        letter = {"soort": "te-laat", "nummer": found.number, "hoe": "paper", "stempel": day, "gronden": "U bent te laat."}
        answer = client.post("/werk/bezwaren/invoeren", letter, follow=True)
        assert DefaultNotice.objects.get().number in answer.content.decode()
        assert DefaultNotice.objects.get().number in text(client, "/werk/bezwaren")
    assert browser(a_resident("vreemd@voorbeeld.invalid")).get("/werk/bezwaren/invoeren").status_code == 403


def test_the_page_of_a_late_decision_tells_what_it_costs_and_officers_lay_it_down() -> None:
    found = a_decidable_application()
    path = f"/mijn/aanvragen/{found.public_id}/te-laat"
    client = browser(Actor("person", found.applicant))
    assert "Wij zijn niet te laat" in text(client, path)
    with days_later(150):
        assert "besluit nu" in text(client, path)
        client.post(path, {"tekst": "Schiet op."})
        notice = DefaultNotice.objects.get()
        assert "uiterlijk" in text(client, path)
    with days_later(250):
        assert "1.442" in text(client, path)
        work = f"/werk/ingebrekestellingen/{notice.number}"
        assert "U hebt geen rol" in text(browser(a_handler()), work)
        signer = browser(a_decider())
        assert "Stel vast" in text(signer, work)
        assert signer.post(work, {"grond": "4:17-6a"}).status_code == 400
        signer.post(work, {})
        assert "Wij betalen u" in text(client, path)


def test_the_numbers_are_public_and_hold_no_names() -> None:
    found = an_objection(a_refusal())
    page = text(Client(), "/bezwaren")
    assert found.scheme_title in page
    assert found.objector_name not in page
    assert found.number not in page
    assert Client().get("/bezwaren.csv").content.decode().splitlines()[1].endswith(",1,1,0,0,0,0,0")


def test_officers_and_residents_are_reminded_before_a_date() -> None:
    found = taken(an_objection(a_refusal(), grounds=""))
    with days_later(60):
        assert any(item.reminder.key == "objection-due" for item in preview("PV99", days=14))
    invited(found)
    assert any(item.reminder.key == "objection-hearing" for item in preview("PV99", days=14))


def test_an_objection_is_possible_only_against_what_was_made_known() -> None:
    found = a_decidable_application()
    assert objectable(found.public_id) == []
    assert "Wij hebben nog niet besloten" in text(
        browser(Actor("person", found.applicant)), f"/mijn/aanvragen/{found.public_id}/bezwaar"
    )
