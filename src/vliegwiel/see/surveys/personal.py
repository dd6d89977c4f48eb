"""Columns that could tell who answered: found by their name and by what is in them, and left out before anything is kept."""

import re
from typing import Any

from django.utils.translation import gettext as _

_NAMES = re.compile(
    r"(^|_)(voor|achter|roep)?(naam|namen|name)($|_)|e-?mail|telefoon|tel_?nr|mobiel|(^|_)(adres|address|straat|huisnummer|postcode|pc6|bsn)|"
    r"geb(oorte)?_?dat(um)?|ip_?(adres|address)|opmerking|toelichting|anders_?namelijk|open_?antwoord|(^|_)iban",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}.*|\d{1,2}[-/.]\d{1,2}[-/.](19|20)?\d{2}")
_POSTCODE = re.compile(r"\d{4} ?[A-Za-z]{2}")
_MARK = re.compile(r"[A-Za-z]{0,4}[-_]?\d[\w-]{0,20}")
#: Up to so many different texts are answers to choose from; in a small file when people give the same ones.
_FEW, _ALIKE = 60, 10


def why_personal(name: str, column: Any, *, days: bool = False) -> str:
    """Why a column is left out; empty when it may stay. `column` is an Arrow array or chunked array; `days`: its numbers are days."""
    from pyarrow import compute

    if _NAMES.search(name):
        return _("De naam van de kolom wijst op een persoon of een open antwoord.")
    if days:
        return _days()
    if str(column.type) != "string":
        return ""
    texts = [text for text in compute.unique(column).to_pylist() if text]
    if any(_MAIL.search(text) for text in texts):
        return _("Er staan e-mailadressen in.")
    if texts and sum(bool(_POSTCODE.fullmatch(text)) for text in texts) > len(texts) / 2:
        return _("Er staan hele postcodes in. Gebruik de code van de gemeente.")
    if sum(bool(_DATE.fullmatch(text)) for text in texts) > max(len(texts) / 2, _ALIKE):
        return _days()
    own = len(texts) > _ALIKE and 2 * len(texts) > len(column) - column.null_count
    if (len(texts) > _FEW or own) and not all(_MARK.fullmatch(text) for text in texts):
        return _("Er staan {count} verschillende teksten in. Dat lijken namen of open antwoorden.").format(count=len(texts))
    if any(len(text) > 80 for text in texts):
        return _("Er staan lange teksten in.")
    return ""


def _days() -> str:
    return _("Er staan dagen in. Gebruik een jaar of een leeftijd.")
