"""p-centre: choose p so that the furthest travels least. The answer is one of the distances in the table; covering decides which."""

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.travel.choice import Found, Problem
from vliegwiel.engines.travel.cover import cover, needs_more
from vliegwiel.engines.travel.uncapacitated import reaching_all

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
_STARTS = 4


class Centre:
    """One run over `levels`, all distances that occur: the answer lies from `low` (proven) to `high` (found)."""

    def __init__(self, problem: Problem, part: Floats, first: Longs, progress: Callable[[float, float], None] | None) -> None:
        self.part, self.problem, self.progress = part, problem, progress
        self.always = np.searchsorted(problem.allowed, problem.always).astype(np.int64)
        self.levels = np.unique(part[np.isfinite(part)])
        self.pool: dict[frozenset[int], float] = {}
        self.low = int(np.searchsorted(self.levels, part.min(axis=1).max(initial=0.0)))
        self.high = len(self.levels)
        self.chosen = first
        self.deadline = time.monotonic() + problem.seconds
        self.improve(first)

    def improve(self, chosen: Longs) -> None:
        """Keep a choice when it is the best; it may have fewer than p."""
        spare = np.setdiff1d(np.arange(self.part.shape[1]), chosen)[: self.problem.number - len(chosen)]
        whole = np.concatenate([chosen, spare]).astype(np.int64)
        worst = float(self.part[:, whole].min(axis=1).max(initial=0.0))
        self.pool[frozenset(self.problem.allowed[whole].tolist())] = worst
        if (level := int(np.searchsorted(self.levels, worst))) < self.high:
            self.chosen, self.high = whole, level
        if self.progress:
            self.progress(float(self.levels[self.high]), float(self.levels[self.low]))

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self.deadline - time.monotonic()

    def search(self) -> None:
        """Better choices by exchange, then a bound by linear programmes, then covers from the top until one cannot be."""
        chance = np.random.default_rng(self.problem.seed)
        hopeless = self.low
        while hopeless < self.high and self.left > 0:
            middle = (hopeless + self.high) // 2
            if not self._exchanged(middle, chance):
                hopeless = middle + 1
        possible = self.high
        while self.low < possible and self.left > 0:
            middle = (self.low + possible) // 2
            if needs_more(self.part <= self.levels[middle], self.always, than=self.problem.number, seconds=self.left):
                self.low = middle + 1
            else:
                possible = middle
        while self.low < self.high and self.left > 0:
            below = self.part <= self.levels[self.high - 1]
            found = cover(below, self.always, at_most=self.problem.number, seconds=self.left)
            if found.chosen is not None:
                self.improve(found.chosen)
            elif found.proven:
                self.low = self.high
            else:
                return

    def _exchanged(self, level: int, chance: np.random.Generator) -> bool:
        """Whether exchanging brings everybody within this level: what lies beyond it is what counts."""
        from vliegwiel.engines.travel import keep_kernels

        beyond = np.maximum(self.part - self.levels[level], 0.0)
        finite = np.isfinite(beyond)
        far = 1.0 + float(np.where(finite, beyond, 0.0).max(axis=1, initial=0.0).sum())
        matrix = np.ascontiguousarray(np.where(finite, beyond, far).T)
        barred, fixed = np.zeros(len(matrix), dtype=np.bool_), len(self.always)
        others = np.setdiff1d(np.arange(len(matrix)), self.always)
        for start in range(_STARTS):
            drawn = chance.permutation(others) if start else self.chosen[~np.isin(self.chosen, self.always)]
            row = np.concatenate([self.always, drawn[: self.problem.number - fixed]]).astype(np.int64)
            if keep_kernels.exchange(matrix, row, fixed, barred) == 0:
                self.improve(row)
                return True
        return False


def solve(problem: Problem, progress: Callable[[float, float], None] | None) -> Found:
    """Between the distance that somebody travels at least and the first choice that reaches everybody."""
    part = problem.costs[np.ix_(problem.rows, problem.allowed)]
    always = np.searchsorted(problem.allowed, problem.always).astype(np.int64)
    first = reaching_all(part, always, problem)
    if isinstance(first, Found):
        return first
    centre = Centre(problem, part, first, progress)
    centre.search()
    chosen = problem.allowed[centre.chosen]
    return Found(chosen, problem.value(chosen), float(centre.levels[min(centre.low, centre.high)]), centre.pool)
