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
from vliegwiel.kernel.reading import once
from vliegwiel.kernel.verdict import Verdict
from vliegwiel.support.grants import letters, many, standing
from vliegwiel.support.grants.actions import revise_decision as revising
from vliegwiel.support.grants.actions.propose_decision import propose_decision
from vliegwiel.support.grants.actions.register_direct import Recipient, register_direct
from vliegwiel.support.grants.actions.start_application import Plan, start_from_plan
from vliegwiel.support.grants.actions.take_over_grant import Former, take_over_grant
from vliegwiel.support.grants.afterwards import (
    budget_of,
    cashier_signed,
    due_instalments,
    every_instalment_of,
    mark_met,
    mark_ordered,
    messages_about,
    most_for_costs,
    paid_too_late,
    plan_instalment,
    received_by,
    running,
    running_grants,
    set_account,
    tie_instalment,
)
from vliegwiel.support.grants.decisions import AFTER_OBJECTION, LATE, Proposal
from vliegwiel.support.grants.decisions import duties_of as duties_as_proposed
from vliegwiel.support.grants.duties import DutyIn, usual
from vliegwiel.support.grants.earlier import EarlierGrant, given_since
from vliegwiel.support.grants.earlier import given_before as earlier_than
from vliegwiel.support.grants.facts import (
    CostFacts,
    DecisionFacts,
    DutyFacts,
    GrantFacts,
    InstalmentFacts,
    RunningFacts,
    decision_facts,
    duty_facts,
    facts_of,
    instalment_facts,
)
from vliegwiel.support.grants.gates import DecisionGuard, grounds_for
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.many import AwardFacts
from vliegwiel.support.grants.models import Application, Decision, Duty, Instalment
from vliegwiel.support.grants.models.decision import DecisionKind, DutyKind
from vliegwiel.support.grants.notes import FileNote, notes_about
from vliegwiel.support.grants.plan import PlanFacts, plan_of
from vliegwiel.support.grants.regulation import ceiling_for, money_for, rules_for
from vliegwiel.support.grants.rules import Row, public_from
from vliegwiel.support.grants.standing import may_move, names_of_files

__all__ = [
    "AFTER_OBJECTION",
    "LATE",
    "Award",
    "AwardFacts",
    "CostFacts",
    "DecisionFacts",
    "DecisionGuard",
    "DutyFacts",
    "DutyIn",
    "EarlierGrant",
    "FileNote",
    "Former",
    "GrantFacts",
    "InstalmentFacts",
    "Plan",
    "PlanFacts",
    "Recipient",
    "Row",
    "RunningFacts",
    "State",
    "award_problems",
    "award_words",
    "awards_of",
    "budget_of",
    "cashier_signed",
    "ceiling_under",
    "decision_of",
    "decisions_of",
    "decisions_of_each",
    "demand_move_on",
    "demand_reading",
    "draft_letter_to",
    "due_instalments",
    "duties_in",
    "duties_of",
    "every_instalment_of",
    "executive_of",
    "first_decisions_of",
    "given_before",
    "given_since",
    "grant_of",
    "grants_of",
    "grounds_to_refuse",
    "instalments_of",
    "mark_met",
    "mark_ordered",
    "may_move_on",
    "may_read_grant",
    "messages_about",
    "money_under",
    "most_for_costs",
    "move_on",
    "names_of_files",
    "notes_about",
    "paid_too_late",
    "plan_instalment",
    "plan_of",
    "propose_direct",
    "public_from",
    "received_by",
    "register_direct",
    "revise_decision",
    "rules_of",
    "running",
    "running_grants",
    "send_letter",
    "set_account",
    "start_from_plan",
    "take_over_grant",
    "tie_instalment",
]


def grant_of(name: str) -> GrantFacts:
    """An application by public id or file number; raises NotFound."""
    return once(("grant", name), lambda: facts_of(_read(name)))


def _read(name: str) -> Application:
    """An application to look at only."""
    return once(("application", name), lambda: standing.find(name))


def decisions_of(name: str) -> list[DecisionFacts]:
    """The decisions taken on an application, oldest first."""
    rows = Decision.objects.filter(application=standing.find(name)).exclude(taken_at=None).order_by("taken_at", "pk")
    return [decision_facts(row) for row in rows]


