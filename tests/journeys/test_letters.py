"""An officer proof-reads a batch of letters, holds one back, lets the others go and prints them; a resident chooses how to be told."""

import re
import time
from typing import Any

import pytest

from tests.pages.accessibility import assert_usable

pytestmark = [pytest.mark.browser]


def signed_in(page: Any, site: str, role: str) -> None:
    page.goto(f"{site}/inloggen")
    page.get_by_role("button", name=re.compile(f"^{role}")).click()
    page.get_by_role("heading", name="Mijn Vliegwiel").wait_for()


def test_an_officer_reads_a_batch_holds_one_letter_and_sends_and_prints_the_others(made_up_site: str, page: Any) -> None:
    signed_in(page, made_up_site, "Programmamedewerker")
    page.get_by_role("link", name="Stapels brieven").click()
    assert_usable(page)
    page.get_by_role("link", name="Oefenstapel: besluiten over dorpsplannen").click()
    assert page.get_by_text("Vastgehouden: Schrijf op waarom dit besluit zo is genomen.").is_visible()
    assert page.get_by_role("button", name=re.compile("^Verstuur")).count() == 0
    assert_usable(page)
    page.get_by_role("link", name="Lees de brieven na").click()
    page.get_by_role("heading", name="Besluit: u krijgt subsidie").wait_for()
    assert page.get_by_text("VERZONNEN VOORBEELD. Deze brief").is_visible()
    assert_usable(page)
    page.get_by_role("button", name="De brief klopt").click()
    page.get_by_text("Brief 2 van 8").first.wait_for()
    page.get_by_label("Wat klopt er niet?").fill("De naam is veranderd")
    page.get_by_role("button", name="Houd deze brief vast").click()
    page.get_by_text("Brief 3 van 8").first.wait_for()
    page.get_by_role("link", name="Volgende brief").click()
    page.get_by_role("heading", name="Besluit: u krijgt geen subsidie").wait_for()
    page.get_by_role("button", name="De brief klopt").click()
    page.get_by_role("link", name="Terug naar de stapel").click()
    page.get_by_role("button", name="Verstuur 6 brieven").click()
    _wait_until_sent(page, 6)
    assert page.get_by_text("Vastgehouden: De naam is veranderd").is_visible()
    assert_usable(page)
    page.goto(f"{made_up_site}/beheer/brieven")
    # Other journeys of this province may have left letters to print: at least these six and the two of the demo wait.
    told = page.get_by_text(re.compile(r"Er wachten \d+ brieven\."))
    waiting = int(re.findall(r"\d+", told.inner_text())[0])
    assert waiting >= 8
    assert_usable(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download om te printen (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="De gekozen brieven zijn op de post").click()
    page.get_by_text(f"Er wachten {waiting - 1} brieven.").wait_for()
    page.get_by_role("button", name=f"Alle {waiting - 1} brieven hierboven zijn op de post").click()
    page.get_by_text("Er is nu niets te printen.").wait_for()
    assert_usable(page)
    page.goto(f"{made_up_site}/beheer/berichten")
    page.get_by_label("Waarom").fill("Storing bij de post")
    page.get_by_role("button", name="Zet stil").click()
    page.get_by_role("cell", name="Storing bij de post", exact=True).wait_for()
    assert_usable(page)
    page.get_by_role("button", name="Laat weer gaan").click()
    page.get_by_role("heading", name="Wat nu stilstaat").wait_for(state="detached")


def _wait_until_sent(page: Any, number: int) -> None:
    for _attempt in range(60):
        if page.get_by_text(f"verstuurd ({number})").count():
            return
        time.sleep(0.5)
        page.reload()
    pytest.fail("the letters were not sent within half a minute")


def test_a_resident_chooses_how_to_be_told_without_javascript(made_up_site: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    signed_in(page, made_up_site, "Inwoner")
    page.get_by_role("link", name="Mijn berichten").click()
    page.get_by_role("heading", name="Mijn berichten").wait_for()
    page.get_by_role("link", name="Kies hoe u bericht krijgt").click()
    letters = page.get_by_role("group", name="Besluiten en brieven")
    assert letters.get_by_label("Per e-mail").is_checked(), "so she chose when she applied"
    assert page.get_by_role("group", name="Berichten voor uw werk").count() == 0
    for choice in ("Op papier, met de post", "Per e-mail"):
        letters.get_by_label(choice).check()
        page.get_by_role("button", name="Bewaar mijn keuze").click()
        page.get_by_text("Uw keuze is bewaard.").wait_for()
        assert letters.get_by_label(choice).is_checked()
    context.close()


def test_the_pages_of_a_resident_are_usable(made_up_site: str, page: Any) -> None:
    signed_in(page, made_up_site, "Inwoner")
    for path in ("/mijn/berichten", "/mijn/voorkeuren"):
        page.goto(f"{made_up_site}{path}")
        assert_usable(page)
