"""The inner loop over answers, compiled: everything about one item in all domains in two passes, without tables in between.

The same arithmetic as `linear` with `structure`, for one stage and no calibration; a test holds them together. Releases the lock, so
that items run side by side.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from vliegwiel.engines.estimation.table import Bools, Floats, Ints

Numbers = NDArray[Any]


@njit(nogil=True, cache=True, error_model="numpy")
def weighted_mean(values: Numbers, weights: Floats, code: Ints) -> float:
    """Mean of known values over rows with a domain; 0 when there are none."""
    top = below = 0.0
    for row in range(len(values)):
        value = float(values[row])
        if code[row] >= 0 and value == value:
            top += weights[row] * value
            below += weights[row]
    return top / below if below else 0.0


@njit(nogil=True, cache=True, error_model="numpy")
def linearised(
    values: Numbers, weights: Floats, order: Ints, starts: Ints, edges: Ints, stratum: Ints, drawn: Ints, scale: Floats, lonely: Bools,
    adjust: bool, average: bool, ratio: bool, centre: float, found: Floats,
) -> None:  # fmt: skip
    """Fill `found` (domains × 9): estimate, variance, clusters, strata, n, Σw, Σw², Σw·a², Σw·a, for pairs of domain and cluster.

    order: rows by pair (empty: as they are); starts: where each pair begins in it; edges: where each domain begins among pairs.
    """
    straight = len(order) == 0
    widest = 0
    for place in range(len(edges) - 1):
        widest = max(widest, edges[place + 1] - edges[place])
    above, below = np.empty(widest), np.empty(widest)
    for place in range(len(edges) - 1):
        first, last = edges[place], edges[place + 1]
        top = low = square = heavy = 0.0
        count = 0
        for pair in range(first, last):
            own_top = own_low = 0.0
            for spot in range(starts[pair], starts[pair + 1]):
                row = spot if straight else order[spot]
                value = float(values[row])
                if value != value:
                    continue
                weight = weights[row]
                part = weight * (value - centre)
                own_top += part
                own_low += weight
                square += part * (value - centre)
                heavy += weight * weight
                count += 1
            above[pair - first], below[pair - first] = own_top, own_low
            top += own_top
            low += own_low
        result = found[place]
        result[4], result[5], result[6], result[7], result[8] = count, low, heavy, square, top
        if count == 0:
            result[0] = result[1] = np.nan
            continue
        up, down = 1.0, 0.0
        result[0] = top
        if ratio:
            result[0], up, down = top / low + centre, 1.0 / low, -top / (low * low)
        clusters = strata = every = fine = 0
        total = 0.0
        pair = first
        while pair < last:
            here = stratum[pair]
            end = pair
            seen = 0
            moved = 0.0
            while end < last and stratum[end] == here:
                influence = up * above[end - first] + down * below[end - first]
                above[end - first] = influence
                moved += influence
                if below[end - first] > 0.0:
                    seen += 1
                end += 1
            if seen:
                clusters += seen
                strata += 1
                every += 1
                middle = 0.0 if adjust and lonely[here] else moved / drawn[here]
                squares = (drawn[here] - (end - pair)) * middle * middle
                for one in range(pair, end):
                    gap = above[one - first] - middle
                    squares += gap * gap
                if not (average and lonely[here]):
                    fine += 1
                    total += squares * scale[here]
            pair = end
        result[1] = total
        if average:
            result[1] = total * every / fine if fine else np.nan
        result[2], result[3] = clusters, strata
