"""Send what waited for the weekly message."""

from itertools import groupby

from django.db import transaction

from vliegwiel.foundation.notices.actions.tell import rendered
from vliegwiel.foundation.notices.kinds import MAIL, SITE, WEEKLY
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.notices.queries import channel_of
from vliegwiel.foundation.people import outbox
from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.tasks import hand_over
from vliegwiel.kernel.actor import Actor, Reference

_NOTHING = Reference("digest", "", "", "")


def send_digest(*, actor: Actor) -> int:
    """One mail for everyone with messages that waited; returns how many mails.

    Who chose otherwise in the meantime finds them on the site only. Messages and mail change together: when we stop half-way the rest
    follows at the next turn, and none goes twice.
    """
    waiting = Notice.objects.filter(channel=WEEKLY, message_id="").exclude(person=None).order_by("person_id", "pk")
    count = 0
    for _person, group in groupby(waiting.select_related("person"), key=lambda notice: notice.person_id):
        notices = list(group)
        if notices[0].person is not None:
            with transaction.atomic():
                count += _send(notices[0].person, notices)
    return count


def _send(person: Person, waiting: list[Notice]) -> bool:
    chosen = {kind: channel_of(person, kind) for kind in {notice.kind for notice in waiting}}
    same = Notice.objects.filter(channel=WEEKLY, message_id="")
    stays = [notice.pk for notice in waiting if chosen[notice.kind] not in (WEEKLY, MAIL)]
    same.filter(pk__in=stays).update(channel=SITE)
    message_id = outbox.new_message_id()
    same.filter(pk__in=[notice.pk for notice in waiting if notice.pk not in stays]).update(message_id=message_id)
    taken = list(Notice.objects.filter(message_id=message_id).order_by("pk"))
    if not taken:
        return False
    subject, body = rendered("foundation/notices/texts/digest", {"notices": taken}, _NOTHING)
    outbox.keep(person.email, subject, body, message_id)
    hand_over.enqueue()
    return True
