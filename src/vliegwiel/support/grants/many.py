"""Awards of many applications at once, for lists: a fixed number of questions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from vliegwiel.engines.rulebook import SchemeRules
from vliegwiel.support.grants.afterwards import signs
from vliegwiel.support.grants.facts import (
    DecisionFacts,
    DutyFacts,
    GrantFacts,
    InstalmentFacts,
    decision_facts,
    duty_facts,
    facts_of,
    instalment_facts,
)
from vliegwiel.support.grants.models import Application, Decision, Duty, Instalment, Signature
from vliegwiel.support.grants.models.application import ParticipantRole, Purpose
from vliegwiel.support.grants.models.decision import AWARDING
from vliegwiel.support.grants.regulation import rules_for


@dataclass(frozen=True)
class AwardFacts:
    """An application with the award that counts, what comes with it, its plan, the rules that hold, and whether who keeps the money
    signed."""

    grant: GrantFacts
    decision: DecisionFacts
    duties: list[DutyFacts]
    instalments: list[InstalmentFacts]
    rules: SchemeRules
    cashier_signed: bool


def awards_of(names: Iterable[str]) -> dict[str, AwardFacts]:
    """The award that counts of several applications (public ids); see `public.awards_of`."""
    found = {row.public_id: row for row in Application.objects.filter(public_id__in=list(names)).prefetch_related("participants")}
    rows = [row.pk for row in found.values()]
    taken = Decision.objects.filter(application__in=rows, kind__in=AWARDING).exclude(taken_at=None).select_related("replaces")
    newest = {row.application_id: row for row in taken.order_by("taken_at", "pk")}
    duties: dict[int, list[DutyFacts]] = defaultdict(list)
    for duty in Duty.objects.filter(decision__in=[row.pk for row in newest.values()]).order_by("due_on", "pk"):
        duties[duty.decision_id].append(duty_facts(duty))
    plans: dict[int, list[InstalmentFacts]] = defaultdict(list)
    for item in Instalment.objects.filter(decision__in=taken).select_related("decision").order_by("decision", "place"):
        plans[item.decision.application_id].append(instalment_facts(item))
    signed: dict[int, set[tuple[str, str]]] = defaultdict(set)
    signatures = Signature.objects.filter(application__in=rows, purpose=Purpose.APPLICATION)
    for application, person, called in signatures.values_list("application_id", "person", "name"):
        signed[application].add((person, called))
    return {
        name: AwardFacts(
            grant=facts_of(row),
            decision=decision_facts(newest[row.pk]),
            duties=duties[newest[row.pk].pk],
            instalments=plans[row.pk],
            rules=rules_for(row),
            cashier_signed=_cashier_signed(row, signed[row.pk]),
        )
        for name, row in found.items()
        if row.pk in newest
    }


def _cashier_signed(application: Application, signed: set[tuple[str, str]]) -> bool:
    kept = [item for item in application.participants.all() if item.role == ParticipantRole.CASHIER and item.accepted_at]
    return any(signs(item.person, item.name, signed) for item in kept)
