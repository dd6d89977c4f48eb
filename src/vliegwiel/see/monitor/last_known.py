"""The last figure a source gave for a place, where it gives none on the borders of now: only when it is the same place."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache

from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.figure import Estimate, Missing
from vliegwiel.see.areas import history
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.of_area import figure_of
from vliegwiel.see.figures.queries import Figure
from vliegwiel.see.monitor.earlier import BACK, verdict_on


@dataclass(frozen=True)
class LastKnown:
    """A figure on the borders of an earlier `year`, with the reason when it may not be used; `place` is the area then, if the same."""

    year: int
    figure: Figure
    place: Area | None


def is_given(key: str, area: Area, year: int | None = None) -> bool:
    """Whether a source gives this indicator for areas of this kind, or for what a province, region or village is made of."""
    year = year or area.year
    codes = (area.code, *areas.members_of(area)[:1])
    return bool(figures.periods(key, year)) and any(figures.is_given(key, year, code) for code in codes)


def year_of_last(key: str, area: Area) -> int | None:
    """The newest earlier year, at most five back, in which a source gives this for areas of this kind; None when it does so now.

    A source that tells of one town, or of another kind of areas only, does not make the figure of the others disappear.
    """
    if is_given(key, area):
        return None
    earlier = sorted((one for one in figures.area_years() if area.year - BACK <= one < area.year), reverse=True)
    return next((one for one in earlier if is_given(key, area, one)), None)


def last_known(key: str, area: Area, year: int) -> LastKnown:
    """The figure of an area on the borders of that earlier year; the reason *gebied gewijzigd* unless it is the same place."""
    place = same_place(area, year)
    if place is not None:
        return LastKnown(year, figure_of(key, place), place)
    nothing = figures.figure(key, year, "")
    return LastKnown(year, Figure(nothing.indicator, nothing.period, Estimate(missing=Missing.AREA_CHANGED), None), None)


def same_place(area: Area, year: int) -> Area | None:
    """The area with this code in that year, when the evidence says that it is the same place; unknown counts as changed."""
    found = _is_same((areas.stamp(), figures.stamp()), area.code, area.year, year)
    return history.lives_of(area.code).get(year) if found else None


@lru_cache(maxsize=4096)
def _is_same(_stamps: tuple[Hashable, ...], code: str, year: int, old_year: int) -> bool:
    area = areas.area(code, year)
    if area is None or area.level == Level.VILLAGE.value:
        return False
    judged = verdict_on(area, old_year)
    return judged is not None and bool(judged[0])
