"""The arithmetic of choosing: bounds by multipliers (Lagrange) and better choices by exchange.

Sums run in the order of demand, so they are the same on every machine.
"""

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.travel.compiled import compiled

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
States = NDArray[np.int8]


@compiled
def climb(
    order: NDArray[np.int32], cost: Floats, multipliers: Floats, state: States, number: int, best: float, goal: float,
    steps: int, pace: float, patience: int, unit: Floats, highest: Floats, worth: Floats, use: Floats,
) -> tuple[float, float]:  # fmt: skip
    """Raise the lower bound of choosing `number` candidates; returns the bound and the pace at which it may go on.

    Every place of demand has a multiplier: what it would pay to be served. A candidate is worth what it saves at these prices; the
    bound is all prices plus the worth of the best candidates (Lagrangian relaxation of "everybody goes somewhere once"). A step is as
    large as the multiplier it changes (or the `unit` of its place), for weights may differ by orders of magnitude. `order` and
    `cost` hold the candidates of each place from near to far; `state`: 1 chosen, 0 free. Ends when the bound passes `goal`. Filled
    in: the multipliers of the `highest` bound, the `worth` there, and how often each candidate was in `use` lately.
    """
    demand, candidates = order.shape
    chosen = np.zeros(candidates, np.bool_)
    saves, key, wrong = np.empty(candidates), np.empty(candidates), np.empty(demand)
    bound, stalled = -np.inf, 0
    for step in range(steps):
        saves[:] = 0.0
        value = 0.0
        for place in range(demand):
            price = multipliers[place]
            value += price
            for rank in range(candidates):
                if cost[place, rank] >= price:
                    break
                saves[order[place, rank]] += cost[place, rank] - price
        for candidate in range(candidates):
            key[candidate] = saves[candidate] if state[candidate] == 0 else -np.inf
        row = np.argsort(key, kind="mergesort")
        chosen[:] = False
        for rank in range(number):
            chosen[row[rank]] = True
            value += saves[row[rank]]
        lately = 0.05 if step > 0 else 1.0
        for candidate in range(candidates):
            use[candidate] += lately * ((1.0 if chosen[candidate] else 0.0) - use[candidate])
        size, off = 0.0, 0
        for place in range(demand):
            price, times = multipliers[place], 0
            for rank in range(candidates):
                if cost[place, rank] >= price:
                    break
                if chosen[order[place, rank]]:
                    times += 1
            wrong[place] = 1.0 - times
            if times != 1:
                off += 1
                size += max(price, unit[place]) * wrong[place] * wrong[place]
        stalled += 1
        if value > bound:
            if value > bound + 1e-5 * abs(bound):
                stalled = 0
            bound = value
            highest[:] = multipliers
            worth[:] = saves
        if off == 0 or bound > goal or size <= 0.0:
            break
        if stalled >= patience:
            pace *= 0.6
            stalled = 0
            multipliers[:] = highest
            if pace < 1e-3:
                break
            continue
        stride = pace * (1.001 * best - value) / size
        for place in range(demand):
            if wrong[place] != 0.0:
                price = multipliers[place]
                then = price + stride * wrong[place] * max(price, unit[place])
                multipliers[place] = max(min(then, 3.0 * max(price, unit[place])), 0.3 * price, 1e-3 * unit[place])
    return bound, pace


@compiled
def narrowed(order: NDArray[np.int32], cost: Floats, stays: Bools) -> tuple[NDArray[np.int32], Floats]:
    """Candidates of each place from near to far and what they cost, without those that do not stay; numbered among those that stay."""
    demand, candidates = order.shape
    number = np.cumsum(stays) - 1
    width = number[-1] + 1
    found, costs = np.empty((demand, width), np.int32), np.empty((demand, width))
    for place in range(demand):
        kept = 0
        for rank in range(candidates):
            if stays[order[place, rank]]:
                found[place, kept], costs[place, kept] = number[order[place, rank]], cost[place, rank]
                kept += 1
    return found, costs


@compiled
def two_best(matrix: Floats, chosen: Longs, nearest: Longs, first: Floats, second: Floats) -> float:
    """The nearest of the chosen (its place among them), its cost and that of the next; returns the sum of costs.

    `matrix` is candidates × demand.
    """
    first[:], second[:], nearest[:] = np.inf, np.inf, -1
    for place in range(len(chosen)):
        row = matrix[chosen[place]]
        for demand in range(len(first)):
            cost = row[demand]
            if cost < first[demand]:
                second[demand], first[demand], nearest[demand] = first[demand], cost, place
            elif cost < second[demand]:
                second[demand] = cost
    total = 0.0
    for demand in range(len(first)):
        total += first[demand]
    return total


@compiled
def exchange(matrix: Floats, chosen: Longs, fixed: int, barred: Bools) -> float:
    """Exchange one for one, the best exchange first, until none helps (Whitaker 1983); returns the sum of costs.

    `chosen` is changed in place, its first `fixed` stay; `barred` candidates do not come in. All costs are finite.
    """
    candidates, demand = matrix.shape
    nearest, first, second = np.empty(demand, np.int64), np.empty(demand), np.empty(demand)
    inside = barred.copy()
    inside[chosen] = True
    loss = np.empty(len(chosen))
    total = two_best(matrix, chosen, nearest, first, second)
    while True:
        best, goes, comes = 1e-12 * total, -1, -1
        for candidate in range(candidates):
            if inside[candidate]:
                continue
            row = matrix[candidate]
            gain = 0.0
            loss[:] = 0.0
            for place in range(demand):
                cost = row[place]
                if cost < first[place]:
                    gain += first[place] - cost
                else:
                    loss[nearest[place]] += min(cost, second[place]) - first[place]
            for out in range(fixed, len(chosen)):
                if gain - loss[out] > best:
                    best, goes, comes = gain - loss[out], out, candidate
        if goes < 0:
            return total
        lower = chosen.copy()
        lower[goes] = comes
        then = two_best(matrix, lower, nearest, first, second)
        if then >= total:  # only rounding said that it would help
            return total
        inside[chosen[goes]], inside[comes] = barred[chosen[goes]], True
        chosen[:] = lower
        total = then
