"""By the clock: tasks that are done with go, with their moments of contact and who went."""

from django.db import transaction
from django.db.models import Q

from vliegwiel.catalogue.retention import kept_for
from vliegwiel.foundation.notices.public import forget
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.outreach.models import OutreachTask
from vliegwiel.support.outreach.standing import reference

_AT_ONCE = 500


def forget_outreach(*, actor: Actor) -> int:
    """Destroy tasks whose term in `catalogue/retention.yml` is over, counted from their end or, when nobody ended them, from the day they
    were due; returns how many. What came of a task stays where it is. By the clock only."""
    before = clock.today() - kept_for("outreach-task")
    over = OutreachTask.objects.filter(Q(ended_on__lt=before) | Q(ended_on=None, due_on__lt=before))
    gone = 0
    for found in over.order_by("pk")[:_AT_ONCE]:
        with transaction.atomic():
            forget(about=reference(found))
            trail.record(actor=actor, action="forget-outreach", subject=reference(found), province=found.province)
            found.delete()
            gone += 1
    return gone
