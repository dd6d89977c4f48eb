"""A later decision after an objection: another takes its place, and ledger, claim, payment, aid and register follow (Awb 7:11)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.foundation.budgets.public import Beyond, commit, money_about, release, undo_act
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.people.public import known_person
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import State, executive_of, money_under, move_on
from vliegwiel.support.settlements.actions.collect_claim import asked_of, lower_claim
from vliegwiel.support.settlements.actions.decide_later import later_decision_named, make_later_known
from vliegwiel.support.settlements.actions.order_payment import pay_out
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.models import Act, Claim, ClaimKind, LaterDecision
from vliegwiel.support.settlements.proposals import hash_of
from vliegwiel.support.settlements.rules import GROUNDS, article_of, pay_by
from vliegwiel.support.state_aid.public import book

MOVE = "revise-later-decision"


@dataclass(frozen=True)
class Redress:
    """What is decided instead after an objection: the whole amount from now on, or what is still asked back. `ground` is another ground of
    the same kind of decision (empty: the same), `due_on` a later day to pay back; `beyond` carries what goes past the ceiling
    (Awb 4:25(3)); `by` prepared it."""

    amount: Money
    summary: str
    motivation: str
    by: str
    ground: str = ""
    due_on: date | None = None
    beyond: Beyond | None = None
    mandate: str = ""


def replaceable(decision: str) -> LaterDecision:
    """A taken decision that was made known and that no other took the place of; raises NotFound or NotNow."""
    found = later_decision_named(decision)
    if found.taken_at is None:
        raise NotFound(_("Dit besluit kennen we niet."))
    if LaterDecision.objects.filter(replaces=found).exists():
        raise NotNow(_("Voor dit besluit is al een ander in de plaats gekomen."), code="replaced")
    return found


def problems(found: LaterDecision, redress: Redress) -> list[str]:
    """What stands in the way, one Dutch line each. Who objects does not get worse of it."""
    file, lacks = GrantFile(found.application), []
    amount = redress.amount.cents
    if found.act == Act.RECOVER:
        if not 0 <= amount <= found.amount:
            lacks.append(_("Vraag niet meer terug dan in het eerste besluit: {was}.").format(was=found.money.dutch()))
        elif _asked_back(file, found, redress.amount) < redress.amount < found.money:
            left = _asked_back(file, found, redress.amount)
            lacks.append(_("Na een ander bezwaar staat nog {left} open. Vraag niet meer terug.").format(left=left.dutch()))
    else:
        newest = next(item for item in reversed(file.taken) if item.act != Act.RECOVER)
        if newest.pk != found.pk:
            lacks.append(_("Na dit besluit kwam er nog een over het bedrag. Beslis op een bezwaar daartegen."))
        if not found.amount <= amount <= found.was:
            text = _("Kies een bedrag van {least} tot en met {most} (Awb 7:11).")
            lacks.append(text.format(least=found.money.dutch(), most=found.was_money.dutch()))
    if redress.ground and (redress.ground not in GROUNDS or GROUNDS[redress.ground].act is not Act(found.act)):
        lacks.append(_("Kies een grond die bij dit soort besluit hoort."))
    if redress.due_on is not None and (found.act != Act.RECOVER or redress.due_on <= clock.today()):
        lacks.append(_("Een latere betaaldag hoort bij een terugvordering, en ligt na vandaag."))
    if file.waiting is not None:
        lacks.append(_("Er ligt nog een voorstel over deze subsidie. Teken dat, of geef het eerst terug."))
    if _to_pay(file, found, redress.amount).cents and file.account_problem:
        lacks.append(file.account_problem)
    return lacks


def words(found: LaterDecision, redress: Redress) -> dict[str, Any]:
    """What the letter says it means: the effect in a sentence, and what is paid when."""
    file, pay = GrantFile(found.application), _to_pay(GrantFile(found.application), found, redress.amount)
    left = _asked_back(file, found, redress.amount)
    if found.act == Act.RECOVER and not left.cents:
        effect = _("U hoeft niets terug te betalen.")
    elif found.act == Act.RECOVER:
        by = redress.due_on or _last_day(found)
        effect = _("U betaalt {amount} terug.").format(amount=left.dutch())
        effect += f" {_('Doe dat uiterlijk {day}.').format(day=day(by, 'full'))}" if by else ""
    else:
        effect = _("Uw subsidie is nu {amount}.").format(amount=redress.amount.dutch())
        effect += _claim_words(file, redress.amount)
    paid = _("U krijgt {amount} binnen zes weken.").format(amount=pay.dutch()) if pay.cents else None
    return {"effect": effect, "payment": paid}


def redress_decision(*, actor: Actor, decision: str, redress: Redress, letter: str) -> LaterDecision:
    """Take another decision instead of a determination, withdrawal, revision or recovery that was objected to, in the transaction of the
    act that decides on the objection; that act demands mandate and permission. What the first one let go is booked back, what is due
    is asked of payments, a claim gets lower, aid counts again, and the register follows once the letter (public id) was sent.

    Raises NotFound, NotAllowed; NotNow when another decision took its place, the state does not allow it or the money is not there;
    NotValid with one line per thing that lacks.
    """
    found = replaceable(decision)
    file = GrantFile(found.application)
    lacks = problems(found, redress)
    if lacks:
        raise NotValid(_("Zo kan dit besluit niet."), code="not-complete", details=tuple(lacks))
    fresh = _fresh(actor, file, found, redress, letter)
    pay = _to_pay(file, found, redress.amount)
    if found.act == Act.RECOVER:
        _ask_less(actor, file, found, fresh, redress, pay)
    elif fresh.amount > found.amount:
        _give_more(actor, file, found, fresh, redress, pay)
    facts: dict[str, Any] = {
        "decision": fresh.public_id,
        "replaces": found.public_id,
        "cents": fresh.amount,
        "beyond": redress.beyond is not None,
        "hash": fresh.content_hash,
        "letter": letter,
    }
    awarded = None if found.act == Act.RECOVER else fresh.money
    move_on(actor, MOVE, file.name, target=_target(file, fresh), facts=facts, awarded=awarded)
    make_later_known(actor=actor, decision=fresh)
    return fresh


def _fresh(actor: Actor, file: GrantFile, found: LaterDecision, redress: Redress, letter: str) -> LaterDecision:
    """The decision that takes the place of the first; its letter is the one on the objection."""
    person, prepared = known_person(actor.id), known_person(redress.by)
    ground = redress.ground or found.ground
    article = found.article if ground == found.ground else article_of(GROUNDS[ground], file.rules, ex_officio=found.ex_officio)
    fresh = LaterDecision(
        application=found.application,
        number=found.number,
        province=found.province,
        decision=found.decision,
        act=found.act,
        ground=ground,
        article=article[:120],
        was=found.was,
        amount=_asked_back(file, found, redress.amount).cents,
        report=found.report,
        account=found.account,
        left_out=found.left_out,
        left_out_why=found.left_out_why,
        follows=found.follows,
        pay_to=found.pay_to,
        breach_on=found.breach_on,
        ex_officio=found.ex_officio,
        summary=redress.summary.strip(),
        motivation=redress.motivation.strip(),
        replaces=found,
        proposed_by=redress.by,
        proposed_name=prepared.name[:80] if prepared else "",
        taken_at=clock.now(),
        taken_by=actor.id,
        taken_name=person.name[:80] if person else "",
        mandate=redress.mandate,
        letter=letter,
    )
    fresh.content_hash = hash_of(fresh)
    fresh.save()
    return fresh


def _target(file: GrantFile, fresh: LaterDecision) -> State | None:
    """A grant that was withdrawn as a whole runs again, with the report that was there."""
    if file.grant.state is not State.WITHDRAWN or fresh.act != Act.WITHDRAW or not fresh.amount:
        return None
    return State.REPORTED if file.report is not None else State.GRANTED


def _give_more(actor: Actor, file: GrantFile, found: LaterDecision, fresh: LaterDecision, redress: Redress, pay: Money) -> None:
    reason = _("Op bezwaar: {number}.").format(number=found.number)
    if redress.beyond is None:
        undo_act(actor=actor, about=file.about, key=f"{found.public_id}-free", reason=reason)
    stands = _stands(file)
    if stands > fresh.money:
        free = Money(min((stands - fresh.money).cents, money_about(file.about).committed.cents))
        if free.cents:
            release(actor=actor, about=file.about, amount=free, key=f"{fresh.public_id}-free", reason=reason)
    else:
        _commit(actor, file, fresh.money - stands, f"{fresh.public_id}-more", redress.beyond)
    excess = _asked_too_much(file, fresh.money)
    for claim in reversed(file.claims):
        less = Money(min(excess.cents, asked_of(claim).cents))
        if less.cents:
            lower_claim(actor=actor, claim=claim, less=less, key=f"lowered-{fresh.public_id}", letter=fresh.letter)
            excess -= less
    if pay.cents:
        pay_out(actor, file, pay, pay_by(clock.today(), equated_days()), key=f"later-{fresh.public_id}")
    more, executive = fresh.money - found.money, executive_of(file.grant.province)
    book(
        actor=actor,
        about=file.about,
        province=file.grant.province,
        amount=more,
        on=clock.today(),
        key=fresh.public_id,
        authority=executive,
    )


def _ask_less(actor: Actor, file: GrantFile, found: LaterDecision, fresh: LaterDecision, redress: Redress, pay: Money) -> None:
    claim = Claim.objects.get(decision=found)
    key, less = f"lowered-{fresh.public_id}", asked_of(claim) - fresh.money
    lower_claim(actor=actor, claim=claim, less=less, key=key, letter=fresh.letter, due_on=redress.due_on)
    if pay.cents:
        _commit(actor, file, pay, f"{fresh.public_id}-more", redress.beyond)
        pay_out(actor, file, pay, pay_by(clock.today(), equated_days()), key=f"later-{fresh.public_id}")


def _commit(actor: Actor, file: GrantFile, amount: Money, key: str, beyond: Beyond | None) -> None:
    if not amount.cents:
        return
    if file.grant.received_on is None:
        raise NotNow(_("Deze aanvraag is nog niet ontvangen."), code="state")
    place = money_under(file.name)
    commit(
        actor=actor,
        ceiling=place.get("ceiling", ""),
        line=place.get("line", ""),
        amount=amount,
        about=file.about,
        received_on=file.grant.received_on,
        key=key,
        beyond=beyond,
    )


def _to_pay(file: GrantFile, found: LaterDecision, amount: Money) -> Money:
    """What is to be paid now: of a recovery what came back beyond what is still asked, less what another objection paid of it; of a
    determination what was not paid yet. Before the determination the plan pays."""
    if found.act == Act.RECOVER:
        claim = _claim_of(file, found)
        if claim is None:
            return Money(0)
        came = sum(step.principal for step in claim.steps.all() if step.kind in (ClaimKind.RECEIVED, ClaimKind.SET_OFF))
        left = _asked_back(file, found, amount)
        return Money(max(came - left.cents, 0) - max(came - asked_of(claim).cents, 0))
    if found.act == Act.WITHDRAW:
        return Money(0)
    money = file.money
    return Money(max(amount.cents - (money.paid - money.returned + money.on_its_way).cents, 0))


def _claim_of(file: GrantFile, found: LaterDecision) -> Claim | None:
    return next((item for item in file.claims if item.decision_id == found.pk), None)


def _asked_back(file: GrantFile, found: LaterDecision, amount: Money) -> Money:
    """The amount of what takes the place of a decision: of a recovery no more than the claim asks since another objection made it lower."""
    claim = _claim_of(file, found) if found.act == Act.RECOVER else None
    return min(amount, asked_of(claim)) if claim is not None else amount


def _stands(file: GrantFile) -> Money:
    """What is committed or paid for the grant, less what came back."""
    money = money_about(file.about)
    return money.committed + money.paid - money.returned


def _asked_too_much(file: GrantFile, awarded: Money) -> Money:
    """What the claims ask beyond what is too much paid once the grant is this amount."""
    asked = sum(asked_of(claim).cents for claim in file.claims)
    return Money(max(asked - max(file.money.paid.cents - awarded.cents, 0), 0))


def _claim_words(file: GrantFile, awarded: Money) -> str:
    excess = _asked_too_much(file, awarded)
    if not excess.cents:
        return ""
    left = Money(sum(asked_of(claim).cents for claim in file.claims)) - excess
    told = _("Terugbetalen hoeft niet meer.") if not left.cents else _("U betaalt {left} terug.").format(left=left.dutch())
    return f" {told}"


def _last_day(found: LaterDecision) -> date | None:
    claim = Claim.objects.filter(decision=found).first()
    return claim.due_on if claim else None
