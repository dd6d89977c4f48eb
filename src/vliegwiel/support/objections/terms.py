"""The terms of an objection, made again from what happened each time they are shown, and what a late decision costs."""

from datetime import date

from django.utils.translation import gettext as _

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.catalogue.penalty import penalty_amounts
from vliegwiel.engines.terms import (
    Objection as Arrival,
)
from vliegwiel.engines.terms import (
    Penalty,
    Tariff,
    Term,
    adjourn,
    decision_on_objection,
    late_penalty,
    objection_term,
    received_in_time,
)
from vliegwiel.foundation.design.dutch import day
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Verdict
from vliegwiel.support.objections.models import Objection, ObjectionEvent, ObjectionEventKind

K = ObjectionEventKind
#: How long someone has to repair what is missing (Awb 6:6): long enough to find advice, well within our own term.
REPAIR_WEEKS = 4


def until_when(announced: date) -> date:
    """The last day to object to a decision that was sent on this day (Awb 6:7, 6:8)."""
    return objection_term(announced, holidays=equated_days()).ends


def why_until(announced: date) -> str:
    """The last day to object with its reason, in one sentence."""
    term = objection_term(announced, holidays=equated_days())
    moved = next((event for event in term.explain().events if event.kind == "moved"), None)
    facts = {"until": day(term.ends, "full"), "sent": day(announced)}
    if moved is None:
        return _("Bezwaar maken kan tot en met {until}: zes weken vanaf de dag na {sent}, toen wij het besluit stuurden.").format(
            **facts
        )
    text = _("Bezwaar maken kan tot en met {until}: zes weken vanaf de dag na {sent}, en {no} is geen werkdag.")
    return text.format(**facts, no=day(moved.day))


def in_time(announced: date, received: date, *, by_post: bool = False, posted: date | None = None) -> Verdict:
    """Whether an objection came in time (Awb 6:9); unknown when the day of posting decides and nobody knows it."""
    return received_in_time(objection_term(announced, holidays=equated_days()), Arrival(received, by_post, posted))


def note(
    *,
    actor: Actor,
    objection: Objection,
    kind: ObjectionEventKind,
    article: str,
    on: date | None = None,
    until: date | None = None,
    reason: str = "",
    items: tuple[str, ...] = (),
    letter: str = "",
) -> ObjectionEvent:
    """Write one change of the term, in the caller's transaction."""
    return ObjectionEvent.objects.create(
        objection=objection,
        kind=kind,
        on=on or clock.today(),
        until=until,
        article=article,
        reason=reason,
        items=list(items),
        letter=letter,
        by=actor.id or actor.kind,
    )


def events_of(objection: Objection) -> list[ObjectionEvent]:
    """The changes of its term, oldest first."""
    return list(objection.clock.all())


def term_of(objection: Objection) -> Term:
    """The term of the decision (Awb 7:10): six weeks after the term to object, twelve with a committee, with each stop and delay."""
    events = events_of(objection)
    committee = objection.committee or any(event.kind == K.COMMITTEE for event in events)
    term = decision_on_objection(objection.announced_on, committee=committee, holidays=equated_days())
    asked: ObjectionEvent | None = None
    adjourned = False
    for event in events:
        if event.kind == K.ASKED:
            asked = event
        elif event.kind in (K.REPAIRED, K.LAPSED) and asked is not None:
            term, asked = _stopped(term, asked.on, event.on), None
        elif event.kind == K.ADJOURNED and event.until is not None and event.until > term.ends:
            term, adjourned = adjourn(term, until=event.until, sent=event.on, adjourned_before=adjourned), True
        elif event.kind == K.POSTPONED and event.until is not None and event.until > term.ends:
            term = term.extend(until=event.until, article="7:10, vierde lid", sent=None)
    if asked is not None and asked.until is not None:
        term = _stopped(term, asked.on, asked.until)
    return term


def _stopped(term: Term, asked: date, completed: date) -> Term:
    """The clock stands still from the day after the request (7:10(2)); what lies before or after the term stops nothing."""
    if completed <= term.start or asked > term.ends:
        return term
    return term.suspend(asked=max(asked, term.start), completed=completed, article="7:10, tweede lid")


def open_request(objection: Objection) -> ObjectionEvent | None:
    """The request to repair that was not answered and did not lapse, if any."""
    asked: ObjectionEvent | None = None
    for event in events_of(objection):
        if event.kind == K.ASKED:
            asked = event
        elif event.kind in (K.REPAIRED, K.LAPSED):
            asked = None
    return asked


def may_still_adjourn(objection: Objection) -> bool:
    """Adjourning goes once (7:10(3)), and before the last day has passed."""
    return clock.today() <= objection.due_on and not objection.clock.filter(kind=K.ADJOURNED).exists()


def why_due(objection: Objection) -> list[str]:
    """The day on which we decide, in short sentences for who waits for it."""
    term = term_of(objection)
    weeks = _("twaalf weken, want een commissie geeft advies") if term.weeks == 12 else _("zes weken")
    told = [
        (
            _("Bezwaar maken kan tot en met {until}.")
            if clock.today() <= objection.until
            else _("Bezwaar maken kon tot en met {until}.")
        ).format(until=day(objection.until)),
        _("Vanaf de dag daarna hebben wij {weeks}.").format(weeks=weeks),
    ]
    for event in events_of(objection):
        if event.kind == K.ASKED:
            told.append(_("Op {on} vroegen wij u iets. Vanaf de dag erna staat de termijn stil.").format(on=day(event.on)))
        elif event.kind == K.REPAIRED:
            told.append(_("Sinds uw antwoord op {on} loopt zij weer.").format(on=day(event.on)))
        elif event.kind == K.ADJOURNED and event.until:
            told.append(_("Op {on} schreven wij dat wij meer tijd nodig hebben.").format(on=day(event.on)))
        elif event.kind == K.POSTPONED and event.until:
            told.append(_("U vond uitstel goed tot en met {until}.").format(until=day(event.until)))
    moved = next((event for event in term.explain().events if event.kind == "moved"), None)
    if moved:
        told.append(_("{raw} is geen werkdag.").format(raw=day(moved.day)))
    told.append(_("Zo komen we op {due}.").format(due=day(term.ends, "week")))
    return told


def penalty_for(*, due: date, notice: date, decided: date | None, today: date | None = None) -> Penalty:
    """What a late decision costs so far (Awb 4:17): the amounts are those of the day of the notice."""
    now = today or clock.today()
    amounts = penalty_amounts(notice)
    tariff = Tariff(amounts.steps, amounts.source)
    return late_penalty(due=due, notice=notice, decided=decided, today=now, tariff=tariff, holidays=equated_days())


def grace_ends(notice: date) -> date:
    """The last of the two weeks in which we can still decide without a penalty (Awb 4:17(3))."""
    return Term(start=notice, weeks=2, source="wet", holidays=equated_days()).ends


def steps_of(notice: date) -> tuple[tuple[int, Money], ...]:
    """The amounts a day for a notice of this day: (days, amount a day) in order."""
    return penalty_amounts(notice).steps
