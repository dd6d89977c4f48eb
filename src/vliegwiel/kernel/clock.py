"""The only place that reads the time. Stored in UTC; legal dates are dates in Europe/Amsterdam."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)


def now() -> datetime:
    """Now in UTC; `with clock.at(...)` or VLIEGWIEL_NOW (ISO 8601 with offset) set it for tests and the demo."""
    fixed = _fixed.get()
    if fixed is not None:
        return fixed
    if text := os.environ.get("VLIEGWIEL_NOW"):
        return _aware(datetime.fromisoformat(text))
    return datetime.now(UTC)


def today() -> date:
    """The legal date (*rechtsdatum*): the calendar day in Europe/Amsterdam."""
    return legal_date(now())


def legal_date(moment: datetime) -> date:
    """The calendar day in Europe/Amsterdam of an aware moment.

    >>> legal_date(datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    datetime.date(2026, 3, 2)
    """
    return _aware(moment).astimezone(AMSTERDAM).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stand still at an aware moment within the block."""
    token = _fixed.set(_aware(moment))
    try:
        yield
    finally:
        _fixed.reset(token)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        message = "a moment needs a time zone"
        raise ValueError(message)
    return moment.astimezone(UTC)
