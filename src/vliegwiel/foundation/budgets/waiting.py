"""What waits for who releases payments."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.models.payment import BatchState, PaymentBatch
from vliegwiel.foundation.people.public import Fields, Waiting, may_filter, may_somewhere
from vliegwiel.kernel.actor import Actor


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Batches that someone else prepared."""
    if may_somewhere(actor, "approve-payments"):
        prepared = PaymentBatch.objects.filter(state=BatchState.PREPARED).exclude(prepared_by=actor.id)
        count = may_filter(actor, "approve-payments", prepared, Fields(province="province")).count()
        yield Waiting(_("Betalingen om vrij te geven"), "/beheer/betalingen", count)
