"""From pieces of road to a network: the largest part that hangs together, places put on it, and edges from crossing to crossing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.engines.travel import osm
from vliegwiel.engines.travel.graph import Graph
from vliegwiel.engines.travel.profiles import Profile

if TYPE_CHECKING:
    from shapely import STRtree


Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Ints = NDArray[np.int32]
Made = TypeVar("Made", bound=Graph)
#: Metres per degree of latitude.
_DEGREE = 111_195.0


@dataclass(frozen=True)
class Located:
    """Where places fall on the road, perpendicular: `edge` and `offset` for `Origins`, how many `metres` off the road; −1 and infinity
    when no road is near. `node`: the nearest end of that edge."""

    edge: Ints
    offset: Floats
    metres: Floats
    node: Ints


@dataclass(frozen=True)
class Line:
    """Points in a row: `piece` per point, its place in metres, and per stretch between two points of a piece its start."""

    vertex: Longs
    piece: Longs
    lon: Floats
    lat: Floats

    @property
    def starts(self) -> Longs:
        """Positions of points that are followed by another of the same piece."""
        return np.flatnonzero(self.piece[1:] == self.piece[:-1])

    def take(self, kept: NDArray[np.bool_]) -> "Line":
        """Only the stretches that start at these `starts`. None is left out between two that stay: one can go through it there and back."""
        start = self.starts[kept]
        follows = np.zeros(len(start), dtype=bool)
        follows[1:] = start[1:] == start[:-1] + 1
        row = np.empty(0, dtype=np.int64)
        if len(start):
            fresh = np.flatnonzero(~follows)
            row = np.insert(start + 1, fresh, start[fresh])
        return Line(self.vertex[row], self.piece[row], self.lon[row], self.lat[row])


@dataclass(frozen=True)
class Roads:
    """What a network keeps of the road: stretches with the edge they belong to. `ways` read, `cut` at the border, `left_out` points."""

    first: Floats
    second: Floats
    edge: Ints
    before: Floats
    length: Floats
    whole: Floats
    tail: Ints
    head: Ints
    centre: tuple[float, float]
    ways: int
    cut: int
    left_out: int
    tree: "STRtree"
    nodes_of_places: Ints

    def locate(self, lon: ArrayLike, lat: ArrayLike, *, furthest: float) -> Located:
        """Drop places perpendicular on the nearest stretch, at most `furthest` metres away."""
        places = flat(np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64), self.centre)
        count = len(places)
        edge, offset = np.full(count, -1, dtype=np.int32), np.zeros(count)
        metres, node = np.full(count, np.inf), np.full(count, -1, dtype=np.int32)
        place, stretch = nearest_stretch(self.tree, places, furthest)
        share, away = dropped(places[place], self.first[stretch], self.second[stretch])
        edge[place] = self.edge[stretch]
        whole = np.maximum(self.whole[self.edge[stretch]], 1e-9)
        offset[place] = np.clip((self.before[stretch] + share * self.length[stretch]) / whole, 0, 1)
        metres[place] = away
        node[place] = np.where(offset[place] < 0.5, self.tail[edge[place]], self.head[edge[place]])
        return Located(edge, offset, metres, node)


def flat(lon: Floats, lat: Floats, centre: tuple[float, float]) -> Floats:
    """Metres east and north of a centre; good enough to find what is near."""
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()) or lon.shape != lat.shape or lon.ndim != 1:
        message = "longitudes and latitudes are as many finite numbers"
        raise ValueError(message)
    return np.column_stack([(lon - centre[0]) * _DEGREE * np.cos(np.radians(centre[1])), (lat - centre[1]) * _DEGREE])


def on_the_globe(places: Floats, centre: tuple[float, float]) -> tuple[Floats, Floats]:
    """Longitudes and latitudes of what `flat` laid out around a centre."""
    return places[:, 0] / (_DEGREE * np.cos(np.radians(centre[1]))) + centre[0], places[:, 1] / _DEGREE + centre[1]


def nearest_stretch(tree: "STRtree", places: Floats, furthest: float) -> tuple[Longs, Longs]:
    """Places that have a stretch near enough, and the first of the nearest."""
    import shapely

    if not len(places):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    found = tree.query_nearest(shapely.points(places), max_distance=furthest, all_matches=True)
    order = np.lexsort((found[1], found[0]))
    place, first = np.unique(found[0][order], return_index=True)
    return place, found[1][order][first]


def dropped(places: Floats, first: Floats, second: Floats) -> tuple[Floats, Floats]:
    """How far along each stretch (0 to 1) a place falls, and how far off it lies."""
    along = second - first
    square = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip(((places - first) * along).sum(axis=1) / square, 0, 1)
    return share, np.hypot(*(places - first - share[:, None] * along).T)


def from_osm(
    kind: type[Made], path: str | Path, profile: Profile, places: tuple[Sequence[float], Sequence[float]] | None, furthest: float
) -> tuple[Made, Roads]:
    """A graph of this kind: read, keep the largest part in which everybody can go there and back, put places on it, and make edges
    between crossings."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    pieces = osm.read(path, profile)
    numbers, vertex = np.unique(np.array(pieces.vertex, dtype=np.int64), return_inverse=True)
    line = Line(vertex.astype(np.int64), np.array(pieces.piece), np.array(pieces.lon), np.array(pieces.lat))
    there, back = np.array(pieces.there), np.array(pieces.back)
    start = line.starts
    one, other = line.vertex[start], line.vertex[start + 1]
    forward, backward = there[line.piece[start]] >= 0, back[line.piece[start]] >= 0
    ends = np.concatenate([one[forward], other[backward]]), np.concatenate([other[forward], one[backward]])
    graph = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(len(numbers), len(numbers)))
    part = connected_components(graph.tocsr(), directed=True, connection="strong")[1]
    largest = part == np.bincount(part).argmax()
    line = line.take(largest[one] & largest[other])
    if not len(line.vertex):
        message = f"{path} holds no road for {profile} on which one can go there and back"
        raise ValueError(message)
    centre = (float(line.lon.mean()), float(line.lat.mean()))
    line, fresh = _with_places(line, places, centre, furthest, len(numbers))
    paces = (there, back, np.array(pieces.whole))
    return _as_network(kind, line, fresh, paces, centre, (pieces.ways, pieces.cut, int((~largest).sum())))


