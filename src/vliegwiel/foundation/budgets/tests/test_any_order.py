"""Whatever happens, in whatever order: the identity holds at every date, refusals change nothing, and entries stay as they were."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vliegwiel.foundation.budgets.models import Balance, BudgetLine, Ceiling, CouncilDecision, DayTotal, Entry
from vliegwiel.foundation.budgets.public import (
    Beyond,
    appropriate_credit,
    carry_over,
    close_budget_line,
    commit,
    correct,
    lower_ceiling,
    lower_credit,
    pay,
    position,
    raise_ceiling,
    record_decision,
    release,
    reserve,
    take_back,
)
from vliegwiel.foundation.budgets.tests.given import a_ceiling, a_line, about
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import Refusal
from vliegwiel.kernel.money import Money

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ON_FILES = ["reserve", "commit", "commit_from", "commit_beyond", "commit_free", "release", "pay", "take_back", "correct"]
ON_LINES = ["credit", "credit_less", "raise", "lower", "lower_for_all", "close", "carry"]
ACTS = [*ON_FILES, *ON_LINES]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(ACTS),
        st.integers(1, 3),  # which file
        st.integers(0, 2),  # which place
        st.integers(1, 120),  # how much
        st.sampled_from([0, 0, 1, 30, 250]),  # how many days later
    ),
    min_size=5,
    max_size=20,
)


class World:
    """Two ceilings, one within the other, a line without a ceiling, and a decision with money left."""

    def __init__(self) -> None:
        wide = a_ceiling(Money(200), credit=Money(300))
        part = a_ceiling(Money(150), line=wide.line, within=wide.id, name="Deel")
        other = a_ceiling(Money(100), credit=Money(150))
        self.ceilings = [wide.id, part.id, other.id]
        self.lines = [wide.line, other.line, a_line(Money(120), kind="opdracht")]
        self.decision = record_decision(
            actor=SYSTEM, province=PROVINCE, number="PS-meer", title="Meer", decided_on=clock.today(), amount=Money(200)
        ).public_id
        self.count = 0

    def do(self, act: str, file: int, place: int, cents: int) -> None:
        self.count += 1
        amount, key = Money(cents), f"step-{self.count}"
        who = {"actor": SYSTEM, "about": about(file), "amount": amount, "key": key}
        under = {**who, "ceiling": self.ceilings[place], "received_on": START.date() + timedelta(days=5 * file - 10)}
        bank = {"actor": SYSTEM, "amount": amount, "decision": self.decision, "key": key}
        announced = {"actor": SYSTEM, "ceiling": self.ceilings[place], "announced_on": clock.today(), "publication": "Blad"}
        ground = Beyond("4:25(3)", "Bezwaar gegrond.", "tweedepersoon", self.lines[place])
        last = Entry.objects.order_by("-pk").values_list("public_id", flat=True)[: 1 + cents % 7][::-1][0]
        acts: dict[str, Any] = {
            "reserve": lambda: reserve(**under),
            "commit": lambda: commit(**under),
            "commit_from": lambda: commit(**under, from_reserved=Money(cents // 2 + place * 10)),
            "commit_beyond": lambda: commit(**under, beyond=ground),
            "commit_free": lambda: commit(**who, line=self.lines[2], received_on=START.date()),
            "release": lambda: release(**who, reason="Minder nodig."),
            "pay": lambda: pay(**who, on=clock.today() - timedelta(days=20 * place)),
            "take_back": lambda: take_back(**who),
            "correct": lambda: correct(actor=SYSTEM, entry=last, reason="Vergissing."),
            "credit": lambda: appropriate_credit(**bank, line=self.lines[place]),
            "credit_less": lambda: lower_credit(**bank, line=self.lines[place]),
            "raise": lambda: raise_ceiling(**announced, amount=Money(100 + cents)),
            "lower": lambda: lower_ceiling(**announced, amount=amount),
            "lower_for_all": lambda: lower_ceiling(
                **announced, amount=amount, for_all=True, before_budget="a", follows_budget="b", warned_in="c"
            ),
            "close": lambda: close_budget_line(actor=SYSTEM, line=self.lines[place]),
            "carry": lambda: carry_over(**bank, line=self.lines[place], to=self.lines[2 if place == 0 else 0]),
        }
        acts[act]()


def everything() -> list[list[dict[str, Any]]]:
    models = (Entry, Balance, DayTotal, BudgetLine, Ceiling, CouncilDecision)
    return [list(model.objects.order_by("pk").values()) for model in models]


def walk(steps: list[tuple[str, int, int, int, int]]) -> dict[str, int]:
    now, done = START, dict.fromkeys(ACTS, 0)
    with clock.at(now):
        world = World()
    for act, file, place, cents, days in steps:
        now += timedelta(days=days)
        before = everything()
        with clock.at(now):
            try:
                world.do(act, file, place, cents)
            except Refusal:
                assert everything() == before
            else:
                done[act] += 1
                assert everything()[0][: len(before[0])] == before[0]
    found = verify()
    assert found.broken == []
    days = sorted({entry.on for entry in Entry.objects.all()})
    for day in [*days, *(day - timedelta(days=1) for day in days), date(2030, 1, 1)]:
        for line in world.lines:
            stands = position(line, day)
            assert stands.balanced
            assert min(getattr(stands, name).cents for name in stands.__dataclass_fields__) >= 0
    return done


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STEPS)
def test_any_sequence_of_moves_keeps_the_identity_and_a_refusal_changes_nothing(
    steps: list[tuple[str, int, int, int, int]],
) -> None:
    with transaction.atomic():
        walk(steps)
        transaction.set_rollback(True)


def test_every_kind_of_move_is_walked() -> None:
    """So that the property above is about something."""
    steps = [
        ("reserve", 1, 0, 40, 0),
        ("commit_from", 1, 0, 60, 30),
        ("commit", 2, 2, 50, 0),
        ("commit_free", 3, 0, 20, 0),
        ("commit_beyond", 3, 1, 30, 1),
        ("pay", 1, 0, 40, 1),
        ("take_back", 1, 0, 20, 1),
        ("correct", 1, 0, 7, 0),
        ("release", 2, 0, 10, 0),
        ("credit", 1, 0, 10, 0),
        ("credit_less", 1, 0, 5, 0),
        ("raise", 1, 0, 110, 1),
        ("lower", 1, 0, 100, 1),
        ("lower_for_all", 1, 1, 90, 1),
        ("take_back", 1, 0, 10, 250),
        ("credit", 1, 0, 1, 250),
        ("close", 1, 0, 1, 0),
        ("carry", 1, 0, 5, 0),
        ("reserve", 2, 0, 5, 0),
    ]
    done = walk(steps)
    assert [act for act, count in done.items() if not count] == []
