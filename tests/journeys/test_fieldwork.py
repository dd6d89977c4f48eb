"""A resident answers on a phone, stops, and goes on with the code; a researcher follows, and a colleague invites."""

import re
from typing import Any

import pytest

from tests.pages.accessibility import assert_usable

pytestmark = [pytest.mark.browser]
PHONE = {"width": 390, "height": 844}


def _as(page: Any, site: str, name: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/inloggen")
    page.get_by_role("button", name=re.compile(name)).click()
    page.wait_for_url(re.compile("/mijn"))


def test_from_an_open_link_on_a_phone_to_the_response_that_a_researcher_sees(made_up_site: str, page: Any) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{made_up_site}/meedoen")
    assert_usable(page)
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Belevingsonderzoek LHBTI+").click()
    page.get_by_label("Ja, u mag mijn antwoorden gebruiken").check()
    page.get_by_role("button", name="Begin").click()
    assert_usable(page)
    page.set_viewport_size(PHONE)
    scale = page.get_by_role("group", name="Hoe veilig voelt u zich")
    scale.get_by_label("5", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    assert scale.get_by_label("6", exact=True).is_checked()
    page.get_by_role("button", name="Stop en ga later verder").click()
    code = page.locator(".big-code").inner_text().splitlines()[-1].strip()
    page.get_by_role("button", name="Ik heb de code").click()
    page.get_by_label("Uw code").fill(code.lower())
    page.get_by_role("button", name="Ga naar de vragen").click()
    page.get_by_role("link", name="Naar de vragen").click()
    assert page.get_by_role("group", name="Hoe veilig voelt u zich").get_by_label("6", exact=True).is_checked()
    page.get_by_role("button", name="Verder", exact=True).click()
    page.get_by_label("Wat wilt u ons meegeven?").fill("Meer plekken om elkaar te zien.")
    page.get_by_role("button", name="Verder", exact=True).click()
    assert_usable(page)
    page.get_by_role("button", name="Verstuur mijn antwoorden").click()
    page.get_by_role("heading", name="Dank u wel").wait_for()
    _as(page, made_up_site, "^Onderzoeker")
    page.get_by_role("link", name="Enquêtes in het veld").click()
    page.get_by_role("link", name="Leven in uw dorp of buurt").click()
    page.get_by_role("heading", name="Respons").wait_for()
    assert_usable(page)
    work = page.url
    page.get_by_role("link", name="Leven in uw dorp of buurt").last.click()
    page.get_by_role("heading", name="Vaste schalen").wait_for()
    assert_usable(page)
    _as(page, made_up_site, "^Medewerker veldwerk")
    page.goto(f"{work}/brieven")
    page.get_by_text("De herinnering heeft dezelfde code").wait_for()
    assert_usable(page)
