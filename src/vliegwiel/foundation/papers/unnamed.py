"""Bytes that no row names any more."""

from collections.abc import Collection

from vliegwiel.foundation.papers import storage
from vliegwiel.foundation.papers.models import Letter, Paper
from vliegwiel.foundation.papers.places import WAITING


def clear_bytes(hashes: Collection[str], tokens: Collection[str]) -> None:
    """Take these files away, each unless another document or letter has the same bytes."""
    for token in tokens:
        WAITING.remove(token)
    for digest in hashes:
        if not Paper.objects.filter(sha256=digest).exists() and not Letter.objects.filter(sha256=digest).exists():
            storage.remove(digest)
