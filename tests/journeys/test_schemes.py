"""A resident checks without signing in; an officer makes a scheme from an example; a colleague puts it in force and it is announced."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.pages.accessibility import assert_usable
from vliegwiel.kernel import clock

pytestmark = [pytest.mark.browser]
#: From a tested example to ready, without a programmer.
MOST_INTERACTIONS = 60


class Hand:
    """What a person does on a page, counted: every click, choice and field."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.count = 0

    def link(self, name: str, exact: bool = True) -> None:
        self._do(self.page.get_by_role("link", name=name, exact=exact).first.click)

    def press(self, name: str | re.Pattern[str]) -> None:
        self._do(self.page.get_by_role("button", name=name).first.click)

    def fill(self, label: str, text: str, within: Any = None) -> None:
        self._do(lambda: (within or self.page).get_by_label(label).first.fill(text))

    def choose(self, label: str, words: str, within: Any = None) -> None:
        self._do(lambda: (within or self.page).get_by_label(label).first.select_option(label=words))

    def tick(self, label: str | re.Pattern[str], within: Any = None) -> None:
        self._do(lambda: (within or self.page).get_by_label(label).first.check())

    def open(self, words: str) -> None:
        self._do(self.page.locator("summary", has_text=words).first.click)

    def _do(self, act: Any) -> None:
        self.count += 1
        act()


def sign_in(page: Any, site: str, role: str) -> None:
    page.goto(f"{site}/inloggen")
    page.get_by_role("button", name=re.compile(f"^{role}")).click()
    page.get_by_role("heading", name="Mijn Vliegwiel").wait_for()


@pytest.fixture
def without_script(browser: Any) -> Iterator[Any]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_resident_finds_money_and_hears_in_two_minutes_why_not_and_what_does_fit(
    made_up_site: str, without_script: Any
) -> None:
    page = without_script
    page.goto(made_up_site)
    page.locator("ol").get_by_role("link", name="Bekijk welk geld er is").click()
    page.get_by_label("Wie bent u?").select_option(label="Een groep inwoners")
    page.get_by_role("button", name="Zoek regelingen").click()
    page.reload()
    assert page.get_by_label("Wie bent u?").input_value() == "groep", "the wish survives a reload"
    assert page.get_by_role("link", name="Subsidie voor een dorpendeal").count() == 0, "only a municipality can ask for that"
    page.get_by_role("link", name="Kleine plannen voor dorp en wijk", exact=True).click()
    page.get_by_role("link", name="Past mijn plan?").click()
    page.get_by_role("button", name="Volgende vraag").click()
    assert page.get_by_text("Er is 1 ding dat nog niet klopt").is_visible()
    page.get_by_label("Een groep inwoners").check()
    page.get_by_role("button", name="Volgende vraag").click()
    page.get_by_label("Met hoeveel inwoners doet u dit?").fill("3")
    page.get_by_role("button", name="Volgende vraag").click()
    for answer in ("Ja", "Nee", "Ja"):
        page.get_by_label(answer, exact=True).check()
        page.get_by_role("button", name="Volgende vraag").click()
    page.get_by_label("Wat kost het plan in totaal?").fill("8.000")
    page.get_by_label("Hoeveel geld vraagt u?").fill("6.000")
    page.get_by_role("button", name="Bekijk of het past").click()
    page.get_by_role("heading", name="Uw plan past niet in deze regeling").wait_for()
    page.reload()
    assert page.get_by_text("U vraagt aan met ten minste vijf inwoners").first.is_visible(), "the outcome stands in the address"
    page.get_by_role("link", name="Verbind uw buurt").click()
    page.get_by_text("Krijgt een vereniging of stichting het geld voor uw groep?").wait_for()
    page.get_by_role("button", name="Dat weet ik nog niet").click()
    page.get_by_text("Waarvoor is het geld?").wait_for()


