"""Lay down what a late decision cost, of one's own accord within two weeks (Awb 4:18), and pay it within six weeks (4:87)."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.catalogue.holidays import equated_days
from vliegwiel.foundation.budgets.public import PaymentFacts
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.people.public import known_person, mandate
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.public import GrantFacts, cashier_signed, grant_of
from vliegwiel.support.objections import letters
from vliegwiel.support.objections.actions.divide_penalty import PAYS, divide, divided, notice_named, tell_along, why_no_share
from vliegwiel.support.objections.models import DefaultNotice, NoPenaltyGround, PenaltyDecision
from vliegwiel.support.objections.penalties import (
    DefaultFacts,
    about_words,
    applicants_of,
    facts_of,
    key_of,
)
from vliegwiel.support.objections.standing import at_work, named, notice_reference
from vliegwiel.support.objections.terms import steps_of
from vliegwiel.support.settlements.public import OwnDebt, OwnPayee, account_problem, pay_by, pay_own_debt

VERB = "decide-objections"


@trail.recorded("determine-penalty", kind="default-notice", about=named("notice"))
def determine_penalty(*, actor: Actor, notice: str, ground: str = "", why: str = "") -> DefaultNotice:
    """Decide how much is due, by letter (*dwangsombesluit*): the counted amount, or nothing on a ground of 4:17(6) with its reason.

    Raises NotFound; NotAllowed without the verb or a mandate; NotNow while it still runs, when none is due or it was done; NotValid.
    """
    found = notice_named(notice)
    signer = demand_penalty(actor, found)
    facts = facts_of(found)
    if not facts.determinable:
        raise NotNow(_("Er is nu geen dwangsom vast te stellen."), code="state")
    if ground and (ground not in NoPenaltyGround.values or not why.strip()):
        raise NotValid(_("Kies een grond van artikel 4:17, zesde lid, en schrijf op waarom die hier geldt."), code="no-ground")
    amount = Money(0) if ground else facts.penalty.amount
    letter = letters.prepared(
        found.application,
        found.province,
        "penalty-decision",
        {
            **_told(facts, amount, ground),
            "shares": divided(amount, applicants_of(found)),
            "number": found.number,
            "about": about_words(found),
            "pay": _paying(grant_of(found.application), amount, applicants_of(found)),
        },
        signer=signer,
        motivation=_why(facts, ground, why),
    )
    with transaction.atomic():
        issued = letters.send(actor, found.application, letter)
        if not DefaultNotice.objects.filter(pk=found.pk, determined_on=None).update(determined_on=clock.today()):
            raise NotNow(_("De dwangsom is al vastgesteld."), code="state")
        decision = PenaltyDecision.objects.create(
            notice=found,
            amount=amount.cents,
            days=facts.penalty.days,
            ground=ground,
            why=why.strip(),
            letter=issued,
            taken_by=actor.id,
        )
        divide(decision, applicants_of(found))
        tell_along(decision)
        trail.record(
            actor=actor,
            action="determine-penalty",
            subject=notice_reference(found),
            facts={"cents": amount.cents, "days": facts.penalty.days, "letter": issued, "applicants": decision.shares.count()},
            province=found.province,
        )
    found.refresh_from_db()
    return found


@trail.recorded("pay-penalty", kind="default-notice", about=named("notice"))
@transaction.atomic
def pay_penalty(*, actor: Actor, notice: str, line: str) -> list[PaymentFacts]:
    """Ask for the payment of what was laid down and not asked yet, to each applicant their part (Awb 4:17(7)), from a budget line (public
    id) for it, within six weeks after the decision was made known (4:87). A second person releases it with the payments. Who gave no
    account yet is paid once they did.

    Raises NotFound, NotAllowed; NotNow when nothing is to be paid, the line has too little or no account may receive it; NotValid for a
    line of another kind.
    """
    found = notice_named(notice)
    grant = grant_of(found.application)
    verdict = at_work(actor, found.province, found.municipality, grant, (PAYS,))
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    DefaultNotice.objects.filter(pk=found.pk).update(determined_on=F("determined_on"))  # who pays at the same moment waits here
    facts = facts_of(notice_named(found.number))
    if facts.laid_down is None or not facts.to_pay.cents:
        raise NotNow(_("Er is nu geen dwangsom te betalen."), code="state")
    ready = [item for item in facts.shares if item.to_pay.cents and not why_no_share(grant, item.share)]
    if not ready:
        raise NotNow(next(why_no_share(grant, item.share) for item in facts.shares if item.to_pay.cents), code="no-account")
    paid = []
    for item in ready:
        words = _("Dwangsom {number}").format(number=found.number)
        to = OwnPayee(item.share.name, item.share.account, item.share.person) if item.share.account else None
        debt = OwnDebt(notice_reference(found), item.to_pay, facts.pay_by or clock.today(), words, found.received_on, to)
        paid.append(pay_own_debt(actor=actor, grant=grant, debt=debt, line=line, key=key_of(item.share)))
    trail.record(
        actor=actor,
        action="pay-penalty",
        subject=notice_reference(found),
        facts={"cents": sum(payment.amount.cents for payment in paid), "payments": len(paid)},
        province=found.province,
    )
    return paid


def redress_penalty(*, actor: Actor, decision: str, amount: Money, by: str, letter: str) -> PenaltyDecision:
    """A higher penalty after an objection (Awb 4:19, 7:11), in the transaction of the act that decides on it. Raises NotFound, NotNow when
    another took its place, NotValid for less than it was or more than can be due."""
    found = penalty_named(decision)
    if PenaltyDecision.objects.filter(replaces=found).exists():
        raise NotNow(_("Voor dit besluit is al een ander in de plaats gekomen."), code="replaced")
    if not found.money <= amount <= most_penalty(found):
        text = _("Kies een bedrag van {least} tot en met {most}.")
        raise NotValid(text.format(least=found.money.dutch(), most=most_penalty(found).dutch()), code="amount")
    fresh = PenaltyDecision.objects.create(
        notice=found.notice,
        amount=amount.cents,
        days=found.days,
        ground="" if amount.cents else found.ground,
        why="" if amount.cents else found.why,
        letter=letter,
        taken_by=actor.id,
        prepared_by=by,
        replaces=found,
    )
    first = list(found.shares.all())
    divide(fresh, [(item.person, item.name) for item in first], {item.person: item.account for item in first})
    tell_along(fresh)
    trail.record(
        actor=actor,
        action="determine-penalty",
        subject=notice_reference(found.notice),
        facts={"cents": amount.cents, "replaces": found.public_id, "letter": letter},
        province=found.notice.province,
    )
    return fresh


def penalty_named(name: str) -> PenaltyDecision:
    """By public id; raises NotFound."""
    found = PenaltyDecision.objects.select_related("notice", "notice__objection").filter(public_id=name).first()
    if found is None:
        raise NotFound(_("Dit besluit kennen we niet."))
    return found


def most_penalty(found: PenaltyDecision) -> Money:
    """The most that a late decision can cost after this notice: forty-two days (Awb 4:17(1))."""
    return Money(sum(days * amount.cents for days, amount in steps_of(found.notice.received_on)))


def demand_penalty(actor: Actor, found: DefaultNotice) -> str:
    """The name of who may lay it down; raises NotAllowed."""
    verdict = at_work(actor, found.province, found.municipality, grant_of(found.application), (VERB,))
    if verdict:
        verdict = mandate(actor, province=found.province, matter="objections", amount=facts_of(found).penalty.amount)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    person = known_person(actor.id)
    return person.name if person else ""


def _told(facts: DefaultFacts, amount: Money, ground: str) -> dict[str, letters.Fact]:
    counted = facts.penalty
    if facts.decided is not None:
        until = f"Ons besluit ging weg op {day(facts.decided, 'full')}."
    else:
        until = "Na 42 dagen telt de dwangsom niet verder."
    days = "1 dag" if counted.days == 1 else f"{counted.days} dagen"
    basis = "artikel 4:17, zesde lid, en 4:18" if ground else "artikel 4:17 en 4:18"
    return {
        "outcome": f"U krijgt {amount.dutch()} van ons." if amount.cents else "U krijgt geen dwangsom.",
        "reckoning": f"De eerste dag die telt, is {day(counted.first_day, 'full')}. {until} Dat zijn {days}.",
        "basis": f"{basis} van de Algemene wet bestuursrecht",
    }


def _paying(grant: GrantFacts, amount: Money, people: Sequence[tuple[str, str]]) -> str:
    """When and where it is paid, as the letter says it, to each of these people (public id, name)."""
    if not amount.cents:
        return ""
    until = day(pay_by(clock.today(), equated_days()), "full")
    kept = cashier_signed(grant.id)
    if account_problem(grant, signed=kept) or not (kept or people[0][0] in (grant.applicant, "")):
        return f"Wij betalen dit uiterlijk {until}. Geef ons daarvoor uw rekeningnummer door."
    if len(people) > 1 and not kept:
        return f"Ieder krijgt een gelijk deel, uiterlijk {until}. Wie mee aanvroeg, geeft daarvoor een eigen rekeningnummer door."
    return f"Wij betalen dit uiterlijk {until} op rekening {grant.account}."


def _why(facts: DefaultFacts, ground: str, why: str) -> str:
    if ground:
        return f"Er is geen dwangsom, want {NoPenaltyGround(ground).label}. {why.strip()}"
    notice = facts.notice
    return (
        f"Wij moesten uiterlijk {day(notice.due_on, 'full')} besluiten. Op {day(notice.received_on, 'full')} kregen wij uw brief. "
        f"De twee weken daarna gingen voorbij op {day(facts.grace, 'full')}."
    )
