"""By the clock: reports of residents and saved outcomes go when their term in `catalogue/retention.yml` is over."""

from django.db import transaction
from django.db.models.functions import Coalesce, Greatest

from vliegwiel.catalogue.retention import kept_for
from vliegwiel.foundation.notices.public import forget
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.see.facilities.models import MistakeReport
from vliegwiel.see.facilities.standing import KINDS, Saved

_AT_ONCE = 500


def forget_outcomes(*, actor: Actor) -> int:
    """Destroy what is over its term, with the messages about it (AVG 5(1)(e)); returns how many. What was mended stays mended."""
    now, gone = clock.now(), 0
    told = Coalesce("answered_at", "made_at")
    reports = MistakeReport.objects.alias(last=told).filter(last__lt=now - kept_for("mistake-report"))
    for report in reports.select_related("facility").order_by("pk")[:_AT_ONCE]:
        gone += _forget(actor, Reference("mistake-report", report.public_id, "", ""), report, report.facility.province)
    last = Greatest("made_at", Coalesce("shared_at", "made_at"), Coalesce("sent_at", "made_at"))
    for kind, model in KINDS.items():
        saved = model.objects.alias(last=last).filter(last__lt=now - kept_for("saved-outcome"))
        for one in saved.order_by("pk")[:_AT_ONCE]:
            gone += _forget(actor, Reference(kind, one.public_id, "", ""), one, one.province)
    return gone


@transaction.atomic
def _forget(actor: Actor, about: Reference, row: MistakeReport | Saved, province: str) -> int:
    forget(about=about)
    if not row.delete()[0]:
        return 0
    trail.record(actor=actor, action="forget-outcomes", subject=about, province=province)
    return 1
