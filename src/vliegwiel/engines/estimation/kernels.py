"""The inner loop over answers, compiled: items side by side in all domains, in two passes and without tables in between.

The same arithmetic as `linear` with `structure`, for one stage and no calibration; a test holds them together. Releases the lock, so
that parts of a survey run side by side.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from vliegwiel.engines.estimation.table import Bools, Floats, Ints

Numbers = NDArray[Any]
#: Rows that are laid out at a time, answer beside answer, so that one step of the processor takes several items.
TILE = 128


@njit(nogil=True, cache=True)
def pairs_in_order(domain: Ints, unit: Ints, starts: Ints, pair_domain: Ints, pair_unit: Ints) -> int:
    """How many pairs of domain and unit there are when all rows have a domain and lie in the order of both, else -1.

    Fills where each pair begins, with the end behind it, and domain and unit per pair.
    """
    found = 0
    for row in range(len(domain)):
        if domain[row] < 0:
            return -1
        if found:
            before, further = pair_domain[found - 1], pair_unit[found - 1]
            if domain[row] < before or (domain[row] == before and unit[row] < further):
                return -1
            if domain[row] == before and unit[row] == further:
                continue
        starts[found], pair_domain[found], pair_unit[found] = row, domain[row], unit[row]
        found += 1
    starts[found] = len(domain)
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def linearised(
    values: Numbers, weights: Floats, starts: Ints, edges: Ints, stratum: Ints, drawn: Ints, scale: Floats, lonely: Bools,
    adjust: bool, average: bool, ratio: bool, centres: Floats, found: Floats,
) -> None:  # fmt: skip
    """Fill `found` (domains × items × 9): estimate, variance, clusters, strata, n, Σw, Σw², Σw·a², Σw·a.

    values: items × rows, NaN where there is no answer. starts: where each pair of domain and cluster
    begins among rows; edges: where each domain begins among pairs.
    """
    items, rows = values.shape
    tile, laid = np.empty((TILE, items)), 0
    widest = 0
    for place in range(len(edges) - 1):
        widest = max(widest, edges[place + 1] - edges[place])
    above, below = np.empty((widest, items)), np.empty((widest, items))
    top, low, square, heavy, count = np.empty(items), np.empty(items), np.empty(items), np.empty(items), np.empty(items)
    moved, seen, middle, squares = np.empty(items), np.empty(items), np.empty(items), np.empty(items)
    up, down = np.empty(items), np.empty(items)
    for place in range(len(edges) - 1):
        first, last = edges[place], edges[place + 1]
        top[:], low[:], square[:], heavy[:], count[:] = 0.0, 0.0, 0.0, 0.0, 0.0
        for pair in range(first, last):
            own_top, own_low = above[pair - first], below[pair - first]
            own_top[:], own_low[:] = 0.0, 0.0
            for row in range(starts[pair], starts[pair + 1]):
                if row >= laid:
                    size = min(TILE, rows - row)
                    for item in range(items):
                        centre = centres[item]
                        for spot in range(size):
                            tile[spot, item] = float(values[item, row + spot]) - centre
                    laid = row + TILE
                weight, answers = weights[row], tile[row - laid + TILE]
                for item in range(items):
                    known = answers[item] == answers[item]
                    value, own = (answers[item], weight) if known else (0.0, 0.0)
                    own_top[item] += own * value
                    own_low[item] += own
                    square[item] += own * value * value
                    heavy[item] += own * own
                    count[item] += 1.0 if known else 0.0
            for item in range(items):
                top[item] += own_top[item]
                low[item] += own_low[item]
        for item in range(items):
            result = found[place, item]
            result[0], up[item], down[item] = top[item], 1.0, 0.0
            if ratio:
                result[0], up[item], down[item] = (
                    top[item] / low[item] + centres[item],
                    1.0 / low[item],
                    -top[item] / (low[item] * low[item]),
                )
            result[1] = result[2] = result[3] = 0.0
            result[4], result[5], result[6], result[7], result[8] = count[item], low[item], heavy[item], square[item], top[item]
            if count[item] == 0.0:
                result[0], up[item], down[item] = np.nan, 0.0, 0.0
        every, fine = np.zeros(items), np.zeros(items)
        pair = first
        while pair < last:
            here = stratum[pair]
            end = pair
            moved[:], seen[:] = 0.0, 0.0
            while end < last and stratum[end] == here:
                own_top, own_low = above[end - first], below[end - first]
                for item in range(items):
                    influence = up[item] * own_top[item] + down[item] * own_low[item]
                    own_top[item] = influence
                    moved[item] += influence
                    seen[item] += 1.0 if own_low[item] > 0.0 else 0.0
                end += 1
            absent = float(drawn[here] - (end - pair))
            share = 0.0 if adjust and lonely[here] else 1.0 / drawn[here]
            for item in range(items):
                middle[item] = moved[item] * share
                squares[item] = absent * middle[item] * middle[item]
            for one in range(pair, end):
                own_top = above[one - first]
                for item in range(items):
                    gap = own_top[item] - middle[item]
                    squares[item] += gap * gap
            for item in range(items):
                if seen[item] > 0.0:
                    result = found[place, item]
                    result[2] += seen[item]
                    result[3] += 1.0
                    every[item] += 1.0
                    if not (average and lonely[here]):
                        fine[item] += 1.0
                        result[1] += squares[item] * scale[here]
            pair = end
        for item in range(items):
            if count[item] == 0.0:
                found[place, item, 1] = np.nan
            elif average:
                found[place, item, 1] = found[place, item, 1] * every[item] / fine[item] if fine[item] else np.nan


@njit(nogil=True, cache=True, error_model="numpy")
def linearised_whole(
    values: Numbers, weights: Floats, starts: Ints, edges: Ints, stratum: Ints, drawn: Ints, scale: Floats, lonely: Bools,
    adjust: bool, average: bool, ratio: bool, centres: Floats, found: Floats,
) -> None:  # fmt: skip
    """The same as `linearised` when nobody left an answer out: sums of weights and counts are then one number for all items."""
    items, rows = values.shape
    tile, laid = np.empty((TILE, items)), 0
    widest = 0
    for place in range(len(edges) - 1):
        widest = max(widest, edges[place + 1] - edges[place])
    above, heft = np.empty((widest, items)), np.empty(widest)
    top, square, moved, middle = np.empty(items), np.empty(items), np.empty(items), np.empty(items)
    squares, variance, down = np.empty(items), np.empty(items), np.empty(items)
    for place in range(len(edges) - 1):
        first, last = edges[place], edges[place + 1]
        top[:], square[:] = 0.0, 0.0
        low = heavy = 0.0
        for pair in range(first, last):
            own_top = above[pair - first]
            own_top[:] = 0.0
            own_low = 0.0
            for row in range(starts[pair], starts[pair + 1]):
                if row >= laid:
                    size = min(TILE, rows - row)
                    for item in range(items):
                        centre = centres[item]
                        for spot in range(size):
                            tile[spot, item] = float(values[item, row + spot]) - centre
                    laid = row + TILE
                weight, answers = weights[row], tile[row - laid + TILE]
                for item in range(items):
                    part = weight * answers[item]
                    own_top[item] += part
                    square[item] += part * answers[item]
                own_low += weight
                heavy += weight * weight
            heft[pair - first] = own_low
            low += own_low
            for item in range(items):
                top[item] += own_top[item]
        up = 1.0 / low if ratio else 1.0
        for item in range(items):
            down[item] = -top[item] / (low * low) if ratio else 0.0
        variance[:] = 0.0
        clusters = strata = fine = 0.0
        pair = first
        while pair < last:
            here = stratum[pair]
            end = pair
            moved[:] = 0.0
            seen = 0.0
            while end < last and stratum[end] == here:
                own_top, own_low = above[end - first], heft[end - first]
                for item in range(items):
                    influence = up * own_top[item] + down[item] * own_low
                    own_top[item] = influence
                    moved[item] += influence
                seen += 1.0 if own_low > 0.0 else 0.0
                end += 1
            absent = float(drawn[here] - (end - pair))
            share = 0.0 if adjust and lonely[here] else 1.0 / drawn[here]
            for item in range(items):
                middle[item] = moved[item] * share
                squares[item] = absent * middle[item] * middle[item]
            for one in range(pair, end):
                own_top = above[one - first]
                for item in range(items):
                    gap = own_top[item] - middle[item]
                    squares[item] += gap * gap
            if seen > 0.0:
                clusters += seen
                strata += 1.0
                if not (average and lonely[here]):
                    fine += 1.0
                    for item in range(items):
                        variance[item] += squares[item] * scale[here]
            pair = end
        for item in range(items):
            result = found[place, item]
            result[0] = top[item] / low + centres[item] if ratio else top[item]
            result[1] = variance[item]
            if average:
                result[1] = variance[item] * strata / fine if fine else np.nan
            result[2], result[3], result[4] = clusters, strata, float(starts[last] - starts[first])
            result[5], result[6], result[7], result[8] = low, heavy, square[item], top[item]
