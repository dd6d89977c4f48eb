"""Reads of money about many files at once, each in a fixed number of questions."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from vliegwiel.foundation.budgets.models import Balance, Entry, Payment, PaymentState
from vliegwiel.foundation.budgets.models.payment import PENDING
from vliegwiel.foundation.budgets.queries import FileFacts, PaymentFacts, payment_facts
from vliegwiel.kernel.money import Money


def money_about_each(kind: str, ids: Iterable[str]) -> dict[str, FileFacts]:
    """How money stands now about several files of one kind (id → facts), in two questions; a file without an entry is left out."""
    wanted = list(ids)
    kept = Balance.objects.filter(about_kind=kind, about_id__in=wanted).order_by().values("about_id")
    sums: Iterable[Any] = kept.annotate(committed=Sum("committed"), paid=Sum("paid"), returned=Sum("returned"))
    asked = Payment.objects.filter(about_kind=kind, about_id__in=wanted, state__in=PENDING).order_by().values("about_id")
    waiting = dict(asked.annotate(cents=Sum("cents")).values_list("about_id", "cents"))
    return {
        row["about_id"]: FileFacts(
            Money(row["committed"] or 0),
            Money(row["paid"] or 0),
            Money(row["returned"] or 0),
            Money(waiting.get(row["about_id"]) or 0),
        )
        for row in sums
    }


def put_in_between(kind: str, ids: Iterable[str], starts: date, ends: date) -> dict[str, Money]:
    """What was granted about several files of one kind by what was booked from one day to another, both included (id → committed and paid,
    less what came free or came back); in one question. A file without an entry in that time is left out."""
    booked = Entry.objects.filter(about_kind=kind, about_id__in=list(ids), on__range=(starts, ends)).order_by().values("about_id")
    rows: Iterable[Any] = booked.annotate(**{name: Sum(name) for name in ("committed", "paid", "returned")})
    return {row["about_id"]: Money(row["committed"] + row["paid"] - row["returned"]) for row in rows}


def payments_of_each(kind: str, names: Iterable[str]) -> dict[str, list[PaymentFacts]]:
    """Every payment that was asked for about several files of one kind, by id, in order; one question."""
    wanted = list(names)
    found: dict[str, list[PaymentFacts]] = {name: [] for name in wanted}
    for payment in Payment.objects.filter(about_kind=kind, about_id__in=wanted).order_by("pk"):
        found[payment.about_id].append(payment_facts(payment))
    return found


def paid_late(
    province: str, kind: str, *, percent: int, least: Money, settled: QuerySet[Any]
) -> Iterator[tuple[str, PaymentFacts]]:
    """Each payment about a file of one kind in a province that came so long after its last day that `least` of interest can be due at
    `percent` a year, with the id of that file, the newest first; without those whose public ids are in `settled` (one column)."""
    late = Payment.objects.filter(province=province, about_kind=kind, state=PaymentState.PAID, paid_on__gt=F("due_on"))
    late = late.filter(_worth(percent, least)).exclude(public_id__in=settled)
    for payment in late.order_by("-pk").iterator(chunk_size=1000):
        yield payment.about_id, payment_facts(payment)


#: Days late; between two of them an amount must be so high that it can matter on the last of these days.
_STEPS = (0, 7, 14, 28, 56, 112, 224, 365)


def _worth(percent: int, least: Money) -> Q:
    """What can have borne this much: never too few, and hardly more than do. Beyond a year everything."""
    found = Q(paid_on__gt=F("due_on") + timedelta(days=_STEPS[-1]))
    for first, last in pairwise(_STEPS):
        cents = (least.cents - 1) * 36_500 // (percent * last)
        late = Q(paid_on__gt=F("due_on") + timedelta(days=first), paid_on__lte=F("due_on") + timedelta(days=last))
        found |= late & Q(cents__gte=cents)
    return found
