"""What becomes of questions whose asker removes the account."""

from django.db import transaction
from django.db.models import F

from vliegwiel.foundation.notices.public import forget
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.desk import telling
from vliegwiel.support.desk.lifecycle import State
from vliegwiel.support.desk.models import Enquiry, EnquiryMessage
from vliegwiel.support.desk.standing import reference

_EMPTY = {"person": "", "name": "", "email": "", "phone": "", "post": ""}


@transaction.atomic
def leave_desk(*, actor: Actor, person: str, email: str) -> None:
    """Take this person (public id) off every question: name and contact details go, and an open question closes. With a running case
    the adviser hears it and ends the case. Questions without the account, from the same address, are left alone: they have their own
    link. Part of the transaction that removes the account."""
    for found in Enquiry.objects.filter(person=person).order_by("pk"):
        stops = found.stands in (State.RECEIVED, State.WAITING, State.ANSWERED)
        closed = {"state": State.CLOSED.value, "closed_on": clock.today(), "changed_at": clock.now()} if stops else {}
        Enquiry.objects.filter(pk=found.pk).update(revision=F("revision") + 1, **_EMPTY, **closed)
        forget(about=reference(found), person=person)
        if found.stands is State.CLOSED:
            continue
        telling.to_adviser(found, "left", "left_work")
        trail.record(actor=actor, action="stop-enquiry", subject=reference(found), province=found.province)
    EnquiryMessage.objects.filter(person=person).update(person="", name="")
