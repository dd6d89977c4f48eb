"""Gather payments in a batch; a second person with the mandate releases it; then its file goes to the bank."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.models import BatchState, Payment, PaymentBatch, PaymentState
from vliegwiel.foundation.budgets.queries import batch_named
from vliegwiel.foundation.people.public import Subject, conflict_declared, demand, mandate, may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.iban import is_iban, plain_iban
from vliegwiel.kernel.ids import public_id


@trail.recorded("prepare-batch", kind="payment-batch")
def prepare_batch(
    *, actor: Actor, province: str, payments: Sequence[str], account: str, account_name: str, execute_on: date
) -> PaymentBatch:
    """Gather payments (public ids) that are asked for, to be paid from an account of the province on a day.

    Raises NotAllowed, NotValid for no payments, an account that fails its check, no name or a day that has passed, or NotNow when one of
    them is no longer waiting.
    """
    demand(actor, "prepare-payments", Subject(province=province))
    chosen = sorted(set(payments))
    problems = [
        text
        for wrong, text in (
            (not chosen, _("Kies een of meer betalingen.")),
            (not is_iban(account), _("Het rekeningnummer van de provincie klopt niet. Kijk het na.")),
            (not account_name.strip(), _("Geef de naam waarop die rekening staat.")),
            (execute_on < clock.today(), _("Kies vandaag of een latere dag om te betalen.")),
        )
        if wrong
    ]
    if problems:
        raise NotValid(problems[0], details=tuple(problems), code="no-batch")
    with transaction.atomic():
        waiting = Payment.objects.filter(province=province, public_id__in=chosen, state=PaymentState.ASKED, batch=None)
        amounts = list(waiting.values_list("cents", flat=True))
        if len(amounts) != len(chosen):
            raise NotNow(_("Een van deze betalingen is intussen verder. Kies opnieuw."), code="moved-on")
        batch = PaymentBatch.objects.create(
            province=province,
            message_id=f"VLW-{clock.today():%Y%m%d}-{public_id()}",
            account=plain_iban(account),
            account_name=account_name.strip()[:70],
            execute_on=execute_on,
            count=len(amounts),
            total=sum(amounts),
            prepared_by=actor.id,
        )
        if waiting.update(state=PaymentState.BATCHED, batch=batch) != len(chosen):
            raise NotNow(_("Een van deze betalingen is intussen verder. Kies opnieuw."), code="moved-on")
        _record(actor, "prepare-batch", batch)
    return batch


@trail.recorded("release-batch", kind="payment-batch", about=lambda arguments: str(arguments["batch"])[:12])
def release_batch(*, actor: Actor, batch: str) -> PaymentBatch:
    """Release a batch (public id) as a second person with the mandate for payments of this total (four eyes, Awb 10:1).

    Raises NotFound, NotAllowed (also for who prepared it, lacks the mandate, or declared an interest in a file in it), or NotNow.
    """
    found = batch_named(batch)
    demand(actor, "approve-payments", Subject(province=found.province))
    if actor.id == found.prepared_by:
        raise NotAllowed(_("U zette deze batch zelf klaar. Een tweede persoon geeft haar vrij."), code="self")
    given = mandate(actor, province=found.province, matter="payments", amount=found.money)
    if not given:
        raise NotAllowed(given.reasons[0].text, code=given.reasons[0].code)
    for payment in found.payments.all():
        if conflict_declared(actor.id, Reference(payment.about_kind, payment.about_id, "", "")):
            raise NotAllowed(
                _("U hebt een belang bij een dossier in deze batch. Laat een collega haar vrijgeven."), code="conflict"
            )
    change = {
        "state": BatchState.APPROVED,
        "released_by": actor.id,
        "released_at": clock.now(),
        "mandate": str(given.reasons[0].facts.get("mandate", "")),
    }
    return _moved(actor, found, [BatchState.PREPARED], change, "release-batch")


@trail.recorded("return-batch", kind="payment-batch", about=lambda arguments: str(arguments["batch"])[:12])
def return_batch(*, actor: Actor, batch: str, reason: str) -> PaymentBatch:
    """Take a batch apart that has not gone to the bank, with the reason; its payments wait again.

    Raises NotFound, NotAllowed, NotValid without a reason, or NotNow.
    """
    found = batch_named(batch)
    at = Subject(province=found.province)
    demand(actor, "approve-payments" if may(actor, "approve-payments", at) else "prepare-payments", at)
    if not reason.strip():
        raise NotValid(_("Schrijf op waarom deze batch terug moet."), code="no-reason")
    change = {"state": BatchState.RETURNED, "return_reason": reason.strip()[:300]}
    with transaction.atomic():
        moved = _moved(actor, found, [BatchState.PREPARED, BatchState.APPROVED], change, "return-batch")
        Payment.objects.filter(batch=found, state=PaymentState.BATCHED).update(state=PaymentState.ASKED, batch=None)
    return moved


@trail.recorded("send-batch", kind="payment-batch", about=lambda arguments: str(arguments["batch"])[:12])
def send_batch(*, actor: Actor, batch: str) -> PaymentBatch:
    """Say that the file of a released batch goes to the bank; from now on only the bank says what comes of it.

    Raises NotFound, NotAllowed, or NotNow when it is not released or went before.
    """
    found = batch_named(batch)
    demand(actor, "prepare-payments", Subject(province=found.province))
    return _moved(actor, found, [BatchState.APPROVED], {"state": BatchState.SENT, "sent_at": clock.now()}, "send-batch")


def _moved(
    actor: Actor, found: PaymentBatch, states: list[BatchState], change: Mapping[str, object], action: str
) -> PaymentBatch:
    with transaction.atomic():
        if not PaymentBatch.objects.filter(pk=found.pk, state__in=states).update(**change):
            raise NotNow(_("Deze batch is intussen verder. Bekijk haar opnieuw."), code="moved-on")
        found.refresh_from_db()
        _record(actor, action, found)
    return found


def _record(actor: Actor, action: str, batch: PaymentBatch) -> None:
    trail.record(
        actor=actor,
        action=action,
        subject=Reference("payment-batch", batch.public_id, "", ""),
        facts={"state": batch.state, "count": batch.count, "cents": batch.total, "mandate": batch.mandate or None},
        province=batch.province,
    )
