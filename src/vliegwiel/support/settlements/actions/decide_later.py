"""Determine, withdraw, revise or recover: proposed by one, signed by another with the mandate, in one transaction."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.engines.terms.holidays import next_ordinary_day
from vliegwiel.foundation.budgets.public import release
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.papers.public import PreparedLetter, letters_of, prepare_letter
from vliegwiel.foundation.people.public import known_person, mandate
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.support.grants.public import State, move_on, send_letter
from vliegwiel.support.register.public import ChangeKind
from vliegwiel.support.register.public import change as change_register
from vliegwiel.support.settlements.actions.order_payment import pay_out
from vliegwiel.support.settlements.files import GrantFile, begin
from vliegwiel.support.settlements.models import Act, Claim, Hold, Intention, LaterDecision
from vliegwiel.support.settlements.naming import named
from vliegwiel.support.settlements.proposals import Proposal, filled, hash_of, letter_of, obstacles, parts_of, problems
from vliegwiel.support.settlements.rules import GROUNDS, pay_by
from vliegwiel.support.state_aid.public import book_less

#: The move with which each is taken.
MOVE = {
    Act.SETTLE: "settle-grant",
    Act.WITHDRAW: "withdraw-grant",
    Act.REVISE: "revise-determination",
    Act.RECOVER: "recover-money",
}


@dataclass(frozen=True)
class Signer:
    """Who signs: name and public id of the mandate it rests on."""

    name: str
    mandate: str


@trail.recorded("propose-later-decision", kind="application", about=named("application"))
@transaction.atomic
def propose_later_decision(*, actor: Actor, application: str, proposal: Proposal) -> LaterDecision:
    """Lay a determination, withdrawal, revision or recovery before who signs it; what it says is fixed by its hash.

    Raises NotAllowed; NotNow with one line per thing that must happen first (a report, a reaction, the bank, five years over), or while a
    proposal waits; NotValid with one line per thing that lacks.
    """
    file = GrantFile(application)
    begin(actor, "propose-later-decision", file)
    if file.waiting is not None:
        raise NotNow(_("Er ligt al een voorstel dat op een handtekening wacht."), code="waiting")
    lacks = problems(file, proposal)
    if lacks:
        raise NotValid(_("Dit voorstel is nog niet compleet."), code="not-complete", details=tuple(lacks))
    person = known_person(actor.id)
    found = filled(file, proposal, by=actor.id, name=person.name if person else actor.kind)
    _demand_way_free(file, found)
    found.content_hash = hash_of(found)
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError as clash:
        raise NotNow(_("Er ligt al een voorstel dat op een handtekening wacht."), code="waiting") from clash
    facts: dict[str, Any] = {
        "decision": found.public_id,
        "kind": found.act,
        "ground": found.ground,
        "cents": found.amount,
        "hash": found.content_hash,
    }
    move_on(actor, "propose-later-decision", file.name, facts=facts)
    return found


@trail.recorded("return-later-decision", kind="application")
@transaction.atomic
def return_later_decision(*, actor: Actor, decision: str, why: str) -> LaterDecision:
    """Send a proposal back with the reason; who proposed it hears why. Raises NotFound, NotAllowed, NotNow, NotValid without a reason."""
    found = later_decision_named(decision)
    file = GrantFile(found.application)
    begin(actor, "return-later-decision", file)
    if not why.strip():
        raise NotValid(_("Schrijf op waarom u niet tekent."), code="no-reason")
    waits = LaterDecision.objects.filter(pk=found.pk, taken_at=None, returned_at=None)
    if not waits.update(returned_at=clock.now(), returned_why=why.strip()):
        raise NotNow(_("Dit voorstel ligt niet meer voor."), code="state")
    move_on(actor, "return-later-decision", file.name, facts={"decision": found.public_id})
    if known_person(found.proposed_by):
        tell(
            about=Reference("application", file.name, file.grant.title, f"/werk/vaststellingen/{file.grant.number}"),
            moment=f"returned-{found.public_id}",
            template="support/settlements/texts/returned",
            facts={"grant": file.grant, "reason": why.strip()},
            province=file.grant.province,
            person=found.proposed_by,
            kind="work",
        )
    found.refresh_from_db()
    return found


@trail.recorded("sign-later-decision", kind="application")
def sign_later_decision(*, actor: Actor, decision: str, seen: str) -> LaterDecision:
    """Take a decision that was proposed by another, in the name of the executive, with the mandate for its amount (Awb 10:1). `seen` is the
    hash of what the signer read. In one transaction: what is too much is let go, the rest is asked of payments or the claim is made,
    de-minimis aid is lowered, the letter goes, the state moves, all of it in the trail.

    Raises NotFound, NotAllowed, NotValid when something else was read than is signed, and NotNow when something must happen first or
    someone else was first: then nothing happened.
    """
    found = later_decision_named(decision)
    file = GrantFile(found.application)
    signer = may_sign(actor, file, found)
    _demand_same(found, seen)
    letter = prepare_letter(province=file.grant.province, draft=letter_of(file, found, name=signer.name))
    with transaction.atomic():
        found = later_decision_named(decision)
        file = GrantFile(found.application)
        may_sign(actor, file, found)
        _demand_same(found, seen)
        _demand_way_free(file, found)
        _take(actor, file, found, signer, letter)
    return found


def _take(actor: Actor, file: GrantFile, found: LaterDecision, signer: Signer, letter: PreparedLetter) -> None:
    """Everything that one signature does."""
    if found.act != Act.RECOVER and found.was != file.grant.awarded.cents:
        raise NotNow(_("Het bedrag van deze subsidie is intussen veranderd. Maak een nieuw voorstel."), code="stale")
    waits = LaterDecision.objects.filter(pk=found.pk, taken_at=None, returned_at=None)
    change = {"taken_at": clock.now(), "taken_by": actor.id, "taken_name": signer.name[:80], "mandate": signer.mandate}
    if not waits.update(**change):  # who signs at the same moment waits here
        raise NotNow(_("Dit voorstel ligt niet meer voor."), code="state")
    _book(actor, file, found)
    issued = send_letter(actor, file.name, letter)
    LaterDecision.objects.filter(pk=found.pk).update(letter=issued.id)
    found.refresh_from_db()
    if found.intention is not None:
        Intention.objects.filter(pk=found.intention.pk).update(used=True)
    if found.act == Act.RECOVER:
        Claim.objects.create(
            application=file.name, number=file.grant.number, province=file.grant.province, decision=found, amount=found.amount
        )
    else:
        Hold.objects.filter(application=file.name, lifted_on=None).update(lifted_on=clock.today())
    gone = found.act == Act.WITHDRAW and not found.amount
    facts: dict[str, Any] = {
        "decision": found.public_id,
        "ground": found.ground,
        "cents": found.amount,
        "hash": found.content_hash,
        "mandate": signer.mandate,
        "letter": issued.id,
    }
    awarded = None if found.act == Act.RECOVER else found.money
    move_on(actor, MOVE[Act(found.act)], file.name, target=State.WITHDRAWN if gone else None, facts=facts, awarded=awarded)
    make_later_known(actor=actor, decision=found)


def _book(actor: Actor, file: GrantFile, found: LaterDecision) -> None:
    """The ledger follows: what is not needed falls free, what is still due is asked of payments, aid becomes what was given."""
    if found.act == Act.RECOVER:
        return
    free, rest, _back = parts_of(file, found)
    reason = GROUNDS[found.ground].text
    if free.cents:
        release(actor=actor, about=file.about, amount=free, key=f"{found.public_id}-free", reason=reason)
    if rest.cents:
        if file.account_problem:
            raise NotNow(file.account_problem, code="no-account")
        pay_out(actor, file, rest, pay_by(clock.today(), equated_days()), key=f"later-{found.public_id}")
    if found.amount < found.was:
        less = found.was_money - found.money
        book_less(actor=actor, about=file.about, amount=less, key=found.public_id, reason=reason)


def make_later_known(*, actor: Actor, decision: LaterDecision) -> None:
    """Once the letter was sent: keep the day, change the register from the first working day after, and let the term to pay run.

    In the transaction of the act, or later when it was posted. Harmless when repeated.
    """
    file = GrantFile(decision.application)
    sent_on = next((item.sent_on for item in letters_of(file.about) if item.id == decision.letter), None)
    known = LaterDecision.objects.filter(pk=decision.pk, taken_at__isnull=False, sent_on=None)
    if sent_on is None or not known.update(sent_on=sent_on):
        return
    decision.refresh_from_db()
    facts = {"decision": decision.public_id, "sent": sent_on.isoformat()}
    if decision.act == Act.RECOVER:
        Claim.objects.filter(decision=decision).update(due_on=pay_by(sent_on, equated_days()))
    else:
        _change_register(actor, decision, sent_on)
    trail.record(actor=actor, action="make-known", subject=file.about, facts=facts, province=decision.province)


def _change_register(actor: Actor, found: LaterDecision, sent_on: date) -> None:
    kind = ChangeKind.DETERMINED if found.act == Act.SETTLE else ChangeKind.CHANGED if found.amount else ChangeKind.WITHDRAWN
    change_register(
        actor=actor,
        decision=found.decision,
        kind=kind,
        amount=found.money,
        decided_on=clock.legal_date(found.taken_at or clock.now()),
        public_from=next_ordinary_day(sent_on + timedelta(days=1), equated_days()),
        key=found.public_id,
    )


def make_known_what_was_posted(*, actor: Actor) -> int:
    """Every later decision whose letter was posted since it was signed; returns how many. Only the installation does this."""
    if actor.kind != "system":
        raise NotAllowed(_("Dit gaat vanzelf zodra de brief op de post is."), code="by-the-clock")
    count = 0
    for found in LaterDecision.objects.filter(taken_at__isnull=False, sent_on=None):
        with transaction.atomic():
            make_later_known(actor=actor, decision=found)
        count += found.sent_on is not None
    return count


def may_sign(actor: Actor, file: GrantFile, found: LaterDecision) -> Signer:
    """Who signs and on which mandate; raises NotAllowed or NotNow with the reason otherwise."""
    begin(actor, MOVE[Act(found.act)], file)
    if found.taken_at or found.returned_at:
        raise NotNow(_("Dit voorstel ligt niet meer voor."), code="state")
    if actor.id == found.proposed_by:
        raise NotAllowed(_("U stelde dit voor. Een ander met mandaat tekent."), code="second-signature")
    amount = found.money if found.act == Act.RECOVER else found.was_money
    held = mandate(actor, province=found.province, matter="grants", amount=amount)
    if not held:
        raise NotAllowed(held.reasons[0].text, code=held.reasons[0].code)
    person = known_person(actor.id)
    return Signer(person.name if person else "", str(held.reasons[0].facts.get("mandate", "")))


def later_decision_named(name: str) -> LaterDecision:
    """By public id; raises NotFound."""
    found = LaterDecision.objects.select_related("report", "intention").filter(public_id=name).first()
    if found is None:
        raise NotFound(_("Dit besluit kennen we niet."))
    return found


def _demand_same(found: LaterDecision, seen: str) -> None:
    if found.content_hash != seen or hash_of(found) != seen:
        raise NotValid(_("Het voorstel is anders dan wat u las. Lees het opnieuw."), code="other-content")


def _demand_way_free(file: GrantFile, found: LaterDecision) -> None:
    ground = GROUNDS[found.ground]
    lines = obstacles(file, ground, lowers=found.amount < found.was, breach_on=found.breach_on, today=clock.today())
    if lines:
        raise NotNow(_("Er moet eerst nog iets gebeuren."), code="not-yet", details=tuple(lines))
