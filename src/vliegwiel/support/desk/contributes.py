"""What this room hands to shared places: reminders around the promised day, advice, and looking back."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.notices.public import Due, Reminder
from vliegwiel.support.desk.lifecycle import PENDING_ADVICE, CaseState, State
from vliegwiel.support.desk.models import Advice, Enquiry, EnquiryEvent, EnquiryEventKind
from vliegwiel.support.desk.queries import looks_due
from vliegwiel.support.desk.standing import reference
from vliegwiel.support.desk.telling import TEXTS, due_to_resident, facts_of, reachable, workers
from vliegwiel.support.desk.terms import before

_MARGIN = timedelta(days=10)
_PATIENCE = timedelta(days=10)


def _to_workers(found: Enquiry, moment: str, on: date, facts: dict[str, object] | None = None, paused: str = "") -> Iterator[Due]:
    for person in workers(found):
        yield Due(reference(found), found.province, moment, on, person=person, facts=facts_of(found, facts), paused=paused)


def _promised(since: date, until: date) -> Iterator[Due]:
    """A working day before the promised day: who works on it."""
    soon = Enquiry.objects.filter(state=State.RECEIVED, promised_on__range=(since, until + _MARGIN))
    for found in soon.order_by("pk"):
        on = before(found.promised_on, 1)
        if since <= on <= until:
            yield from _to_workers(found, f"promised-{found.promised_on.isoformat()}", on)


def _missed(since: date, until: date) -> Iterator[Due]:
    """The day after a promise was missed: who works on it."""
    missed = Enquiry.objects.filter(
        state=State.RECEIVED, promised_on__range=(since - timedelta(days=1), until - timedelta(days=1))
    )
    for found in missed.order_by("pk"):
        yield from _to_workers(found, f"missed-{found.promised_on.isoformat()}", found.promised_on + timedelta(days=1))


def _late(since: date, until: date) -> Iterator[Due]:
    """The day after a promise was missed: who asked hears that we are late, before having to ask."""
    missed = Enquiry.objects.filter(
        state=State.RECEIVED, promised_on__range=(since - timedelta(days=1), until - timedelta(days=1))
    )
    for found in missed.order_by("pk"):
        if reachable(found):
            yield due_to_resident(found, f"late-{found.promised_on.isoformat()}", found.promised_on + timedelta(days=1))


def _silent(since: date, until: date) -> Iterator[Due]:
    """Ten days after we asked something and heard nothing: who asked."""
    asked = EnquiryEvent.objects.filter(
        kind=EnquiryEventKind.ASKED, on__range=(since - _PATIENCE, until - _PATIENCE), enquiry__state=State.WAITING
    )
    later = EnquiryEvent.objects.filter(enquiry=OuterRef("enquiry"), pk__gt=OuterRef("pk"))
    for event in asked.exclude(Exists(later)).select_related("enquiry"):
        if reachable(event.enquiry):
            yield due_to_resident(event.enquiry, f"silent-{event.pk}", event.on + _PATIENCE)


def _advice(since: date, until: date) -> Iterator[Due]:
    """On the day an advice is followed up: who works on it. While the case stands still it waits."""
    asked = Advice.objects.filter(state__in=[state.value for state in PENDING_ADVICE], follow_up_on__range=(since, until))
    for advice in asked.select_related("case__enquiry").order_by("pk"):
        if advice.follow_up_on is None or advice.case.stands is CaseState.CLOSED:
            continue
        paused = advice.case.pause_reason if advice.case.stands is CaseState.PAUSED else ""
        moment = f"follow-{advice.public_id}-{advice.follow_up_on.isoformat()}"
        yield from _to_workers(advice.case.enquiry, moment, advice.follow_up_on, {"advice": advice}, paused)


def _resting(since: date, until: date) -> Iterator[Due]:
    """On the day a case goes on after standing still: who works on it."""
    resting = Enquiry.objects.filter(case__state=CaseState.PAUSED, case__paused_until__range=(since, until))
    for found in resting.select_related("case").order_by("pk"):
        on = found.case.paused_until
        if on is not None:
            yield from _to_workers(found, f"resting-{on.isoformat()}", on, {"case": found.case})


def _looks(since: date, until: date) -> Iterator[Due]:
    """After half a year, a year and two years: who was helped."""
    for look in looks_due(since, until):
        if reachable(look.case.enquiry):
            facts: dict[str, object] = {"look": look, "case": look.case, "closed": day(look.case.closed_on, "full")}
            yield due_to_resident(look.case.enquiry, f"look-{look.months}", look.due_on, facts)


def _look_work(since: date, until: date) -> Iterator[Due]:
    """At the same time who helped, when who was helped is not reached by a message."""
    for look in looks_due(since, until):
        if not reachable(look.case.enquiry):
            facts: dict[str, object] = {"look": look, "case": look.case}
            yield from _to_workers(look.case.enquiry, f"look-{look.months}-work", look.due_on, facts)


REMINDERS = [
    Reminder("desk-promised", "Een vraag beantwoorden, een werkdag vooraf", f"{TEXTS}/promised_work", _promised, kind="work"),
    Reminder("desk-missed", "Een vraag die te laat is", f"{TEXTS}/missed_work", _missed, kind="work"),
    Reminder("desk-late", "Zeggen dat een antwoord later komt", f"{TEXTS}/late", _late, kind="desk"),
    Reminder("desk-silent", "Een vraag van ons, tien dagen zonder antwoord", f"{TEXTS}/silent", _silent, kind="desk"),
    Reminder("desk-advice", "Een advies navragen", f"{TEXTS}/follow_work", _advice, kind="work"),
    Reminder("desk-resting", "Een traject dat verder kan", f"{TEXTS}/resting_work", _resting, kind="work"),
    Reminder("desk-look", "Vragen hoe het gaat", f"{TEXTS}/look", _looks, kind="desk"),
    Reminder("desk-look-work", "Bellen om te vragen hoe het gaat", f"{TEXTS}/look_ask_work", _look_work, kind="work"),
]
