"""A term: from a start over a number of days, weeks, months or years, with everything that changed it as events."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from vliegwiel.engines.terms.holidays import Equated, is_ordinary_day, next_ordinary_day
from vliegwiel.kernel.dutch import DAYS, MONTHS
from vliegwiel.kernel.errors import NotValid

#: Where a term is laid down. The Algemene termijnenwet holds for an Act (article 1) and a decree (*amvb*, article 5), not for others.
SOURCES = ("wet", "amvb", "verordening", "beschikking")


@dataclass(frozen=True)
class Event:
    """One change of a term: what (`kind`: start, suspended, extended, moved), the article, the day it happened, how many days it
    added, the last day after it, and the Dutch words."""

    kind: str
    article: str
    day: date
    days: int
    ends: date
    text: str


@dataclass(frozen=True)
class Explanation:
    """Why a term ends when it ends: each event, and one Dutch sentence."""

    events: tuple[Event, ...]
    sentence: str

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True)
class _Suspension:
    first: date
    last: date
    article: str


@dataclass(frozen=True)
class _Extension:
    until: date
    article: str
    sent: date | None


@dataclass(frozen=True, kw_only=True)
class Term:
    """A legal term (*termijn*) that starts on the day after `start` (receipt, announcement) and ends at the end of `ends`.

    Exactly one of `days`, `weeks`, `months`, `years`. `source` is one of SOURCES. `like_act` says that an ordinance declares the
    Algemene termijnenwet applicable to its own terms. `holidays` are the equated days of article 3(3). Immutable: `suspend` and
    `extend` give a new term. Raises NotValid for what cannot be.
    """

    start: date
    source: str
    days: int = 0
    weeks: int = 0
    months: int = 0
    years: int = 0
    like_act: bool = False
    holidays: Equated = ()
    changes: tuple[_Suspension | _Extension, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if self.source not in SOURCES:
            raise NotValid(f"Een termijn staat in {', '.join(SOURCES)}; {self.source!r} kennen we niet.")
        lengths = (self.days, self.weeks, self.months, self.years)
        if sum(length > 0 for length in lengths) != 1 or min(lengths) < 0:
            raise NotValid("Een termijn heeft precies één lengte: dagen, weken, maanden of jaren.")

    @property
    def ends(self) -> date:
        """The last day of the term."""
        return self._events()[-1].ends

    @property
    def act_applies(self) -> bool:
        """Whether the Algemene termijnenwet moves the end: by source (articles 1 and 5), and not for more than 90 days, 12 weeks,
        3 months, or terms in years (article 4)."""
        bound = self.source in ("wet", "amvb") or self.like_act
        return bound and self.days <= 90 and self.weeks <= 12 and self.months <= 3 and not self.years

    @property
    def suspended_days(self) -> int:
        """How many days the clock stood still; a day that falls in two suspensions counts once."""
        return len(
            {day for change in self.changes if isinstance(change, _Suspension) for day in _each(change.first, change.last)}
        )

    def suspend(self, *, asked: date, completed: date, article: str = "4:15") -> "Term":
        """Stop the clock from the day after `asked` up to, not including, `completed` (Awb 4:15, 7:10(2)).

        `completed` is the day the application was completed, the information came, or the term given for it ran out unused. Raises
        NotValid when the days are in the wrong order or the term had already ended.
        """
        if completed < asked:
            raise NotValid(f"De aanvulling van {_dutch(completed)} ligt voor het verzoek van {_dutch(asked)}.")
        if asked < self.start:
            raise NotValid(f"Het verzoek van {_dutch(asked)} ligt voor het begin van de termijn op {_dutch(self.start)}.")
        if asked > self.ends:
            raise NotValid(f"De termijn was al voorbij op {_dutch(self.ends)}. Opschorten kan dan niet meer.")
        return self._with(_Suspension(asked + timedelta(days=1), completed - timedelta(days=1), article))

    def extend(self, *, until: date, article: str = "4:14", sent: date | None = None) -> "Term":
        """Name a later last day (Awb 4:14, 7:10(3)); `sent` is the day of the message. Raises NotValid when it is not later, or when
        the message went out after the end."""
        if until <= self.ends:
            raise NotValid(f"De nieuwe datum {_dutch(until)} ligt niet na {_dutch(self.ends)}.")
        if sent is not None and sent > self.ends:
            raise NotValid(f"Het bericht van {_dutch(sent)} kwam na het einde van de termijn op {_dutch(self.ends)}.")
        return self._with(_Extension(until, article, sent))

    def explain(self) -> Explanation:
        """Every event with its article, and the reason of the date in one sentence.

        >>> print(Term(start=date(2026, 3, 2), weeks=8, source="wet").explain())
        De termijn begint na 2 maart 2026, duurt 8 weken, schuift van 27 april naar 28 april omdat 27 april geen werkdag is, en \
