"""Credit by decision of the Provincial Council: the decision itself, and every step in which it reaches a budget line."""

from collections.abc import Callable
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.actions.post_entries import Draft, post
from vliegwiel.foundation.budgets.lifecycle import Kind
from vliegwiel.foundation.budgets.models import CouncilDecision
from vliegwiel.foundation.budgets.queries import EntryFacts, budget_line, decision_named, facts_of
from vliegwiel.foundation.budgets.rules import moves
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.money import Money


@trail.recorded("record-council-decision", kind="council-decision")
def record_decision(
    *, actor: Actor, province: str, number: str, title: str, decided_on: date, amount: Money, publication: str = ""
) -> CouncilDecision:
    """Record a decision of the Provincial Council (*statenbesluit*) with the most it makes available; zero when it makes nothing available.

    Raises NotAllowed, or NotValid for no number or title, a day to come, a negative amount, or a number that is there.
    """
    demand(actor, "manage-budgets", Subject(province=province))
    if not number.strip() or not title.strip():
        raise NotValid(_("Geef het nummer en de titel van het statenbesluit."), code="no-number")
    if decided_on > clock.today():
        raise NotValid(_("Dit besluit ligt in de toekomst. Leg het vast als het is genomen."), code="decides-later")
    if amount.cents < 0:
        raise NotValid(_("Een besluit maakt nul euro of meer beschikbaar."), code="amount")
    try:
        with transaction.atomic():
            decision = CouncilDecision.objects.create(
                province=province,
                number=number.strip(),
                title=title.strip(),
                decided_on=decided_on,
                amount=amount.cents,
                publication=publication.strip(),
            )
            trail.record(
                actor=actor,
                action="record-council-decision",
                subject=Reference("council-decision", decision.public_id, "", ""),
                facts={"cents": amount.cents, "on": decided_on.isoformat()},
                province=province,
            )
    except IntegrityError as fault:
        raise NotValid(_("Statenbesluit {number} staat er al.").format(number=number.strip()), code="there-already") from fault
    return decision


@trail.recorded("appropriate-credit", kind="budget-line", about=lambda arguments: str(arguments["line"])[:12])
def appropriate_credit(*, actor: Actor, line: str, amount: Money, decision: str, key: str = "") -> EntryFacts:
    """Add credit to a budget line, resting on a council decision (public ids); the steps together never pass what it makes available.

    `key` names the step, so that a form that is sent twice counts once. Raises NotFound, NotAllowed, NotValid, or NotNow with code
    "decision" when the decision has less left, "closed" for a closed line.
    """
    found, of = budget_line(line), decision_named(decision)
    demand(actor, "manage-budgets", Subject(province=found.province))
    _same_province(found.province, of)

    def drafts() -> list[Draft]:
        if budget_line(line).closed_on is not None:
            raise NotNow(_("Budgetpost “{title}” is afgesloten. Kies een andere post.").format(title=found.title), code="closed")
        row = CouncilDecision.objects.filter(pk=of.pk, appropriated__lte=F("amount") - amount.cents)
        if not row.update(appropriated=F("appropriated") + amount.cents):
            left = Money(of.amount - CouncilDecision.objects.get(pk=of.pk).appropriated).dutch()
            text = _("Statenbesluit {number} heeft nog {left} over.").format(number=of.number, left=left)
            raise NotNow(text, code="decision")
        return [
            Draft(
                line=budget_line(line), kind=Kind.CREDIT, cents=amount.cents, moves=moves(Kind.CREDIT, amount.cents), decision=of
            )
        ]

    return _post(actor, of, key, amount, drafts)


@trail.recorded("lower-credit", kind="budget-line", about=lambda arguments: str(arguments["line"])[:12])
def lower_credit(*, actor: Actor, line: str, amount: Money, decision: str, key: str = "") -> EntryFacts:
    """Take free credit off a budget line, resting on a council decision.

    Raises NotFound, NotAllowed, NotValid, or NotNow with code "credit" when less is free.
    """
    found, of = budget_line(line), decision_named(decision)
    demand(actor, "manage-budgets", Subject(province=found.province))
    _same_province(found.province, of)

    def drafts() -> list[Draft]:
        what = moves(Kind.CREDIT_LESS, amount.cents)
        return [Draft(line=budget_line(line), kind=Kind.CREDIT_LESS, cents=amount.cents, moves=what, decision=of)]

    return _post(actor, of, key, amount, drafts)


def _post(actor: Actor, decision: CouncilDecision, key: str, amount: Money, drafts: Callable[[], list[Draft]]) -> EntryFacts:
    about = Reference("council-decision", decision.public_id, decision.title, "")
    return facts_of(post(actor=actor, about=about, key=key or public_id(), amount=amount, build=drafts)[0])


def _same_province(province: str, decision: CouncilDecision) -> None:
    if decision.province != province:
        raise NotValid(_("Dit statenbesluit is van een andere provincie."), code="other-province")
