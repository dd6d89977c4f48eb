"""The outbox: every message is kept first, in the transaction of the act, and handed over after it.

Without SMTP settings nothing leaves the machine. Each message keeps one Message-ID, so that a mail server that gets it twice can tell.
"""

import logging
from collections.abc import Mapping, Sequence
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from vliegwiel.catalogue.retention import kept_for
from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.kernel import clock
from vliegwiel.kernel.ids import public_id

log = logging.getLogger(__name__)
SMTP = "django.core.mail.backends.smtp.EmailBackend"


class OutboxBackend(BaseEmailBackend):
    """Django's way to send mail: into the outbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep every message for each of its recipients, and ask the worker to hand it over."""
        from vliegwiel.foundation.people.tasks import hand_over

        for message in email_messages:
            for recipient in message.recipients():
                keep(recipient, str(message.subject), str(message.body))
        hand_over.enqueue()
        return len(email_messages)


def post(template: str, recipient: str, context: Mapping[str, Any]) -> OutgoingMail:
    """Keep a message made from `mails/<template>.txt`, whose first line is the subject; part of the caller's transaction."""
    from vliegwiel.foundation.people.tasks import hand_over

    text = render_to_string(f"foundation/people/mails/{template}.txt", {**context, "site": settings.VLIEGWIEL_ADDRESS})
    subject, _, body = text.strip().partition("\n")
    kept = keep(recipient, subject.strip(), body.strip())
    hand_over.enqueue()
    return kept


def keep(recipient: str, subject: str, body: str, message_id: str = "") -> OutgoingMail:
    """One message for one recipient."""
    return OutgoingMail.objects.create(
        message_id=message_id or new_message_id(), recipient=recipient, subject=subject[:200], body=body
    )


def new_message_id() -> str:
    """A Message-ID that no other message has."""
    return f"<{public_id()}.{public_id()}@vliegwiel>"


def hand_over_waiting() -> int:
    """Hand the waiting messages to the mail server; returns how many. Without SMTP settings they wait.

    One that the mail server refuses stays, and does not hold up the others. A message is marked after it was handed over: when we stop
    in between it goes again, under the same Message-ID. Its text is removed then; the demo never hands over.
    """
    if not settings.EMAIL_HOST or settings.VLIEGWIEL_DEMO:
        return 0
    count = 0
    with get_connection(SMTP) as connection:
        for mail in OutgoingMail.objects.filter(handed_over_at=None).order_by("pk"):
            headers = {"Message-ID": mail.message_id}
            message = EmailMessage(mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.recipient], headers=headers)
            try:
                connection.send_messages([message])
            except SMTPException:
                log.exception("message %s could not be handed over and stays in the outbox", mail.message_id)
                continue
            OutgoingMail.objects.filter(pk=mail.pk).update(handed_over_at=clock.now(), body="")
            count += 1
    return count


def clear_sent() -> int:
    """Remove what was handed over longer ago than it is kept: an address is not kept for its own sake. Returns how many."""
    return OutgoingMail.objects.filter(handed_over_at__lt=clock.now() - kept_for("sent-mail")).delete()[0]
