"""What a person fills in about a file: the year of its areas and the date of publication."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.kernel.errors import NotValid

_FIRST, _LAST = 1990, 2100


def year_in(form: Mapping[str, str]) -> int | None:
    """The field `jaar`; None when it is empty. Raises NotValid."""
    text = form.get("jaar", "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not _FIRST <= int(text[:5]) <= _LAST:
        raise NotValid(_("Schrijf het jaar met vier cijfers, zoals 2025."), code="year")
    return int(text)


def published_in(form: Mapping[str, str]) -> date | None:
    """The field `gepubliceerd`; None when it is empty. Raises NotValid."""
    text = form.get("gepubliceerd", "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotValid(_("Schrijf de datum van publicatie zo: 2025-03-01."), code="published") from None


#: Where a refusal is mended, in the words of the screen in place of those of the command line: field and text.
ON_SCREEN = {
    "no-year": ("jaar", gettext_lazy("Het bestand zegt niet van welk jaar de gebieden zijn. Vul het jaar in.")),
    "other-year": ("jaar", ""),
    "no-date": ("gepubliceerd", gettext_lazy("We weten niet wanneer deze cijfers zijn gepubliceerd. Vul de datum in.")),
    "same-date": (
        "gepubliceerd",
        gettext_lazy(
            "Van deze tabel is al een levering van dezelfde dag geladen. Vul in wanneer dit bestand is "
            "gepubliceerd. Dan weten we welke nieuwer is."
        ),
    ),
    "year": ("jaar", ""),
    "published": ("gepubliceerd", ""),
}


def on_screen(refusal: NotValid) -> tuple[str, str]:
    """The field that mends a refusal (empty when none does), and its words."""
    field, words = ON_SCREEN.get(refusal.code, ("", ""))
    return field, str(words) or refusal.message
