"""One figure on a map of a whole province or municipality, and the rows of the table behind it."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import Indicator
from vliegwiel.foundation.design.coverage import simplified
from vliegwiel.foundation.design.dutch import with_unit
from vliegwiel.foundation.design.maps import Drawing, Frame, Shape, class_breaks
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.figure import Estimate
from vliegwiel.see.areas import coverage
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.delivery import STATUS
from vliegwiel.see.figures.queries import View
from vliegwiel.see.monitor.drawing import LegendClass, css_of, legend_of, page_of
from vliegwiel.see.monitor.pages.map.choice import Choice

#: The drawing is this many units wide; points lie on whole units, which keeps the page small.
WIDTH = 1600
_METHOD = "1"


@dataclass(frozen=True)
class Row:
    """One area: what the map, its tooltip and the table say about it."""

    area: Area
    estimate: Estimate
    css: str
    text: str

    @property
    def title(self) -> str:
        """The text beside the mouse: name and value, or the reason why there is none."""
        missing = self.estimate.missing
        return f"{self.area.name}: {self.text}{'. ' + missing.sentence if missing else ''}"

    @property
    def page(self) -> str:
        """Address of the area."""
        return page_of(self.area)


@dataclass(frozen=True)
class Map:
    """A figure on the map with everything that belongs to it. `rows` are in the chosen order; a missing figure comes last."""

    view: View
    drawing: Drawing
    outlines: str
    legend: tuple[LegendClass, ...]
    breaks: tuple[float, ...]
    rows: tuple[Row, ...]

    @property
    def indicator(self) -> Indicator:
        """What is drawn."""
        return self.view.indicator

    @property
    def known(self) -> int:
        """How many areas have a figure."""
        return int((self.view.status == 0).sum())

    @property
    def made_up(self) -> bool:
        """Whether places or figures are a made-up example."""
        return bool(self.view.release and self.view.release.made_up) or any(row.area.made_up for row in self.rows[:1])


@dataclass(frozen=True)
class Outline:
    """The borders of a choice as SVG: paths by code, lines of municipalities, and places for names (code → x, y)."""

    width: int
    height: int
    metres: float
    paths: dict[str, str]
    lines: str
    places: dict[str, tuple[int, int]]


def map_of(choice: Choice, key: str) -> Map:
    """Draw one figure of a choice."""
    parts = list(areas.parts_of(choice.within, choice.level))
    period = choice.period if key == choice.indicator.key or choice.period in figures.periods(key, choice.year) else ""
    view = figures.view(key, choice.year, [part.code for part in parts], period)
    breaks = class_breaks(view.known())
    outline = outline_of(choice.level, choice.year, tuple(part.code for part in parts))
    rows, shapes = [], []
    for place, part in enumerate(parts):
        estimate = view.estimate(place)
        text = with_unit(estimate.value, view.indicator) if estimate.value is not None else _("geen cijfer")
        row = Row(part, estimate, css_of(int(view.status[place]), estimate.value, breaks), text)
        rows.append(row)
        if path := outline.paths.get(part.code):
            shapes.append(Shape(part.code, path, row.css, row.title, row.page))
    names = tuple((float(x), float(y), name) for x, y, name in _names(parts, outline))
    drawing = Drawing(outline.width, outline.height, tuple(shapes), outline.metres, names)
    legend = legend_of(view.indicator, breaks, {STATUS[int(code)] for code in view.status if code})
    return Map(view, drawing, outline.lines, legend, tuple(breaks), tuple(_in_order(rows, choice.sort)))


def outline_of(level: Level, year: int, codes: tuple[str, ...]) -> Outline:
    """The borders as SVG, worked out once per set of borders and kept in the cache folder."""
    digest = coverage.digest_of(level, year)
    return _outline(str(settings.VLIEGWIEL_HOME), digest, level, year, codes) if digest else Outline(WIDTH, 0, 1.0, {}, "", {})


@lru_cache(maxsize=32)
def _outline(home: str, digest: str, level: Level, year: int, codes: tuple[str, ...]) -> Outline:
    path = Path(home) / "cache" / "maps" / f"{content_hash([_METHOD, WIDTH, digest, codes])[:20]}.json"
    if path.exists():
        return Outline(**json.loads(path.read_text()))
    found = _draw(level, year, codes)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".fresh")
    fresh.write_text(json.dumps(vars(found)))
    fresh.replace(path)
    return found


def _draw(level: Level, year: int, codes: tuple[str, ...]) -> Outline:
    import shapely

    fitting = coverage.borders_that_fit(level, year)
    drawn = {code: fitting[code] for code in codes if code in fitting}
    if not drawn:
        return Outline(WIDTH, 0, 1.0, {}, "", {})
    frame = Frame.around(drawn, width=WIDTH, margin=8)
    shapes = simplified(np.array(list(drawn.values()), dtype=object), 0.9 / frame.scale)
    paths = {code: whole_path(frame, shape) for code, shape in zip(drawn, shapes, strict=True)}
    lines = ""
    if level is not Level.MUNICIPALITY:
        owners = np.array([code[2:6] for code in drawn])
        if len(set(owners)) > 1:
            lines = "".join(whole_path(frame, shapely.union_all(shapes[owners == owner])) for owner in sorted(set(owners)))
    points = shapely.get_coordinates(shapely.point_on_surface(shapes))
    places = {code: frame.place(float(x), float(y)) for code, (x, y) in zip(drawn, points, strict=True)}
    return Outline(
        frame.width, frame.height, 1 / frame.scale, paths, lines, {code: (round(x), round(y)) for code, (x, y) in places.items()}
    )


def whole_path(frame: Frame, shape: Any) -> str:
    """SVG path data on whole units, as relative steps; an area that is smaller than a unit becomes a dot of one unit."""
    import shapely

    found = []
    for ring in (ring for part in shapely.get_parts(shape) for ring in shapely.get_rings(part)):
        points = shapely.get_coordinates(ring)
        units = np.round(
            np.column_stack(((points[:, 0] - frame.west) * frame.scale, (frame.north - points[:, 1]) * frame.scale))
        ).astype(int)
        steps = np.diff(units, axis=0)
        steps = steps[(steps != 0).any(axis=1)][:-1]
        if len(steps) >= 2:
            found.append(f"M{units[0, 0]} {units[0, 1]}l{_steps(steps)}z")
    if not found:
        x, y = (round(one) for one in frame.place(*shapely.get_coordinates(shapely.centroid(shape))[0]))
        return f"M{x} {y}h1v1h-1z"
    return "".join(found)


def _steps(steps: Any) -> str:
    text = ""
    for number in steps.ravel().tolist():
        text += str(number) if not text or number < 0 else f" {number}"
    return text


def _in_order(rows: list[Row], sort: str) -> list[Row]:
    if sort == "naam":
        return sorted(rows, key=lambda row: row.area.search_name)
    sign = 1 if sort == "laag" else -1
    return sorted(rows, key=lambda row: (row.estimate.value is None, sign * (row.estimate.value or 0.0), row.area.search_name))


def _names(parts: list[Area], outline: Outline) -> list[tuple[int, int, str]]:
    """At most six names that do not overlap, most inhabitants first; in a province the names of municipalities."""
    if not parts:
        return []
    people = figures.view("inwoners", parts[0].year, [part.code for part in parts])
    many = len({part.municipality_code for part in parts}) > 1
    total: dict[str, float] = {}
    largest: dict[str, tuple[float, str, tuple[int, int]]] = {}
    for part, count in zip(parts, people.values, strict=True):
        if part.code not in outline.places or part.search_name.startswith("verspr"):
            continue
        weight = 0.0 if np.isnan(count) else float(count)
        key, name = (part.municipality_code, part.municipality_name or part.name) if many else (part.code, part.name)
        total[key] = total.get(key, 0.0) + weight
        largest[key] = max(largest.get(key, (-1.0, "", (0, 0))), (weight, name, outline.places[part.code]))
    found: list[tuple[int, int, str]] = []
    for key in sorted(total, key=lambda one: -total[one]):
        _weight, name, (x, y) = largest[key]
        half = 8 * len(name)
        if half < x < outline.width - half and all(abs(x - a) > half + 8 * len(b) or abs(y - c) > 50 for a, c, b in found):
            found.append((x, y, name))
        if len(found) == 6:
            break
    return found
