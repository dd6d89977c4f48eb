"""On a phone: someone joins the pool of experts and finds a request that fits; residents challenge their municipality, which answers.

The server runs in this process, so that people and cases come from the actions of the rooms below.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.journeys.in_process import act_as
from tests.pages.accessibility import assert_usable
from vliegwiel.kernel import clock
from vliegwiel.support.challenges.lifecycle import State
from vliegwiel.support.challenges.models import Challenge
from vliegwiel.support.challenges.tests.given import a_challenge, a_challenger, an_officer
from vliegwiel.support.desk.tests.given import a_case, an_adviser, link_of
from vliegwiel.support.experts.models import Expert, ExpertRequest, HelpAnswer
from vliegwiel.support.experts.tests.given import a_coordinator, pool_hours
from vliegwiel.support.grants.tests.given import a_municipality, a_resident

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def in_the_made_up_province(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is real."""
    monkeypatch.setattr(settings, "VLIEGWIEL_PROVINCE", "PV99")


def usable_on_a_phone(page: Any) -> None:
    assert_usable(page)
    page.set_viewport_size(PHONE)


def test_an_expert_finds_a_request_and_residents_get_an_answer_to_their_challenge(live_server: Any, page: Any) -> None:
    site = live_server.url
    a_municipality()
    pool_hours()
    page.set_viewport_size(PHONE)
    expert = _joins(page, site)
    found = a_case()
    _is_asked(page, site, found.number)
    _helps(page, site, expert)
    act_as(page, site, None)
    page.goto(f"{site}/loket/vragen/{found.public_id}/{link_of(found)}")
    page.get_by_role("group", name="Heeft de deskundige u verder gebracht?").get_by_label("Ja").check()
    page.get_by_role("group", name="Zou u deze hulp nog eens vragen?").get_by_label("Ja").check()
    page.get_by_role("button", name="Stuur mijn antwoord").click()
    page.get_by_text("U zei of het hielp: ja").wait_for()
    usable_on_a_phone(page)
    assert HelpAnswer.objects.get(side="initiative").helped == "yes"
    _challenges(page, site)


def _joins(page: Any, site: str) -> Any:
    expert = a_resident("deskundige@voorbeeld.invalid", called="D. Verzonnen")
    act_as(page, site, expert)
    page.goto(f"{site}/deskundigen")
    usable_on_a_phone(page)
    page.get_by_role("link", name="Ik wil helpen").click()
    usable_on_a_phone(page)
    page.locator("#kan-recht").check()
    page.get_by_label("Hoe ver wilt u komen?").select_option("0")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("button", name="Vraag of u mee kunt doen").click()
    day = clock.today()
    page.get_by_label("Van", exact=True).fill(day.isoformat())
    page.get_by_label("Tot en met", exact=True).fill((day + timedelta(days=30)).isoformat())
    page.get_by_label("Hoeveel in die tijd?").fill("2")
    page.get_by_role("button", name="Bewaar deze tijd").click()
    page.get_by_text("16 uur").wait_for()
    act_as(page, site, a_coordinator())
    page.goto(f"{site}/werk/deskundigen/mensen")
    usable_on_a_phone(page)
    page.get_by_role("button", name="Laat toe").click()
    page.get_by_role("heading", name="In de pool", exact=True).wait_for()
    assert Expert.objects.get().state == "admitted"
    return expert


def _is_asked(page: Any, site: str, number: str) -> None:
    act_as(page, site, an_adviser())
    page.goto(f"{site}/werk/loket/{number}/traject")
    page.get_by_text("Vraag een deskundige").click()
    page.get_by_label("Wat is de vraag, in een paar woorden?").fill("Statuten nakijken")
    page.get_by_label("Wat moet de deskundige weten?").fill("Kloppen de statuten?")
    page.locator("#x-recht").check()
    page.get_by_label("Hoeveel uur?").fill("6")
    page.get_by_label("Uiterlijk op").fill((clock.today() + timedelta(days=20)).isoformat())
    page.get_by_role("button", name="Leg voor aan de pool").click()
    page.get_by_role("link", name="Statuten nakijken").click()
    page.get_by_role("heading", name="Wie past erbij?").wait_for()
    usable_on_a_phone(page)


def _helps(page: Any, site: str, expert: Any) -> None:
    act_as(page, site, expert)
    page.goto(f"{site}/mijn/deskundige")
    usable_on_a_phone(page)
    page.get_by_role("link", name="Statuten nakijken").click()
    page.get_by_label("Nee", exact=True).check()
    page.get_by_role("button", name="Ik kan dit").click()
    request = ExpertRequest.objects.get()
    act_as(page, site, an_adviser())
    page.goto(f"{site}/werk/deskundigen/verzoeken/{request.public_id}")
    page.get_by_text("Kies deze deskundige").click()
    page.get_by_role("button", name="Kies D. Verzonnen").click()
    page.get_by_text("6 uur afgesproken").wait_for()
    act_as(page, site, expert)
    page.goto(f"{site}/mijn/deskundige/verzoeken/{request.public_id}")
    usable_on_a_phone(page)
    page.get_by_label("Uren, zoals 1:30").fill("2:30")
    page.get_by_label("Waaraan?").fill("Statuten gelezen")
    page.get_by_role("button", name="Schrijf de uren").click()
    page.get_by_text("Mijn hulp is klaar").click()
    page.get_by_label("Wat kwam eruit?").fill("De statuten kloppen nu.")
    page.get_by_role("button", name="Rond af").click()
    page.get_by_role("heading", name="Hoe vond u het?").wait_for()
    act_as(page, site, an_adviser())
    for path in ("werk/deskundigen?stapel=klaar", "werk/deskundigen/jaar"):
        page.goto(f"{site}/{path}")
        usable_on_a_phone(page)


def _challenges(page: Any, site: str) -> None:
    officer = an_officer()
    act_as(page, site, officer)
    page.goto(f"{site}/werk/uitdagingen/regels")
    usable_on_a_phone(page)
    act_as(page, site, a_challenger())
    page.goto(f"{site}/uitdagingen")
    usable_on_a_phone(page)
    page.get_by_role("link", name="Begin een uitdaging").click()
    usable_on_a_phone(page)
    page.get_by_label("Wie doet die taak nu?").select_option(officer.organisation)
    page.get_by_label("In een paar woorden").fill("Het groen in onze straat")
    page.get_by_label("Welke taak precies, en waar?").fill("Het plantsoen")
    page.get_by_label("Waarom kunt u het beter of goedkoper?").fill("Wij wonen er.")
    page.get_by_label("Wie staan erachter?").fill("Veertig huizen")
    page.get_by_role("button", name="Bewaar en bekijk").click()
    page.get_by_role("button", name="Verstuur de uitdaging").click()
    page.get_by_text("Er is geen laatste dag").wait_for()
    usable_on_a_phone(page)
    found = Challenge.objects.get()
    act_as(page, site, officer)
    page.goto(f"{site}/werk/uitdagingen")
    usable_on_a_phone(page)
    page.get_by_role("link", name="Het groen in onze straat").click()
    usable_on_a_phone(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Zet de tekst op de site").click()
    for choice in page.get_by_label("Ja", exact=True).all():
        choice.check()
    page.get_by_role("button", name="Leg het oordeel vast").click()
    page.get_by_text("Plan een gesprek").wait_for()
    assert Challenge.objects.get().state == State.ADMITTED.value
    usable_on_a_phone(page)
    agreed = a_challenge(State.AGREED)
    act_as(page, site, None)
    for path in (found.path, agreed.path, "/uitdagingen"):
        page.goto(f"{site}{path}")
        usable_on_a_phone(page)
