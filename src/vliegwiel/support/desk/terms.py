"""The promised day of a question: made again from its events each time, with the reasons. A promise of the desk, counted in
working days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.engines.terms import after_ordinary_days, is_ordinary_day
from vliegwiel.foundation.design.dutch import day
from vliegwiel.support.desk.models import EnquiryEventKind as Kind


@dataclass(frozen=True)
class Step:
    """An event as the term sees it: what, on which legal date, with how many working days, until which day, and why."""

    kind: str
    on: date
    days: int = 0
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Promise:
    """The promised day with its reasons, one Dutch sentence each; `waits` while the time stands still."""

    on: date
    waits: bool
    why: tuple[str, ...]


def promise_of(steps: Iterable[Step]) -> Promise:
    """Read the events in order. Waiting for who asked gives back as many working days as were left; a day that was missed stays missed."""
    promised, left, waits, why = date.min, 0, False, []
    for step in steps:
        if step.kind in (Kind.RECEIVED, Kind.AGAIN):
            promised, waits = after_ordinary_days(step.on, step.days, equated_days()), False
            why = [_received(step)]
        elif step.kind == Kind.ASKED:
            left, waits = working_days(step.on, promised), True
            why.append(_("Op {on} vroegen wij u iets. Zolang stond de tijd stil.").format(on=day(step.on)))
        elif step.kind == Kind.TOLD:
            waits = False
            if left:
                promised = after_ordinary_days(step.on, left, equated_days())
                why.append(_("Op {on} kregen wij uw antwoord. Daarna telt de rest van de tijd.").format(on=day(step.on)))
        elif step.kind == Kind.LATER and step.until is not None:
            promised = step.until
            why.append(_("Op {on} lieten wij weten dat het later wordt: {reason}").format(on=day(step.on), reason=step.reason))
        elif step.kind == Kind.ANSWERED:
            waits = False
    return Promise(promised, waits, tuple(why))


def working_days(after: date, until: date) -> int:
    """How many working days lie after the first day up to and including the second; none when that is earlier.

    >>> working_days(date(2026, 3, 6), date(2026, 3, 10))
    2
    """
    days = (after + timedelta(days=number) for number in range(1, (until - after).days + 1))
    return sum(is_ordinary_day(one, equated_days()) for one in days)


def before(promised: date, count: int) -> date:
    """The working day that is so many working days before this one."""
    while count > 0:
        promised -= timedelta(days=1)
        count -= is_ordinary_day(promised, equated_days())
    return promised


def _received(step: Step) -> str:
    length = ngettext("%(days)s werkdag", "%(days)s werkdagen", step.days) % {"days": step.days}
    if step.kind == Kind.AGAIN:
        return _("Op {on} vroeg u verder. Wij beloven een antwoord binnen {length}.").format(on=day(step.on), length=length)
    return _("Uw vraag kwam op {on}. Wij beloven een antwoord binnen {length}.").format(on=day(step.on), length=length)


def months_later(on: date, months: int) -> date:
    """The same day of the month so many months on, or the last day of a shorter month.

    >>> months_later(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    first_after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=on.day - 1), first_after - timedelta(days=1))


def quarter_of(on: date) -> tuple[int, int]:
    """Year and quarter of a day."""
    return on.year, (on.month - 1) // 3 + 1
