"""From a checked problem to the search of a p-median, and back."""

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.travel.choice import Found, Problem
from vliegwiel.engines.travel.cover import cover
from vliegwiel.engines.travel.median import Search
from vliegwiel.kernel.verdict import Reason

Longs = NDArray[np.int64]
_STARTS = 8


def solve(problem: Problem, progress: Callable[[float, float], None] | None) -> Found:
    """A first choice that reaches everybody, then the search from it and from others drawn by the seed."""
    deadline = time.monotonic() + problem.seconds
    part = problem.costs[np.ix_(problem.rows, problem.allowed)]
    place_of = {int(candidate): place for place, candidate in enumerate(problem.allowed)}
    always = np.array([place_of[int(one)] for one in problem.always], dtype=np.int64)
    first = reaching_all(part, always, problem)
    if isinstance(first, Found):
        return first
    matrix = np.ascontiguousarray((part * problem.weights[problem.rows, None]).T)
    finite = np.isfinite(matrix)
    far = 1.0 + float(np.where(finite, matrix, 0.0).max(axis=0, initial=0.0).sum())
    matrix[~finite] = far
    search = Search(matrix, problem.number, always, problem.step, deadline, progress)
    chance = np.random.default_rng(problem.seed)
    others = np.setdiff1d(np.arange(len(matrix)), always)
    starts = [first] + [
        np.concatenate([always, chance.permutation(others)[: problem.number - len(always)]]) for _ in range(_STARTS - 1)
    ]
    bound = search.run(starts)
    chosen = problem.allowed[search.chosen]
    objective = problem.value(chosen)
    pool = {frozenset(problem.allowed[sorted(one)].tolist()): value for one, value in search.pool.items() if value < far}
    return Found(chosen, objective, objective if bound >= search.best else min(bound, objective), pool)


def reaching_all(part: NDArray[np.float64], always: Longs, problem: Problem) -> Longs | Found:
    """A choice (places in `part`) with which everybody arrives, filled up to p; or why there is none."""
    found = cover(np.isfinite(part), always, at_most=problem.number, seconds=problem.seconds)
    if found.chosen is None:
        if found.proven:
            text = f"Met {problem.number} kan niet iedereen een van de gekozen kandidaten bereiken."
            reason = Reason("too-few-to-reach-all", text, facts={"p": problem.number})
        else:
            reason = out_of_time(problem)
        bound = np.inf if found.proven else 0.0
        return Found(np.zeros(0, dtype=np.int64), np.inf, bound, why=(reason,))
    spare = np.setdiff1d(np.arange(part.shape[1]), found.chosen)[: problem.number - len(found.chosen)]
    return np.concatenate([found.chosen, spare])


def out_of_time(problem: Problem) -> Reason:
    """No choice was found in the time that was given, and none was ruled out."""
    text = f"In {problem.seconds:g} seconden is geen keuze gevonden. Geef meer tijd of kies een groter aantal."
    return Reason("time", text, facts={"seconds": problem.seconds})