def test_the_public_pages_are_usable_for_everybody(made_up_site: str, page: Any) -> None:
    check = f"{made_up_site}/regelingen/pv99/kleine-plannen-voor-dorp-en-wijk/check"
    answers = (
        "aanvrager=groep&aantal_inwoners=8&plaats_in_provincie=ja&al_begonnen=nee&draagvlak=ja&kosten=20.000&gevraagd=18.000"
    )
    for path in ("/regelingen", "/regelingen?q=niets&thema=wonen", "/regelingen/pv99/zorg-en-voorzieningen-dichtbij"):
        page.goto(f"{made_up_site}{path}")
        assert_usable(page)
    for wish in ("", "?stap=6", f"?{answers}", f"?{answers.replace('=8&', '=3&')}", "?aanvrager=groep&weet-niet=aantal_inwoners"):
        page.goto(f"{check}{wish}")
        assert_usable(page)
    page.goto(f"{check}?{answers}")
    page.locator("summary", has_text="Bekijk de regels").click()
    assert_usable(page)
    assert "VERZONNEN VOORBEELD" in page.content()


def test_an_officer_makes_a_scheme_from_an_example_within_sixty_interactions(made_up_site: str, page: Any) -> None:
    sign_in(page, made_up_site, "Programmamedewerker")
    page.goto(f"{made_up_site}/beheer/regelingen")
    assert_usable(page)
    hand = Hand(page)
    _write_a_scheme(hand)
    assert_usable(page)
    hand.press("Controleer")
    page.get_by_role("heading", name="Dit komt nog niet goed uit").wait_for()
    assert_usable(page)
    hand.tick("Nee", page.locator("fieldset.asked"))
    with page.expect_navigation():
        hand.press("Vul in bij elk voorbeeld")
    while page.get_by_role("button", name=re.compile("^Zo hoort het")).count():
        with page.expect_navigation():
            hand.press(re.compile("^Zo hoort het"))
    hand.press("Controleer")
    page.get_by_role("heading", name="Alles komt goed uit").wait_for()
    hand.press("Leg voor aan een collega")
    page.get_by_text("Een collega zet het in werking").wait_for()
    assert hand.count <= MOST_INTERACTIONS, f"{hand.count} interactions"
    assert page.get_by_role("button", name="Zet in werking").count() == 0, "not by who proposed it"
    address = page.url.split("?")[0]
    for part in ("", "/naam"):
        page.goto(f"{address}{part}")
    _put_in_force_and_announce(page, made_up_site, address)


def _write_a_scheme(hand: Hand) -> None:
    """Title, who, amounts, criteria, questions, documents, terms and texts, each by its form."""
    page = hand.page
    hand.tick(re.compile("^Kleine initiatieven van inwoners"))
    hand.fill("Hoe heet uw regeling?", "Samen buiten bezig")
    hand.press("Begin met dit voorbeeld")
    hand.link("Naam en doel")
    hand.fill("Waarvoor is het geld?", "Geld voor bewoners die samen een plek buiten mooier maken.")
    hand.fill("Wie kan aanvragen?", "Groepen inwoners, verenigingen en stichtingen")
    assert_usable(page)
    hand.press("Opslaan")
    hand.link("Bedragen")
    hand.fill("Hoogste bedrag in euro’s", "8.000")
    hand.fill("Laagste bedrag in euro’s", "500")
    assert_usable(page)
    hand.press("Opslaan")
    hand.link("Vragen van de check")
    hand.choose(
        "Voeg een vraag toe die andere regelingen ook stellen", "Is het geld voor onderhoud of gewone kosten van elk jaar?"
    )
    assert_usable(page)
    hand.press("Opslaan")
    hand.link("Samen buiten bezig")
    hand.link("Voorwaarden")
    new = page.locator("#nieuw")
    hand.choose("Vraag", "Is het geld voor onderhoud of gewone kosten van elk jaar?", new)
    hand.fill("Wat leest iemand als het niet zo is?", "Onderhoud en gewone kosten betaalt deze regeling niet.", new)
    hand.fill("Artikel", "4, tweede lid", new)
    hand.open("U vraagt aan met ten minste vijf inwoners")
    hand.fill("Getal", "3", page.locator("details[open]"))
    hand.press("Opslaan")
    hand.link("Voorwaarden")
    hand.open("Onderhoud en gewone kosten")
    hand.tick("Nee", page.locator("details[open]"))
    assert_usable(page)
    hand.press("Opslaan")
    hand.link("Vragen van de aanvraag")
    hand.fill("De vraag", "Wie onderhoudt de plek daarna?", page.locator("#nieuw"))
    hand.press("Opslaan")
    hand.link("Documenten")
    hand.fill("Welk document?", "Een tekening of foto van de plek", page.locator("#nieuw"))
    hand.press("Opslaan")
    hand.link("Termijnen en wet")
    hand.fill("Naam van de verordening of regels", "Verzonnen regels voor buiten")
    hand.fill("Binnen hoeveel weken beslist u?", "6")
    assert_usable(page)
    hand.press("Opslaan")
    hand.link("Teksten en kosten")
    hand.fill("Als iemand geld krijgt", "U krijgt geld om de plek mooier te maken.")
    hand.press("Opslaan")


