"""Searches over labels: a label is cost and facility in one number, so that the least label is the nearest facility.

Of facilities that are equally near the one with the lowest position wins, whatever the order of work: the labels that nothing can
lower are the same on every machine. Nodes wait in buckets by cost (Dial 1969), and the map is worked off block by block: what one
block needs stays in the processor's cache, and a block is opened again only when a neighbour found something better.
"""

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.travel.compiled import compiled

Ints = NDArray[np.int32]
Labels = NDArray[np.int64]
#: Labels from here on mean: not reachable.
NOWHERE = np.int64((2**31 - 1) << 32)
BUCKETS = 256


@compiled
def spread(first: Ints, arcs: Ints, labels: Labels, taken: Ints, seeds: Ints, shift: int, block_bits: int) -> int:
    """Lower `labels` from the `seeds` until nothing changes; returns how many nodes were worked off.

    A label never comes to a node that has its facility among `taken` (nodes × labels it has already). A bucket is 2^`shift` wide,
    a block has 2^`block_bits` nodes. The chains of the queue are written out here: calling a function for them costs more than they do.
    """
    nodes, wide, size, ranks = len(labels), 32 + shift, 1 << block_bits, taken.shape[1]
    blocks = (nodes >> block_bits) + 1
    queued = np.full(nodes, -2, np.int32)
    entry = np.full(blocks, -1, np.int32)
    least = np.full(blocks, NOWHERE, np.int64)
    after, before = np.empty(size, np.int32), np.empty(size, np.int32)
    waits_in = np.full(size, -1, np.int32)
    top = np.full(BUCKETS, -1, np.int32)
    for seed in seeds:
        block = seed >> block_bits
        if queued[seed] == -2:
            queued[seed] = entry[block]
            entry[block] = seed
        least[block] = min(least[block], labels[seed])
    worked_off = 0
    while True:
        block = int(np.argmin(least))
        if least[block] == NOWHERE:
            return worked_off
        base, low = block << block_bits, least[block] >> wide
        node = entry[block]
        entry[block], least[block] = -1, NOWHERE
        while node >= 0:
            following = queued[node]
            queued[node] = -2
            goal = min((labels[node] >> wide) - low, BUCKETS - 1)
            old = top[goal]
            place = node - base
            after[place], before[place], waits_in[place] = old, -1, goal
            if old >= 0:
                before[old] = place
            top[goal] = place
            node = following
        bucket = 0
        while bucket < BUCKETS:
            place = top[bucket]
            if place < 0:
                bucket += 1
                continue
            if bucket == BUCKETS - 1:  # what lies further on gets buckets of its own
                low, bucket = _shifted(top, after, before, waits_in, labels, base, wide), 0
                continue
            follow = after[place]
            top[bucket] = follow
            if follow >= 0:
                before[follow] = -1
            waits_in[place] = -1
            label = labels[base + place]
            worked_off += 1
            for arc in range(first[base + place], first[base + place + 1]):
                other = arcs[arc, 0]
                reached = label + (np.int64(arcs[arc, 1]) << 32)
                if reached < labels[other]:
                    free = True
                    for rank in range(ranks):
                        free = free and taken[other, rank] != np.int32(label & 0x7FFFFFFF)
                    if not free:
                        continue
                    labels[other] = reached
                    place = other - base
                    if 0 <= place < size:
                        goal = min((reached >> wide) - low, BUCKETS - 1)
                        if waits_in[place] != goal:
                            left = waits_in[place]
                            if left >= 0:
                                right = after[place]
                                if before[place] >= 0:
                                    after[before[place]] = right
                                else:
                                    top[left] = right
                                if right >= 0:
                                    before[right] = before[place]
                            old = top[goal]
                            after[place], before[place], waits_in[place] = old, -1, goal
                            if old >= 0:
                                before[old] = place
                            top[goal] = place
                            bucket = min(bucket, goal)
                    else:
                        block = other >> block_bits
                        if queued[other] == -2:
                            queued[other] = entry[block]
                            entry[block] = other
                        least[block] = min(least[block], reached)


@compiled
def _shifted(top: Ints, after: Ints, before: Ints, waits_in: Ints, labels: Labels, base: int, wide: int) -> int:
    """Spread the last bucket over all buckets; returns where they start now. All other buckets are empty."""
    place = top[BUCKETS - 1]
    low = np.int64(labels[base + place] >> wide)
    while place >= 0:
        low = min(low, labels[base + place] >> wide)
        place = after[place]
    place = top[BUCKETS - 1]
    top[BUCKETS - 1] = -1
    while place >= 0:
        following = after[place]
        bucket = min((labels[base + place] >> wide) - low, BUCKETS - 1)
        old = top[bucket]
        after[place], before[place], waits_in[place] = old, -1, bucket
        if old >= 0:
            before[old] = place
        top[bucket] = place
        place = following
    return int(low)


