"""Messages: decided once, by the way someone chose, with pauses, through a whole year."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from vliegwiel.foundation.notices.actions.send_digest import send_digest
from vliegwiel.foundation.notices.actions.send_reminders import send_reminders
from vliegwiel.foundation.notices.kinds import KINDS
from vliegwiel.foundation.notices.models import Notice, Pause, Preference
from vliegwiel.foundation.notices.public import Due, Reminder, choose_channel, messages_of, preview, tell
from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role
from vliegwiel.foundation.people.tests.test_pages import signed_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotValid

pytestmark = pytest.mark.django_db
TEMPLATE = "foundation/notices/tests/texts/term"
JOB = Actor.system("job")


def about(number: int) -> Reference:
    return Reference("test-file", f"2026-{number:06d}", "Aanvraag & plan", f"/aanvragen/2026-{number:06d}")


def told(person: str, moment: str = "received", **more: Any) -> bool:
    return tell(
        person=person, about=about(1), moment=moment, template=TEMPLATE, facts={"day": "maandag"}, province=PROVINCE, **more
    )


@pytest.fixture
def resident() -> str:
    person = a_role("dorpsondersteuner").person.public_id
    OutgoingMail.objects.all().delete()
    return person


def test_a_message_is_decided_once_and_waits_in_the_outbox_under_its_message_id(resident: str) -> None:
    assert (told(resident), told(resident)) == (True, False)
    mail = OutgoingMail.objects.get()
    assert Notice.objects.get().message_id == mail.message_id
    assert "Aanvraag & plan" in mail.body


def test_an_act_that_is_rolled_back_told_nobody(resident: str) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        told(resident)
        raise RuntimeError
    assert (Notice.objects.count(), OutgoingMail.objects.count()) == (0, 0)
    assert told(resident)


def test_an_address_without_an_account_is_told_once_whatever_its_capitals() -> None:
    words: dict[str, Any] = {"about": about(1), "moment": "m", "template": TEMPLATE, "facts": {}, "province": PROVINCE}
    assert tell(address="A@voorbeeld.invalid", **words)
    assert not tell(address="a@voorbeeld.invalid", **words)


def test_who_wants_no_reminders_gets_none_and_never_later_either(resident: str) -> None:
    choose_channel(actor=Actor("person", resident), person=resident, kind="reminders", channel="none")
    assert told(resident, kind="reminders")
    choose_channel(actor=Actor("person", resident), person=resident, kind="reminders", channel="mail")
    assert not told(resident, kind="reminders")
    assert OutgoingMail.objects.count() == 0
    assert messages_of(resident) == []


@pytest.mark.parametrize(("kind", "channel"), [("letters", "none"), ("file", "none"), ("niets", "mail")])
def test_what_the_law_asks_cannot_be_switched_off(resident: str, kind: str, channel: str) -> None:
    with pytest.raises(NotValid):
        choose_channel(actor=Actor("person", resident), person=resident, kind=kind, channel=channel)
    assert Preference.objects.count() == 0


def test_nobody_chooses_for_someone_else(resident: str) -> None:
    with pytest.raises(NotAllowed):
        choose_channel(actor=Actor("person", "vreemde23456"), person=resident, kind="news", channel="none")
    assert Preference.objects.count() == 0


def test_letters_go_on_paper_until_someone_chooses_otherwise() -> None:
    assert KINDS["letters"].usual == "post"


def test_news_of_a_week_comes_in_one_mail_and_once(resident: str) -> None:
    told(resident, "tip-1", kind="news")
    told(resident, "tip-2", kind="news")
    assert (send_digest(actor=JOB), send_digest(actor=JOB)) == (1, 0)
    assert OutgoingMail.objects.count() == 1


def test_the_pages_show_ones_own_messages_only_and_keep_a_choice(resident: str) -> None:
    told(resident)
    browser = signed_in("dorpsondersteuner")
    message = messages_of(resident)[0]
    assert message.subject in browser.get("/mijn/berichten").content.decode()
    assert browser.get(f"/mijn/berichten/{message.id}").status_code == 200
    assert messages_of(resident)[0].read
    assert signed_in("auditor").get(f"/mijn/berichten/{message.id}").status_code == 404
    assert browser.post("/mijn/voorkeuren", {"letters": "mail", "news": "none"}).status_code == 302
    assert dict(Preference.objects.values_list("kind", "channel")) == {"letters": "mail", "news": "none"}
    assert browser.post("/mijn/voorkeuren", {"letters": "none", "file": "site"}).status_code == 400
    assert Preference.objects.count() == 2


def test_what_will_be_sent_is_for_who_plans_it(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    answers = {kind: signed_in(kind).get("/beheer/berichten").status_code for kind in ("programma", "beheerder", "auditor")}
    assert answers == {"programma": 200, "beheerder": 200, "auditor": 403}


#: Files of the simulated year: number, first day of the term, day it was answered, and a stretch in which it stands still.
FILES: list[tuple[int, date, date, tuple[date, date]]] = []


def due(since: date, until: date) -> Iterable[Due]:
    for number, start, answered, (from_day, to_day) in FILES:
        for place, days in enumerate((14, 28), 1):
            on = start + timedelta(days=days)
            if since <= on <= until and on < answered:
                waits = "opgeschort" if from_day <= clock.today() <= to_day else ""
                yield Due(about(number), PROVINCE, f"reminder-{place}", on, address=f"f{number}@voorbeeld.invalid", paused=waits)


REMINDERS = [Reminder("term", "Termijn loopt af", TEMPLATE, due)]


def test_through_a_year_with_pauses_restarts_and_both_clock_changes_each_message_is_decided_once(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VLIEGWIEL_REMINDERS = [f"{__name__}.REMINDERS"]
    first = date(2026, 1, 1)
    monkeypatch.setattr(
        f"{__name__}.FILES",
        [
            (
                n,
                s := first + timedelta(days=n * 5),
                s + timedelta(days=20 if n % 3 else 99),
                (s + timedelta(days=12), s + timedelta(days=16)),
            )
            for n in range(60)
        ],
    )
    expected = {(f"2026-{n:06d}", f"reminder-{p}") for n, *_ in FILES for p in ((1, 2) if n % 3 == 0 else (1,))}
    moment = datetime(2026, 1, 1, 0, 30, tzinfo=UTC)
    turn = 0
    while moment.year == 2026:
        turn += 1
        with clock.at(moment):
            if turn % 7 == 0:  # the process stops half-way
                with pytest.raises(RuntimeError), transaction.atomic():
                    send_reminders(actor=JOB)
                    raise RuntimeError
            else:
                send_reminders(actor=JOB)
        moment += timedelta(hours=23)
    assert set(Notice.objects.values_list("about_id", "moment")) == expected
    assert Notice.objects.count() == OutgoingMail.objects.count() == len(expected)
    for notice in Notice.objects.all():
        _n, start, _answered, (from_day, to_day) = FILES[int(notice.about_id[-6:])]
        assert not from_day <= clock.legal_date(notice.decided_at) <= to_day
        assert clock.legal_date(notice.decided_at) >= start + timedelta(days=14)


def test_a_pause_holds_a_reminder_back_and_the_preview_says_why(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VLIEGWIEL_REMINDERS = [f"{__name__}.REMINDERS"]
    far = date(2027, 1, 1)
    monkeypatch.setattr(f"{__name__}.FILES", [(1, date(2026, 3, 1), far, (far, far))])
    Pause.objects.create(
        province=PROVINCE, about_id=about(1).id, starts=date(2026, 3, 1), ends=date(2026, 3, 20), reason="In overleg"
    )
    with clock.at(datetime(2026, 3, 16, 12, tzinfo=UTC)):
        assert send_reminders(actor=JOB) == 0
        assert [item.waits for item in preview(PROVINCE)] == ["In overleg", ""]
    with clock.at(datetime(2026, 3, 21, 12, tzinfo=UTC)):
        assert send_reminders(actor=JOB) == 1
