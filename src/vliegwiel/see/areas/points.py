"""Points of other rooms as map layers: what a room contributes, and its points in the coordinate systems that we serve."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from vliegwiel.see.areas.shapes import CRS84, RD, Crs

#: West, south, east, north in metres (RD).
Box = tuple[float, float, float, float]
_PIECES = 64


@dataclass(frozen=True)
class LayerPoint:
    """A point of a layer (*punt op een kaartlaag*): its public id, where it is published (metres, RD), and what is told beside it."""

    id: str
    x: float
    y: float
    properties: dict[str, Any]


@dataclass(frozen=True)
class PointLayer:
    """A map layer of points (*kaartlaag met punten*): its key, title, what it holds, and its licence.

    Everything is asked of the installation's province: `number` within a box, the points from one place in that list to another, one by its
    id, the box around all (None without any), and whether anything in it is made up.
    """

    key: str
    title: Promise | str
    about: Promise | str
    licence: str
    number: Callable[[Box | None], int]
    points: Callable[[Box | None, int, int], Sequence[LayerPoint]]
    one: Callable[[str], LayerPoint | None]
    around: Callable[[], Box | None]
    made_up: Callable[[], bool]


def point_layers() -> list[PointLayer]:
    """What the rooms contribute: settings.VLIEGWIEL_POINT_LAYERS names their lists."""
    contributed: list[Sequence[PointLayer]] = [import_string(path) for path in settings.VLIEGWIEL_POINT_LAYERS]
    return [layer for part in contributed for layer in part]


def as_features(points: Sequence[LayerPoint], crs: Crs) -> list[str]:
    """GeoJSON features (text), in this system."""
    moved = _moved([(point.x, point.y) for point in points], RD, crs)
    found = []
    for point, (x, y) in zip(points, moved, strict=True):
        place = {"type": "Point", "coordinates": [round(x, crs.decimals), round(y, crs.decimals)]}
        told = {"type": "Feature", "id": point.id, "geometry": place, "properties": point.properties}
        found.append(json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")))
    return found


def box_in_metres(box: Box, crs: Crs) -> Box:
    """The box around a box of another system, in metres (RD)."""
    edge = _moved(_along(box), crs, RD)
    xs, ys = [x for x, _y in edge], [y for _x, y in edge]
    return min(xs), min(ys), max(xs), max(ys)


def box_in_degrees(box: Box) -> list[float]:
    """The box around a box in metres, in longitude and latitude."""
    edge = _moved(_along(box), RD, CRS84)
    xs, ys = [x for x, _y in edge], [y for _x, y in edge]
    return [round(value, CRS84.decimals) for value in (min(xs), min(ys), max(xs), max(ys))]


def _along(box: Box) -> list[tuple[float, float]]:
    """Points along the four sides: a straight side of one system bends in another, by kilometres for a box as wide as the country."""
    west, south, east, north = box
    steps = [step / _PIECES for step in range(_PIECES + 1)]
    across, up = [west + step * (east - west) for step in steps], [south + step * (north - south) for step in steps]
    return [*((x, y) for x in across for y in (south, north)), *((x, y) for y in up for x in (west, east))]


def _moved(points: Sequence[tuple[float, float]], source: Crs, target: Crs) -> list[tuple[float, float]]:
    if source == target or not points:
        return list(points)
    from pyproj import Transformer

    xs, ys = zip(*points, strict=True)
    to = Transformer.from_crs(source.name, target.name, always_xy=True).transform
    return list(zip(*to(xs, ys), strict=True))
