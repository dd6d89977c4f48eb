"""What who asked can do: say more, stop, keep it with their account, or say that it was not them."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.desk import desk
from vliegwiel.foundation.notices.public import forget, note_choice
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow
from vliegwiel.support.desk import clocks, links, telling
from vliegwiel.support.desk.actions.answer_enquiry import say
from vliegwiel.support.desk.lifecycle import State
from vliegwiel.support.desk.models import Enquiry, EnquiryEventKind, Voice
from vliegwiel.support.desk.recognition import sensitive_in
from vliegwiel.support.desk.standing import begin, find, finish, named, reference


@trail.recorded("write-message", kind="enquiry", about=named())
@transaction.atomic
def write_message(*, actor: Actor, enquiry: str, text: str, link: str = "") -> Enquiry:
    """Say something more. It answers what we asked, and asks anew after an answer; both give a promised day. Raises NotFound, NotAllowed,
    NotNow, NotValid."""
    found = find(enquiry)
    begin(actor, "write-message", found, link)
    say(found, actor, text, voice=Voice.RESIDENT, name=found.name)
    changes: dict[str, Any] = {"flagged": True} if sensitive_in(text) else {}
    target = None
    if found.stands is State.WAITING:
        target, changes["promised_on"] = State.RECEIVED, clocks.note(found, actor, EnquiryEventKind.TOLD).on
    elif found.stands is State.ANSWERED:
        days = desk().kinds[found.kind].days
        promise = clocks.note(found, actor, EnquiryEventKind.AGAIN, days=days)
        target, changes["promised_on"], changes["answered_on"] = State.RECEIVED, promise.on, None
    done = finish(actor, "write-message", found, target=target, **changes)
    telling.to_adviser(done, f"message-{done.messages.count()}", "message_work")
    return done


@trail.recorded("stop-enquiry", kind="enquiry", about=named())
@transaction.atomic
def stop_enquiry(*, actor: Actor, enquiry: str, link: str = "") -> Enquiry:
    """Who asked needs no answer any more. Raises NotFound, NotAllowed, NotNow."""
    found = find(enquiry)
    begin(actor, "stop-enquiry", found, link)
    done = finish(actor, "stop-enquiry", found, closed_on=clock.today())
    telling.to_adviser(done, "stopped", "stopped_work")
    return done


@trail.recorded("disown-enquiry", kind="enquiry", about=named())
@transaction.atomic
def disown_enquiry(*, actor: Actor, enquiry: str, link: str = "") -> Enquiry:
    """Someone else gave this address: the details go at once, with what we sent there, and the desk does not write to it any more.

    Only by the link of the message, never for a question with an account. Raises NotFound, NotAllowed, NotNow.
    """
    found = find(enquiry)
    begin(actor, "disown-enquiry", found, link)
    if found.person or not links.fits(found, link) or not found.email:
        raise NotNow(_("Bij deze vraag staat geen e-mailadres."), code="no-address")
    note_choice(actor=Actor.system("web"), province=found.province, channels={"desk": "none"}, how="desk", address=found.email)
    forget(about=reference(found), address=found.email)
    return finish(actor, "disown-enquiry", found, email="", phone="", name="", post="")


@trail.recorded("claim-enquiry", kind="enquiry", about=named())
@transaction.atomic
def claim_enquiry(*, actor: Actor, enquiry: str, link: str = "") -> Enquiry:
    """Keep a question with one's account, by the secret link. Raises NotFound, NotAllowed, and NotNow when it is with another account."""
    found = find(enquiry)
    if actor.kind != "person" or not actor.id:
        raise NotAllowed(_("Log eerst in. Dan bewaren we de vraag bij uw account."), code="sign-in")
    begin(actor, "claim-enquiry", found, link)
    if found.person and found.person != actor.id:
        raise NotNow(_("Deze vraag hoort al bij een ander account."), code="claimed")
    return finish(actor, "claim-enquiry", found, person=actor.id)
