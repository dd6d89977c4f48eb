"""What is left of a p-median after fixing, as a small model for HiGHS.

Radius form (Cornuéjols, Nemhauser and Wolsey 1980): for each place of demand a column per step outwards says "nobody within this
distance". Bounds cut it short: whoever goes further than the multiplier plus the gap makes a choice that is not better.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.travel import highs

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
States = NDArray[np.int8]


@dataclass
class Node:
    """A part of all choices: the state of every candidate, and what was learned about it."""

    state: States
    multipliers: Floats
    worth: Floats
    use: Floats
    bound: float = 0.0


def size_of(matrix: Floats, node: Node, number: int, goal: float) -> int:
    """How many entries the model would have."""
    return 2 * int(_near(matrix, node, number, goal).sum())


def remainder(matrix: Floats, node: Node, number: int, goal: float, *, gap: float, seconds: float) -> Longs | None:
    """The best choice that may still be better than the best so far; empty when there is none, None when time ran out.

    `goal`: objectives above it are not better; `gap`: how near the proof must come.
    """
    near = _near(matrix, node, number, goal)
    there = np.flatnonzero(node.state != -1)
    costs, inside = matrix[there], node.state[there] == 1
    unit = max(float(goal), 1e-300)
    model = highs.Model()
    for fixed in inside:
        model.add_column(0.0, low=1.0 if fixed else 0.0, whole=True)
    for place in range(matrix.shape[1]):
        shares = np.minimum(costs[:, place], goal) / unit  # what costs more than the goal is not near, and might overflow
        if not _add_steps(model, shares, np.flatnonzero(near[:, place]), inside):
            return np.zeros(0, dtype=np.int64)
    model.add_row(list(range(len(there))), [1.0] * len(there), low=float(number), high=float(number))
    solved = highs.solve(model, seconds=seconds, gap=0.9 * gap / unit)
    if solved.status == highs.STOPPED:
        return None
    if solved.status == highs.INFEASIBLE or not len(solved.columns):
        return np.zeros(0, dtype=np.int64)
    return there[solved.columns[: len(there)] > 0.5]


def _near(matrix: Floats, node: Node, number: int, goal: float) -> NDArray[np.bool_]:
    """Candidates × demand: who may go where in a choice that is better."""
    there = np.flatnonzero(node.state != -1)
    free = np.flatnonzero(node.state == 0)
    room = number - int((node.state == 1).sum())
    last = np.sort(node.worth[free])[room - 1] if 0 < room <= len(free) else 0.0
    extra = np.where(node.state[there] == 1, 0.0, np.maximum(node.worth[there] - last, 0.0))
    found: NDArray[np.bool_] = np.maximum(matrix[there] - node.multipliers, 0) + extra[:, None] <= goal - node.bound
    return found


def _add_steps(model: highs.Model, costs: Floats, near: Longs, inside: NDArray[np.bool_]) -> bool:
    """The steps outwards of one place of demand; False when it can go nowhere."""
    if not len(near):
        return False
    row = near[np.argsort(costs[near], kind="stable")]
    levels, first = np.unique(costs[row], return_index=True)
    ends = [*first[1:], len(row)]
    # The first level is paid for by all choices; its column stands for the constant.
    model.add_column(float(levels[0]), low=1.0, high=1.0)
    previous = -1
    for level, (start, end) in enumerate(zip(first, ends, strict=True)):
        members = row[start:end].tolist()
        last = level == len(levels) - 1 or bool(inside[members].any())
        columns, values = members, [1.0] * len(members)
        if previous >= 0:
            columns, values = [*columns, previous], [*values, -1.0]
        low = 1.0 if previous < 0 else 0.0
        if not last:
            previous_then = model.add_column(float(levels[level + 1] - levels[level]))
            columns, values = [*columns, previous_then], [*values, 1.0]
        model.add_row(columns, values, low=low)
        if last:
            return True
        previous = previous_then
    return True
