"""Collect a claim: book what came in, dun, give time, hand over to a writ, set off."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.catalogue.interest import dunning_fee, legal_interest
from vliegwiel.foundation.budgets.public import money_about, pay, take_back
from vliegwiel.foundation.papers.public import prepare_letter
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import draft_letter_to, move_on, send_letter
from vliegwiel.support.settlements.files import GrantFile, begin
from vliegwiel.support.settlements.interest import Receipt, Standing, standing_of
from vliegwiel.support.settlements.models import Claim, ClaimKind, ClaimStep
from vliegwiel.support.settlements.rules import DUNNING

_IN = (ClaimKind.RECEIVED, ClaimKind.SET_OFF)


def claim_named(name: str) -> Claim:
    """By public id; raises NotFound."""
    found = Claim.objects.select_related("decision").filter(public_id=name).first()
    if found is None:
        raise NotFound(_("Deze vordering kennen we niet."))
    return found


def standing(claim: Claim, on: date | None = None) -> Standing:
    """What is left of a claim on a day (today), with interest and the costs of a reminder. What an objection took off was never due."""
    steps, due = list(claim.steps.all()), _due(claim)
    receipts = [Receipt(step.on, step.money) for step in steps if step.kind in _IN]
    fees = [Receipt(step.on, step.fee_money) for step in steps if step.fee]
    return standing_of(asked_of(claim), due, receipts, legal_interest(), on or clock.today(), fees=fees)


def asked_of(claim: Claim) -> Money:
    """What is asked back after every objection."""
    return claim.money - Money(sum(step.principal for step in claim.steps.all() if step.kind == ClaimKind.LOWERED))


@trail.recorded("receive-money", kind="claim", about=lambda arguments: str(arguments["claim"])[:12])
def receive_money(*, actor: Actor, claim: str, amount: Money, on: date, statement: str) -> ClaimStep:
    """Money came in on a day, on this line of the bank statement; first counted as interest (Awb 4:92). What is principal is booked back to
    the budget. Nothing is taken twice for one line.

    Raises NotFound, NotAllowed, NotValid for a day to come, more than is due or an earlier day than the last receipt, NotNow when closed.
    """
    found, file = _open(actor, claim)
    if amount.cents <= 0 or on > clock.today() or not statement.strip():
        raise NotValid(_("Vul bedrag, dag en regel van het bankafschrift in."), code="no-receipt")
    last = max((step.on for step in found.steps.all() if step.kind in _IN), default=on)
    if on < last:
        raise NotValid(_("Er is al iets van een latere dag geboekt. Boek op volgorde van dag."), code="order")
    with transaction.atomic():
        _hold(found)
        key = f"bank-{statement.strip()}"[:40]
        return _come_in(actor, file, found, amount, on, ClaimKind.RECEIVED, key, statement.strip())


@trail.recorded("set-off", kind="claim", about=lambda arguments: str(arguments["claim"])[:12])
def set_off(*, actor: Actor, claim: str, against: str, amount: Money) -> ClaimStep:
    """Set a claim off against a grant (file number) that the same recipient got for the same activities in another period (Awb 4:57(3)): in
    one transaction that grant counts as paid and this one as come back.

    Raises NotFound, NotAllowed, NotValid when it is not the same recipient and scheme, NotNow when that grant has less to pay.
    """
    found, file = _open(actor, claim)
    other = GrantFile(against)
    begin(actor, "order-payment", other)
    same = (file.grant.organisation or file.grant.applicant) == (other.grant.organisation or other.grant.applicant)
    if other.name == file.name or not same or file.grant.scheme != other.grant.scheme:
        text = _("Verrekenen kan alleen met een andere subsidie aan dezelfde ontvanger voor dezelfde activiteiten (Awb 4:57).")
        raise NotValid(text, code="not-the-same")
    free = money_about(other.about)
    if amount.cents <= 0 or amount.cents > free.committed.cents - free.on_its_way.cents:
        raise NotNow(_("Voor die subsidie moet minder worden betaald dan u wilt verrekenen."), code="not-there")
    with transaction.atomic():
        _hold(found)
        key = f"off-{other.grant.number}-{found.steps_count}"
        step = _come_in(actor, file, found, amount, clock.today(), ClaimKind.SET_OFF, key, other.grant.number)
        pay(actor=actor, about=other.about, amount=amount, key=f"off-{found.public_id}-{step.pk}", on=clock.today())
        move_on(actor, "order-payment", other.name, facts={"claim": found.public_id, "cents": amount.cents})
    return step


@trail.recorded("dun", kind="claim", about=lambda arguments: str(arguments["claim"])[:12])
def dun(*, actor: Actor, claim: str, charge: bool = False) -> ClaimStep:
    """Remind who is in default by letter, with two weeks to pay (*aanmaning*, Awb 4:112). With `charge` its costs are asked (4:113), which
    the letter names; once per claim.

    Raises NotFound, NotAllowed, NotNow before the last day to pay, while more time was given, while a reminder runs, or for costs that
    were charged before.
    """
    found, file = _open(actor, claim)
    today, due = clock.today(), _due(found)
    later = max((step.until for step in found.steps.all() if step.until), default=due)
    if today <= max(due, later):
        raise NotNow(_("De ontvanger heeft nog tijd om te betalen."), code="not-late")
    if charge and any(step.fee for step in found.steps.all()):
        raise NotNow(_("De kosten van een aanmaning zijn al een keer gerekend."), code="charged")
    stands = standing(found)
    fee = dunning_fee(stands.principal, found.arose_on) if charge else Money(0)
    facts: dict[str, Any] = {
        "activity": f"‘{file.grant.title}’",
        "amount": stands.principal,
        "interest": stands.interest if stands.interest.cents else None,
        "costs": stands.costs + fee if (stands.costs + fee).cents else None,
        "left": stands.left + fee,
        "was_due": due,
        "pay_by": today + DUNNING,
        "account": found.decision.pay_to,
    }
    ready = prepare_letter(province=found.province, draft=draft_letter_to(file.name, "dunning", facts))
    with transaction.atomic():
        _hold(found)
        letter = send_letter(actor, file.name, ready)
        key = f"dunned-{found.steps_count}"
        step = _step(actor, found, ClaimKind.DUNNED, key=key, until=today + DUNNING, letter=letter.id, fee=fee)
        _moved(actor, file, found, step)
    return step


@trail.recorded("give-time", kind="claim", about=lambda arguments: str(arguments["claim"])[:12])
def give_time(*, actor: Actor, claim: str, until: date, agreement: str) -> ClaimStep:
    """Give more time, or agree on parts (*uitstel, betalingsregeling*, Awb 4:94). Interest runs on unless forgone (4:101).

    Raises NotFound, NotAllowed, NotValid without an agreement or for a day that is not to come, NotNow when closed.
    """
    found, file = _open(actor, claim)
    if until <= clock.today() or not agreement.strip():
        raise NotValid(_("Schrijf op wat is afgesproken, en tot wanneer."), code="no-agreement")
    with transaction.atomic():
        _hold(found)
        step = _step(actor, found, ClaimKind.LATER, key=f"later-{found.steps_count}", until=until, text=agreement.strip())
        _moved(actor, file, found, step)
    return step


@trail.recorded("note-writ", kind="claim", about=lambda arguments: str(arguments["claim"])[:12])
def note_writ(*, actor: Actor, claim: str, reference: str) -> ClaimStep:
    """Note that a writ was issued (*dwangbevel*, Awb 4:57(2), 4:117), under its reference: only after a reminder whose two weeks are over.

    Raises NotFound, NotAllowed, NotValid without a reference, NotNow before that.
    """
    found, file = _open(actor, claim)
    dunned = [step for step in found.steps.all() if step.kind == ClaimKind.DUNNED]
    if not dunned or clock.today() <= (dunned[-1].until or clock.today()):
        raise NotNow(_("Stuur eerst een aanmaning en wacht twee weken (Awb 4:112, 4:117)."), code="not-dunned")
    if not reference.strip():
        raise NotValid(_("Vul het kenmerk van het dwangbevel in."), code="no-reference")
    with transaction.atomic():
        _hold(found)
        step = _step(actor, found, ClaimKind.WRIT, key=f"writ-{found.steps_count}", text=reference.strip())
        _moved(actor, file, found, step)
    return step


def _come_in(
    actor: Actor, file: GrantFile, found: Claim, amount: Money, on: date, kind: ClaimKind, key: str, text: str
) -> ClaimStep:
    before = found.steps.filter(key=key).first()
    if before is not None:
        raise NotNow(_("Deze regel van het bankafschrift is al geboekt."), code="booked")
    stands = standing(found, on)
    if amount > stands.left:
        raise NotValid(_("Er hoeft nog maar {left} te komen.").format(left=stands.left.dutch()), code="too-much")
    costs = Money(min(stands.costs.cents, amount.cents))
    interest = Money(min(stands.interest.cents, (amount - costs).cents))
    principal = amount - costs - interest
    step = _step(
        actor,
        found,
        kind,
        key=key,
        amount=amount,
        principal=principal,
        interest=interest,
        costs=costs,
        on=on,
        text=text,
    )
    if principal.cents:
        take_back(actor=actor, about=file.about, amount=principal, key=f"claim-{step.pk}")
    if amount == stands.left:
        Claim.objects.filter(pk=found.pk).update(closed_on=on)
    _moved(actor, file, found, step)
    return step


def _step(
    actor: Actor,
    claim: Claim,
    kind: ClaimKind,
    *,
    key: str,
    amount: Money = Money(0),
    principal: Money = Money(0),
    interest: Money = Money(0),
    costs: Money = Money(0),
    fee: Money = Money(0),
    on: date | None = None,
    until: date | None = None,
    text: str = "",
    letter: str = "",
) -> ClaimStep:
    try:
        with transaction.atomic():
            return ClaimStep.objects.create(
                claim=claim,
                kind=kind,
                key=key,
                amount=amount.cents,
                principal=principal.cents,
                interest=interest.cents,
                costs=costs.cents,
                fee=fee.cents,
                on=on or clock.today(),
                until=until,
                text=text,
                letter=letter,
                by=actor.id or actor.kind,
            )
    except IntegrityError as clash:
        raise NotNow(_("Iemand anders werkte net aan deze vordering. Bekijk haar opnieuw."), code="stale") from clash


def lower_claim(*, actor: Actor, claim: Claim, less: Money, key: str, letter: str, due_on: date | None = None) -> None:
    """An objection was upheld: less is owed, from the beginning (Awb 7:11), or later (4:87). In the transaction of that act, which demands
    the permission. A claim of which nothing is left is closed. Raises NotNow when someone else worked on it."""
    _hold(claim, closed=True)
    if less.cents:
        _step(actor, claim, ClaimKind.LOWERED, key=key, amount=less, principal=less, letter=letter)
    if due_on is not None:
        Claim.objects.filter(pk=claim.pk).update(due_on=due_on)
    claim.refresh_from_db()
    if claim.closed_on is None and claim.due_on is not None and not standing(claim).principal.cents:
        Claim.objects.filter(pk=claim.pk).update(closed_on=clock.today())


def _open(actor: Actor, claim: str) -> tuple[Claim, GrantFile]:
    found = claim_named(claim)
    file = GrantFile(found.application)
    begin(actor, "collect-money", file)
    if found.closed_on:
        raise NotNow(_("Deze vordering is helemaal betaald."), code="closed")
    return found, file


def _hold(claim: Claim, *, closed: bool = False) -> None:
    """Nobody else works on this claim until the transaction ends; raises NotNow when someone did since it was read."""
    mine = Claim.objects.filter(pk=claim.pk, steps_count=claim.steps_count)
    if not closed:
        mine = mine.filter(closed_on=None)
    if not mine.update(steps_count=F("steps_count") + 1):
        raise NotNow(_("Iemand anders werkte net aan deze vordering. Bekijk haar opnieuw."), code="stale")


def _due(claim: Claim) -> date:
    if claim.due_on is None:
        raise NotNow(_("De brief met de terugvordering is nog niet verstuurd."), code="not-sent")
    return claim.due_on


def _moved(actor: Actor, file: GrantFile, claim: Claim, step: ClaimStep) -> None:
    facts: dict[str, Any] = {"claim": claim.public_id, "kind": step.kind, "cents": step.amount}
    move_on(actor, "collect-money", file.name, facts=facts)
