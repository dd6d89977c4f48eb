"""Read what the bank says of payments, and book what was paid."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.connect.bank import confirmations
from vliegwiel.connect.bank.confirmations import Confirmation
from vliegwiel.foundation.budgets.actions.correct_entry import book_back
from vliegwiel.foundation.budgets.actions.move_money import pay
from vliegwiel.foundation.budgets.models import BatchState, Entry, Payment, PaymentState
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import Refusal


@dataclass(frozen=True)
class Outcome:
    """What came of one line of the bank: `result` is "paid", "failed", "waiting", "known" (seen before) or "refused", with why in words."""

    reference: str
    result: str
    text: str
    payment: Payment | None = None


@trail.recorded("confirm-payments", kind="payment")
def confirm_payments(*, actor: Actor, province: str, content: bytes) -> list[Outcome]:
    """Book what a file of the bank says, line by line: what is paid is paid in the ledger, what failed waits for a person.

    A line that does not fit is told and changes nothing; the other lines are booked. The same file may be read again. Raises
    NotAllowed, or NotValid for what is no file of a bank.
    """
    demand(actor, "prepare-payments", Subject(province=province))
    found = [one for line in confirmations.read(content) for one in _of_each(province, line)]
    return [_book(actor, province, line) for line in found]


def _of_each(province: str, line: Confirmation) -> Iterator[Confirmation]:
    """A line about a whole file is one about each payment in it."""
    if line.reference:
        yield line
        return
    for payment in Payment.objects.filter(province=province, batch__message_id=line.message_id):
        yield Confirmation(payment.public_id, line.outcome, payment.money, line.on, line.reason, line.message_id)


def _book(actor: Actor, province: str, line: Confirmation) -> Outcome:
    payment = Payment.objects.filter(province=province, public_id=line.reference).select_related("batch").first()
    if payment is None:
        return Outcome(line.reference, "refused", _("Deze betaling kennen we niet."))
    if line.amount is not None and line.amount != payment.money:
        text = _("De bank noemt {theirs}; gevraagd is {ours}.").format(theirs=line.amount.dutch(), ours=payment.money.dutch())
        return Outcome(line.reference, "refused", text, payment)
    if line.outcome == "waiting":
        return Outcome(line.reference, "waiting", _("De bank heeft deze betaling nog niet uitgevoerd."), payment)
    if payment.batch is None or payment.batch.state != BatchState.SENT:
        return Outcome(line.reference, "refused", _("Deze betaling is nog niet aan de bank gegeven."), payment)
    try:
        with transaction.atomic():
            return _paid(actor, payment, line) if line.outcome == "paid" else _failed(actor, payment, line)
    except Refusal as refusal:
        return Outcome(line.reference, "refused", refusal.message, payment)


def _paid(actor: Actor, payment: Payment, line: Confirmation) -> Outcome:
    on = line.on or clock.today()
    if not Payment.objects.filter(pk=payment.pk, state=PaymentState.BATCHED).update(state=PaymentState.PAID, paid_on=on):
        return _known(payment)
    pay(actor=actor, about=_about(payment), amount=payment.money, key=f"payment-{payment.public_id}", on=on)
    _record(actor, "payment-paid", payment)
    return Outcome(line.reference, "paid", _("Betaald en geboekt."), payment)


def _failed(actor: Actor, payment: Payment, line: Confirmation) -> Outcome:
    """A payment that failed, or came back after it was paid: then the booking is undone by a counter-entry."""
    why = line.reason or _("De bank gaf geen reden.")
    change = {"state": PaymentState.FAILED, "why_not": why[:300], "paid_on": None}
    came_back = payment.state == PaymentState.PAID
    if not Payment.objects.filter(pk=payment.pk, state__in=[PaymentState.BATCHED, PaymentState.PAID]).update(**change):
        return _known(payment)
    if came_back:
        booked = Entry.objects.filter(
            about_kind=payment.about_kind, about_id=payment.about_id, key=f"payment-{payment.public_id}", corrected_by=None
        )
        for entry in booked:
            book_back(actor=actor, entry=entry.public_id, reason=_("De betaling kwam terug: {why}").format(why=why))
    _record(actor, "payment-failed", payment)
    text = _("Teruggekomen; de boeking is ongedaan gemaakt.") if came_back else _("Mislukt: {why}").format(why=why)
    return Outcome(line.reference, "failed", text, payment)


def _known(payment: Payment) -> Outcome:
    payment.refresh_from_db()
    return Outcome(payment.public_id, "known", _("Dit wisten we al: {state}.").format(state=payment.get_state_display()), payment)


def _about(payment: Payment) -> Reference:
    return Reference(payment.about_kind, payment.about_id, payment.about_title, payment.about_path)


def _record(actor: Actor, action: str, payment: Payment) -> None:
    trail.record(
        actor=actor,
        action=action,
        subject=Reference("payment", payment.public_id, "", ""),
        facts={"cents": payment.cents, "about": payment.about_id},
        province=payment.province,
    )
