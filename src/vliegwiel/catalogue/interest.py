"""Statutory interest and what a reminder costs, as dated data."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.money import Money


@cache
def legal_interest() -> tuple[tuple[date, int], ...]:
    """Percent a year from each day on, oldest first (BW 6:120(1), Awb 4:98).

    >>> dict(legal_interest())[date(2024, 1, 1)]
    7
    """
    rows = values_in((FOLDER / "legal_interest.yml").read_text(encoding="utf-8"))
    return tuple(sorted((row["from"], row["percent"]) for row in rows))


def dunning_fee(debt: Money, arose: date) -> Money:
    """What may be charged for a reminder about this debt (Awb 4:113(1)), by the day on which the duty to pay arose; raises NotFound for a
    day before the law.

    >>> [dunning_fee(Money.euros(debt), date(2025, 1, 5)).dutch(cents=False) for debt in (499, 500)]
    ['€\xa09', '€\xa020']
    """
    row = _dunning_row(arose)
    return Money.euros(row["below"] if debt < Money.euros(row["limit"]) else row["above"])


def dunning_fee_since(arose: date) -> date:
    """Since when the amounts hold that count for this day: who reads an older year looks whether there are newer ones."""
    since: date = _dunning_row(arose)["from"]
    return since


def _dunning_row(arose: date) -> Mapping[str, Any]:
    rows: list[Mapping[str, Any]] = values_in((FOLDER / "dunning_fee.yml").read_text(encoding="utf-8"))
    found = [row for row in rows if row["from"] <= arose]
    if not found:
        raise NotFound("Voor deze dag kennen we geen kosten van een aanmaning.")
    return max(found, key=lambda item: item["from"])
