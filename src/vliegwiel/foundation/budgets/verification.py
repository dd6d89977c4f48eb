"""Prove the ledger: recompute from entries alone everything that is kept beside them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Max, QuerySet, Sum

from vliegwiel.foundation.budgets import shapes
from vliegwiel.foundation.budgets.lifecycle import Kind
from vliegwiel.foundation.budgets.models import (
    Balance,
    BatchState,
    BudgetLine,
    Ceiling,
    CeilingVersion,
    CouncilDecision,
    DayTotal,
    Entry,
    EntryReason,
    Payment,
    PaymentBatch,
    PaymentState,
)
from vliegwiel.foundation.budgets.queries import history_of
from vliegwiel.foundation.budgets.rules import BUCKETS, highest

_SUMS = {f"sum_{bucket}": Sum(bucket) for bucket in BUCKETS}
_ABOUT_A_FILE = ("reserved", "committed", "paid", "returned")
_SHOWN = 50
_TRIES = 4


@dataclass
class Verification:
    """What was proven (*controle*): how many of each were recomputed, and one line for everything that does not hold."""

    entries: int = 0
    lines: int = 0
    days: int = 0
    files: int = 0
    ceilings: int = 0
    decisions: int = 0
    payments: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether everything holds."""
        return not self.broken

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        counts = {
            name: getattr(self, name) for name in ("entries", "lines", "days", "files", "ceilings", "decisions", "payments")
        }
        return {"holds": self.holds, "recomputed": counts, "broken": self.broken[:_SHOWN], "broken_count": len(self.broken)}


def verify(province: str = "") -> Verification:
    """Recompute every identity from entries, of one province or of all; nothing is changed and nobody has to wait.

    When something seems broken and somebody booked meanwhile, it looks again: only what stays broken is told.
    """
    for _attempt in range(_TRIES):
        before = _newest()
        found = _recomputed(province)
        if found.holds or _newest() == before:
            break
    return found


def _newest() -> tuple[object, ...]:
    return tuple(model.objects.aggregate(last=Max("pk"))["last"] for model in (Entry, CeilingVersion, PaymentBatch))


def _recomputed(province: str) -> Verification:
    found = Verification()
    scope = {"province": province} if province else {}
    entries = Entry.objects.filter(**scope).order_by()
    found.entries = entries.count()
    _every_entry(found, entries)
    _every_line(found, entries, scope)
    _every_day(found, entries, scope)
    _every_file(found, entries, scope)
    _every_ceiling(found, entries, scope)
    _every_decision(found, entries, scope)
    _every_payment(found, entries, scope)
    _every_reason(found, scope)
    return found


def _every_entry(found: Verification, entries: QuerySet[Entry]) -> None:
    """Each entry moves what its kind moves, keeps the identity and its ceiling, and a correction undoes exactly its entry."""
    for what, wrong in (
        ("beweegt niet wat bij de soort hoort", entries.exclude(shapes.MOVES_AS_ITS_KIND)),
        ("houdt de optelling niet", entries.exclude(shapes.IDENTITY)),
        ("gaat over het plafond", entries.exclude(shapes.WITHIN_CEILING)),
        ("gaat boven het plafond zonder grond", entries.exclude(shapes.BEYOND_HAS_GROUND)),
        ("rust niet op een statenbesluit", entries.filter(kind__in=shapes.BY_DECISION, decision=None)),
        ("corrigeert iets anders dan de boeking", entries.filter(kind=Kind.CORRECT).exclude(_OPPOSITE)),
    ):
        found.broken += [
            f"boeking {line}/{number} {what}" for line, number in wrong.values_list("line__public_id", "number")[:_SHOWN]
        ]


_OPPOSITE = shapes.opposite_of("corrects")


def _every_line(found: Verification, entries: QuerySet[Entry], scope: dict[str, str]) -> None:
    """The balances of each line are the sums of its entries, and their numbers have no gap."""
    rows: Iterable[Any] = entries.values("line").annotate(n=Count("pk"), last=Max("number"), **_SUMS)
    sums = {row["line"]: row for row in rows}
    for line in BudgetLine.objects.filter(**scope):
        found.lines += 1
        row = sums.get(line.pk, {})
        for bucket in BUCKETS:
            if getattr(line, bucket) != (row.get(f"sum_{bucket}") or 0):
                found.broken.append(f"post {line.public_id}: {bucket} is niet de som van de boekingen")
        if not line.last_number == row.get("n", 0) == (row.get("last") or 0):
            found.broken.append(f"post {line.public_id}: er ontbreekt een boeking, of er is er een te veel")


def _every_day(found: Verification, entries: QuerySet[Entry], scope: dict[str, str]) -> None:
    """The day totals are the sums of the entries, and at the end of each day no part of a line is below zero."""
    names = ("line", "ceiling", "beyond", "on")
    within = {f"line__{name}": value for name, value in scope.items()}
    kept = {
        tuple(row[name] for name in names): (row["count"], *(row[bucket] for bucket in BUCKETS))
        for row in DayTotal.objects.filter(**within).values(*names, "count", *BUCKETS)
    }
    days: dict[tuple[int, date], list[int]] = defaultdict(lambda: [0] * len(BUCKETS))
    rows: Iterable[Any] = entries.values(*names).annotate(n=Count("pk"), **_SUMS).iterator()
    for row in rows:
        key = tuple(row[name] for name in names)
        sums = tuple(row[f"sum_{bucket}"] for bucket in BUCKETS)
        if kept.pop(key, None) != (row["n"], *sums):
            found.broken.append(f"post {key[0]}, {key[3]}: het dagtotaal is niet de som van de boekingen")
        days[row["line"], row["on"]] = [a + b for a, b in zip(days[row["line"], row["on"]], sums, strict=True)]
    found.broken += [f"post {key[0]}, {key[3]}: een dagtotaal zonder boekingen" for key in kept]
    for line, of_line in groupby(sorted(days), key=lambda key: key[0]):
        running = [0] * len(BUCKETS)
        for key in of_line:
            found.days += 1
            running = [a + b for a, b in zip(running, days[key], strict=True)]
            credit, free, reserved, committed, paid, returned, lapsed = running
            if min(running) < 0 or credit != free + reserved + committed + paid - returned + lapsed:
                found.broken.append(f"post {line}: de stand op {key[1]} kan niet")


