"""Places as people write them: found in a sentence, by name or postcode, and what comes near a name that we do not know."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice

from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries
from vliegwiel.see.areas.models import Area
from vliegwiel.see.areas.names import search_name
from vliegwiel.see.areas.places import PlaceFacts, facts_of, place_of

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LONGEST_NAME = 5
_SHORTEST = 3
_NEAR = 5
#: Words after which a place is named, also without a capital.
_BEFORE = frozenset({"in", "uit", "te", "bij", "rond", "voor"})
_ORDER = (Level.VILLAGE, Level.MUNICIPALITY, Level.DISTRICT, Level.NEIGHBOURHOOD)


def places_in(text: str, province: str) -> list[PlaceFacts]:
    """The places that a sentence names, the longest name first, then villages, municipalities, districts and neighbourhoods."""
    year, grams = _year(province), dict.fromkeys(_grams(text))
    if not year or not grams:
        return []
    found = Area.objects.filter(year=year, province_code=province, search_name__in=list(grams))
    levels = [level.value for level in _ORDER]
    known = [area for area in found if area.level in levels]
    known.sort(key=lambda area: (-len(area.search_name), levels.index(area.level), area.code))
    return [facts_of(area) for area in known]


def place_named(text: str, province: str) -> PlaceFacts | None:
    """The place with exactly this name, code or postcode, the largest first; None when there is none."""
    match = queries.POSTCODE.match(text)
    year = _year(province)
    if not year:
        return None
    found = Area.objects.filter(year=year, province_code=province, level__in=[level.value for level in _ORDER])
    chosen = found.filter(postcode=match[1]) if match else found.filter(search_name=search_name(text.split(",")[0]))
    best = min(chosen, key=lambda area: [level.value for level in _ORDER].index(area.level), default=None)
    return facts_of(best) if best else place_of(text.strip().upper(), province)


def places_named(text: str, province: str, *, limit: int = 10) -> list[PlaceFacts]:
    """The places to be at home in whose name has this text in it, or whose postcode it is, best first: for who still has to choose."""
    for year in queries.years():
        areas = [area for area in queries.areas_named(text, year, limit=60) if area.province_code == province]
        found = (place for place in map(facts_of, areas) if place.is_home)
        if places := list(islice(found, limit)):
            return places
    return []


def nearest_places(text: str, province: str) -> list[PlaceFacts]:
    """Places whose name is most like this one, at most five."""
    names = _names(queries.stamp(), province)
    close = get_close_matches(search_name(text), names, n=_NEAR, cutoff=0.6)
    return [found for name in close if (found := place_of(names[name], province))]


def _grams(text: str) -> Iterator[str]:
    words = _WORD.findall(text)
    for start, first in enumerate(words):
        named = first[:1].isupper() or first[:1] in "'’" or (start and words[start - 1].casefold() in _BEFORE)
        for size in range(1, _LONGEST_NAME + 1) if named else ():
            name = search_name(" ".join(words[start : start + size]))
            if len(name) >= _SHORTEST:
                yield name


def _year(province: str) -> int:
    return next((year for year in queries.years() if queries.codes_of(Level.MUNICIPALITY, year, province=province)), 0)


@lru_cache(maxsize=8)
def _names(_stamp: str, province: str) -> dict[str, str]:
    """Search name and code of each place in the province; where two have one name, the larger."""
    found = Area.objects.filter(year=_year(province), province_code=province)
    known: dict[str, str] = {}
    for level in _ORDER:
        for name, code in found.filter(level=level.value).order_by("code").values_list("search_name", "code"):
            known.setdefault(name, code)
    return known
