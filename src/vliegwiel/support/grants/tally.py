"""How many applications a scheme had, and what came of them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application

_GRANTED = [state.value for state in (State.GRANTED, State.REPORTED, State.DETERMINED)]


@dataclass(frozen=True)
class Tally:
    """One scheme: calls with an application, applications received, decided so or so, withdrawn, pending; amounts in cents."""

    scheme: str
    title: str
    calls: int
    applications: int
    granted: int
    refused: int
    not_treated: int
    withdrawn: int
    asked: Money
    awarded: Money

    def to_json(self) -> dict[str, Any]:
        """Plain values; amounts in whole cents."""
        pending = self.applications - self.granted - self.refused - self.not_treated - self.withdrawn
        return {**vars(self), "asked": self.asked.cents, "awarded": self.awarded.cents, "pending": pending}


def tally() -> list[Tally]:
    """Every scheme with an application that was received, by key."""
    rows = (
        Application.objects.filter(number__isnull=False)
        .order_by("scheme")
        .values("scheme", "scheme_title")
        .annotate(
            calls=Count("call", distinct=True, filter=~Q(call="")),
            applications=Count("pk"),
            granted=Count("pk", filter=Q(state__in=_GRANTED)),
            refused=Count("pk", filter=Q(state=State.REFUSED)),
            not_treated=Count("pk", filter=Q(state=State.NOT_TREATED)),
            withdrawn=Count("pk", filter=Q(state=State.WITHDRAWN)),
            cents=Sum("asked"),
            given=Sum("awarded"),
        )
    )
    return [
        Tally(
            row["scheme"],
            row["scheme_title"],
            row["calls"],
            row["applications"],
            row["granted"],
            row["refused"],
            row["not_treated"],
            row["withdrawn"],
            Money(row["cents"] or 0),
            Money(row["given"] or 0),
        )
        for row in rows
    ]
