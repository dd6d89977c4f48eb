"""Choosing with capacities: a model for HiGHS in which the people of one place may go to several candidates."""

import time

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.travel import highs
from vliegwiel.engines.travel.choice import CENTRE, COVERAGE, Found, Problem
from vliegwiel.engines.travel.uncapacitated import out_of_time
from vliegwiel.kernel.verdict import Reason

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
#: Above this many ways to go the model does without a row for each: quicker, with a weaker bound.
_STRONG = 200_000
#: The largest worth in the model. HiGHS leaves out what is less than a millionth better, so small worths would hide small differences.
_LARGEST = 1e5


def solve(problem: Problem) -> Found:
    """p-centre halves the list of distances; the others are one model."""
    if problem.objective != CENTRE:
        return _one_model(problem, np.inf if problem.objective != COVERAGE else problem.reach, problem.seconds)
    deadline = time.monotonic() + problem.seconds
    part = problem.costs[np.ix_(problem.rows, problem.allowed)]
    levels = np.unique(part[np.isfinite(part)])
    low, high = int(np.searchsorted(levels, part.min(axis=1).max(initial=0.0))), len(levels) - 1
    best = _one_model(problem, levels[high], deadline - time.monotonic())
    if not len(best.chosen):
        return best
    high = int(np.searchsorted(levels, best.objective))
    while low < high and time.monotonic() < deadline:
        middle = (low + high) // 2
        found = _one_model(problem, levels[middle], deadline - time.monotonic())
        if len(found.chosen):
            best, high = found, int(np.searchsorted(levels, found.objective))
        elif any(reason.code == "time" for reason in found.why):
            break
        else:
            low = middle + 1
    return Found(best.chosen, best.objective, float(levels[min(low, high)]), shares=best.shares)


def _one_model(problem: Problem, limit: float, seconds: float) -> Found:
    """Everybody who counts goes somewhere within `limit` (coverage: as many as possible), nowhere more than fits."""
    assert problem.capacities is not None  # noqa: S101  # `keep` asks only then
    rows, allowed = problem.rows, problem.allowed
    part, people = problem.costs[np.ix_(rows, allowed)], problem.weights[rows]
    ways, to = np.nonzero(np.isfinite(part) & (part <= limit))
    total = max(float(people.sum()), 1e-300)
    worth = _worth(problem, part[ways, to], people[ways], total)
    unit = max(float(np.abs(worth).max(initial=0.0)), 1e-300) / _LARGEST
    model = highs.Model()
    for candidate in allowed:
        model.add_column(0.0, low=1.0 if candidate in problem.always else 0.0, whole=True)
    width = len(allowed)
    for value in worth:
        model.add_column(float(value) / unit)
    model.add_row(list(range(width)), [1.0] * width, low=float(problem.number), high=float(problem.number))
    _add_people(model, ways, len(rows), width, covering=problem.objective == COVERAGE)
    for candidate in range(width):
        there = np.flatnonzero(to == candidate)
        amounts = (people[ways[there]] / total).tolist()
        model.add_row(
            [*(width + there).tolist(), candidate], [*amounts, -problem.capacities[allowed[candidate]] / total], high=0.0
        )
        if len(ways) <= _STRONG:
            for way in there:
                model.add_row([width + int(way), candidate], [1.0, -1.0], high=0.0)
    solved = highs.solve(model, seconds=seconds, gap=1e-9 * _LARGEST)
    return _read(problem, solved, ways, to, unit)


def _worth(problem: Problem, costs: Floats, people: Floats, total: float) -> Floats:
    if problem.objective == CENTRE:
        return np.zeros(len(costs))
    return -people / total if problem.objective == COVERAGE else people / total * costs


def _add_people(model: highs.Model, ways: Longs, count: int, width: int, *, covering: bool) -> None:
    for row in range(count):
        there = width + np.flatnonzero(ways == row)
        model.add_row(there.tolist(), [1.0] * len(there), low=0.0 if covering else 1.0, high=1.0)


def _read(problem: Problem, solved: highs.Solved, ways: Longs, to: Longs, unit: float) -> Found:
    """Back to persons and costs."""
    covering = problem.objective == COVERAGE
    people = problem.weights[problem.rows]
    total = max(float(people.sum()), 1e-300)
    nothing = np.zeros(0, dtype=np.int64)
    if not len(solved.columns):
        worst = -np.inf if covering else np.inf
        if solved.status == highs.INFEASIBLE:
            text = "Binnen bereik is niet voor iedereen plaats, welke u ook kiest."
            return Found(nothing, worst, worst, why=(Reason("capacity-within-reach", text, facts={"p": problem.number}),))
        return Found(nothing, worst, total if covering else 0.0, why=(out_of_time(problem),))
    width = len(problem.allowed)
    chosen = np.flatnonzero(solved.columns[:width] > 0.5)
    parts = solved.columns[width:]
    used = parts > 1e-9
    rows, candidates, parts = ways[used], to[used], parts[used]
    costs = problem.costs[problem.rows[rows], problem.allowed[candidates]]
    if problem.objective == CENTRE:
        objective, bound = float(costs.max(initial=0.0)), 0.0
    elif covering:
        objective = float((people[rows] * parts).sum())
        bound = max(min(total, -solved.bound * unit * total), objective)
    else:
        objective = float((people[rows] * parts * costs).sum())
        bound = min(solved.bound * unit * total, objective)
    if abs(bound - objective) <= 1e-7 * abs(objective) and solved.status == highs.OPTIMAL:
        bound = objective  # within what the solver itself calls equal
    shares = (problem.rows[rows], problem.allowed[candidates], parts)
    return Found(problem.allowed[chosen], objective, bound, shares=shares)
