"""A fund and the province give together: the fund's decision is booked by two persons and both givers stand in the register; an applicant
lets the fund read a plan; a period is closed by both sides.

The server runs in this process, so that what comes before is made by the actions of the rooms below.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.journeys.in_process import act_as
from tests.pages.accessibility import assert_usable
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.funders.actions.keep_statement import make_statement
from vliegwiel.support.funders.models import FundDecision, Statement
from vliegwiel.support.funders.tests.given import (
    FUND_NAME,
    a_controller,
    a_file,
    a_row,
    agreed,
    of_the_fund,
    together_handled_by_the_province,
)
from vliegwiel.support.grants.tests.officers import a_decidable_application, a_signer, an_officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/werk/medefinanciers"


@pytest.fixture(autouse=True)
def in_the_made_up_province(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is real."""
    monkeypatch.setattr(settings, "VLIEGWIEL_PROVINCE", "PV99")


def test_both_give_the_same_both_are_named_and_both_close_the_period(live_server: Any, page: Any, tmp_path: Path) -> None:
    site, agreement = live_server.url, agreed()
    yesterday = clock.today() - timedelta(days=1)
    file = tmp_path / "besluiten.csv"
    file.write_bytes(a_file(a_row("F-1", besluit=f"{yesterday:%d-%m-%Y}"), a_row("F-2", bedrag="20.000")))

    act_as(page, site, an_officer())
    page.goto(f"{site}{LIST}/{agreement.public_id}/besluiten")
    page.get_by_label("Het bestand van het fonds").set_input_files(str(file))
    page.get_by_role("button", name="Kijk het na").first.click()
    assert page.get_by_text("niet geboekt").is_visible()
    assert_usable(page)
    page.get_by_role("button", name="Zet klaar voor wie boekt").click()
    waiting = page.url
    act_as(page, site, a_signer())
    page.goto(waiting)
    assert_usable(page)
    page.get_by_role("button", name="Boek deze besluiten").click()
    assert page.get_by_text("Een tafel op het plein").is_visible()
    assert_usable(page)
    made = FundDecision.objects.get()
    assert abs(made.province_cents - made.fund_cents) <= 1

    statement = _a_statement(agreement)
    for actor in (a_controller(), of_the_fund()):
        act_as(page, site, actor)
        page.goto(f"{site}{LIST}/afrekeningen/{statement.public_id}")
        assert_usable(page)
        page.get_by_role("button", name="Keur deze afrekening goed").click()
    assert page.get_by_text("Beide kanten keurden").is_visible()


def _a_statement(agreement: Any) -> Statement:
    """Over today, made tomorrow."""
    controller, today = a_controller(), clock.today()
    with clock.at(clock.now() + timedelta(days=1)):
        return make_statement(actor=controller, agreement=agreement.public_id, starts=today, ends=today)


def test_a_resident_shares_a_plan_and_the_fund_answers(live_server: Any, page: Any) -> None:
    site = live_server.url
    agreement, call = together_handled_by_the_province()
    plan = a_decidable_application(call)
    act_as(page, site, Actor("person", plan.applicant))
    page.goto(f"{site}/mijn/aanvragen/{plan.public_id}")
    page.get_by_role("link", name="Kies wie meeleest").click()
    assert_usable(page)
    page.get_by_label("De begroting en wie meebetaalt").check()
    page.get_by_role("button", name="Deel mijn plan").click()
    assert page.get_by_text("Het fonds keek nog niet.").is_visible()

    act_as(page, site, an_officer())
    page.goto(f"{site}{LIST}/{agreement.public_id}/aanvragen/{plan.number}")
    page.get_by_text("Vraag of het fonds meebetaalt").click()
    page.get_by_label("Tot en met welke dag").fill((clock.today() + timedelta(days=20)).isoformat())
    page.get_by_role("button", name="Vraag het fonds").click()
    assert_usable(page)

    act_as(page, site, of_the_fund())
    page.goto(f"{site}{LIST}")
    assert_usable(page)
    page.get_by_role("link", name=call.scheme_title).click()
    page.get_by_role("link", name=plan.title).click()
    page.get_by_label("Ja").check()
    page.get_by_label("Hoeveel?").fill("2.500")
    page.get_by_role("button", name="Geef dit antwoord").click()
    assert page.get_by_text("Ja: € 2.500,00".replace("€ ", "€\u00a0")).is_visible()
    assert_usable(page)

    act_as(page, site, Actor("person", plan.applicant))
    page.goto(f"{site}/mijn/aanvragen/{plan.public_id}/meelezers")
    assert page.get_by_text(f"{FUND_NAME} betaalt").is_visible()
    assert_usable(page)
