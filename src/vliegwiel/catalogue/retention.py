"""Retention terms (*bewaartermijnen*) from the catalogue: how long a kind of record is kept, on which ground."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from vliegwiel.catalogue.reader import FOLDER
from vliegwiel.catalogue.text import values_in
from vliegwiel.kernel import clock


@dataclass(frozen=True)
class RetentionTerm:
    """A term as it holds from a day on: how long a record is kept, how long before the end that is said, and why.

    `years`, when there are any, count by the calendar; `kept` is then as good as the same. `source` is the law or list it rests on,
    `reason` why it is this long.
    """

    starts: date
    kept: timedelta
    warned: timedelta
    source: str
    reason: str
    years: int = 0

    def ends(self, since: date) -> date:
        """The first day on which a record may go whose term began on a day."""
        if not self.years:
            return since + self.kept
        leap = (since.month, since.day) == (2, 29)
        return since.replace(year=since.year + self.years, day=28 if leap else since.day)

    @property
    def length(self) -> str:
        """How long, in Dutch."""
        if self.years:
            return f"{self.years} jaar"
        return f"{self.kept.days} dagen" if self.kept.days != 1 else "1 dag"


@dataclass(frozen=True)
class Retention:
    """How long a kind of record is kept: counted from what, what happens then, and its terms through time, the first first.

    `by_list`: two persons decide on a list of destruction (*vernietigingslijst*); otherwise it goes by itself.
    """

    key: str
    name: str
    counted_from: str
    then: str
    terms: tuple[RetentionTerm, ...]
    by_list: bool = False

    def on(self, day: date) -> RetentionTerm:
        """The term that holds on a day; before the first one, the first."""
        return next((term for term in reversed(self.terms) if term.starts <= day), self.terms[0])


@cache
def retentions() -> Mapping[str, Retention]:
    """Every kind of record with a term, by key."""
    document = values_in((FOLDER / "retention.yml").read_text(encoding="utf-8"))
    return {
        key: Retention(
            key,
            record["name"],
            record["counted_from"],
            record["then"],
            tuple(
                RetentionTerm(
                    term["from"],
                    timedelta(days=term.get("days") or 365 * term["years"]),
                    timedelta(days=term.get("warned_days", 0)),
                    term["source"],
                    term["reason"].strip(),
                    term.get("years", 0),
                )
                for term in record["versions"]
            ),
            record.get("by_list", False),
        )
        for key, record in document.items()
    }


def kept_for(key: str) -> timedelta:
    """How long this kind of record is kept by the term of today; an unknown kind raises KeyError."""
    return retentions()[key].on(clock.today()).kept
