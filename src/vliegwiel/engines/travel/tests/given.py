"""Random networks with everything that goes wrong in real ones, and an independent check of all distances by scipy."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from vliegwiel.engines.travel import Network, Origins


@dataclass(frozen=True)
class Town:
    """A network as it is handed in, with facilities and origins; `back` is −1 where an edge goes one way."""

    nodes: int
    tail: list[int]
    head: list[int]
    milliseconds: list[int]
    back: list[int]
    facilities: list[int]
    who: list[int]
    persons: list[int]
    edge: list[int]
    offset: list[float]

    @property
    def network(self) -> Network:
        """Made by the engine."""
        metres = [cost // 3 for cost in self.milliseconds]
        ends = {"tail": self.tail, "head": self.head, "milliseconds": self.milliseconds, "back": self.back, "metres": metres}
        return Network.from_edges(nodes=self.nodes, **ends)

    @property
    def origins(self) -> Origins:
        """Some on nodes, some along edges, some off the network."""
        groups = {"65+": [people // 2 for people in self.persons]}
        return Origins(node=self.who, persons=self.persons, groups=groups, edge=self.edge, offset=self.offset)

    def distances(self, facilities: list[int] | None = None) -> NDArray[np.float64]:
        """Origins × facilities by scipy, infinity without a way."""
        to = np.full((len(self.facilities if facilities is None else facilities), self.nodes), np.inf)
        graph = _against_travel(self)
        for row, node in enumerate(self.facilities if facilities is None else facilities):
            if node >= 0:
                to[row] = dijkstra(graph, indices=node)
        found = np.full((len(self.who), len(to)), np.inf)
        for origin, node in enumerate(self.who):
            edge = self.edge[origin]
            if edge >= 0:
                share = self.offset[origin]
                found[origin] = np.rint((1 - share) * self.milliseconds[edge]) + to[:, self.head[edge]]
                if self.back[edge] >= 0:
                    other = np.rint(share * self.back[edge]) + to[:, self.tail[edge]]
                    found[origin] = np.minimum(found[origin], other)
            elif node >= 0:
                found[origin] = to[:, node]
        return found


def _against_travel(town: Town) -> csr_array:
    """The cheapest of parallel edges; edges that take no time stay edges."""
    cheapest: dict[tuple[int, int], int] = {}
    for tail, head, cost, back in zip(town.tail, town.head, town.milliseconds, town.back, strict=True):
        cheapest[head, tail] = min(cost, cheapest.get((head, tail), cost))
        if back >= 0:
            cheapest[tail, head] = min(back, cheapest.get((tail, head), back))
    rows, columns = zip(*cheapest, strict=True) if cheapest else ((), ())
    costs = np.array(list(cheapest.values()), dtype=float)
    order = np.lexsort((columns, rows)) if cheapest else np.zeros(0, dtype=int)
    first = np.searchsorted(np.array(rows)[order], np.arange(town.nodes + 1)) if cheapest else np.zeros(town.nodes + 1, dtype=int)
    return csr_array((costs[order], np.array(columns, dtype=int)[order], first), shape=(town.nodes, town.nodes))


def in_order(distances: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Facilities of each origin from near to far, of equals the first; −1 where there is no way."""
    order = np.argsort(distances, axis=1, kind="stable")
    cost = np.take_along_axis(distances, order, axis=1)
    there = np.isfinite(cost)
    return np.where(there, np.where(there, cost, 0), -1).astype(np.int64), np.where(there, order, -1)


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """Directed, in parts, with edges without length, ties, facilities on one node and off the network."""
    nodes = draw(st.integers(1, 25))
    node = st.integers(0, nodes - 1)
    costs = draw(st.sampled_from([st.integers(0, 3), st.integers(0, 50_000), st.sampled_from([0, 1, 700_000, 60_000_000])]))
    edges = draw(st.lists(st.tuples(node, node, costs, st.one_of(st.just(-1), costs)), max_size=60))
    facilities = draw(st.lists(st.integers(-1, nodes - 1), max_size=8))
    place = st.integers(-1, len(edges) - 1)
    who = draw(st.lists(st.tuples(st.integers(-1, nodes - 1), st.integers(0, 9), place, st.floats(0, 1)), max_size=30))
    return Town(
        nodes=nodes,
        tail=[edge[0] for edge in edges],
        head=[edge[1] for edge in edges],
        milliseconds=[edge[2] for edge in edges],
        back=[edge[3] for edge in edges],
        facilities=facilities,
        who=[one[0] for one in who],
        persons=[one[1] for one in who],
        edge=[one[2] for one in who],
        offset=[one[3] for one in who],
    )
