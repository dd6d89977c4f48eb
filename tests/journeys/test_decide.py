"""An application is completed, agreed to, assessed twice, compared, decided by two people, read at home and found in the register.

The officer's side of journey 1, in the demo with the work that lies there.
"""

import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.journeys import test_apply
from tests.journeys.conftest import COLLECT, serve_a_demo
from tests.journeys.test_apply import ANSWERS, SCHEME, fill_in, give_budget_and_documents, invite_and_accept, sign_both_and_send
from tests.pages.accessibility import assert_usable
from vliegwiel.kernel import clock

pytestmark = [pytest.mark.browser]
TITLE = "Een tafel op het plein"
OFFICER, SIGNER, RESIDENT = "Programmamedewerker", "Tekenbevoegde", "Inwoner"
MUNICIPALITY = "Medewerker van een gemeente"
COMMITTEE = ("Lid van een adviescommissie", "Tweede lid van een adviescommissie")


class Cast:
    """Everybody at a browser of their own, by the name on the button of the demo."""

    def __init__(self, browser: Any, site: str) -> None:
        self.browser, self.site, self.pages = browser, site, dict[str, Any]()

    def of(self, role: str) -> Any:
        """The page of this person, signed in."""
        if role not in self.pages:
            page = self.fresh()
            page.goto(f"{self.site}/inloggen")
            page.get_by_role("button", name=re.compile(f"^{role}")).click()
            page.get_by_role("heading", name="Mijn Vliegwiel").wait_for()
            self.pages[role] = page
        return self.pages[role]

    def fresh(self, **options: Any) -> Any:
        """A page of somebody who did not sign in."""
        page = self.browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900}, **options).new_page()
        page.add_init_script(COLLECT)
        return page

    def file(self, role: str, number: str, part: str) -> Any:
        """A part of the file of an application, as this person sees it."""
        page = self.of(role)
        page.goto(f"{self.site}/werk/aanvragen/{number}/{part}")
        assert_usable(page)
        return page


def test_from_an_application_to_the_register(
    browser: Any, made_up_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        test_apply, "assert_usable", lambda page: None
    )  # the pages of who applies are judged in their own journey
    home = Path(shutil.copytree(made_up_home, tmp_path / "site"))
    server = serve_a_demo(home, [])
    _decided(Cast(browser, next(server)), tmp_path)
    server.close()
    monkeypatch.setenv("VLIEGWIEL_NOW", (clock.now() + timedelta(days=5)).isoformat())
    server = serve_a_demo(home, [])
    _in_the_register(Cast(browser, next(server)))
    server.close()


def _decided(cast: Cast, folder: Path) -> None:
    _applied(cast, folder)
    number = _completed(cast)
    _agreed(cast, number)
    _assessed(cast, number)
    _compared(cast)
    _signed(cast, number)
    _read_at_home(cast)


def _applied(cast: Cast, folder: Path) -> None:
    page, neighbour = cast.of(RESIDENT), cast.fresh(java_script_enabled=False)
    page.goto(f"{cast.site}/mijn/voorkeuren")
    for choice in page.get_by_label("Per e-mail").all():
        choice.check()
    page.get_by_role("button", name="Bewaar mijn keuze").click()
    page.goto(f"{cast.site}{SCHEME}/check?{ANSWERS}")
    page.locator("a[href^='/aanvragen/nieuw/']").first.click()
    page.get_by_role("button", name="Begin met de aanvraag").click()
    fill_in(page)
    address = str(page.url).rsplit("/", 1)[0]
    invite_and_accept(page, neighbour, cast.site, address)
    give_budget_and_documents(page, address, folder)
    sign_both_and_send(page, neighbour, address)


def _completed(cast: Cast) -> str:
    """The officer misses something, the resident supplies it, and the term runs again."""
    officer, resident = cast.of(OFFICER), cast.of(RESIDENT)
    officer.goto(f"{cast.site}/werk/aanvragen")
    assert_usable(officer)
    officer.get_by_role("link", name=TITLE).first.click()
    number = str(officer.url).rstrip("/").rsplit("/", 1)[1]
    assert_usable(officer)
    cast.file(OFFICER, number, "stukken")
    officer.get_by_label("Iets anders").fill("Een tekening van de tafel")
    officer.get_by_role("button", name="Stuur het verzoek").click()
    officer.get_by_text("staat stil, aanvullen kan tot en met").wait_for()
    officer.get_by_role("listitem").filter(has_text="Een tekening van de tafel").wait_for()
    resident.goto(f"{cast.site}/mijn/aanvragen")
    resident.get_by_role("link", name=TITLE).first.click()
    assert_usable(resident)
    resident.get_by_label("Uw toelichting").fill("De tafel is rond en er passen tien mensen aan.")
    resident.get_by_role("button", name="Stuur de aanvulling").click()
    resident.get_by_role("heading", name=TITLE, level=1).wait_for()
    cast.file(OFFICER, number, "stukken")
    officer.get_by_role("button", name="Zet op compleet").click()
    officer.get_by_role("button", name="Zet op compleet").wait_for(state="detached")
    return number


