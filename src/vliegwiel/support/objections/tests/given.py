"""Objections brought to a state by the real actions, in the made-up province."""

from datetime import timedelta
from typing import Any

from vliegwiel.foundation.people.actions.give_mandate import give_mandate
from vliegwiel.foundation.people.models import Mandate, Role
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.models import Application, Decision
from vliegwiel.support.grants.tests.officers import (
    a_call,
    a_decidable_application,
    a_signer,
    an_officer,
    decided,
    the_province,
)
from vliegwiel.support.objections.actions.decide_objection import decide_objection, propose_outcome
from vliegwiel.support.objections.actions.handle_objection import take_objection
from vliegwiel.support.objections.actions.hear_objection import invite_to_hearing, report_hearing, skip_hearing
from vliegwiel.support.objections.actions.lodge_objection import lodge_objection
from vliegwiel.support.objections.models import Objection, ObjectionDecision
from vliegwiel.support.objections.outcomes import ProposedOutcome
from vliegwiel.support.objections.standing import find
from vliegwiel.support.schemes.public import CallFacts

GROUNDS = "Wij vinden dat ons plan wel past bij de regeling."


def a_handler(number: int = 8) -> Actor:
    """A programme officer who had nothing to do with the first decision."""
    return an_officer(number, most=None)


def a_decider(number: int = 8) -> Actor:
    """Who signs decisions on objections of any amount, and did not sign the first decision."""
    actor = a_signer(number)
    if not Mandate.objects.filter(person__public_id=actor.id, matter="objections").exists():
        give_mandate(
            actor=SYSTEM,
            person=actor.id,
            organisation=actor.organisation,
            province=PROVINCE,
            matter="objections",
            resolution="Verzonnen mandaatbesluit, nummer 2",
            most=None,
        )
    return actor


def a_committee_member() -> Actor:
    """A member of the committee that hears objections."""
    email = "bezwaarcommissie@voorbeeld.invalid"
    held = Role.objects.filter(kind="bezwaarcommissie", person__email=email).first()
    return acting(held or a_role("bezwaarcommissie", organisation=the_province(), email=email))


#: A ground of the scheme itself, that has nothing to do with money.
OWN = {"key": "te-vroeg", "article": "2", "text": "Uw plan was al begonnen."}


def a_call_to_object_to(**parts: Any) -> CallFacts:
    """An open call of a scheme with a ground of its own to refuse."""
    return a_call(grounds=[OWN], **parts)


def a_refusal(application: Application | None = None, **changes: Any) -> Decision:
    """A refusal on a ground of the scheme, on the facts of the applicant, that was sent by e-mail."""
    usual = {
        "kind": "refusal",
        "awarded": Money(0),
        "grounds": ("te-vroeg",),
        "summary": "U krijgt geen geld.",
        "motivation": "Het past niet.",
        "public_title": "",
    }
    return decided(application or a_decidable_application(a_call_to_object_to()), **{**usual, **changes})


def a_partial_grant(awarded: Money, application: Application | None = None) -> Decision:
    """A grant of less than was asked, on that same ground."""
    found = application or a_decidable_application(a_call_to_object_to())
    return decided(found, kind="partial", awarded=awarded, grounds=("te-vroeg",))


def objector_of(decision: Decision) -> Actor:
    """The applicant."""
    return Actor("person", decision.application.applicant)


def an_objection(decision: Decision, *, grounds: str = GROUNDS, **changes: Any) -> Objection:
    """Lodged by the applicant."""
    return lodge_objection(actor=objector_of(decision), decision=decision.public_id, grounds=grounds, **changes)


def taken(objection: Objection, handler: Actor | None = None) -> Objection:
    """Handled by an officer who was not involved."""
    return take_objection(actor=handler or a_handler(), objection=objection.public_id)


def invited(objection: Objection, handler: Actor | None = None) -> Objection:
    """Invited to a hearing in two weeks."""
    on = clock.today() + timedelta(days=14)
    actor = handler or a_handler()
    invite_to_hearing(actor=actor, objection=objection.public_id, on=on, time="14.00", place="Het provinciehuis, kamer 1")
    return find(objection.public_id)


def heard(objection: Objection, handler: Actor | None = None) -> Objection:
    """Invited, and heard on that day."""
    actor = handler or a_handler()
    found = invited(objection, actor)
    with clock.at(clock.now() + timedelta(days=14)):
        report_hearing(
            actor=actor,
            objection=found.public_id,
            hearers=[actor.id],
            chair=actor.id,
            present="de aanvrager",
            report="De aanvrager vertelde dat het plan wel past.",
            held_on=clock.today(),
        )
    return find(found.public_id)


def not_heard(objection: Objection, ground: str = "7:3c", handler: Actor | None = None) -> Objection:
    """Not heard, on a ground."""
    actor = handler or a_handler()
    skip_hearing(actor=actor, objection=objection.public_id, ground=ground, why="Dat schreef de aanvrager zelf.")
    return find(objection.public_id)


def an_outcome(**changes: Any) -> ProposedOutcome:
    """Dismissed."""
    usual: dict[str, Any] = {
        "outcome": "dismissed",
        "summary": "Wij blijven bij ons besluit.",
        "motivation": "Wat u schrijft, verandert ons oordeel niet. Uw plan past niet bij de regeling.",
    }
    return ProposedOutcome(**{**usual, **changes})


def upheld(awarded: Money, **changes: Any) -> ProposedOutcome:
    """Upheld, with an amount."""
    usual: dict[str, Any] = {
        "outcome": "upheld",
        "awarded": awarded,
        "summary": "U krijgt het geld alsnog.",
        "motivation": "Uw plan past bij de regeling. Het eerste besluit keek daar niet goed naar.",
        "public_title": "Een plan van inwoners",
    }
    return an_outcome(**{**usual, **changes})


def proposed(objection: Objection, outcome: ProposedOutcome | None = None, handler: Actor | None = None) -> ObjectionDecision:
    """A decision on objection that waits for its signature."""
    return propose_outcome(actor=handler or a_handler(), objection=objection.public_id, proposal=outcome or an_outcome())


def concluded(objection: Objection, outcome: ProposedOutcome | None = None, by: Actor | None = None) -> ObjectionDecision:
    """Decided, by who was not involved."""
    waiting = proposed(objection, outcome)
    return decide_objection(actor=by or a_decider(), objection=objection.public_id, seen=waiting.content_hash)
