"""Sign a decision: one transaction in which everything happens or nothing does."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import Beyond, commit
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.papers.compose import dated
from vliegwiel.foundation.papers.public import PreparedLetter
from vliegwiel.foundation.people.public import known_person, mandate
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.consents.public import close as close_consents
from vliegwiel.support.grants import decisions, letters
from vliegwiel.support.grants.actions.make_known import make_known
from vliegwiel.support.grants.actions.propose_decision import decided_amount, named_decision
from vliegwiel.support.grants.freed import refusal_of
from vliegwiel.support.grants.gates import gates_of, shut
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, Decision, Instalment, Signature
from vliegwiel.support.grants.models.application import ClockKind, Purpose
from vliegwiel.support.grants.models.decision import DecisionKind
from vliegwiel.support.grants.regulation import money_for
from vliegwiel.support.grants.standing import begin, finish, named, reference
from vliegwiel.support.grants.terms import note
from vliegwiel.support.state_aid.public import book

#: The move with which a first decision of this kind is taken.
MOVE = {
    DecisionKind.GRANT: "take-grant",
    DecisionKind.PARTIAL: "take-grant",
    DecisionKind.CONDITIONAL: "take-grant",
    DecisionKind.AT_ONCE: "take-determination",
    DecisionKind.REFUSAL: "take-refusal",
    DecisionKind.NOT_TREATED: "take-not-treated",
}


def move_of(decision: Decision) -> str:
    """The move of `lifecycle` with which this decision is taken."""
    return "take-come-back" if decision.comes_back else MOVE[DecisionKind(decision.kind)]


@dataclass(frozen=True)
class Signer:
    """Who signs: name and public id of the mandate it rests on."""

    name: str
    mandate: str


@trail.recorded("sign-decision", kind="decision", about=named("decision"))
def sign_decision(*, actor: Actor, decision: str, seen: str, prepared: PreparedLetter | None = None) -> Decision:
    """Take a decision in the name of the executive, with the mandate for its amount (Awb 10:1). `seen` is the hash of what the signer
    read. In one transaction: the money is committed under its ceiling, de-minimis aid is booked, the letter issued, the message decided,
    the state moved, all of it in the trail. By e-mail it is made known at once and enters the register; by post, once it is posted.

    Above the amount of the scheme, and beyond a ceiling, the signer is another person than who proposed it (rule 8). The gates are asked
    again. `prepared` is the letter when it was set before, in a batch: it must be the letter of this decision, word for word.

    Raises NotFound, NotAllowed, NotValid when something else was read than is signed, and NotNow when a gate is shut, the ceiling would be
    passed, or someone else was first: then nothing happened. What comes back on a refusal takes its place from then on.
    """
    found = named_decision(decision)
    signer = _may_sign(actor, found)
    letter = _same_letter(found, signer, seen, prepared) if prepared else _prepared(found, signer, seen)
    with transaction.atomic():
        found = named_decision(decision)
        application = found.application
        _may_sign(actor, found)
        if decisions.hash_of(found) != seen or found.content_hash != seen:
            raise NotValid(_("Het voorstel is anders dan wat u las. Lees het opnieuw."), code="other-content")
        _demand_gates(application, found)
        today = clock.today()
        _claim(actor, found, signer)
        _commit(actor, application, found)
        _book_aid(actor, application, found)
        issued = letters.send(actor, application, letter)
        for place, (cents, due_on) in enumerate(decisions.instalments_of(found, today), start=1):
            owed = decisions.owed_earlier(found, today, due_on)
            Instalment.objects.create(decision=found, place=place, amount=cents, due_on=due_on, **owed)
        _sign(actor, application, found, signer)
        Decision.objects.filter(pk=found.pk).update(
            letter=issued.id, replaces=refusal_of(application) if found.comes_back else None
        )
        found.refresh_from_db()
        if not found.comes_back:  # the refusal ended the term
            note(
                actor=actor,
                application=application,
                kind=ClockKind.ENDED,
                on=today,
                article="3:41 Awb",
                facts={"letter": issued.id, "decision": found.public_id},
            )
        close_consents(actor=actor, about=reference(application))
        _tell_along(application)
        facts: dict[str, str | int | bool | None] = {
            "decision": found.public_id,
            "kind": found.kind,
            "awarded": found.awarded,
            "hash": found.content_hash,
            "mandate": signer.mandate,
            "letter": issued.id,
        }
        awarded = found.awarded if found.awarded else 0
        target = State.DETERMINED if found.kind == DecisionKind.AT_ONCE else None
        finish(actor, move_of(found), application, target=target, facts=facts, awarded=awarded, decided_on=today)
        sent_on = letters.sent_on(application, issued.id)
        if sent_on is not None:
            make_known(actor=actor, decision=found, sent_on=sent_on)
    return found


def _claim(actor: Actor, found: Decision, signer: Signer) -> None:
    """Take it before anything follows from it: who signs at the same moment waits here, and then hears that it was done."""
    waits = Decision.objects.filter(pk=found.pk, taken_at=None, returned_at=None)
    if not waits.update(taken_at=clock.now(), taken_by=actor.id, taken_name=signer.name[:80]):
        raise NotNow(_("Dit voorstel ligt niet meer voor."), code="state")


def may_sign(actor: Actor, decision: Decision) -> Signer:
    """Who signs and on which mandate; raises NotAllowed or NotNow with the reason otherwise."""
    return _may_sign(actor, decision)


def _may_sign(actor: Actor, found: Decision) -> Signer:
    begin(actor, move_of(found), found.application)
    if found.taken_at or found.returned_at:
        raise NotNow(_("Dit voorstel ligt niet meer voor."), code="state")
    if found.two_signatures and actor.id == found.proposed_by:
        text = _("Dit besluit vraagt twee handtekeningen. U stelde het voor; een ander met mandaat tekent.")
        raise NotAllowed(text, code="second-signature")
    held = mandate(actor, province=found.application.province, matter="grants", amount=decided_amount(found))
    if not held:
        raise NotAllowed(held.reasons[0].text, code=held.reasons[0].code)
    person = known_person(actor.id)
    return Signer(person.name if person else "", str(held.reasons[0].facts.get("mandate", "")))


def _prepared(found: Decision, signer: Signer, seen: str) -> PreparedLetter:
    """The letter is set before the transaction: then nobody waits for it. What was read is what is set, or nothing is."""
    if found.content_hash != seen:
        raise NotValid(_("Het voorstel is anders dan wat u las. Lees het opnieuw."), code="other-content")
    draft = decisions.letter_of(found, decisions.duties_of(found), name=signer.name)
    return letters.prepared(found.application, draft)


def _same_letter(found: Decision, signer: Signer, seen: str, letter: PreparedLetter) -> PreparedLetter:
    """A letter that was set in a batch says exactly what is decided now, in the name of who signs."""
    fresh = dated(decisions.letter_of(found, decisions.duties_of(found), name=signer.name), letter.draft.date or clock.today())
    if found.content_hash != seen or fresh.hash != letter.draft.hash:
        raise NotValid(_("De brief in de stapel is van een ander voorstel. Maak de stapel opnieuw."), code="other-content")
    return letter


def _demand_gates(application: Application, found: Decision) -> None:
    closed = shut(gates_of(application, decisions.intent_again(found)))
    if closed:
        lines = tuple(f"{gate.name}: {gate.verdict.reasons[0].text}" for gate in closed)
        raise NotNow(_("Er moet eerst nog iets gebeuren."), code=closed[0].verdict.reasons[0].code, details=lines)


def _commit(actor: Actor, application: Application, found: Decision) -> None:
    """The ledger decides: a conditional update under the ceiling, and a refusal of everything when it does not fit."""
    if not found.awarded or application.received_on is None:
        return
    beyond = None
    if found.beyond:
        second = found.proposed_by
        beyond = Beyond(found.ledger_ground, found.beyond["reason"], second_signature=second, line=found.beyond["line"])
    commit(
        actor=actor,
        **money_for(application),
        amount=found.awarded_money,
        about=reference(application),
        received_on=application.received_on,
        key=found.public_id,
        from_reserved=Money(0) if beyond else found.awarded_money,
        beyond=beyond,
    )


def _book_aid(actor: Actor, application: Application, found: Decision) -> None:
    if found.awarded:
        close = letters.close_of(application.province, "")
        book(
            actor=actor,
            about=reference(application),
            province=application.province,
            amount=found.awarded_money,
            on=clock.today(),
            key=found.public_id,
            authority=close.lines[0],
        )


def _sign(actor: Actor, application: Application, found: Decision, signer: Signer) -> None:
    """One signature per person under a content: who proposed and takes it alone signed already."""
    Signature.objects.get_or_create(
        content_hash=found.content_hash,
        person=actor.id,
        purpose=Purpose.DECISION,
        defaults={"application": application, "name": signer.name[:80], "mandate": signer.mandate},
    )


def _tell_along(application: Application) -> None:
    """Who applied along hears that there is a decision; the letter itself goes to the applicant."""
    for person in application.participants.exclude(person="").values_list("person", flat=True):
        tell(
            about=reference(application),
            moment="decided",
            template="support/grants/texts/decided",
            facts={"application": application},
            province=application.province,
            person=person,
        )
