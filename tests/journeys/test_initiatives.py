"""A resident puts an initiative on the site from a phone; a visitor finds it, writes, and follows the place."""

import re
from typing import Any

import pytest

from tests.pages.accessibility import assert_usable

pytestmark = [pytest.mark.browser]
PHONE = {"width": 390, "height": 844}


def test_an_initiative_from_a_phone_and_a_visitor_who_finds_it(made_up_site: str, page: Any) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{made_up_site}/initiatieven")
    page.get_by_role("link", name="Zet uw initiatief erbij").click()
    page.get_by_role("button", name=re.compile("^Inwoner")).click()
    page.get_by_label("Hoe heet het?").fill("Zaaien met de straat")
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Wat doet u, in één zin?").fill("Wij zaaien bloemen langs de stoep.")
    page.get_by_label("Ruimte en omgeving").check()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_label(re.compile("^Naam van het dorp")).fill("Nergensdam")
    page.locator("main").get_by_role("button", name="Zoek").click()
    page.get_by_role("button", name="Kies deze plaats").click()
    page.get_by_role("heading", name="Wie en hoe ver").wait_for()
    page.go_back()
    page.reload()
    assert_usable(page)
    page.set_viewport_size(PHONE)
    page.get_by_label("Redelijk precies: een vak van tweehonderd meter").check()
    page.locator("input[type=image]").click(position={"x": 140, "y": 110})
    page.get_by_text("Bewaard.").wait_for()
    page.get_by_role("link", name="Verder").click()
    page.get_by_label("Begint net").check()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_label("Wat doet u, en hoe ging het tot nu toe?").fill("Bel mij op 06 12345678.")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_text("Er staat een telefoonnummer in").wait_for()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_role("button", name="Zet het op de site").click()
    page.get_by_text("Er moet eerst iets uit de tekst").wait_for()
    assert_usable(page)
    page.get_by_role("link", name="Uw verhaal").click()
    page.get_by_label("Wat doet u, en hoe ging het tot nu toe?").fill("Vorig jaar deden tien huizen mee.")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("Uw initiatief staat op de site.").wait_for()
    page.get_by_role("link", name="Bekijk de pagina").click()
    assert_usable(page)
    own = page.url
    page.get_by_role("button", name="Log uit").or_(page.get_by_role("link", name="Log uit")).first.click()
    page.context.clear_cookies()
    page.goto(f"{made_up_site}/zoeken?q=bloemen+zaaien")
    page.get_by_role("link", name=re.compile("straat")).first.click()
    assert page.url == own
    page.get_by_role("link", name="Stuur een bericht").click()
    page.get_by_label("Wat wilt u vragen of vertellen?").fill("Hebt u nog zaad over voor onze straat?")
    page.get_by_label("Uw e-mailadres").fill("buur@voorbeeld.invalid")
    assert_usable(page)
    page.get_by_role("button", name="Stuur het bericht").click()
    page.get_by_role("heading", name="Kijk nu in uw e-mail").wait_for()
    for path in ("/initiatieven", "/initiatieven?plaats=GM9900", "/ontmoetingsplekken", "/vrijwilligers", "/volgen"):
        page.goto(made_up_site + path)
        assert_usable(page)
