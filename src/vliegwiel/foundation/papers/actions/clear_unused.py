"""Throw away files that no row names: of an act that was rolled back, or of a process that stopped half-way."""

from datetime import timedelta

from vliegwiel.foundation.papers import storage
from vliegwiel.foundation.papers.models import Letter, Paper
from vliegwiel.foundation.papers.places import WAITING
from vliegwiel.kernel import clock

#: Younger files may belong to an act that is still under way.
KEEP = timedelta(days=1)


def clear_unused(*, part: int | None = None) -> int:
    """Look through one of the 256 folders of the store (by the hour of the year, unless `part`) and all of the quarantine.

    So the work of one turn stays small, and every folder has its turn within eleven days. Returns how many files went. The row is what
    counts: a file is only taken away when no letter and no paper names it.
    """
    before = clock.now() - KEEP
    number = int(clock.now().timestamp() // 3600) % 256 if part is None else part
    digests = storage.kept_before(f"{number:02x}", before)
    named = set(Letter.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    named |= set(Paper.objects.filter(sha256__in=digests, token="").values_list("sha256", flat=True))
    loose = [digest for digest in digests if digest not in named]
    for digest in loose:
        storage.remove(digest)
    waiting = set(Paper.objects.exclude(token="").values_list("token", flat=True))
    return len(loose) + WAITING.clear_before(before, keep=waiting)
