"""Nobody asked: from the reach list to a task, a talk on the street, an initiative, and a list that changed by itself. On a phone.

The server runs in this process, so that the figures come from the actions of the rooms below and the rest is walked through.
"""

import re
from typing import Any

import pytest
from django.conf import settings

from tests.journeys.in_process import act_as
from tests.pages.accessibility import assert_usable
from vliegwiel.support.initiatives.tests.given import a_resident
from vliegwiel.support.outreach.models import OutreachTask
from vliegwiel.support.outreach.tests.given import PROVINCE, a_land, a_partner, an_adviser, an_officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def in_the_province(monkeypatch: pytest.MonkeyPatch, own_home: Any) -> None:
    """With pressure in ten neighbourhoods."""
    monkeypatch.setattr(settings, "VLIEGWIEL_PROVINCE", PROVINCE)
    monkeypatch.setattr(settings, "VLIEGWIEL_HOME", own_home)
    a_land()
    a_partner()


def _usable(page: Any) -> None:
    assert_usable(page)
    page.set_viewport_size(PHONE)


def test_where_nobody_asked_an_adviser_goes_and_an_initiative_comes_of_it(live_server: Any, page: Any) -> None:
    site = live_server.url
    page.set_viewport_size(PHONE)
    act_as(page, site, an_officer())
    page.goto(f"{site}/werk/bereik")
    _usable(page)
    page.get_by_role("link", name=re.compile("Vraag iemand te gaan.*Veldhoek")).click()
    page.get_by_label("Samen met een partner?").select_option(label="Moskee Denkbeeld")
    page.get_by_label("Uiterlijk op").fill("2099-05-01")
    _usable(page)
    page.get_by_role("button", name="Vraag het deze adviseur").click()
    page.get_by_role("heading", name="Naar Veldhoek gaan").wait_for()
    _the_adviser_goes(page, site)
    initiative = _a_resident_begins(page, site)
    act_as(page, site, an_adviser())
    page.goto(f"{site}/werk/bereik/taken")
    page.get_by_role("link", name="Veldhoek").click()
    page.get_by_label("Nummer van de vraag, of link van het initiatief").fill(initiative)
    page.get_by_role("button", name="Koppel dit").click()
    page.get_by_role("link", name="Sleutelen bij Veldhoek").wait_for()
    _usable(page)
    page.goto(f"{site}/werk/bereik")
    assert page.get_by_role("link", name="Veldhoek", exact=True).count() == 0
    assert page.get_by_role("link", name="Hengelo", exact=True).count() == 1
    assert OutreachTask.objects.get().state == "done"


def _the_adviser_goes(page: Any, site: str) -> None:
    act_as(page, site, an_adviser())
    page.goto(f"{site}/mijn")
    page.get_by_role("link", name=re.compile("Naar een buurt gaan waar niemand iets vroeg")).first.click()
    page.get_by_role("link", name="Veldhoek").click()
    assert page.get_by_text("V. Zonnen").is_visible()
    page.get_by_role("button", name="Ik ga erheen").click()
    page.get_by_label("Hoe was het contact?").select_option(label="Een gesprek op straat")
    page.get_by_label("Met hoeveel mensen?").fill("6")
    page.get_by_label("Wat hoorde u?").fill("Zij willen een plek om te sleutelen.")
    _usable(page)
    page.get_by_role("button", name="Bewaar dit contact").click()
    page.get_by_text("Zij willen een plek om te sleutelen.").wait_for()


def _a_resident_begins(page: Any, site: str) -> str:
    """Someone whom the adviser spoke puts a plan on the site; returns its address."""
    act_as(page, site, a_resident())
    page.goto(f"{site}/mijn/initiatieven")
    page.get_by_label("Hoe heet het?").fill("Sleutelen bij Veldhoek")
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Wat doet u, in één zin?").fill("Wij sleutelen elke zaterdag aan fietsen.")
    page.get_by_label("Ruimte en omgeving").check()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_label(re.compile("^Naam van het dorp")).fill("Veldhoek")
    page.locator("main").get_by_role("button", name="Zoek").click()
    page.get_by_role("button", name="Kies deze plaats").click()
    page.get_by_label("Begint net").check()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_label("Wie kan meedoen, en hoe?").fill("Iedereen, elke zaterdag.")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_role("button", name="Zet het op de site").click()
    page.get_by_text("Uw initiatief staat op de site.").wait_for()
    page.get_by_role("link", name="Bekijk de pagina").click()
    page.get_by_role("heading", name="Sleutelen bij Veldhoek").wait_for()
    return str(page.url)
