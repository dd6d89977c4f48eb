"""How names are compared when someone looks for a place."""

import re
import unicodedata

_LEADING = re.compile(r"^['’`]?s[ -]|^(wijk|buurt|gemeente)\s+(\d+\s+)?", re.IGNORECASE)


def search_name(name: str) -> str:
    """Lower case, without accents, apostrophes, and words like *wijk 00* in front.

    >>> search_name("Súdwest-Fryslân"), search_name("'s-Hertogenbosch"), search_name("Wijk 00 Annen")
    ('sudwest fryslan', 'hertogenbosch', 'annen')
    """
    plain = _LEADING.sub("", _without_accents(name.strip()))
    return re.sub(r"[^a-z0-9]+", " ", plain.casefold()).strip()


def same_name(one: str, other: str) -> bool:
    """Whether two names differ in spelling only: capitals, accents, spaces and hyphens.

    >>> same_name("Aadorp-Oost", "Aadorp Oost"), same_name("Ermelo-Oost", "Ermelo - Noord"), same_name("Wijk 01", "Wijk 02")
    (True, False, False)
    """
    return _letters(one) == _letters(other)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", _without_accents(name).casefold())


def _without_accents(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
