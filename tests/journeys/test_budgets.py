"""The money of the province: open to everyone, paid by two people."""

import re
from typing import Any

import pytest

from tests.pages.accessibility import assert_usable

pytestmark = [pytest.mark.browser]


def sign_in(page: Any, site: str, role: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/inloggen")
    page.get_by_role("button", name=re.compile(f"^{role}")).first.click()
    page.get_by_role("heading", name="Mijn Vliegwiel").wait_for()


def test_a_resident_sees_where_the_money_goes_on_a_day_in_the_past(made_up_site: str, page: Any) -> None:
    page.goto(made_up_site)
    page.get_by_role("link", name="Uitgaven", exact=True).click()
    page.get_by_role("heading", name="Waar gaat het geld heen?").wait_for()
    assert page.get_by_text("VERZONNEN VOORBEELD.").is_visible()
    assert_usable(page)
    page.get_by_label("Stand aan het einde van").fill("2020-01-01")
    page.get_by_role("button", name="Toon deze dag").click()
    page.get_by_text("Op 1 januari 2020 was €").wait_for()
    page.goto(f"{made_up_site}/geld")
    page.get_by_role("link", name="Kwartiermaker voor dorpswinkels").click()
    page.get_by_text("Zo telt het krediet op").wait_for()
    assert_usable(page)
    page.goto(f"{made_up_site}/geld/moties")
    page.get_by_role("link", name="Geen dorp zonder ontmoetingsplek").click()
    page.get_by_role("link", name="Het krediet voor ontmoetingsplekken").click()
    page.get_by_text("Zij verandert niet meer").wait_for()


def test_an_officer_gathers_a_payment_and_a_second_person_releases_it(made_up_site: str, page: Any) -> None:
    sign_in(page, made_up_site, "Programmamedewerker")
    page.get_by_role("link", name="Betalingen", exact=True).click()
    assert_usable(page)
    page.get_by_role("button", name="Zet klaar voor een tweede persoon").click()
    page.get_by_text("wacht op een tweede persoon met mandaat").wait_for()
    assert page.get_by_role("button", name="Geef deze batch vrij").count() == 0
    assert_usable(page)
    batch = page.url
    sign_in(page, made_up_site, "Tekenbevoegde")
    page.goto(batch)
    page.get_by_role("button", name="Geef deze batch vrij").click()
    page.get_by_text("Deze batch is vrijgegeven").wait_for()
    sign_in(page, made_up_site, "Programmamedewerker")
    page.goto(batch)
    page.get_by_role("button", name="Maak het betaalbestand").click()
    with page.expect_download() as loading:
        page.get_by_role("link", name="pain.001.001.09").click()
    assert loading.value.suggested_filename.endswith(".xml")


def test_an_officer_sets_up_money_and_lowers_a_ceiling_without_a_mouse_over_anything_hidden(made_up_site: str, page: Any) -> None:
    sign_in(page, made_up_site, "Programmamedewerker")
    page.get_by_role("link", name="Budgetten", exact=True).click()
    assert_usable(page)
    page.get_by_role("link", name="Plek om elkaar te ontmoeten 20").click()
    assert_usable(page)
    page.get_by_role("link", name="Voeg krediet toe").click()
    page.get_by_role("button", name="Voeg dit krediet toe").click()
    page.get_by_role("heading", name=re.compile("dingen die nog niet kloppen")).wait_for()
    assert_usable(page)
    page.get_by_label(re.compile("PS-V-001")).check()
    page.get_by_label("Bedrag").fill("1.000")
    page.get_by_role("button", name="Voeg dit krediet toe").click()
    page.get_by_role("link", name="Plafond ontmoetingsplekken").click()
    assert_usable(page)
    page.get_by_role("link", name="Verlaag dit plafond").click()
    assert_usable(page)
    page.get_by_role("link", name="Budgetten").click()
    page.get_by_role("link", name="Kwartiermaker voor dorpswinkels 20").click()
    page.get_by_role("link", name="Alle boekingen").click()
    assert_usable(page)
