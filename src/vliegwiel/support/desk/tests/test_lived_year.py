"""Fifty files in a year: each reminder is decided once. `bench --proofs` does it with ten thousand."""

import random
from dataclasses import replace
from typing import Any

import pytest

from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.support.desk.models import Advice, Enquiry, EnquiryEvent, Look, SupportCase
from vliegwiel.support.desk.tests import lived_year
from vliegwiel.support.desk.tests.given import an_adviser
from vliegwiel.support.desk.tests.lived_pen import Pen

pytestmark = pytest.mark.django_db


def test_in_a_year_with_pauses_hand_overs_clock_changes_and_restarts_each_message_is_decided_once(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    settings.VLIEGWIEL_REMINDERS = ["vliegwiel.support.desk.contributes.REMINDERS"]
    with clock.at(lived_year._moment(-1, 9, 0)):
        advisers, officer = [an_adviser(1), an_adviser(2)], acting(a_role("programma"))
    told = lived_year.live(50, advisers, officer, comes=0.3, acted=2)
    assert told["problems"] == []
    assert told["restarts"] > 5
    assert told["twice"] == 0
    assert set(told["kinds"]) == {"promised", "missed", "late", "silent", "follow", "resting", "look"}


def test_what_is_written_for_the_great_number_is_what_the_acts_leave(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    settings.VLIEGWIEL_REMINDERS = []
    days = [
        (0, "ask"), (1, "hand-over"), (2, "ask-back"), (9, "reply"), (9, "promise-later"), (12, "open-case"), (13, "advise"),
        (14, "pause"), (20, "resume"), (21, "close-case"),
    ]  # fmt: skip
    with clock.at(lived_year._moment(-1, 9, 0)):
        advisers = [an_adviser(1), an_adviser(2)]
    left = []
    for acted in (True, False):
        life = lived_year.Life(0, [])
        desk, pen = lived_year.Desk(advisers, [life], random.Random(1)), Pen(advisers, random.Random(1))
        for day, key in days:
            with clock.at(lived_year._moment(day, 11, 0)):
                if acted:
                    desk.do(life, key)
                elif key == "ask":
                    pen.ask_all([life])
                else:
                    pen.do(life, key)
        left.append((_what_reminders_read(life), replace(life, id="", advice="")))
    assert left[0] == left[1]


def _what_reminders_read(life: lived_year.Life) -> list[list[dict[str, Any]]]:
    tables = (
        Enquiry.objects.filter(public_id=life.id).values(
            "state", "province", "kind", "email", "phone", "person", "organisation", "organisation_name", "adviser", "channel",
            "received_on", "promised_on", "answered_on", "closed_on",
        ),
        EnquiryEvent.objects.filter(enquiry__public_id=life.id).values("kind", "on", "days", "until", "reason"),
        SupportCase.objects.filter(enquiry__public_id=life.id).values(
            "state", "opened_on", "started_on", "paused_on", "paused_until", "pause_reason", "closed_on", "outcome"
        ),
        Advice.objects.filter(case__enquiry__public_id=life.id).values("title", "state", "follow_up_on", "given_on"),
        Look.objects.filter(case__enquiry__public_id=life.id).values("months", "due_on", "answered_on"),
    )  # fmt: skip
    return [list(rows) for rows in tables]
