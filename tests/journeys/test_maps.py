"""A resident looks at the map, compares places, and follows one figure; with and without script."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.pages.accessibility import assert_usable

pytestmark = [pytest.mark.browser, pytest.mark.data]
MAP = "/kaart?indicator=afstand-huisarts&niveau=buurten"
#: What the issue asks of the map page: kilobytes on the wire, and milliseconds until something is drawn and until it is live.
MOST_BYTES, DRAWN, LIVE = 700_000, 1000, 2000


def test_the_drawn_map_and_its_table_are_there_without_script(site: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site}{MAP}")
    assert page.locator(".drawn a").count() == 1814
    page.get_by_text("Bekijk de 1.815 buurten als tabel").click()
    first = page.locator("tbody tr").first.inner_text().replace("\u00a0", " ")
    page.get_by_role("link", name="laagste eerst").click()
    page.wait_for_url("**volgorde=laag**")
    last = page.locator("tbody tr").filter(has_not_text="geen cijfer").last.inner_text().replace("\u00a0", " ")
    assert first.split("\t")[-1] == last.split("\t")[-1]
    context.close()


def test_she_chooses_a_figure_and_a_place_and_the_address_can_be_shared(site: str, page: Any) -> None:
    page.goto(f"{site}/kaart")
    assert_usable(page)
    page.get_by_label("Cijfer", exact=True).select_option("afstand-supermarkt")
    page.get_by_label("Tweede cijfer ernaast").select_option("koopwoningen")
    page.get_by_label("Gebied").select_option("GM1876")
    page.get_by_label("Per", exact=True).select_option("buurten")
    page.get_by_role("button", name="Toon op de kaart").click()
    page.wait_for_selector(".is-live")
    shared = page.get_by_label("Deel deze kaart met dit adres").input_value()
    page.goto(shared)
    assert page.locator("figure.big-map").count() == 2
    assert page.locator(".drawn").first.locator("a[href*=BU18760002]").get_attribute("href") == "/gebieden/BU18760002?jaar=2024"
    assert page.locator(".drawn").first.locator("a[href*=BU18760002] title").text_content() == "Veldhoek: 5,8\u00a0km"
    page.wait_for_selector(".is-live")
    assert_usable(page)


def test_the_live_map_shows_the_words_of_the_drawn_one_and_leads_to_the_area(site: str, page: Any) -> None:
    page.goto(f"{site}{MAP}&binnen=GM1876")
    page.wait_for_selector(".is-live")
    titles = {one.text_content() for one in page.locator(".drawn title").all()}
    ground = page.locator(".live-ground")
    ground.scroll_into_view_if_needed()
    box = ground.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    page.locator(".live-words:visible").wait_for()
    words = page.locator(".live-words").text_content()
    assert words in titles
    assert_usable(page)
    ground.scroll_into_view_if_needed()
    box = ground.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/gebieden/BU1876*")
    assert page.locator("h1").inner_text() == words.split(":")[0]


def test_the_map_of_a_whole_province_is_quick_and_small(site: str, page: Any) -> None:
    page.goto(f"{site}{MAP}")
    page.wait_for_selector(".is-live")
    fresh = page.context.browser.new_context(viewport={"width": 1280, "height": 900})
    reader = fresh.new_page()
    reader.goto(f"{site}{MAP}")
    reader.wait_for_selector(".is-live")
    times = reader.evaluate(
        """() => ({drawn: performance.getEntriesByName("first-contentful-paint")[0].startTime,
                   live: performance.getEntriesByName("live-map")[0].startTime,
                   bytes: performance.getEntriesByType("resource").reduce((sum, one) => sum + one.transferSize, 0)
                          + performance.getEntriesByType("navigation")[0].transferSize,
                   worker: performance.getEntriesByType("resource").some(one => one.name.includes("map-worker"))})"""
    )
    worker = 0 if times["worker"] else len(fresh.request.get(_worker(reader), headers={"accept-encoding": "br"}).body()) // 4
    fresh.close()
    assert times["bytes"] + worker < MOST_BYTES
    assert times["drawn"] < DRAWN * _patience()
    assert times["live"] < LIVE * _patience()


def _worker(page: Any) -> str:
    return str(page.evaluate("new URL(document.querySelector('[data-worker]').dataset.worker, location.href).href"))


def _patience() -> float:
    """Twice the time on a machine that other work keeps busy: this guards against a slow page, the bench measures."""
    import os

    return 1.0 if os.getloadavg()[0] <= (os.cpu_count() or 1) else 3.0


def test_she_compares_two_villages_without_script(site: str, browser: Any, page: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{site}/gebieden/GM1876")
    plain.get_by_role("link", name="Vergelijk", exact=True).last.click()
    plain.get_by_label("Voeg een plaats, buurt of gemeente toe").fill("Oude IJsselstreek")
    plain.get_by_role("button", name="Voeg toe").click()
    plain.wait_for_url("**gebied=GM1509**")
    address = plain.url
    row = plain.locator("tr", has_text="Afstand tot de huisarts").inner_text().replace("\u00a0", " ")
    assert "1,9 km" in row or "1,8 km" in row
    context.close()
    page.goto(address)
    assert_usable(page)
    page.get_by_role("link", name="Haal Bronckhorst weg").click()
    assert page.locator("thead th").count() == 2


def test_a_figure_leads_to_its_own_page_with_method_and_source(site: str, page: Any) -> None:
    page.goto(f"{site}/gebieden/BU18760300")
    page.get_by_role("link", name="Afstand tot de huisarts").first.click()
    page.wait_for_url("**/gebieden/BU18760300/afstand-huisarts**")
    assert page.get_by_text("Bron: CBS").count() == 1
    assert_usable(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download deze cijfers").click()
    assert download.value.suggested_filename == "BU18760300-2024-afstand-huisarts.csv"


def test_a_kept_page_is_the_page_itself(site: str, page: Any) -> None:
    address = f"{site}/gebieden/GM1876?jaar=2024"
    first = page.request.get(address, headers={"accept-encoding": "gzip"})
    again = page.request.get(address, headers={"accept-encoding": "gzip"})
    assert first.text() == again.text()
    assert page.request.get(address, headers={"accept-encoding": "gzip", "if-none-match": again.headers["etag"]}).status == 304


def test_a_figure_of_more_years_is_a_line_with_the_numbers_of_the_file(site: str, page: Any, data: Path) -> None:
    with (data / "criminaliteit" / "misdrijven_47022NED_jaartotalen_2021_2025.csv").open(encoding="utf-8") as file:
        counts = {row["jaar"]: row["misdrijven_totaal"] for row in csv.DictReader(file) if row["WijkenEnBuurten"] == "GM1876"}
    page.goto(f"{site}/gebieden/GM1876/misdrijven?jaar=2024")
    page.wait_for_selector(".is-live")
    page.get_by_text("Bekijk de cijfers als tabel").click()
    shown = {text.split("\t")[0]: text.split("\t")[1].split("\u00a0")[0] for text in page.locator("tbody tr").all_inner_texts()}
    assert shown == counts
    assert_usable(page)
