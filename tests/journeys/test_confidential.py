"""A member of a confidential team says why a case is opened, hands a signal to the right party, and sees who looked. On a phone."""

from typing import Any

import pytest
from django.conf import settings

from tests.journeys.in_process import act_as
from tests.pages.accessibility import assert_usable
from vliegwiel.support.confidential.tests.given import PROVINCE, a_member, a_team, known_places, someone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def in_the_made_up_province(monkeypatch: pytest.MonkeyPatch, own_home: Any) -> None:
    """With one team."""
    monkeypatch.setattr(settings, "VLIEGWIEL_PROVINCE", PROVINCE)
    known_places(own_home)
    a_team()


def _usable(page: Any) -> None:
    assert_usable(page)
    page.set_viewport_size(PHONE)


def test_a_case_from_a_signal_to_who_looked(live_server: Any, page: Any) -> None:
    site = live_server.url
    page.set_viewport_size(PHONE)
    act_as(page, site, a_member())
    page.goto(f"{site}/werk/vertrouwelijk/nieuw")
    _usable(page)
    page.get_by_label("Waar gaat het over?").select_option(label="Gebouw dat niet veilig is")
    page.get_by_label("Hoe noemt uw team deze zaak?").fill("De oude bakkerij")
    page.get_by_label("Gemeente").select_option(label="Nergensdam")
    page.get_by_label("Straat en nummer").fill("Verzonnen straat 4")
    page.get_by_role("button", name="Begin deze zaak").click()
    page.get_by_role("button", name="Open de zaak").or_(page.get_by_role("heading", name="De oude bakkerij")).first.wait_for()
    page.get_by_role("link", name="Signalen").click()
    page.get_by_label("Wat is er gezien?").fill("De achterdeur staat ’s nachts open.")
    page.get_by_label("Op welke dag?").fill("2026-01-05")
    page.get_by_role("button", name="Bewaar het signaal").click()
    page.get_by_text("Geef dit signaal door").click()
    page.get_by_label("Brandweer").check()
    page.get_by_role("button", name="Kies deze partij").click()
    page.get_by_label("Het adres of de plek").check()
    page.get_by_label("Precies dit krijgt de partij").fill("Verzonnen straat 4: de achterdeur sluit niet.")
    _usable(page)
    page.get_by_role("button", name="Geef door aan Brandweer").click()
    page.get_by_role("heading", name="Doorgegeven aan Brandweer").wait_for()
    path = page.url.rsplit("/", 1)[0]
    act_as(page, site, a_member(2))
    page.goto(f"{site}/werk/vertrouwelijk")
    page.get_by_role("link", name="De oude bakkerij").click()
    _usable(page)
    page.get_by_label("nakijken of het dossier weg kan").check()
    page.get_by_role("button", name="Open de zaak").click()
    page.get_by_role("heading", name="De oude bakkerij").wait_for()
    for part in ("zaak", "afsluiten", "inzage", "inzien"):
        page.goto(f"{path}/{part}")
        _usable(page)
    page.get_by_role("cell", name="nakijken of het dossier weg kan").first.wait_for()
    act_as(page, site, someone("teamcoordinator"))
    page.goto(f"{site}/werk/vertrouwelijke-teams")
    _usable(page)
    assert page.get_by_text("De oude bakkerij").count() == 0
