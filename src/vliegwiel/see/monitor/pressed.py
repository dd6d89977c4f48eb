"""Neighbourhoods where themes are under pressure, for rooms that go there: the outcome that everybody may see, and nothing before it."""

from dataclasses import dataclass
from functools import lru_cache

from vliegwiel.catalogue.indices import vulnerability
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.monitor import outcomes
from vliegwiel.see.monitor.pressure import picture_of


@dataclass(frozen=True)
class PressedArea:
    """A neighbourhood under pressure: code, name, municipality, the kind of place, the year, the themes (keys) under pressure, and of how
    many themes something is known."""

    code: str
    name: str
    municipality: str
    municipality_name: str
    place: str
    year: int
    themes: tuple[str, ...]
    known: int
    made_up: bool


def pressed_areas(province: str) -> tuple[PressedArea, ...]:
    """Every neighbourhood with at least one theme under pressure in the newest public outcome, by municipality and name.

    Empty while no outcome is public. Never in order of pressure: nobody is the worst.
    """
    year = next((year for year in sorted(areas.years(), reverse=True) if outcomes.standing_of(province, year).public), None)
    return () if year is None else _pressed(areas.stamp(), figures.stamp(), province, year)


@lru_cache(maxsize=2)
def _pressed(_areas: int, _figures: tuple[int, str], province: str, year: int) -> tuple[PressedArea, ...]:
    picture = picture_of(year, province)
    found = []
    for area in areas.of_level(Level(vulnerability().level), year, province=province):
        pressure = picture.of(area.code)
        if pressure is None or pressure.stack is None or not pressure.under:
            continue
        found.append(
            PressedArea(
                area.code,
                area.name,
                area.municipality_code,
                area.municipality_name,
                pressure.place,
                year,
                tuple(state.theme.key for state in pressure.under),
                pressure.stack.known,
                picture.made_up or area.made_up,
            )
        )
    return tuple(sorted(found, key=lambda item: (item.municipality_name, item.name, item.code)))
