"""Write entries of the ledger: the one place where a balance moves.

Everything that entries touch is locked in one order (ceilings from wide to narrow, budget lines, files, days), by conditional updates
whose row count decides. So acts at the same moment wait for each other and never for each other's second lock.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from vliegwiel.foundation.budgets import rules
from vliegwiel.foundation.budgets.lifecycle import Kind
from vliegwiel.foundation.budgets.models import (
    Balance,
    BudgetLine,
    Ceiling,
    CouncilDecision,
    DayTotal,
    Entry,
    EntryReason,
    Payment,
)
from vliegwiel.foundation.budgets.models.payment import PENDING
from vliegwiel.foundation.budgets.queries import history_of
from vliegwiel.foundation.budgets.rules import Moves
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money

_TRIES = 5


@dataclass(frozen=True)
class Draft:
    """An entry that is to be written. `limited` says that it must stay within its ceiling."""

    line: BudgetLine
    kind: Kind
    cents: int
    moves: Moves
    ceiling: Ceiling | None = None
    beyond: bool = False
    limited: bool = False
    received_on: date | None = None
    on: date | None = None
    decision: CouncilDecision | None = None
    corrects: Entry | None = None
    article: str = ""
    reason: str = ""
    second: str = ""


class Outdated(Exception):  # noqa: N818 - not an error of the program: somebody else was first, look again
    """What the drafts were made from has changed meanwhile."""


@dataclass
class _Standing:
    """What a ceiling carries after these entries, and may carry."""

    used: int = 0
    limit: int | None = None


@dataclass
class _Batch:
    """The drafts of one act, with what was found while locking."""

    actor: Actor
    about: Reference
    key: str
    drafts: Sequence[Draft]
    standings: dict[int, _Standing] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)


def post(*, actor: Actor, about: Reference, key: str, amount: Money, build: Callable[[], Sequence[Draft]]) -> list[Entry]:
    """Write the entries that `build` drafts, in the transaction of the caller, or give those that this act wrote before.

    `build` reads how things stand; it is asked again when somebody else was first. Raises NotNow when a ceiling, the credit or the
    file cannot carry it, NotValid for an act without a name or amount, NotAllowed for who did not sign in; nothing is changed then.
    """
    if actor.kind == "visitor":
        raise NotAllowed(_("Log eerst in. Daarna kunt u boeken."), code="sign-in")
    if not about.kind or not about.id or not key:
        raise NotValid(_("Deze boeking zegt niet waar zij over gaat."), code="no-subject")
    if amount.cents <= 0:
        raise NotValid(_("Boek een bedrag dat groter is dan nul."), code="amount")
    for _attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return written_before(about, key, amount) or _write(_Batch(actor, about, key, build()))
        except Outdated:
            continue
        except (IntegrityError, NotNow):
            # Asked twice at the same moment: the other one may have taken the last room, for this very act.
            if written := written_before(about, key, amount):
                return written
            raise
    raise NotNow(_("Er wordt nu veel tegelijk geboekt. Probeer het zo nog eens."), code="busy")


def written_before(about: Reference, key: str, amount: Money) -> list[Entry]:
    """The entries that this act wrote, if it did; raises NotNow when they were of another amount."""
    found = Entry.objects.filter(about_kind=about.kind, about_id=about.id, key=key).select_related("line", "ceiling", "words")
    written = list(found.order_by("part"))
    if written and sum(entry.cents for entry in written) != amount.cents:
        raise NotNow(_("Deze handeling is al geboekt, met een ander bedrag."), code="key-used")
    return written


def _write(batch: _Batch) -> list[Entry]:
    _take_ceilings(batch)
    _take_lines(batch)
    _take_balances(batch)
    _leave_what_is_on_its_way(batch)
    _add_to_days(batch)
    return [_insert(batch, part, draft) for part, draft in enumerate(batch.drafts)]


def _take_ceilings(batch: _Batch) -> None:
    """Add to every ceiling and the wider ones around it, the widest first."""
    chains = [(draft, _chain(draft.ceiling)) for draft in batch.drafts if draft.ceiling is not None]
    places = {ceiling.pk: (depth, ceiling.pk) for _draft, chain in chains for depth, ceiling in enumerate(chain)}
    for _depth, pk in sorted(places.values()):
        for draft, chain in chains:
            if any(ceiling.pk == pk for ceiling in chain):
                _take_ceiling(batch, pk, draft)


def _chain(ceiling: Ceiling) -> list[Ceiling]:
    """The widest ceiling first, this one last."""
    found, now = [ceiling], ceiling
    while now.within_id is not None:
        now = Ceiling.objects.get(pk=now.within_id)
        found.insert(0, now)
    return found


def _take_ceiling(batch: _Batch, pk: int, draft: Draft) -> None:
    granted = draft.moves.granted
    changes = {
        "reserved": draft.moves.reserved,
        "granted": 0 if draft.beyond else granted,
        "beyond": granted if draft.beyond else 0,
    }
    more = changes["reserved"] + changes["granted"]
    for _attempt in range(_TRIES):
        now = Ceiling.objects.get(pk=pk)
        limit = rules.limit_for(history_of(now), draft.received_on) if draft.received_on else None
        may = limit if draft.limited else now.most
        if any(changes.values()) and not _move_ceiling(
            now, changes, None if more <= 0 else may, fits=more <= 0 or may is not None
        ):
            again = Ceiling.objects.get(pk=pk)
            if again.revision != now.revision:
                continue
            _refuse_ceiling(again, limit, more)
        used = Ceiling.objects.get(pk=pk).used
        batch.standings[pk] = _Standing(used, limit if draft.limited and more > 0 else None)
        return
    raise Outdated


def _move_ceiling(now: Ceiling, changes: dict[str, int], most: int | None, *, fits: bool) -> int:
    """One conditional update; 0 when it does not fit or the ceiling was changed meanwhile."""
    there = {f"{name}__gte": -change for name, change in changes.items() if change < 0}
    row = Ceiling.objects.filter(pk=now.pk, revision=now.revision, **there)
    if most is not None:
        more = changes["reserved"] + changes["granted"]
        row = row.alias(carried=F("reserved") + F("granted")).filter(carried__lte=most - more)
    return row.update(**{name: F(name) + change for name, change in changes.items()}) if fits else 0


def _refuse_ceiling(ceiling: Ceiling, limit: int | None, more: int) -> None:
    if more <= 0:
        raise NotNow(_("Zoveel staat er niet voor dit dossier. Kijk eerst wat is vastgelegd en betaald."), code="not-there")
    if limit is None:
        text = _("Deze aanvraag kwam binnen voordat plafond “{name}” bekend was. Dat plafond geldt er niet voor (Awb 4:27).")
        raise NotNow(text.format(name=ceiling.name), code="ceiling-later")
    left = Money(max(limit - ceiling.used, 0)).dutch()
    text = _("Dit past niet onder het plafond “{name}”. Er is nog {left}; gevraagd is {asked} (Awb 4:25, tweede lid).")
    raise NotNow(text.format(name=ceiling.name, left=left, asked=Money(more).dutch()), code="ceiling")


def _take_lines(batch: _Batch) -> None:
    lines = {draft.line.pk: draft.line for draft in batch.drafts}
    for pk, line in sorted(lines.items()):
        drafts = [draft for draft in batch.drafts if draft.line.pk == pk]
        total = sum((draft.moves for draft in drafts), Moves())
        row = BudgetLine.objects.filter(pk=pk, closed_on=line.closed_on)
        changes = {bucket: getattr(total, bucket) for bucket in rules.BUCKETS}
        short = {f"{bucket}__gte": -change for bucket, change in changes.items() if change < 0}
        moved = {bucket: F(bucket) + change for bucket, change in changes.items() if change}
        if not row.filter(**short).update(last_number=F("last_number") + len(drafts), **moved):
            _refuse_line(line, total)
        batch.numbers[pk] = BudgetLine.objects.values_list("last_number", flat=True).get(pk=pk) - len(drafts)


def _refuse_line(line: BudgetLine, total: Moves) -> None:
    now = BudgetLine.objects.get(pk=line.pk)
    if now.closed_on != line.closed_on:
        raise Outdated
    if total.free < 0 and now.free < -total.free:
        if now.closed_on is not None:
            raise NotNow(_("Budgetpost “{title}” is afgesloten. Kies een andere post.").format(title=now.title), code="closed")
        text = _("Op budgetpost “{title}” is nog {left} vrij. Nodig is {asked}. Vraag eerst krediet aan.")
        raise NotNow(text.format(title=now.title, left=Money(now.free).dutch(), asked=Money(-total.free).dutch()), code="credit")
    raise NotNow(_("Dit bedrag staat niet meer op budgetpost “{title}”.").format(title=now.title), code="not-there")


def _take_balances(batch: _Batch) -> None:
    for draft in sorted(batch.drafts, key=lambda draft: (draft.line.pk, draft.ceiling.pk if draft.ceiling else 0, draft.beyond)):
        changes = {name: getattr(draft.moves, name) for name in ("reserved", "committed", "paid", "returned")}
        if not any(changes.values()):
            continue
        same = Balance.objects.filter(
            about_kind=batch.about.kind, about_id=batch.about.id, line=draft.line, ceiling=draft.ceiling, beyond=draft.beyond
        )
        short = {f"{name}__gte": -change for name, change in changes.items() if change < 0}
        enough = same.filter(**short)
        if changes["returned"] or changes["paid"] < 0:
            enough = enough.filter(paid__gte=F("returned") + changes["returned"] - changes["paid"])
        if enough.update(**{name: F(name) + change for name, change in changes.items() if change}):
            continue
        if short or same.exists():
            raise NotNow(_("Zoveel staat er niet voor dit dossier. Kijk eerst wat is vastgelegd en betaald."), code="not-there")
        Balance.objects.create(
            about_kind=batch.about.kind,
            about_id=batch.about.id,
            line=draft.line,
            ceiling=draft.ceiling,
            beyond=draft.beyond,
            **changes,
        )


def _leave_what_is_on_its_way(batch: _Batch) -> None:
    """What was asked of the bank stays committed until the bank says that it is paid."""
    if not any(draft.moves.committed < 0 for draft in batch.drafts):
        return
    left = sum(balance.committed for balance in open_balances(batch.about))
    if left < on_its_way(batch.about):
        raise NotNow(_("Er is een betaling onderweg voor dit dossier. Trek die eerst in."), code="on-its-way")


def on_its_way(about: Reference) -> int:
    """Cents of payments that were asked for about a file and are neither paid nor ended."""
    found = Payment.objects.filter(about_kind=about.kind, about_id=about.id, state__in=PENDING)
    return int(found.aggregate(cents=Sum("cents"))["cents"] or 0)


def _add_to_days(batch: _Batch) -> None:
    for draft in sorted(batch.drafts, key=lambda draft: (draft.line.pk, draft.ceiling.pk if draft.ceiling else 0, draft.beyond)):
        same = {"line": draft.line, "ceiling": draft.ceiling, "beyond": draft.beyond, "on": draft.on or clock.today()}
        moved = {bucket: F(bucket) + getattr(draft.moves, bucket) for bucket in rules.BUCKETS}
        if not DayTotal.objects.filter(**same).update(count=F("count") + 1, **moved):
            DayTotal.objects.create(**same, count=1, **{bucket: getattr(draft.moves, bucket) for bucket in rules.BUCKETS})


def _insert(batch: _Batch, part: int, draft: Draft) -> Entry:
    batch.numbers[draft.line.pk] += 1
    standing = batch.standings.get(draft.ceiling.pk) if draft.ceiling else None
    reason = draft.reason.strip()
    entry = Entry(
        province=draft.line.province,
        line=draft.line,
        number=batch.numbers[draft.line.pk],
        kind=draft.kind.value,
        on=draft.on or clock.today(),
        at=clock.now(),
        cents=draft.cents,
        about_kind=batch.about.kind,
        about_id=batch.about.id,
        key=batch.key,
        part=part,
        ceiling=draft.ceiling,
        beyond=draft.beyond,
        received_on=draft.received_on,
        standing=standing.used if standing else None,
        limit=standing.limit if standing else None,
        decision=draft.decision,
        corrects=draft.corrects,
        article=draft.article,
        reason_hash=sha256(reason.encode()).hexdigest() if reason else "",
        by=batch.actor.id,
        second=draft.second,
        **{bucket: getattr(draft.moves, bucket) for bucket in rules.BUCKETS},
    )
    entry.save(force_insert=True)
    if reason:
        EntryReason.objects.create(entry=entry, text=reason)
    trail.record(
        actor=batch.actor,
        action=f"book-{draft.kind.value.replace('_', '-')}",
        subject=Reference("ledger-entry", entry.public_id, "", ""),
        facts={
            "line": draft.line.public_id,
            "number": entry.number,
            "cents": draft.cents,
            "about": batch.about.id,
            "ceiling": draft.ceiling.public_id if draft.ceiling else None,
        },
        province=draft.line.province,
    )
    return entry


def open_balances(about: Reference) -> list[Balance]:
    """What stands about a file, the ordinary balances first and in the order in which they came."""
    found = Balance.objects.filter(about_kind=about.kind, about_id=about.id).select_related("line", "ceiling")
    return list(found.order_by("beyond", "pk"))
