"""The term of an application as a bar: what ran, what stood still, what is left; drawn by the server, in a wide and a narrow version."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vliegwiel.engines.terms import Term
from vliegwiel.foundation.design.dutch import day
from vliegwiel.support.grants.models import ClockEvent
from vliegwiel.support.grants.models.application import ClockKind
from vliegwiel.support.grants.terms import Stop, stops_in

_HEIGHT, _TOP, _THICK, _EDGE = 124, 60, 26, 6
#: A letter of 16 pixels, on average; generous, so that two words never touch.
_LETTER, _GAP = 8.2, 10
Placer = Callable[[date], float]


@dataclass(frozen=True)
class Piece:
    """A part of the bar: `kind` is ran, stopped or left."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Word:
    """A word at the bar: above or below it, with its anchor and look."""

    x: float
    y: int
    anchor: str
    text: str
    look: str


@dataclass(frozen=True)
class Bar:
    """A drawn bar. `today` and `ends` are places, None outside the bar."""

    width: int
    height: int
    pieces: tuple[Piece, ...]
    words: tuple[Word, ...]
    today: float | None
    ends: float
    spoken: str


@dataclass(frozen=True)
class Reckoned:
    """A row of the calculation: day, what happened, on which rule, and the last day after it ("" when it is not known yet)."""

    on: date
    text: str
    rule: str
    ends: date | None


def bar_of(events: Sequence[ClockEvent], term: Term, today: date, width: int, *, decided: date | None = None) -> Bar:
    """The bar from the start of the term to its last day. After a decision it stands still at that day."""
    stops = _counting(events, term)
    now = min(decided or today, term.ends)
    total = max((term.ends - term.start).days, 1)

    def place(on: date) -> float:
        return round(_EDGE + (width - 2 * _EDGE) * min(max((on - term.start).days / total, 0), 1), 1)

    pieces = _pieces(term, stops, now, place)
    there = decided is None and term.start <= today <= term.ends
    words = _words(term, stops, now if there else None, decided, place, width)
    return Bar(width, _HEIGHT, pieces, words, place(now) if there or decided else None, place(term.ends), _spoken(term, stops))


def reckoned(events: Sequence[ClockEvent], term: Term) -> list[Reckoned]:
    """The calculation row by row: every event of the term with its rule and the date after it."""
    start = next(event for event in events if event.kind == ClockKind.START)
    asked = {event.on: event for event in events if event.kind == ClockKind.ASKED}
    answered = {stop.asked: stop for stop in _counting(events, term)}
    first = _("De regeling sloot, de termijn begint") if start.facts.get("from_closing") else _("Ontvangen, de termijn begint")
    rows = []
    if start.on < term.start:
        rows.append(Reckoned(start.on, _("Ontvangen, nog niet compleet"), _article(start.article), None))
        first = _("Compleet, de termijn begint")
    requests = iter(sorted(answered))
    for step in term.explain().events:
        if step.kind == "start":
            rows.append(Reckoned(step.day, first, _article(start.article), step.ends))
        elif step.kind == "suspended":
            on = next(requests)
            stop = answered[on]
            rule = _article(asked[on].article)
            rows.append(Reckoned(on, _("Wij vroegen u iets aan te vullen"), rule, None))
            text = _("Uw aanvulling was binnen, de termijn loopt weer") if stop.answered else _("Uiterste dag om aan te vullen")
            rows.append(Reckoned(stop.until, text, rule, step.ends))
        elif step.kind == "extended":
            rows.append(Reckoned(step.day, _("Wij schreven dat het langer duurt"), _article(step.article), step.ends))
        else:
            rows.append(Reckoned(step.day, _("Is geen werkdag"), _("artikel {article}").format(article=step.article), step.ends))
    return rows


def _counting(events: Sequence[ClockEvent], term: Term) -> list[Stop]:
    """The times in which the term itself stood still: not those before it began."""
    return [stop for stop in stops_in(list(events)) if stop.until > term.start]


