"""Write the messages that go on paper: each becomes a letter on the list to print."""

import logging

from django.db import transaction

from vliegwiel.foundation.notices.kinds import LETTERS, POST
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.papers.public import Recipient, decide_sending, draft_letter, issue_letter, prepare_letter
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import Refusal

log = logging.getLogger(__name__)


def write_messages(*, actor: Actor) -> int:
    """Make a letter of every message that was decided for paper; returns how many.

    The pages are set before the transaction. Letter, list and message change together, so a message never becomes two letters. After
    that the address is no longer kept with the message.
    """
    waiting = (
        Notice.objects.filter(channel=POST, letter="", message_id="").exclude(kind=LETTERS).exclude(postal="").order_by("pk")
    )
    count = 0
    for notice in waiting:
        try:
            count += _write(actor, notice)
        except Refusal as refusal:
            log.warning("message %s cannot be written: %s", notice.public_id, refusal.code)
    return count


def _write(actor: Actor, notice: Notice) -> bool:
    draft = draft_letter(
        "message",
        facts={"subject": notice.subject, "text": notice.body},
        recipient=Recipient(tuple(notice.postal.split("\n"))),
        reference=notice.about_id,
        salutation="",
    )
    ready = prepare_letter(province=notice.province, draft=draft)
    about = Reference(notice.about_kind, notice.about_id, "", notice.path)
    with transaction.atomic():
        letter = issue_letter(actor=actor, province=notice.province, about=about, draft=ready)
        decide_sending(actor=actor, letter=letter.id, way=POST)
        mine = bool(Notice.objects.filter(pk=notice.pk, letter="").update(letter=letter.id, postal=""))
        if not mine:  # another process made a letter of it
            transaction.set_rollback(True)
    return mine
