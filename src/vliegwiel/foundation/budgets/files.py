"""Files that leave: payments for the bank, the ledger and public money as tables."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from vliegwiel.connect.bank import pain001
from vliegwiel.foundation.budgets.models import PaymentBatch
from vliegwiel.kernel.errors import Gone
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.spreadsheet import Rows


def payment_file(batch: PaymentBatch, version: str = pain001.VERSIONS[1]) -> bytes:
    """The payment file (SEPA pain.001) of a batch: the same bytes each time it is asked.

    Raises Gone once the name and account of who was paid were destroyed with their file.
    """
    if batch.payments.filter(account="").exists():
        raise Gone(_("Van een of meer betalingen zijn naam en rekening vernietigd. Dit bestand is er daarom niet meer."))
    transfers = [
        pain001.Transfer(payment.public_id, payment.payee_name, payment.account, payment.money, payment.reference)
        for payment in batch.payments.order_by("pk")
    ]
    return pain001.write(
        pain001.Batch(
            message_id=batch.message_id,
            made_at=batch.prepared_at,
            name=batch.account_name,
            account=batch.account,
            execute_on=batch.execute_on,
            transfers=transfers,
        ),
        version,
    )


def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, made_up: bool = False) -> HttpResponse:
    """A table with semicolons, as Dutch spreadsheets open it; each row says when it is made up.

    A cell that a spreadsheet would take for a formula is made a text.
    """
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    writer = Rows(response, delimiter=";")
    writer.write([*columns, _("let op")] if made_up else columns)
    for row in rows:
        cells = [_cell(value) for value in row]
        writer.write([*cells, MADE_UP] if made_up else cells)
    return response


def _cell(value: object) -> object:
    if isinstance(value, Money):
        sign = "-" if value.cents < 0 else ""
        return f"{sign}{abs(value.cents) // 100},{abs(value.cents) % 100:02d}"
    return value
