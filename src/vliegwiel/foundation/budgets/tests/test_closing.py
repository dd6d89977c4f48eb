"""The end of a year: what is free lapses, what comes back later lapses too, and only the Council carries it over."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from vliegwiel.foundation.budgets.public import (
    appropriate_credit,
    carry_over,
    close_budget_line,
    commit,
    correct,
    lower_credit,
    pay,
    position,
    record_decision,
    release,
    reserve,
    take_back,
)
from vliegwiel.foundation.budgets.tests.given import a_ceiling, a_line, about
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.money import Money

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
EURO = Money.euros


def at(year: int, month: int = 3, day: int = 2) -> Any:
    return clock.at(datetime(year, month, day, 9, 0, tzinfo=UTC))


def stand(line: str) -> tuple[int, ...]:
    found = position(line, date(2040, 1, 1))
    return tuple(getattr(found, name).cents // 100 for name in found.__dataclass_fields__)


def a_decision(amount: Money = Money(0), number: str = "PS-2028-1") -> str:
    made = record_decision(
        actor=SYSTEM, province=PROVINCE, number=number, title="Jaarstukken", decided_on=clock.today(), amount=amount
    )
    return made.public_id


@pytest.fixture
def granted() -> Any:
    """A ceiling of 100 in 2026 and 2027, of which 60 is granted and 20 paid."""
    with at(2026):
        ceiling = a_ceiling(EURO(100))
        commit(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(60), about=about(), received_on=TODAY, key="granted")
        pay(actor=SYSTEM, about=about(), amount=EURO(20), key="advance", on=TODAY)
    return ceiling


def test_what_is_free_lapses_when_the_line_is_closed_and_the_rest_can_still_be_paid(granted: Any) -> None:
    with at(2028):
        assert close_budget_line(actor=SYSTEM, line=granted.line) == EURO(40)
        assert stand(granted.line) == (100, 0, 0, 40, 20, 0, 40)
        pay(actor=SYSTEM, about=about(), amount=EURO(10), key="rest", on=clock.today())
        release(actor=SYSTEM, about=about(), amount=EURO(30), key="less", reason="Lager vastgesteld.")
        take_back(actor=SYSTEM, about=about(), amount=EURO(5), key="back")
    assert stand(granted.line) == (100, 0, 0, 0, 30, 5, 75)
    assert verify().holds


def test_what_comes_back_after_the_period_of_the_ceiling_lapses_on_an_open_line(granted: Any) -> None:
    with at(2027, 6):
        release(actor=SYSTEM, about=about(), amount=EURO(30), key="less", reason="Lager vastgesteld.")
        assert stand(granted.line) == (100, 40, 0, 10, 20, 0, 30)
        take_back(actor=SYSTEM, about=about(), amount=EURO(5), key="back")
    assert stand(granted.line) == (100, 40, 0, 10, 20, 5, 35)


def test_what_was_only_reserved_is_free_again_after_the_period_of_the_ceiling() -> None:
    with at(2026):
        ceiling = a_ceiling(EURO(100))
        reserve(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(60), about=about(), received_on=TODAY, key="asked")
    with at(2027, 6):
        release(actor=SYSTEM, about=about(), amount=EURO(60), key="refused", reason="Afgewezen.")
    assert stand(ceiling.line) == (100, 100, 0, 0, 0, 0, 0)


def test_a_decision_of_the_council_carries_lapsed_money_over(granted: Any) -> None:
    with at(2028):
        new = a_line(EURO(10))
        close_budget_line(actor=SYSTEM, line=granted.line)
        act = {"actor": SYSTEM, "line": granted.line, "to": new, "decision": a_decision(), "key": "form"}
        with pytest.raises(NotNow) as refused:
            carry_over(**act, amount=Money(40_01))
        assert refused.value.code == "not-lapsed"
        assert len(carry_over(**act, amount=EURO(25))) == 2
        carry_over(**act, amount=EURO(25))
    assert (stand(granted.line), stand(new)) == ((75, 0, 0, 40, 20, 0, 15), (35, 35, 0, 0, 0, 0, 0))
    assert verify().holds


def test_a_closed_line_takes_no_new_money_and_no_new_commitments(granted: Any) -> None:
    with at(2028):
        close_budget_line(actor=SYSTEM, line=granted.line)
        for act in (
            lambda: appropriate_credit(actor=SYSTEM, line=granted.line, amount=EURO(1), decision=a_decision(EURO(5))),
            lambda: commit(actor=SYSTEM, ceiling=granted.id, amount=EURO(1), about=about(2), received_on=TODAY, key="a"),
            lambda: close_budget_line(actor=SYSTEM, line=granted.line),
        ):
            before = stand(granted.line)
            with pytest.raises(NotNow) as refused:
                act()
            assert (refused.value.code, stand(granted.line)) == ("closed", before)


def test_a_reservation_is_committed_on_a_closed_line_and_what_it_does_not_need_lapses() -> None:
    with at(2026):
        ceiling = a_ceiling(EURO(100))
        reserve(actor=SYSTEM, ceiling=ceiling.id, amount=EURO(60), about=about(), received_on=TODAY, key="asked")
    with at(2028):
        close_budget_line(actor=SYSTEM, line=ceiling.line)
        act = {"actor": SYSTEM, "ceiling": ceiling.id, "amount": EURO(50), "about": about(), "received_on": TODAY}
        entry = commit(**act, key="granted", from_reserved=EURO(60))
        assert stand(ceiling.line) == (100, 0, 0, 50, 0, 0, 50)
        correct(actor=SYSTEM, entry=entry.id, reason="Verkeerd bedrag.")
    assert stand(ceiling.line) == (100, 0, 60, 0, 0, 0, 40)
    assert verify().holds


def test_a_line_that_still_runs_is_not_closed(granted: Any) -> None:
    with at(2027, 12, 31), pytest.raises(NotNow, match="31 december 2027"):
        close_budget_line(actor=SYSTEM, line=granted.line)


def test_the_steps_of_a_decision_never_pass_what_it_makes_available() -> None:
    with at(2026):
        line, decision = a_line(Money(0)), a_decision(EURO(100))
        for amount in (60, 30):
            appropriate_credit(actor=SYSTEM, line=line, amount=EURO(amount), decision=decision)
        with pytest.raises(NotNow, match="nog €\xa010,00"):
            appropriate_credit(actor=SYSTEM, line=line, amount=Money(10_01), decision=decision)
        first = appropriate_credit(actor=SYSTEM, line=line, amount=EURO(10), decision=decision, key="form")
        assert appropriate_credit(actor=SYSTEM, line=line, amount=EURO(10), decision=decision, key="form") == first
        assert stand(line)[:2] == (100, 100)
        lower_credit(actor=SYSTEM, line=line, amount=EURO(40), decision=decision)
        assert stand(line)[:2] == (60, 60)
        with pytest.raises(NotNow, match="nog €\xa060,00 vrij"):
            lower_credit(actor=SYSTEM, line=line, amount=EURO(61), decision=decision)


def test_credit_rests_on_a_decision_of_the_same_province_that_was_taken() -> None:
    with at(2026):
        line = a_line(EURO(1), province="PV98")
        with pytest.raises(NotValid, match="andere provincie"):
            appropriate_credit(actor=SYSTEM, line=line, amount=EURO(1), decision=a_decision(EURO(5)))
        act = {"actor": SYSTEM, "province": PROVINCE, "number": "PS-1", "title": "Krediet", "amount": EURO(1)}
        with pytest.raises(NotValid, match="toekomst"):
            record_decision(**act, decided_on=date(2026, 3, 3))
        record_decision(**act, decided_on=TODAY)
        with pytest.raises(NotValid, match="staat er al"):
            record_decision(**act, decided_on=TODAY)
