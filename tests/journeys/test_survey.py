"""Journey 4: a researcher brings a file of SPSS, checks, weights and estimates it; a colleague releases it; municipalities see it first.

What everybody reads after ten working days is read of the waves that the demo made public."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.pages.accessibility import assert_usable
from vliegwiel.see.surveys.made_up import write_wave

pytestmark = [pytest.mark.browser]
SCORES = ("Welbevinden", "Hoe prettig is het in de buurt", "Vertrouwen in mensen", "Vertrouwen in de toekomst")
PLACES = [f"GM99{number:02d}" for number in range(8)]


def _as(page: Any, site: str, name: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/inloggen")
    page.get_by_role("button", name=re.compile(name)).click()
    page.wait_for_url(re.compile("/mijn"))


def test_a_wave_from_file_to_figures_that_everybody_reads(made_up_site: str, page: Any, tmp_path: Path) -> None:
    file = write_wave(tmp_path / "meting 2026.sav", PLACES, people=700, period=2026, panel=True)
    _as(page, made_up_site, "^Onderzoeker")
    page.get_by_role("link", name="Enquêtes verwerken").click()
    page.get_by_label("Bestand met antwoorden").set_input_files(file)
    page.get_by_label("Hoe heet de enquête?").fill("Proef met een panel")
    page.get_by_label("Van welk jaar is de meting?").fill("2026")
    page.get_by_label("Van welk jaar zijn de codes van gemeenten?").fill("2024")
    page.get_by_role("group", name="Zijn de antwoorden verzonnen").get_by_label("Ja").check()
    page.get_by_role("button", name="Lees de antwoorden in").click()
    page.get_by_text("voornaam: De naam van de kolom wijst op een persoon").wait_for()
    page.get_by_role("link", name="Zeg wat voor meting dit is").click()
    page.get_by_role("group", name="Is dit een kanssteekproef?").get_by_label("Nee").check()
    page.get_by_label("Hoe zijn mensen gevraagd?").fill("een panel waarvoor mensen zich opgaven")
    page.get_by_role("button", name="Bewaar de beschrijving").click()
    page.get_by_role("heading", name="Wat opvalt").wait_for()
    assert_usable(page)
    page.get_by_role("link", name="Weeg naar de bevolking").click()
    page.get_by_label("Leeftijd, tot en vanaf 65 jaar (15 jaar of ouder)").check()
    page.get_by_role("button", name="Weeg", exact=True).click()
    page.get_by_text("Ja, alle").wait_for()
    page.get_by_role("link", name="Verder naar rekenen").click()
    page.get_by_role("button", name="Reken alles uit").click()
    page.get_by_text(re.compile(r"Van \d+ vakken (zijn er \d+|is er geen) verborgen")).wait_for(timeout=60_000)
    work = page.url
    assert_usable(page)
    page.get_by_role("link", name="Zeg wat de cijfers betekenen").click()
    for title in SCORES:
        page.get_by_label(f"{title}: bij welk thema?").select_option(label="Gezondheid en welbevinden")
        page.get_by_role("group", name=f"{title}: wat is beter?").get_by_label("Hoger is beter").check()
        page.get_by_label(f"{title}: in welke eenheid?").fill("cijfer van 0 tot 10")
        page.get_by_role("group", name=f"{title}: welke doelen (SDG)?").get_by_label("Goede gezondheid en welzijn").check()
    assert_usable(page)
    page.get_by_role("button", name="Bewaar wat ze betekenen").click()
    page.get_by_text("Thema, richting, eenheid en doelen zijn gezegd.").wait_for()
    page.goto(work)
    page.get_by_role("button", name="Stel vrijgave voor").click()
    page.get_by_text("U stelde dit voor. Een ander geeft het vrij.").wait_for()
    _as(page, made_up_site, "^Tweede onderzoeker")
    page.goto(work)
    page.get_by_role("button", name="Geef de cijfers vrij").click()
    page.get_by_text("Gemeenten zien dit nu.").wait_for()
    page.get_by_role("link", name="Bekijk wat zij zien").click()
    page.get_by_text("Dit is nog niet openbaar.").wait_for()
    ahead = page.url
    page.context.clear_cookies()
    assert page.request.get(ahead).status == 404
    page.goto(f"{made_up_site}/enquetes")
    assert page.get_by_role("link", name="Proef met een panel").count() == 0
    page.get_by_role("link", name="Panel van Verzonnenland").click()
    page.get_by_text("Dit is geen kanssteekproef.").first.wait_for()
    assert page.get_by_text(re.compile(r"\d,\d tot \d,\d")).count() == 0
    assert_usable(page)
    page.goto(f"{made_up_site}/enquetes")
    page.get_by_role("link", name="Korte peiling van Verzonnenland").click()
    page.get_by_text("synthetisch", exact=True).first.wait_for()
    assert_usable(page)
    page.goto(f"{made_up_site}/gebieden/GM9900")
    assert page.get_by_text("Van Verzonnenland. Voor Nergensdam deden te weinig mensen mee.").count() > 0
    assert page.get_by_text("Modelschatting voor Nergensdam").count() > 0
