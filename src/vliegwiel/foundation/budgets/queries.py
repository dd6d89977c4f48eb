"""Reads of budgets: records by public id, and how money stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets.lifecycle import Kind
from vliegwiel.foundation.budgets.models import (
    Balance,
    BudgetLine,
    Ceiling,
    CeilingVersion,
    CouncilDecision,
    CouncilItem,
    DayTotal,
    Entry,
    Instrument,
    Payment,
    PaymentBatch,
    PaymentState,
    Programme,
    ProgrammeLine,
)
from vliegwiel.foundation.budgets.models.payment import PENDING
from vliegwiel.foundation.budgets.rules import BUCKETS, Announced, limit_for
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.reading import once


@dataclass(frozen=True)
class Position:
    """How money stands on a day: credit = free + reserved + committed + paid − returned + lapsed (rule 2).

    *Committed* is granted and not yet paid or released; *paid* is everything ever paid, *returned* what came back of it.
    """

    credit: Money
    free: Money
    reserved: Money
    committed: Money
    paid: Money
    returned: Money
    lapsed: Money

    @property
    def balanced(self) -> bool:
        """Whether the identity holds."""
        rest = self.free + self.reserved + self.committed + self.paid - self.returned + self.lapsed
        return self.credit == rest

    def __add__(self, other: "Position") -> "Position":
        return Position(*(getattr(self, name) + getattr(other, name) for name in BUCKETS))

    def __sub__(self, other: "Position") -> "Position":
        return Position(*(getattr(self, name) - getattr(other, name) for name in BUCKETS))

    @classmethod
    def of_cents(cls, cents: dict[str, int | None]) -> "Position":
        """From whole cents per part; a missing one is zero."""
        return cls(*(Money(cents.get(name) or 0) for name in BUCKETS))


@dataclass(frozen=True)
class CeilingFacts:
    """A ceiling (*subsidieplafond*): `amount` as it counts for the day of receipt that was asked, or as last announced.

    `used` is granted and reserved, `free` what is left of the amount, also under every wider ceiling; never negative. `line` is the
    public id of the budget line, `within` that of the wider ceiling or empty. `announced_on` and `publication` are of this amount.
    """

    id: str
    name: str
    province: str
    line: str
    line_title: str
    amount: Money
    used: Money
    free: Money
    within: str
    starts: date
    ends: date
    announced_on: date
    publication: str


@dataclass(frozen=True)
class EntryFacts:
    """An entry of the ledger (*boeking*). `kind` is a value of `lifecycle.Kind`; `line` and `ceiling` are public ids (empty without one).

    `by` and `second` are public ids of persons; `number` counts per budget line without gaps; `corrects` is the entry it undoes.
    """

    id: str
    kind: str
    line: str
    ceiling: str
    amount: Money
    about_kind: str
    about_id: str
    on: date
    article: str
    reason: str
    by: str
    second: str
    number: int = 0
    corrects: str = ""


@dataclass(frozen=True)
class PaymentFacts:
    """A payment as asked for (*betaling*): `state` is a value of `models.PaymentState`; `held` that its account waits for a second person;
    `why_not` why it failed or was withdrawn. `payee` is a public id when known, `account` where it goes (IBAN, empty once destroyed)."""

    id: str
    key: str
    state: str
    amount: Money
    due_on: date
    paid_on: date | None
    held: bool
    why_not: str
    payee: str = ""
    payee_name: str = ""
    account: str = ""


@dataclass(frozen=True)
class FileFacts:
    """How money stands about one file: `committed` is granted and not yet paid or released, `on_its_way` the part of it that was asked
    for and is not confirmed by the bank, `paid` everything ever paid, `returned` what came back of it."""

    committed: Money
    paid: Money
    returned: Money
    on_its_way: Money


def money_about(about: Reference) -> FileFacts:
    """How money stands about a file now."""
    sums = Balance.objects.filter(about_kind=about.kind, about_id=about.id).aggregate(
        committed=Sum("committed"), paid=Sum("paid"), returned=Sum("returned")
    )
    waiting = Payment.objects.filter(about_kind=about.kind, about_id=about.id, state__in=PENDING).aggregate(cents=Sum("cents"))
    parts = (sums["committed"], sums["paid"], sums["returned"], waiting["cents"])
    return FileFacts(*(Money(cents or 0) for cents in parts))


def payments_of(about: Reference) -> list[PaymentFacts]:
    """Every payment that was asked for about a file, in order."""
    found = Payment.objects.filter(about_kind=about.kind, about_id=about.id).order_by("pk")
    return [payment_facts(payment) for payment in found]


def payment_facts(payment: Payment) -> PaymentFacts:
    """A payment as other rooms read it."""
    return PaymentFacts(
        payment.public_id,
        payment.key,
        payment.state,
        payment.money,
        payment.due_on,
        payment.paid_on,
        payment.state == PaymentState.HELD,
        payment.why_not,
        payment.payee,
        payment.payee_name,
        payment.account,
    )


def programme_named(programme: str) -> Programme:
    """By public id; raises NotFound."""
    found = Programme.objects.filter(public_id=programme).first()
    if found is None:
        raise NotFound(_("Dit programma kennen we niet."))
    return found


def programme_line_named(line: str) -> ProgrammeLine:
    """By public id; raises NotFound."""
    found = ProgrammeLine.objects.filter(public_id=line).select_related("programme").first()
    if found is None:
        raise NotFound(_("Deze programmalijn kennen we niet."))
    return found


def instrument_named(instrument: str) -> Instrument:
    """By public id; raises NotFound."""
    found = Instrument.objects.filter(public_id=instrument).select_related("line__programme").first()
    if found is None:
        raise NotFound(_("Dit instrument kennen we niet."))
    return found


def budget_line(line: str) -> BudgetLine:
    """By public id; raises NotFound."""
    found = BudgetLine.objects.filter(public_id=line).select_related("instrument__line__programme").first()
    if found is None:
        raise NotFound(_("Deze budgetpost kennen we niet."))
    return found


def ceiling_named(ceiling: str) -> Ceiling:
    """By public id; raises NotFound."""
    found = Ceiling.objects.filter(public_id=ceiling).select_related("line", "within").first()
    if found is None:
        raise NotFound(_("Dit plafond kennen we niet."))
    return found


def decision_named(decision: str) -> CouncilDecision:
    """By public id; raises NotFound."""
    found = CouncilDecision.objects.filter(public_id=decision).first()
    if found is None:
        raise NotFound(_("Dit statenbesluit kennen we niet."))
    return found


def entry_named(entry: str) -> Entry:
    """By public id; raises NotFound."""
    found = Entry.objects.filter(public_id=entry).select_related("line", "ceiling", "words").first()
    if found is None:
        raise NotFound(_("Deze boeking kennen we niet."))
    return found


def council_item_named(item: str) -> CouncilItem:
    """By public id; raises NotFound."""
    found = CouncilItem.objects.filter(public_id=item).select_related("decision").first()
    if found is None:
        raise NotFound(_("Dit punt van Provinciale Staten kennen we niet."))
    return found


def payment_named(payment: str) -> Payment:
    """By public id; raises NotFound."""
    found = Payment.objects.filter(public_id=payment).select_related("batch").first()
    if found is None:
        raise NotFound(_("Deze betaling kennen we niet."))
    return found


def batch_named(batch: str) -> PaymentBatch:
    """By public id; raises NotFound."""
    found = PaymentBatch.objects.filter(public_id=batch).first()
    if found is None:
        raise NotFound(_("Deze betaalbatch kennen we niet."))
    return found


def history_of(ceiling: Ceiling) -> list[Announced]:
    """Every amount of a ceiling as announced, in order."""
    return [Announced(*row) for row in ceiling.versions.order_by("number").values_list("effect", "amount", "announced_on")]


def ceiling_of(ceiling: str, received_on: date | None = None) -> CeilingFacts:
    """A ceiling by public id, as it counts for an application received on a day, or as last announced.

    Raises NotFound, or NotNow with code "ceiling-later" when it had not been announced on that day (Awb 4:27(2)).
    """
    row = once(("ceiling", ceiling), lambda: ceiling_named(ceiling))
    announced = once(("announced", ceiling), lambda: list(row.versions.all()))
    return once(("ceiling", ceiling, received_on), lambda: ceiling_facts(row, received_on, announced))


def free_then(ceiling: str, moment: datetime, received_on: date | None = None) -> Money:
    """What was left of a ceiling (public id) and every wider one at a moment, as the ledger knew it then, for an application received on a
    day: whether the duty to refuse held at the first decision (Awb 4:25(3)). Never negative. Raises NotFound or NotNow as `ceiling_of`."""
    now: Ceiling | None = ceiling_named(ceiling)
    left: int | None = None
    while now is not None:
        under, step = {now.pk}, {now.pk}
        while step:
            step = set(Ceiling.objects.filter(within__in=step).values_list("pk", flat=True)) - under
            under |= step
        booked = Entry.objects.filter(ceiling__in=under, beyond=False, at__lte=moment).order_by()
        sums = booked.aggregate(**{name: Sum(name) for name in ("reserved", "committed", "paid", "returned")})
        used = sum(sums[name] or 0 for name in ("reserved", "committed", "paid")) - (sums["returned"] or 0)
        room = _limit(now, received_on, now.versions.all()) - used
        left, now = room if left is None else min(left, room), now.within
    return Money(max(left or 0, 0))


def ceilings_in(province: str, on: date | None = None) -> list[CeilingFacts]:
    """The ceilings of a province whose period holds a day (today), by name."""
    day = on or clock.today()
    found = Ceiling.objects.filter(province=province, starts__lte=day, ends__gte=day).select_related("line", "within")
    return [ceiling_facts(ceiling, None) for ceiling in found.order_by("name", "pk")]


def entries_of(about: Reference) -> list[EntryFacts]:
    """Everything that was booked about a file, in the order in which it was booked."""
    found = Entry.objects.filter(about_kind=about.kind, about_id=about.id)
    return [facts_of(entry) for entry in found.select_related("line", "ceiling", "words", "corrects").order_by("pk")]


def position(line: str, on: date | None = None) -> Position:
    """How a budget line (public id) stands at the end of a day (today). Raises NotFound."""
    return position_of(budget_line(line), on or clock.today())


def position_of(line: BudgetLine, on: date, up_to: int | None = None) -> Position:
    """How a budget line stands at the end of a day.

    With `up_to` as it was known when that entry (number on the line) was the last: what was booked later for an earlier day is left out,
    so that a reference to a number stays true.
    """
    if up_to is None and not DayTotal.objects.filter(line=line, on__gt=on).exists():
        return _running(line)
    days = DayTotal.objects.filter(line=line, on__lte=on).aggregate(**{name: Sum(name) for name in BUCKETS})
    found = Position.of_cents(days)
    if up_to is None or up_to >= line.last_number:
        return found
    later = Entry.objects.filter(line=line, number__gt=up_to, on__lte=on).order_by()
    return found - Position.of_cents(later.aggregate(**{name: Sum(name) for name in BUCKETS}))


def positions_of(lines: Iterable[BudgetLine], on: date) -> dict[int, Position]:
    """How several budget lines stand at the end of a day, by primary key, in a fixed number of questions."""
    asked = {line.pk: line for line in lines}
    if not DayTotal.objects.filter(line__in=asked, on__gt=on).exists():
        return {key: _running(line) for key, line in asked.items()}
    keys = list(asked)
    sums = DayTotal.objects.filter(line__in=keys, on__lte=on).order_by().values("line")
    rows: Iterable[Any] = sums.annotate(**{name: Sum(name) for name in BUCKETS})
    found = {row["line"]: Position.of_cents(row) for row in rows}
    return {key: found.get(key, Position.of_cents({})) for key in keys}


def _running(line: BudgetLine) -> Position:
    """As it stands after its last entry."""
    return Position.of_cents({name: getattr(line, name) for name in BUCKETS})


def facts_of(entry: Entry) -> EntryFacts:
    """An entry as other rooms read it."""
    words = getattr(entry, "words", None)
    return EntryFacts(
        id=entry.public_id,
        kind=Kind(entry.kind).value,
        line=entry.line.public_id,
        ceiling=entry.ceiling.public_id if entry.ceiling else "",
        amount=Money(entry.cents),
        about_kind=entry.about_kind,
        about_id=entry.about_id,
        on=entry.on,
        article=entry.article,
        reason=words.text if words else "",
        by=entry.by,
        second=entry.second,
        number=entry.number,
        corrects=entry.corrects.public_id if entry.corrects else "",
    )


def ceiling_facts(ceiling: Ceiling, received_on: date | None, announced: Sequence[CeilingVersion] | None = None) -> CeilingFacts:
    """The facts of a ceiling; `announced` are its versions in order, when they were read already."""
    versions = list(ceiling.versions.all()) if announced is None else announced
    limit = _limit(ceiling, received_on, versions)
    left, wider = limit - ceiling.used, ceiling.within
    while wider is not None:
        left, wider = min(left, _limit(wider, received_on, wider.versions.all()) - wider.used), wider.within
    version = next((item for item in reversed(versions) if item.amount == limit), versions[-1])
    return CeilingFacts(
        id=ceiling.public_id,
        name=ceiling.name,
        province=ceiling.province,
        line=ceiling.line.public_id,
        line_title=ceiling.line.title,
        amount=Money(limit),
        used=Money(ceiling.used),
        free=Money(max(left, 0)),
        within=ceiling.within.public_id if ceiling.within else "",
        starts=ceiling.starts,
        ends=ceiling.ends,
        announced_on=version.announced_on,
        publication=version.publication,
    )


def _limit(ceiling: Ceiling, received_on: date | None, versions: Iterable[CeilingVersion]) -> int:
    if received_on is None:
        return ceiling.amount
    limit = limit_for([Announced(row.effect, row.amount, row.announced_on) for row in versions], received_on)
    if limit is None:
        text = _("Deze aanvraag kwam binnen voordat plafond “{name}” bekend was. Dat plafond geldt er niet voor (Awb 4:27).")
        raise NotNow(text.format(name=ceiling.name), code="ceiling-later")
    return limit
