"""Days that count as a holiday by royal decree."""

from datetime import date
from functools import cache

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in


@cache
def equated_days() -> frozenset[date]:
    """The equated days (*gelijkgestelde dagen*, Algemene termijnenwet 3(3)), to hand to `engines.terms` as `holidays`.

    >>> date(2026, 5, 15) in equated_days()
    True
    """
    decrees = values_in((FOLDER / "equated_days.yml").read_text(encoding="utf-8"))
    return frozenset(day for decree in decrees for day in decree["days"])
