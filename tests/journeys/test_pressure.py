"""A policy officer looks where pressure stacks up, weighs it her own way, and can show how it was made."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.pages.accessibility import assert_usable

pytestmark = [pytest.mark.browser, pytest.mark.data]


def _downloaded(page: Any) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.get_by_role("link", name="Download als CSV").click()
    return list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8"))))


def _on_the_page(page: Any) -> dict[str, str]:
    rows = page.locator(".stacks tbody tr").all()
    return {row.locator("th").inner_text(): row.locator("td").first.inner_text() for row in rows}


def test_she_reads_the_parts_first_and_then_her_neighbourhoods_by_name(site: str, page: Any) -> None:
    page.goto(site)
    page.get_by_role("link", name="Waar stapelt het zich op?").first.click()
    page.wait_for_url("**/kwetsbaarheid")
    headings = page.locator("main h2").all_inner_texts()
    assert (
        headings.index("Zo werkt het")
        < headings.index("Wat telt mee, en hoe zwaar?")
        < headings.index("Alle buurten van Gelderland")
    )
    assert_usable(page)
    page.get_by_label("Gemeente", exact=True).select_option("GM0200")
    page.get_by_role("button", name="Toon").click()
    page.wait_for_url("**gemeente=GM0200**")
    shown = _on_the_page(page)
    assert len(shown) > 20
    rows = {row["gebied"]: row for row in _downloaded(page) if not row["reden"]}
    assert list(shown) == list(rows)
    for name, row in rows.items():
        assert shown[name].startswith(f"{row['themas_onder_druk']} van {row['themas_bekend']} bekende")
        assert 1 <= int(row["plaats_laag"]) <= int(row["plaats_hoog"]) <= int(row["van"])
    assert_usable(page)


def test_her_own_weights_stand_in_the_address_survive_a_reload_and_need_no_script(site: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/kwetsbaarheid?gemeente=GM0200")
    before = page.locator(".stacks").inner_text()
    page.get_by_label("Punten voor Gemiddelde woningwaarde").fill("10")
    page.get_by_role("button", name="Reken met deze punten").click()
    assert "gewicht-woz-waarde=10" in page.url
    assert "gemeente=GM0200" in page.url
    page.reload()
    assert page.get_by_label("Punten voor Gemiddelde woningwaarde").input_value() == "10"
    assert page.get_by_text("U kijkt nu met eigen gewichten").is_visible()
    assert page.locator(".stacks").inner_text() != before
    page.get_by_role("link", name="Terug naar de openbare gewichten").click()
    assert page.locator(".stacks").inner_text() == before
    page.goto(f"{site}/kwetsbaarheid?gewicht-woz-waarde=heel veel")
    assert page.get_by_text("Kies een heel getal van 0 tot en met 10").is_visible()
    context.close()


def test_the_method_page_gives_the_rule_the_weights_and_the_receipt(site: str, page: Any) -> None:
    page.goto(f"{site}/kwetsbaarheid")
    page.get_by_role("link", name="Lees precies hoe we rekenen").click()
    page.get_by_role("heading", name="Hoe we rekenen: waar stapelt het zich op?").wait_for()
    assert page.get_by_text("20240601").is_visible()
    assert_usable(page)
    code = page.locator("p", has_text="De code is").locator("code").first.inner_text()
    receipt = page.evaluate("fetch('/kwetsbaarheid/bon.json').then(answer => answer.json())")
    assert receipt["hash"].startswith(code)
    assert receipt["parameters"]["draws"] == 1000


def test_a_resident_sees_what_looks_like_her_village_and_compares_with_it(site: str, page: Any) -> None:
    page.goto(f"{site}/gebieden/BU18760300")
    alike = page.locator(".alike li")
    assert alike.count() == 5
    assert all("Verschilt vooral" in text or "Bijna gelijk" in text for text in alike.all_inner_texts())
    page.get_by_role("link", name="de 25 buurten die er het meest op lijken").click()
    page.wait_for_url("**vergelijk=lijkt-op**")
    assert page.get_by_text("Vergeleken met de 25 buurten die er het meest op lijken").is_visible()
    assert page.locator(".strips").get_by_text("van 26").count() > 5
    assert page.get_by_role("heading", name="Waar stapelt het zich op?").is_visible()
    assert_usable(page)
    alike.first.get_by_role("link").click()
    page.wait_for_url("**/gebieden/BU*")


def test_the_made_up_province_says_so(made_up_site: str, page: Any) -> None:
    page.goto(f"{made_up_site}/kwetsbaarheid")
    assert page.get_by_text("VERZONNEN VOORBEELD.").is_visible()
    assert page.get_by_text("thema’s tegelijk onder druk").is_visible()
    assert_usable(page)
