"""A municipal official scans two plans on brede welvaart and lays them side by side."""

import re
from typing import Any

import pytest

from tests.pages.accessibility import assert_usable

pytestmark = [pytest.mark.browser]


def _begin(page: Any, site: str, title: str) -> None:
    page.goto(f"{site}/scans")
    page.get_by_label("Naam van het plan").fill(title)
    page.get_by_label("Waar gaat het plan over?").fill("Van de oude school maken we een huis voor het hele dorp.")
    page.get_by_role("button", name="Begin de scan").click()
    page.get_by_role("heading", name=f"Hier en nu: {title}").wait_for()


def _answer(page: Any, theme: str, effect: str, why: str) -> None:
    block = page.get_by_role("group", name=theme)
    block.get_by_label(effect, exact=True).check()
    block.get_by_label("Waarom? In een of twee zinnen").fill(why)


def test_two_plans_from_first_question_to_side_by_side(made_up_site: str, page: Any) -> None:
    page.goto(f"{made_up_site}/inloggen")
    page.get_by_role("button", name=re.compile("^Medewerker van een gemeente")).click()
    page.get_by_role("link", name="Brede-welvaartscans").click()
    assert_usable(page)
    _begin(page, made_up_site, "Dorpshuis in de school")
    assert_usable(page)
    _answer(page, "Samenleven", "Gunstig", "Mensen ontmoeten elkaar.")
    page.get_by_role("button", name="Opslaan en verder").click()
    page.get_by_role("heading", name="Later: Dorpshuis in de school").wait_for()
    page.get_by_role("link", name="Naar de uitkomst").click()
    page.get_by_text("1 van 24 vakken ingevuld.").wait_for()
    assert_usable(page)
    page.goto(page.url + "/voor-wie")
    _answer(page, "Ouderen", "Gunstig", "Het is dichtbij.")
    page.get_by_label("11. ").check()
    assert_usable(page)
    page.get_by_role("button", name="Opslaan en verder").click()
    page.get_by_label("Naam", exact=True).fill("B. Denkbeeldig")
    page.get_by_label("Functie en organisatie").fill("ecoloog")
    page.get_by_role("button", name="Noteer de vraag").click()
    page.get_by_role("heading", name="B. Denkbeeldig, ecoloog").wait_for()
    assert_usable(page)
    _begin(page, made_up_site, "Nieuw gebouw aan de rand")
    _answer(page, "Milieu en natuur", "Ongunstig", "")
    page.get_by_role("button", name="Opslaan en verder").click()
    page.get_by_text("Leg bij Milieu en natuur, hier en nu in een zin uit waarom.").wait_for()
    _answer(page, "Milieu en natuur", "Ongunstig", "Er verdwijnt gras.")
    page.get_by_role("button", name="Opslaan en verder").click()
    page.get_by_role("link", name="Naar de uitkomst").click()
    page.get_by_label("Ander plan").select_option(label="Dorpshuis in de school")
    page.get_by_role("button", name="Leg naast elkaar").click()
    page.get_by_role("heading", name="Twee plannen naast elkaar").wait_for()
    assert page.get_by_text("Er verdwijnt gras.").is_visible()
    assert page.get_by_text("Mensen ontmoeten elkaar.").is_visible()
    assert_usable(page)
