"""Reminders go by themselves, once, not while they stand still, and can be read beforehand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from vliegwiel.foundation.notices.actions.pause_reminders import lift_pause, pause_reminders
from vliegwiel.foundation.notices.actions.send_reminders import send_reminders
from vliegwiel.foundation.notices.models import Notice, Pause
from vliegwiel.foundation.notices.public import note_choice, preview
from vliegwiel.foundation.notices.tests import given
from vliegwiel.foundation.notices.tests.given import JOB, REMINDERS_PATH
from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid

pytestmark = pytest.mark.django_db
FAR = date(2027, 1, 1)


@pytest.fixture(autouse=True)
def contributed(settings: Any) -> None:
    settings.VLIEGWIEL_REMINDERS = [REMINDERS_PATH]


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def wants_mail(*numbers: int) -> None:
    for number in numbers:
        note_choice(
            actor=SYSTEM, province=PROVINCE, address=f"f{number}@voorbeeld.invalid", channels={"reminders": "mail"}, how="paper"
        )


def test_through_a_year_with_pauses_restarts_and_both_clock_changes_each_message_is_decided_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = date(2026, 1, 1)
    starts = {n: first + timedelta(days=n * 5) for n in range(60)}
    files = [(n, s, s + timedelta(days=20 if n % 3 else 99), (s + timedelta(12), s + timedelta(16))) for n, s in starts.items()]
    monkeypatch.setattr(given, "FILES", files)
    wants_mail(*range(60))
    expected = {(f"2026-{n:06d}", f"reminder-{p}") for n in starts for p in ((1, 2) if n % 3 == 0 else (1,))}
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
        _n, start, _answered, (from_day, to_day) = files[int(notice.about_id[-6:])]
        assert not from_day <= clock.legal_date(notice.decided_at) <= to_day
        assert clock.legal_date(notice.decided_at) >= start + timedelta(days=14)


def test_a_pause_holds_a_reminder_back_and_the_preview_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, "FILES", [(1, date(2026, 3, 1), FAR, (FAR, FAR))])
    pause_reminders(
        actor=SYSTEM, province=PROVINCE, about="2026-000001", starts=date(2026, 3, 1), ends=date(2026, 3, 20), reason="In overleg"
    )
    with clock.at(noon(date(2026, 3, 16))):
        assert send_reminders(actor=JOB) == 0
        assert [item.waits for item in preview(PROVINCE)] == ["In overleg", ""]
    with clock.at(noon(date(2026, 3, 21))):
        assert send_reminders(actor=JOB) == 1


@pytest.mark.parametrize(
    ("more", "held"),
    [
        ({}, True),
        ({"reminder": "term"}, True),
        ({"about": "2026-000002"}, False),
        ({"province": "PV98"}, False),
        ({"starts": date(2026, 3, 17)}, False),
        ({"ends": date(2026, 3, 14)}, False),
    ],
)
def test_a_pause_is_of_its_own_province_record_and_days(
    more: dict[str, Any], held: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(given, "FILES", [(1, date(2026, 3, 1), FAR, (FAR, FAR))])
    pause_reminders(**{"actor": SYSTEM, "province": PROVINCE, "starts": date(2026, 3, 1), "reason": "x", **more})
    with clock.at(noon(date(2026, 3, 15))):
        assert send_reminders(actor=JOB) == int(not held)


def test_a_pause_that_is_lifted_lets_the_reminder_go_and_is_lifted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, "FILES", [(1, date(2026, 3, 1), FAR, (FAR, FAR))])
    pause = pause_reminders(actor=SYSTEM, province=PROVINCE, starts=date(2026, 3, 1), reason="Storing")
    lift_pause(actor=SYSTEM, pause=pause.public_id)
    with pytest.raises(NotNow):
        lift_pause(actor=SYSTEM, pause=pause.public_id)
    with pytest.raises(NotFound):
        lift_pause(actor=SYSTEM, pause="bestaatniet2")
    with clock.at(noon(date(2026, 3, 15))):
        assert send_reminders(actor=JOB) == 1


def test_a_reminder_that_is_more_than_thirty_days_late_does_not_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, "FILES", [(1, date(2026, 1, 1), FAR, (FAR, FAR))])
    with clock.at(noon(date(2026, 3, 1))):
        assert send_reminders(actor=JOB) == 0
        assert preview(PROVINCE) == []


def test_the_preview_shows_how_each_goes_and_not_what_went(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, "FILES", [(n, date(2026, 3, 1), FAR, (FAR, FAR)) for n in (1, 2)])
    wants_mail(1)
    with clock.at(noon(date(2026, 3, 10))):
        assert [(item.due.on.day, item.channel, item.without_address) for item in preview(PROVINCE)] == [
            (15, "mail", False),
            (15, "post", True),
        ]
        assert preview("PV98") == []
    with clock.at(noon(date(2026, 3, 15))):
        assert send_reminders(actor=JOB) == 2
        assert [item.due.on for item in preview(PROVINCE)] == [date(2026, 3, 29)] * 2


def test_what_went_to_an_address_is_not_announced_again_when_it_got_an_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, "FILES", [(1, date(2026, 3, 1), date(2026, 3, 20), (FAR, FAR))])
    with clock.at(noon(date(2026, 3, 15))):
        assert send_reminders(actor=JOB) == 1
        a_role("programma", email="f1@voorbeeld.invalid")
        assert preview(PROVINCE) == []
        assert send_reminders(actor=JOB) == 0


def test_the_look_ahead_asks_the_same_number_of_questions_for_many_messages(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    for many in (5, 400):
        monkeypatch.setattr(given, "FILES", [(n, date(2026, 3, 1), FAR, (FAR, FAR)) for n in range(many)])
        with clock.at(noon(date(2026, 3, 10))), django_assert_num_queries(4):
            assert len(preview(PROVINCE)) == many


@pytest.mark.parametrize(
    "wrong", [{"reason": " "}, {"reminder": "bestaat-niet"}, {"starts": date(2026, 3, 2), "ends": date(2026, 3, 1)}]
)
def test_a_pause_needs_a_reason_a_known_reminder_and_days_in_order(wrong: dict[str, Any]) -> None:
    words: dict[str, Any] = {"actor": SYSTEM, "province": PROVINCE, "reason": "Storing", "starts": date(2026, 3, 1)}
    with pytest.raises(NotValid) as refused:
        pause_reminders(**{**words, **wrong})
    assert len(refused.value.details) == 1
    assert Pause.objects.count() == 0


@pytest.mark.parametrize("role", ["programma", "beheerder", "auditor", "dorpsondersteuner", ""])
def test_only_who_plans_messages_lets_them_stand_still(role: str) -> None:
    actor = acting(a_role(role)) if role else Actor("visitor")
    held = pause_reminders(actor=SYSTEM, province=PROVINCE, reason="Storing", starts=date(2026, 3, 1))
    if role in ("programma", "beheerder"):
        lift_pause(actor=actor, pause=held.public_id)
        pause_reminders(actor=actor, province=PROVINCE, reason="Storing", starts=date(2026, 3, 1))
        return
    with pytest.raises(NotAllowed):
        lift_pause(actor=actor, pause=held.public_id)
    with pytest.raises(NotAllowed):
        pause_reminders(actor=actor, province=PROVINCE, reason="Storing", starts=date(2026, 3, 1))
    assert list(Pause.objects.values_list("lifted_at", flat=True)) == [None]
    assert Entry.objects.filter(result="geweigerd").count() == 2
