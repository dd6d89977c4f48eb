"""The file of an application at work, as a browser asks for it: every part, and every act from its form."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.sessions import CHOSEN, SECOND_STEP
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants import alike
from vliegwiel.support.grants.actions.assign_application import declare_interest
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Decision
from vliegwiel.support.grants.pages.dossier import page as dossier
from vliegwiel.support.grants.pages.dossier.page import PARTS
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import (
    FULL,
    a_call,
    a_decidable_application,
    a_received_application,
    a_signer,
    an_application_in_assessment,
    an_assessor,
    an_officer,
    decided,
    proposed,
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


def text(client: Client, path: str, **asked: str) -> str:
    answer = client.get(path, asked)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_who_comes_to_decide_too_early_reads_what_must_be_done_first() -> None:
    officer = browser(an_officer())
    received = a_received_application(a_call(FULL))
    ready = a_decidable_application(a_call(FULL), person=a_resident("twee@voorbeeld.invalid"))
    said = "Een besluit kan pas als de aanvraag compleet is."
    assert said in text(officer, f"/werk/aanvragen/{received.number}/besluit")
    assert said not in text(officer, f"/werk/aanvragen/{ready.number}/besluit")


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_a_file_is_there_from_receipt_to_decision(part: str) -> None:
    officer = browser(an_officer())
    received = a_received_application(a_call(FULL))
    ready = a_decidable_application(a_call(FULL), person=a_resident("twee@voorbeeld.invalid"))
    waiting = proposed(a_decidable_application(person=a_resident("drie@voorbeeld.invalid"))).application
    done = decided(a_decidable_application(person=a_resident("vier@voorbeeld.invalid"))).application
    for found in (received, ready, waiting, done):
        assert str(found.number) in text(officer, f"/werk/aanvragen/{found.number}/{part}")
    assert officer.get(f"/werk/aanvragen/{received.number}/iets-anders").status_code == 404


@pytest.mark.parametrize("kind", ["resident", "assessor"])
def test_the_file_is_for_who_works_on_it(kind: str) -> None:
    found = an_application_in_assessment()
    actor = Actor("person", found.applicant) if kind == "resident" else an_assessor()
    assert browser(actor).get(f"/werk/aanvragen/{found.number}").status_code == 403


def test_an_officer_works_a_file_from_receipt_to_signature_in_the_browser() -> None:
    found = a_received_application()
    officer, signer = an_officer(), a_signer()
    client, path = browser(officer), f"/werk/aanvragen/{found.number}"
    assert client.post(path, {"doe": "toewijzen", "taak": "handler", "wie": officer.id}).status_code == 302
    assert client.post(f"{path}/stukken", {"doe": "compleet"}).status_code == 302
    aid = {f"vraag-{key}": "ja" for key in ("economic", "advantage", "selective")}
    aid |= {f"waarom-{key}": "Zo is het." for key in ("economic", "advantage", "selective", "trade")}
    wrong = client.post(f"{path}/steun", {"doe": "steun", **aid, "weg": "no_aid", "waarom": "Plaatselijk."})
    assert wrong.status_code == 400
    assert "alle vier de vragen" in wrong.content.decode()
    whole = {"doe": "steun", **aid, "vraag-trade": "nee", "weg": "no_aid", "waarom": "Plaatselijk."}
    assert client.post(f"{path}/steun", whole).status_code == 302
    form = {"doe": "voorstellen", "soort": "grant", "kort": "U krijgt het geld.", "motivering": "", "titel": "Een tafel"}
    wrong = client.post(f"{path}/besluit", form)
    assert "Zonder motivering" in wrong.content.decode()
    assert "U krijgt het geld." in wrong.content.decode(), "what was typed stays"
    form |= {"motivering": "Het past.", "plicht-1-tekst": "U meldt wijzigingen.", "plicht-1-soort": "obligation 4:37"}
    assert client.post(f"{path}/besluit", form).status_code == 302
    waiting = Decision.objects.get()
    theirs = browser(signer)
    assert "Onderteken en verstuur" in text(theirs, f"{path}/besluit")
    done = theirs.post(f"{path}/besluit", {"doe": "ondertekenen", "besluit": waiting.public_id, "gelezen": waiting.content_hash})
    assert done.status_code == 302
    assert find(found.public_id).stands is State.GRANTED
    assert waiting.duties.get().text == "U meldt wijzigingen."
    written = text(client, f"{path}/logboek")
    assert officer.id not in written, "people have names in the log of a file"
    assert f"toegekend: {found.asked_money.dutch()}" in written


def test_a_stale_form_says_so_and_changes_nothing() -> None:
    found = a_received_application()
    answer = browser(an_officer()).post(f"/werk/aanvragen/{found.number}/stukken", {"doe": "compleet", "versie": "1"})
    assert answer.status_code == 400
    assert "intussen" in answer.content.decode()
    assert find(found.public_id).stands is State.SUBMITTED


def test_an_interest_takes_the_file_away() -> None:
    found, officer = a_received_application(), an_officer()
    client, path = browser(officer), f"/werk/aanvragen/{found.number}"
    assert client.post(path, {"doe": "belang", "soort": "familie"}).status_code == 302
    assert client.get(path).status_code == 403


def test_a_hidden_form_is_refused_by_the_action_behind_it() -> None:
    found = a_received_application()
    outsider = browser(a_signer())
    assert outsider.post(f"/werk/aanvragen/{found.number}/stukken", {"doe": "compleet"}).status_code == 403
    assert find(found.public_id).stands is State.SUBMITTED


def test_who_was_second_reads_how_the_file_stands_now() -> None:
    waiting = proposed(a_decidable_application(a_call(FULL)), kind="refusal", awarded=Money(0), grounds=("dubbel-betaald",))
    path = f"/werk/aanvragen/{waiting.application.number}/besluit"
    page = text(browser(a_signer(1)), path)
    assert "Het openbare register telt het mee, zonder naam." in page, "a refusal is counted, not named"
    sign = {"doe": "ondertekenen", "besluit": waiting.public_id, "gelezen": waiting.content_hash}
    assert browser(a_signer(1)).post(path, sign).status_code == 302
    second = browser(a_signer(2)).post(path, sign)
    assert second.status_code == 400
    assert "De stand van deze aanvraag is nu: afgewezen." in second.content.decode()
    assert "In het register vanaf" not in text(browser(a_signer(1)), path)


def test_an_officer_sees_a_second_application_for_the_same_plan() -> None:
    call = a_call()
    first, second = a_received_application(call), a_received_application(call)
    page = text(browser(an_officer()), f"/werk/aanvragen/{second.number}")
    assert "Is dit hetzelfde plan?" in page
    assert f'href="/werk/aanvragen/{first.number}"' in page
    assert "Er kunnen er meer zijn" not in page


def test_of_many_applications_for_the_same_plan_the_newest_are_shown_and_the_page_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (alike, dossier):
        monkeypatch.setattr(module, "MOST", 1)
    call = a_call()
    oldest, newest, asked = (a_received_application(call) for _each in range(3))
    page = text(browser(an_officer()), f"/werk/aanvragen/{asked.number}")
    assert f'href="/werk/aanvragen/{newest.number}"' in page
    assert f'href="/werk/aanvragen/{oldest.number}"' not in page
    assert "Er kunnen er meer zijn" in page


def test_somebody_with_an_interest_is_refused_as_assessor_on_the_page_itself() -> None:
    found = a_received_application(a_call(FULL))
    assessor = an_assessor()
    declare_interest(actor=assessor, application=found.public_id, kind="familie")
    form = {"doe": "toewijzen", "taak": "assessor", "wie": assessor.id}
    answer = browser(an_officer()).post(f"/werk/aanvragen/{found.number}/beoordeling", form)
    assert answer.status_code == 400
    assert "kan dit dossier niet doen: er is een belang." in answer.content.decode()
