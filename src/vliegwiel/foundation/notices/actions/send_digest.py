"""Send what waited for the weekly message."""

from itertools import groupby

from django.db import transaction

from vliegwiel.foundation.notices.actions.tell import rendered
from vliegwiel.foundation.notices.kinds import WEEKLY
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.people import outbox
from vliegwiel.foundation.people.tasks import hand_over
from vliegwiel.kernel.actor import Actor, Reference

_NOTHING = Reference("digest", "", "", "")


def send_digest(*, actor: Actor) -> int:
    """One mail for everyone with messages that waited; returns how many mails. What another process took is left alone."""
    waiting = Notice.objects.filter(channel=WEEKLY, message_id="").exclude(person=None).order_by("person_id", "pk")
    count = 0
    for _person, group in groupby(waiting.select_related("person"), key=lambda notice: notice.person_id):
        notices = list(group)
        with transaction.atomic():
            count += _send(notices)
    return count


def _send(notices: list[Notice]) -> bool:
    person = notices[0].person
    if person is None:
        return False
    subject, body = rendered("foundation/notices/texts/digest", {"notices": notices}, _NOTHING)
    mail = outbox.keep(person.email, subject, body)
    numbers = [notice.pk for notice in notices]
    if Notice.objects.filter(pk__in=numbers, message_id="").update(message_id=mail.message_id) != len(numbers):
        mail.delete()
        Notice.objects.filter(message_id=mail.message_id).update(message_id="")
        return False
    hand_over.enqueue()
    return True