def _every_file(found: Verification, entries: QuerySet[Entry], scope: dict[str, str]) -> None:
    """What stands about each file is the sum of its entries."""
    names = ("about_kind", "about_id", "line", "ceiling", "beyond")
    within = {f"line__{name}": value for name, value in scope.items()}
    kept = {row[:5]: row[5:] for row in Balance.objects.filter(**within).values_list(*names, *_ABOUT_A_FILE).iterator()}
    sums = {f"sum_{bucket}": Sum(bucket) for bucket in _ABOUT_A_FILE}
    for row in entries.values_list(*names).annotate(**sums).iterator():
        if row[:5] in kept or any(row[5:]):
            found.files += 1
            if kept.pop(row[:5], None) != row[5:]:
                found.broken.append(f"{row[0]} {row[1]}: wat er staat is niet de som van de boekingen")
    found.broken += [f"{key[0]} {key[1]}: er staat iets zonder boekingen" for key in kept]


def _every_ceiling(found: Verification, entries: QuerySet[Entry], scope: dict[str, str]) -> None:
    """What each ceiling carries is the sum of the entries under it and its parts, and no more than it may carry."""
    ceilings = {ceiling.pk: ceiling for ceiling in Ceiling.objects.filter(**scope).prefetch_related("versions")}
    carried = {pk: {"reserved": 0, "granted": 0, "beyond": 0} for pk in ceilings}
    rows: Iterable[Any] = entries.exclude(ceiling=None).values("ceiling", "beyond").annotate(**_SUMS)
    for row in rows:
        granted = row["sum_committed"] + row["sum_paid"] - row["sum_returned"]
        for pk in _outwards(row["ceiling"], ceilings):
            carried[pk]["reserved"] += row["sum_reserved"]
            carried[pk]["beyond" if row["beyond"] else "granted"] += granted
    for pk, ceiling in ceilings.items():
        found.ceilings += 1
        if carried[pk] != {name: getattr(ceiling, name) for name in carried[pk]}:
            found.broken.append(f"plafond {ceiling.public_id}: wat het draagt is niet de som van de boekingen")
        history = history_of(ceiling)
        if carried[pk]["reserved"] + carried[pk]["granted"] > highest(history):
            found.broken.append(f"plafond {ceiling.public_id}: er is meer verleend dan mag")
        if ceiling.most != highest(history) or ceiling.amount != history[-1].cents or ceiling.revision != len(history):
            found.broken.append(f"plafond {ceiling.public_id}: het bedrag is niet wat is bekendgemaakt")


def _outwards(pk: int | None, ceilings: dict[int, Ceiling]) -> Iterator[int]:
    while pk is not None:
        yield pk
        pk = ceilings[pk].within_id


def _every_decision(found: Verification, entries: QuerySet[Entry], scope: dict[str, str]) -> None:
    """What was appropriated of each council decision is the sum of its credit entries."""
    sums = dict(entries.filter(kind=Kind.CREDIT).values_list("decision").annotate(Sum("cents")))
    for decision in CouncilDecision.objects.filter(**scope):
        found.decisions += 1
        if decision.appropriated != sums.get(decision.pk, 0) or decision.appropriated > decision.amount:
            found.broken.append(f"besluit {decision.public_id}: het toegedeelde krediet is niet de som van de boekingen")


def _every_payment(found: Verification, entries: QuerySet[Entry], scope: dict[str, str]) -> None:
    """What was paid is booked once, and nothing is booked that was not paid; a batch is the sum of its payments."""
    booked: dict[str, int] = defaultdict(int)
    of_payments = entries.filter(kind=Kind.PAY, key__startswith="payment-", corrected_by=None)
    for key, cents in of_payments.values_list("key", "cents").iterator():
        booked[key.removeprefix("payment-")] += cents
    for payment in Payment.objects.filter(**scope).iterator():
        found.payments += 1
        if booked.pop(payment.public_id, 0) != (payment.cents if payment.state == PaymentState.PAID else 0):
            found.broken.append(f"betaling {payment.public_id}: wat is geboekt is niet wat is betaald")
    found.broken += [f"betaling {key}: geboekt, maar niet gevraagd" for key in booked]
    for batch in (
        PaymentBatch.objects.filter(**scope)
        .exclude(state=BatchState.RETURNED)
        .annotate(n=Count("payments"), sum=Sum("payments__cents"))
    ):
        if (batch.count, batch.total) != (batch.n, batch.sum):
            found.broken.append(f"batch {batch.public_id}: het totaal is niet de som van de betalingen")


def _every_reason(found: Verification, scope: dict[str, str]) -> None:
    """Each reason that is still there is the one that was given."""
    within = {f"entry__{name}": value for name, value in scope.items()}
    reasons = EntryReason.objects.filter(**within).annotate(known=F("entry__reason_hash"))
    for entry, text, known in reasons.values_list("entry__public_id", "text", "known").iterator():
        if sha256(text.encode()).hexdigest() != known:
            found.broken.append(f"boeking {entry}: de reden is veranderd")
