"""What budgets hold of a file. Entries stay for ever and hold no name; reasons in words go, payments lose who was paid."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Max, Q

from vliegwiel.foundation.budgets.models import Balance, EntryReason, Payment
from vliegwiel.foundation.budgets.models.payment import PENDING
from vliegwiel.kernel.retention import Holding, References, Rows, pointing_at

#: What stands in the place of a name that was destroyed.
DESTROYED = "vernietigd"


def _payments(about: References) -> Rows:
    return Payment.objects.filter(**pointing_at(about))


def _rows(about: References) -> Sequence[Rows]:
    filters = {f"entry__{name}": value for name, value in pointing_at(about).items()}
    return [EntryReason.objects.filter(**filters), _payments(about)]


def _related(about: References) -> Iterable[tuple[str, str]]:
    paid = Payment.objects.filter(**pointing_at(about)).values_list("public_id", flat=True)
    return (("payment", name) for name in paid)


def _destroy(about: References, rows: Sequence[Rows]) -> int:
    """Reasons are deleted. A payment stays as amount and day, because the ledger and its batch rest on it."""
    emptied = Payment.objects.filter(**pointing_at(about)).update(
        about_title="", about_path="", payee="", payee_name=DESTROYED, contact="", account="", reference="", why_not=""
    )
    return rows[0].delete()[0] + emptied


def _blocked(ids: Sequence[str]) -> Mapping[str, str]:
    """Money that still has to go out or is set apart."""
    open_balance = Q(reserved__gt=0) | Q(committed__gt=0)
    money = Balance.objects.filter(open_balance, about_id__in=ids).values_list("about_id", flat=True)
    paying = Payment.objects.filter(about_id__in=ids, state__in=PENDING).values_list("about_id", flat=True)
    return dict.fromkeys((*money, *paying), "er staat nog geld open")


def _latest(ids: Sequence[str]) -> Mapping[str, date]:
    paid = Payment.objects.filter(about_id__in=ids).exclude(paid_on=None).order_by()
    return dict(paid.values_list("about_id").annotate(last=Max("paid_on")))


HOLDINGS = [
    Holding("budgets", "betalingen en toelichtingen", _rows, related=_related, destroy=_destroy, blocked=_blocked, latest=_latest)
]
