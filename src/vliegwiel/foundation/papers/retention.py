"""What papers hold of a file: documents that came in, letters that went out, and drafts of letters in a batch."""

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction

from vliegwiel.foundation.papers import storage
from vliegwiel.foundation.papers.models import BatchLetter, Letter, Paper, Sending
from vliegwiel.foundation.papers.unnamed import clear_bytes
from vliegwiel.kernel.retention import Holding, References, Rows, pointing_at


def _rows(about: References) -> Sequence[Rows]:
    letters = Letter.objects.filter(**pointing_at(about))
    return [
        BatchLetter.objects.filter(**pointing_at(about)),
        Sending.objects.filter(letter__in=letters),
        letters,
        Paper.objects.filter(**pointing_at(about)),
    ]


def _related(about: References) -> Iterable[tuple[str, str]]:
    yield from (("letter", name) for name in Letter.objects.filter(**pointing_at(about)).values_list("public_id", flat=True))
    yield from (("paper", name) for name in Paper.objects.filter(**pointing_at(about)).values_list("public_id", flat=True))


def _destroy(about: References, rows: Sequence[Rows]) -> int:
    """Delete the rows; the bytes go after the transaction, when no other row names them."""
    kept = list(Paper.objects.filter(**pointing_at(about)).values_list("sha256", "token"))
    hashes = {digest for digest, _token in kept} | set(
        Letter.objects.filter(**pointing_at(about)).values_list("sha256", flat=True)
    )
    tokens = {token for _digest, token in kept} - {""}
    gone = sum(found.delete()[0] for found in rows)
    transaction.on_commit(lambda: clear_bytes(hashes - {""}, tokens))
    return gone


def _papers(about: References) -> Iterable[tuple[str, Callable[[], bytes]]]:
    for letter in Letter.objects.filter(**pointing_at(about)).order_by("pk"):
        yield f"brieven/{letter.dated.isoformat()}-{letter.kind}-{letter.public_id}.pdf", _bytes(letter.sha256)
    for paper in Paper.objects.filter(**pointing_at(about)).exclude(sha256="").order_by("pk"):
        yield f"stukken/{paper.kind}-{paper.version}-{paper.public_id}-{paper.name}", _bytes(paper.sha256)


def _bytes(digest: str) -> Callable[[], bytes]:
    return lambda: storage.fetch(digest)


HOLDINGS = [Holding("papers", "stukken en brieven", _rows, related=_related, destroy=_destroy, papers=_papers)]
