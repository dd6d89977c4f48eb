"""Numbers of objections and notices: one series a year each, without gaps or doubles."""

from django.db.models import F

from vliegwiel.support.objections.models import ObjectionSeries

OBJECTION, NOTICE = "B", "I"


def next_number(kind: str, year: int) -> str:
    """The next number of a year, like B2026-00012; call it in the transaction that uses it: the update holds the row until it ends."""
    ObjectionSeries.objects.get_or_create(kind=kind, year=year)
    ObjectionSeries.objects.filter(kind=kind, year=year).update(last=F("last") + 1)
    return f"{kind}{year}-{ObjectionSeries.objects.get(kind=kind, year=year).last:05d}"