def _article(text: str) -> str:
    return text if not text or "Awb" in text or not text[0].isdigit() else _("artikel {article}").format(article=text)


def _pieces(term: Term, stops: Sequence[Stop], now: date, place: Placer) -> tuple[Piece, ...]:
    """The bar from left to right; between two stops the term ran until today, and has still to run after it."""
    found: list[Piece] = []
    here = term.start

    def until(last_day: date, kind: str) -> None:
        nonlocal here
        if last_day > here:
            found.append(Piece(kind, place(here), round(place(last_day) - place(here), 1)))
            here = last_day

    for stop in stops:
        first, last = min(stop.first, term.ends), min(stop.until, term.ends)
        until(min(first, now), "ran")
        until(first, "left")
        until(last, "stopped")
    until(now, "ran")
    until(term.ends, "left")
    return tuple(found)


def _words(
    term: Term, stops: Sequence[Stop], today: date | None, decided: date | None, place: Placer, width: int
) -> tuple[Word, ...]:
    """The words that fit, the most important first; where two would touch, the later one is left out."""
    narrow = width < 500
    above, below = _TOP - 16, _TOP + _THICK + 24
    wanted: list[tuple[Word, ...]] = [(Word(place(term.ends), above, "end", day(term.ends), "strong"),)]
    if today is not None:
        words = _("vandaag") if narrow else _("vandaag, {day}").format(day=day(today))
        right = place(today) + len(words) * _LETTER + _GAP > place(term.ends) - len(day(term.ends)) * _LETTER
        wanted.append((Word(place(today) + (-_GAP if right else _GAP), above, "end" if right else "start", words, "here"),))
    if decided is not None:
        words = _("besluit, {day}").format(day=day(decided))
        wanted.append((Word(place(min(decided, term.ends)), above, "middle", words, "here"),))
    for stop in stops:
        middle = (place(stop.first) + place(stop.until)) / 2
        amount = _("1 dag stil") if stop.days == 1 else _("{days} dagen stil").format(days=stop.days)
        wanted.append((Word(middle, below if narrow else above, "middle", amount, ""),))
    wanted.append((Word(place(term.ends), below, "end", _("uiterlijke dag"), ""),))
    starts = [Word(place(term.start), y, "start", day(term.start), "") for y in ((above, below) if narrow else (below,))]
    wanted.append(tuple(starts))
    if not narrow:
        wanted += [(Word(place(on), below, "start", day(on), ""),) for stop in stops for on in (stop.first, stop.until)]
    return tuple(_fitting(wanted, width))


def _fitting(wanted: Sequence[tuple[Word, ...]], width: int) -> list[Word]:
    """Of each word the first place where it touches no other."""
    kept: list[Word] = []
    for places in wanted:
        found = next((word for word in map(_inside, places) if _free(word, kept, width)), None)
        kept += [found] if found else []
    return kept


def _inside(word: Word) -> Word:
    return Word(_EDGE, word.y, "start", word.text, word.look) if _reach(word)[0] < 0 else word


def _free(word: Word, kept: Sequence[Word], width: int) -> bool:
    left, right = _reach(word)
    others = [_reach(other) for other in kept if other.y == word.y]
    return right <= width and all(right + _GAP < first or left - _GAP > last for first, last in others)


def _reach(word: Word) -> tuple[float, float]:
    """From where to where a word stands."""
    long = len(word.text) * _LETTER
    left = {"start": word.x, "middle": word.x - long / 2, "end": word.x - long}[word.anchor]
    return left, left + long


def _spoken(term: Term, stops: Sequence[Stop]) -> str:
    told = [_("Tijdbalk van {first} tot en met {last}.").format(first=day(term.start, "full"), last=day(term.ends, "full"))]
    for stop in stops:
        text = _("De termijn stond stil vanaf {first}, {days} dagen.")
        told.append(text.format(first=day(stop.first, "full"), days=stop.days))
    return " ".join(told)
