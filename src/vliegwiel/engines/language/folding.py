"""Texts as words, and words without capitals and accents."""

import re
import unicodedata
from collections.abc import Iterator

#: A letter may be followed by accents of its own: text from some machines writes é as two signs.
_LETTERS = r"(?:[^\W_][\u0300-\u036f]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:[’'‘`‐‑-]{_LETTERS})*")
_JOINTS = re.compile(r"[‐‑-]")
#: A possessive or plural *s* after an apostrophe: foto's, oma's.
_S = re.compile(r"[’'‘`]s$", re.IGNORECASE)
_SHORT = 2

#: Words that stand in nearly every sentence and say nothing about what it is about.
STOP_WORDS = frozenset(
    [
        "aan",
        "al",
        "als",
        "bij",
        "dan",
        "dat",
        "de",
        "deze",
        "die",
        "dit",
        "door",
        "een",
        "en",
        "er",
        "had",
        "hebben",
        "heeft",
        "het",
        "hier",
        "hij",
        "hun",
        "ik",
        "in",
        "is",
        "je",
        "jij",
        "kan",
        "ook",
        "kunnen",
        "maar",
        "me",
        "met",
        "mij",
        "mijn",
        "moet",
        "na",
        "naar",
        "niet",
        "nog",
        "nu",
        "of",
        "om",
        "omdat",
        "onder",
        "ons",
        "onze",
        "op",
        "over",
        "te",
        "tegen",
        "tot",
        "u",
        "uit",
        "uw",
        "van",
        "veel",
        "voor",
        "waar",
        "wat",
        "we",
        "wel",
        "werd",
        "wie",
        "wij",
        "wil",
        "wordt",
        "worden",
        "zal",
        "ze",
        "zich",
        "zij",
        "zijn",
        "zo",
        "zou",
        "dus",
        "hoe",
    ]
)


def fold(text: str) -> str:
    """Lower case without accents; letters that look alike are one letter.

    >>> fold("Coöperatie ﬁets İJ")
    'cooperatie fiets ij'
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def places(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text as they stand there, each with where it begins and ends."""
    return ((match[0], match.start(), match.end()) for match in _WORD.finditer(text))


def read(word: str) -> tuple[str, tuple[str, ...]]:
    """A word folded, and the parts that hyphens make of it; one with a very short side is not parted: e-mail, co-creatie.

    >>> read("Foto’s"), read("e-mail"), read("top-ambtenaar")
    (('foto', ('foto',)), ('email', ('email',)), ('topambtenaar', ('top', 'ambtenaar')))
    """
    pieces = [piece for one in _JOINTS.split(_S.sub("", word)) if (piece := _letters(one))]
    exact = "".join(pieces)
    whole = len(pieces) <= 1 or any(len(piece) <= _SHORT for piece in pieces)
    return exact, (exact,) if whole and exact else tuple(pieces)


def _letters(piece: str) -> str:
    """Folding may leave marks that are no letters; what is left are letters and digits only."""
    return "".join(letter for letter in fold(piece) if letter.isalnum())