def decisions_of_each(names: Iterable[str]) -> dict[str, list[DecisionFacts]]:
    """The decisions taken on several applications (public ids), oldest first, without those that wait for one; one question."""
    rows = Decision.objects.filter(application__public_id__in=list(names)).exclude(taken_at=None)
    found: dict[str, list[DecisionFacts]] = {}
    for row in rows.select_related("application", "replaces").order_by("taken_at", "pk"):
        found.setdefault(row.application.public_id, []).append(decision_facts(row))
    return found


def first_decisions_of(names: Iterable[str]) -> dict[str, DecisionFacts]:
    """The first decision taken on several applications (public ids), without those that wait for one; one question."""
    return {name: taken[0] for name, taken in decisions_of_each(names).items()}


def decision_of(decision: str) -> tuple[GrantFacts, DecisionFacts]:
    """A taken decision by its public id, with its application; raises NotFound."""
    row = Decision.objects.select_related("application").filter(public_id=decision).exclude(taken_at=None).first()
    if row is None:
        raise NotFound("Dit besluit kennen we niet. Kijk bij uw aanvragen.", nearest=(("Mijn aanvragen", "/mijn/aanvragen"),))
    return facts_of(row.application), decision_facts(row)


def given_before(name: str, *, with_itself: bool = False) -> list[EarlierGrant]:
    """The other grants of the recipient of an application under its scheme, oldest first, or this one too."""
    return earlier_than(_read(name), with_itself=with_itself)


def duties_of(decision: str) -> list[DutyFacts]:
    """What comes with a decision (public id), by date."""
    return [duty_facts(row) for row in Duty.objects.filter(decision__public_id=decision).order_by("due_on", "pk")]


def instalments_of(decision: str) -> list[InstalmentFacts]:
    """The payment plan of a decision (public id), with what was ordered under the decisions whose place it took."""
    row = Decision.objects.filter(public_id=decision).first()
    line = []
    while row is not None:
        line.append(row.pk)
        row = row.replaces
    rows = Instalment.objects.filter(decision__in=line).order_by("decision", "place")
    return [instalment_facts(row) for row in rows]


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
    name: str,
    kind: str,
    facts: Mapping[str, letters.Fact],
    *,
    signer: str = "",
    motivation: str = "",
    summary: str = "",
    along: str = "",
) -> LetterDraft:
    """A letter of the catalogue to the applicant of an application, or to who applied along (`along`, a name), signed in the name of the
    executive by `signer`."""
    found = standing.find(name)
    return letters.draft_of(found, kind, facts, name=signer, motivation=motivation, summary=summary, along=along)


def send_letter(actor: Actor, name: str, letter: PreparedLetter, person: str = "") -> LetterFacts:
    """Issue a prepared letter to the applicant, or to another `person` (public id) of their side, and decide its message, in the caller's
    transaction."""
    return letters.send(actor, standing.find(name), letter, person)


# After an objection: the decision that takes the place of the old one (Awb 7:11). For support/objections.

Award = revising.Award


def award_problems(decision: str, award: Award) -> list[str]:
    """What stands in the way of this new award instead of a decision (public id), one Dutch line each."""
    return revising.problems(revising.replaceable(decision), award)


def money_under(name: str) -> dict[str, str]:
    """Where the money of an application comes from, as `budgets.commit` takes it: a ceiling, or a budget line."""
    return money_for(standing.find(name))


def executive_of(province: str) -> str:
    """Who grants in the name of a province, as a letter closes."""
    return letters.close_of(province, "").lines[0]


def grounds_to_refuse(name: str) -> dict[str, tuple[str, str]]:
    """The grounds to refuse that hold for an application: key → (article, text)."""
    return grounds_for(standing.find(name))


def duties_in(decision: str) -> tuple[DutyIn, ...]:
    """The conditions and obligations of a decision (public id) as they can be changed after an objection; raises NotFound."""
    return tuple(duties_as_proposed(revising.replaceable(decision)))


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


def awards_of(names: Iterable[str]) -> dict[str, AwardFacts]:
    """The award that counts of several applications (public ids), with its rules, duties and plan: a fixed number of questions, however
    many applications. Those without an award are left out."""
    return many.awards_of(names)
