"""Budgets of the made-up province, reached by the real actions."""

from datetime import timedelta

from vliegwiel.foundation.budgets.public import (
    CeilingFacts,
    add_budget_line,
    add_instrument,
    add_programme,
    add_programme_line,
    appropriate_credit,
    record_decision,
    set_ceiling,
)
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money


def about(number: int = 1) -> Reference:
    """A file that asks for money."""
    return Reference("application", f"2026-{number:06d}", "Een tafel op het plein", "")


def a_line(credit: Money = Money.euros(100_000), *, province: str = PROVINCE, kind: str = "regeling") -> str:
    """A budget line with this credit, in a programme of its own, for this and the next year; its public id."""
    today, name = clock.today(), public_id()
    programme = add_programme(actor=SYSTEM, province=province, title=f"Programma Denkbeeldig {name}", starts=today, made_up=True)
    line = add_programme_line(actor=SYSTEM, programme=programme.public_id, title="Lijn Luchtkasteel")
    instrument = add_instrument(actor=SYSTEM, line=line.public_id, kind=kind, title="Regeling Nergensgeld")
    made = add_budget_line(
        actor=SYSTEM,
        instrument=instrument.public_id,
        title=f"Post {name}",
        starts=today.replace(month=1, day=1),
        ends=today.replace(year=today.year + 1, month=12, day=31),
    )
    if credit.cents:
        decision = record_decision(
            actor=SYSTEM, province=province, number=f"PS-{name}", title="Verzonnen besluit", decided_on=today, amount=credit
        )
        appropriate_credit(actor=SYSTEM, line=made.public_id, amount=credit, decision=decision.public_id)
    return made.public_id


def a_ceiling(
    amount: Money = Money.euros(100_000),
    *,
    line: str = "",
    credit: Money | None = None,
    within: str = "",
    province: str = PROVINCE,
    name: str = "Plafond Nergensgeld",
) -> CeilingFacts:
    """A ceiling on a budget line (one of its own with just enough credit, unless given), announced a week ago, for a year from today."""
    today = clock.today()
    return set_ceiling(
        actor=SYSTEM,
        line=line or a_line(amount if credit is None else credit, province=province),
        name=name,
        amount=amount,
        starts=today,
        ends=today + timedelta(days=365),
        announced_on=today - timedelta(days=7),
        publication="Verzonnen provinciaal blad 2026, 1",
        within=within,
    )
