"""Borders as SVG paths, worked out once per set of borders and kept in the cache folder, where every process finds them.

A process that has the sketch of a municipality never reads the borders themselves.
"""

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from vliegwiel.foundation.design.maps import Frame
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.see.areas import queries as areas

#: Part of the name of what is kept: another way of drawing gets another number.
_METHOD = "2"


@dataclass(frozen=True)
class Sketch:
    """Areas drawn together: `width` by `height` units of `metres`, SVG path data by code, and a place for a name in each area.

    `west` and `north` are the corner where the drawing begins, in metres (RD).
    """

    width: int
    height: int
    metres: float
    paths: Mapping[str, str]
    places: Mapping[str, tuple[float, float]]
    west: float
    north: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point in metres (RD) lies in the drawing."""
        return round((x - self.west) / self.metres, 1), round((self.north - y) / self.metres, 1)

    def point(self, across: float, down: float) -> tuple[float, float]:
        """The point in metres (RD) at a place in the drawing."""
        return self.west + across * self.metres, self.north - down * self.metres


def sketch_of(codes: tuple[str, ...], level: Level, year: int, width: int) -> Sketch | None:
    """Draw the areas of which we have borders, in the order asked; None when there is none."""
    digests = areas.border_digests(level, year)
    return _sketch(str(settings.VLIEGWIEL_HOME), digests, codes, level, year, width) if digests and codes else None


@lru_cache(maxsize=1024)
def _sketch(home: str, digests: tuple[str, ...], codes: tuple[str, ...], level: Level, year: int, width: int) -> Sketch | None:
    name = content_hash([_METHOD, list(digests), list(codes), width])
    path = Path(home) / "cache" / "sketches" / f"{name[:32]}.json"
    if path.exists():
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Sketch(**{**kept, "places": {code: (x, y) for code, (x, y) in kept["places"].items()}})
    found = _drawn(codes, level, year, width)
    if found is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
        fresh.write_text(json.dumps(vars(found)), encoding="utf-8")
        fresh.replace(path)
    return found


def _drawn(codes: tuple[str, ...], level: Level, year: int, width: int) -> Sketch | None:
    borders = areas.borders_of(codes, level, year)
    if not borders:
        return None
    frame = Frame.around(borders, width=width)
    points = {code: border.representative_point() for code, border in borders.items()}
    places = {code: frame.place(point.x, point.y) for code, point in points.items()}
    return Sketch(frame.width, frame.height, 1 / frame.scale, frame.paths(borders), places, frame.west, frame.north)
