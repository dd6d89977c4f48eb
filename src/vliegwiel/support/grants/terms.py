"""The decision term of an application, made again from its events each time it is shown."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.engines.terms import Term
from vliegwiel.foundation.design.dutch import day
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.reading import once
from vliegwiel.support.grants.models import Application, ClockEvent
from vliegwiel.support.grants.models.application import ClockKind


@dataclass(frozen=True)
class Stop:
    """A time in which the term stood still: after the day we asked, until the day of the answer or the end of the time for it."""

    asked: date
    until: date
    answered: bool

    @property
    def first(self) -> date:
        """The first day that did not count."""
        return self.asked + timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days did not count."""
        return max((self.until - self.asked).days - 1, 0)


def note(
    *,
    actor: Actor,
    application: Application,
    kind: ClockKind,
    on: date,
    article: str,
    until: date | None = None,
    reason: str = "",
    facts: dict[str, Any] | None = None,
) -> ClockEvent:
    """Write one change of the term, in the caller's transaction."""
    return ClockEvent.objects.create(
        application=application,
        kind=kind,
        on=on,
        until=until,
        article=article,
        reason=reason,
        facts=facts or {},
        by=actor.id or actor.kind,
        at=clock.now(),
    )


def events_of(application: Application) -> list[ClockEvent]:
    """The changes of the term, oldest first."""
    return once(("clock", application.pk), lambda: list(application.clock.all()))


def stops_in(events: list[ClockEvent]) -> list[Stop]:
    """The times in which the term stood still; an open one runs until the day the applicant has for it. A request after the end of the
    term stops nothing any more."""
    found: list[Stop] = []
    asked: ClockEvent | None = None
    for event in events:
        if event.kind == ClockKind.ASKED and not event.facts.get("after_the_end"):
            asked = event
        elif event.kind in (ClockKind.COMPLETED, ClockKind.LAPSED) and asked is not None:
            found.append(Stop(asked.on, event.on, answered=event.kind == ClockKind.COMPLETED))
            asked = None
        elif event.kind == ClockKind.COMPLETED and found and not found[-1].answered and event.on <= found[-1].until:
            found[-1] = Stop(found[-1].asked, event.on, answered=True)  # it came in time and was typed in later
    if asked is not None and asked.until is not None:
        found.append(Stop(asked.on, asked.until, answered=False))
    return found


def open_request(events: list[ClockEvent]) -> ClockEvent | None:
    """The request to complete that was not answered and did not lapse, if any."""
    asked: ClockEvent | None = None
    for event in events:
        if event.kind == ClockKind.ASKED:
            asked = event
        elif event.kind in (ClockKind.COMPLETED, ClockKind.LAPSED):
            asked = None
    return asked


def unanswered_request(events: list[ClockEvent]) -> ClockEvent | None:
    """The last request to complete that was not answered, also when its time ran out: what came by post may be typed in later."""
    asked: ClockEvent | None = None
    for event in events:
        if event.kind == ClockKind.ASKED:
            asked = event
        elif event.kind == ClockKind.COMPLETED:
            asked = None
    return asked


def items_of(event: ClockEvent) -> list[dict[str, str]]:
    """What was asked at a request to complete: the key of a document, or none, and the words."""
    found: list[dict[str, str]] = [
        {"key": str(item.get("key", "")), "text": str(item.get("text", ""))} for item in event.facts.get("items", [])
    ]
    return found or ([{"key": "", "text": event.reason}] if event.reason else [])


def term_from(events: list[ClockEvent]) -> Term | None:
    """The term as `engines.terms` counts it (Awb 4:13–4:15), or None before receipt.

    Where the scheme counts from completeness, it begins on the day of the last completion, and what was asked before stops nothing.
    """
    start = next((event for event in events if event.kind == ClockKind.START), None)
    if start is None:
        return None
    stops = stops_in(events)
    began = stops[-1].until if stops and start.facts.get("from_completeness") else start.on
    term = Term(
        start=began,
        weeks=int(start.facts["weeks"]),
        source=str(start.facts["source"]),
        like_act=bool(start.facts.get("like_act")),
        holidays=equated_days(),
    )
    counting = {stop.asked: stop for stop in stops if stop.until > began}  # what lies before the start stops nothing
    for event in events:
        if event.kind == ClockKind.ASKED and event.on in counting:
            stop = counting.pop(event.on)
            term = term.suspend(asked=max(stop.asked, began), completed=stop.until, article=event.article)
        elif event.kind == ClockKind.EXTENDED and event.until is not None and event.until > term.ends:
            term = term.extend(until=event.until, article=event.article, sent=event.on)
    return term


