"""Decisions without the database: half-years, and what of the answers about an authority may be shown."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

#: Nothing is shown of fewer answers than this.
LEAST = 10
SAID = ("yes", "partly", "no")
ASKED = ("space", "respect", "backing")


def period_of(on: date) -> str:
    """The half-year of a day.

    >>> period_of(date(2026, 6, 30)), period_of(date(2026, 7, 1))
    ('2026-1', '2026-2')
    """
    return f"{on.year}-{1 if on.month <= 6 else 2}"


def last_day(period: str) -> date:
    """The last day of a half-year.

    >>> last_day("2026-1")
    datetime.date(2026, 6, 30)
    """
    year, half = period.split("-")
    return date(int(year), 6, 30) if half == "1" else date(int(year), 12, 31)


@dataclass(frozen=True)
class Answers:
    """What one person says of one authority, each "yes", "partly" or "no"."""

    space: str
    respect: str
    backing: str

    @property
    def are_given(self) -> bool:
        """Whether all three are answers."""
        return {self.space, self.respect, self.backing} <= set(SAID)


def counts_of(answers: Iterable[Answers]) -> Mapping[str, Mapping[str, int]] | None:
    """How often each answer was given to each question; None of fewer than `LEAST` people, whatever they said.

    >>> counts_of([Answers("yes", "no", "no")] * 9) is None
    True
    >>> counts_of([Answers("yes", "no", "partly")] * 10)["respect"]
    {'yes': 0, 'partly': 0, 'no': 10}
    """
    every = list(answers)
    if len(every) < LEAST:
        return None
    found = {}
    for question in ASKED:
        said = Counter(getattr(one, question) for one in every)
        found[question] = {answer: said[answer] for answer in SAID}
    return found


def promise_stand(promised_on: date | None, ended_on: date | None, state: str, today: date) -> str:
    """How a promised answer counts: "kept", "missed", "open", or "" when there was none or it was not needed in time.

    >>> promise_stand(date(2026, 3, 9), None, "promised", date(2026, 3, 10))
    'missed'
    >>> promise_stand(date(2026, 3, 9), date(2026, 3, 9), "answered", date(2026, 3, 10))
    'kept'
    """
    if promised_on is None:
        return ""
    late = (ended_on or today) > promised_on
    if state == "answered":
        return "missed" if late else "kept"
    if state == "withdrawn":
        return "missed" if late else ""
    return "missed" if late else "open"
