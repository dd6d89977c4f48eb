"""What rooms above may know of and do with a granted application: settlements, objections, direct grants.

They never hold a row of this room: they name an application by its public id or file number and get facts. A move goes through `lifecycle`
by `move_on`, in the transaction of the caller.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from vliegwiel.engines.rulebook import SchemeRules
from vliegwiel.foundation.papers.public import LetterDraft, LetterFacts, PreparedLetter
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Verdict
from vliegwiel.support.grants import letters, standing
from vliegwiel.support.grants.actions import revise_decision as revising
from vliegwiel.support.grants.lifecycle import NAMES, PENDING, State
from vliegwiel.support.grants.models import Application, Decision, Duty, Instalment
from vliegwiel.support.grants.models.decision import AWARDING
from vliegwiel.support.grants.regulation import ceiling_for, rules_for
from vliegwiel.support.grants.standing import may_move, takes_part

__all__ = [
    "Award",
    "DecisionFacts",
    "DutyFacts",
    "GrantFacts",
    "InstalmentFacts",
    "award_problems",
    "award_words",
    "ceiling_under",
    "decision_of",
    "decisions_of",
    "demand_reading",
    "draft_letter_to",
    "duties_of",
    "grant_of",
    "instalments_of",
    "may_move_on",
    "may_read_grant",
    "move_on",
    "revise_decision",
    "rules_of",
    "send_letter",
]


@dataclass(frozen=True)
class GrantFacts:
    """An application as rooms above see it. `id` is its public id, `number` the file number; `applicant` and `organisation` are public
    ids; `applicants` is everyone of the applicant's side with an account."""

    id: str
    number: str
    state: State
    state_name: str
    province: str
    municipality: str
    call: str
    scheme: str
    scheme_title: str
    title: str
    applicant: str
    applicants: tuple[str, ...]
    applicant_name: str
    applicant_kind: str
    organisation: str
    account: str
    account_name: str
    post: tuple[str, ...]
    asked: Money
    awarded: Money
    ceiling: str
    received_on: date | None
    decided_on: date | None
    made_up: bool
    about: Reference
    due_on: date | None = None
    changed_at: datetime | None = None
    pending: bool = False


@dataclass(frozen=True)
class DecisionFacts:
    """A decision that was taken. `sent_on` is None while the letter waits for the printer; `by` are the public ids of who prepared and
    who took it, none of whom decides on an objection against it (Awb 7:5, rule 8)."""

    id: str
    kind: str
    kind_name: str
    asked: Money
    awarded: Money
    motivation: str
    letter: str
    sent_on: date | None
    register_from: date | None
    activity_ends: date | None
    by: tuple[str, ...]
    awards: bool
    taken_at: datetime | None = None
    replaces: str = ""


@dataclass(frozen=True)
class DutyFacts:
    """A condition or an obligation of a decision; `id` is stable within this installation."""

    id: int
    kind: str
    article: str
    basis: str
    text: str
    evidence: str
    due_on: date | None
    met_on: date | None


@dataclass(frozen=True)
class InstalmentFacts:
    """One payment of the plan; `after` is the duty (id) it waits for, None when it waits for a day only."""

    id: int
    place: int
    amount: Money
    due_on: date
    after: int | None
    ordered: bool


def grant_of(name: str) -> GrantFacts:
    """An application by public id or file number; raises NotFound."""
    return _facts(standing.find(name))


def decisions_of(name: str) -> list[DecisionFacts]:
    """The decisions taken on an application, oldest first."""
    rows = Decision.objects.filter(application=standing.find(name)).exclude(taken_at=None).order_by("taken_at", "pk")
    return [_decision(row) for row in rows]


def decision_of(decision: str) -> tuple[GrantFacts, DecisionFacts]:
    """A taken decision by its public id, with its application; raises NotFound."""
    row = Decision.objects.select_related("application").filter(public_id=decision).exclude(taken_at=None).first()
    if row is None:
        raise NotFound("Dit besluit kennen we niet. Kijk bij uw aanvragen.", nearest=(("Mijn aanvragen", "/mijn/aanvragen"),))
    return _facts(row.application), _decision(row)


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
    return _facts(found)


def may_move_on(actor: Actor, key: str, name: str) -> Verdict:
    """Whether this actor may ever make this move of `lifecycle` on this application; its state is asked by `move_on`."""
    return may_move(actor, key, standing.find(name))


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
    return _facts(standing.finish(actor, key, found, target=target, facts=facts, **changes))


def draft_letter_to(
    name: str, kind: str, facts: Mapping[str, letters.Fact], *, signer: str = "", motivation: str = "", summary: str = ""
) -> LetterDraft:
    """A letter of the catalogue to the applicant of an application, signed in the name of the executive by `signer`."""
    return letters.draft_of(standing.find(name), kind, facts, name=signer, motivation=motivation, summary=summary)


def send_letter(actor: Actor, name: str, letter: PreparedLetter) -> LetterFacts:
    """Issue a prepared letter to the applicant and decide its message, in the caller's transaction."""
    return letters.send(actor, standing.find(name), letter)


def _facts(found: Application) -> GrantFacts:
    people = (found.applicant, *found.participants.values_list("person", flat=True))
    return GrantFacts(
        id=found.public_id,
        number=found.number or "",
        state=found.stands,
        state_name=str(NAMES[found.stands]),
        province=found.province,
        municipality=found.municipality,
        call=found.call,
        scheme=found.scheme,
        scheme_title=found.scheme_title,
        title=found.title,
        applicant=found.applicant,
        applicants=tuple(person for person in people if person and takes_part(person, found)),
        applicant_name=found.applicant_name,
        applicant_kind=found.applicant_kind,
        organisation=found.organisation,
        account=found.account,
        account_name=found.account_name,
        post=tuple(letters.recipient_of(found).lines),
        asked=Money(found.asked),
        awarded=Money(found.awarded or 0),
        ceiling=found.ceiling,
        received_on=found.received_on,
        decided_on=found.decided_on,
        made_up=found.made_up,
        about=standing.reference(found),
        due_on=found.due_on,
        changed_at=found.changed_at,
        pending=found.stands in PENDING,
    )


def _decision(row: Decision) -> DecisionFacts:
    return DecisionFacts(
        id=row.public_id,
        kind=row.kind,
        kind_name=row.get_kind_display(),
        asked=row.asked_money,
        awarded=row.awarded_money,
        motivation=row.motivation,
        letter=row.letter,
        sent_on=row.sent_on,
        register_from=row.register_from,
        activity_ends=row.activity_ends,
        by=tuple(dict.fromkeys((row.proposed_by, row.taken_by))),
        awards=row.kind in AWARDING,
        taken_at=row.taken_at,
        replaces=row.replaces.public_id if row.replaces else "",
    )


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
    return _decision(revising.revise_decision(actor=actor, decision=decision, award=award, letter=letter))