eindigt op dinsdag 28 april 2026.
        """
        events = self._events()
        parts = [event.text for event in events]
        last = f"en eindigt op {DAYS[self.ends.weekday()]} {_dutch(self.ends)}."
        return Explanation(events, f"De termijn {', '.join(parts)}, {last}")

    def _with(self, change: _Suspension | _Extension) -> "Term":
        return replace(self, changes=(*self.changes, change))

    def _events(self) -> tuple[Event, ...]:
        """Replay: the raw end grows by suspended days and jumps to named dates; only an end that the law itself sets is moved."""
        raw = _later(self.start, self.days, self.weeks, self.months, self.years)
        events = [Event("start", "", self.start, 0, raw, f"begint na {_dutch(self.start)}, duurt {self._length()}")]
        stopped: set[date] = set()
        named = False
        for change in self.changes:
            if isinstance(change, _Extension):
                added, raw, named = (change.until - raw).days, change.until, True
                text = f"is verlengd tot {_dutch(raw)} (artikel {change.article})"
                events.append(Event("extended", change.article, change.sent or raw, added, raw, text))
                continue
            fresh = set(_each(change.first, change.last)) - stopped
            stopped |= fresh
            raw += timedelta(days=len(fresh))
            text = f"stond {len(fresh)} {'dag' if len(fresh) == 1 else 'dagen'} stil (artikel {change.article})"
            events.append(Event("suspended", change.article, change.first, len(fresh), raw, text))
        moved = raw if named or not self.act_applies else self._by_act(raw)
        if moved != raw:
            why = "geen werkdag is" if not is_ordinary_day(raw, self.holidays) else "er anders te weinig werkdagen zijn"
            subject = f"{_short(raw)} " if not is_ordinary_day(raw, self.holidays) else ""
            text = f"schuift van {_short(raw)} naar {_short(moved)} omdat {subject}{why}"
            article = "1 Algemene termijnenwet" if subject else "2 Algemene termijnenwet"
            events.append(Event("moved", article, raw, (moved - raw).days, moved, text))
        return tuple(events)

    def _by_act(self, raw: date) -> date:
        """Article 1: the end runs on to the next ordinary day; article 2: a term of three days or more holds two ordinary days."""
        end = next_ordinary_day(raw, self.holidays)
        if (raw - self.start).days < 3:
            return end
        while sum(is_ordinary_day(day, self.holidays) for day in _each(self.start + timedelta(days=1), end)) < 2:
            end = next_ordinary_day(end + timedelta(days=1), self.holidays)
        return end

    def _length(self) -> str:
        amount, one, many = next(
            (amount, one, many)
            for amount, one, many in (
                (self.days, "dag", "dagen"),
                (self.weeks, "week", "weken"),
                (self.months, "maand", "maanden"),
                (self.years, "jaar", "jaar"),
            )
            if amount
        )
        return f"{amount} {one if amount == 1 else many}"


def _later(day: date, days: int, weeks: int, months: int, years: int) -> date:
    """The same day so many months later, or the last day of that month when it does not exist."""
    month = day.month - 1 + months + 12 * years
    year, month = day.year + month // 12, month % 12 + 1
    moved = date(year, month, min(day.day, monthrange(year, month)[1])) if months or years else day
    return moved + timedelta(days=days + 7 * weeks)


def _each(first: date, last: date) -> Collection[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _dutch(day: date) -> str:
    return f"{_short(day)} {day.year}"
