"""What we owe beside a grant, as rooms above know it: interest runs over it too when it is paid late (Awb 4:98)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from vliegwiel.foundation.budgets.public import PaymentFacts, payments_of_each


@dataclass(frozen=True)
class OwnDebts:
    """Debts of one kind: what people call it, the kind of record that its payments are about, the records of applications (public ids),
    and the other way round the application of each record."""

    name: Promise
    kind: str
    records: Callable[[Iterable[str]], Mapping[str, list[str]]]
    files: Callable[[Iterable[str]], Mapping[str, str]]


@dataclass(frozen=True)
class OwnPayment:
    """A payment of such a debt, with its name."""

    name: str
    payment: PaymentFacts


def own_debts() -> list[OwnDebts]:
    """What rooms above named, by `settings.VLIEGWIEL_OWN_DEBTS`."""
    return [item for path in settings.VLIEGWIEL_OWN_DEBTS for item in import_string(path)]


def own_payments_of(names: Iterable[str]) -> dict[str, list[OwnPayment]]:
    """What was asked of payments for such debts, per application; a fixed number of questions."""
    wanted = list(names)
    found: dict[str, list[OwnPayment]] = {name: [] for name in wanted}
    for debts in own_debts():
        records = debts.records(wanted)
        payments = payments_of_each(debts.kind, [record for ids in records.values() for record in ids])
        for name, ids in records.items():
            found[name] += [OwnPayment(str(debts.name), payment) for record in ids for payment in payments[record]]
    return found
