"""Answer a question, ask something back, promise a later day, or write on while a case runs."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.people.public import known_person, organisation_names
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.desk import clocks, telling
from vliegwiel.support.desk.models import Enquiry, EnquiryEventKind, EnquiryMessage, Voice
from vliegwiel.support.desk.standing import begin, find, finish, named

LONGEST = 8_000
_LATEST = timedelta(days=92)


@trail.recorded("answer-enquiry", kind="enquiry", about=named())
@transaction.atomic
def answer_enquiry(*, actor: Actor, enquiry: str, text: str) -> Enquiry:
    """The answer that counts for the promised day. Who asked can ask on. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    begin(actor, "answer-enquiry", found)
    say(found, actor, text)
    taken = taking(found, actor)
    clocks.note_answered(found, actor, str(taken.get("organisation_name", "")))
    done = finish(actor, "answer-enquiry", found, answered_on=clock.today(), **taken)
    telling.to_resident(done, f"answered-{done.messages.count()}", "answered", {"text": text.strip()})
    return done


@trail.recorded("ask-back", kind="enquiry", about=named())
@transaction.atomic
def ask_back(*, actor: Actor, enquiry: str, text: str) -> Enquiry:
    """Ask who asked something; the time stands still until they answer. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    begin(actor, "ask-back", found)
    say(found, actor, text)
    clocks.note(found, actor, EnquiryEventKind.ASKED)
    done = finish(actor, "ask-back", found, **taking(found, actor))
    telling.to_resident(done, f"asked-{done.messages.count()}", "asked", {"text": text.strip()})
    return done


@trail.recorded("promise-later", kind="enquiry", about=named())
@transaction.atomic
def promise_later(*, actor: Actor, enquiry: str, until: date, reason: str) -> Enquiry:
    """Promise a later day, with the reason that who asked reads; not after the day has passed, and at most three months.

    Raises NotFound, NotAllowed, NotNow, NotValid.
    """
    found = find(enquiry)
    begin(actor, "promise-later", found)
    if clock.today() > found.promised_on:
        raise NotNow(_("De beloofde dag is al voorbij. Antwoord zo snel mogelijk."), code="late")
    if not reason.strip() or not found.promised_on < until <= clock.today() + _LATEST:
        raise NotValid(_("Kies een latere dag, binnen drie maanden, en schrijf waarom."), code="later")
    promise = clocks.note(found, actor, EnquiryEventKind.LATER, until=until, reason=reason.strip())
    was = day(found.promised_on, "week")
    done = finish(actor, "promise-later", found, facts={"due": promise.on.isoformat()}, promised_on=promise.on)
    telling.to_resident(done, f"later-{promise.on.isoformat()}", "later", {"was": was, "reason": reason.strip()})
    return done


@trail.recorded("reply-enquiry", kind="enquiry", about=named())
@transaction.atomic
def reply_enquiry(*, actor: Actor, enquiry: str, text: str) -> Enquiry:
    """Write to who is helped while a case runs. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    begin(actor, "reply-enquiry", found)
    say(found, actor, text)
    done = finish(actor, "reply-enquiry", found)
    telling.to_resident(done, f"reply-{done.messages.count()}", "answered", {"text": text.strip()})
    return done


@trail.recorded("close-enquiry", kind="enquiry", about=named())
@transaction.atomic
def close_enquiry(*, actor: Actor, enquiry: str, text: str) -> Enquiry:
    """Nothing more has to happen: who asked hears why, and that counts as the answer when there was none. Raises NotFound, NotAllowed,
    NotNow, NotValid."""
    found = find(enquiry)
    begin(actor, "close-enquiry", found)
    say(found, actor, text)
    changes = taking(found, actor)
    if found.answered_on is None:
        clocks.note_answered(found, actor, str(changes.get("organisation_name", "")))
        changes["answered_on"] = clock.today()
    done = finish(actor, "close-enquiry", found, closed_on=clock.today(), **changes)
    telling.to_resident(done, "closed", "closed", {"text": text.strip()})
    return done


@trail.recorded("add-note", kind="enquiry", about=named())
@transaction.atomic
def add_note(*, actor: Actor, enquiry: str, text: str) -> Enquiry:
    """A note that the advisers on this file read, and nobody else. Raises NotFound, NotAllowed, NotValid."""
    found = find(enquiry)
    begin(actor, "add-note", found)
    say(found, actor, text, voice=Voice.NOTE)
    return finish(actor, "add-note", found)


def say(found: Enquiry, actor: Actor, text: str, *, voice: Voice = Voice.ADVISER, name: str = "") -> EnquiryMessage:
    """Write a message in the caller's transaction; raises NotValid when it is empty or too long."""
    if not text.strip() or len(text) > LONGEST:
        raise NotValid(_("Schrijf een bericht van hoogstens {most} tekens.").format(most=LONGEST), code="text")
    known = known_person(actor.id) if actor.kind == "person" and voice is not Voice.RESIDENT else None
    return EnquiryMessage.objects.create(
        enquiry=found,
        voice=voice,
        text=text.strip(),
        person=actor.id if actor.kind == "person" else "",
        name=known.name if known else name,
        organisation_name=organisation_name(actor) if voice is not Voice.RESIDENT else "",
    )


def organisation_name(actor: Actor) -> str:
    """The name of the organisation that the actor acts for."""
    return organisation_names([actor.organisation]).get(actor.organisation, "") if actor.organisation else ""


def taking(found: Enquiry, actor: Actor) -> dict[str, Any]:
    """Who acts on a question that nobody has, has it from then on."""
    if actor.kind != "person" or found.adviser or found.organisation not in ("", actor.organisation):
        return {}
    known = known_person(actor.id)
    return {
        "organisation": actor.organisation,
        "organisation_name": organisation_name(actor),
        "adviser": actor.id,
        "adviser_name": known.name if known else "",
    }
