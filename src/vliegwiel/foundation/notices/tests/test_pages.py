"""The pages of messages: one's own, and those of who plans them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from vliegwiel.foundation.notices.models import Notice, Pause, Preference
from vliegwiel.foundation.notices.public import messages_of, unread_count
from vliegwiel.foundation.notices.tests import given
from vliegwiel.foundation.notices.tests.given import REMINDERS_PATH, a_resident, told
from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.foundation.people.tests.test_pages import signed_in
from vliegwiel.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    settings.VLIEGWIEL_REMINDERS = [REMINDERS_PATH]


def test_one_reads_ones_own_messages_only() -> None:
    resident = a_resident()
    told(resident)
    browser = signed_in("dorpsondersteuner")
    message = messages_of(resident)[0]
    assert message.subject in browser.get("/mijn/berichten").content.decode()
    assert unread_count(resident) == 1
    assert browser.get(f"/mijn/berichten/{message.id}").status_code == 200
    assert unread_count(resident) == 0
    assert signed_in("auditor").get(f"/mijn/berichten/{message.id}").status_code == 404


@pytest.mark.parametrize("path", ["/mijn/berichten", "/mijn/berichten/bestaatniet2", "/mijn/voorkeuren"])
def test_who_did_not_sign_in_is_asked_to(path: str) -> None:
    answer = Client().get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/inloggen?next={path.replace('/', '%2F')}")


def test_a_choice_is_kept_and_a_wrong_one_changes_nothing() -> None:
    a_resident()
    browser = signed_in("dorpsondersteuner")
    assert browser.post("/mijn/voorkeuren", {"letters": "mail", "news": "none"}).status_code == 302
    assert dict(Preference.objects.values_list("kind", "channel")) == {"letters": "mail", "news": "none"}
    assert "Uw keuze is bewaard" in browser.get("/mijn/voorkeuren?bewaard=ja").content.decode()
    answer = browser.post("/mijn/voorkeuren", {"letters": "none", "file": "site"})
    assert answer.status_code == 400
    assert "<title>Fout:" in answer.content.decode()
    assert Preference.objects.count() == 2


def test_what_will_be_sent_is_for_who_plans_it_and_can_be_read_word_for_word(monkeypatch: pytest.MonkeyPatch) -> None:
    soon = clock.today() - timedelta(days=10)
    monkeypatch.setattr(given, "FILES", [(1, soon, date(2099, 1, 1), (date(2099, 1, 1), date(2099, 1, 1)))])
    text = "/beheer/berichten/tekst?herinnering=term&over=2026-000001&moment=reminder-1"
    for path in ("/beheer/berichten", text):
        answers = {kind: signed_in(kind).get(path).status_code for kind in ("programma", "beheerder", "auditor")}
        assert answers == {"programma": 200, "beheerder": 200, "auditor": 403}
    browser = signed_in("programma")
    assert "adres ontbreekt" in browser.get("/beheer/berichten").content.decode()
    assert "Het gaat over Aanvraag &amp; plan." in browser.get(text).content.decode()
    assert browser.get(text.replace("reminder-1", "reminder-9")).status_code == 404


def test_an_officer_lets_reminders_stand_still_and_go_again() -> None:
    browser = signed_in("programma")
    form = {"herinnering": "term", "over": "", "van": "2026-03-01", "tot": "", "reden": "Storing bij de post"}
    answer = browser.post("/beheer/berichten/stilzetten", {**form, "reden": "", "tot": "2026-02-01"})
    assert answer.status_code == 400
    assert 'value="2026-02-01"' in answer.content.decode()
    assert browser.post("/beheer/berichten/stilzetten", {**form, "van": "gisteren"}).status_code == 400
    assert Pause.objects.count() == 0
    browser.post("/beheer/berichten/stilzetten", form)
    assert "Storing bij de post" in browser.get("/beheer/berichten").content.decode()
    browser.post(f"/beheer/berichten/stilzetten/{Pause.objects.get().public_id}/opheffen")
    assert "Storing bij de post" not in browser.get("/beheer/berichten").content.decode()


def test_an_officer_finds_who_was_not_reached_and_gives_an_address() -> None:
    told(a_resident())
    browser, message = signed_in("programma"), Notice.objects.get().public_id
    assert "Niet bereikt" in browser.get("/beheer/berichten").content.decode()
    assert "Niet bereikt" not in signed_in("beheerder").get("/beheer/berichten").content.decode()
    assert signed_in("beheerder").post(f"/beheer/berichten/{message}/bereikt", {"adres": "Iemand"}).status_code == 403
    answer = browser.post(f"/beheer/berichten/{message}/bereikt", {"adres": ""})
    assert answer.status_code == 400
    assert "Geef een adres" in answer.content.decode()
    browser.post(f"/beheer/berichten/{message}/bereikt", {"adres": "V. Zonnen\r\nLuchtstraat 12\r\n"})
    assert Notice.objects.get().postal == "V. Zonnen\nLuchtstraat 12"
    assert "Niet bereikt" not in browser.get("/beheer/berichten").content.decode()


def test_a_message_of_the_past_year_shows_its_year() -> None:
    resident = a_resident()
    with clock.at(datetime(2025, 12, 31, 12, tzinfo=UTC)):
        told(resident)
    assert "31 december 2025" in signed_in("dorpsondersteuner").get("/mijn/berichten").content.decode()
