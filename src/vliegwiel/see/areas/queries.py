"""Reads about areas."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Substr

from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.fresh import Stamp
from vliegwiel.see.areas import borders
from vliegwiel.see.areas.models import Area, AreaImport, AreaMember, BorderSet
from vliegwiel.see.areas.names import search_name

POSTCODE = re.compile(r"^\s*(\d{4})\s*([a-z]{2})?\s*$", re.IGNORECASE)
#: Levels of areas of our own, which are sets of others.
_OWN = (Level.REGION.value, Level.VILLAGE.value)
_ORDER = [Level.PROVINCE, Level.REGION, Level.MUNICIPALITY, Level.VILLAGE, Level.DISTRICT, Level.NEIGHBOURHOOD]


@Stamp
def stamp() -> str:
    """Changes when areas or borders were imported; with moment and content, so that two databases in one process differ."""
    return " ".join(
        str(part) for part in AreaImport.objects.order_by("-pk").values_list("pk", "imported_at", "file_hash").first() or ()
    )


def years() -> list[int]:
    """The years of which we know areas, newest first."""
    return list(_years(stamp()))


def codes_of(level: Level, year: int, *, province: str = "", municipality: str = "") -> tuple[str, ...]:
    """Codes of the areas of a level, of one province or municipality if given; remembered until areas are imported."""
    return _codes(stamp(), level, year, province, municipality)


def area(code: str, year: int) -> Area | None:
    """The area with this code in this year; remembered until areas are imported, so do not change it."""
    return _area(stamp(), code, year) if code[:2] in _kinds(stamp(), year) else None


def newest(code: str) -> Area | None:
    """The area with this code in the newest year that has it: not every delivery holds neighbourhoods."""
    return next((found for year in years() if (found := area(code, year)) is not None), None)


def areas_named(text: str, year: int, *, limit: int = 20) -> list[Area]:
    """Places whose name matches, or whose postcode does; whole names first, larger areas first, own name order after that."""
    match = POSTCODE.match(text)
    if match:
        return list(Area.objects.filter(year=year, postcode=match[1]).order_by("-level", "search_name")[:limit])
    wanted = search_name(text)
    if not wanted:
        return []
    code = text.strip().upper()
    rank = Case(
        When(code=code, then=Value(0)),
        When(search_name=wanted, then=Value(1)),
        When(search_name__startswith=wanted, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    size = Case(*(When(level=level.value, then=Value(place)) for place, level in enumerate(_ORDER)), default=Value(9))
    found = Area.objects.filter(Q(search_name__contains=wanted) | Q(code=code), year=year)
    return list(found.order_by(rank, size, "search_name", "code")[:limit])


def nearest_codes(code: str, year: int, *, limit: int = 5) -> list[Area]:
    """Areas of this year whose code looks most like this one, for a page that says that it does not exist."""
    for length in range(len(code) - 1, 3, -1):
        found = list(Area.objects.filter(year=year, code__startswith=code[:length]).order_by("code")[:limit])
        if found:
            return found
    return []


def parts_of(parent: Area, level: Level) -> QuerySet[Area]:
    """The areas of a level inside another one of the same year."""
    inside = {
        Level.PROVINCE.value: Q(province_code=parent.code),
        Level.MUNICIPALITY.value: Q(municipality_code=parent.code),
        Level.DISTRICT.value: Q(district_code=parent.code),
    }.get(parent.level, Q(code__in=members_of(parent)))
    return Area.objects.filter(inside, year=parent.year, level=level.value).order_by("search_name")


def level_of_parts(whole: Area) -> Level:
    """Of what an area is shown to consist: a province or region of municipalities, anything smaller of neighbourhoods."""
    return Level.MUNICIPALITY if whole.level in (Level.PROVINCE.value, Level.REGION.value) else Level.NEIGHBOURHOOD


def members_of(whole: Area, year: int | None = None) -> tuple[str, ...]:
    """Codes of the municipalities of a province or region, or of the neighbourhoods of a village, in its own or another year."""
    year = year or whole.year
    if whole.level == Level.PROVINCE.value:
        return codes_of(Level.MUNICIPALITY, year, province=whole.code)
    return _members(stamp(), whole.code, year) if whole.level in _OWN else ()


def of_level(level: Level, year: int, *, province: str = "") -> QuerySet[Area]:
    """All areas of a level in a year, of one province if given."""
    found = Area.objects.filter(year=year, level=level.value).order_by("search_name")
    return found.filter(province_code=province) if province else found


def borders_of(codes: Iterable[str], level: Level, year: int) -> dict[str, Any]:
    """Borders (shapely, RD) of those codes of which we have one."""
    drawn = borders.load(_digests(stamp(), level, year))
    return {code: drawn[code] for code in codes if code in drawn}


def border_digests(level: Level, year: int) -> tuple[str, ...]:
    """The sets of borders of a level in a year, by content; where two hold the same code the last one counts."""
    return _digests(stamp(), level, year)


@lru_cache(maxsize=64)
def _kinds(_stamp: str, year: int) -> frozenset[str]:
    """The first two signs of the codes of a year: a year of which only municipalities are known has no neighbourhood to look for."""
    kinds = Area.objects.filter(year=year).order_by().annotate(kind=Substr("code", 1, 2))
    return frozenset(kinds.values_list("kind", flat=True).distinct())


@lru_cache(maxsize=8192)
def _area(_stamp: str, code: str, year: int) -> Area | None:
    return Area.objects.filter(code=code, year=year).first()


@lru_cache(maxsize=4)
def _years(_stamp: str) -> tuple[int, ...]:
    return tuple(sorted(Area.objects.order_by().values_list("year", flat=True).distinct(), reverse=True))


@lru_cache(maxsize=512)
def _members(_stamp: str, code: str, year: int) -> tuple[str, ...]:
    found = AreaMember.objects.filter(area__code=code, area__year=year)
    return tuple(found.order_by("code").values_list("code", flat=True))


@lru_cache(maxsize=512)
def _codes(_stamp: str, level: Level, year: int, province: str, municipality: str) -> tuple[str, ...]:
    found = of_level(level, year, province=province)
    found = found.filter(municipality_code=municipality) if municipality else found
    return tuple(found.values_list("code", flat=True))


@lru_cache(maxsize=64)
def _digests(_stamp: str, level: Level, year: int) -> tuple[str, ...]:
    stored = BorderSet.objects.filter(year=year, level=level.value).order_by("imported_at", "pk")
    return tuple(stored.values_list("content_hash", flat=True))
