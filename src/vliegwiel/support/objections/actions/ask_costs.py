"""Ask that we pay the costs of objecting (Awb 7:15), and pay what was granted (4:87)."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.public import PaymentFacts
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.objections import letters
from vliegwiel.support.objections.costs import pay_costs_by, payee_of
from vliegwiel.support.objections.lifecycle import State
from vliegwiel.support.objections.models import Objection, ObjectionDecision
from vliegwiel.support.objections.standing import begin, find, finish, named, reference
from vliegwiel.support.settlements.public import OwnDebt, pay_own_debt

_ABOUT = named("objection")


@trail.recorded("ask-costs", kind="objection", about=_ABOUT)
@transaction.atomic
def ask_costs(*, actor: Actor, objection: str, text: str = "") -> Objection:
    """Who objects asks that we pay their costs, before the decision (Awb 7:15(3)); `text` says which, and may be added to.

    A proposal that waits says nothing about it: it goes back. Raises NotAllowed, NotNow once decided, NotValid for nothing new.
    """
    return _ask(actor, "ask-costs", objection, text)


@trail.recorded("note-costs-request", kind="objection", about=_ABOUT)
@transaction.atomic
def note_costs_request(*, actor: Actor, objection: str, text: str = "") -> Objection:
    """Type in that it was asked on paper, by phone or at the hearing. Raises as `ask_costs`."""
    return _ask(actor, "note-costs-request", objection, text)


def _ask(actor: Actor, key: str, objection: str, text: str) -> Objection:
    found = find(objection)
    begin(actor, key, found)
    told = text.strip()
    if found.wants_costs and not told:
        raise NotValid(_("Er is al om vergoeding gevraagd. Schrijf op welke kosten erbij komen."), code="empty")
    waiting = found.decisions.filter(taken_at=None, returned_at=None).first()
    if waiting is not None:
        why = _("Er is om vergoeding van kosten gevraagd. Het voorstel zegt daar nog niets over (Awb 7:15).")
        found.decisions.filter(pk=waiting.pk).update(returned_at=clock.now(), returned_why=why)
        facts = {"objection": found, "reason": why}
        moment = f"returned-{waiting.public_id}"
        letters.to_colleague(reference(found), found.province, waiting.proposed_by, moment, "returned", facts)
    return finish(
        actor,
        key,
        found,
        target=State.READY if waiting is not None else None,
        facts={"length": len(told), "returned": waiting is not None},
        wants_costs=True,
        costs_asked="\n\n".join(filter(None, (found.costs_asked, told))),
    )


@trail.recorded("pay-objection-costs", kind="objection", about=_ABOUT)
@transaction.atomic
def pay_costs(*, actor: Actor, objection: str, line: str, account: str = "") -> PaymentFacts:
    """Ask for the payment of the costs that were granted, from a budget line (public id) for it, within six weeks after the decision was
    made known (Awb 4:87); to who gave legal aid on an assignment (7:15(5)), or to who objected and did not apply, on their `account`,
    else to the account of the application.
    A second person releases it with the payments.

    Raises NotFound, NotAllowed; NotNow when nothing is to be paid, the line has too little or the account may not receive it; NotValid
    for a line of another kind or an account that cannot be right.
    """
    found = find(objection)
    begin(actor, "pay-objection-costs", found)
    rows = ObjectionDecision.objects.filter(objection=found, taken_at__isnull=False, costs__gt=0, costs_ordered_at=None)
    decision = rows.first()
    if decision is None or not rows.filter(pk=decision.pk).update(costs_ordered_at=clock.now()):
        raise NotNow(_("Er zijn nu geen kosten te betalen."), code="nothing")
    words = _("Kosten van bezwaar {number}").format(number=found.number)
    own = payee_of(found, decision)
    payee = replace(own, account=account) if own else None
    due = pay_costs_by(decision)
    debt = OwnDebt(reference(found), decision.costs_money, due, words, found.received_on, payee)
    key = f"costs-{decision.public_id}"
    payment = pay_own_debt(actor=actor, grant=grant_of(found.application), debt=debt, line=line, key=key)
    finish(actor, "pay-objection-costs", found, facts={"cents": decision.costs, "payment": payment.id})
    return payment
