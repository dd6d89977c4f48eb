"""Seal new entries into the chain."""

from django.db import IntegrityError, transaction

from vliegwiel.foundation.trail.models import Entry, Seal, SealedEntry
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow

GENESIS = "0" * 64
BATCH = 5_000
ATTEMPTS = 20


def seal_entries() -> int:
    """Link every committed entry that has no seal yet; returns how many. Safe to call at the same moment from many places.

    The seal is made by the installation and is no act of an actor. Two sealers cannot follow the same seal: the later one is refused
    by the database and tries again behind the other. Raises NotNow when that keeps failing.
    """
    total = 0
    while count := _seal_batch():
        total += count
    return total


def _seal_batch() -> int:
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _seal()
        except IntegrityError:
            continue
    raise NotNow("Het logboek kon nu niet worden verzegeld. Probeer het zo opnieuw.", code="seal-contention")


def _seal() -> int:
    last = Seal.objects.order_by("-number").first()
    entries = list(Entry.objects.filter(sealed=None).order_by("pk").only("pk", "content_hash")[:BATCH])
    if not entries:
        return 0
    seal = Seal(
        number=last.number + 1 if last else 1,
        previous_hash=last.hash if last else GENESIS,
        count=len(entries),
        sealed_at=clock.now(),
    )
    seal.hash = seal.computed_hash([entry.content_hash for entry in entries])
    seal.save(force_insert=True)
    SealedEntry.objects.bulk_create([SealedEntry(entry=entry, seal=seal) for entry in entries], batch_size=500)
    return len(entries)
