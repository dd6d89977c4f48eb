"""What rooms above may know of and do with a granted application: settlements, objections, direct grants.

They never hold a row of this room: they name an application by its public id or file number and get facts. A move goes through `lifecycle`
by `move_on`, in the transaction of the caller.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from vliegwiel.engines.rulebook import SchemeRules
from vliegwiel.foundation.papers.public import LetterDraft, LetterFacts, PreparedLetter
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Verdict
from vliegwiel.support.grants import letters, standing
from vliegwiel.support.grants.actions import revise_decision as revising
from vliegwiel.support.grants.actions.propose_decision import propose_decision
from vliegwiel.support.grants.actions.register_direct import Recipient, register_direct
from vliegwiel.support.grants.actions.take_over_grant import Former, take_over_grant
from vliegwiel.support.grants.afterwards import (
    budget_of,
    cashier_signed,
    due_instalments,
    mark_met,
    mark_ordered,
    most_for_costs,
    plan_instalment,
    running,
    running_grants,
    set_account,
    tie_instalment,
)
from vliegwiel.support.grants.decisions import Proposal
from vliegwiel.support.grants.duties import DutyIn, usual
from vliegwiel.support.grants.facts import (
    CostFacts,
    DecisionFacts,
    DutyFacts,
    GrantFacts,
    InstalmentFacts,
    RunningFacts,
    decision_facts,
    facts_of,
)
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, Decision, Duty, Instalment
from vliegwiel.support.grants.models.decision import DecisionKind, DutyKind
from vliegwiel.support.grants.regulation import ceiling_for, rules_for
from vliegwiel.support.grants.standing import may_move

__all__ = [
    "Award",
    "CostFacts",
    "DecisionFacts",
    "DutyFacts",
    "Former",
    "GrantFacts",
    "InstalmentFacts",
    "Recipient",
    "RunningFacts",
    "State",
    "award_problems",
    "award_words",
    "budget_of",
    "cashier_signed",
    "ceiling_under",
    "decision_of",
    "decisions_of",
    "demand_move_on",
    "demand_reading",
    "draft_letter_to",
    "due_instalments",
    "duties_of",
    "grant_of",
    "grants_of",
    "instalments_of",
    "mark_met",
    "mark_ordered",
    "may_move_on",
    "may_read_grant",
    "most_for_costs",
    "move_on",
    "plan_instalment",
    "propose_direct",
    "register_direct",
    "revise_decision",
    "rules_of",
    "running",
    "running_grants",
    "send_letter",
    "set_account",
    "take_over_grant",
    "tie_instalment",
]


def grant_of(name: str) -> GrantFacts:
    """An application by public id or file number; raises NotFound."""
    return facts_of(standing.find(name))


def decisions_of(name: str) -> list[DecisionFacts]:
    """The decisions taken on an application, oldest first."""
    rows = Decision.objects.filter(application=standing.find(name)).exclude(taken_at=None).order_by("taken_at", "pk")
    return [decision_facts(row) for row in rows]


def decision_of(decision: str) -> tuple[GrantFacts, DecisionFacts]:
    """A taken decision by its public id, with its application; raises NotFound."""
    row = Decision.objects.select_related("application").filter(public_id=decision).exclude(taken_at=None).first()
    if row is None:
        raise NotFound("Dit besluit kennen we niet. Kijk bij uw aanvragen.", nearest=(("Mijn aanvragen", "/mijn/aanvragen"),))
    return facts_of(row.application), decision_facts(row)


def duties_of(decision: str) -> list[DutyFacts]:
    """What comes with a decision (public id), by date."""
    rows = Duty.objects.filter(decision__public_id=decision).order_by("due_on", "pk")
    return [DutyFacts(row.pk, row.kind, row.article, row.basis, row.text, row.evidence, row.due_on, row.met_on) for row in rows]


def instalments_of(decision: str) -> list[InstalmentFacts]:
    """The payment plan of a decision (public id)."""
    rows = Instalment.objects.filter(decision__public_id=decision)
    return [InstalmentFacts(row.pk, row.place, row.money, row.due_on, row.after_id, row.ordered_at is not None) for row in rows]


def rules_of(name: str) -> SchemeRules:
    """The typed parts of the regulation that holds for an application."""
    return rules_for(standing.find(name))


def may_read_grant(actor: Actor, name: str) -> Verdict:
    """Whether this actor may read this application and its papers."""
    return standing.may_read(actor, standing.find(name))


def demand_reading(actor: Actor, name: str) -> GrantFacts:
    """The application when this actor may read it; raises NotFound and NotAllowed."""
    found = standing.find(name)
    verdict = standing.may_read(actor, found)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    return facts_of(found)


def may_move_on(actor: Actor, key: str, name: str) -> Verdict:
    """Whether this actor may ever make this move of `lifecycle` on this application; its state is asked by `move_on`."""
    return may_move(actor, key, standing.find(name))


def demand_move_on(actor: Actor, key: str, name: str) -> None:
    """Go on only when this actor may make this move now; raises NotAllowed, or NotNow when the state does not allow it."""
    standing.begin(actor, key, standing.find(name))


def move_on(
    actor: Actor,
    key: str,
    name: str,
    *,
    target: State | None = None,
    facts: Mapping[str, str | int | bool | None] | None = None,
    awarded: Money | None = None,
) -> GrantFacts:
    """Make a move of `lifecycle` in the caller's transaction, recorded in the trail; `awarded` changes the amount that counts.

    Raises NotAllowed, and NotNow when the state does not allow it or someone else changed the application.
    """
    found = standing.find(name)
    standing.begin(actor, key, found)
    changes = {} if awarded is None else {"awarded": awarded.cents}
    return facts_of(standing.finish(actor, key, found, target=target, facts=facts, **changes))


def draft_letter_to(
    name: str, kind: str, facts: Mapping[str, letters.Fact], *, signer: str = "", motivation: str = "", summary: str = ""
) -> LetterDraft:
    """A letter of the catalogue to the applicant of an application, signed in the name of the executive by `signer`."""
    return letters.draft_of(standing.find(name), kind, facts, name=signer, motivation=motivation, summary=summary)


def send_letter(actor: Actor, name: str, letter: PreparedLetter) -> LetterFacts:
    """Issue a prepared letter to the applicant and decide its message, in the caller's transaction."""
    return letters.send(actor, standing.find(name), letter)


