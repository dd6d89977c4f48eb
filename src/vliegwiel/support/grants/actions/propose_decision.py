"""Propose a decision, and send one back that is not signed."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import release, reserve
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.papers.public import may_be_issued
from vliegwiel.foundation.people.public import Subject, known_person, mandate, who_may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants import decisions
from vliegwiel.support.grants.decisions import Proposal
from vliegwiel.support.grants.duties import DutyIn
from vliegwiel.support.grants.gates import Intent, gates_of, hearing_of, rest_of_notice, shut
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, Decision, Duty, Signature
from vliegwiel.support.grants.models.application import Purpose
from vliegwiel.support.grants.models.decision import DecisionKind
from vliegwiel.support.grants.regulation import money_for
from vliegwiel.support.grants.standing import begin, demand_revision, find, finish, named, reference
from vliegwiel.support.grants.turn import newest_division


@trail.recorded("propose-decision", kind="application", about=named("application"))
@transaction.atomic
def propose_decision(
    *, actor: Actor, application: str, proposal: Proposal, revision: int | None = None, quiet: bool = False
) -> Decision:
    """Lay a decision before who signs it. What it says is fixed by its hash, which the proposer signs; money is set apart under the
    ceiling, so that nobody else gets it meanwhile. Who signs hears of it, unless it is `quiet`: one of many.

    Raises NotAllowed; NotNow while a gate is shut (consent, state aid, turn, views …) or the ceiling is full, with one line per gate;
    NotValid with one line per thing that is missing, such as a motivation or a ground.
    """
    found = find(application)
    key = "leave-untreated" if proposal.kind == DecisionKind.NOT_TREATED else "propose-decision"
    begin(actor, key, found)
    demand_revision(found, revision)
    lacks = decisions.problems(found, proposal)
    if lacks:
        raise NotValid(_("Dit voorstel is nog niet compleet."), code="not-complete", details=tuple(lacks))
    _demand_way_past(found, proposal)
    return lay_before(actor, key, found, proposal, decisions.intent_of(found, proposal), quiet=quiet)


def lay_before(
    actor: Actor,
    key: str,
    found: Application,
    proposal: Proposal,
    intent: Intent,
    *,
    instead_of: Decision | None = None,
    quiet: bool = False,
) -> Decision:
    """What every proposal does, in the transaction of the act with this key of `lifecycle`: the gates are asked for what is intended, it is
    written down with its duties and hash, and signed by who proposes; its money is set apart. Raises NotNow and NotValid."""
    closed = shut(gates_of(found, intent))
    if closed:
        lines = tuple(f"{gate.name}: {gate.verdict.reasons[0].text}" for gate in closed)
        raise NotNow(_("Er moet eerst nog iets gebeuren."), code=closed[0].verdict.reasons[0].code, details=lines)
    person = known_person(actor.id)
    name = person.name if person else actor.kind
    decision = decisions.filled(found, proposal, by=actor.id or actor.kind, name=name, instead_of=instead_of)
    decision.hearing = hearing_of(found)
    division = newest_division(found.call)
    decision.division = division.public_id if division and found.public_id in division.awards else ""
    decision.save()
    Duty.objects.bulk_create([Duty(decision=decision, **_columns(duty)) for duty in proposal.duties])
    decision.content_hash = decisions.hash_of(decision)
    decision.save(update_fields=["content_hash"])
    _must_read_well(decision)
    _sign_along(actor, decision)
    if decision.awarded and proposal.beyond is None:
        _set_apart(actor, found, decision)
    facts: dict[str, str | int | bool | None] = {
        "decision": decision.public_id,
        "kind": decision.kind,
        "awarded": decision.awarded,
        "hash": decision.content_hash,
    }
    finish(actor, key, found, facts=facts)
    if not quiet:
        _tell_signers(actor, found, decision)
    return decision


@trail.recorded("return-decision", kind="decision", about=named("decision"))
@transaction.atomic
def return_decision(*, actor: Actor, decision: str, why: str) -> Application:
    """Send a proposal back where it was, with the reason; the money set apart is free again and the proposer hears why. What came back on
    a refusal leaves the file where it stands.

    Raises NotFound, NotAllowed, NotNow when it was signed or returned already, NotValid without a reason.
    """
    found = named_decision(decision)
    application = found.application
    key = "return-come-back" if found.comes_back else "return-decision"
    begin(actor, key, application)
    if not why.strip():
        raise NotValid(_("Schrijf op waarom u niet tekent."), code="no-reason")
    waiting = Decision.objects.filter(pk=found.pk, taken_at=None, returned_at=None)
    if not waiting.update(returned_at=clock.now(), returned_why=why.strip()):
        raise NotNow(_("Dit voorstel ligt niet meer voor."), code="state")
    if found.awarded and not found.beyond:
        reason = _("Het voorstel is teruggegeven.")
        release(actor=actor, about=reference(application), amount=found.awarded_money, key=f"{found.public_id}-u", reason=reason)
    target = None if found.comes_back else State(found.came_from)
    finish(actor, key, application, target=target, facts={"decision": found.public_id})
    if known_person(found.proposed_by):
        about = Reference("application", application.public_id, application.title, f"/werk/aanvragen/{application.number}")
        tell(
            about=about,
            moment=f"returned-{found.public_id}",
            template="support/grants/texts/returned",
            facts={"application": application, "reason": why.strip()},
            province=application.province,
            person=found.proposed_by,
        )
    return application


def named_decision(decision: str) -> Decision:
    """By public id; raises NotFound."""
    found = Decision.objects.select_related("application", "hearing").filter(public_id=decision).first()
    if found is None:
        raise NotFound(_("Dit besluit kennen we niet."))
    return found


def _demand_way_past(found: Application, proposal: Proposal) -> None:
    """Past a ceiling goes only a late decision (4:25(3)), or the rest of a notice term (4:51(2))."""
    if proposal.beyond is None:
        return
    if proposal.beyond.article == "4:51(2)" and not rest_of_notice(found, proposal.awarded):
        raise NotValid(_("Dit is niet de rest van een redelijke termijn (Awb 4:51, tweede lid)."), code="not-rest")
    if proposal.beyond.article == "4:25(3)" and not (found.due_on and clock.today() > found.due_on):
        text = _("Voorbij het plafond kan alleen bij een besluit dat te laat is (Awb 4:25, derde lid).")
        raise NotValid(text, code="not-late")
    if proposal.beyond.article not in ("4:25(3)", "4:51(2)"):
        raise NotValid(_("Noem het artikel waarop dit voorbij het plafond kan."), code="no-article")


def _tell_signers(actor: Actor, found: Application, decision: Decision) -> None:
    """Everybody whose role is to sign hears that this waits, but who proposed it."""
    about = Reference("application", found.public_id, found.title, f"/werk/aanvragen/{found.number}/besluit")
    for person in who_may("sign-decisions", Subject(province=found.province, municipality=found.municipality)):
        if person != actor.id:
            tell(
                about=about,
                moment=f"to-sign-{decision.public_id}",
                template="support/grants/texts/to_sign",
                facts={"application": found, "name": decision.proposed_name},
                province=found.province,
                person=person,
                kind="work",
            )


def _columns(duty: DutyIn) -> dict[str, object]:
    return {
        "kind": duty.kind,
        "article": duty.article,
        "text": duty.text.strip(),
        "basis": duty.basis.strip()[:240],
        "evidence": duty.evidence.strip()[:200],
        "due_on": duty.due_on,
    }


def _must_read_well(decision: Decision) -> None:
    """The letter is made ready as far as it goes, so that nobody signs what cannot be sent."""
    letter = decisions.letter_of(decision, decisions.duties_of(decision), name=decision.proposed_name)
    verdict = may_be_issued(decisions.as_sent(letter))
    if not verdict:
        lines = tuple(reason.text for reason in verdict.reasons)
        raise NotValid(_("De brief bij dit besluit kan zo niet weg."), code=verdict.reasons[0].code, details=lines)


def _sign_along(actor: Actor, decision: Decision) -> None:
    """The proposer stands for what is laid before: their signature, with the mandate when they have one for this amount."""
    held = mandate(actor, province=decision.application.province, matter="grants", amount=decided_amount(decision))
    Signature.objects.create(
        application=decision.application,
        purpose=Purpose.DECISION,
        person=actor.id,
        name=decision.proposed_name,
        content_hash=decision.content_hash,
        mandate=str(held.reasons[0].facts.get("mandate", "")) if held else "",
    )


def decided_amount(decision: Decision) -> Money:
    """The amount for which a mandate is needed: what is awarded, and what is asked when nothing is."""
    return decision.awarded_money if decision.awarded else decision.asked_money


def _set_apart(actor: Actor, found: Application, decision: Decision) -> None:
    if found.received_on is None:
        raise NotNow(_("Deze aanvraag is nog niet ontvangen."), code="state")
    reserve(
        actor=actor,
        **money_for(found),
        amount=decision.awarded_money,
        about=reference(found),
        received_on=found.received_on,
        key=f"{decision.public_id}-r",
    )
