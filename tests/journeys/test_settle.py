"""A report that falls short: the recipient is heard, the grant is determined lower, the money is asked back and comes in.

And the pages of who waits for a decision that is late, and of who types in a letter. The server runs in this process, so that the grant
itself comes from the actions of the rooms below.
"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.journeys.in_process import act_as
from tests.pages.accessibility import assert_usable
from vliegwiel.foundation.budgets.public import money_about
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.grants.tests.officers import a_decidable_application, a_signer, an_officer
from vliegwiel.support.objections.actions.give_notice import give_notice
from vliegwiel.support.objections.tests.given import a_call_to_object_to, a_decider, a_handler
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.tests.given import OURS, a_grant, paid, recipient

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def in_the_made_up_province(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is real."""
    monkeypatch.setattr(settings, "VLIEGWIEL_PROVINCE", "PV99")


def test_a_report_that_falls_short_is_heard_determined_lower_recovered_and_paid(live_server: Any, page: Any) -> None:
    site, file = live_server.url, paid(a_grant())
    _report(page, site, file)
    _hear(page, site, file)
    _decide(page, site, file, "lower-a", bedrag="4.000", reactie="Dat verandert het bedrag niet.")
    _decide(page, site, file, "undue", bedrag="", rekening=OURS)
    _collect(page, site, file)
    act_as(page, site, recipient(file))
    page.goto(f"{site}/mijn/aanvragen/{file.name}/geld")
    page.locator(".answer-day", has_text="4.000").wait_for()
    assert_usable(page)
    money = money_about(file.about)
    assert (money.paid, money.returned, grant_of(file.name).state) == (Money.euros(6_000), Money.euros(2_000), "determined")
    assert verify().broken == []


def _report(page: Any, site: str, file: GrantFile) -> None:
    act_as(page, site, recipient(file))
    page.goto(f"{site}/mijn/aanvragen/{file.name}/geld")
    assert_usable(page)
    page.get_by_role("link", name=re.compile("^Vul in")).click()
    page.get_by_label("Voor een deel").check()
    page.get_by_label("Wanneer was het klaar?").fill("1-3-2026")
    page.get_by_label("Wat is er gebeurd?").fill("Er was één avond. De andere twee gingen niet door.")
    assert_usable(page)
    page.get_by_role("button", name="Bewaar en ga later verder").click()
    page.goto(f"{site}/mijn/aanvragen/{file.name}/geld/verslag")
    page.get_by_label("Wat ging anders, en waarom?").fill("Het weer zat tegen.")
    page.get_by_role("button", name="Verstuur").click()
    page.get_by_text("Wij bekijken uw verslag").wait_for()


def _hear(page: Any, site: str, file: GrantFile) -> None:
    act_as(page, site, an_officer())
    page.goto(f"{site}/werk/vaststellingen")
    assert_usable(page)
    page.get_by_role("link", name=file.grant.title).first.click()
    assert_usable(page)
    page.get_by_role("link", name="Verslag en verplichtingen").click()
    page.get_by_text("Er was één avond.").wait_for()
    assert_usable(page)
    page.get_by_role("link", name="Besluit", exact=True).click()
    page.get_by_text("Zienswijze: vraag eerst wat de ontvanger vindt").click()
    page.get_by_label("Wat bent u van plan?").fill("Wij willen uw subsidie lager vaststellen.")
    page.get_by_label("Waarom?", exact=True).first.fill("Twee avonden gingen niet door.")
    page.get_by_label("Reageren kan tot en met").fill((clock.today() + timedelta(days=14)).isoformat())
    page.get_by_role("button", name="Stuur de vraag").click()
    page.get_by_text("Gevraagd. Reageren kan").wait_for()
    act_as(page, site, recipient(file))
    page.goto(f"{site}/mijn/aanvragen/{file.name}/geld")
    page.get_by_role("link", name=re.compile("^Reageer")).click()
    assert_usable(page)
    page.get_by_label(re.compile("Uw reactie")).fill("Wij deden wat wij konden.")
    page.get_by_role("button", name="Stuur mijn reactie").click()
    page.get_by_role("heading", name=re.compile("^Geld voor")).wait_for()


def _decide(page: Any, site: str, file: GrantFile, ground: str, **typed: str) -> None:
    act_as(page, site, an_officer())
    page.goto(f"{site}/werk/vaststellingen/{file.grant.number}/besluit")
    page.locator(f"#grond-{ground}").check()
    page.locator("#kort").fill("Dit is ons besluit over uw subsidie.")
    page.locator("#motivering").fill("Een van de drie avonden is er geweest.")
    for name, value in typed.items():
        page.locator(f"#{name}").fill(value)
    assert_usable(page)
    page.get_by_role("button", name="Leg voor ter ondertekening").click()
    page.get_by_role("heading", name="De brief zoals zij weggaat").wait_for()
    act_as(page, site, a_signer())
    page.goto(f"{site}/werk/vaststellingen/{file.grant.number}/besluit")
    assert_usable(page)
    page.get_by_role("button", name="Onderteken en verstuur").click()
    page.get_by_text("Ondertekend door").first.wait_for()


def _collect(page: Any, site: str, file: GrantFile) -> None:
    act_as(page, site, an_officer())
    page.goto(f"{site}/werk/vaststellingen/{file.grant.number}/vordering")
    assert_usable(page)
    page.get_by_label("Bedrag").first.fill("2.000")
    page.get_by_label("Dag", exact=True).fill(clock.today().isoformat())
    page.get_by_label("Regel van het bankafschrift").fill("1")
    page.get_by_role("button", name="Boek wat binnenkwam").click()
    page.get_by_text("Alles is binnen sinds").wait_for()
    page.goto(f"{site}/werk/uitbetalingen")
    assert_usable(page)


def test_who_waits_too_long_and_who_types_it_in_can_use_their_pages(live_server: Any, page: Any) -> None:
    with clock.at(clock.now() - timedelta(days=200)):
        late = a_decidable_application(a_call_to_object_to())
    site, found = live_server.url, a_decidable_application(a_call_to_object_to())
    own, handler, decider = Actor("person", late.applicant), a_handler(), a_decider()
    with clock.at(clock.now() - timedelta(days=90)):
        notice = give_notice(actor=own, application=late.public_id, text="U bent te laat.")
    for actor, path in (
        (Actor("person", found.applicant), f"/mijn/aanvragen/{found.public_id}/te-laat"),
        (own, f"/mijn/aanvragen/{late.public_id}/te-laat"),
        (handler, "/werk/bezwaren/invoeren"),
        (handler, "/werk/bezwaren"),
        (decider, f"/werk/ingebrekestellingen/{notice.number}"),
    ):
        act_as(page, site, actor)
        page.goto(f"{site}{path}")
        assert_usable(page)
    page.get_by_role("button", name="Stel vast en stuur de brief").click()
    page.get_by_role("heading", name="Betalen (4:87)").wait_for()
    assert_usable(page)
