"""How a network lies in memory: neighbours on the map are neighbours in memory, arcs stand sorted by the node they lead to."""

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.travel.compiled import compiled

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
_BITS = 16


@compiled
def hilbert(x: NDArray[np.float64], y: NDArray[np.float64]) -> Longs:
    """The place of each point on a Hilbert curve over their bounding box (16 bits a side)."""
    size = len(x)
    found = np.empty(size, np.int64)
    low_x, high_x, low_y, high_y = x.min(), x.max(), y.min(), y.max()
    span = max(high_x - low_x, high_y - low_y, 1e-9)
    side = (1 << _BITS) - 1
    for point in range(size):
        across = np.int64((x[point] - low_x) / span * side)
        along = np.int64((y[point] - low_y) / span * side)
        place = np.int64(0)
        step = np.int64(1 << (_BITS - 1))
        while step > 0:
            right = 1 if across & step else 0
            upper = 1 if along & step else 0
            place += step * step * ((3 * right) ^ upper)
            if upper == 0:
                if right == 1:
                    across = side - across
                    along = side - along
                across, along = along, across
            step >>= 1
        found[point] = place
    return found


@compiled
def arcs_by_end(nodes: int, start: Ints, end: Ints, cost: Ints, back: Ints) -> tuple[Ints, NDArray[np.int32]]:
    """Arcs sorted by the node where they end: `first` (nodes + 1) and per arc the node where it starts and its cost.

    `cost` is from start to end, `back` from end to start; −1 means that this way is closed. Loops are left out.
    """
    first = np.zeros(nodes + 1, np.int32)
    for edge in range(len(start)):
        if start[edge] != end[edge]:
            if cost[edge] >= 0:
                first[end[edge] + 1] += 1
            if back[edge] >= 0:
                first[start[edge] + 1] += 1
    for node in range(nodes):
        first[node + 1] += first[node]
    arcs = np.empty((first[nodes], 2), np.int32)
    place = first[:-1].copy()
    for edge in range(len(start)):
        one, other = start[edge], end[edge]
        if one != other:
            if cost[edge] >= 0:
                arcs[place[other], 0], arcs[place[other], 1] = one, cost[edge]
                place[other] += 1
            if back[edge] >= 0:
                arcs[place[one], 0], arcs[place[one], 1] = other, back[edge]
                place[one] += 1
    return first, arcs
