"""Keep with each message when its mail was handed over: the outbox forgets it after thirty days."""

from django.db.models import OuterRef, Subquery

from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.people.models import OutgoingMail


def note_handed_over() -> int:
    """Copy the moment from the outbox; returns how many messages. Harmless when repeated."""
    handed = OutgoingMail.objects.filter(handed_over_at__isnull=False)
    moment = handed.filter(message_id=OuterRef("message_id")).values("handed_over_at")[:1]
    underway = Notice.objects.filter(handed_over_at=None).exclude(message_id="")
    return underway.filter(message_id__in=handed.values("message_id")).update(handed_over_at=Subquery(moment))
