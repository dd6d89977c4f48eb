"""File numbers: one series a year, without gaps or doubles."""

from django.db.models import F

from vliegwiel.support.grants.models import FileSeries


def next_number(year: int) -> str:
    """The next file number (*zaaknummer*) of a year, like 2026-000123; call it in the transaction that uses it.

    The update holds the row until that transaction ends, so that two at once wait for each other, and a number that is rolled back
    is given again.
    """
    FileSeries.objects.get_or_create(year=year)
    FileSeries.objects.filter(year=year).update(last=F("last") + 1)
    return f"{year}-{FileSeries.objects.get(year=year).last:06d}"
