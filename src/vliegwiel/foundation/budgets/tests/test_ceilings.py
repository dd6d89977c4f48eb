"""A ceiling as it counts for an application: announced before its period, lowered only for who comes later (Awb 4:25 to 4:28)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from vliegwiel.foundation.budgets.models import Ceiling, CeilingVersion
from vliegwiel.foundation.budgets.public import (
    ceiling_of,
    ceilings_in,
    commit,
    lower_ceiling,
    raise_ceiling,
    reserve,
    set_ceiling,
)
from vliegwiel.foundation.budgets.rules import Announced, highest, limit_for
from vliegwiel.foundation.budgets.tests.given import a_ceiling, a_line, about
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.money import Money

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
EURO = Money.euros
PAPER = "Verzonnen provinciaal blad 2026, 2"
GROUNDS = {"before_budget": "Artikel 3 van de regeling", "follows_budget": "PS-2026-9", "warned_in": "Blad 2026, 1"}


@pytest.fixture(autouse=True)
def on_a_monday():
    with clock.at(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)):
        yield


def later(days: int) -> Any:
    return clock.at(datetime(2026, 3, 2, 9, 0, tzinfo=UTC) + timedelta(days=days))


def asks(number: int, cents: int, ceiling: str, received_on: date) -> None:
    commit(actor=SYSTEM, ceiling=ceiling, amount=EURO(cents), about=about(number), received_on=received_on, key="granted")


def test_a_ceiling_lowered_later_has_no_effect_on_applications_that_were_there() -> None:
    ceiling = a_ceiling(EURO(100))
    with later(10):
        lower_ceiling(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(60), announced_on=clock.today(), publication=PAPER)
    with later(20):
        assert ceiling_of(ceiling.id, TODAY).amount == EURO(100)
        assert ceiling_of(ceiling.id, date(2026, 3, 13)).amount == EURO(60)
        asks(1, 60, ceiling.id, date(2026, 3, 13))
        with pytest.raises(NotNow, match="Er is nog €\xa00,00"):
            asks(2, 1, ceiling.id, date(2026, 3, 13))
        asks(3, 40, ceiling.id, TODAY)
        with pytest.raises(NotNow):
            asks(4, 1, ceiling.id, TODAY)


def test_who_applied_on_the_day_of_the_announcement_keeps_the_old_ceiling() -> None:
    ceiling = a_ceiling(EURO(100))
    with later(10):
        lower_ceiling(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(60), announced_on=clock.today(), publication=PAPER)
        assert ceiling_of(ceiling.id, clock.today()).amount == EURO(100)
        assert ceiling_of(ceiling.id, clock.today() + timedelta(days=1)).amount == EURO(60)


def test_a_ceiling_is_lowered_for_everybody_only_when_all_of_4_28_holds() -> None:
    ceiling = a_ceiling(EURO(100))
    act = {
        "actor": SYSTEM,
        "ceiling": ceiling.id,
        "amount": EURO(60),
        "announced_on": TODAY,
        "publication": PAPER,
        "for_all": True,
    }
    for missing in GROUNDS:
        with pytest.raises(NotValid) as refused:
            lower_ceiling(**act, **{**GROUNDS, missing: " "})
        assert refused.value.code == "not-all-of-4-28"
    assert ceiling_of(ceiling.id, TODAY).amount == EURO(100)
    lower_ceiling(**act, **GROUNDS)
    assert ceiling_of(ceiling.id, TODAY).amount == EURO(60)
    assert all(ground in CeilingVersion.objects.get(number=2).ground for ground in GROUNDS.values())
    with pytest.raises(NotNow):
        asks(1, 61, ceiling.id, TODAY)


@pytest.mark.parametrize("for_all", [False, True])
def test_a_ceiling_is_not_lowered_under_what_is_granted(for_all: bool) -> None:
    ceiling = a_ceiling(EURO(100))
    asks(1, 70, ceiling.id, TODAY)
    with pytest.raises(NotNow, match="al €\xa070,00 verleend") as refused:
        lower_ceiling(
            actor=SYSTEM,
            ceiling=ceiling.id,
            amount=EURO(69),
            announced_on=TODAY,
            publication=PAPER,
            for_all=for_all,
            **(GROUNDS if for_all else {}),
        )
    assert refused.value.code == "granted"
    assert CeilingVersion.objects.count() == 1
    assert Ceiling.objects.get().revision == 1


def test_what_is_reserved_is_decided_first_when_a_ceiling_is_lowered_for_everybody() -> None:
    ceiling = a_ceiling(EURO(100))
    reserve(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(70), about=about(), received_on=TODAY, key="asked")
    act = {"actor": SYSTEM, "ceiling": ceiling.id, "amount": EURO(60), "announced_on": TODAY, "publication": PAPER}
    with pytest.raises(NotNow) as refused:
        lower_ceiling(**act, for_all=True, **GROUNDS)
    assert refused.value.code == "reserved"
    lower_ceiling(**act)
    commit(
        actor=SYSTEM, ceiling=ceiling.id, amount=EURO(70), about=about(), received_on=TODAY, key="granted", from_reserved=EURO(70)
    )
    assert ceiling_of(ceiling.id, TODAY).used == EURO(70)


def test_a_raise_is_for_everybody() -> None:
    ceiling = a_ceiling(EURO(100), credit=EURO(500))
    asks(1, 100, ceiling.id, TODAY)
    raise_ceiling(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(150), announced_on=TODAY, publication=PAPER)
    asks(2, 50, ceiling.id, TODAY)
    with pytest.raises(NotNow):
        asks(3, 1, ceiling.id, TODAY)


def test_an_application_from_before_the_announcement_is_not_under_the_ceiling() -> None:
    ceiling = a_ceiling(EURO(100))
    with pytest.raises(NotNow, match="4:27") as refused:
        asks(1, 1, ceiling.id, TODAY - timedelta(days=8))
    assert refused.value.code == "ceiling-later"


def test_an_application_is_not_received_tomorrow() -> None:
    ceiling = a_ceiling(EURO(100))
    with pytest.raises(NotValid):
        asks(1, 1, ceiling.id, TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    "change",
    [
        {"announced_on": TODAY},  # the period has begun
        {"announced_on": TODAY + timedelta(days=1), "starts": TODAY + timedelta(days=9)},
        {"amount": EURO(0)},
        {"name": " "},
        {"publication": ""},
        {"ends": TODAY - timedelta(days=1)},
    ],
)
def test_a_ceiling_that_cannot_be_is_refused(change: dict[str, Any]) -> None:
    act = {"name": "Plafond", "amount": EURO(10), "starts": TODAY, "ends": date(2026, 12, 31), "announced_on": date(2026, 2, 1)}
    line = a_line()
    with pytest.raises(NotValid):
        set_ceiling(**{"actor": SYSTEM, "line": line, "publication": PAPER, **act, **change})
    assert not Ceiling.objects.exists()


def test_the_ceilings_of_a_province_are_those_whose_period_holds_the_day() -> None:
    ceiling = a_ceiling(EURO(100))
    a_ceiling(EURO(100), province="PV98")
    assert [found.id for found in ceilings_in(PROVINCE, TODAY)] == [ceiling.id]
    assert ceilings_in(PROVINCE, TODAY - timedelta(days=1)) == []


def test_limits_follow_the_history() -> None:
    first, second, third = date(2026, 1, 1), date(2026, 3, 1), date(2026, 5, 1)
    history = [Announced("set", 100, first), Announced("lowered", 60, second), Announced("raised", 80, third)]
    assert [limit_for(history, day) for day in (date(2025, 12, 31), first, second, date(2026, 3, 2))] == [None, 100, 100, 80]
    assert highest(history) == 100
    assert highest([*history, Announced("lowered_for_all", 70, third)]) == 70
