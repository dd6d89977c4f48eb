"""Retention terms (*bewaartermijnen*) from the catalogue: how long a kind of record is kept, on which ground."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import yaml

from vliegwiel.catalogue.reader import FOLDER


@dataclass(frozen=True)
class RetentionTerm:
    """A term as it holds from a day on: how long a record is kept, how long before the end its maker hears so, and why.

    `source` is the law or list it rests on, `reason` why it is this long.
    """

    starts: date
    kept: timedelta
    warned: timedelta
    source: str
    reason: str


@dataclass(frozen=True)
class Retention:
    """How long a kind of record is kept: counted from what, what happens then, and its terms through time, the first first."""

    key: str
    name: str
    counted_from: str
    then: str
    terms: tuple[RetentionTerm, ...]

    def on(self, day: date) -> RetentionTerm:
        """The term that holds on a day; before the first one, the first."""
        return next((term for term in reversed(self.terms) if term.starts <= day), self.terms[0])


@cache
def retentions() -> Mapping[str, Retention]:
    """Every kind of record with a term, by key."""
    document = yaml.safe_load((FOLDER / "retention.yml").read_text(encoding="utf-8"))
    return {
        key: Retention(
            key,
            record["name"],
            record["counted_from"],
            record["then"],
            tuple(
                RetentionTerm(
                    term["from"],
                    timedelta(days=term["days"]),
                    timedelta(days=term["warned_days"]),
                    term["source"],
                    term["reason"].strip(),
                )
                for term in record["versions"]
            ),
        )
        for key, record in document.items()
    }