# After an objection: the decision that takes the place of the old one (Awb 7:11). For support/objections.

Award = revising.Award


def award_problems(decision: str, award: Award) -> list[str]:
    """What stands in the way of this new award instead of a decision (public id), one Dutch line each."""
    return revising.problems(revising.replaceable(decision), award)


def ceiling_under(name: str) -> str:
    """The ceiling (public id) under which an application counts: its own part of the call, or the whole."""
    return ceiling_for(standing.find(name))


def award_words(decision: str, award: Award) -> dict[str, letters.Fact]:
    """What a letter says of a new award: amount, obligations, payment, by when to account for it."""
    return revising.words(revising.replaceable(decision), award)


def revise_decision(*, actor: Actor, decision: str, award: Award, letter: str) -> DecisionFacts:
    """See `actions.revise_decision`: in the caller's transaction, with the letter (public id) that tells it."""
    return decision_facts(revising.revise_decision(actor=actor, decision=decision, award=award, letter=letter))


# Grants without a call: direct, and taken over.


def propose_direct(
    *, actor: Actor, name: str, summary: str, motivation: str, activity_ends: date | None = None, proviso: str = ""
) -> DecisionFacts:
    """Lay a grant that was registered ex officio before who signs: all of it, with the obligations of its rules. With `proviso` it is
    granted under the condition that enough money is made available (Awb 4:34(1)), which the text names.

    Raises NotFound, NotAllowed, NotNow while a gate is shut or the budget line has too little, NotValid.
    """
    found = standing.find(name)
    duties = list(usual(rules_for(found), activity_ends))
    if proviso:
        duties.append(
            DutyIn(DutyKind.CONDITION, "4:34", proviso, evidence="het besluit van Provinciale Staten over de begroting")
        )
    proposal = Proposal(
        DecisionKind.CONDITIONAL if proviso else DecisionKind.GRANT,
        found.asked_money,
        summary,
        motivation,
        duties=tuple(duties),
        public_title=found.title,
        activity_ends=activity_ends,
    )
    return decision_facts(propose_decision(actor=actor, application=name, proposal=proposal))


def grants_of(names: Iterable[str]) -> dict[str, GrantFacts]:
    """Several applications by public id, those that exist."""
    found = Application.objects.filter(public_id__in=list(names)).prefetch_related("participants")
    return {row.public_id: facts_of(row) for row in found}
