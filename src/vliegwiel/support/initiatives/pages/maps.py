"""Maps of published points: of a province how many there are in each municipality, of a municipality where they lie."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from vliegwiel.foundation.design.dutch import number
from vliegwiel.foundation.design.maps import Drawing, Shape
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.public import PlaceFacts, municipalities_of
from vliegwiel.see.monitor.public import Sketch, sketch_of
from vliegwiel.support.initiatives.queries import per_municipality, points_of

WIDTH = 640
#: Small enough for every phone, so that nothing scales and a touch lands where it was meant.
CLICKED = 280


@dataclass(frozen=True)
class Dot:
    """A point on the map, larger when more lie there."""

    across: float
    down: float
    radius: float


@dataclass(frozen=True)
class PointMap:
    """A map with its dots, or with a number in each municipality (across, down, text); `squares` says that points are coarse."""

    drawing: Drawing
    dots: tuple[Dot, ...]
    numbers: tuple[tuple[float, float, str], ...]
    municipality: str


def map_of(
    found: QuerySet[Any], province: str, middle: PlaceFacts | None, base: str, counts: Mapping[str, int] | None = None
) -> PointMap | None:
    """The map of what was found; None when no borders are known. `base` is the address of a municipality up to its code, `counts` how many
    lie in each municipality, when that is known already."""
    for year in areas.years():
        if middle is not None and middle.municipality:
            codes = areas.codes_of(Level.NEIGHBOURHOOD, year, municipality=middle.municipality)
            sketch = sketch_of(codes, Level.NEIGHBOURHOOD, year, WIDTH)
            if sketch is not None:
                return _near(sketch, found, middle)
        else:
            sketch = sketch_of(areas.codes_of(Level.MUNICIPALITY, year, province=province), Level.MUNICIPALITY, year, WIDTH)
            if sketch is not None:
                return _wide(sketch, per_municipality(found) if counts is None else counts, province, base)
    return None


def sketch_to_click(municipality: str) -> Sketch | None:
    """The neighbourhoods of a municipality, small, to point at a place in."""
    for year in areas.years():
        codes = areas.codes_of(Level.NEIGHBOURHOOD, year, municipality=municipality)
        found = sketch_of(codes, Level.NEIGHBOURHOOD, year, CLICKED)
        if found is not None:
            return found
    return None


def _near(sketch: Sketch, found: QuerySet[Any], middle: PlaceFacts) -> PointMap:
    shapes = [Shape(code, path, "c2 here" if code == middle.code else "c1", "", "") for code, path in sketch.paths.items()]
    shapes.sort(key=lambda shape: shape.css.endswith("here"))
    inside = []
    for x, y, count in points_of(found):
        across, down = sketch.place(x, y)
        if 0 <= across <= sketch.width and 0 <= down <= sketch.height:
            inside.append(Dot(across, down, round(min(7 + 2 * math.sqrt(count - 1), 16), 1)))
    drawing = Drawing(sketch.width, sketch.height, tuple(shapes), sketch.metres)
    return PointMap(drawing, tuple(inside), (), middle.municipality_name)


def _wide(sketch: Sketch, counts: Mapping[str, int], province: str, base: str) -> PointMap:
    names = dict(municipalities_of(province))
    most = max((count for code, count in counts.items() if code), default=1)
    shapes, numbers = [], []
    for code, path in sketch.paths.items():
        count = counts.get(code, 0)
        step = 1 + math.ceil(4 * count / most) if count else 1
        words = ngettext("{count} op de kaart", "{count} op de kaart", count).format(count=number(count))
        shapes.append(Shape(code, path, f"c{min(step, 5)}", f"{names.get(code, code)}: {words}", f"{base}{code}"))
        if count and code in sketch.places:
            numbers.append((*sketch.places[code], number(count)))
    return PointMap(Drawing(sketch.width, sketch.height, tuple(shapes), sketch.metres), (), tuple(numbers), "")
