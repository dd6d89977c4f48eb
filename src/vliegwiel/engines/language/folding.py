"""Texts as words: without capitals and accents, with where each word stood."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:[’'‘`‐‑-][^\W_]+)*")
_JOINTS = re.compile(r"[‐‑-]")
#: A possessive or plural *s* after an apostrophe: foto's, oma's.
_S = re.compile(r"[’'‘`]s$", re.IGNORECASE)
_SHORT = 2

#: Words that stand in nearly every sentence and say nothing about what it is about.
STOP_WORDS = frozenset(
    "aan al als bij dan dat de deze die dit door een en er had hebben heeft het hier hij hun ik in is je jij kan ook kunnen maar me met mij mijn moet "
    "na naar niet nog nu of om omdat onder ons onze op over te tegen tot u uit uw van veel voor waar wat we wel werd wie wij wil wordt "
    "worden zal ze zich zij zijn zo zou dus hoe".split()
)


class Found(NamedTuple):
    """A word of a text: folded, in the parts that hyphens make of it, and where it stands in the text as it was given."""

    exact: str
    parts: tuple[str, ...]
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case without accents; letters that look alike are one letter.

    >>> fold("Coöperatie ﬁets İJ")
    'cooperatie fiets ij'
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words(text: str) -> Iterator[Found]:
    """The words of a text in order. A hyphen parts a word, unless one side is very short: e-mail, co-creatie.

    >>> [(found.exact, found.parts) for found in words("Foto’s per e-mail: top-ambtenaar")]
    [('foto', ('foto',)), ('per', ('per',)), ('email', ('email',)), ('topambtenaar', ('top', 'ambtenaar'))]
    """
    for match in _WORD.finditer(text):
        exact, parts = _read(match[0])
        if exact:
            yield Found(exact, parts, match.start(), match.end())


@lru_cache(maxsize=200_000)
def _read(word: str) -> tuple[str, tuple[str, ...]]:
    pieces = [piece for one in _JOINTS.split(_S.sub("", word)) if (piece := _letters(one))]
    exact = "".join(pieces)
    whole = len(pieces) <= 1 or any(len(piece) <= _SHORT for piece in pieces)
    return exact, (exact,) if whole else tuple(pieces)


def _letters(piece: str) -> str:
    """Folding may leave marks that are no letters; what is left are letters and digits only."""
    return "".join(letter for letter in fold(piece) if letter.isalnum())
