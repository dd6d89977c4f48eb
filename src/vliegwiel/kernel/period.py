"""Periods in which figures are counted, read from CBS period codes."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_CBS = re.compile(r"(?P<year>\d{4})(?P<kind>JJ|KW|MM|HJ|X0|W1)(?P<number>\d{2})")


@dataclass(frozen=True, order=True)
class Period:
    """A period (*periode*) from `start` up to and including `end`.

    >>> Period.from_cbs("2019KW01").end
    datetime.date(2019, 3, 31)
    >>> Period.year(2024).label
    '2024'
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            message = "a period ends on or after its start"
            raise ValueError(message)

    @classmethod
    def year(cls, year: int) -> "Period":
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def from_cbs(cls, code: str) -> "Period":
        """Read a StatLine code: JJ year, HJ half year, KW quarter, MM month. Raises ValueError for another."""
        match = _CBS.fullmatch(code.strip())
        months = {"JJ": 12, "HJ": 6, "KW": 3, "MM": 1}.get(match["kind"]) if match else None
        if match is None or months is None:
            message = f"unknown period code {code!r}"
            raise ValueError(message)
        year, number = int(match["year"]), int(match["number"])
        if months == 12:
            return cls.year(year)
        if not 1 <= number <= 12 // months:
            message = f"unknown period code {code!r}"
            raise ValueError(message)
        first = date(year, (number - 1) * months + 1, 1)
        after = date(year + 1, 1, 1) if number * months == 12 else date(year, number * months + 1, 1)
        return cls(first, after - timedelta(days=1))

    @property
    def label(self) -> str:
        """The year when it is one, otherwise both dates."""
        if self == Period.year(self.start.year):
            return str(self.start.year)
        return f"{self.start.isoformat()}/{self.end.isoformat()}"
