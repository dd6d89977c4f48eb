"""Maximal covering (Church and ReVelle 1974): choose p so that most people live within reach of one."""

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.travel import highs
from vliegwiel.engines.travel.choice import Found, Problem

Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]


def solve(problem: Problem) -> Found:
    """Places that are covered by the same candidates count as one; HiGHS chooses, greedy stands by when time runs out."""
    near = problem.costs[np.ix_(problem.rows, problem.allowed)] <= problem.reach
    always = np.searchsorted(problem.allowed, problem.always).astype(np.int64)
    patterns, of = np.unique(near, axis=0, return_inverse=True)
    people = np.zeros(len(patterns))
    np.add.at(people, of.ravel(), problem.weights[problem.rows])
    total = max(float(people.sum()), 1.0)
    model = highs.Model()
    for candidate in range(len(problem.allowed)):
        model.add_column(0.0, low=1.0 if candidate in always else 0.0, whole=True)
    for pattern, number in zip(patterns, people, strict=True):
        there = np.flatnonzero(pattern)
        if len(there):
            missed = model.add_column(float(number) / total)
            model.add_row([*there.tolist(), missed], [1.0] * (len(there) + 1), low=1.0)
    width = len(problem.allowed)
    model.add_row(list(range(width)), [1.0] * width, low=float(problem.number), high=float(problem.number))
    step = problem.step
    solved = highs.solve(model, seconds=problem.seconds, gap=0.9 * step / total if step else 1e-12)
    possible = float(people[patterns.any(axis=1)].sum())
    chosen = _greedily(patterns, people, always, problem.number)
    if len(solved.columns):
        exact = np.flatnonzero(solved.columns[:width] > 0.5)
        chosen = max(exact, chosen, key=lambda one: problem.value(problem.allowed[one]))
    objective = problem.value(problem.allowed[chosen])
    bound = min(possible, possible - solved.bound * total) if np.isfinite(solved.bound) else possible
    if solved.status == highs.OPTIMAL:
        # The solver's own rounding (1e-9 of everybody) does not count against the proof.
        bound = objective if bound - objective < max(step, 1e-9 * total) else bound
    return Found(problem.allowed[chosen], objective, max(bound, objective))


def _greedily(patterns: Bools, people: NDArray[np.float64], always: Longs, number: int) -> Longs:
    chosen = always.tolist()
    left = ~patterns[:, chosen].any(axis=1)
    while len(chosen) < number:
        gains = (people[left, None] * patterns[left]).sum(axis=0)
        gains[chosen] = -1.0
        chosen.append(int(gains.argmax()))
        left &= ~patterns[:, chosen[-1]]
    return np.array(chosen, dtype=np.int64)
