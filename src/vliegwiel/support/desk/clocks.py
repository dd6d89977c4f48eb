"""The promised day of a record: its events read back, and a new one written with the day that follows from it."""

from datetime import date

from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.desk.models import Enquiry, EnquiryEvent, EnquiryEventKind
from vliegwiel.support.desk.terms import Promise, Step, promise_of


def promise_for(enquiry: Enquiry) -> Promise:
    """The promised day with its reasons, made again from the events."""
    return promise_of(_steps(enquiry))


def note(
    enquiry: Enquiry,
    actor: Actor,
    kind: EnquiryEventKind,
    *,
    days: int = 0,
    until: date | None = None,
    reason: str = "",
    organisation_name: str = "",
) -> Promise:
    """Write an event in the caller's transaction; returns the promise as it is from now on."""
    EnquiryEvent.objects.create(
        enquiry=enquiry,
        kind=kind,
        on=clock.today(),
        days=days,
        until=until,
        reason=reason,
        organisation_name=organisation_name,
        by=actor.id if actor.kind == "person" else "",
    )
    return promise_for(enquiry)


def note_answered(enquiry: Enquiry, actor: Actor, organisation_name: str = "") -> None:
    """The question is answered: keep beside the day until when that was promised, and by which organisation. For the act that answers, in
    its transaction."""
    note(
        enquiry,
        actor,
        EnquiryEventKind.ANSWERED,
        until=enquiry.promised_on,
        organisation_name=organisation_name or enquiry.organisation_name,
    )


def _steps(enquiry: Enquiry) -> list[Step]:
    return [Step(event.kind, event.on, event.days, event.until, event.reason) for event in enquiry.clock.all()]
