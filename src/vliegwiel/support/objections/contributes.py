"""What this room hands to shared places: who may read its papers, and reminders before a date."""

from collections.abc import Iterator
from datetime import date, timedelta

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.notices.public import Due, Reminder
from vliegwiel.foundation.papers.public import PaperAccess
from vliegwiel.foundation.people.public import Subject, who_may
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.objections.lifecycle import PENDING, State
from vliegwiel.support.objections.models import DefaultNotice, Objection, ObjectionHearing
from vliegwiel.support.objections.penalties import facts_of
from vliegwiel.support.objections.standing import is_objector, may_read, notice_reference, reference
from vliegwiel.support.objections.terms import open_request

_TEXTS = "support/objections/texts"
_AHEAD = timedelta(days=14)
_SHORT = timedelta(days=3)


def _read(actor: Actor, record: str) -> Verdict:
    found = Objection.objects.filter(public_id=record).first()
    return may_read(actor, found) if found else _gone()


def _add(actor: Actor, record: str) -> Verdict:
    """Who objects until it is decided (Awb 7:4); who works on it always."""
    found = Objection.objects.filter(public_id=record).first()
    if found is None:
        return _gone()
    if is_objector(actor, found) and found.stands not in PENDING:
        return Verdict.no(Reason("state", "Op dit bezwaar is besloten. U kunt er niets meer bij doen."))
    return may_read(actor, found)


def _gone() -> Verdict:
    return Verdict.no(Reason("not-found", "Dit bezwaar kennen we niet."))


PAPERS = [PaperAccess("objection", _read, _add)]


def _to_objectors(found: Objection, moment: str, on: date, facts: dict[str, object]) -> Iterator[Due]:
    """Everyone of that side with an account; without one it goes on paper."""
    grant = grant_of(found.application)
    for person in list(dict.fromkeys(name for name in (found.objector, *grant.applicants) if name)) or [""]:
        yield Due(reference(found), found.province, moment, on, person=person, post=grant.post, facts=facts)


def _repair(since: date, until: date) -> Iterator[Due]:
    """Three days before the time to repair is over."""
    for found in Objection.objects.filter(state=State.REPAIRING):
        asked = open_request(found)
        if asked is None or asked.until is None or not since <= asked.until - _SHORT <= until:
            continue
        facts: dict[str, object] = {"objection": found, "until": day(asked.until, "week")}
        yield from _to_objectors(found, f"repair-{asked.until.isoformat()}", asked.until - _SHORT, facts)


def _hearing(since: date, until: date) -> Iterator[Due]:
    """A week before the hearing, when the papers lie ready."""
    rows = ObjectionHearing.objects.filter(held_on=None, papers_from__range=(since, until), objection__state=State.INVITED)
    for row in rows.select_related("objection"):
        if row.planned_on is None or row.papers_from is None:
            continue
        facts: dict[str, object] = {
            "objection": row.objection,
            "on": day(row.planned_on, "week"),
            "time": row.time,
            "place": row.place,
        }
        yield from _to_objectors(row.objection, f"hearing-{row.planned_on.isoformat()}", row.papers_from, facts)


def _due(since: date, until: date) -> Iterator[Due]:
    """Two weeks before we must decide: who handles it, or everyone who may while nobody does."""
    soon = Objection.objects.filter(state__in=[state.value for state in PENDING], due_on__range=(since + _AHEAD, until + _AHEAD))
    for found in soon:
        facts = {"objection": found, "due": day(found.due_on, "week")}
        for person in [found.handler] if found.handler else _handlers(found.province, found.municipality):
            moment = f"due-{found.due_on.isoformat()}"
            yield Due(reference(found), found.province, moment, found.due_on - _AHEAD, person=person, facts=facts)


def _penalty(since: date, until: date) -> Iterator[Due]:
    """Three days before a penalty must have been laid down (Awb 4:18)."""
    for notice in DefaultNotice.objects.filter(determined_on=None).select_related("objection"):
        by = facts_of(notice).determine_by
        if by is None or not since <= by - _SHORT <= until:
            continue
        facts = {"notice": notice, "due": day(by, "week")}
        for person in _handlers(notice.province, notice.municipality):
            yield Due(notice_reference(notice), notice.province, "penalty-due", by - _SHORT, person=person, facts=facts)


def _handlers(province: str, municipality: str) -> list[str]:
    return who_may("handle-objections", Subject(province=province, municipality=municipality))[:20]


REMINDERS = [
    Reminder("objection-repair", "Een bezwaar aanvullen, drie dagen voor de laatste dag", f"{_TEXTS}/repair", _repair),
    Reminder("objection-hearing", "Vertellen over een bezwaar, een week vooraf", f"{_TEXTS}/hearing", _hearing),
    Reminder("objection-due", "Beslissen op een bezwaar, twee weken vooraf", f"{_TEXTS}/due", _due, kind="work"),
    Reminder("penalty-due", "Een dwangsom vaststellen, drie dagen vooraf", f"{_TEXTS}/penalty_due", _penalty, kind="work"),
]
