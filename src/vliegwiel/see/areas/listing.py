"""Lists of areas with their names, remembered until areas are imported."""

from dataclasses import dataclass
from functools import lru_cache

from vliegwiel.kernel.area_code import AreaCode, Level
from vliegwiel.see.areas import queries
from vliegwiel.see.areas.models import Area, BorderSet

_INSIDE = {Level.PROVINCE: "province_code", Level.MUNICIPALITY: "municipality_code", Level.DISTRICT: "district_code"}


@dataclass(frozen=True)
class Listing:
    """Areas of one level and year in order of their code: `codes` and `names`, aligned."""

    level: Level
    year: int
    codes: tuple[str, ...]
    names: tuple[str, ...]
    made_up: bool


@dataclass(frozen=True)
class Layer:
    """Borders of one level in one year, how they came to us, and the hashes of the files in the order in which they count."""

    level: Level
    year: int
    source: str
    licence: str
    made_up: bool
    hashes: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its name in an address, such as buurten-2024."""
        return f"{self.level.plural.replace(chr(8217), '')}-{self.year}"


def listed(level: Level, year: int, inside: str = "") -> Listing:
    """The areas of a level, inside a province, municipality or district when its code is given."""
    return _listed(queries.stamp(), level, year, inside)


def layers() -> tuple[Layer, ...]:
    """What we have borders of: newest year first, largest areas first."""
    return _layers(queries.stamp())


def larger_codes(level: Level, year: int) -> dict[str, dict[str, str | None]]:
    """Per area the codes and names of what it lies in, as map programs want them: one column each."""
    return _larger(queries.stamp(), level, year)


def forget() -> None:
    """Remember nothing any more: another database stands behind the same numbers."""
    for remembered in (_listed, _layers, _larger, _names):
        remembered.cache_clear()


def names_of(year: int) -> dict[str, str]:
    """The names of all areas of a year by code."""
    return _names(queries.stamp(), year)


def inside_filter(code: str) -> dict[str, str]:
    """The filter on areas that lie in a province, municipality or district."""
    return {_INSIDE[AreaCode(code).level]: code}


@lru_cache(maxsize=128)
def _listed(_stamp: str, level: Level, year: int, inside: str) -> Listing:
    found = Area.objects.filter(year=year, level=level.value).order_by("code")
    if inside:
        found = found.filter(**inside_filter(inside))
    rows = list(found.values_list("code", "name", "made_up"))
    return Listing(
        level, year, tuple(row[0] for row in rows), tuple(row[1] for row in rows), any(made_up for _code, _name, made_up in rows)
    )


@lru_cache(maxsize=4)
def _layers(_stamp: str) -> tuple[Layer, ...]:
    order = list(Level)
    found: dict[tuple[int, str], Layer] = {}
    for stored in BorderSet.objects.order_by("imported_at", "pk"):
        place = stored.year, stored.level
        before = found[place].hashes if place in found else ()
        hashes = (*before, stored.content_hash)
        found[place] = Layer(Level(stored.level), stored.year, stored.source, stored.licence, stored.made_up, hashes)
    return tuple(sorted(found.values(), key=lambda layer: (-layer.year, order.index(layer.level))))


@lru_cache(maxsize=12)
def _larger(_stamp: str, level: Level, year: int) -> dict[str, dict[str, str | None]]:
    rows = Area.objects.filter(year=year, level=level.value).values_list(
        "code", "municipality_code", "municipality_name", "province_code"
    )
    return {
        code: {"gemeentecode": municipality or None, "gemeentenaam": name or None, "provinciecode": province or None}
        for code, municipality, name, province in rows
    }


@lru_cache(maxsize=8)
def _names(_stamp: str, year: int) -> dict[str, str]:
    return dict(Area.objects.filter(year=year).values_list("code", "name"))