def _put_in_force_and_announce(page: Any, site: str, address: str) -> None:
    """The second person, then the call: it says what is missing until everything is there."""
    page.get_by_role("banner").get_by_role("button", name="Log uit").click()
    sign_in(page, site, "Tekenbevoegde")
    page.goto(address)
    assert_usable(page)
    page.get_by_role("button", name="Zet in werking").click()
    page.get_by_text("Geldt, versie vanaf").wait_for()
    page.get_by_role("banner").get_by_role("button", name="Log uit").click()
    sign_in(page, site, "Programmamedewerker")
    page.goto(address)
    page.get_by_role("link", name="Plan een openstelling").click()
    page.get_by_label("Naam").fill("Eerste keer")
    first, last = clock.today() + timedelta(days=1), clock.today() + timedelta(days=20)
    page.get_by_label("Eerste dag").fill(f"{first:%d-%m-%Y}")
    page.get_by_label("Laatste dag").fill(f"{last:%d-%m-%Y}")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_text("Kies een plafond. Zonder plafond gaat een regeling niet open.").wait_for()
    assert_usable(page)
    page.get_by_label("Plafond", exact=True).select_option(index=1)
    page.get_by_label("Nummer van het vaststellingsbesluit").fill("2026-123")
    page.get_by_label("Datum van dat besluit").fill(f"{clock.today():%d-%m-%Y}")
    page.get_by_label("Waar staan plafond en verdeling?").fill("Verzonnen provinciaal blad 2026, 9")
    page.get_by_label("Datum van die bekendmaking").fill(f"{clock.today():%d-%m-%Y}")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("button", name="Maak de openstelling bekend").click()
    page.get_by_text("Wat bekend is gemaakt, verandert niet meer.").wait_for()
    assert_usable(page)
    page.goto(f"{site}/regelingen?stand=coming")
    page.get_by_role("link", name="Samen buiten bezig", exact=True).wait_for()


def test_a_phase_of_a_crisis_steers_what_people_see(made_up_site: str, page: Any) -> None:
    sign_in(page, made_up_site, "Programmamedewerker")
    page.goto(f"{made_up_site}/beheer/crisis")
    page.get_by_label("Hoe heet zij?").fill("Grote storm")
    page.get_by_label("Waarom begint zij?").fill("De dijk is doorgebroken.")
    page.get_by_role("button", name="Begin met acute hulp").click()
    page.get_by_text("In een regeling heet zij: grote-storm").wait_for()
    assert_usable(page)
    page.get_by_label("Naar de fase").select_option(label="herstel")
    page.get_by_label("Waarom?").fill("Iedereen is veilig.")
    page.get_by_role("button", name="Ga naar deze fase").click()
    page.goto(f"{made_up_site}/regelingen")
    page.get_by_role("heading", name="Grote storm: herstel").wait_for()
    assert_usable(page)
