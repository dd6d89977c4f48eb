"""Where people start: on a node, or somewhere along an edge; with how many they are, in all and per group."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.engines.travel.checks import amounts, hash_of, whole

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
NO_INTS = np.zeros(0, dtype=np.int32)
EVERYBODY = "all"


class Origins:
    """Places where people start, in an order that every result keeps.

    `node`: the number of a node per origin, −1 when it lies off the network. `persons`: how many start there (1 each when left out).
    `groups`: the same per group, such as people of 65 and older. `edge` and `offset` place an origin along an edge instead: the position
    of the edge in what the network was made from (−1: on its node), and how far from tail to head, from 0 to 1. Raises ValueError
    when a number is missing, below zero or does not fit.
    """

    def __init__(
        self,
        *,
        node: ArrayLike | None = None,
        persons: ArrayLike | None = None,
        groups: Mapping[str, ArrayLike] | None = None,
        edge: ArrayLike | None = None,
        offset: ArrayLike | None = None,
    ) -> None:
        if node is None and edge is None:
            message = "an origin lies on a node or along an edge"
            raise ValueError(message)
        if (edge is None) != (offset is None):
            message = "edge and offset belong together"
            raise ValueError(message)
        count = len(np.asarray(node if node is not None else edge))
        self.node = whole(node, "node", least=-1, length=count) if node is not None else np.full(count, -1, dtype=np.int32)
        self.edge = whole(edge, "edge", least=-1, length=count) if edge is not None else NO_INTS
        self.offset = _shares(offset, count) if offset is not None else np.zeros(0)
        self.persons = amounts(persons, "persons", count) if persons is not None else np.ones(count)
        self.groups = {name: amounts(values, f"persons in {name}", count) for name, values in (groups or {}).items()}
        if EVERYBODY in self.groups:
            message = f"the group “{EVERYBODY}” is everybody; give yours another name"
            raise ValueError(message)
        for array in (self.node, self.edge):
            array.setflags(write=False)
        for amount in (self.offset, self.persons, *self.groups.values()):
            amount.setflags(write=False)
        # Per network itself, not per its hash: the same edges may lie in memory in another order.
        self._placed: WeakKeyDictionary[object, dict[str, Placed]] = WeakKeyDictionary()

    def __len__(self) -> int:
        return len(self.node)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of everything that was handed in."""
        names = np.frombuffer("\n".join(self.groups).encode(), dtype=np.uint8)
        return hash_of(self.node, self.edge, self.offset, self.persons, names, *self.groups.values())

    @property
    def everybody(self) -> dict[str, Floats]:
        """Persons per group, all of them first."""
        return {EVERYBODY: self.persons, **self.groups}


@dataclass(frozen=True)
class Placed:
    """Origins in the numbers of one network: the node at one end, the node at the other end (−1 without), and what it takes to get there.

    `to_one` and `to_other` are empty when every origin lies on its node.
    """

    one: Ints
    other: Ints
    to_one: Ints
    to_other: Ints
    _by_node: tuple[Ints, Ints] | None = None

    def by_node(self, nodes: int) -> tuple[Ints, Ints]:
        """Where the origins of each node begin, and the origins in that order; counted once."""
        return self._by_node or self._count(nodes)

    def _count(self, nodes: int) -> tuple[Ints, Ints]:
        from vliegwiel.engines.travel import reach_kernels

        found = reach_kernels.origins_by_node(nodes, self.one, self.other)
        object.__setattr__(self, "_by_node", found)
        return found


def _shares(values: ArrayLike, count: int) -> Floats:
    found = amounts(values, "offset", count)
    if count and found.max() > 1:
        message = f"offset lies between 0 and 1; at {int(found.argmax())} it is {found.max()}"
        raise ValueError(message)
    return found
