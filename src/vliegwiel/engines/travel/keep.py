"""Which ones do we keep: p of the candidates, so that people travel least in all (p-median), nobody travels far (p-centre), or most
people live near one (coverage). Pinned in or out, with capacities, always with a bound that proves how good it is."""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.engines.travel.checks import amounts, hash_of, whole
from vliegwiel.engines.travel.choice import CENTRE, COVERAGE, MEDIAN, Choice, Found, Problem
from vliegwiel.kernel import clock
from vliegwiel.kernel.receipt import Receipt
from vliegwiel.kernel.verdict import Reason

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
VERSION = "1"
Objective = Literal["p-median", "p-centre", "coverage"]


def keep(
    costs: ArrayLike,
    weights: ArrayLike,
    *,
    p: int,
    objective: Objective = "p-median",
    always: Sequence[int] = (),
    never: Sequence[int] = (),
    capacities: ArrayLike | None = None,
    reach: float | None = None,
    seconds: float = 60.0,
    seed: int = 0,
    progress: Callable[[float, float], None] | None = None,
) -> Choice:
    """Choose `p` columns of `costs` (demand × candidates, infinity = not reachable) for `weights` persons per row.

    `always` and `never` pin candidates in or out. `capacities`: how many persons fit in each; a row may then be split. `reach`: for
    coverage, the cost up to which somebody counts as near. `progress` is told the best objective and the bound so far. After
    `seconds` the best so far is returned with the bound that holds; what is proven before does not depend on the machine or the
    seed, unless several choices are equally good. Raises ValueError for input that cannot be: negative or missing numbers, shapes
    that do not fit. What cannot be solved is a result without a choice that says why.

    >>> keep([[0, 5, 9], [5, 0, 4], [9, 4, 0]], [10, 10, 30], p=1).chosen
    (2,)
    """
    problem = _checked(costs, weights, p, objective, always, never, capacities, reach, seconds, seed)
    parameters = {
        "p": p, "objective": objective, "always": list(map(int, always)), "never": list(map(int, never)), "reach": reach,
        "seconds": seconds, "seed": seed,
    }  # fmt: skip
    inputs = {"costs": hash_of(problem.costs), "weights": hash_of(problem.weights)}
    if problem.capacities is not None:
        inputs["capacities"] = hash_of(problem.capacities)
    receipt = Receipt(f"travel.keep.{objective}", VERSION, inputs, parameters, clock.now())
    why = _in_the_way(problem)
    worst = -np.inf if objective == COVERAGE else np.inf
    found = Found(np.zeros(0, dtype=np.int64), worst, worst, why=why) if why else _solved(problem, progress)
    return _as_choice(problem, found, receipt)


def _solved(problem: Problem, progress: Callable[[float, float], None] | None) -> Found:
    from vliegwiel.engines.travel import capacitated, centre, coverage, uncapacitated

    if not len(problem.rows):  # nobody to serve: any choice is as good
        others = np.setdiff1d(problem.allowed, problem.always)[: problem.number - len(problem.always)]
        return Found(np.concatenate([problem.always, others]), 0.0, 0.0)
    if problem.capacities is not None:
        return capacitated.solve(problem)
    if problem.objective == CENTRE:
        return centre.solve(problem, progress)
    return coverage.solve(problem) if problem.objective == COVERAGE else uncapacitated.solve(problem, progress)


