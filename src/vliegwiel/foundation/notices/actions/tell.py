"""Tell someone something, once."""

from collections.abc import Mapping, Sequence
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
    channel = receiver.channel(kind)
    subject, body = ("", "") if channel == NONE else rendered(template, facts, about)
    on_paper = channel == POST and kind != LETTERS
    notice = Notice(
        province=province,
        receiver=receiver.code,
        person=receiver.person,
        about_kind=about.kind,
        about_id=about.id,
        path=about.path,
        moment=moment,
        kind=kind,
        channel=channel,
        subject=subject[:200],
        body=body,
        postal="\n".join(post) if on_paper else "",
        decided_at=clock.now(),
    )
    if not _decided_first(notice, receiver):
        return False
    if channel == MAIL:
        mail = outbox.keep(receiver.address, subject, body)
        Notice.objects.filter(pk=notice.pk).update(message_id=mail.message_id)
        hand_over.enqueue()
    elif on_paper and notice.postal:
        from vliegwiel.foundation.notices.tasks import put_on_paper

        put_on_paper.enqueue()
    return True


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
