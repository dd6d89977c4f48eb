"""p-centre: choose p so that the furthest travels least. The answer is one of the distances in the table; covering decides which."""

import time
from collections.abc import Callable

import numpy as np

from vliegwiel.engines.travel.choice import Found, Problem
from vliegwiel.engines.travel.cover import cover
from vliegwiel.engines.travel.uncapacitated import reaching_all


def solve(problem: Problem, progress: Callable[[float, float], None] | None) -> Found:
    """Halve the list of distances; every step is a cover, or the proof that there is none."""
    deadline = time.monotonic() + problem.seconds
    part = problem.costs[np.ix_(problem.rows, problem.allowed)]
    always = np.searchsorted(problem.allowed, problem.always).astype(np.int64)
    first = reaching_all(part, always, problem)
    if isinstance(first, Found):
        return first
    chosen = first
    levels = np.unique(part[np.isfinite(part)])
    low = int(np.searchsorted(levels, part.min(axis=1).max(initial=0.0)))
    high = int(np.searchsorted(levels, part[:, chosen].min(axis=1).max(initial=0.0)))
    pool: dict[frozenset[int], float] = {}
    while low < high and time.monotonic() < deadline:
        middle = (low + high) // 2
        found = cover(part <= levels[middle], always, at_most=problem.number, seconds=deadline - time.monotonic())
        if found.chosen is not None:
            spare = np.setdiff1d(np.arange(part.shape[1]), found.chosen)[: problem.number - len(found.chosen)]
            chosen = np.concatenate([found.chosen, spare])
            worst = part[:, chosen].min(axis=1).max(initial=0.0)
            high = int(np.searchsorted(levels, worst))
            pool[frozenset(problem.allowed[chosen].tolist())] = float(worst)
        elif found.proven:
            low = middle + 1
        else:
            break
        if progress:
            progress(float(levels[high]), float(levels[low]))
    objective = problem.value(problem.allowed[chosen])
    bound = float(levels[min(low, high)]) if len(levels) else 0.0
    return Found(problem.allowed[chosen], objective, bound, pool)
