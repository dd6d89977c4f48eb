"""Labels of nodes: which facility is nearest, which comes next. Kept by the network for the facilities that are being looked at."""

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.travel.graph import By, Graph

Ints = NDArray[np.int32]
Labels = NDArray[np.int64]
#: Nodes that are worked on at a time, as a power of two: what they need fits the cache of a processor.
BLOCK_BITS = 14


def nearest_labels(network: Graph, facilities: Ints, by: By) -> Labels:
    """The label of every node (our own order): cost · 2³² + position of the nearest facility."""
    known = network.remembered(facilities, by, 1)
    if known is not None:
        return known
    from vliegwiel.engines.travel import search_kernels

    labels = np.full(network.nodes, search_kernels.NOWHERE, dtype=np.int64)
    there, position = np.unique(facilities, return_index=True)
    on_network = there >= 0
    there, position = there[on_network].astype(np.int32), position[on_network]
    labels[there] = position
    spread(network, by, labels, there)
    network.remember(facilities, by, 1, labels)
    return labels


def ranked_labels(network: Graph, facilities: Ints, k: int, by: By) -> Labels:
    """The first `k` labels of every node, nodes × k: of different facilities, nearest first.

    The label after the first j comes from the boundary between nodes with other facilities, then from neighbours with the same: one
    search per rank, whatever the number of facilities.
    """
    if k == 1:
        return nearest_labels(network, facilities, by).reshape(-1, 1)
    known = network.remembered(facilities, by, k)
    if known is not None:
        return known
    from vliegwiel.engines.travel import search_kernels

    first, arcs = network.arcs(by)
    ranked = np.full((network.nodes, k), search_kernels.NOWHERE, dtype=np.int64)
    ranked[:, 0] = nearest_labels(network, facilities, by)
    taken = np.full((network.nodes, k), -1, dtype=np.int32)
    position = np.flatnonzero(facilities >= 0).astype(np.int32)
    for rank in range(1, k):
        latest = ranked[:, rank - 1]
        taken[:, rank - 1] = np.where(latest < search_kernels.NOWHERE, latest & 0x7FFFFFFF, -1)
        before = np.ascontiguousarray(taken[:, :rank])
        found, seeds = search_kernels.next_labels(
            first, arcs, np.ascontiguousarray(ranked[:, :rank]), before, facilities[position], position
        )
        spread(network, by, found, seeds, before)
        ranked[:, rank] = found
    network.remember(facilities, by, k, ranked)
    return ranked


def spread(network: Graph, by: By, labels: Labels, seeds: Ints, taken: Ints | None = None) -> None:
    """Lower labels in place from the seeds until nothing changes; ValueError when a trip takes more than fits."""
    from vliegwiel.engines.travel import search_kernels

    first, arcs = network.arcs(by)
    others = np.zeros((network.nodes, 0), dtype=np.int32) if taken is None else taken
    search_kernels.spread(first, arcs, labels, others, seeds, network.width(by), BLOCK_BITS)
    if search_kernels.furthest(labels) + network.longest(by) >= 2**31 - 1:
        message = (
            "a trip on this network can take more than 24 days (or as many metres as that has milliseconds): check the edges"
        )
        raise ValueError(message)