def _agreed(cast: Cast, number: str) -> None:
    page = cast.of(MUNICIPALITY)
    page.goto(f"{cast.site}/gemeente/instemming")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="De gemeente stemt in", exact=True).click()
    page.get_by_role("button", name="Geef dit antwoord").click()
    cast.file(OFFICER, number, "instemming").get_by_text("Gemeente stemt in").first.wait_for()


def _assessed(cast: Cast, number: str) -> None:
    """Two people of the committee give marks, apart from each other; then the officer advises."""
    officer = cast.file(OFFICER, number, "beoordeling")
    for name in COMMITTEE:
        chooser = officer.get_by_label("Beoordelaar", exact=True)
        chooser.select_option(value=chooser.locator("option", has_text=name).first.get_attribute("value"))
        officer.get_by_role("button", name="Wijs toe").click()
        officer.locator(".file-main li", has_text=name).wait_for()
    officer.get_by_role("button", name="Begin de beoordeling").click()
    first, second = (_marked(cast, name, marks) for name, marks in zip(COMMITTEE, ("8", "6"), strict=True))
    assert first.get_by_text("Niemand ziet uw cijfers voordat iedereen klaar is").is_visible()
    assert second.get_by_text("Iedereen heeft beoordeeld. U ziet nu elkaars cijfers.").is_visible()
    cast.file(OFFICER, number, "beoordeling")
    officer.locator("#uitkomst").select_option("grant")
    officer.locator("#bedrag-advies").fill("12.000")
    officer.locator("#motivering-advies").fill("Beide beoordelaars zijn positief. Het hout kan voor minder.")
    officer.get_by_role("button", name="Leg het advies vast").click()
    officer.get_by_text("Beide beoordelaars zijn positief.").first.wait_for()


def _marked(cast: Cast, name: str, marks: str) -> Any:
    page = cast.of(name)
    page.goto(f"{cast.site}/beoordelen")
    page.get_by_role("link", name=TITLE).click()
    with page.expect_navigation():
        page.get_by_role("button", name="Nee, ik heb geen belang").click()
    for field in page.locator("input[id^=punten-]").all():
        field.fill(marks)
    for field in page.locator("textarea[id^=reden-]").all():
        field.fill("Dat blijkt uit het plan.")
    page.locator("#oordeel-grant").check()
    page.locator("#motivering").fill("Een goed plan voor het hele dorp.")
    assert_usable(page)
    page.get_by_role("button", name="Lever mijn beoordeling in").click()
    page.get_by_role("button", name="Verander mijn beoordeling").wait_for()
    return page


def _compared(cast: Cast) -> None:
    """First come, first served and money enough: the ranking shows it under the ceiling, and nothing needs to be divided."""
    officer = cast.of(OFFICER)
    officer.goto(f"{cast.site}/werk/openstellingen")
    officer.get_by_role("link", name="Kleine plannen voor dorp en wijk").click()
    row = officer.get_by_role("row").filter(has_text=TITLE)
    row.get_by_text("12.000").first.wait_for()
    assert_usable(officer)


def _signed(cast: Cast, number: str) -> None:
    officer = cast.file(OFFICER, number, "steun")
    officer.get_by_label("Nee").first.check()
    officer.locator("[id^=w-]").first.fill("Een groep inwoners zonder onderneming.")
    officer.get_by_role("button", name="Leg de steuntoets vast").click()
    cast.file(OFFICER, number, "besluit")
    officer.locator("#soort").select_option("partial")
    officer.locator("#bedrag").fill("12.000")
    officer.locator("summary", has_text="Bij (deels) afwijzen").click()
    officer.locator("#grond-1").check()
    officer.locator("#kort").fill("U krijgt geld voor de tafel.")
    officer.locator("#motivering").fill("Het plan is goed. Het hout kan voor minder dan in de offerte staat.")
    officer.get_by_role("button", name="Leg voor ter ondertekening").click()
    officer.get_by_role("heading", name="De brief zoals zij weggaat").wait_for()
    assert officer.get_by_role("button", name="Onderteken en verstuur").count() == 0, "who proposes does not sign"
    signer = cast.file(SIGNER, number, "besluit")
    signer.get_by_role("button", name="Onderteken en verstuur").click()
    signer.get_by_role("link", name="Lees de brief").wait_for()
    assert_usable(signer)


def _read_at_home(cast: Cast) -> None:
    resident = cast.of(RESIDENT)
    resident.goto(f"{cast.site}/mijn/aanvragen")
    resident.get_by_role("link", name=TITLE).first.click()
    assert_usable(resident)
    resident.get_by_role("link", name=re.compile("^Besluit: u krijgt")).first.click()
    resident.get_by_text("hoogstens € 12.000 subsidie").wait_for()
    assert_usable(resident)
    register = cast.fresh()
    register.goto(f"{cast.site}/subsidieregister?q=tafel")
    assert register.get_by_role("link", name=TITLE).count() == 0, "not before the next working day"


def _in_the_register(cast: Cast) -> None:
    page = cast.fresh()
    page.goto(f"{cast.site}/subsidieregister?q=tafel")
    assert_usable(page)
    assert page.get_by_text("Buurtgroep Verzonnen Plein").count() == 0, "a group of residents keeps its name"
    page.get_by_role("link", name=TITLE).click()
    page.get_by_text("€ 12.000").first.wait_for()
    assert_usable(page)
