"""Reads of state aid."""

from datetime import date

from django.db.models import QuerySet

from vliegwiel.foundation.people.public import Fields, may_filter, undertaking_of
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.money import Money
from vliegwiel.support.state_aid.models import AidAssessment, AidEntry
from vliegwiel.support.state_aid.rules import Granted

PLACE = Fields(province="province")


def newest(about: Reference) -> AidAssessment | None:
    """The assessment that counts."""
    return AidAssessment.objects.filter(about_kind=about.kind, about_id=about.id).order_by("-pk").first()


def entries_of(organisation: str, *, on: date | None = None) -> QuerySet[AidEntry]:
    """Every entry of the undertaking this organisation (public id) is part of, newest first."""
    return AidEntry.objects.filter(organisation__in=undertaking_of(organisation, on=on)).order_by("-granted_on", "-pk")


def granted_to(organisation: str, *, on: date | None = None) -> list[Granted]:
    """What an undertaking got: a correction counts on the day of what it corrects."""
    rows = entries_of(organisation, on=on).values_list("ledger", "amount", "granted_on")
    return [Granted(ledger, Money(amount), day) for ledger, amount, day in rows]


def to_report(actor: Actor) -> QuerySet[AidEntry]:
    """What the actor may report and nobody did yet, the first day first."""
    found = AidEntry.objects.filter(reported_on=None, report_by__isnull=False, source="grant")
    return may_filter(actor, "assess-applications", found, PLACE).order_by("report_by", "pk")
