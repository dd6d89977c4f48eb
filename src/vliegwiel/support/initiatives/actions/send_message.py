"""Contact by consent: a message to an initiative, through the site. Neither side learns the address of the other; nobody has to answer."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import forget
from vliegwiel.foundation.people.public import count_use
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.initiatives import contact
from vliegwiel.support.initiatives.contact import LONGEST, Written
from vliegwiel.support.initiatives.limits import MESSAGES_PER_INITIATIVE
from vliegwiel.support.initiatives.models import ContactMessage, Initiative
from vliegwiel.support.initiatives.standing import begin, find, named
from vliegwiel.support.initiatives.tokens import opens

#: How long a message waits for its sender to confirm, and for an answer; and how long it is kept after that.
UNCONFIRMED, UNANSWERED, DONE = timedelta(days=3), timedelta(days=30), timedelta(days=60)


@trail.recorded("write-message", kind="initiative", about=named("initiative"))
@transaction.atomic
def write_message(*, actor: Actor, initiative: str, written: Written) -> ContactMessage:
    """Write to the people of an initiative. Without an account the sender first confirms their address by a link.

    Raises NotFound, NotNow (not open to messages, too often, blocked), NotValid.
    """
    found = find(initiative)
    _demand_open(found)
    message = contact.send(actor, contact.mailbox_of(found, _answerers(found)), written, initiative=found)
    count_use(what="initiatives.messages", whose=found.public_id, most=MESSAGES_PER_INITIATIVE)
    subject = Reference("contact-message", message.public_id, "", "")
    trail.record(actor=actor, action="write-message", subject=subject, facts={"about": found.public_id}, province=found.province)
    return message


def message_behind(message: str, key: str) -> ContactMessage:
    """The message of a link that its sender got. Raises NotFound."""
    found = ContactMessage.objects.filter(public_id=message[:12]).select_related("initiative").first()
    if found is None or not opens(found.public_id, key):
        raise NotFound(_("Deze link klopt niet, of het bericht is al opgeruimd."))
    return found


@trail.recorded("confirm-message", kind="contact-message", about=named("message"))
@transaction.atomic
def confirm_message(*, actor: Actor, message: str, key: str, people: list[str] | None = None) -> ContactMessage:
    """The sender says that the address is theirs: the message goes on, once; a second time changes nothing. `people` get it; of an
    initiative those who answer for it. Raises NotFound, and NotNow when the initiative takes no messages any more."""
    found = message_behind(message, key)
    if found.initiative is not None and found.state == "unconfirmed":
        _demand_open(found.initiative)
    if ContactMessage.objects.filter(pk=found.pk, state="unconfirmed").update(state="waiting"):
        told = _answerers(found.initiative) if found.initiative is not None else people or []
        contact.pass_on(found, told)
        _record(actor, "confirm-message", found)
    found.refresh_from_db()
    return found


@trail.recorded("answer-contact", kind="initiative", about=named("initiative"))
@transaction.atomic
def answer_message(*, actor: Actor, initiative: str, message: str, text: str) -> ContactMessage:
    """Answer a message: the answer goes to its sender, and the address is forgotten. Raises NotAllowed, NotFound, NotNow, NotValid."""
    answer = text.strip()[:LONGEST]
    if not answer:
        raise NotValid(_("Schrijf een antwoord, of kies dat u er niet op ingaat."), code="answer")
    return _done(actor, initiative, message, "answered", answer)


@trail.recorded("decline-message", kind="initiative", about=named("initiative"))
@transaction.atomic
def decline_message(*, actor: Actor, initiative: str, message: str) -> ContactMessage:
    """Do not go into it; the sender hears that kindly, without a reason. Raises NotAllowed, NotFound, NotNow."""
    return _done(actor, initiative, message, "declined", "")


@trail.recorded("report-message", kind="initiative", about=named("initiative"))
@transaction.atomic
def report_message(*, actor: Actor, initiative: str, message: str) -> ContactMessage:
    """Report abuse: the sender hears nothing and can write to nobody for ninety days. Raises NotAllowed, NotFound, NotNow."""
    found = _done(actor, initiative, message, "reported", "")
    contact.block(actor, found)
    return found


def clean_messages(*, actor: Actor) -> int:
    """By the clock: forget what was never confirmed or was done with long ago, and close what nobody answered in a month."""
    moment = clock.now()
    for found in ContactMessage.objects.filter(state="waiting", written_at__lt=moment - UNANSWERED).order_by("pk")[:500]:
        with transaction.atomic():
            contact.close(found, "declined", "")
    gone = [
        *ContactMessage.objects.filter(state="unconfirmed", written_at__lt=moment - UNCONFIRMED),
        *ContactMessage.objects.filter(done_at__lt=moment - DONE).exclude(state__in=["unconfirmed", "waiting"]),
    ]
    for found in gone:
        with transaction.atomic():
            forget(about=contact.reference(found))
            found.delete()
    return len(gone)


def _demand_open(found: Initiative) -> None:
    if not found.is_shown or not found.takes_contact or not _answerers(found):
        raise NotNow(_("Dit initiatief krijgt nu geen berichten via de site."), code="no-contact")


def _answerers(found: Initiative) -> list[str]:
    """Who gets messages: the contacts, or without any the takers."""
    people = found.people.exclude(person="").values_list("role", "person")
    contacts = [person for role, person in people if role == "contact"]
    return contacts or [person for role, person in people if role == "taker"]


def _done(actor: Actor, initiative: str, message: str, state: str, answer: str) -> ContactMessage:
    found = find(initiative)
    begin(actor, "answer-contact", found)
    kept = found.messages.filter(public_id=message[:12]).exclude(state="unconfirmed").first()
    if kept is None:
        raise NotFound(_("Dit bericht is er niet meer."))
    if not contact.close(kept, state, answer):
        raise NotNow(_("Op dit bericht is al gereageerd."), code="done")
    _record(actor, {"answered": "answer-contact", "declined": "decline-message", "reported": "report-message"}[state], kept)
    kept.refresh_from_db()
    return kept


def _record(actor: Actor, action: str, message: ContactMessage) -> None:
    subject = Reference("contact-message", message.public_id, "", "")
    facts = {"about": contact.record_of(message)}
    trail.record(actor=actor, action=action, subject=subject, facts=facts, province=message.province)
