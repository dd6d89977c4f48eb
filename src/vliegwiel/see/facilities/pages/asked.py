"""What the address of these pages asks: kind, place, way of travelling, and choices from the catalogue."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from vliegwiel.catalogue.facilities import FacilityKind, facility_words
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.see.facilities.ground import profiles_with_roads
from vliegwiel.see.facilities.queries import Filter

PAGE = 50
_USUAL = "bike"


def filter_of(request: HttpRequest) -> Filter:
    """The list as the address narrows it; what we do not know is no filter."""
    given, words = request.GET, facility_words()
    municipality = given.get("gemeente", "")[:6].upper()
    return Filter(
        kind=_known(given.get("soort", ""), words.kinds),
        group=_known(given.get("groep", ""), words.groups),
        municipality=_known(municipality, dict(municipalities_of(settings.VLIEGWIEL_PROVINCE))),
        accessible=_known(given.get("toegankelijk", ""), words.access),
        cost=_known(given.get("kosten", ""), words.costs),
        words=" ".join(given.get("naam", "").split())[:80],
    )


def parts_of(asked: Filter) -> dict[str, str]:
    """The filter as parts of an address, without what was not asked."""
    parts = {
        "soort": asked.kind, "groep": asked.group, "gemeente": asked.municipality, "toegankelijk": asked.accessible, "kosten": asked.cost,
        "naam": asked.words,
    }  # fmt: skip
    return {name: value for name, value in parts.items() if value}


def profile_of(request: HttpRequest) -> str:
    """The way of travelling that is asked, or one of which we have roads; empty when there are no roads at all."""
    there = profiles_with_roads(settings.VLIEGWIEL_PROVINCE)
    asked = request.GET.get("vervoer", "")
    return asked if asked in there else _USUAL if _USUAL in there else next(iter(there), "")


def choices() -> dict[str, Any]:
    """The choices of the forms."""
    words = facility_words()
    kinds: dict[str, list[FacilityKind]] = {}
    for kind in words.kinds.values():
        kinds.setdefault(words.groups[kind.group], []).append(kind)
    there = profiles_with_roads(settings.VLIEGWIEL_PROVINCE)
    return {
        "kinds": list(kinds.items()),
        "municipalities": municipalities_of(settings.VLIEGWIEL_PROVINCE),
        "costs": words.costs.items(),
        "access": words.access.items(),
        "profiles": [(key, words.profiles[key].name) for key in there],
    }


def page_number(request: HttpRequest, total: int) -> tuple[int, int]:
    """The page asked for, and the last one."""
    last = max(-(-total // PAGE), 1)
    text = request.GET.get("pagina", "")
    return min(max(int(text) if text.isdecimal() and len(text) < 5 else 1, 1), last), last


def _known(text: str, known: Any) -> str:
    return text if text in known else ""
