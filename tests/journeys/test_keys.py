"""Who works through the inbox all day goes down the list by key; typing stays typing, and the keys can be switched off."""

import re
from typing import Any

import pytest

from tests.pages.accessibility import assert_usable

pytestmark = [pytest.mark.browser]


def test_an_officer_goes_through_the_inbox_and_a_file_by_key(made_up_site: str, page: Any) -> None:
    page.goto(f"{made_up_site}/inloggen")
    page.get_by_role("button", name=re.compile("^Programmamedewerker")).click()
    page.goto(f"{made_up_site}/werk/aanvragen")
    rows = page.locator("tbody th a")
    assert rows.count() > 2
    assert page.get_by_text("Toetsen:").is_visible()
    for key, row in (("j", 0), ("j", 1), ("k", 0), ("k", 0), ("j", 1)):
        page.keyboard.press(key)
        assert rows.nth(row).evaluate("link => link === document.activeElement"), f"{key} brings us to row {row}"
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.get_by_label("Nummer, titel of naam").input_value() == "jk", "letters that are typed are letters"
    assert_usable(page)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Zet de toetsen uit").click()
    page.keyboard.press("j")
    assert page.get_by_role("button", name="Zet de toetsen aan").evaluate("button => button === document.activeElement")
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY", "off stays off"
    page.get_by_role("button", name="Zet de toetsen aan").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.get_by_role("navigation", name="Dossier").wait_for()
    parts = page.get_by_role("navigation", name="Dossier").get_by_role("link")
    second = parts.nth(1).inner_text()
    page.keyboard.press("j")
    page.get_by_role("heading", name=second, level=2, exact=True).wait_for()
    assert_usable(page)
    page.keyboard.press("1")
    page.get_by_role("heading", name=parts.nth(0).inner_text(), level=2, exact=True).wait_for()
