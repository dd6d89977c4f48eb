"""What a few lines are about: theme, place and kind of help, recognised by words, each with the word that gave it away. Nothing is kept."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from vliegwiel.catalogue.desk import OtherLanguage, desk
from vliegwiel.foundation.search.public import analyser
from vliegwiel.see.areas.public import PlaceFacts, nearest_places, place_named, places_in

_AMOUNT = re.compile(
    r"(?:€|\beuro\b|\beur\b)\s*(\d{1,3}(?:\.\d{3})+|\d{2,7})|(\d{1,3}(?:\.\d{3})+|\d{2,7})\s*(?:euro\b|€)", re.IGNORECASE
)
_PHONE = re.compile(r"(?<!\d)(?:\+31|0)[\s-]?\d(?:[\s-]?\d){7,9}(?!\d)")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_LOOKED_FOR = re.compile(
    r"\bzoek(?:en|t)?\s+(?:(?:nog|wat|ook|een|extra|hiervoor|daarvoor)\s+)*([^\W\d_]+)|\b([^\W\d_]+)\s+nodig\b", re.IGNORECASE
)
_NINE = re.compile(r"(?<!\d)\d{9}(?!\d)")
_FEW = 3
_MOSTLY = 0.5


@dataclass(frozen=True)
class Guess:
    """A key that was recognised, and the word that gave it away (empty when nothing did)."""

    key: str
    word: str = ""


@dataclass(frozen=True)
class Recognised:
    """What was understood. `near` are places like one that we do not know, named in `unknown_place`; `language` is set when it
    is not Dutch; `sensitive` holds the words that may be too personal; `amount` is in whole euros, 0 when none was named."""

    theme: Guess
    kind: Guess
    place: PlaceFacts | None
    near: tuple[PlaceFacts, ...]
    unknown_place: str
    language: OtherLanguage | None
    sensitive: tuple[str, ...]
    amount: int


def recognise(text: str, province: str, *, theme: str = "", kind: str = "", place: str = "") -> Recognised:
    """Read a text; what someone chose or typed themselves counts above what is recognised."""
    rules = desk()
    found_theme = Guess(theme) if theme in rules.themes else _best(text, _theme_words())
    amount = amount_in(text)
    by_words = Guess("geld") if amount else _sought(text) or _best(text, _kind_words()) or Guess("anders")
    found_kind = Guess(kind) if kind in rules.kinds else by_words
    here, unknown = None, ""
    if place.strip():
        here = place_named(place, province)
        unknown = "" if here else place.strip()[:60]
    else:
        here = next(iter(places_in(text, province)), None)
    near = tuple(nearest_places(unknown, province)) if unknown else ()
    return Recognised(found_theme or Guess(""), found_kind, here, near, unknown, language_of(text), sensitive_in(text), amount)


def sensitive_in(text: str) -> tuple[str, ...]:
    """What may be too personal: words about health, and what looks like a phone number, an e-mail address or a citizen's number."""
    there = set(analyser().tokens(text))
    words = [word for word, tokens in _sensitive() if tokens <= there]
    return (*words, *(found.group().strip() for pattern in (_PHONE, _MAIL, _NINE) if (found := pattern.search(text))))


def amount_in(text: str) -> int:
    """The first amount in whole euros that a text names, 0 without one.

    >>> amount_in("Wij zoeken € 5.000 voor een keuken"), amount_in("met 12 mensen")
    (5000, 0)
    """
    found = _AMOUNT.search(text)
    return int((found[1] or found[2]).replace(".", "")) if found else 0


def language_of(text: str) -> OtherLanguage | None:
    """Another language than Dutch that a text seems to be written in; None when it may be Dutch."""
    letters = [letter for letter in text if letter.isalpha()]
    if letters and sum("LATIN" not in unicodedata.name(letter, "") for letter in letters) > _MOSTLY * len(letters):
        return desk().languages[0]
    words = re.findall(r"[^\W\d_]+", text.lower())
    dutch = sum(word in desk().dutch for word in words)
    counted = [(sum(word in one.words for word in words), one) for one in desk().languages]
    most, language = max(counted, key=lambda pair: pair[0])
    return language if most >= _FEW and most > dutch else None


def _sought(text: str) -> Guess | None:
    """The kind of help that a text says it looks for: the word after "zoeken", or before "nodig". It counts above all other words."""
    for found in _LOOKED_FOR.finditer(text):
        there = _tokens(found[1] or found[2])
        for key, word, tokens in _kind_words():
            if tokens and tokens <= there:
                return Guess(key, word)
    return None


def _best(text: str, words: Sequence[tuple[str, str, frozenset[str]]]) -> Guess | None:
    """The key of which most words are in the text; at as many, the one whose word is named first. Of words that mean the same
    the one that was written is given back."""
    there = analyser().tokens(text)
    places = {token: place for place, token in reversed(list(enumerate(there)))}
    hits: dict[str, list[tuple[int, bool, str]]] = {}
    for key, word, tokens in words:
        if tokens and tokens <= places.keys():
            place = min(places[token] for token in tokens)
            hits.setdefault(key, []).append((place, word not in text.lower(), word))
    if not hits:
        return None
    key = min(hits, key=lambda one: (-len(hits[one]), min(hits[one])))
    return Guess(key, min(hits[key])[2])


@cache
def _theme_words() -> tuple[tuple[str, str, frozenset[str]], ...]:
    return tuple((theme.key, word, _tokens(word)) for theme in desk().themes.values() for word in theme.words)


@cache
def _kind_words() -> tuple[tuple[str, str, frozenset[str]], ...]:
    return tuple((kind.key, word, _tokens(word)) for kind in desk().kinds.values() for word in kind.words)


@cache
def _sensitive() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((word, _tokens(word)) for word in desk().sensitive)


def _tokens(word: str) -> frozenset[str]:
    return frozenset(analyser().tokens(word))