def _tree(line: Line, centre: tuple[float, float]) -> "tuple[STRtree, Floats, Floats]":
    import shapely

    points = flat(line.lon, line.lat, centre)
    first, second = points[line.starts], points[line.starts + 1]
    lines = np.asarray(shapely.linestrings(np.stack([first, second], axis=1)))
    return shapely.STRtree(lines), first, second


def _with_places(
    line: Line, places: tuple[Sequence[float], Sequence[float]] | None, centre: tuple[float, float], furthest: float, known: int
) -> tuple[Line, Longs]:
    """Put a point on the road for every place that has a road near; returns the vertex of each place, −1 without."""
    if places is None or not len(places[0]):
        return line, np.zeros(0, dtype=np.int64)
    tree, first, second = _tree(line, centre)
    at = flat(np.asarray(places[0], dtype=np.float64), np.asarray(places[1], dtype=np.float64), centre)
    place, stretch = nearest_stretch(tree, at, furthest)
    share, _ = dropped(at[place], first[stretch], second[stretch])
    found = np.full(len(at), -1, dtype=np.int64)
    found[place] = known + np.arange(len(place))
    start = line.starts[stretch]
    order = np.lexsort((share, start))
    before = start[order] + 1
    lon = line.lon[start] + share * (line.lon[start + 1] - line.lon[start])
    lat = line.lat[start] + share * (line.lat[start + 1] - line.lat[start])
    vertex = np.insert(line.vertex, before, found[place][order])
    piece = np.insert(line.piece, before, line.piece[start][order])
    return Line(vertex, piece, np.insert(line.lon, before, lon[order]), np.insert(line.lat, before, lat[order])), found


def _as_network(
    kind: type[Made], line: Line, fresh: Longs, paces: tuple[Floats, Floats, Floats], centre: tuple[float, float],
    counts: tuple[int, int, int],
) -> tuple[Made, Roads]:  # fmt: skip
    from pyproj import Geod

    start = line.starts
    length = np.asarray(
        Geod(ellps="GRS80").inv(line.lon[start], line.lat[start], line.lon[start + 1], line.lat[start + 1])[2], dtype=np.float64
    )
    piece = line.piece[start]
    begins = np.ones(len(start), dtype=bool)
    begins[1:] = start[1:] != start[:-1] + 1
    uses = np.bincount(line.vertex, minlength=int(line.vertex.max()) + 1)
    crossing = uses > 1
    crossing[line.vertex[start[begins]]] = True
    crossing[line.vertex[start[np.append(begins[1:], True)] + 1]] = True
    crossing[fresh[fresh >= 0]] = True
    opens = begins | crossing[line.vertex[start]]
    edge = (np.cumsum(opens) - 1).astype(np.int32)
    first = np.flatnonzero(opens)
    last = np.append(first[1:], len(start)) - 1
    whole = np.asarray(np.bincount(edge, weights=length), dtype=np.float64)
    before = np.cumsum(length) - length
    before -= before[first][edge]
    nodes = np.flatnonzero(crossing)
    number = np.full(len(uses), -1, dtype=np.int64)
    number[nodes] = np.arange(len(nodes))
    tail, head = number[line.vertex[start[first]]], number[line.vertex[start[last] + 1]]
    of_piece = np.bincount(piece, weights=length, minlength=len(paces[0]))
    there, back = (_cost(pace[piece[first]], paces[2][piece[first]], whole / of_piece[piece[first]], whole) for pace in paces[:2])
    x, y = np.zeros(len(uses)), np.zeros(len(uses))
    x[line.vertex], y[line.vertex] = flat(line.lon, line.lat, centre).T
    network = kind.from_edges(
        nodes=len(nodes), tail=tail, head=head, milliseconds=there, back=back, metres=np.rint(whole), x=x[nodes], y=y[nodes]
    )
    tree, one, other = _tree(line, centre)
    put = np.where(fresh >= 0, number[fresh], -1).astype(np.int32)
    roads = Roads(
        one, other, edge, before, length, whole, tail.astype(np.int32), head.astype(np.int32), centre, *counts, tree, put
    )  # fmt: skip
    return network, roads


def _cost(pace: Floats, ferry: Floats, share: Floats, metres: Floats) -> Longs:
    """Whole milliseconds of edges, −1 where they are closed; a ferry with a timetable takes its time, whatever the distance."""
    found = np.rint(np.where(ferry > 0, ferry * share, pace * metres)).astype(np.int64)
    return np.where(pace >= 0, found, -1)