def due_of(application: Application) -> date | None:
    """The last day of the term by the events as they are now."""
    term = term_from(events_of(application))
    return term.ends if term else None


def refusable_until(application: Application) -> date | None:
    """The last day to leave an application untreated (Awb 4:5(4)): four weeks after the time to complete ran out, or after a completion
    that was not enough; None while neither happened."""
    last = application.clock.exclude(kind=ClockKind.EXTENDED).order_by("-pk").first()
    if last is None or last.kind not in (ClockKind.ASKED, ClockKind.LAPSED):
        return None
    ended = last.on if last.kind == ClockKind.LAPSED else last.until
    if ended is None or clock.today() <= ended:
        return None
    return Term(start=ended, weeks=4, source="wet", holidays=equated_days()).ends


def stood_still(events: list[ClockEvent], until: date) -> int:
    """How many days the term has stood still up to and including a day."""
    days = {stop.first + timedelta(days=step) for stop in stops_in(events) for step in range(stop.days)}
    return len([one for one in days if one <= until])


def why(events: list[ClockEvent], term: Term) -> list[str]:
    """The date in short Dutch sentences for who waits for it."""
    start = next(event for event in events if event.kind == ClockKind.START)
    first = Term(start=term.start, weeks=term.weeks, source=term.source, like_act=term.like_act, holidays=equated_days())
    told = [_(_SINCE[_counted_from(start)]).format(weeks=term.weeks)]
    stops = stops_in(events)
    if start.facts.get("from_completeness"):
        told += [sentence for stop in stops for sentence in _before_it_began(stop)]
        stops = [stop for stop in stops if stop.asked >= term.start]
    moved = next((item for item in term.explain().events if item.kind == "moved"), None)
    raw = moved.day if moved and not term.changes else first.ends
    would = _("Dat zou {day} zijn.") if term.changes or moved else _("Dat is {day}.")
    told.append(would.format(day=day(raw, "week")))
    told += [sentence for stop in stops for sentence in _while_it_stood_still(stop)]
    for event in events:
        if event.kind == ClockKind.EXTENDED and event.until:
            told.append(
                _("Op {on} schreven we u dat het langer duurt: tot {until}.").format(on=day(event.on), until=day(event.until))
            )
            told.append(_("De reden: {reason}").format(reason=event.reason))
    if moved:
        if term.changes:
            told.append(_("Zo komen we op {day}.").format(day=day(moved.day, "week")))
        told.append(_("Dat is geen werkdag, dus wordt het {day}.").format(day=day(moved.ends, "week")))
    elif term.changes and not any(event.kind == ClockKind.EXTENDED for event in events):
        told.append(_("Zo komen we op {day}.").format(day=day(term.ends, "week")))
    return told


_SINCE = {
    "closing": gettext_noop("Wij beslissen binnen {weeks} weken nadat de regeling dichtging."),
    "completeness": gettext_noop("Wij beslissen binnen {weeks} weken nadat uw aanvraag compleet is."),
    "receipt": gettext_noop("Wij beslissen binnen {weeks} weken nadat uw aanvraag binnen was."),
}


def _counted_from(start: ClockEvent) -> str:
    found = [key for key in ("closing", "completeness") if start.facts.get(f"from_{key}")]
    return found[0] if found else "receipt"


def _while_it_stood_still(stop: Stop) -> list[str]:
    asked = _("Op {day} vroegen we u om iets aan te vullen.").format(day=day(stop.asked))
    if not stop.answered:
        text = _("Vanaf de dag erna staat de termijn stil. U kunt aanvullen tot en met {day}.")
        return [asked, text.format(day=day(stop.until))]
    amount = _("1 dag") if stop.days == 1 else _("{days} dagen").format(days=stop.days)
    text = _("Vanaf de dag erna stond de termijn stil, tot uw antwoord op {day}.").format(day=day(stop.until))
    return [asked, text, _("Dat is {amount}.").format(amount=amount)]


def _before_it_began(stop: Stop) -> list[str]:
    asked = _("Op {day} vroegen we u om iets aan te vullen.").format(day=day(stop.asked))
    if stop.answered:
        return [asked, _("Uw antwoord kwam op {day}. Toen begon de termijn.").format(day=day(stop.until))]
    return [asked, _("De termijn begint als dat er is. U kunt aanvullen tot en met {day}.").format(day=day(stop.until))]
