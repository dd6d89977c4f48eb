"""Numbers of questions: one series a year, without gaps or doubles."""

from django.db.models import F

from vliegwiel.support.desk.models import EnquirySeries


def next_number(year: int) -> str:
    """The next number of a year, like L2026-00012; call it in the transaction that uses it: the update holds the row until it ends."""
    EnquirySeries.objects.get_or_create(year=year)
    EnquirySeries.objects.filter(year=year).update(last=F("last") + 1)
    return f"L{year}-{EnquirySeries.objects.get(year=year).last:05d}"
