"""Places as someone who makes or asks something there points at them: an area with the point that it is found by on a map."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries
from vliegwiel.see.areas.models import Area

#: Levels that one can be at home in; a district is left out because hardly anybody knows its name.
_HOME = (Level.VILLAGE.value, Level.NEIGHBOURHOOD.value, Level.MUNICIPALITY.value)


@dataclass(frozen=True)
class PlaceFacts:
    """A place: area code, name, level and year, the municipality it lies in (itself, when it is one) and the province. `point` lies
    inside it (metres, RD); None while we have no border of it."""

    code: str
    name: str
    level: str
    year: int
    municipality: str
    municipality_name: str
    province: str
    point: tuple[int, int] | None
    made_up: bool = False

    @property
    def full_name(self) -> str:
        """Its name, with the municipality when that is another, so that two places of one name can be told apart."""
        return self.name if self.municipality_name in ("", self.name) else f"{self.name}, {self.municipality_name}"

    @property
    def is_home(self) -> bool:
        """Whether it can be shown as the place where something is: one that people know as theirs, with a point on the map."""
        return self.level in _HOME and self.point is not None


def place_of(code: str, province: str) -> PlaceFacts | None:
    """The place with this code in the newest year that has it; None when the province has none."""
    found = (queries.area(code, year) for year in queries.years()) if code else ()
    return next((facts_of(area) for area in found if area is not None and area.province_code == province), None)


def home_of(code: str, province: str) -> PlaceFacts | None:
    """The village, neighbourhood or municipality with this code, with a point; None when the province has none."""
    found = place_of(code, province)
    return found if found is not None and found.is_home else None


def place_at(x: float, y: float, province: str) -> PlaceFacts | None:
    """The neighbourhood of a province in which a point lies (metres, RD), or the nearest one within a kilometre."""
    import shapely

    point = shapely.Point(x, y)
    for year in queries.years():
        borders = queries.borders_of(queries.codes_of(Level.NEIGHBOURHOOD, year, province=province), Level.NEIGHBOURHOOD, year)
        if not borders:
            continue
        distances = shapely.distance(np.array(list(borders.values()), dtype=object), point)
        nearest = int(distances.argmin())
        area = queries.area(list(borders)[nearest], year) if distances[nearest] <= 1000 else None
        return facts_of(area) if area else None
    return None


def codes_inside(code: str) -> tuple[str, ...]:
    """The codes under which something can lie that is inside this area: its own, and those of its neighbourhoods."""
    area = queries.newest(code)
    if area is None or area.level not in (Level.VILLAGE.value, Level.DISTRICT.value):
        return (code,)
    return (code, *queries.parts_of(area, Level.NEIGHBOURHOOD).values_list("code", flat=True))


def facts_of(area: Area) -> PlaceFacts:
    """An area as a place; its point is that of the newest border that we have of it, from its own year back."""
    whole = area.level == Level.MUNICIPALITY.value
    municipality = (area.code, area.name) if whole else (area.municipality_code, area.municipality_name)
    borders = (_border(area, year) for year in queries.years() if year <= area.year)
    border = next((border for border in borders if border is not None), None)
    inside = border.representative_point() if border is not None else None
    point = (round(inside.x), round(inside.y)) if inside is not None else None
    return PlaceFacts(area.code, area.name, area.level, area.year, *municipality, area.province_code, point, area.made_up)


def _border(area: Area, year: int) -> Any:
    """Its border in a year; of a village without one, what its neighbourhoods cover."""
    level = Level(area.level)
    own = queries.borders_of([area.code], level, year).get(area.code)
    if own is not None or level is not Level.VILLAGE:
        return own
    import shapely

    parts = queries.borders_of(queries.members_of(area, year), Level.NEIGHBOURHOOD, year)
    return shapely.union_all(list(parts.values())) if parts else None
