"""Streets: what a network is made from, with where it lies. They are kept on disk, and places are laid along them by cutting edges.

A register of facilities changes every week and the roads once a year: so roads are read once, and facilities are laid on them each time.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.engines.travel.network import Network
from vliegwiel.engines.travel.roads import Located, dropped, nearest_stretch, on_the_globe

if TYPE_CHECKING:
    from shapely import STRtree

    from vliegwiel.engines.travel.profiles import Profile

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Project = Callable[[Floats, Floats], tuple[Floats, Floats]]
Inside = Callable[[Floats, Floats], NDArray[np.bool_]]


@dataclass(frozen=True)
class Streets:
    """Edges with where they lie, in flat metres of any kind.

    Per edge `tail`, `head`, milliseconds `there` and `back` (−1: closed) and `metres`; per node `x` and `y`. An edge is a row of straight
    stretches: where each begins (`first`) and ends (`second`), the `edge` it belongs to, and how many metres of the edge come `before`
    it. `ways` and `cut` count what was read, and what left the extract.
    """

    tail: Ints
    head: Ints
    there: Ints
    back: Ints
    metres: Ints
    x: Floats
    y: Floats
    first: Floats
    second: Floats
    edge: Ints
    before: Floats
    ways: int = 0
    cut: int = 0

    @cached_property
    def length(self) -> Floats:
        """Metres per stretch, as the crow flies."""
        return np.asarray(np.hypot(*(self.second - self.first).T), dtype=np.float64)

    @cached_property
    def _whole(self) -> Floats:
        return np.maximum(np.bincount(self.edge, weights=self.length, minlength=len(self.tail)), 1e-9)

    @cached_property
    def _tree(self) -> "STRtree":
        import shapely

        return shapely.STRtree(np.asarray(shapely.linestrings(np.stack([self.first, self.second], axis=1))))

    def locate(self, x: ArrayLike, y: ArrayLike, *, furthest: float) -> Located:
        """Drop places perpendicular on the nearest stretch, at most `furthest` metres away."""
        places = np.column_stack([np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)])
        count = len(places)
        edge, offset = np.full(count, -1, dtype=np.int32), np.zeros(count)
        metres, node = np.full(count, np.inf), np.full(count, -1, dtype=np.int32)
        place, stretch = nearest_stretch(self._tree, places, furthest)
        share, away = dropped(places[place], self.first[stretch], self.second[stretch])
        edge[place] = self.edge[stretch]
        along = self.before[stretch] + share * self.length[stretch]
        offset[place] = np.clip(along / self._whole[self.edge[stretch]], 0, 1)
        metres[place] = away
        node[place] = np.where(offset[place] < 0.5, self.tail[edge[place]], self.head[edge[place]])
        return Located(edge, offset, metres, node)

    def lay(self, edge: ArrayLike, offset: ArrayLike) -> "Laid":
        """The network with a node for each place along an edge (−1: off the road): what lies half-way is not moved to a crossing."""
        on, at = np.asarray(edge, dtype=np.int64), np.asarray(offset, dtype=np.float64)
        number = np.where(on >= 0, np.where(at <= 0, self.tail[on], self.head[on]), -1).astype(np.int32)
        inner = (on >= 0) & (at > 0) & (at < 1)
        cuts, which = np.unique(np.column_stack([on[inner], at[inner]]), axis=0, return_inverse=True)
        number[inner] = len(self.x) + which.ravel()
        return Laid(self._cut(cuts), number, cuts[:, 0].astype(np.int64), cuts[:, 1], len(self.tail))

    def _cut(self, cuts: Floats) -> Network:
        """Edges in pieces: the first keeps its position, the others come after all edges, in the order of the cuts."""
        at, share = cuts[:, 0].astype(np.int64), cuts[:, 1]
        fresh = (len(self.x) + np.arange(len(at))).astype(np.int32)
        opens = np.ones(len(at), dtype=bool)
        opens[1:] = at[1:] != at[:-1]
        closes = np.append(opens[1:], True) if len(at) else opens
        head = self.head.copy()
        head[at[opens]] = fresh[opens]
        onward = np.where(closes, self.head[at], np.append(fresh[1:], 0)[: len(at)]).astype(np.int32)
        costs = {}
        for name in ("there", "back", "metres"):
            whole = getattr(self, name)
            until = np.rint(np.maximum(whole[at], 0) * share).astype(np.int32)
            following = np.where(closes, np.maximum(whole[at], 0), np.append(until[1:], 0)[: len(at)])
            piece = np.where(whole[at] >= 0, following - until, -1)
            first = whole.copy()
            first[at[opens]] = np.where(whole[at[opens]] >= 0, until[opens], -1)
            costs[name] = np.concatenate([first, piece.astype(np.int32)])
        places = (
            values + share * (other - values)
            for values, other in ((c[self.tail[at]], c[self.head[at]]) for c in (self.x, self.y))
        )
        x, y = (np.concatenate([known, new]) for known, new in zip((self.x, self.y), places, strict=True))
        return Network.from_edges(
            nodes=len(x),
            tail=np.concatenate([self.tail, fresh]),
            head=np.concatenate([head, onward]),
            milliseconds=costs["there"],
            back=costs["back"],
            metres=costs["metres"],
            x=x,
            y=y,
        )

    def save(self, path: Path) -> None:
        """Write to one file; whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".fresh")
        with fresh.open("wb") as file:
            np.savez(file, **{field.name: getattr(self, field.name) for field in fields(self)})
        fresh.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Streets":
        """Read what `save` wrote. Raises ValueError when it is something else, or cut off."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                found = {name: kept[name] for name in kept.files}
                return cls(**{**found, "ways": int(found["ways"]), "cut": int(found["cut"])})
        except (OSError, EOFError, KeyError, TypeError, ValueError, BadZipFile) as error:
            message = f"{path.name} holds no streets"
            raise ValueError(message) from error


@dataclass(frozen=True)
class Laid:
    """A network with places on it: `nodes` of the places (−1: off the road); `along` says where what lay along an edge lies now."""

    network: Network
    nodes: Ints
    cut_edge: NDArray[np.int64]
    cut_at: Floats
    edges: int

    def along(self, edge: ArrayLike, offset: ArrayLike) -> tuple[Ints, Floats]:
        """Edge and offset in the network of what had these in the streets; −1 stays."""
        on, at = np.asarray(edge, dtype=np.int64), np.asarray(offset, dtype=np.float64)
        if not len(self.cut_at):
            return on.astype(np.int32), at
        after = np.searchsorted(2.0 * self.cut_edge + self.cut_at, 2.0 * on + at, side="right")
        before = np.maximum(after - 1, 0)
        behind = (after > 0) & (self.cut_edge[before] == on)
        ahead = np.minimum(after, len(self.cut_at) - 1)
        begin = np.where(behind, self.cut_at[before], 0.0)
        end = np.where((after < len(self.cut_at)) & (self.cut_edge[ahead] == on), self.cut_at[ahead], 1.0)
        piece = np.where(behind, self.edges + before, on)
        share = np.clip((at - begin) / np.maximum(end - begin, 1e-12), 0, 1)
        return np.where(on >= 0, piece, -1).astype(np.int32), np.where(on >= 0, share, 0.0)


def streets_from_osm(path: str | Path, *, profile: "Profile", project: Project) -> Streets:
    """The streets of an extract of OpenStreetMap (.osm.pbf); `project` makes flat metres of longitudes and latitudes.

    Raises ValueError for a file that cannot be read or holds no road for this profile.
    """
    network = Network.from_osm(path, profile=profile)
    roads = network.roads
    if roads is None:
        message = f"{path} holds no road"
        raise ValueError(message)
    first, second = (np.column_stack(project(*on_the_globe(ends, roads.centre))) for ends in (roads.first, roads.second))
    x, y = np.zeros(network.nodes), np.zeros(network.nodes)
    begins = np.flatnonzero(np.diff(roads.edge, prepend=-1) != 0)
    ends = np.append(begins[1:], len(roads.edge)) - 1
    x[roads.tail], y[roads.tail] = first[begins].T
    x[roads.head], y[roads.head] = second[ends].T
    there, back, metres = network._there["milliseconds"], network._back["milliseconds"], network._there["metres"]
    return Streets(
        roads.tail, roads.head, there, back, metres, x, y, first, second, roads.edge, _before(first, second, begins), roads.ways, roads.cut
    )  # fmt: skip


def _before(first: Floats, second: Floats, begins: NDArray[np.int64]) -> Floats:
    """Metres of the same edge before each stretch."""
    length = np.hypot(*(second - first).T)
    before = np.cumsum(length) - length
    counts = np.diff(np.append(begins, len(length)))
    return np.asarray(before - np.repeat(before[begins], counts), dtype=np.float64)


def made_up_streets(
    *, corner: tuple[float, float], rows: int, spacing: float, inside: Inside, pace: float | None = None, seed: int = 2024
) -> Streets:
    """Made-up streets inside a border: the largest part of a shaken grid of `rows` × `rows` crossings from its south-west `corner`.

    `inside` says of x and y whether a crossing may lie there; `pace` is milliseconds per metre, or None for roads of 30, 50 and 80
    km/h. The same seed gives the same streets whatever the pace. Raises ValueError when nothing lies inside.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    from vliegwiel.engines.travel.synthetic import made_up

    made = made_up(rows=rows, origins=0, seed=seed, spacing=spacing)
    x, y = made.x + corner[0], made.y + corner[1]
    within = inside(x, y)
    kept = within[made.tail] & within[made.head]
    if not kept.any():
        message = "no street lies inside this border"
        raise ValueError(message)
    graph = coo_array(
        (np.ones(int(kept.sum()), dtype=np.int8), (made.tail[kept], made.head[kept])), shape=(made.nodes, made.nodes)
    )
    part = connected_components(graph, directed=False)[1]
    largest = part == np.bincount(part).argmax()
    kept &= largest[made.tail]
    number = np.cumsum(largest).astype(np.int32) - 1
    tail, head = number[made.tail[kept]], number[made.head[kept]]
    x, y, metres = x[largest], y[largest], made.metres[kept]
    cost = made.milliseconds[kept] if pace is None else np.rint(metres * pace).astype(np.int32)
    ends = np.column_stack([x, y])
    edges = np.arange(len(tail), dtype=np.int32)
    return Streets(
        tail, head, cost, cost.copy(), metres, x, y, ends[tail], ends[head], edges, np.zeros(len(tail)), ways=len(tail)
    )  # fmt: skip
