"""The village school closes: pick it on the map, see who loses what, what is near, save it, and send it to the municipality as a page.

The server runs in this process; the village, its roads and people come from the actions of the rooms below.
"""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.journeys.in_process import act_as
from tests.pages.accessibility import assert_usable
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.kernel import clock
from vliegwiel.see.facilities.actions.set_norm import set_norm
from vliegwiel.see.facilities.models import ClosureScenario
from vliegwiel.see.facilities.outcome import what_if
from vliegwiel.see.facilities.tests.given import PROVINCE, a_village, named, someone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def the_village(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    """Three schools, nine halls, and a norm for the way to school."""
    monkeypatch.setattr(settings, "VLIEGWIEL_PROVINCE", PROVINCE)
    a_village(own_home)
    about: dict[str, Any] = {"kind": "basisschool", "profile": "bike", "minutes": 5, "source": "Besluit 12", "status": "besluit"}
    set_norm(actor=someone("programma"), province=PROVINCE, valid_from=clock.today(), **about)


def test_the_village_school_closes(live_server: Any, page: Any) -> None:
    site, town = live_server.url, someone("gemeente", municipality="GM1876")
    school = named("Basisschool West")
    act_as(page, site, someone("programma"))
    page.goto(f"{site}/voorzieningen/dichtbij?plaats=Hengelo")
    assert page.get_by_role("row", name="Basisschool").get_by_role("link", name="Basisschool West").is_visible()
    assert_usable(page)
    page.goto(f"{site}/voorzieningen?soort=basisschool")
    assert_usable(page)
    page.get_by_role("link", name="Basisschool West").last.click()
    page.get_by_text("is dit de dichtstbijzijnde basisschool").wait_for()
    assert_usable(page)
    page.get_by_role("link", name="Bekijk wie dat zijn").click()
    page.locator(".answer-first .lead", has_text="Sluit Basisschool West, dan reizen").wait_for()
    outcome = what_if(PROVINCE, "bike", "basisschool", [school.public_id])
    everybody = outcome["groups"][0]
    assert f"{everybody['longer']:,}".replace(",", ".") in page.inner_text(".answer-first")
    assert page.get_by_role("row", name="65 jaar of ouder").is_visible()
    assert page.get_by_role("row", name="Jonger dan 15 jaar Niet bekend").is_visible()
    assert page.get_by_text("Besluit 12").is_visible()
    assert page.get_by_role("heading", name="Ontmoetingsplekken in de buurt").is_visible()
    assert_usable(page)
    # the map is a way to ask as well: another school closes too, by one click on its mark
    page.locator(".facility-map a[href*='sluit=']", has=page.locator(".goes")).first.click()
    page.get_by_text("Sluiten deze 2 tegelijk").wait_for()
    page.go_back()
    # what if it moves: pointed at twice, first in the municipality and then close by, and laid beside closing
    page.get_by_role("link", name="Laat hem verhuizen, of open er een").click()
    assert_usable(page)
    page.locator("input[type=image]").click(position={"x": 200, "y": 70})
    page.get_by_role("link", name="Neem de plek die is aangewezen").wait_for()
    assert_usable(page)
    page.locator("input[type=image]").click(position={"x": 60, "y": 140})
    page.locator(".answer-first .lead", has_text="Verhuist Basisschool West").wait_for()
    assert page.get_by_role("columnheader", name="Reist korter").is_visible()
    page.go_back()
    page.go_back()
    page.go_back()
    page.get_by_role("link", name="Vergelijk met een andere keuze").click()
    page.get_by_label("Keuze 2: Basisschool Oost sluit").check()
    page.get_by_role("button", name="Vergelijk").click()
    page.get_by_text("vraagt samen minder reistijd").wait_for()
    assert_usable(page)
    page.goto(f"{site}/voorzieningen/wat-als?soort=basisschool&vervoer=bike&sluit={school.public_id}")
    page.get_by_label("Toelichting").fill("Voor het gesprek met de ouders.")
    page.get_by_role("button", name="Bewaar deze uitkomst").click()
    page.get_by_role("heading", name="Basisschool West sluit").wait_for()
    saved = ClosureScenario.objects.get()
    assert saved.outcome["groups"] == outcome["groups"] and saved.note
    assert_usable(page)
    assert page.get_by_label("Bronckhorst").is_checked()
    page.get_by_role("button", name="Stuur de uitkomst").click()
    page.get_by_text("gestuurd naar Bronckhorst").wait_for()
    assert Notice.objects.filter(about_id=saved.public_id, person__public_id=town.id).exists()
    act_as(page, site, town)
    page.goto(f"{site}{saved.path}")
    page.locator(".answer-first .lead", has_text="Sluit Basisschool West").wait_for()
    assert page.get_by_role("button", name="Stuur de uitkomst").count() == 0
    page.emulate_media(media="print")
    assert not page.locator(".site-head").is_visible() and page.get_by_role("row", name="65 jaar of ouder").is_visible()
    page.emulate_media(media="screen")
