"""Decisions in the register of the made-up province."""

from dataclasses import replace
from datetime import date

from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.kernel.money import Money
from vliegwiel.support.register.models import RegisterEntry
from vliegwiel.support.register.public import Entered, enter

SENT, PUBLIC = date(2026, 4, 3), date(2026, 4, 7)


def entered(number: int = 1, **changes: object) -> Entered:
    """An award to a foundation, sent on Good Friday."""
    usual = Entered(
        province=PROVINCE,
        decision=f"decision{number:04d}",
        number=f"2026-{number:06d}",
        kind="grant",
        scheme="gelderland/kleine-initiatieven",
        scheme_title="Kleine initiatieven",
        legal_basis="Regeling Verzonnen Dorpen, artikel 3",
        organisation="Stichting Dorpshuis Denkbeeldig",
        organisation_number="00000000",
        municipality="GM9901",
        title="Een lange tafel op het plein",
        conditions="Begin binnen een jaar.",
        amount=Money(2_545_173),
        decided_on=SENT,
        public_from=PUBLIC,
        made_up=True,
    )
    return replace(usual, **changes)


def an_entry(number: int = 1, **changes: object) -> RegisterEntry:
    """That award in the register."""
    return enter(actor=SYSTEM, entered=entered(number, **changes))
