"""From labels of nodes to what origins have, in the order of the origins; sums are taken in that order, so they are the same anywhere."""

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.travel.compiled import compiled
from vliegwiel.engines.travel.search_kernels import NOWHERE

Ints = NDArray[np.int32]
Labels = NDArray[np.int64]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]


@compiled
def look_up(labels: Labels, one: Ints, other: Ints, to_one: Ints, to_other: Ints, cost: Ints, facility: Ints) -> None:
    """Fill `cost` and `facility` (−1: not reachable)."""
    along = len(to_one) > 0
    for origin in range(len(one)):
        label = NOWHERE
        if one[origin] >= 0:
            label = labels[one[origin]]
            if along and label < NOWHERE:
                label += np.int64(to_one[origin]) << 32
        if along and other[origin] >= 0:
            second = labels[other[origin]]
            if second < NOWHERE:
                label = min(label, second + (np.int64(to_other[origin]) << 32))
        if label < NOWHERE:
            cost[origin], facility[origin] = label >> 32, label & 0x7FFFFFFF
        else:
            cost[origin], facility[origin] = -1, -1


@compiled
def look_up_some(
    labels: Labels, some: Longs, one: Ints, other: Ints, to_one: Ints, to_other: Ints, cost: Ints, facility: Ints
) -> None:
    """The same for some origins (positions) alone, in their order. Written out: with the label of one origin as a function of its own a
    million of them take 120 ms, not 5."""
    along = len(to_one) > 0
    for place in range(len(some)):
        origin = some[place]
        label = NOWHERE
        if one[origin] >= 0:
            label = labels[one[origin]]
            if along and label < NOWHERE:
                label += np.int64(to_one[origin]) << 32
        if along and other[origin] >= 0:
            second = labels[other[origin]]
            if second < NOWHERE:
                label = min(label, second + (np.int64(to_other[origin]) << 32))
        if label < NOWHERE:
            cost[place], facility[place] = label >> 32, label & 0x7FFFFFFF
        else:
            cost[place], facility[place] = -1, -1


@compiled
def touched(before: Labels, after: Labels, starts: Ints, there: Ints) -> Longs:
    """Origins that hang on a node with another label, each once, in order."""
    changed, nodes, count = np.empty(len(before), np.int32), 0, 0
    for node in range(len(before)):
        if before[node] != after[node]:
            changed[nodes] = node
            nodes += 1
            count += starts[node + 1] - starts[node]
    found = np.empty(count, np.int64)
    count = 0
    for place in range(nodes):
        for entry in range(starts[changed[place]], starts[changed[place] + 1]):
            found[count] = there[entry]
            count += 1
    return np.unique(found)


@compiled
def look_up_ranked(ranked: Labels, one: Ints, other: Ints, to_one: Ints, to_other: Ints, cost: Ints, facility: Ints) -> None:
    """The same for the first k labels; of what both ends of an edge offer, the best k with each facility once."""
    along = len(to_one) > 0
    ranks = ranked.shape[1]
    for origin in range(len(one)):
        here, there = one[origin], other[origin] if along else -1
        left, right, count = 0, 0, 0
        while count < ranks:
            first, second = NOWHERE, NOWHERE
            if here >= 0 and left < ranks and ranked[here, left] < NOWHERE:
                first = ranked[here, left] + (np.int64(to_one[origin]) << 32 if along else 0)
            if there >= 0 and right < ranks and ranked[there, right] < NOWHERE:
                second = ranked[there, right] + (np.int64(to_other[origin]) << 32)
            if min(first, second) >= NOWHERE:
                break
            if first <= second:
                label = first
                left += 1
            else:
                label = second
                right += 1
            known = False
            for earlier in range(count):
                known = known or facility[origin, earlier] == np.int32(label & 0x7FFFFFFF)
            if not known:
                cost[origin, count], facility[origin, count] = label >> 32, label & 0x7FFFFFFF
                count += 1
        for rank in range(count, ranks):
            cost[origin, rank], facility[origin, rank] = -1, -1


@compiled
def losses(cost: Ints, facility: Ints, then: Ints, persons: Floats, found: Floats) -> None:
    """Per facility that closes alone: who used it, whose trip gets longer, how much longer in all, the worst, and who is cut off.

    `cost` and `then`: now and without it (−1: nothing left). `found` is facilities × those five, zero at the start.
    """
    for origin in range(len(cost)):
        loser, people = facility[origin], persons[origin]
        if loser < 0 or people == 0:
            continue
        found[loser, 0] += people
        if then[origin] < 0:
            found[loser, 4] += people
        elif then[origin] > cost[origin]:
            more = then[origin] - cost[origin]
            found[loser, 1] += people
            found[loser, 2] += people * more
            found[loser, 3] = max(found[loser, 3], more)


@compiled
def totals(cost: Ints, persons: Floats) -> tuple[float, float, int, float]:
    """Who arrives, what they travel in all, the longest trip, and who does not arrive."""
    arrive, travelled, longest, lost = 0.0, 0.0, np.int64(-1), 0.0
    for origin in range(len(cost)):
        people = persons[origin]
        if people > 0:
            if cost[origin] < 0:
                lost += people
            else:
                arrive += people
                travelled += people * cost[origin]
                longest = max(longest, np.int64(cost[origin]))
    return arrive, travelled, int(longest), lost
