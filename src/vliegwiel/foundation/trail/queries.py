"""Reading and proving the trail."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from vliegwiel.foundation.trail.actions.seal_entries import GENESIS
from vliegwiel.foundation.trail.models import Counterfoil, Entry, Seal, SealedEntry
from vliegwiel.kernel import clock


@dataclass(frozen=True)
class Verification:
    """What `verify` found: how much is whole, how long the unsealed tail is, and the first broken place (empty when whole)."""

    entries: int
    seals: int
    last_hash: str
    unsealed: int
    oldest_unsealed: datetime | None
    broken: str


@dataclass(frozen=True)
class Filter:
    """Which entries to show; empty means all. Days are days in Amsterdam, both included."""

    action: str = ""
    actor: str = ""
    object: str = ""
    result: str = ""
    since: date | None = None
    until: date | None = None


def entries(chosen: Filter) -> QuerySet[Entry]:
    """The entries of a filter, newest first, without those of confidential kinds (`VLIEGWIEL_CONFIDENTIAL_KINDS`)."""
    found = Entry.objects.exclude(object_kind__in=settings.VLIEGWIEL_CONFIDENTIAL_KINDS).order_by("-pk")
    for field, value in (
        ("action", chosen.action),
        ("actor_id", chosen.actor),
        ("object_id", chosen.object),
        ("result", chosen.result),
    ):
        if value:
            found = found.filter(**{field: value})
    if chosen.since:
        found = found.filter(at__gte=datetime.combine(chosen.since, time(), clock.AMSTERDAM))
    if chosen.until:
        found = found.filter(at__lt=datetime.combine(chosen.until + timedelta(days=1), time(), clock.AMSTERDAM))
    return found


def entries_about(kind: str, name: str) -> QuerySet[Entry]:
    """The entries about one record, newest first, whatever its kind: for the room that owns it and knows who may read them."""
    return Entry.objects.filter(object_kind=kind, object_id=name).order_by("-pk")


def before(found: QuerySet[Entry], name: str) -> QuerySet[Entry]:
    """Of these the ones before an entry (public id); all of them when it is not among them. No number of a row is told to anybody."""
    last = found.filter(public_id=name).values_list("pk", flat=True).first() if name else None
    return found if last is None else found.filter(pk__lt=last)


def verify(*, known: str = "") -> Verification:
    """Recompute the hash of every entry and every seal, in order. Stops at the first that is not right.

    `known` is the hash of a seal that was written down elsewhere; the chain must still hold it, or its end was cut off.
    """
    previous, number, count, broken = GENESIS, 0, 0, ""
    rows = SealedEntry.objects.select_related("entry", "seal").order_by("seal__number", "entry_id").iterator(chunk_size=2000)
    held = not known
    for seal, group in groupby(rows, key=lambda row: row.seal):
        sealed = [row.entry for row in group]
        broken = _broken_seal(seal, sealed, previous, number + 1)
        if broken:
            return Verification(count, number, previous, 0, None, broken)
        previous, number, count = seal.hash, seal.number, count + len(sealed)
        held = held or seal.hash == known
    if Seal.objects.count() != number:
        broken = f"na zegel {number} is er een zegel zonder zijn regels"
    elif not held:
        broken = f"het zegel {known[:12]} staat niet meer in de keten"
    broken = broken or _lost_before_sealing()
    tail = Entry.objects.filter(sealed=None).order_by("pk")
    oldest, unsealed = None, 0
    for entry in tail.iterator(chunk_size=2000):
        oldest, unsealed = oldest or entry.at, unsealed + 1
        if not broken and entry.computed_hash() != entry.content_hash:
            broken = f"regel {entry.public_id} is veranderd (nog niet verzegeld)"
    return Verification(count + unsealed, number, previous, unsealed, oldest, broken)


def _lost_before_sealing() -> str:
    """An entry and its counterfoil that do not belong together while neither is sealed; empty when all do."""
    same = Entry.objects.filter(pk=OuterRef("pk"), content_hash=OuterRef("content_hash"))
    if lost := Counterfoil.objects.exclude(Exists(same)).order_by("pk").first():
        return f"regel nummer {lost.pk} is weggehaald of veranderd voordat zij verzegeld was"
    without = Entry.objects.filter(sealed=None).exclude(Exists(Counterfoil.objects.filter(pk=OuterRef("pk"))))
    if (added := without.order_by("pk").first()) is not None:
        return f"regel {added.public_id} is buiten het logboek om geschreven"
    return ""


def _broken_seal(seal: Seal, sealed: list[Entry], previous: str, number: int) -> str:
    """What is wrong with a seal and its entries; empty when nothing is."""
    for entry in sealed:
        if entry.computed_hash() != entry.content_hash:
            return f"regel {entry.public_id} in zegel {seal.number} is veranderd"
    if seal.number != number:
        return f"zegel {number} ontbreekt"
    if seal.previous_hash != previous:
        return f"zegel {seal.number} volgt niet op het zegel ervoor"
    if seal.count != len(sealed):
        return f"zegel {seal.number} had {seal.count} regels en heeft er nu {len(sealed)}"
    if seal.computed_hash([entry.content_hash for entry in sealed]) != seal.hash:
        return f"zegel {seal.number} klopt niet met zijn regels"
    return ""
