"""Which crisis a province is in."""

from vliegwiel.support.schemes.models import Crisis


def crisis_now(province: str) -> Crisis | None:
    """The crisis that a province (any, without one) is in now, the latest first."""
    found = Crisis.objects.filter(ended_on=None).order_by("-started_on", "-pk")
    return (found.filter(province=province) if province else found).first()
