"""Numbers of decisions of a fund: one series a year, without gaps or doubles."""

from django.db.models import F

from vliegwiel.support.funders.models import IntakeSeries


def next_number(year: int) -> str:
    """The next number of a year, like F2026-00012; call it in the transaction that uses it: the update holds the row until it ends."""
    IntakeSeries.objects.get_or_create(year=year)
    IntakeSeries.objects.filter(year=year).update(last=F("last") + 1)
    return f"F{year}-{IntakeSeries.objects.get(year=year).last:05d}"
