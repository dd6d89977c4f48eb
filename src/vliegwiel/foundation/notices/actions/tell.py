"""Tell someone something, once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template import Context
from django.template.loader import get_template

from vliegwiel.foundation.notices.kinds import KINDS, LETTERS, MAIL, NONE, POST
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.notices.receivers import Receiver, receiver_of
from vliegwiel.foundation.people import outbox
from vliegwiel.foundation.people.tasks import hand_over
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.errors import NotValid

#: Decided, but only a person can bring it: on paper without an address, or as part of a letter.
_BY_HAND = "by-hand"


def tell(
    *,
    about: Reference,
    moment: str,
    template: str,
    facts: Mapping[str, Any],
    province: str,
    person: str = "",
    address: str = "",
    post: Sequence[str] = (),
    kind: str = "file",
) -> bool:
    """Decide a message for a person (public id) or an e-mail address without an account; part of the caller's transaction.

    It is decided once for this receiver, this record and this `moment` (a code such as "received" or "reminder-1"): then True, and
    False every next time. `template` is the path of a text without its ending, below the folder of the product; its first line is the
    subject; it knows `facts`, `about` and `site`.

    It goes by e-mail only to who chose that for this `kind` (Awb 2:8): the mail waits in the outbox and is handed over at least once
    under one Message-ID. Otherwise it goes on paper to the address in `post` (at most six lines, name first); without that address an
    officer finds it on the page of messages and reaches the person in another way. Who chose to get no message of this kind gets
    none, and that too is decided once. Raises NotFound for an unknown person and NotValid without a receiver or for an unknown kind.
    """
    if kind not in KINDS:
        raise NotValid(f"De berichtsoort {kind} kennen we niet.", code="unknown-kind")
    receiver = receiver_of(person, address)
    message = Message(about, moment, template, facts, province, tuple(post), kind)
    way = decide(message, receiver, receiver.channel(kind))
    if way:
        send_on({way})
    return bool(way)


@dataclass(frozen=True)
class Message:
    """What is told, as in `tell`."""

    about: Reference
    moment: str
    template: str
    facts: Mapping[str, Any]
    province: str
    post: tuple[str, ...] = ()
    kind: str = "file"


def decide(message: Message, receiver: Receiver, channel: str) -> str:
    """Decide a message to a receiver whose channel is known, in the caller's transaction: the way it goes, empty when it was decided
    before. Who calls hands all ways to `send_on`, once."""
    about, kind = message.about, message.kind
    subject, body = ("", "") if channel == NONE else rendered(message.template, message.facts, about)
    on_paper = channel == POST and kind != LETTERS
    notice = Notice(
        province=message.province,
        receiver=receiver.code,
        person=receiver.person,
        about_kind=about.kind,
        about_id=about.id,
        path=about.path,
        moment=message.moment,
        kind=kind,
        channel=channel,
        subject=subject[:200],
        body=body,
        postal="\n".join(message.post) if on_paper else "",
        message_id=outbox.new_message_id() if channel == MAIL else "",
        decided_at=clock.now(),
    )
    if not _decided_first(notice, receiver):
        return ""
    if channel == MAIL:
        outbox.keep(receiver.address, subject, body, notice.message_id)
    return channel if channel != POST or notice.postal else _BY_HAND


def send_on(ways: Collection[str]) -> None:
    """Ask the worker to send what was decided, in the caller's transaction or after it; it also comes by itself."""
    if MAIL in ways:
        hand_over.enqueue()
    if POST in ways:
        from vliegwiel.foundation.notices.tasks import put_on_paper

        put_on_paper.enqueue()


def rendered(template: str, facts: Mapping[str, Any], about: Reference) -> tuple[str, str]:
    """Subject and body of a message, as plain text."""
    words = {**facts, "about": about, "site": settings.VLIEGWIEL_ADDRESS}
    text = get_template(f"{template}.txt").template.render(Context(words, autoescape=False))  # type: ignore[attr-defined]  # of Django's own engine
    subject, _line, body = text.strip().partition("\n")
    return subject.strip(), body.strip()


def _decided_first(notice: Notice, receiver: Receiver) -> bool:
    """The database decides who is first; who comes second changes nothing."""
    same = {"about_kind": notice.about_kind, "about_id": notice.about_id, "moment": notice.moment}
    if Notice.objects.filter(receiver__in=receiver.names, **same).exists():
        return False
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
    except IntegrityError:
        return False
    return True
