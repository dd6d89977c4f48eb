"""What the room above asks and does with a grant after its decision: lists, budget, and the few facts that change here.

Each write is part of the transaction of the act that calls it, which demands the permission.
"""

from collections.abc import Collection, Iterable
from datetime import date

from vliegwiel.foundation.notices.public import MessageFacts, messages_of
from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.foundation.people.public import Fields, may_filter
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants import standing
from vliegwiel.support.grants.drafts import Draft, applications_for
from vliegwiel.support.grants.facts import CostFacts, InstalmentFacts, RunningFacts, instalment_facts
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, Decision, Duty, Instalment
from vliegwiel.support.grants.models.application import BudgetSide, ParticipantRole, Purpose
from vliegwiel.support.grants.readiness import outcome_of


def budget_of(name: str) -> list[CostFacts]:
    """The costs of the plan, in the order of the application."""
    rows = standing.find(name).budget.filter(side=BudgetSide.COST)
    return [CostFacts(row.kind, row.text, row.money) for row in rows]


def cashier_signed(name: str) -> bool:
    """Whether someone who keeps the money (*penvoerder*) takes part and signed the application."""
    found = standing.find(name)
    kept = found.participants.filter(role=ParticipantRole.CASHIER, accepted_at__isnull=False).values_list("person", "name")
    signed = set(found.signatures.filter(purpose=Purpose.APPLICATION).values_list("person", "name"))
    return any(signs(person, name, signed) for person, name in kept)


def signs(person: str, name: str, signed: Collection[tuple[str, str]]) -> bool:
    """Whether someone's signature is among these (person, name): by their account, or by their name when they signed on paper."""
    return any(person == by and (person or name == called) for by, called in signed)


def most_for_costs(name: str, costs: Money) -> Money | None:
    """The most that the regulation gives on these costs (the calculation of the grant, Awb 4:31); None when it does not say."""
    return outcome_of(Draft(standing.find(name)), costs).most


def running_grants(actor: Actor, verb: str, states: Iterable[State]) -> list[RunningFacts]:
    """The applications in these states that the actor may do this verb to, the oldest decision first; at most a thousand."""
    fields = Fields(province="province", municipality="municipality")
    wanted = Application.objects.filter(state__in=[state.value for state in states])
    found = may_filter(actor, verb, wanted, fields).order_by("decided_on", "pk")[:1000]
    return [
        RunningFacts(
            row.public_id,
            row.number or "",
            row.title,
            row.scheme_title,
            row.applicant_name,
            row.province,
            row.stands,
            Money(row.awarded or 0),
            row.decided_on,
            row.made_up,
        )
        for row in found
    ]


def mark_ordered(name: str, instalment: int) -> None:
    """An instalment was handed to payments, in the caller's transaction; raises NotFound, and NotNow when it was before."""
    rows = Instalment.objects.filter(decision__application=standing.find(name), pk=instalment)
    if not rows.exists():
        raise NotFound("Deze betaling staat niet in het plan.")
    if not rows.filter(ordered_at=None).update(ordered_at=clock.now()):
        raise NotNow("Deze betaling is al klaargezet.", code="ordered")


def mark_met(name: str, duty: int, on: date) -> None:
    """An obligation or condition was met on this day, in the caller's transaction; raises NotFound."""
    rows = Duty.objects.filter(decision__application=standing.find(name), decision__taken_at__isnull=False, pk=duty)
    if not rows.update(met_on=on):
        raise NotFound("Deze verplichting hoort niet bij dit besluit.")


def set_account(name: str, account: str, account_name: str) -> None:
    """Another bank account for what is still paid, in the caller's transaction."""
    found = standing.find(name)
    Application.objects.filter(pk=found.pk).update(account=account, account_name=account_name[:70])


def plan_instalment(decision: str, amount: Money, due_on: date) -> None:
    """One more payment in the plan of a taken decision (public id), in the caller's transaction: when a condition was met."""
    row = Decision.objects.filter(public_id=decision, taken_at__isnull=False).first()
    if row is None:
        raise NotFound("Dit besluit kennen we niet.")
    last = row.instalments.order_by("-place").first()
    Instalment.objects.create(decision=row, place=last.place + 1 if last else 1, amount=amount.cents, due_on=due_on)


def tie_instalment(name: str, instalment: int, duty: int | None) -> None:
    """A payment of the plan waits for an obligation of the same decision (Awb 4:37), or for none any more, in the caller's transaction;
    raises NotFound."""
    rows = Instalment.objects.filter(decision__application=standing.find(name), ordered_at=None, pk=instalment)
    found = rows.first()
    if found is None or (duty is not None and not Duty.objects.filter(decision=found.decision, pk=duty).exists()):
        raise NotFound("Deze betaling of verplichting hoort niet bij dit besluit, of is al betaald.")
    rows.update(after=duty)


def every_instalment_of(name: str) -> list[InstalmentFacts]:
    """The payments of all decisions on an application, also of those whose place another took."""
    rows = Instalment.objects.filter(decision__application=standing.find(name), decision__taken_at__isnull=False)
    return [instalment_facts(row) for row in rows.order_by("decision", "place")]


def paid_too_late(province: str) -> list[str]:
    """The public ids of applications with a payment that was ordered and should have come earlier, for the decision was late or came only
    after an objection (Awb 4:100, 4:102); the newest first, at most a thousand."""
    rows = Instalment.objects.filter(decision__application__province=province, owed_from__isnull=False, ordered_at__isnull=False)
    return list(dict.fromkeys(rows.order_by("-pk").values_list("decision__application__public_id", flat=True)[:1000]))


def messages_about(person: str, about: Reference) -> list[MessageFacts]:
    """The messages of a person (public id) about an application: those that name it or a page of it, and those that bring a letter in its
    file; newest first."""
    paths = {letter.path for letter in letters_of(about)}
    return [
        item
        for item in messages_of(person)
        if item.path == about.path or item.path.startswith(f"{about.path}/") or item.path in paths
    ]


def running(state: State) -> list[str]:
    """The public ids of all applications in this state: for jobs that ask what is due."""
    return list(Application.objects.filter(state=state.value).order_by("pk").values_list("public_id", flat=True))


def received_by(actor: Actor) -> list[str]:
    """The public ids of grants that this actor received and that may still ask something, the last changed first; at most ten."""
    states = [state.value for state in (State.GRANTED, State.REPORTED, State.DETERMINED, State.WITHDRAWN)]
    given = applications_for(actor).filter(state__in=states, decisions__taken_at__isnull=False, awarded__isnull=False)
    return list(given.values_list("public_id", flat=True)[:10])


def due_instalments(actor: Actor, verb: str) -> list[str]:
    """The public ids of applications with payments that were not ordered, that the actor may do this verb to; the first day first."""
    fields = Fields(province="province", municipality="municipality")
    payable = (State.GRANTED.value, State.REPORTED.value, State.DETERMINED.value)
    allowed = may_filter(actor, verb, Application.objects.filter(state__in=payable), fields)
    rows = Instalment.objects.filter(ordered_at=None, decision__application__in=allowed, decision__taken_at__isnull=False)
    return list(dict.fromkeys(rows.order_by("due_on", "pk").values_list("decision__application__public_id", flat=True)[:1000]))
