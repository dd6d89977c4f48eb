"""The amounts of the penalty for a late decision, from the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.money import Money


@dataclass(frozen=True)
class PenaltyAmounts:
    """What a late decision costs (*dwangsom*, Awb 4:17(2)) from a day on: (days, amount a day) in order, with their source."""

    since: date
    steps: tuple[tuple[int, Money], ...]
    source: str


@cache
def _all() -> tuple[PenaltyAmounts, ...]:
    rows: list[Mapping[str, Any]] = values_in((FOLDER / "late_penalty.yml").read_text(encoding="utf-8"))
    found = (
        PenaltyAmounts(row["from"], tuple((days, Money.euros(amount)) for days, amount in row["steps"]), row["source"])
        for row in rows
    )
    return tuple(sorted(found, key=lambda item: item.since))


def penalty_amounts(day: date) -> PenaltyAmounts:
    """The amounts that hold on a day; raises NotFound for a day before the law."""
    found = [amounts for amounts in _all() if amounts.since <= day]
    if not found:
        raise NotFound("Voor deze dag kennen we geen bedragen voor een dwangsom.")
    return found[-1]
