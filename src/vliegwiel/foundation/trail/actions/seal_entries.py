"""Seal new entries into the chain."""

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from vliegwiel.foundation.trail.models import Counterfoil, Entry, Seal, SealedEntry
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow

GENESIS = "0" * 64
BATCH = 5_000
ATTEMPTS = 20


def seal_entries() -> int:
    """Link every committed entry that has no seal yet; returns how many. Safe to call at the same moment from many places.

    What waits is read from the counterfoils, so the work does not grow with the trail. A counterfoil whose entry is gone or was changed
    stays where it is: `verify` names it.

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
    whole = Exists(Entry.objects.filter(pk=OuterRef("pk"), content_hash=OuterRef("content_hash")))
    waiting = list(Counterfoil.objects.filter(whole).order_by("pk")[:BATCH])
    if not waiting:
        return 0
    numbers = [counterfoil.pk for counterfoil in waiting]
    seal = Seal(
        number=last.number + 1 if last else 1,
        previous_hash=last.hash if last else GENESIS,
        count=len(waiting),
        sealed_at=clock.now(),
    )
    seal.hash = seal.computed_hash([counterfoil.content_hash for counterfoil in waiting])
    seal.save(force_insert=True)
    SealedEntry.objects.bulk_create([SealedEntry(entry_id=number, seal=seal) for number in numbers], batch_size=500)
    Counterfoil.objects.filter(pk__in=numbers).delete()
    return len(waiting)
