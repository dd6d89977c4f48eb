"""What the address of a list asks, and its words for the page."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import themes
from vliegwiel.see.areas.public import PlaceFacts, home_of, places_named
from vliegwiel.support.initiatives.queries import Filter
from vliegwiel.support.initiatives.rules import RADII
from vliegwiel.support.initiatives.words import PHASES, WANTS

PAGE = 25
_LAST_PAGE = 400


@dataclass(frozen=True)
class Asked:
    """The question, the place it is about, what was typed as a place, other places of that name, and whether it does not exist."""

    filter: Filter
    middle: PlaceFacts | None
    typed: str
    others: tuple[PlaceFacts, ...] = ()
    unknown: bool = False

    @property
    def parts(self) -> dict[str, str]:
        """The question as parts of an address, without what was not asked."""
        asked = self.filter
        parts = {
            "plaats": asked.place,
            "binnen": str(asked.radius or ""),
            "thema": asked.theme,
            "fase": asked.phase,
            "vraag": asked.want,
            "volgorde": "" if asked.sort == "nieuw" else asked.sort,
        }
        return {name: value for name, value in parts.items() if value}

    @property
    def query(self) -> str:
        """The question as an address, or nothing."""
        return f"?{urlencode(self.parts)}" if self.parts else ""


def asked_by(request: HttpRequest) -> Asked:
    """Read the address; a place may be a code or a name. What is unknown is said, not guessed."""
    province, given = settings.VLIEGWIEL_PROVINCE, request.GET
    typed = given.get("plaats", "").strip()[:80]
    others: tuple[PlaceFacts, ...] = ()
    unknown = False
    spot = home_of(typed.upper(), province) if typed.isascii() and typed.isalnum() else None
    if spot is None and typed and typed.upper() != province:
        named = places_named(typed, province)
        spot, others, unknown = (named[0] if named else None), tuple(named[1:6]), not named
    code = spot.code if spot else ""
    names = ("binnen", "thema", "fase", "vraag", "volgorde")
    radius, theme, phase, want, sort = (given.get(name, "").strip()[:40] for name in names)
    return Asked(Filter.asked(code, radius, theme, phase, want, sort), spot, spot.full_name if spot else typed, others, unknown)


def choices() -> dict[str, Any]:
    """The choices of the form above a list."""
    seeks = [(f"seeks-{key}", _("zoekt {what}").format(what=name)) for key, name in WANTS.items()]
    offers = [(f"offers-{key}", _("biedt {what}").format(what=name)) for key, name in WANTS.items()]
    return {
        "themes": themes().values(),
        "phases": PHASES.items(),
        "wants": [*seeks, *offers],
        "radii": [(radius, f"{radius} m" if radius < 1000 else f"{radius // 1000} km") for radius in RADII],
        "sorts": [("nieuw", _("nieuwste eerst")), ("naam", _("op naam")), ("dichtbij", _("dichtbij eerst"))],
    }


def page_number(request: HttpRequest, total: int) -> tuple[int, int]:
    """The page asked for, and the last one."""
    last = min(max(-(-total // PAGE), 1), _LAST_PAGE)
    text = request.GET.get("pagina", "")
    return min(max(int(text) if text.isdecimal() and len(text) < 5 else 1, 1), last), last


def turning(asked: dict[str, str], page: int, last: int) -> dict[str, Any]:
    """The addresses of the pages around this one."""
    parts: dict[str, str | int] = dict(asked)
    return {
        "page": page,
        "pages": last,
        "earlier": f"?{urlencode({**parts, 'pagina': page - 1})}" if page > 1 else "",
        "later": f"?{urlencode({**parts, 'pagina': page + 1})}" if page < last else "",
    }
