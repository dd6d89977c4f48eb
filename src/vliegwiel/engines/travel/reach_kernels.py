"""What lies within reach: a search from each facility that stops at a limit, and the origins it meets on the way."""

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.travel.compiled import compiled

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
FAR = np.int32(2**31 - 1)


@compiled
def origins_by_node(nodes: int, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Per node the origins that lie on it or on an edge that ends there: `first` (nodes + 1) and the origins."""
    first = np.zeros(nodes + 1, np.int32)
    along = len(other) > 0
    for origin in range(len(one)):
        if one[origin] >= 0:
            first[one[origin] + 1] += 1
        if along and other[origin] >= 0 and other[origin] != one[origin]:
            first[other[origin] + 1] += 1
    for node in range(nodes):
        first[node + 1] += first[node]
    found, place = np.empty(first[nodes], np.int32), first[:-1].copy()
    for origin in range(len(one)):
        if one[origin] >= 0:
            found[place[one[origin]]] = origin
            place[one[origin]] += 1
        if along and other[origin] >= 0 and other[origin] != one[origin]:
            found[place[other[origin]]] = origin
            place[other[origin]] += 1
    return first, found


@compiled
def _search(first: Ints, arcs: Ints, source: int, limit: int, cost: Ints, touched: Ints, heap: Longs) -> tuple[int, Longs]:
    """Costs up to `limit` against the direction of travel; returns how many nodes were touched, and the heap, which may have grown."""
    cost[source], touched[0], heap[0] = 0, source, np.int64(source)
    count, waiting = 1, 1
    while waiting > 0:
        least = heap[0]
        waiting -= 1
        last, place = heap[waiting], 0
        while True:  # the last one sinks to its place
            child = 2 * place + 1
            if child >= waiting:
                break
            if child + 1 < waiting and heap[child + 1] < heap[child]:
                child += 1
            if heap[child] >= last:
                break
            heap[place] = heap[child]
            place = child
        heap[place] = last
        node, spent = least & 0xFFFFFFFF, least >> 32
        if spent > cost[node]:
            continue
        for arc in range(first[node], first[node + 1]):
            other, then = arcs[arc, 0], spent + arcs[arc, 1]
            if then <= limit and then < cost[other]:
                if cost[other] == FAR:
                    touched[count] = other
                    count += 1
                cost[other] = then
                if waiting == len(heap):
                    grown = np.empty(2 * len(heap), np.int64)
                    grown[:waiting] = heap
                    heap = grown
                entry, place = (np.int64(then) << 32) | np.int64(other), waiting
                while place > 0 and heap[(place - 1) >> 1] > entry:
                    heap[place] = heap[(place - 1) >> 1]
                    place = (place - 1) >> 1
                heap[place] = entry
                waiting += 1
    return count, heap


@compiled
def count_within(
    first: Ints, arcs: Ints, facilities: Ints, limits: Longs, amount: Floats, placed: tuple[Ints, Ints, Ints, Ints],
    by_node: tuple[Ints, Ints], persons: Floats, reached: Floats, met: Floats,
) -> None:  # fmt: skip
    """Add `amount` of every facility to `reached` (origins × limits, at the first limit that holds), and persons to `met` (facilities)."""
    nodes = len(first) - 1
    one, other, to_one, to_other = placed
    at, origins = by_node
    cost, touched, heap = np.full(nodes, FAR, np.int32), np.empty(nodes, np.int32), np.empty(1024, np.int64)
    along = len(to_one) > 0
    for facility in range(len(facilities)):
        if facilities[facility] < 0:
            continue
        count, heap = _search(first, arcs, facilities[facility], limits[-1], cost, touched, heap)
        for place in range(count):
            node = touched[place]
            for entry in range(at[node], at[node + 1]):
                origin = origins[entry]
                here, there = one[origin], other[origin] if along else np.int32(-1)
                if node != here and here >= 0 and cost[here] != FAR:
                    continue  # met at its other end
                spent = np.int64(FAR)
                if here >= 0 and cost[here] != FAR:
                    spent = np.int64(cost[here]) + (to_one[origin] if along else 0)
                if there >= 0 and cost[there] != FAR:
                    spent = min(spent, np.int64(cost[there]) + to_other[origin])
                if spent <= limits[-1]:
                    met[facility] += persons[origin]
                    reached[origin, np.searchsorted(limits, spent)] += amount[facility]
        for place in range(count):
            cost[touched[place]] = FAR
