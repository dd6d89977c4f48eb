"""A resident looks up how her village is doing."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.pages.accessibility import assert_usable

pytestmark = [pytest.mark.browser]


def _row_of(data: Path, code: str) -> dict[str, str]:
    with (data / "kwb" / "kwb_2024_85984NED_selectie.csv").open(encoding="utf-8") as file:
        return next(row for row in csv.DictReader(file) if row["WijkenEnBuurten"] == code)


@pytest.mark.data
def test_she_types_her_village_and_reads_the_numbers_of_the_file(site: str, page: Any, data: Path) -> None:
    page.goto(site)
    assert_usable(page)
    page.get_by_label("Plaats, buurt of postcode").fill("Steenderen")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Welke plaats bedoelt u?").wait_for()
    assert_usable(page)
    page.get_by_role("link", name="Steenderen", exact=True).click()
    page.wait_for_url("**/gebieden/BU18760300*")
    row = _row_of(data, "BU18760300")
    assert page.locator("h1").inner_text() == "Steenderen"
    people = f"{int(row['AantalInwoners_5']):,}".replace(",", ".")
    assert f"{people} inwoners" in page.locator(".facts").inner_text()
    doctor = page.get_by_role("row").filter(has_text="Afstand tot de huisarts").locator(".value").inner_text()
    assert doctor.replace("\u00a0", " ") == f"{row['AfstandTotHuisartsenpraktijk_110'].replace('.', ',')} km"
    assert_usable(page)


@pytest.mark.data
def test_a_postcode_gives_the_neighbourhoods_where_it_is_most_common(site: str, page: Any) -> None:
    page.goto(site)
    page.get_by_label("Plaats, buurt of postcode").fill("7255 AA")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Buurten met postcode 7255").wait_for()
    assert page.get_by_role("link", name="Veldhoek").count() == 1
    assert_usable(page)


@pytest.mark.data
def test_she_chooses_another_figure_for_the_map_and_the_table_says_the_same(site: str, page: Any) -> None:
    page.goto(f"{site}/gebieden/GM1876")
    page.get_by_label("Kies een cijfer").select_option("afstand-supermarkt")
    page.get_by_role("button", name="Toon op de kaart").click()
    page.get_by_text("Bekijk de 45 buurten als tabel").click()
    shown = page.locator(".figure-map a[href*=BU18760002]").get_attribute("aria-label")
    in_table = page.locator("tr", has=page.get_by_role("link", name="Veldhoek", exact=True)).inner_text()
    assert shown.replace("\u00a0", " ") == "Veldhoek: 5,8 km"
    assert "5,8 km" in in_table.replace("\u00a0", " ")
    assert_usable(page)


@pytest.mark.data
def test_the_download_holds_exactly_what_the_page_shows(site: str, page: Any) -> None:
    page.goto(f"{site}/gebieden/GM1876")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download deze cijfers").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8"))))
    mine = [row for row in rows if row["gebiedscode"] == "GM1876"]
    assert len([row for row in mine if not row["vergelijkbaar"]]) == page.locator(".strips tbody tr:not(.theme)").count()
    earlier = [row for row in mine if row["vergelijkbaar"]]
    assert len([row for row in earlier if row["waarde"]]) == page.locator(".then tbody tr").count() > 0
    assert next(row["waarde"] for row in mine if row["indicator"] == "inwoners") == "36119.0"
    assert all(row["waarde"] or row["reden"] for row in rows)


@pytest.mark.data
def test_from_a_theme_she_reaches_how_a_figure_is_made(site: str, page: Any) -> None:
    page.goto(f"{site}/gebieden/GM1876")
    page.locator(".strips .theme a").first.click()
    page.locator("h1", has_text="Bronckhorst:").wait_for()
    assert_usable(page)
    page.locator(".strips tbody th a").nth(1).click()
    page.get_by_role("link", name="Lees hoe dit cijfer is gemaakt").click()
    page.get_by_role("heading", name="Hoe zeker is het?").wait_for()
    assert page.locator("dd", has_text="CBS").count()
    assert_usable(page)
    page.get_by_role("link", name="Over de cijfers").first.click()
    page.get_by_label("Zoek een cijfer").fill("huisarts")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Afstand tot de huisarts", exact=True).wait_for()
    assert_usable(page)


def test_words_and_themes_of_others_are_explained_on_pages_everybody_can_use(made_up_site: str, page: Any) -> None:
    page.goto(f"{made_up_site}/methoden")
    page.get_by_role("main").get_by_role("link", name="Woorden uitgelegd").click()
    page.get_by_label("Zoek een woord").fill("mediaan")
    page.keyboard.press("Enter")
    page.get_by_text("De middelste waarde.").wait_for()
    assert_usable(page)
    page.goto(f"{made_up_site}/kaders")
    assert_usable(page)
    page.get_by_role("link", name="Vertrouwen in andere mensen").first.click()
    page.get_by_text("15 jaar en ouder").wait_for()
    assert_usable(page)


@pytest.mark.data
def test_an_unknown_place_is_told_plainly_and_offers_the_nearest(site: str, page: Any, browser: Any) -> None:
    context = browser.new_context()
    other = context.new_page()
    answer = other.goto(f"{site}/gebieden/BU02000000?jaar=2024")
    assert answer.status == 404
    assert other.get_by_role("link", name="Binnenstad (buurt, 2024)").count() == 1
    answer = other.goto(f"{site}/gebieden/GM1876?jaar=1850")
    assert answer.status == 404
    assert other.get_by_role("link", name="Bronckhorst in 2024").count() == 1
    context.close()


def test_a_made_up_province_says_so_on_every_page_and_in_its_download(made_up_site: str, page: Any) -> None:
    page.goto(made_up_site)
    assert page.get_by_text("VERZONNEN VOORBEELD.").is_visible()
    assert_usable(page)
    page.set_viewport_size({"width": 390, "height": 800})
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    assert menu.is_hidden(), "on a phone the answer comes before the menu"
    page.get_by_role("link", name="Menu", exact=True).click()
    menu.get_by_role("link", name="Kaart").wait_for()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Bekijk Verzonnenland").click()
    assert page.get_by_text("VERZONNEN VOORBEELD.").is_visible()
    assert_usable(page)
    text = page.evaluate("fetch('/gebieden/PV99/cijfers.csv').then(answer => answer.text())")
    assert all(line.endswith("VERZONNEN VOORBEELD") for line in text.split("\r\n")[1:] if line)


@pytest.mark.data
def test_a_municipality_that_was_divided_keeps_its_page_and_leads_to_what_lies_there_now(site: str, page: Any) -> None:
    page.goto(f"{site}/gebieden/GM0788")
    assert page.get_by_text("Na 2020 is het verdeeld over Boxtel, Oisterwijk, Tilburg en Vught.").is_visible()
    assert_usable(page)
    page.get_by_role("link", name="Bekijk Vught").click()
    page.wait_for_url("**/gebieden/GM0865?jaar=2024")
    assert page.locator("h1").inner_text() == "Vught"


@pytest.mark.data
def test_a_region_is_the_sum_of_its_municipalities(site: str, page: Any, data: Path) -> None:
    page.goto(f"{site}/gebieden/RGVR08?jaar=2024")
    page.get_by_text("Bekijk hoe dit gebied is gemaakt").click()
    members = [link.get_attribute("href") for link in page.locator("details[open] .tags a").all()]
    codes = [str(href).split("/")[2].split("?")[0] for href in members]
    total = sum(int(_row_of(data, code)["AantalInwoners_5"]) for code in codes)
    assert len(codes) == 14
    assert f"{total:,} inwoners".replace(",", ".") in page.locator(".facts").inner_text()
    assert_usable(page)
