"""A resident checks, applies with a neighbour who signs too, sends, and sees the date with its reason; an officer types in a paper one."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_people import fill_in_the_code
from tests.pages.accessibility import assert_usable
from vliegwiel.foundation.papers.tests.given import a_pdf

pytestmark = [pytest.mark.browser]
SCHEME = "/regelingen/pv99/kleine-plannen-voor-dorp-en-wijk"
ANSWERS = "aanvrager=groep&aantal_inwoners=8&plaats_in_provincie=ja&al_begonnen=nee&draagvlak=ja&kosten=20.000&gevraagd=15.000"


@pytest.fixture
def neighbour(browser: Any) -> Iterator[Any]:
    """A second person, without script."""
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    yield context.new_page()
    context.close()


def _onward(page: Any) -> None:
    """To the next page, whole: what follows looks at once at what stands there."""
    with page.expect_navigation():
        page.get_by_role("button", name="Opslaan en verder").click()


def _heading(page: Any, name: str) -> None:
    page.get_by_role("heading", name=name, level=1).wait_for()


def _answer_open_questions(page: Any) -> None:
    """Whatever else the scheme asks on this page: words in every empty field, the first of every choice."""
    for field in page.locator(".asking textarea.field:visible").all():
        field.fill("Wij doen dit samen met het hele dorp.")
    for field in page.locator(".asking input.short:visible").all():
        if not field.input_value():
            field.fill("1-12-2027")


def test_a_resident_checks_applies_with_a_neighbour_and_sees_the_date(
    made_up_site: str, page: Any, neighbour: Any, tmp_path: Path
) -> None:
    page.goto(f"{made_up_site}{SCHEME}/check?{ANSWERS}")
    page.locator("a[href^='/aanvragen/nieuw/']").first.click()
    _heading(page, "Kleine plannen voor dorp en wijk")
    assert page.get_by_text("Wat u bij de check invulde, nemen we over.").is_visible()
    assert_usable(page)
    page.get_by_role("button", name="Begin met de aanvraag").click()
    page.get_by_role("button", name=re.compile("^Inwoner")).click()
    page.get_by_role("button", name="Begin met de aanvraag").click()
    fill_in(page)
    address = page.url.rsplit("/", 1)[0]
    invite_and_accept(page, neighbour, made_up_site, address)
    give_budget_and_documents(page, address, tmp_path)
    sign_both_and_send(page, neighbour, address)


def fill_in(page: Any) -> None:
    _heading(page, "Uw plan")
    page.get_by_label("Hoe heet uw plan?").fill("Een tafel op het plein")
    page.get_by_label("In welke gemeente is het?").select_option(index=1)
    _answer_open_questions(page)
    assert_usable(page)
    page.locator("summary", has_text="Waarom vragen we dit?").click()
    assert_usable(page)
    _onward(page)
    _heading(page, "Past het bij de regeling?")
    assert page.get_by_label("Met hoeveel inwoners doet u dit?").input_value() == "8", "the answer of the check came along"
    page.get_by_label("Met hoeveel inwoners doet u dit?").fill("acht")
    _onward(page)
    page.get_by_role("link", name="Gebruik alleen cijfers, bijvoorbeeld 12.").wait_for()
    assert page.title().startswith("Fout:")
    assert page.evaluate("document.activeElement.className") == "errors", "the list of errors has the focus"
    assert_usable(page)
    page.get_by_label("Met hoeveel inwoners doet u dit?").fill("8")
    _onward(page)
    while not page.get_by_role("heading", name="Wie vraagt aan?", level=1).count():
        _answer_open_questions(page)
        _onward(page)
    page.get_by_label("Een groep inwoners").check()
    page.get_by_label("Naam", exact=True).fill("Buurtgroep Verzonnen Plein")
    page.get_by_label("Straat en huisnummer").fill("Luchtstraat 12")
    page.get_by_label("Postcode en plaats").fill("0000 AB Nergensdam")
    page.get_by_label("Rekeningnummer").fill("NL91 ABNA 0417 1643 01")
    page.get_by_label("Op welke naam staat die rekening?").fill("Buurtgroep Verzonnen Plein")
    assert_usable(page)
    _onward(page)
    page.get_by_role("link", name="Dit rekeningnummer klopt niet.").wait_for()
    page.get_by_label("Rekeningnummer").fill("NL91 ABNA 0417 1643 00")
    _onward(page)


def invite_and_accept(page: Any, neighbour: Any, site: str, address: str) -> None:
    _heading(page, "Samen met wie?")
    assert_usable(page)
    page.get_by_label("E-mailadres").fill("penvoerder@voorbeeld.invalid")
    assert page.get_by_label("Beheert het geld").is_checked(), "a group needs who keeps the money"
    page.get_by_role("button", name="Stuur de uitnodiging").click()
    page.get_by_text("nog geen antwoord").wait_for()
    fill_in_the_code(neighbour, site, ask_for_a_code_without_script(neighbour, site, "penvoerder@voorbeeld.invalid"))
    neighbour.goto(f"{site}/mijn/aanvragen")
    neighbour.get_by_role("link", name="Een tafel op het plein").click()
    neighbour.get_by_role("heading", name="Doet u mee aan deze aanvraag?").wait_for()
    neighbour.get_by_label("Uw naam").fill("P. Voerder")
    neighbour.get_by_role("button", name="Ja, ik doe mee").click()
    neighbour.get_by_role("heading", name="Een tafel op het plein").wait_for()
    page.reload()
    page.get_by_text("P. Voerder").first.wait_for()
    assert page.get_by_text("penvoerder@voorbeeld.invalid").count() == 0, "the address is not kept"


def ask_for_a_code_without_script(page: Any, site: str, email: str) -> str:
    """The code of this address, read in the outbox of the demo."""
    page.goto(f"{site}/inloggen")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_role("button", name="Stuur mij een code").click()
    page.get_by_role("link", name="Lees de code in de postbak").click()
    letters = page.locator(".letter", has_text=email).all_inner_texts()
    codes = [found[0] for text in letters if (found := re.search(r"^[A-Z0-9-]{6,}$", text, re.MULTILINE))]
    assert codes
    return codes[0]


def give_budget_and_documents(page: Any, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/begroting")
    _heading(page, "Wat kost het en wie betaalt?")
    assert page.get_by_label("U vraagt aan de provincie").input_value() == "15.000,00", "the amount of the check came along"
    page.locator("#kosten-1-wat").fill("Hout en stenen")
    page.locator("#kosten-1-soort").select_option(index=1)
    page.locator("#kosten-1-bedrag").fill("20.000")
    page.get_by_label("U zelf").fill("4.000")
    _onward(page)
    page.get_by_role("link", name=re.compile("Er is nog")).wait_for()
    assert_usable(page)
    page.get_by_label("U zelf").fill("5.000")
    _onward(page)
    file = tmp_path / "offerte.pdf"
    file.write_bytes(a_pdf())
    if page.get_by_role("heading", name="Documenten", level=1).count():
        assert_usable(page)
        for field in page.locator("input[type=file]").all():
            field.set_input_files(file)
        _onward(page)
    _heading(page, "Controleren en versturen")
    page.get_by_text("Alles is ingevuld.").wait_for()
    assert_usable(page)


def sign_both_and_send(page: Any, neighbour: Any, address: str) -> None:
    page.get_by_role("link", name="Verder naar ondertekenen").click()
    assert_usable(page)
    page.get_by_label("Uw naam").fill("V. Zonnen")
    page.get_by_role("button", name="Onderteken", exact=True).click()
    page.get_by_role("link", name=re.compile("Zet een vinkje")).wait_for()
    page.get_by_label("Ik heb de aanvraag gelezen.").check()
    page.get_by_role("button", name="Onderteken", exact=True).click()
    page.get_by_role("heading", name="U hebt getekend").wait_for()
    assert page.get_by_role("button", name="Onderteken").count() == 0, "nobody signs twice"
    assert_usable(page)
    neighbour.goto(f"{address}/ondertekenen")
    neighbour.get_by_label("Uw naam").fill("P. Voerder")
    neighbour.get_by_label("Ik heb de aanvraag gelezen.").check()
    neighbour.get_by_role("button", name="Onderteken en verstuur").click()
    neighbour.get_by_role("heading", name="U hoort van ons").wait_for()
    page.reload()
    _heading(page, "Een tafel op het plein")
    assert page.get_by_text(re.compile(r"^uiterlijk \w+dag \d+")).first.is_visible()
    page.get_by_role("heading", name=re.compile("^Waarom ")).wait_for()
    page.locator("summary", has_text="Bekijk de regels en de berekening").click()
    assert_usable(page)
    assert page.get_by_text("Ondertekend door 2 mensen.").is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download alles").click()
    assert download.value.suggested_filename.startswith("aanvraag-")
    page.get_by_role("link", name="Trek de aanvraag in").click()
    page.get_by_role("heading", name="Wilt u deze aanvraag intrekken?").wait_for()
    page.get_by_role("link", name="Nee, ga terug").click()
    page.get_by_role("link", name="Mijn aanvragen").first.click()
    page.get_by_text("u hoort van ons uiterlijk").first.wait_for()
    assert_usable(page)


def test_an_officer_types_in_what_came_on_paper(made_up_site: str, page: Any, tmp_path: Path) -> None:
    page.goto(f"{made_up_site}/inloggen")
    page.get_by_role("button", name=re.compile("^Programmamedewerker")).click()
    page.get_by_role("link", name="Aanvraag op papier invoeren").click()
    assert_usable(page)
    page.get_by_label("Voor welke regeling?").select_option(label="Kleine plannen voor dorp en wijk, Hele jaar")
    page.get_by_role("button", name="Begin met invoeren").click()
    _heading(page, "Uw plan")
    page.get_by_label("Hoe heet uw plan?").fill("Een bank bij de beek")
    page.get_by_label("In welke gemeente is het?").select_option(index=1)
    _onward(page)
    page.goto(f"{page.url.rsplit('/', 1)[0]}/aanvrager")
    page.get_by_label("Naam", exact=True).fill("P. Apier")
    page.get_by_label("Straat en huisnummer").fill("Luchtstraat 1")
    page.get_by_label("Postcode en plaats").fill("0000 AB Nergensdam")
    _onward(page)
    page.get_by_label("U vraagt aan de provincie").fill("12.000")
    page.get_by_role("button", name="Opslaan en later verder").click()
    page.get_by_role("link", name="Documenten").click()
    file = tmp_path / "brief.pdf"
    file.write_bytes(a_pdf())
    page.get_by_label("Scan van de aanvraag").set_input_files(file)
    _onward(page)
    _heading(page, "Registreren")
    assert_usable(page)
    page.get_by_role("button", name="Registreer deze aanvraag").click()
    page.get_by_role("link", name="Kijk of alles er is").wait_for()
    assert_usable(page)
