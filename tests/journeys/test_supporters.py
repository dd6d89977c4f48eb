"""On a phone: someone lets themselves be found, a daughter writes without an account, and a municipality promises an answer by name, gives
room in public and is rated.

The server runs in this process, so that people come from the actions of the rooms below and only supporters are walked through.
"""

from typing import Any

import pytest
from django.conf import settings

from tests.journeys.in_process import act_as
from tests.pages.accessibility import assert_usable
from vliegwiel.support.initiatives.tests.given import MUNICIPALITY, PROVINCE, a_land, a_resident, an_adviser
from vliegwiel.support.supporters.models import BackingRequest, RoomRequest, Supporter
from vliegwiel.support.supporters.tests.given import a_maker, a_supporter, an_official

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def in_the_province(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the areas of the test are."""
    monkeypatch.setattr(settings, "VLIEGWIEL_PROVINCE", PROVINCE)


def usable(page: Any) -> None:
    assert_usable(page)
    page.set_viewport_size(PHONE)


def test_a_supporter_is_found_backed_and_given_room(live_server: Any, page: Any) -> None:
    site = live_server.url
    a_land()
    known, other = a_supporter("eerste", first_name="Bo")
    village, official = other.villages.get().place_name, an_official()
    page.set_viewport_size(PHONE)
    _is_found(page, site, village)
    _asks(page, site, official)
    _rates(page, site)
    act_as(page, site, known)
    for path in ("/dorpsondersteuners/netwerk", "/mijn/dorpsondersteuner/berichten"):
        page.goto(f"{site}{path}")
        usable(page)


def _is_found(page: Any, site: str, village: str) -> None:
    act_as(page, site, a_resident("anna"))
    page.goto(f"{site}/mijn/dorpsondersteuner")
    usable(page)
    page.get_by_label("Voor welke dorpen bent u er?").fill(village)
    page.get_by_label("Uw voornaam").fill("Anna")
    page.get_by_role("group", name="Mogen mensen u hier vinden?").get_by_label("Ja").check()
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("Wij wachten tot iemand zegt").wait_for()
    act_as(page, site, an_adviser())
    page.goto(f"{site}/werk/dorpsondersteuners")
    usable(page)
    page.get_by_role("button", name="Ja, ik ken deze persoon").click()
    page.get_by_text("Er wacht niemand").wait_for()
    act_as(page, site, None)
    page.goto(f"{site}/dorpsondersteuners?plaats={village}")
    usable(page)
    page.get_by_role("link", name="Anna, dorpsondersteuner").click()
    usable(page)
    page.get_by_role("link", name="Stuur een bericht").click()
    page.get_by_label("Wat wilt u vragen of vertellen?").fill("Kunt u eens bij mijn moeder langsgaan?")
    page.get_by_label("Uw e-mailadres").fill("dochter@voorbeeld.invalid")
    usable(page)
    page.get_by_role("button", name="Stuur het bericht").click()
    page.get_by_role("heading", name="Kijk nu in uw e-mail").wait_for()
    assert Supporter.objects.filter(first_name="Anna", shown=True).exists()


def _asks(page: Any, site: str, official: Any) -> None:
    act_as(page, site, a_resident("anna"))
    page.goto(f"{site}/mijn/rugdekking/vraag")
    usable(page)
    page.locator(f"input[value={MUNICIPALITY}]").check()
    page.get_by_label("Wat vraagt u, in een regel?").fill("Mogen wij het plein gebruiken?")
    page.get_by_label("Wat speelt er?").fill("Wij koken daar op woensdag.")
    page.get_by_role("button", name="Stuur de vraag").click()
    page.get_by_text("Nog geen dag beloofd").wait_for()
    page.goto(f"{site}/mijn/ruimte/vraag")
    page.locator(f"input[value={MUNICIPALITY}]").check()
    page.get_by_label("Waar gaat het over, in een paar woorden?").fill("Bankjes op het plein")
    page.get_by_label("Welke regel staat in de weg?").fill("Op het plein mag niets vast staan.")
    page.get_by_label("Wat vraagt u?").fill("Mag het een jaar?")
    usable(page)
    page.get_by_role("button", name="Zet de vraag neer").click()
    page.get_by_role("heading", name="Bankjes op het plein").wait_for()
    usable(page)
    act_as(page, site, official)
    page.goto(f"{site}/werk/rugdekking")
    usable(page)
    page.goto(f"{site}/werk/rugdekking/{BackingRequest.objects.get().public_id}")
    page.get_by_label("Uw antwoord").fill("Ja, op woensdag mag het.")
    usable(page)
    page.get_by_role("button", name="Stuur het antwoord").click()
    page.get_by_text("Niemand wacht op een antwoord").wait_for()
    page.goto(f"{site}/werk/ruimte/{RoomRequest.objects.get().public_id}")
    page.get_by_label("Voor een deel gegeven").check()
    page.get_by_label("Waarom?").fill("Twee bankjes mogen, aan de kant.")
    usable(page)
    page.get_by_role("button", name="Maak het besluit bekend").click()
    page.get_by_text("Twee bankjes mogen").wait_for()


def _rates(page: Any, site: str) -> None:
    act_as(page, site, a_maker(1))
    page.goto(f"{site}/mijn/oordeel")
    usable(page)
    form = page.locator("form", has=page.locator(f"input[value={MUNICIPALITY}]"))
    for question in form.get_by_role("group").all():
        question.get_by_label("Een beetje").check()
    form.get_by_role("button").click()
    page.get_by_text("Bewaard. Dank u wel.").wait_for()
    act_as(page, site, None)
    page.goto(f"{site}/ruimte-en-rugdekking")
    page.get_by_role("heading", name="Wat bewoners zeggen").wait_for()
    usable(page)
