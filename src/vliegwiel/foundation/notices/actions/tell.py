"""Tell someone something, once."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template import Context
from django.template.loader import get_template

from vliegwiel.foundation.notices.kinds import KINDS, MAIL, NONE
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.notices.queries import channel_of
from vliegwiel.foundation.people import outbox
from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.tasks import hand_over
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.errors import NotFound, NotValid


def tell(
    *,
    about: Reference,
    moment: str,
    template: str,
    facts: Mapping[str, Any],
    province: str,
    person: str = "",
    address: str = "",
    kind: str = "file",
) -> bool:
    """Decide a message for a person (public id) or an address without an account; part of the caller's transaction.

    It is decided once for this receiver, this record and this `moment` (a code such as "received" or "reminder-1"): then True, and
    False every next time. `template` is the path of a text without its ending, below the folder of the product; its first line is the
    subject; it knows `facts`, `about` and `site`. Who chose to get no message of this kind gets none, and that too is decided once.

    The mail waits in the outbox and is handed over at least once under one Message-ID. Raises NotFound for an unknown person and
    NotValid without a receiver or with an unknown kind.
    """
    if kind not in KINDS:
        raise NotValid(f"De berichtsoort {kind} kennen we niet.", code="unknown-kind")
    receiver = person_of(person) if person else None
    if receiver is None and not address:
        raise NotValid("Zeg voor wie het bericht is.", code="no-receiver")
    channel = channel_of(receiver, kind) if receiver else MAIL
    subject, body = ("", "") if channel == NONE else rendered(template, facts, about)
    notice = Notice(
        province=province,
        receiver=receiver.public_id if receiver else receiver_of(address),
        person=receiver,
        about_kind=about.kind,
        about_id=about.id,
        path=about.path,
        moment=moment,
        kind=kind,
        channel=channel,
        subject=subject[:200],
        body=body,
        decided_at=clock.now(),
    )
    if not _decided_first(notice):
        return False
    if channel == MAIL:
        mail = outbox.keep(receiver.email if receiver else address, subject, body)
        Notice.objects.filter(pk=notice.pk).update(message_id=mail.message_id)
        hand_over.enqueue()
    return True


def person_of(public_id: str) -> Person:
    """The person with this public id; raises NotFound."""
    found = Person.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound("Deze persoon kennen we niet.")
    return found


def receiver_of(address: str) -> str:
    """How an address without an account is kept here: as a hash."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()


def rendered(template: str, facts: Mapping[str, Any], about: Reference) -> tuple[str, str]:
    """Subject and body of a message, as plain text."""
    words = {**facts, "about": about, "site": settings.VLIEGWIEL_ADDRESS}
    text = get_template(f"{template}.txt").template.render(Context(words, autoescape=False))  # type: ignore[attr-defined]  # of Django's own engine
    subject, _line, body = text.strip().partition("\n")
    return subject.strip(), body.strip()


def _decided_first(notice: Notice) -> bool:
    """The database decides who is first; who comes second changes nothing."""
    same = {"receiver": notice.receiver, "about_kind": notice.about_kind, "about_id": notice.about_id, "moment": notice.moment}
    if Notice.objects.filter(**same).exists():
        return False
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
    except IntegrityError:
        return False
    return True
