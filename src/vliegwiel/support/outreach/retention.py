"""Whom outreach still names. A task holds no text about a person; contact details of a partner go when it ends (`end_partner`)."""

from collections.abc import Sequence

from vliegwiel.kernel.retention import Holding, References, Rows
from vliegwiel.support.outreach.models import ContactMoment, OutreachPartner, OutreachTask


def _rows(_about: References) -> Sequence[Rows]:
    return []


def _needs(people: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for rows, field in (
        (OutreachTask.objects.filter(adviser__in=people), "adviser"),
        (OutreachTask.objects.filter(asked_by__in=people), "asked_by"),
        (ContactMoment.objects.filter(by__in=people), "by"),
        (OutreachPartner.objects.filter(added_by__in=people), "added_by"),
    ):
        found |= set(rows.order_by().values_list(field, flat=True))
    return found


HOLDINGS = [Holding("outreach", "bereiktaken", _rows, needs=_needs)]
