"""The penalty for a late decision (*dwangsom bij niet tijdig beslissen*, Awb 4:17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vliegwiel.engines.terms.holidays import Equated
from vliegwiel.engines.terms.term import Term
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money

LONGEST = 42


@dataclass(frozen=True)
class Tariff:
    """The amounts per day, as (number of days, amount) in order; data with a source, for they are indexed."""

    steps: Sequence[tuple[int, Money]]
    source: str

    def __post_init__(self) -> None:
        if sum(days for days, _amount in self.steps) != LONGEST:
            raise NotValid(f"Een dwangsom loopt {LONGEST} dagen. De staffel telt er {sum(days for days, _amount in self.steps)}.")


@dataclass(frozen=True)
class Penalty:
    """What is due: the first day it ran, the number of days (at most 42), the amount, and whether it still runs."""

    first_day: date
    days: int
    amount: Money
    runs: bool


def late_penalty(
    *, due: date, notice: date, decided: date | None, today: date, tariff: Tariff, holidays: Equated = ()
) -> Penalty:
    """The penalty after a written notice of default (*ingebrekestelling*) that came in on `notice`, after `due` had passed.

    It runs from the day after two weeks have passed since the notice (4:17(3)) until the day before the decision, at most 42 days, to
    which the Algemene termijnenwet does not apply (4:17(1)). Raises NotValid when the notice came before the term had passed.
    """
    if notice <= due:
        raise NotValid("De ingebrekestelling kwam binnen voordat de beslistermijn voorbij was. Zij geldt dan niet.")
    first_day = Term(start=notice, weeks=2, source="wet", holidays=holidays).ends + timedelta(days=1)
    until = decided if decided is not None else today + timedelta(days=1)
    days = min(max((until - first_day).days, 0), LONGEST)
    amount, left = Money(0), days
    for length, per_day in tariff.steps:
        amount += Money(per_day.cents * min(left, length))
        left -= min(left, length)
    return Penalty(first_day, days, amount, runs=decided is None and days < LONGEST)
