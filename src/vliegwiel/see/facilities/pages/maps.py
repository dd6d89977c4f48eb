"""Maps of this room: neighbourhoods coloured by minutes, facilities as marks that can be followed."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import number
from vliegwiel.foundation.design.maps import Drawing, Shape, class_breaks, class_of
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.facilities.where import Grounds
from vliegwiel.see.monitor.public import Sketch, sketch_of

WIDTH = 640
_MOST = 800


@dataclass(frozen=True)
class Mark:
    """A facility on the map: where, how it looks (a class), what a person reads, and where it leads."""

    x: float
    y: float
    css: str
    title: str
    href: str


@dataclass(frozen=True)
class Legend:
    """A class of the map in words."""

    css: str
    text: str


@dataclass(frozen=True)
class FacilityMap:
    """A map: drawn areas, marks as SVG, and the legend of the colours. `left_out`: marks that were too many to draw."""

    drawing: Drawing
    marks: SafeString
    legend: tuple[Legend, ...]
    keys: tuple[Legend, ...]
    left_out: int


def map_of(
    grounds: Grounds | None,
    municipalities: str | Collection[str],
    marks: Iterable[Mark],
    values: Mapping[str, float | None] | None = None,
    keys: tuple[Legend, ...] = (),
    href: Callable[[str], str] = lambda code: f"/gebieden/{code}",
    differences: bool = False,
) -> FacilityMap | None:
    """The neighbourhoods of one or more municipalities, or of the whole province, with marks.

    `values` are minutes per neighbourhood code: None where nobody gets there; a neighbourhood that is not named is drawn plain. As
    `differences` they are minutes longer, and below zero shorter: those have one mark of their own.
    """
    if grounds is None:
        return None
    shown = {municipalities} - {""} if isinstance(municipalities, str) else set(municipalities)
    codes = tuple(code for code, owner in zip(grounds.codes, grounds.municipalities, strict=True) if not shown or owner in shown)
    sketch = sketch_of(codes, Level.NEIGHBOURHOOD, grounds.year, WIDTH)
    if sketch is None:
        return None
    names = dict(zip(grounds.codes, grounds.names, strict=True))
    every = np.array([value for code in codes if (value := (values or {}).get(code)) is not None])
    known = every[every > 0] if differences else every
    breaks = class_breaks(known)
    shapes = [
        _shape(code, path, names[code], (values or {}).get(code), breaks, code in (values or {}), href, differences)
        for code, path in sketch.paths.items()
    ]
    inside, left_out = _inside(sketch, list(marks))
    drawing = Drawing(sketch.width, sketch.height, tuple(shapes), sketch.metres)
    legend = _legend(breaks, known, any(value is None for value in (values or {}).values())) if values is not None else ()
    if differences and values is not None:
        shorter = (Legend("shorter", _("korter")),) if (every < 0).any() else ()
        legend = (*legend, *shorter, Legend("plain", _("merkt niets")))
    return FacilityMap(drawing, _drawn(inside), legend, keys, left_out)


def _shape(
    code: str,
    path: str,
    name: str,
    value: float | None,
    breaks: list[float],
    coloured: bool,
    href: Callable[[str], str],
    differences: bool,
) -> Shape:
    if not coloured or (differences and value == 0):
        return Shape(code, path, "plain" if differences else "c1", name, href(code))
    if value is None:
        return Shape(code, path, "missing", _("{name}: niet bereikbaar of niet bekend").format(name=name), href(code))
    if differences and value < 0:
        return Shape(
            code, path, "shorter", _("{name}: {minutes} minuten korter").format(name=name, minutes=number(-value)), href(code)
        )
    words = _("{name}: {minutes} minuten").format(name=name, minutes=number(value))
    return Shape(code, path, f"c{class_of(value, breaks)}", words, href(code))


def _legend(breaks: list[float], known: Any, missing: bool) -> tuple[Legend, ...]:
    none = (Legend("missing", _("niet bereikbaar of niet bekend")),) if missing else ()
    if not len(known):
        return none
    ends = [*breaks, None]
    found = []
    for place, end in enumerate(ends):
        start = breaks[place - 1] if place else None
        if start is None and end is None:
            text = _("alle buurten")
        elif start is None:
            text = _("minder dan {end} min").format(end=number(end, 1 if end and end % 1 else 0))
        elif end is None:
            text = _("{start} min of meer").format(start=number(start, 1 if start % 1 else 0))
        else:
            text = _("{start} tot {end} min").format(
                start=number(start, 1 if start % 1 else 0), end=number(end, 1 if end % 1 else 0)
            )
        found.append(Legend(f"c{place + 1}", text))
    return (*found, *none)


def _inside(sketch: Sketch, marks: list[Mark]) -> tuple[list[tuple[float, float, Mark]], int]:
    placed = [(*sketch.place(mark.x, mark.y), mark) for mark in marks]
    inside = [one for one in placed if 0 <= one[0] <= sketch.width and 0 <= one[1] <= sketch.height]
    return inside[:_MOST], max(len(inside) - _MOST, 0)


def _drawn(placed: list[tuple[float, float, Mark]]) -> SafeString:
    """Marks in one pass: each its own shape by class, so that they can be told apart without colour."""
    found = []
    for across, down, mark in placed:
        title = escape(mark.title)
        if mark.css == "closes":
            shape = f'<path class="closes" d="M{across - 8:g} {down - 8:g}l16 16m0 -16l-16 16"/>'
        elif mark.css == "keeps":
            shape = f'<rect class="keeps" x="{across - 9:g}" y="{down - 9:g}" width="18" height="18"/>'
        else:
            shape = f'<circle class="{mark.css}" cx="{across:g}" cy="{down:g}" r="6"/>'
        found.append(f'<a href="{escape(mark.href)}" aria-label="{title}" tabindex="-1"><g>{shape}<title>{title}</title></g></a>')
    return mark_safe("".join(found))  # noqa: S308 - escaped here
