"""How names are compared when someone looks for a place."""

import re
import unicodedata

_LEADING = re.compile(r"^['’`]?s[ -]|^(wijk|buurt|gemeente)\s+(\d+\s+)?", re.IGNORECASE)


def search_name(name: str) -> str:
    """Lower case, without accents, apostrophes, and words like *wijk 00* in front.

    >>> search_name("Súdwest-Fryslân"), search_name("'s-Hertogenbosch"), search_name("Wijk 00 Annen")
    ('sudwest fryslan', 'hertogenbosch', 'annen')
    """
    plain = unicodedata.normalize("NFKD", name.strip())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _LEADING.sub("", plain)
    return re.sub(r"[^a-z0-9]+", " ", plain.casefold()).strip()
