"""Reads of state aid."""

from datetime import date

from django.db.models import Max, QuerySet

from vliegwiel.foundation.people.public import Fields, may_filter, undertaking_of
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.reading import once
from vliegwiel.support.state_aid.models import AidAssessment, AidEntry
from vliegwiel.support.state_aid.rules import Granted

PLACE = Fields(province="province")


def newest(about: Reference) -> AidAssessment | None:
    """The assessment that counts."""
    found = AidAssessment.objects.filter(about_kind=about.kind, about_id=about.id).order_by("-pk")
    return once(("aid", about.kind, about.id), found.first)


def entries_of(organisation: str, *, on: date | None = None) -> QuerySet[AidEntry]:
    """Every entry of the undertaking this organisation (public id) is part of, newest first."""
    return AidEntry.objects.filter(organisation__in=undertaking_of(organisation, on=on)).order_by("-granted_on", "-pk")


def granted_to(organisation: str, *, on: date | None = None) -> list[Granted]:
    """What an undertaking got: a correction counts on the day of what it corrects."""
    rows = entries_of(organisation, on=on).values_list("ledger", "amount", "granted_on")
    return [Granted(ledger, Money(amount), day) for ledger, amount, day in rows]


def to_report(actor: Actor) -> QuerySet[AidEntry]:
    """What the actor may report and nobody did yet, the first day first: grants, and corrections of what was reported."""
    found = AidEntry.objects.filter(reported_on=None, report_by__isnull=False)
    return may_filter(actor, "assess-applications", found, PLACE).order_by("report_by", "pk")


def undertakings(actor: Actor) -> QuerySet[AidEntry, str]:
    """The organisations (public id, or number in the trade register) that got aid where the actor works, the latest first."""
    found = may_filter(actor, "assess-applications", AidEntry.objects.all(), PLACE)
    latest = found.order_by().values("organisation").annotate(latest=Max("granted_on"))
    return latest.order_by("-latest", "organisation").values_list("organisation", flat=True)


def readable_entries(actor: Actor, organisation: str) -> QuerySet[AidEntry]:
    """The entries of the undertaking that the actor may read. What counts for the ceiling is all of them, wherever they were given."""
    return may_filter(actor, "assess-applications", entries_of(organisation), PLACE)
