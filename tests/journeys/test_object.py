"""A resident objects to a refusal; an officer who was not involved handles it; someone else decides; ledger and register follow.

The server runs in this process, so that the refusal comes from the actions of the rooms below and only the objection is walked through.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.journeys.in_process import act_as
from tests.pages.accessibility import assert_usable
from vliegwiel.foundation.budgets.public import entries_of, position
from vliegwiel.foundation.papers.tests.given import a_pdf
from vliegwiel.foundation.people.models import Person
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import decisions_of, grant_of
from vliegwiel.support.objections.tests.given import a_decider, a_handler, a_refusal, objector_of
from vliegwiel.support.register.models import RegisterEntry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EIGHT = Money.euros(8_000)


@pytest.fixture(autouse=True)
def in_the_made_up_province(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is real."""
    monkeypatch.setattr(settings, "VLIEGWIEL_PROVINCE", "PV99")


def test_a_resident_objects_and_gets_the_money_after_all(live_server: Any, page: Any, tmp_path: Path) -> None:
    site, refused = live_server.url, a_refusal()
    number = _object(page, site, refused, tmp_path)
    _who_refused_cannot_handle_it(page, site, refused, number)
    _handle(page, site, number)
    _decide(page, site, number)
    act_as(page, site, objector_of(refused))
    page.goto(f"{site}/mijn/aanvragen/{refused.application.public_id}/bezwaar")
    page.get_by_role("link", name=f"Bezwaar {number}").click()
    page.locator(".answer-day", has_text="Gegrond").wait_for()
    assert_usable(page)
    grant = grant_of(refused.application.public_id)
    fresh = decisions_of(grant.id)[-1]
    assert (grant.state_name, grant.awarded, fresh.replaces) == ("toegekend", EIGHT, refused.public_id)
    assert [(entry.kind, entry.amount) for entry in entries_of(grant.about)] == [("commit", EIGHT)]
    assert position(entries_of(grant.about)[0].line).balanced
    assert RegisterEntry.objects.get(decision=fresh.id).money == EIGHT
    page.goto(f"{site}/bezwaren")
    assert page.get_by_role("row", name=re.compile("1 0 1 0 0 0 0$")).is_visible()
    assert_usable(page)


def _object(page: Any, site: str, refused: Any, tmp_path: Path) -> str:
    act_as(page, site, objector_of(refused))
    page.goto(f"{site}/mijn/aanvragen/{refused.application.public_id}")
    assert_usable(page)
    page.get_by_role("link", name="Maak bezwaar, of volg uw bezwaar").click()
    page.get_by_role("heading", name="Bezwaar maken").wait_for()
    assert page.get_by_text(re.compile("Bezwaar maken kan tot en met .* zes weken vanaf de dag na")).is_visible()
    assert_usable(page)
    page.get_by_label("Waarom bent u het er niet mee eens?").fill("Wij waren nog helemaal niet begonnen met ons plan.")
    paper = tmp_path / "foto-van-het-plein.pdf"
    paper.write_bytes(a_pdf())
    page.get_by_label("Stuk 1").set_input_files(paper)
    page.get_by_role("button", name="Dien het bezwaar in").click()
    page.get_by_text("U hoort van ons uiterlijk").wait_for()
    assert page.get_by_role("link", name="foto-van-het-plein.pdf").is_visible()
    assert_usable(page)
    return str(re.findall(r"B\d{4}-\d{5}", page.inner_text("main"))[0])


def _who_refused_cannot_handle_it(page: Any, site: str, refused: Any, number: str) -> None:
    act_as(page, site, _at_work(refused.proposed_by))
    page.goto(f"{site}/werk/bezwaren/{number}")
    page.get_by_text("Daarom behandelt u dit bezwaar niet").wait_for()
    assert page.get_by_role("button", name="Wijs toe").count() == 0


def _at_work(person: str) -> Actor:
    role = Person.objects.get(public_id=person).roles.get()
    return Actor("person", person, role.organisation.public_id, province="PV99")


def _handle(page: Any, site: str, number: str) -> None:
    act_as(page, site, a_handler())
    page.goto(f"{site}/werk/bezwaren")
    assert_usable(page)
    page.get_by_role("row", name=re.compile(number)).get_by_role("link").click()
    page.get_by_role("button", name="Wijs toe").click()
    page.get_by_role("button", name="Draag over").wait_for()
    assert_usable(page)
    for part in ("Bezwaar en stukken", "Commissie", "Beroep", "Logboek", "Horen"):
        page.get_by_role("link", name=part, exact=True).click()
        page.get_by_role("heading", name=part, level=2).wait_for()
        assert_usable(page)
    page.get_by_text("Niet horen, op een grond van 7:3").click()
    page.get_by_label("Grond").select_option("7:3e")
    page.get_by_label("Waarom geldt dat hier?").fill("Het bezwaar krijgt helemaal gelijk.")
    page.get_by_role("button", name="Hoor niet").click()
    page.get_by_role("heading", name="Niet gehoord").wait_for()
    page.get_by_role("link", name="Besluit", exact=True).click()
    page.get_by_label("Het bezwaar is").select_option("upheld")
    page.get_by_label("In gewone woorden").fill("U krijgt het geld alsnog.")
    page.get_by_label("Waarom besluit u dit?").fill("Uit de foto blijkt dat u nog niet was begonnen.")
    page.get_by_text("Bij (deels) gegrond: het nieuwe besluit").click()
    assert_usable(page)
    page.get_by_label("Nieuw bedrag, in totaal").fill("8.000")
    page.get_by_role("button", name="Leg voor ter ondertekening").click()
    page.get_by_role("heading", name="De brief zoals zij weggaat").wait_for()
    assert_usable(page)
    assert page.get_by_role("button", name="Onderteken en verstuur").count() == 0


def _decide(page: Any, site: str, number: str) -> None:
    act_as(page, site, a_decider())
    page.goto(f"{site}/werk/bezwaren?stapel=tekenen")
    page.get_by_role("row", name=re.compile(number)).get_by_role("link").click()
    page.get_by_role("link", name="Besluit", exact=True).click()
    assert page.get_by_text("Wij geven u gelijk").first.is_visible()
    page.get_by_role("button", name="Onderteken en verstuur").click()
    page.get_by_role("heading", name="Gegrond, € 8.000").wait_for()
    assert_usable(page)
