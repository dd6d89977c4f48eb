"""Fifty files in a year: each reminder is decided once. `bench --proofs` does it with ten thousand."""

from typing import Any

import pytest

from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.support.desk.tests import lived_year
from vliegwiel.support.desk.tests.given import an_adviser

pytestmark = pytest.mark.django_db


def test_in_a_year_with_pauses_hand_overs_clock_changes_and_restarts_each_message_is_decided_once(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    settings.VLIEGWIEL_REMINDERS = ["vliegwiel.support.desk.contributes.REMINDERS"]
    with clock.at(lived_year._moment(-1, 9, 0)):
        advisers, officer = [an_adviser(1), an_adviser(2)], acting(a_role("programma"))
    told = lived_year.live(50, advisers, officer, comes=0.3)
    assert told["problems"] == []
    assert told["restarts"] > 5
    assert told["twice"] == 0
    assert set(told["kinds"]) == {"promised", "missed", "late", "silent", "follow", "resting", "look"}