def _checked(
    costs: ArrayLike, weights: ArrayLike, p: int, objective: str, always: Sequence[int], never: Sequence[int],
    capacities: ArrayLike | None, reach: float | None, seconds: float, seed: int,
) -> Problem:  # fmt: skip
    matrix = np.array(costs, dtype=np.float64)
    problems = [
        message
        for message, wrong in {
            "costs is a table of demand × candidates with at least one candidate": matrix.ndim != 2 or not matrix.shape[-1],
            "costs are known and not below zero; infinity says that there is no way": bool(np.isnan(matrix).any())
            or bool((matrix < 0).any()),
            "p is at least 1": p < 1 or p != int(p),
            f"objective is one of {MEDIAN}, {CENTRE}, {COVERAGE}": objective not in (MEDIAN, CENTRE, COVERAGE),
            "coverage needs reach, the cost up to which somebody counts as near": objective == COVERAGE
            and (reach is None or not reach >= 0),
            "reach is for coverage": objective != COVERAGE and reach is not None,
            "a candidate cannot be both always and never": bool(set(always) & set(never)),
            "seconds is above zero": not seconds > 0,
        }.items()
        if wrong
    ]
    if problems:
        raise ValueError("; ".join(problems))
    count = matrix.shape[1]
    persons = amounts(weights, "weights", len(matrix))
    pinned = np.unique(whole(np.array(always, dtype=np.int64), "always", least=0, most=count - 1)).astype(np.int64)
    barred = whole(np.array(never, dtype=np.int64), "never", least=0, most=count - 1)
    holds = amounts(capacities, "capacities", count) if capacities is not None else None
    allowed = np.setdiff1d(np.arange(count), barred)
    counts, served = persons > 0, np.isfinite(matrix[:, allowed]).any(axis=1)
    limit = float(reach) if reach is not None else np.inf
    return Problem(
        objective, matrix, persons, int(p), allowed, pinned, np.flatnonzero(counts & served), np.flatnonzero(counts & ~served), limit,
        holds, seconds, seed,
    )  # fmt: skip


def _in_the_way(problem: Problem) -> tuple[Reason, ...]:
    """What makes a choice impossible before anything is searched."""
    why = []
    allowed, number = len(problem.allowed), problem.number
    if number > allowed:
        text = f"U vraagt er {number}, maar er zijn maar {allowed} die gekozen kunnen worden."
        why.append(Reason("too-few-candidates", text, facts={"p": number, "candidates": allowed}))
    if len(problem.always) > number:
        text = f"U houdt er {len(problem.always)} vast, maar u vraagt er {number}."
        why.append(Reason("too-many-pinned", text, facts={"p": number, "always": len(problem.always)}))
    if len(problem.left_out) and not len(problem.rows):
        text = "Niemand kan een van de kandidaten bereiken."
        why.append(Reason("nobody-arrives", text, facts={"persons": float(problem.weights.sum())}))
    if problem.capacities is not None and not why and problem.objective != COVERAGE:
        others = np.setdiff1d(problem.allowed, problem.always)
        rest = np.sort(problem.capacities[others])[::-1][: number - len(problem.always)]
        held, needed = float(problem.capacities[problem.always].sum() + rest.sum()), float(problem.weights[problem.rows].sum())
        if held < needed * (1 - 1e-12):
            room, people, short = (f"{value:,.0f}".replace(",", ".") for value in (held, needed, needed - held))
            text = f"In de {number} grootste passen {room} mensen, maar er zijn er {people}. Voor {short} mensen is geen plaats."
            why.append(Reason("capacity", text, facts={"held": held, "needed": needed}))
    return tuple(why)


def _as_choice(problem: Problem, found: Found, receipt: Receipt) -> Choice:
    count = len(problem.costs)
    assignment, cost = np.full(count, -1, dtype=np.int64), np.full(count, np.inf)
    if len(found.chosen) and found.shares is None:
        part = problem.costs[:, found.chosen]
        best = part.argmin(axis=1)
        cost = part[np.arange(count), best]
        assignment = np.where(np.isfinite(cost), found.chosen[best], -1)
    elif found.shares is not None:
        rows, candidates, parts = found.shares
        taken = np.zeros((count, problem.costs.shape[1]))
        taken[rows, candidates] = parts
        served = taken.sum(axis=1) > 0
        assignment[served] = taken[served].argmax(axis=1)
        finite = np.where(np.isfinite(problem.costs[served]), problem.costs[served], 0.0)
        cost[served] = (taken[served] * finite).sum(axis=1) / taken[served].sum(axis=1)
    near = abs(found.objective - found.bound) <= 1e-9 * max(1.0, abs(found.objective)) if len(found.chosen) else bool(found.why)
    proven = bool(near) and not any(reason.code == "time" for reason in found.why)
    chosen = tuple(int(one) for one in np.sort(found.chosen))
    return Choice(
        chosen, assignment, cost, found.objective, found.bound, proven, found.why, problem.left_out, found.shares, receipt, problem,
        found.pool,
    )  # fmt: skip
