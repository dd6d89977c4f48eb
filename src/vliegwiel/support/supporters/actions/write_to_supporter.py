"""Contact with a supporter by consent: the same messages as with an initiative. Neither side learns the address of the other."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.initiatives.public import (
    ContactMessage,
    Mailbox,
    Written,
    block_sender,
    close_contact,
    confirm_contact,
    contact_behind,
    messages_to,
    send_contact,
)
from vliegwiel.support.supporters.models import Supporter
from vliegwiel.support.supporters.standing import named, note, own_only, supporter_named

KIND = "supporter"
_ABOUT = named("supporter")


def mailbox_of(found: Supporter) -> Mailbox:
    """Where messages to a supporter go."""
    inbox = "/mijn/dorpsondersteuner/berichten"
    return Mailbox(KIND, found.public_id, found.title, found.path, inbox, found.province, (found.person,))


@trail.recorded("write-to-supporter", kind=KIND, about=_ABOUT)
@transaction.atomic
def write_to_supporter(*, actor: Actor, supporter: str, written: Written) -> ContactMessage:
    """Write to a supporter who takes messages. Without an account the sender first confirms their address. Raises NotFound, NotNow (not
    open to messages, too often, blocked), NotValid."""
    found = supporter_named(supporter)
    _demand_open(found)
    message = send_contact(actor, mailbox_of(found), written)
    note(actor, "write-to-supporter", found)
    return message


def _demand_open(found: Supporter) -> None:
    if not found.is_shown or not found.takes_contact:
        raise NotNow(_("Deze ondersteuner krijgt nu geen berichten via de site."), code="no-contact")


def message_to(supporter: str, message: str, key: str) -> ContactMessage:
    """The message of a link that its sender got, to this supporter. Raises NotFound."""
    found = contact_behind(message, key)
    if found.kind != KIND or found.record != supporter_named(supporter).public_id:
        raise NotFound(_("Deze link klopt niet, of het bericht is al opgeruimd."))
    return found


def confirm_to_supporter(*, actor: Actor, supporter: str, message: str, key: str) -> ContactMessage:
    """The sender says that the address is theirs: the message goes on, once. Raises NotFound, and NotNow when the supporter takes no
    messages any more."""
    found = supporter_named(supporter)
    if message_to(supporter, message, key).state == "unconfirmed":
        _demand_open(found)
    return confirm_contact(actor=actor, message=message, key=key, people=[found.person])


@trail.recorded("answer-for-supporter", kind=KIND, about=_ABOUT)
@transaction.atomic
def answer_for_supporter(*, actor: Actor, supporter: str, message: str, outcome: str, text: str = "") -> ContactMessage:
    """Answer a message ("answered"), do not go into it ("declined"), or report abuse ("reported"). Raises NotFound, NotAllowed, NotNow when
    it was done already, NotValid."""
    found = supporter_named(supporter)
    own_only(actor, found.person)
    if outcome not in ("answered", "declined", "reported"):
        raise NotValid(_("Kies wat u met dit bericht doet."), code="outcome")
    if outcome == "answered" and not text.strip():
        raise NotValid(_("Schrijf een antwoord, of kies dat u er niet op ingaat."), code="answer")
    kept = next((one for one in messages_to(KIND, found.public_id) if one.public_id == message[:12]), None)
    if kept is None:
        raise NotFound(_("Dit bericht is er niet meer."))
    if not close_contact(kept, outcome, text.strip()[:2000] if outcome == "answered" else ""):
        raise NotNow(_("Op dit bericht is al gereageerd."), code="done")
    if outcome == "reported":
        block_sender(actor, kept)
    note(actor, "answer-for-supporter", found, {"outcome": outcome})
    kept.refresh_from_db()
    return kept
