"""What notices hold of a file and of a person, and what belongs to neither."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from vliegwiel.foundation.notices.models import Notice, Pause, Preference
from vliegwiel.foundation.notices.receivers import hashed
from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.kernel.retention import Holding, References, Rows, pointing_at


def _rows(about: References) -> Sequence[Rows]:
    notices = Notice.objects.filter(**pointing_at(about))
    mails = OutgoingMail.objects.filter(message_id__in=[name for name in notices.values_list("message_id", flat=True) if name])
    return [mails, notices, Pause.objects.filter(about_id__in=[name for _kind, name in about])]


def forget_receivers(people: Collection[tuple[str, str]]) -> int:
    """Truly delete messages to and choices of these people (public id, e-mail address); returns how many. Part of the caller's act."""
    names = [name for person, email in people for name in (person, hashed(email))]
    found = (Notice.objects.filter(receiver__in=names), Preference.objects.filter(receiver__in=names))
    return sum(rows.delete()[0] for rows in found)


def old_messages(before: datetime, files: Collection[str]) -> int:
    """Truly delete messages of before a moment that are about no kind of record among `files`, and choices of who gets none any more.

    Mail of theirs that was never taken by the mail server goes too. Returns how many.
    """
    old = Notice.objects.filter(decided_at__lt=before).exclude(about_kind__in=files)
    mails = OutgoingMail.objects.filter(message_id__in=old.exclude(message_id="").values("message_id"))
    count = mails.delete()[0] + old.delete()[0]
    written = Notice.objects.filter(receiver=OuterRef("receiver"))
    return count + Preference.objects.filter(~Exists(written), person=None, chosen_at__lt=before).delete()[0]


HOLDINGS = [Holding("notices", "berichten", _rows)]
