"""Numbers of challenges: one series a year, without gaps or doubles."""

from django.db.models import F

from vliegwiel.support.challenges.models import ChallengeSeries


def next_number(year: int) -> str:
    """The next number of a year, like U2026-00003; call it in the transaction that uses it: the update holds the row until it ends."""
    ChallengeSeries.objects.get_or_create(year=year)
    ChallengeSeries.objects.filter(year=year).update(last=F("last") + 1)
    return f"U{year}-{ChallengeSeries.objects.get(year=year).last:05d}"
