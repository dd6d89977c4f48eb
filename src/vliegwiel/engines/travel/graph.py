"""The graph: nodes, one-way or two-way edges with a time and a length, kept so that neighbours on the map are neighbours in memory."""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import Any, Literal, Self, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.engines.travel.checks import hash_of, nodes_of, whole
from vliegwiel.engines.travel.origins import NO_INTS, Origins, Placed

Ints = NDArray[np.int32]
By = Literal["milliseconds", "metres"]
Made = TypeVar("Made")
#: How many searches a network remembers: the facilities of a page that is being looked at.
_REMEMBERED = 4


class Graph:
    """Nodes and edges, and what is remembered of searches over them. `Network` says what its numbers mean, and asks the questions."""

    def __init__(
        self, *, nodes: int, tail: Ints, head: Ints, there: dict[str, Ints], back: dict[str, Ints], order: NDArray[np.int64]
    ) -> None:
        """For `from_edges`, which checks what comes in."""
        from vliegwiel.engines.travel import layout_kernels

        self.nodes, self.edges = nodes, len(tail)
        self._tail, self._head, self._there, self._back = tail, head, there, back
        self._rank = np.empty(nodes, dtype=np.int32)
        self._rank[order] = np.arange(nodes, dtype=np.int32)
        start, end = self._rank[tail], self._rank[head]
        row = np.argsort(np.minimum(start, end), kind="stable")
        start, end = start[row], end[row]
        self._arcs = {by: layout_kernels.arcs_by_end(nodes, start, end, there[by][row], back[by][row]) for by in there}
        costs = {by: arcs[:, 1] for by, (_, arcs) in self._arcs.items()}
        self._longest = {by: int(cost.max(initial=0)) for by, cost in costs.items()}
        self._width = {by: max(round(np.log2(max(cost.mean(), 1.0))), 0) if len(cost) else 0 for by, cost in costs.items()}
        self._remembered: OrderedDict[tuple[str, str, int], NDArray[np.int64]] = OrderedDict()
        self._looked_at: OrderedDict[tuple[object, ...], Any] = OrderedDict()

    @classmethod
    def from_edges(
        cls,
        *,
        nodes: int,
        tail: ArrayLike,
        head: ArrayLike,
        milliseconds: ArrayLike,
        back: ArrayLike | None = None,
        metres: ArrayLike | None = None,
        x: ArrayLike | None = None,
        y: ArrayLike | None = None,
        directed: bool = True,
    ) -> Self:
        """A network of `nodes` nodes, numbered from 0, and edges from `tail` to `head` in whole milliseconds.

        `directed`: edges go one way; otherwise both ways at the same time. `back` gives the milliseconds the other way per edge, −1
        where that is closed, for networks in which some edges go both ways. `x` and `y`: where nodes lie, in any flat coordinates; with
        them searches are quicker, results are the same. Raises ValueError for what cannot be: a negative or missing time, a node that
        does not exist.
        """
        if nodes < 1 or nodes > 2**31 - 2:
            message = f"a network has at least one node, not {nodes}"
            raise ValueError(message)
        start = whole(tail, "tail", least=0, most=nodes - 1)
        end = whole(head, "head", least=0, most=nodes - 1, length=len(start))
        if 2 * len(start) > 2**31 - 2:
            message = "a network has less than a milliard edges"
            raise ValueError(message)
        cost = whole(milliseconds, "milliseconds", least=0, length=len(start))
        if back is not None:
            other_way = whole(back, "back", least=-1, length=len(start))
        else:
            other_way = np.full(len(start), -1, dtype=np.int32) if directed else cost
        there, back_again = {"milliseconds": cost}, {"milliseconds": other_way}
        if metres is not None:
            there["metres"] = whole(metres, "metres", least=0, length=len(start))
            back_again["metres"] = np.where(other_way >= 0, there["metres"], np.int32(-1)).astype(np.int32)
        order = _order(nodes, start, end, x, y)
        return cls(nodes=nodes, tail=start, head=end, there=there, back=back_again, order=order)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the edges with times and lengths."""
        return hash_of(np.array([self.nodes]), self._tail, self._head, *self._there.values(), *self._back.values())

    def arcs(self, by: By) -> tuple[Ints, Ints]:
        """Arcs sorted by where they end, in our own order of nodes."""
        if by not in self._arcs:
            message = f"this network knows {' and '.join(self._arcs)}, not {by}"
            raise ValueError(message)
        return self._arcs[by]

    def width(self, by: By) -> int:
        """How wide a bucket is, as a power of two: about the mean arc."""
        return self._width[by]

    def longest(self, by: By) -> int:
        """The cost of the longest arc."""
        return self._longest[by]

    def places_of(self, facilities: ArrayLike, what: str = "facilities") -> Ints:
        """Nodes of facilities in our own order; −1 stays."""
        given = nodes_of(facilities, what, self.nodes)
        return np.where(given >= 0, self._rank[given], np.int32(-1)).astype(np.int32)

    def remembered(self, facilities: Ints, by: By, ranks: int) -> NDArray[np.int64] | None:
        """Labels of an earlier search for the same facilities."""
        key = (by, hash_of(facilities), ranks)
        found = self._remembered.get(key)
        with suppress(KeyError):  # another thread may have let it go meanwhile
            self._remembered.move_to_end(key)
        return found

    def remember(self, facilities: Ints, by: By, ranks: int, labels: NDArray[np.int64]) -> None:
        """Keep labels for the next question about the same facilities."""
        labels.setflags(write=False)
        self._remembered[by, hash_of(facilities), ranks] = labels
        while len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)

    def looked_at(self, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What `make` made of the facilities of a page that is being looked at, made again when others came in between."""
        found: Made | None = self._looked_at.get(key)
        if found is None:
            found = self._looked_at[key] = make()
            with suppress(KeyError):  # another thread may have let one go meanwhile
                while len(self._looked_at) > _REMEMBERED:
                    self._looked_at.popitem(last=False)
        return found

    def placed(self, who: Origins, by: By) -> Placed:
        """Origins in our own order of nodes."""
        known = who._placed.setdefault(self, {})
        if by not in known:
            known[by] = self._place(who, by)
        return known[by]

    def _place(self, who: Origins, by: By) -> Placed:
        if len(who) and who.node.max() >= self.nodes:
            message = f"node lies between -1 and {self.nodes - 1}; at {int(who.node.argmax())} it is {who.node.max()}"
            raise ValueError(message)
        on_node = np.where(who.node >= 0, self._rank[who.node], np.int32(-1)).astype(np.int32)
        if not len(who.edge) or who.edge.max() < 0:
            return Placed(on_node, NO_INTS, NO_INTS, NO_INTS)
        if who.edge.max() >= self.edges:
            message = f"edge lies between -1 and {self.edges - 1}; at {int(who.edge.argmax())} it is {who.edge.max()}"
            raise ValueError(message)
        along, edge = who.edge >= 0, np.maximum(who.edge, 0)
        forward, backward = self._there[by][edge], self._back[by][edge]
        to_head = np.rint((1 - who.offset) * forward).astype(np.int32)
        to_tail = np.rint(who.offset * backward).astype(np.int32)
        one = np.where(along, np.where(forward >= 0, self._rank[self._head[edge]], -1), on_node).astype(np.int32)
        other = np.where(along & (backward >= 0), self._rank[self._tail[edge]], -1).astype(np.int32)
        zero = np.int32(0)
        return Placed(one, other, np.where(along, to_head, zero), np.where(along, np.maximum(to_tail, zero), zero))


def _order(nodes: int, start: Ints, end: Ints, x: ArrayLike | None, y: ArrayLike | None) -> NDArray[np.int64]:
    """Nodes in the order in which they lie in memory: along a Hilbert curve, or without places breadth first."""
    if (x is None) != (y is None):
        message = "x and y belong together"
        raise ValueError(message)
    if x is not None and y is not None:
        from vliegwiel.engines.travel import layout_kernels

        across, along = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
        if across.shape != (nodes,) or along.shape != (nodes,) or not (np.isfinite(across).all() and np.isfinite(along).all()):
            message = f"x and y are {nodes} finite numbers"
            raise ValueError(message)
        return np.argsort(layout_kernels.hilbert(across, along), kind="stable")
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import reverse_cuthill_mckee

    graph = coo_array((np.ones(len(start), dtype=np.int8), (start, end)), shape=(nodes, nodes)).tocsr()
    return reverse_cuthill_mckee((graph + graph.T).tocsr(), symmetric_mode=True).astype(np.int64)
