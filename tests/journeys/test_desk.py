"""On a phone: a resident tells an idea and asks a person; an adviser answers, opens a case and hands over; the municipality agrees; the
resident answers the advice and begins an application that is filled in.

The server runs in this process, so that people come from the actions of the rooms below and only the desk is walked through.
"""

from typing import Any

import pytest
from django.conf import settings

from tests.journeys.in_process import act_as
from tests.pages.accessibility import assert_usable
from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.desk.models import Enquiry, SupportCase
from vliegwiel.support.desk.tests.given import a_route, an_adviser, an_observer
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.tests.given import a_municipality, a_resident
from vliegwiel.support.schemes.tests.given import an_open_call

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def in_the_made_up_province(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is real."""
    monkeypatch.setattr(settings, "VLIEGWIEL_PROVINCE", "PV99")


def usable_on_a_phone(page: Any) -> None:
    assert_usable(page)
    page.set_viewport_size(PHONE)


def test_an_idea_at_the_desk_becomes_a_case_with_advice_and_an_application(live_server: Any, page: Any) -> None:
    site, adviser, other = live_server.url, an_adviser(), an_adviser(2)
    a_municipality()
    a_route(adviser)
    an_open_call()
    page.set_viewport_size(PHONE)
    link = _asks(page, site)
    number = Enquiry.objects.get().number
    _is_helped(page, site, adviser, other, number)
    _municipality_agrees(page, site)
    _advises(page, site, other, number)
    _other_pages_are_usable_too(page, site, number)
    _resident_goes_on(page, site, link)


def _asks(page: Any, site: str) -> str:
    act_as(page, site, None)
    page.goto(f"{site}/loket")
    usable_on_a_phone(page)
    page.get_by_label("Wat wilt u in uw dorp of buurt?").fill("Wij willen elke week samen eten in Nergensdam en zoeken geld.")
    page.get_by_role("button", name="Kijk wat er is").click()
    page.get_by_role("heading", name="Geld dat kan passen").wait_for()
    assert page.get_by_label("Waar gaat het over?").input_value() == "samenleven"
    usable_on_a_phone(page)
    assert not Enquiry.objects.exists()
    page.get_by_label("Uw naam").fill("V. Zonnen")
    page.get_by_label("E-mailadres").fill("v.zonnen@voorbeeld.invalid")
    page.get_by_role("button", name="Stuur mijn vraag").click()
    page.get_by_text("U hoort van ons uiterlijk").wait_for()
    usable_on_a_phone(page)
    assert "/loket/vragen/" in OutgoingMail.objects.get(recipient="v.zonnen@voorbeeld.invalid").body
    return str(page.url)


def _is_helped(page: Any, site: str, adviser: Actor, other: Actor, number: str) -> None:
    act_as(page, site, adviser)
    page.goto(f"{site}/werk/loket")
    usable_on_a_phone(page)
    page.get_by_role("link", name="Wij willen elke week").click()
    page.get_by_label("Notitie").fill("Belt liever na vijf uur.")
    page.get_by_role("button", name="Bewaar de notitie").click()
    page.get_by_label("Aan de bewoner").fill("Mooi plan. Ik denk graag met u mee.")
    page.get_by_role("button", name="Stuur het antwoord").click()
    page.get_by_role("link", name="Traject", exact=True).click()
    page.get_by_label("Naam van het initiatief").fill("Samen eten in Nergensdam")
    page.get_by_label("Waar gaat het over?").fill("Bewoners koken elke week voor elkaar.")
    page.get_by_label("Doelen van de bewoners").fill("Elke week samen eten")
    page.get_by_role("button", name="Begin een traject").click()
    page.get_by_text("De gemeente is gevraagd").wait_for()
    usable_on_a_phone(page)
    page.get_by_role("link", name="Gesprek", exact=True).click()
    page.get_by_text("Draag dit dossier over").click()
    page.get_by_label("Aan wie?").select_option(other.id)
    page.get_by_label("Wat moet zij weten?").fill("Ik ben er drie weken niet.")
    page.get_by_role("button", name="Draag alles over").click()
    page.get_by_text("Ik ben er drie weken niet.").wait_for()
    assert Enquiry.objects.get(number=number).adviser == other.id


def _municipality_agrees(page: Any, site: str) -> None:
    act_as(page, site, an_observer())
    page.goto(f"{site}/gemeente/instemming")
    page.get_by_role("link", name="Samen eten in Nergensdam").click()
    page.get_by_role("button", name="De gemeente stemt in", exact=True).click()
    page.get_by_text("Dan kan het doorgaan").wait_for()
    page.get_by_role("button", name="Geef dit antwoord").click()


def _advises(page: Any, site: str, other: Actor, number: str) -> None:
    act_as(page, site, other)
    page.goto(f"{site}/werk/loket/{number}/traject")
    page.get_by_role("button", name="Begin met helpen").click()
    page.get_by_text("Geef een advies").click()
    page.get_by_label("Wat raadt u aan?").fill("Vraag geld voor de keuken")
    page.get_by_label("Geld dat past").select_option(index=1)
    page.get_by_role("button", name="Geef dit advies").click()
    page.get_by_text("Nog niet gezien").wait_for()
    assert SupportCase.objects.get().state == "active"


def _other_pages_are_usable_too(page: Any, site: str, number: str) -> None:
    for path in (
        f"werk/loket/{number}/mensen",
        "werk/loket/verdeling",
        "werk/loket/uren",
        "werk/loket/invoeren",
        "loket/op-tijd",
    ):
        page.goto(f"{site}/{path}")
        usable_on_a_phone(page)


def _resident_goes_on(page: Any, site: str, link: str) -> None:
    act_as(page, site, a_resident("v.zonnen@voorbeeld.invalid"))
    page.goto(link)
    usable_on_a_phone(page)
    page.get_by_role("button", name="Bewaar bij mijn account").click()
    page.get_by_text("Wat doet u ermee?").click()
    page.get_by_role("button", name="Dat ga ik doen").click()
    page.get_by_role("button", name="Begin de aanvraag").click()
    page.wait_for_url("**/mijn/aanvragen/*")
    assert Application.objects.get().title == "Samen eten in Nergensdam"
