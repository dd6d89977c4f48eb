"""Delete the messages about a record that never was, such as a draft that is thrown away."""

from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.notices.receivers import hashed
from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.kernel.actor import Reference


def forget(*, about: Reference, person: str = "", address: str = "") -> int:
    """Truly delete the messages about a record, also those that wait in the outbox; returns how many. Part of the caller's transaction.

    With a person (public id) or an address only those to that receiver. That the record may lose them is for the calling action. What
    was handed over already is gone from here soon by itself.
    """
    found = Notice.objects.filter(about_kind=about.kind, about_id=about.id)
    if person or address:
        found = found.filter(receiver=person or hashed(address))
    OutgoingMail.objects.filter(message_id__in=[name for name in found.values_list("message_id", flat=True) if name]).delete()
    return found.delete()[0]
