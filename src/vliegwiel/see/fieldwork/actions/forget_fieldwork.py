"""Destroy what of closed fieldwork is over its term: answers that were never handed over."""

from django.db import transaction

from vliegwiel.catalogue.retention import retentions
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.fieldwork.actions.plan_fielding import record
from vliegwiel.see.fieldwork.models import Fielding

RETENTION = "fieldwork-answers"


@trail.recorded("forget-fieldwork", kind="fielding")
def forget_fieldwork(*, actor: Actor) -> int:
    """Destroy answers and written answers as long after closing as `catalogue/retention.yml` says (AVG 5(1)(e)); returns of how many.

    What was counted at closing stays.
    """
    term, today, count = retentions()[RETENTION].on(clock.today()), clock.today(), 0
    for found in Fielding.objects.filter(closed_at__isnull=False).order_by("pk"):
        if found.closed_at is None or term.ends(clock.legal_date(found.closed_at)) > today:
            continue
        with transaction.atomic():
            gone = found.answers.all().delete()[0] + found.texts.all().delete()[0]
            found.unsent.all().delete()  # of who began at the moment of closing
            if gone:
                record(actor, "forget-fieldwork", found, {"answers": gone})
                count += 1
    return count
