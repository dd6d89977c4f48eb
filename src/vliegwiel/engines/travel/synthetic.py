"""Made-up networks of any size: a grid that was shaken, with streets missing and node numbers that say nothing about the place."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Metres per millisecond of the three kinds of road: 30, 50 and 80 km/h.
_SPEEDS = np.array([30.0, 50.0, 80.0]) / 3600.0
#: Rows of crossings for about this many nodes, after what hangs loose is taken away.
PROVINCE, NATION = 720, 1762


@dataclass(frozen=True)
class Made:
    """Edges as `Network.from_edges` takes them, with places in metres and an origin per address."""

    nodes: int
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    milliseconds: NDArray[np.int32]
    metres: NDArray[np.int32]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    origins: NDArray[np.int32]
    persons: NDArray[np.float64]


def made_up(*, rows: int, origins: int, seed: int = 2024, spacing: float = 100.0, missing: float = 0.2) -> Made:
    """A connected network of at most `rows` × `rows` nodes; two-way streets, travel times of three kinds of road, all made up.

    >>> town = made_up(rows=20, origins=50)
    >>> town.nodes > 300, bool(town.origins.max() < town.nodes)
    (True, True)
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    chance = np.random.default_rng(seed)
    count = rows * rows
    number = np.arange(count, dtype=np.int32).reshape(rows, rows)
    tail = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    head = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    kept = chance.random(len(tail)) >= missing
    tail, head = tail[kept], head[kept]
    shaken = chance.uniform(-0.35, 0.35, (2, count))
    x = (np.tile(np.arange(rows), rows) + shaken[0]) * spacing
    y = (np.repeat(np.arange(rows), rows) + shaken[1]) * spacing
    graph = coo_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(count, count))
    part = connected_components(graph, directed=False)[1]
    inside = part == np.bincount(part).argmax()
    nodes = int(inside.sum())
    new_number = np.full(count, -1, dtype=np.int32)
    new_number[inside] = chance.permutation(nodes)
    in_part = inside[tail]
    tail, head = tail[in_part], head[in_part]
    length = np.hypot(x[tail] - x[head], y[tail] - y[head])
    metres = np.maximum(np.rint(length), 1).astype(np.int32)
    milliseconds = np.rint(length / _SPEEDS[chance.integers(0, 3, len(tail))]).astype(np.int32)
    places = np.empty((2, nodes))
    places[:, new_number[inside]] = x[inside], y[inside]
    who = chance.integers(0, nodes, origins, dtype=np.int32)
    persons = chance.integers(1, 5, origins).astype(np.float64)
    return Made(nodes, new_number[tail], new_number[head], milliseconds, metres, places[0], places[1], who, persons)
