"""Propose a decision on an objection, send one back, and take it: one transaction in which everything happens or nothing does."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.compose import dated
from vliegwiel.foundation.papers.public import PreparedLetter, may_be_issued, prepare_letter
from vliegwiel.foundation.people.public import known_person, mandate
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.objections import costs, letters, outcomes
from vliegwiel.support.objections.contested import contested_of
from vliegwiel.support.objections.effects import carry_out
from vliegwiel.support.objections.models import REVISING, Objection, ObjectionDecision
from vliegwiel.support.objections.outcomes import ProposedOutcome
from vliegwiel.support.objections.standing import begin, find, finish, named, reference

MATTER = "objections"


@dataclass(frozen=True)
class ObjectionSigner:
    """Who signs: name and public id of the mandate it rests on."""

    name: str
    mandate: str


@trail.recorded("propose-outcome", kind="objection", about=named("objection"))
@transaction.atomic
def propose_outcome(*, actor: Actor, objection: str, proposal: ProposedOutcome, revision: int | None = None) -> ObjectionDecision:
    """Lay a decision on an objection before who signs it: fixed by its hash, with the letter that can go.

    Raises NotAllowed (also for who took or prepared the first decision), NotNow, NotValid with one line per thing that is missing.
    """
    found = find(objection)
    begin(actor, "propose-outcome", found)
    if revision is not None and revision != found.revision:
        raise NotNow(_("Iemand anders heeft dit bezwaar net gewijzigd. Bekijk het opnieuw."), code="stale")
    lacks = outcomes.problems(found, proposal, by=actor.id)
    if lacks:
        raise NotValid(_("Dit voorstel is nog niet compleet."), code="not-complete", details=tuple(lacks))
    person = known_person(actor.id)
    reason, line = proposal.beyond_reason.strip(), proposal.beyond_line.strip()
    decision = ObjectionDecision(
        objection=found,
        outcome=proposal.outcome,
        ground=proposal.ground if proposal.outcome == "inadmissible" else "",
        remedy=proposal.remedy if proposal.outcome in REVISING else "",
        awarded=proposal.awarded.cents if proposal.awarded is not None else None,
        duties=None if proposal.duties is None else [outcomes.as_row(duty) for duty in proposal.duties],
        grounds=list(proposal.grounds),
        pay_by=proposal.pay_by,
        line=proposal.line.strip(),
        at_once=proposal.at_once,
        summary=proposal.summary.strip(),
        motivation=proposal.motivation.strip(),
        deviates=proposal.deviates.strip(),
        consent_weighed=proposal.consent_weighed.strip(),
        public_title=proposal.public_title.strip()[:120],
        activity_ends=proposal.activity_ends,
        **costs.kept(proposal.costs, clock.today()),
        beyond={"reason": reason, "line": line} if line else {},
        proposed_by=actor.id,
        proposed_name=person.name[:80] if person else "",
    )
    decision.content_hash = outcomes.hash_of(decision)
    try:
        with transaction.atomic():
            decision.save()
    except IntegrityError as fault:
        raise NotNow(_("Er ligt al een voorstel voor."), code="waiting") from fault
    readable = may_be_issued(dated(outcomes.letter_of(decision, signer=decision.proposed_name), clock.today()))
    if not readable:
        lines = tuple(reason.text for reason in readable.reasons)
        raise NotValid(_("De brief bij dit besluit kan zo niet weg."), code="letter", details=lines)
    facts: dict[str, str | int | bool | None] = {
        "decision": decision.public_id,
        "outcome": decision.outcome,
        "awarded": decision.awarded,
        "hash": decision.content_hash,
    }
    finish(actor, "propose-outcome", found, facts=facts)
    return decision


@trail.recorded("return-outcome", kind="objection", about=named("objection"))
@transaction.atomic
def return_outcome(*, actor: Actor, objection: str, why: str) -> Objection:
    """Send a proposal back with the reason. Raises NotAllowed, NotNow when none waits, NotValid without a reason."""
    found = find(objection)
    begin(actor, "return-outcome", found)
    if not why.strip():
        raise NotValid(_("Schrijf op waarom u niet tekent."), code="no-reason")
    decision = waiting(found)
    if not _open(decision).update(returned_at=clock.now(), returned_why=why.strip()):
        raise NotNow(_("Dit voorstel ligt niet meer voor."), code="state")
    done = finish(actor, "return-outcome", found, facts={"decision": decision.public_id})
    facts = {"objection": done, "reason": why.strip()}
    moment = f"returned-{decision.public_id}"
    letters.to_colleague(reference(done), done.province, decision.proposed_by, moment, "returned", facts)
    return done


@trail.recorded("decide-objection", kind="objection", about=named("objection"))
def decide_objection(*, actor: Actor, objection: str, seen: str) -> ObjectionDecision:
    """Take the decision on an objection in the name of the executive, with a mandate for it (Awb 10:1, 10:3(3)). `seen` is the hash of what
    the signer read. In one transaction: the letter, the new decision with its money under the ceiling or past it on 4:25(3), aid, the
    register, the claim or the payment, the trail, the message, the state.

    Raises NotFound; NotAllowed for who took or prepared the first decision, without a mandate, or where a second person must sign; NotValid
    when something else was read; NotNow when the money is not there or someone was first: then nothing happened.
    """
    found = find(objection)
    decision = waiting(found) if found.stands.value == "proposed" else None
    signer = may_decide(actor, found, decision)
    if decision is None:
        raise NotNow(_("Dit voorstel ligt niet meer voor."), code="state")
    letter = _prepared(found, decision, signer, seen)
    with transaction.atomic():
        found = find(objection)
        decision = waiting(found)
        may_decide(actor, found, decision)
        if outcomes.hash_of(decision) != seen:
            raise NotValid(_("Het voorstel is anders dan wat u las. Lees het opnieuw."), code="other-content")
        claim = {"taken_at": clock.now(), "taken_by": actor.id, "taken_name": signer.name[:80], "mandate": signer.mandate}
        if not _open(decision).update(**claim):  # who decides at the same moment waits here
            raise NotNow(_("Dit voorstel ligt niet meer voor."), code="state")
        issued = letters.send(actor, found.application, letter)
        fresh = ""
        if decision.remedy:
            against = contested_of(found)
            upheld = outcomes.upheld_of(decision, against, by=decision.proposed_by, mandate=signer.mandate)
            fresh = carry_out(actor=actor, against=against, upheld=upheld, letter=issued)
        ObjectionDecision.objects.filter(pk=decision.pk).update(letter=issued, decision=fresh)
        facts: dict[str, str | int | bool | None] = {
            "decision": decision.public_id,
            "outcome": decision.outcome,
            "remedy": decision.remedy,
            "awarded": decision.awarded,
            "hash": decision.content_hash,
            "mandate": signer.mandate,
            "letter": issued,
            "replacement": fresh,
            "costs": decision.costs,
        }
        done = finish(actor, "decide-objection", found, facts=facts, closed_on=clock.today(), outcome=decision.outcome)
        letters.message(done, "decided", "decided")
    decision.refresh_from_db()
    return decision


def waiting(objection: Objection) -> ObjectionDecision:
    """The proposal that waits; raises NotFound."""
    found = objection.decisions.select_related("objection").filter(taken_at=None, returned_at=None).first()
    if found is None:
        raise NotFound(_("Er ligt geen voorstel voor."))
    return found


def may_decide(actor: Actor, objection: Objection, decision: ObjectionDecision | None) -> ObjectionSigner:
    """Who signs and on which mandate; raises NotAllowed or NotNow with the reason otherwise."""
    begin(actor, "decide-objection", objection)
    awarded, paid = (decision.awarded_money, decision.costs_money) if decision else (None, Money(0))
    alone = decision is not None and actor.id == decision.proposed_by
    if decision is not None and alone and outcomes.needs_two(objection, awarded, costs=paid, beyond=bool(decision.beyond)):
        text = _("Dit besluit vraagt twee handtekeningen. U stelde het voor; een ander met mandaat tekent.")
        raise NotAllowed(text, code="second-signature")
    first = contested_of(objection).amount
    amount = first if awarded is None else max(awarded, first)
    held = mandate(actor, province=objection.province, matter=MATTER, amount=amount + paid)
    if not held:
        raise NotAllowed(held.reasons[0].text, code=held.reasons[0].code)
    person = known_person(actor.id)
    return ObjectionSigner(person.name if person else "", str(held.reasons[0].facts.get("mandate", "")))


def _prepared(found: Objection, decision: ObjectionDecision, signer: ObjectionSigner, seen: str) -> PreparedLetter:
    """The letter is set before the transaction: then nobody waits for it. What was read is what is set, or nothing is."""
    if decision.content_hash != seen:
        raise NotValid(_("Het voorstel is anders dan wat u las. Lees het opnieuw."), code="other-content")
    return prepare_letter(province=found.province, draft=outcomes.letter_of(decision, signer=signer.name))


def _open(decision: ObjectionDecision) -> QuerySet[ObjectionDecision]:
    return ObjectionDecision.objects.filter(pk=decision.pk, taken_at=None, returned_at=None)
