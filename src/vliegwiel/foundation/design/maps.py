"""Maps drawn by the server: borders in RD become SVG paths, values become classes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from django.utils.safestring import SafeString, mark_safe
from numpy.typing import NDArray


@dataclass(frozen=True)
class Shape:
    """One area on the map: path data, CSS class, the text a person reads, and the address of its page."""

    code: str
    path: str
    css: str
    title: str
    href: str


@dataclass(frozen=True)
class Drawing:
    """A map as SVG: `width` by `height` units, and metres per unit for the scale bar."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    metres: float
    labels: tuple[tuple[float, float, str], ...] = ()

    @property
    def paths(self) -> SafeString:
        """The shapes as SVG. Written in one pass: a template takes ten times as long over hundreds of shapes."""
        return mark_safe("".join(f'<path d="{shape.path}" class="{escape(shape.css)}"/>' for shape in self.shapes))  # noqa: S308 - escaped here

    @property
    def links(self) -> SafeString:
        """The shapes as SVG, each a link to its page with the text that a person reads; in one pass, as `paths`."""
        found = []
        for shape in self.shapes:
            title = escape(shape.title)
            path = f'<path d="{shape.path}" class="{escape(shape.css)}"><title>{title}</title></path>'
            found.append(f'<a href="{escape(shape.href)}" aria-label="{title}" tabindex="-1">{path}</a>')
        return mark_safe("".join(found))  # noqa: S308 - escaped here

    @property
    def bar(self) -> tuple[float, str]:
        """Length of the scale bar in units, and its text."""
        kilometres = next((size for size in (0.5, 1, 2, 5, 10, 20, 50) if size * 1000 / self.metres > self.width / 8), 50)
        return round(kilometres * 1000 / self.metres, 1), f"{kilometres:g} km".replace(".", ",")


@dataclass(frozen=True)
class Frame:
    """How RD metres become units of the drawing."""

    west: float
    north: float
    scale: float
    width: int
    height: int

    @classmethod
    def around(cls, borders: Mapping[str, Any], *, width: int = 600, margin: int = 4) -> "Frame":
        """A frame in which all borders fit."""
        import shapely

        west, south, east, north = shapely.total_bounds(np.array(list(borders.values()), dtype=object))
        scale = (width - 2 * margin) / max(east - west, 1.0)
        height = round((north - south) * scale) + 2 * margin
        return cls(west - margin / scale, north + margin / scale, scale, width, height)

    def path(self, border: Any) -> str:
        """SVG path data of one area."""
        return self.paths({"": border})[""]

    def paths(self, borders: Mapping[str, Any]) -> dict[str, str]:
        """SVG path data by code: gaps that cannot be seen are closed, then borders are simplified to half a unit.

        All areas go through each step together: a page that is drawn for the first time waits for this.
        """
        import shapely

        unit = 1 / self.scale
        shapes: NDArray[Any] = np.array(list(borders.values()), dtype=object)
        closed = shapely.buffer(shapely.buffer(shapes, 0.9 * unit, quad_segs=2), -0.9 * unit, quad_segs=2)
        parts, area_of_part = shapely.get_parts(shapely.simplify(closed, 0.5 * unit), return_index=True)
        rings, part_of_ring = shapely.get_rings(parts, return_index=True)
        seen = np.abs(shapely.area(shapely.polygons(rings))) > unit * unit
        points, ring_of_point = shapely.get_coordinates(rings[seen], return_index=True)
        units = np.round((points - (self.west, self.north)) * (self.scale * 10, -self.scale * 10)).astype(np.int64)
        found = [""] * len(shapes)
        owners = area_of_part[part_of_ring][seen].tolist()
        ends = np.searchsorted(ring_of_point, np.arange(len(owners) + 1)).tolist()
        for place, owner in enumerate(owners):
            found[owner] += _ring(units[ends[place] : ends[place + 1]])
        return dict(zip(borders, found, strict=True))

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point lies in the drawing."""
        return round((x - self.west) * self.scale, 1), round((self.north - y) * self.scale, 1)


def _ring(units: NDArray[np.int64]) -> str:
    """Path data of a closed ring of points in tenths of a unit, as steps; nothing when it has no surface left."""
    steps = np.diff(units, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    if len(steps) < 3:
        return ""
    moves = "".join([f"l{x / 10:g} {y / 10:g}" for x, y in steps[:-1].tolist()])
    return f"M{units[0, 0] / 10:g} {units[0, 1] / 10:g}{moves}z"


def class_breaks(values: NDArray[np.float64], *, classes: int = 5) -> list[float]:
    """Round borders between classes of about equal size, in the unit of the values; fewer when values repeat."""
    if not len(values):
        return []
    wanted = np.quantile(values, np.linspace(0, 1, classes + 1)[1:-1])
    spread = float(np.quantile(values, 0.95) - np.quantile(values, 0.05)) or abs(float(values[0])) or 1.0
    step = 10.0 ** np.floor(np.log10(spread / classes))
    step = next(step * factor for factor in (1, 2, 2.5, 5, 10) if step * factor * 4 * classes >= spread)
    rounded = sorted({round(float(np.round(value / step) * step), 6) for value in wanted})
    return [value for value in rounded if float(values.min()) < value <= float(values.max())]


def class_of(value: float, breaks: Sequence[float]) -> int:
    """The class of a value, from 1; a value on a border belongs to the class above."""
    return int(np.searchsorted(breaks, value, side="right")) + 1
