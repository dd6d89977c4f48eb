"""Statutory interest as dated data."""

from datetime import date
from functools import cache

import yaml

from vliegwiel.catalogue.reader import FOLDER


@cache
def legal_interest() -> tuple[tuple[date, int], ...]:
    """Percent a year from each day on, oldest first (BW 6:120(1), Awb 4:98).

    >>> dict(legal_interest())[date(2024, 1, 1)]
    7
    """
    rows = yaml.safe_load((FOLDER / "legal_interest.yml").read_text(encoding="utf-8"))
    return tuple(sorted((row["from"], row["percent"]) for row in rows))
