"""Record the settlement of a funder that pays more, so that the province may follow it."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.models import FollowedSettlement, FundAnswer
from vliegwiel.support.funders.rules import followed_amount, may_follow
from vliegwiel.support.funders.stand import terms_on
from vliegwiel.support.funders.standing import AGREE, demand_act, who
from vliegwiel.support.grants.public import State, demand_reading

_RUNNING = (State.GRANTED, State.REPORTED)


@dataclass(frozen=True)
class FundSettlement:
    """The settlement of the fund as its letter says: number, day, the costs it accepted and the amount it settled on."""

    number: str
    on: date
    costs: Money
    amount: Money


@trail.recorded("follow-settlement", kind="application")
@transaction.atomic
def follow_settlement(*, actor: Actor, answer: str, settled: FundSettlement) -> FollowedSettlement:
    """Record the fund's settlement of a shared grant, and what the province's grant becomes by it: the same part, never more. The decision
    itself is taken at settlement, on the ground that follows a funder; this is the fact it names.

    Raises NotFound, NotAllowed, NotNow (not agreed, the fund does not pay more, above the amount, not granted, recorded before), NotValid.
    """
    found = FundAnswer.objects.select_related("agreement").filter(public_id=answer[:12], agrees=True).first()
    if found is None:
        raise NotFound(_("Aan dit plan betaalt het fonds niet mee."))
    demand_act(actor, AGREE, found.agreement)
    grant = demand_reading(actor, found.application)
    problems = [] if settled.number.strip() else [_("Vul het nummer van de vaststelling van het fonds in.")]
    problems += [_("De vaststelling ligt in de toekomst.")] if settled.on > clock.today() else []
    problems += [_("Een bedrag is nooit minder dan nul.")] if min(settled.costs.cents, settled.amount.cents) < 0 else []
    problems += [_("Het fonds stelt nooit meer vast dan het gaf.")] if settled.amount > found.money else []
    if problems:
        raise NotValid(problems[0], code="not-complete", details=tuple(problems))
    if grant.state not in _RUNNING:
        raise NotNow(_("Volgen kan bij een subsidie die loopt. Deze is {state}.").format(state=grant.state_name), code="state")
    terms = terms_on(list(found.agreement.terms.exclude(signed_at=None)), found.answered_on or found.asked_on)
    if terms is None:
        raise NotNow(_("Op die dag gold geen getekende afspraak."), code="no-terms")
    verdict = may_follow(terms, grant.awarded, found.money)
    if not verdict:
        raise NotNow(verdict.reasons[0].text, code=verdict.reasons[0].code)
    try:
        with transaction.atomic():
            made = FollowedSettlement.objects.create(
                answer=found,
                fund_number=settled.number.strip()[:40],
                settled_on=settled.on,
                costs=settled.costs.cents,
                fund_cents=settled.amount.cents,
                becomes=followed_amount(grant.awarded, found.money, settled.amount).cents,
                by=who(actor),
            )
    except IntegrityError as clash:
        raise NotNow(_("De vaststelling van het fonds is al vastgelegd."), code="recorded") from clash
    facts: dict[str, str | int | bool | None] = {"agreement": found.agreement.public_id, "amount": made.becomes}
    trail.record(actor=actor, action="follow-settlement", subject=grant.about, facts=facts, province=grant.province)
    return made
