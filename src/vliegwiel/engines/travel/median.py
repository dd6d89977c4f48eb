"""p-median: choose p so that everybody together travels least, with the proof.

Choices come from exchange, bounds from multipliers, and both from each other. What the bounds rule out is fixed; what then remains goes
to HiGHS when it is small, else one candidate is decided either way and both halves are bounded again. The bound that is returned holds
whenever the search stops.
"""

import heapq
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.travel.remainder import Node, remainder, size_of

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
States = NDArray[np.int8]
Progress = Callable[[float, float], None]
_FREE, _IN, _OUT = 0, 1, -1
_ROUNDS, _STEPS, _NODE_STEPS = 40, 30, 60
#: Entries of a model that HiGHS solves in a moment, and how long it gets before we go on by ourselves.
_SMALL, _MOMENT = 10_000, 10.0


@dataclass
class Search:
    """One run. `matrix` is candidates × demand, finite: what cannot be reached costs more than any choice that reaches everybody."""

    matrix: Floats
    number: int
    always: Longs
    step: float  # objectives are a whole number of these; 0 when they can be anything
    deadline: float
    progress: Progress | None
    best: float = np.inf
    chosen: Longs = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    unit: Floats = field(default_factory=lambda: np.zeros(0))
    by_distance: tuple[NDArray[np.int32], Floats] = field(init=False)
    pool: dict[frozenset[int], float] = field(default_factory=dict)
    nodes: int = 0

    def run(self, starts: list[Longs]) -> float:
        """Search from these choices on; returns the proven bound."""
        for start in starts:
            self.improve(start)
        if self.best == 0:  # nothing travels less than nothing
            return 0.0
        self.unit = np.maximum(0.01 * np.median(self.matrix, axis=0), 1e-9 * self.best / self.matrix.shape[1])
        order = np.argsort(self.matrix.T, axis=1, kind="stable").astype(np.int32)
        self.by_distance = (order, np.take_along_axis(self.matrix.T, order, axis=1))
        root = self._root()
        number = itertools.count()
        waiting = [(root.bound, next(number), root)]
        first = True
        while waiting and waiting[0][0] <= self.goal and time.monotonic() < self.deadline:
            _, _, node = heapq.heappop(waiting)
            if self.progress:
                self.progress(self.best, node.bound)
            if not (first and (self._decided(node) or self._solved_by_highs(node))):
                for half in self._halves(node):
                    heapq.heappush(waiting, (half.bound, next(number), half))
            first = False
        return min([self.best, *(bound for bound, _, _ in waiting)]) if waiting and waiting[0][0] <= self.goal else self.best

    @property
    def goal(self) -> float:
        """A bound above this proves the best choice."""
        return self.best - (self.step * (1 - 1e-6) if self.step else 1e-9 * self.best)

    def improve(self, chosen: Longs) -> None:
        """Exchange from this choice on, and keep it when it is the best."""
        from vliegwiel.engines.travel import keep_kernels

        row = np.concatenate([self.always, chosen[~np.isin(chosen, self.always)]]).astype(np.int64)
        self._keep(row, keep_kernels.exchange(self.matrix, row, len(self.always), np.zeros(len(self.matrix), dtype=np.bool_)))

    def _keep(self, chosen: Longs, value: float) -> None:
        self.pool[frozenset(chosen.tolist())] = value
        if value < self.best:
            self.best, self.chosen = value, np.sort(chosen)

    def _root(self) -> Node:
        from vliegwiel.engines.travel import keep_kernels

        candidates, demand = self.matrix.shape
        nearest, first, second = np.empty(demand, dtype=np.int64), np.empty(demand), np.empty(demand)
        keep_kernels.two_best(self.matrix, self.chosen, nearest, first, second)
        between = (first + np.minimum(second, 2 * np.maximum(first, np.median(self.matrix, axis=0)))) / 2
        state = np.zeros(candidates, dtype=np.int8)
        state[self.always] = _IN
        node = Node(state, np.maximum(between, self.unit), np.zeros(candidates), np.zeros(candidates))
        pace = 1.5
        for _ in range(_ROUNDS):
            pace = self._climb(node, _STEPS, pace, 12)
            if node.bound > self.goal or pace < 1e-3 or time.monotonic() > self.deadline:
                break
            self.improve(self._favourites(node))
            self._fix(node)
        return node

    def _climb(self, node: Node, steps: int, pace: float, patience: int) -> float:
        """Raise the bound of a node over the candidates that are not out; returns the pace that is left."""
        from vliegwiel.engines.travel import keep_kernels

        there = np.flatnonzero(node.state != _OUT)
        order, costs = keep_kernels.narrowed(*self.by_distance, node.state != _OUT)
        highest, worth, use = np.empty(len(costs)), np.empty(len(there)), node.use[there].copy()
        bound, pace = keep_kernels.climb(
            order, costs, node.multipliers.copy(), node.state[there], self.number, self.best, self.goal, steps, pace, patience,
            self.unit, highest, worth, use,
        )  # fmt: skip
        if bound > node.bound:
            node.bound, node.multipliers = bound, highest
            node.worth[there], node.use[there] = worth, use
        return pace

    def _favourites(self, node: Node) -> Longs:
        """What the bound would choose."""
        inside, free = np.flatnonzero(node.state == _IN), np.flatnonzero(node.state == _FREE)
        row = free[np.argsort(node.worth[free], kind="stable")]
        return np.concatenate([inside, row[: self.number - len(inside)]])

    def _fix(self, node: Node) -> None:
        """Fix what would lift the bound above the best when it were decided otherwise."""
        free = np.flatnonzero(node.state == _FREE)
        row = free[np.argsort(node.worth[free], kind="stable")]
        room = self.number - int((node.state == _IN).sum())
        if room < 1 or room >= len(row):
            return
        last, next_one = node.worth[row[room - 1]], node.worth[row[room]]
        outside, inside = row[room:], row[:room]
        node.state[outside[node.bound + node.worth[outside] - last > self.goal]] = _OUT
        node.state[inside[node.bound - node.worth[inside] + next_one > self.goal]] = _IN

    def _solved_by_highs(self, node: Node) -> bool:
        """Hand what is left to HiGHS when that is little; whether it was decided."""
        if size_of(self.matrix, node, self.number, self.goal) > _SMALL:
            return False
        seconds = min(_MOMENT, self.deadline - time.monotonic())
        chosen = remainder(self.matrix, node, self.number, self.goal, gap=self.best - self.goal, seconds=seconds)
        if chosen is None:
            return False
        if len(chosen):
            self.improve(chosen)
        return True

    def _halves(self, node: Node) -> list[Node]:
        """Decide one candidate either way: the one about which the bound is most in doubt."""
        free = np.flatnonzero(node.state == _FREE)
        doubted = free[np.argmin(np.abs(node.use[free] - 0.5))]
        found = []
        for decided in (_IN, _OUT):
            state = node.state.copy()
            state[doubted] = decided
            half = Node(state, node.multipliers, node.worth.copy(), node.use.copy(), node.bound)
            self.nodes += 1
            if self._decided(half):
                continue
            self._climb(half, _NODE_STEPS, 0.6, 6)
            if half.bound > self.goal:
                continue
            if self.nodes % 10 == 0:
                self.improve(self._favourites(half))
            self._fix(half)
            if not self._decided(half):
                found.append(half)
        return found

    def _decided(self, node: Node) -> bool:
        """Whether there is nothing left to decide; the one choice that is left is looked at."""
        from vliegwiel.engines.travel import keep_kernels

        inside, possible = np.flatnonzero(node.state == _IN), np.flatnonzero(node.state != _OUT)
        if len(inside) < self.number < len(possible):
            return False
        only = inside if len(inside) == self.number else possible
        if len(only) == self.number:
            room = [np.empty(self.matrix.shape[1]) for _ in range(2)]
            self._keep(only, keep_kernels.two_best(self.matrix, only, np.empty(len(room[0]), dtype=np.int64), *room))
        return True
