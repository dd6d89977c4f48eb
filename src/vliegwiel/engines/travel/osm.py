"""From an extract of OpenStreetMap (.osm.pbf) to pieces of road. A way that leaves the extract is cut where its nodes are missing."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.travel.profiles import Profile, pace_of, stops

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]


@dataclass
class Pieces:
    """Pieces of road as one long row of points: `piece` per point; per piece the pace there and back, and whole milliseconds of ferries.

    `vertex`: points with the same number are the same place. `ways` were read; `cut` of them lost a part outside the extract.
    """

    vertex: list[int] = field(default_factory=list)
    piece: list[int] = field(default_factory=list)
    lon: list[float] = field(default_factory=list)
    lat: list[float] = field(default_factory=list)
    there: list[float] = field(default_factory=list)
    back: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    ways: int = 0
    cut: int = 0


def read(path: str | Path, profile: Profile) -> Pieces:
    """Read what a profile may use. Raises ValueError for a file that cannot be read or holds no road for it."""
    import osmium

    if not Path(path).is_file():
        message = f"there is no extract {path}"
        raise ValueError(message)
    found, blocked = Pieces(), set()
    try:
        source = osmium.FileProcessor(str(path)).with_locations()
        for item in source.with_filter(osmium.filter.KeyFilter("highway", "barrier", "route")):
            if isinstance(item, osmium.osm.Node):
                if "barrier" in item.tags and stops(dict(item.tags), profile):
                    blocked.add(item.id)
            elif isinstance(item, osmium.osm.Way):
                _add_way(found, item, profile, blocked)
    except RuntimeError as error:
        message = f"{path} is not an extract of OpenStreetMap: {error}"
        raise ValueError(message) from error
    if not found.there:
        message = f"{path} holds no road for {profile}"
        raise ValueError(message)
    return found


def _add_way(found: Pieces, way: object, profile: Profile, blocked: set[int]) -> None:
    pace = pace_of(dict(way.tags), profile)  # type: ignore[attr-defined]  # osmium has no types for what it hands over
    if pace is None:
        return
    found.ways += 1
    nodes = list(way.nodes)  # type: ignore[attr-defined]  # the same
    if pace.there < 0:  # open against its direction only: turn it round
        nodes, pace = nodes[::-1], replace(pace, there=pace.back, back=-1.0)
    points: list[tuple[int, float, float]] = []
    missing = False
    for node in nodes:
        if not node.location.valid():
            missing = True
            _close(found, points, pace.there, pace.back, pace.whole)
            points = []
            continue
        place = (node.ref, node.lon, node.lat)
        if points and node.ref == points[-1][0]:
            continue
        if node.ref in blocked:  # both sides reach it, nobody passes: each side gets a point of its own
            own = -1 - 2 * len(found.vertex) - len(points)
            _close(found, [*points, (own, *place[1:])], pace.there, pace.back, pace.whole)
            points = [(own - 1, *place[1:])]
            continue
        points.append(place)
    _close(found, points, pace.there, pace.back, pace.whole)
    found.cut += missing


def _close(found: Pieces, points: list[tuple[int, float, float]], there: float, back: float, whole: float) -> None:
    """End a piece; a single point is none."""
    if len(points) < 2:
        return
    number = len(found.there)
    for vertex, lon, lat in points:
        found.vertex.append(vertex)
        found.piece.append(number)
        found.lon.append(lon)
        found.lat.append(lat)
    found.there.append(there)
    found.back.append(back)
    found.whole.append(whole)
