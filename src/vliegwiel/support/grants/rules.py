"""Decisions on plain values: does a budget balance, is a bank account possible, from which day is a decision public."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vliegwiel.engines.terms.holidays import Equated, next_ordinary_day
from vliegwiel.kernel.iban import is_iban, plain_iban
from vliegwiel.kernel.money import Money

#: From this amount two persons sign a decision, unless the regulation names another.
TWO_SIGNATURES_FROM = Money.euros(25_000)
ASSESSORS = 2


@dataclass(frozen=True)
class Row:
    """A row of a budget as the applicant gave it. `side` is "cost" or "cover"; hours at a tariff make an amount."""

    side: str
    kind: str
    text: str
    amount: Money
    hours: int | None = None
    tariff: Money | None = None
    certain: bool = False


@dataclass(frozen=True)
class Totals:
    """The sums of a budget: costs, what others and the applicant pay, what is asked, and what is missing (negative: too much)."""

    costs: Money
    own: Money
    hours: Money
    others: Money
    asked: Money

    @property
    def covered(self) -> Money:
        """Everything that pays for the plan."""
        return self.own + self.hours + self.others + self.asked

    @property
    def missing(self) -> Money:
        """What nobody pays yet."""
        return self.costs - self.covered


def totals(rows: Sequence[Row]) -> Totals:
    """Add up a budget (*begroting met dekkingsplan*)."""

    def summed(side: str, *kinds: str) -> Money:
        return Money(sum(row.amount.cents for row in rows if row.side == side and (not kinds or row.kind in kinds)))

    return Totals(
        costs=summed("cost"),
        own=summed("cover", "own"),
        hours=summed("cover", "hours"),
        others=summed("cover", "fund"),
        asked=summed("cover", "asked"),
    )


def budget_problems(rows: Sequence[Row]) -> tuple[str, ...]:
    """What is wrong with a budget, one Dutch line each: no costs, nothing asked, not balanced, hours without tariff."""
    found = totals(rows)
    problems = []
    if found.costs.cents == 0:
        problems.append("Vul in wat uw plan kost.")
    if found.asked.cents == 0:
        problems.append("Vul in hoeveel geld u vraagt.")
    if found.missing.cents > 0:
        problems.append(
            f"Er is nog {found.missing.dutch()} nodig. De kosten zijn {found.costs.dutch()}, gedekt is {found.covered.dutch()}."
        )
    if found.missing.cents < 0:
        problems.append(f"Er komt {(-found.missing).dutch()} te veel binnen. Vraag minder, of vul de andere kosten in.")
    hours = Money(sum(row.amount.cents for row in rows if row.side == "cost" and row.kind == "hours"))
    if hours != found.hours:
        problems.append("De uren van vrijwilligers staan bij de kosten en bij wie betaalt met hetzelfde bedrag.")
    return tuple(problems)


def account_problem(account: str) -> str:
    """Why a bank account (IBAN, ISO 13616) cannot be right, or nothing.

    >>> account_problem("NL91 ABNA 0417 1643 00")
    ''
    >>> account_problem("NL91ABNA0417164301")
    'Dit rekeningnummer klopt niet. Kijk het na op uw bankpas.'
    """
    plain = plain_iban(account)
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain) or (plain.startswith("NL") and len(plain) != 18):
        return "Schrijf het rekeningnummer zo: NL91 ABNA 0417 1643 00."
    return "" if is_iban(plain) else "Dit rekeningnummer klopt niet. Kijk het na op uw bankpas."


def public_from(sent: date, equated: Equated = ()) -> date:
    """The first working day after a decision was sent: from then on it is in the register.

    >>> public_from(date(2026, 4, 3))
    datetime.date(2026, 4, 7)
    """
    return next_ordinary_day(sent + timedelta(days=1), equated)


def needs_two(amount: Money) -> bool:
    """Whether a second person signs a decision that awards this amount."""
    return amount >= TWO_SIGNATURES_FROM
