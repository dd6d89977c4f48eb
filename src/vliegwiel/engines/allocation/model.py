"""What is divided among whom by which rules, and the outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction

from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.receipt import Receipt
from vliegwiel.kernel.verdict import Reason

METHODS = ("first-come", "tender", "lottery", "proportional")
SHORTAGES = ("stop", "skip")


class Outcome(Enum):
    """What an application got. WAITING is refused for lack of money only, and first in line when money is freed."""

    GRANTED = "toegekend"
    PARTLY = "deels-toegekend"
    WAITING = "plafond-bereikt"
    REFUSED = "afgewezen"


@dataclass(frozen=True)
class Criterion:
    """A criterion of a tender: its weight, the least score that is enough (inclusive), and what reasons call it (its key without)."""

    key: str
    weight: Fraction
    minimum: Fraction = Fraction(0)
    name: str = ""

    @property
    def called(self) -> str:
        """The name for people."""
        return self.name or self.key


@dataclass(frozen=True)
class Rules:
    """How a ceiling is divided (*wijze van verdeling*, Awb 4:26).

    `shortage`: after the first application that does not fit, "stop" refuses everyone behind it on that ceiling; "skip" lets smaller
    ones pass. `partial`: the first that does not fit gets what is left, when that is at least `smallest`. `minimum_total`: the least
    weighted total of a tender (inclusive). `tie_criteria`: criteria that decide equal totals, in order; what is then still equal is drawn.
    """

    method: str
    shortage: str = "stop"
    partial: bool = False
    smallest: Money = Money(1)
    criteria: Sequence[Criterion] = ()
    minimum_total: Fraction = Fraction(0)
    tie_criteria: Sequence[str] = ()

    def __post_init__(self) -> None:
        if self.method not in METHODS or self.shortage not in SHORTAGES:
            raise NotValid(f"Verdelen kan met {', '.join(METHODS)}; bij tekort {' of '.join(SHORTAGES)}.")
        if (self.method == "tender") != bool(self.criteria):
            raise NotValid("Een tender heeft criteria; een andere verdeling niet.")
        keys = [criterion.key for criterion in self.criteria]
        if len(set(keys)) < len(keys) or set(self.tie_criteria) - set(keys):
            raise NotValid("Elk criterium staat er één keer in, en gelijke stand wordt beslist op een criterium dat bestaat.")


@dataclass(frozen=True)
class Application:
    """An application as the division sees it: the amount that may be granted at most, the ceiling it counts on, the legal day on
    which it was complete (None: not complete), and its scores in a tender."""

    id: str
    amount: Money
    ceiling: str
    complete_on: date | None = None
    scores: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Ceiling:
    """A ceiling (*subsidieplafond*) with what is granted or reserved on it already; `within` is the larger ceiling it is part of."""

    name: str
    amount: Money
    used: Money = Money(0)
    within: str = ""


@dataclass(frozen=True)
class Award:
    """What one application got, its place in the order (None when it was not ranked), its total in a tender, and why."""

    application: str
    outcome: Outcome
    amount: Money
    place: int | None
    total: Fraction | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Division:
    """The whole outcome: awards by application, the order in which money was given, what is left per ceiling, which days or ties were
    drawn, and the receipt with which it can be made again."""

    awards: Mapping[str, Award]
    order: tuple[str, ...]
    left: Mapping[str, Money]
    drawn: tuple[tuple[str, ...], ...]
    receipt: Receipt

    @property
    def reasons(self) -> Mapping[str, tuple[Reason, ...]]:
        """Why each got what."""
        return {key: award.reasons for key, award in self.awards.items()}

    @property
    def waiting(self) -> tuple[str, ...]:
        """Who is first in line when money is freed."""
        return tuple(key for key in self.order if self.awards[key].outcome in (Outcome.WAITING, Outcome.PARTLY))
