"""The one analyser of this installation: the engine with the lists of the catalogue."""

from functools import cache
from hashlib import sha256

from vliegwiel.catalogue import language
from vliegwiel.engines.language import Analyser

#: Goes up when the analyser or the weights change, so that documents are read again.
_EDITION = 1


@cache
def analyser() -> Analyser:
    """The analyser with the reviewed lists."""
    return Analyser(language.synonyms(), language.parts(), language.never_cut())


@cache
def edition() -> str:
    """Names the lists and the way of reading that a document was put in with."""
    lists = (sorted(language.parts()), sorted(language.never_cut()), language.synonyms())
    return f"{_EDITION}-{sha256(repr(lists).encode()).hexdigest()[:16]}"