@compiled
def furthest(labels: Labels) -> int:
    """The highest cost among what can be reached; 0 when nothing can."""
    most = np.int64(0)
    for label in labels:
        if label < NOWHERE and label > most:
            most = label
    return int(most >> 32)


@compiled
def next_labels(
    first: Ints, arcs: Ints, ranked: Labels, taken: Ints, extra_node: Ints, extra_position: Ints
) -> tuple[Labels, Ints]:
    """Candidates for the label after those in `ranked` (nodes × labels), and the nodes that have one.

    What a node does not have yet and its neighbour has is a candidate; so is a facility that lies on the node itself (`extra_`).
    Everything else comes from neighbours with the same facilities, and `spread` brings it.
    """
    nodes, ranks = ranked.shape
    found = np.full(nodes, NOWHERE, np.int64)
    for one in range(len(extra_node)):
        node = extra_node[one]
        free = True
        for rank in range(ranks):
            free = free and taken[node, rank] != extra_position[one]
        if free:
            found[node] = min(found[node], np.int64(extra_position[one]))
    for node in range(nodes):
        for arc in range(first[node], first[node + 1]):
            other = arcs[arc, 0]
            for rank in range(ranks):
                label = ranked[node, rank]
                if label >= NOWHERE:
                    break
                facility = np.int32(label & 0x7FFFFFFF)
                free = True
                for known in range(ranks):
                    free = free and taken[other, known] != facility
                if free:
                    found[other] = min(found[other], label + (np.int64(arcs[arc, 1]) << 32))
                    break
    seeds = np.empty(nodes, np.int32)
    count = 0
    for node in range(nodes):
        if found[node] < NOWHERE:
            seeds[count] = node
            count += 1
    return found, seeds[:count]


@compiled
def cells(first: Ints, arcs: Ints, labels: Labels, facilities: int) -> tuple[Ints, Ints, Ints, Ints]:
    """The cell of every facility: which nodes have its label, and from which nodes of other cells something can come in.

    Nodes of cell f are `inside[starts[f]:starts[f + 1]]`; those at its border `beside[borders[f]:borders[f + 1]]`, some of them twice.
    """
    nodes = len(labels)
    starts, borders = np.zeros(facilities + 1, np.int32), np.zeros(facilities + 1, np.int32)
    for node in range(nodes):
        if labels[node] < NOWHERE:
            own = labels[node] & 0x7FFFFFFF
            starts[own + 1] += 1
            for arc in range(first[node], first[node + 1]):
                other = labels[arcs[arc, 0]]
                if other < NOWHERE and other & 0x7FFFFFFF != own:
                    borders[(other & 0x7FFFFFFF) + 1] += 1
    for facility in range(facilities):
        starts[facility + 1] += starts[facility]
        borders[facility + 1] += borders[facility]
    inside, beside = np.empty(starts[facilities], np.int32), np.empty(borders[facilities], np.int32)
    filled, bordered = starts.copy(), borders.copy()
    for node in range(nodes):
        if labels[node] < NOWHERE:
            own = labels[node] & 0x7FFFFFFF
            inside[filled[own]] = node
            filled[own] += 1
            for arc in range(first[node], first[node + 1]):
                other = labels[arcs[arc, 0]]
                if other < NOWHERE and other & 0x7FFFFFFF != own:
                    beside[bordered[other & 0x7FFFFFFF]] = node
                    bordered[other & 0x7FFFFFFF] += 1
    return starts, inside, borders, beside


@compiled
def without(labels: Labels, gone: NDArray[np.int64], starts: Ints, inside: Ints, borders: Ints, beside: Ints) -> Ints:
    """Take away the labels of facilities that are `gone` in place; returns the nodes from which what is open can come in."""
    most = 0
    for facility in gone:
        for place in range(starts[facility], starts[facility + 1]):
            labels[inside[place]] = NOWHERE
        most += borders[facility + 1] - borders[facility]
    seeds = np.empty(most, np.int32)
    count = 0
    for facility in gone:
        for place in range(borders[facility], borders[facility + 1]):
            if labels[beside[place]] < NOWHERE:
                seeds[count] = beside[place]
                count += 1
    return seeds[:count]
