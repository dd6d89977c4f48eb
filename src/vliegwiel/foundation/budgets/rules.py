"""Decisions on plain values: what an entry moves, and which ceiling counts for an application."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from vliegwiel.foundation.budgets.lifecycle import Kind

#: The parts of a budget line, in the order of the identity: credit = free + reserved + committed + paid − returned + lapsed.
BUCKETS = ("credit", "free", "reserved", "committed", "paid", "returned", "lapsed")
#: The only grounds to grant past a ceiling (rule 1).
BEYOND_ARTICLES = ("4:25(3)", "4:51(2)")


@dataclass(frozen=True)
class Moves:
    """What an entry moves, in cents per part of the budget line; negative is out of it.

    >>> moves(Kind.COMMIT, 100, from_reserved=30)
    Moves(credit=0, free=-70, reserved=-30, committed=100, paid=0, returned=0, lapsed=0)
    """

    credit: int = 0
    free: int = 0
    reserved: int = 0
    committed: int = 0
    paid: int = 0
    returned: int = 0
    lapsed: int = 0

    def __neg__(self) -> "Moves":
        return Moves(*(-getattr(self, field.name) for field in fields(self)))

    def __add__(self, other: "Moves") -> "Moves":
        return Moves(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))

    @property
    def balanced(self) -> bool:
        """Whether the identity of rule 2 holds."""
        return self.credit == self.free + self.reserved + self.committed + self.paid - self.returned + self.lapsed

    @property
    def granted(self) -> int:
        """What it adds to what is granted: committed or paid, less what came back."""
        return self.committed + self.paid - self.returned

    @property
    def used(self) -> int:
        """What it adds to the use of a ceiling: granted and reserved."""
        return self.granted + self.reserved


def moves(kind: Kind, cents: int, *, from_reserved: int = 0, lapses: int = 0) -> Moves:
    """What an entry of this kind moves.

    Committing takes `from_reserved` out of the reservation and the rest out of what is free; what was reserved and is not needed
    becomes free again. Releasing takes `from_reserved` out of the reservation and the rest out of what is committed. Of what comes
    free `lapses` cents lapse, because the year or the period of the ceiling is closed.
    """
    match kind:
        case Kind.CREDIT | Kind.CARRY_IN:
            return Moves(credit=cents, free=cents)
        case Kind.CREDIT_LESS:
            return Moves(credit=-cents, free=-cents)
        case Kind.CARRY_OUT:
            return Moves(credit=-cents, lapsed=-cents)
        case Kind.RESERVE:
            return Moves(free=-cents, reserved=cents)
        case Kind.COMMIT | Kind.COMMIT_BEYOND:
            return Moves(reserved=-from_reserved, committed=cents, free=from_reserved - cents - lapses, lapsed=lapses)
        case Kind.RELEASE:
            return Moves(reserved=-from_reserved, committed=from_reserved - cents, free=cents - lapses, lapsed=lapses)
        case Kind.PAY:
            return Moves(committed=-cents, paid=cents)
        case Kind.TAKE_BACK:
            return Moves(returned=cents, free=cents - lapses, lapsed=lapses)
        case Kind.LAPSE:
            return Moves(free=-cents, lapsed=cents)
    message = f"{kind} has no moves of its own"
    raise ValueError(message)


@dataclass(frozen=True)
class Announced:
    """An amount of a ceiling as it was announced: effect (a value of `models.Effect`), cents, day."""

    effect: str
    cents: int
    announced_on: date


def limit_for(history: Iterable[Announced], received_on: date) -> int | None:
    """The ceiling in cents as it counts for an application received on this day; None when none had been announced (Awb 4:27).

    A later lowering has no effect on applications that were there (4:27(2)): it counts from the day after its announcement, so that
    who applied on that day keeps the older ceiling. A raise counts for everybody. A lowering under 4:28 counts for everybody too.
    """
    limit: int | None = None
    for amount in history:
        if amount.effect == "set":
            limit = amount.cents if received_on >= amount.announced_on else None
        elif limit is None:
            continue
        elif amount.effect == "raised":
            limit = max(limit, amount.cents)
        elif amount.effect == "lowered_for_all" or received_on > amount.announced_on:
            limit = min(limit, amount.cents)
    return limit


def highest(history: Iterable[Announced]) -> int:
    """The highest ceiling in cents that still counts for any application."""
    found = list(history)
    return limit_for(found, found[0].announced_on) or 0


def first_shortage(movements: Iterable[tuple[date, int]], taken: int, on: date) -> date | None:
    """The first day, from `on`, on which less than `taken` is left of what these movements add up to; None when there is enough.

    >>> first_shortage([(date(2026, 1, 5), 100), (date(2026, 3, 1), -40)], 70, date(2026, 2, 1))
    datetime.date(2026, 3, 1)
    """
    per_day: dict[date, int] = {}
    for day, cents in movements:
        per_day[day] = per_day.get(day, 0) + cents
    left = sum(cents for day, cents in per_day.items() if day <= on)
    if left < taken:
        return on
    for day in sorted(day for day in per_day if day > on):
        left += per_day[day]
        if left < taken:
            return day
    return None
