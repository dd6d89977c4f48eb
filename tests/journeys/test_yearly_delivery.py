"""A researcher brings a changed delivery in the browser, answers what it asks, and sees the figures. Runs last: it adds figures."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.changed_delivery import NEW, RENAMED, write
from tests.pages.accessibility import assert_usable
from tests.requirements import DATA

pytestmark = [pytest.mark.browser, pytest.mark.data]
NEW_INDICATOR = {
    "Naam": "Geluk van het dorp",
    "Eenheid": "cijfer 1–10",
    "Laagste waarde die kan": "1",
    "Hoogste waarde die kan": "10",
    "Bron": "Eigen vragenlijst",
    "Licentie": "CC BY 4.0",
    "Methode": "Gemiddeld cijfer dat bewoners zelf geven.",
    "Duurzame doelen (SDG’s)": "3",
}
CHOSEN = {
    "Thema": "samenleven",
    "Cijfers achter de komma": "1",
    "Hoog of laag": "higher_is_better",
    "Hoe telt u dit op voor een groter gebied?": "mean",
    "Soort cijfer": "survey",
}


def sign_in(page: Any, site: str, who: str = "Onderzoeker") -> None:
    """As the made-up researcher; the button of the demo asks no second step."""
    page.goto(f"{site}/inloggen")
    page.get_by_role("button", name=re.compile(f"^{who}")).click()
    page.get_by_role("heading", name="Mijn Vliegwiel").wait_for()


def question(page: Any, column: str) -> Any:
    return page.locator("fieldset", has=page.locator(".address", has_text=re.compile(f"^{column}$")))


def test_a_changed_delivery_is_answered_loaded_and_seen_in_the_browser_only(site: str, page: Any, tmp_path: Path) -> None:
    file = write(DATA, tmp_path)
    sign_in(page, site)
    page.get_by_role("link", name="Leveringen van cijfers").click()
    page.get_by_role("heading", name="Leveringen van cijfers").wait_for()
    assert_usable(page)
    page.get_by_label("Bestand met cijfers").set_input_files(file)
    page.get_by_label("Gepubliceerd op").fill("2021-06-01")
    page.get_by_role("button", name="Bekijk dit bestand").click()
    page.get_by_role("heading", name="Klopt dit bestand?").wait_for()
    assert page.locator("fieldset.asked").count() == 4
    for column in RENAMED.values():
        asked = question(page, column)
        assert asked.get_by_label("Welke indicator?").input_value() != "", column
        assert asked.locator("input[type=radio]:checked").count() == 0
    assert_usable(page)
    page.get_by_role("button", name="Laad deze levering").click()
    page.get_by_role("heading", name="Er klopt nog iets niet").wait_for()
    assert page.get_by_role("link", name="Kies wat deze kolom is.").count() == 4
    assert_usable(page)
    for column in RENAMED.values():
        question(page, column).get_by_label("Zelfde als een indicator").check()
    new = question(page, NEW)
    new.get_by_label("Nieuwe indicator").check()
    for label, text in NEW_INDICATOR.items():
        new.get_by_label(label, exact=True).fill(text)
    for label, key in CHOSEN.items():
        new.get_by_label(label, exact=True).select_option(key)
    assert_usable(page)
    page.get_by_role("button", name="Laad deze levering").click()
    page.get_by_role("heading", name="De levering is geladen").wait_for()
    assert_usable(page)
    page.goto(f"{site}/gebieden/GM1876/geluk-van-het-dorp?jaar=2020")
    assert page.get_by_text("7,4").first.is_visible()
    _two_withdraw_it(site, page)


def _two_withdraw_it(site: str, page: Any) -> None:
    """The researcher proposes, takes it back, proposes again; a second one reads why and confirms. Then no page gives the figure."""
    page.goto(f"{site}/beheer/cijfers")
    page.get_by_role("link", name="Kerncijfers wijken en buurten 2020").first.click()
    address = page.url
    _propose(page)
    assert_usable(page)
    page.get_by_role("button", name="Haal dit voorstel terug").click()
    page.get_by_label("Waarom?").wait_for()
    _propose(page)
    page.get_by_role("banner").get_by_role("button", name="Log uit").click()
    sign_in(page, site, "Tweede onderzoeker")
    page.goto(address)
    assert page.locator("blockquote").inner_text() == "Dit was een oefening."
    assert page.get_by_role("button", name="Wijs dit voorstel af").is_visible()
    assert_usable(page)
    page.get_by_role("button", name="Bevestig: trek deze levering in").click()
    page.get_by_text("Ingetrokken op").wait_for()
    assert_usable(page)
    page.goto(f"{site}/methoden/geluk-van-het-dorp")
    assert page.get_by_text("Dit was een oefening.").is_visible()
    answer = page.request.get(f"{site}/gebieden/GM1876/geluk-van-het-dorp?jaar=2020")
    assert answer.status == 404
    assert page.request.get(f"{site}/api/v1/leveringen/{address.rsplit('/', 1)[1]}").status == 410


def _propose(page: Any) -> None:
    page.get_by_label("Waarom?").fill("Dit was een oefening.")
    page.get_by_role("button", name="Stel voor om in te trekken").click()
    page.get_by_text("Dit is uw eigen voorstel").wait_for()
