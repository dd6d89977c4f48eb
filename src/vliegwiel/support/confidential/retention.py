"""What this room holds of a case, whom it still needs, and what goes with an account.

There is no `RetentionRule`: a list of destruction is read by archivists, and that a confidential case exists is for its team alone. The
team judges it by `judge_retention`, with the same term of the catalogue, the same `Holding` and the same two persons.
"""

from collections.abc import Sequence

from django.db import transaction

from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.retention import Holding, References, Rows, ids_of
from vliegwiel.support.confidential.actions.keep_team import leave_cases
from vliegwiel.support.confidential.models import (
    AccessRequest,
    CaseSignal,
    ConfidentialCase,
    ConfidentialMember,
    ConfidentialStep,
    DestroyedCase,
    SignalHandover,
)
from vliegwiel.support.confidential.standing import KIND


def held(about: References) -> Sequence[Rows]:
    """Every row of these cases, in the order in which they can be deleted."""
    cases = ConfidentialCase.objects.filter(public_id__in=ids_of(about, KIND)).order_by("pk")
    return [
        SignalHandover.objects.filter(signal__case__in=cases).order_by("pk"),
        CaseSignal.objects.filter(case__in=cases).order_by("pk"),
        ConfidentialStep.objects.filter(case__in=cases).order_by("pk"),
        AccessRequest.objects.filter(case__in=cases).order_by("pk"),
        cases,
    ]


def digest_of(rows: Sequence[Rows]) -> str:
    """The SHA-256 of these rows as they are now."""
    return content_hash(
        [
            {field.attname: str(getattr(row, field.attname)) for field in row._meta.concrete_fields}
            for part in rows
            for row in part
        ]
    )


def _needs(people: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for rows, field in (
        (ConfidentialMember.objects.filter(person__in=people), "person"),
        (ConfidentialCase.objects.filter(keeper__in=people), "keeper"),
        (ConfidentialCase.objects.filter(proposed_by__in=people), "proposed_by"),
        (CaseSignal.objects.filter(noted_by__in=people), "noted_by"),
        (SignalHandover.objects.filter(by__in=people), "by"),
        (ConfidentialStep.objects.filter(by__in=people), "by"),
        (AccessRequest.objects.filter(answered_by__in=people), "answered_by"),
        (DestroyedCase.objects.filter(by__in=people), "by"),
        (DestroyedCase.objects.filter(proposed_by__in=people), "proposed_by"),
    ):
        found |= set(rows.order_by().values_list(field, flat=True))
    return found


@transaction.atomic
def leave_teams(*, actor: Actor, person: str, email: str) -> None:
    """Who removes the account leaves every team; their open cases wait for the others. Part of the caller's transaction."""
    for member in ConfidentialMember.objects.filter(person=person, until=None).select_related("team"):
        leave_cases(actor, member.team, person, None)
        ConfidentialMember.objects.filter(pk=member.pk).update(until=clock.now())


HOLDINGS = [Holding("confidential", "vertrouwelijke zaken", held, needs=_needs, leave=leave_teams)]
