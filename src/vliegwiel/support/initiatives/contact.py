"""Messages through the site, whoever they are to: sent, confirmed, passed on, and closed with or without an answer.

Part of the caller's act, which says who may. The address of a sender without an account is forgotten when the message is done with.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import forget, tell
from vliegwiel.foundation.people.public import count_use
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.initiatives.limits import ASKED_PER_NETWORK, MESSAGES_PER_SENDER
from vliegwiel.support.initiatives.models import BlockedSender, ContactMessage, Initiative
from vliegwiel.support.initiatives.tokens import hashed, key_of

_TEXTS = "support/initiatives/texts"
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_SHORTEST, LONGEST = 15, 2000
_BLOCKED_FOR = timedelta(days=90)
#: What the database keeps of an address.
_FITS = MaxLengthValidator(254)


@dataclass(frozen=True)
class Mailbox:
    """Whom a message is to (*postvak*): the record with its title and public page, the page where its people answer, and who they are
    (public ids)."""

    kind: str
    id: str
    title: str
    path: str
    inbox: str
    province: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """What a visitor wrote; `address` without an account, `called` how they want to be called, `network` a code to count with."""

    text: str
    address: str = ""
    called: str = ""
    network: str = ""


def mailbox_of(found: Initiative, people: Iterable[str] = ()) -> Mailbox:
    """Where messages to an initiative go."""
    inbox = f"{found.own_path}/berichten"
    return Mailbox("initiative", found.public_id, found.title, found.path, inbox, found.province, tuple(people))


def mailbox(message: ContactMessage) -> Mailbox:
    """Whom a message is to; of an initiative as it is now."""
    if message.initiative is not None:
        return mailbox_of(message.initiative)
    return Mailbox(message.kind, message.record, message.title, message.path, message.inbox, message.province)


def record_of(message: ContactMessage) -> str:
    """The public id of what a message is to."""
    return message.initiative.public_id if message.initiative is not None else message.record


def reference(message: ContactMessage) -> Reference:
    """How messages about a message point at it: with the page of who it is to."""
    to = mailbox(message)
    return Reference("contact-message", message.public_id, to.title, to.path)


def send(actor: Actor, to: Mailbox, written: Written, *, initiative: Initiative | None = None) -> ContactMessage:
    """Keep a message and pass it on, or first ask its sender to confirm their address. Raises NotNow (too often, blocked) and NotValid."""
    body = written.text.strip()
    _demand_text(body)
    person = actor.id if actor.kind == "person" else ""
    sender = "" if person else written.address.strip().lower()
    if not person:
        _demand_address(sender)
    code = hashed(person or sender)
    if BlockedSender.objects.filter(sender_code=code, until__gt=clock.now()).exists():
        raise NotNow(_("U kunt nu geen berichten sturen via de site. Iemand meldde een eerder bericht."), code="blocked")
    count_use(what="initiatives.sender", whose=code, most=MESSAGES_PER_SENDER)
    count_use(what="initiatives.network", whose=written.network, most=ASKED_PER_NETWORK, hourly=True)
    where = {} if initiative else {"record": to.id, "title": to.title[:120], "path": to.path, "inbox": to.inbox}
    message = ContactMessage.objects.create(
        initiative=initiative,
        kind=to.kind,
        province=to.province,
        sender=person,
        sender_code=code,
        address=sender,
        called=" ".join(written.called.split())[:60],
        text=body,
        state="waiting" if person else "unconfirmed",
        **where,
    )
    if person:
        pass_on(message, to.people)
    else:
        _tell_sender(message, "confirm", {"path": f"{to.path}/bericht/{message.public_id}/{key_of(message.public_id)}"})
    return message


def pass_on(message: ContactMessage, people: Iterable[str]) -> None:
    """Tell those it is to that a message waits for them."""
    to = mailbox(message)
    for person in dict.fromkeys(people):
        tell(
            about=Reference("contact-message", message.public_id, to.title, to.inbox),
            moment="passed-on",
            template=f"{_TEXTS}/message",
            facts={"to": to},
            province=to.province,
            person=person,
            kind="contact",
        )


def close(message: ContactMessage, state: str, answer: str) -> bool:
    """From waiting to done, by whoever is first; the sender hears it, but of a report. False when it was done already."""
    same = ContactMessage.objects.filter(pk=message.pk, state="waiting")
    if not same.update(state=state, answer=answer, done_at=clock.now(), address=""):
        return False
    if state != "reported":
        _tell_sender(message, state, {"answer": answer})
    return True


def block(actor: Actor, message: ContactMessage) -> None:
    """Its sender can write to nobody for ninety days."""
    until = clock.now() + _BLOCKED_FOR
    BlockedSender.objects.update_or_create(sender_code=message.sender_code, defaults={"until": until, "by": actor.id})


def messages_to(kind: str, record: str) -> list[ContactMessage]:
    """What was written to a record that is no initiative and was confirmed, the newest first; at most a hundred."""
    found = ContactMessage.objects.filter(kind=kind, record=record).exclude(record="").exclude(state="unconfirmed")
    return list(found.order_by("-pk")[:100])


def forget_messages_to(kind: str, record: str) -> None:
    """Truly delete what was written to a record that goes, with the notices about it."""
    for message in ContactMessage.objects.filter(kind=kind, record=record).exclude(record=""):
        forget(about=reference(message))
        message.delete()


def _demand_text(body: str) -> None:
    if len(body) < _SHORTEST:
        raise NotValid(_("Schrijf in een of twee zinnen wat u wilt vragen."), code="text")
    if len(body) > LONGEST:
        raise NotValid(_("Uw bericht is te lang. Maak het korter dan 2.000 tekens."), code="text")
    if len(_LINK.findall(body)) > 1:
        raise NotValid(_("Er staan veel webadressen in uw bericht. Laat ze weg, dan sturen wij het door."), code="text")


def _demand_address(address: str) -> None:
    try:
        validate_email(address)
        _FITS(address)
    except ValidationError as fault:
        raise NotValid(_("Vul uw e-mailadres in. Wij geven het niet door."), code="address") from fault


def _tell_sender(message: ContactMessage, moment: str, facts: dict[str, object]) -> None:
    text = "confirm_message" if moment == "confirm" else moment
    tell(
        about=reference(message),
        moment=moment,
        template=f"{_TEXTS}/{text}",
        facts={"to": mailbox(message), **facts},
        province=message.province,
        kind="contact",
        person=message.sender,
        address="" if message.sender else message.address,
    )
