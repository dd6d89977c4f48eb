"""Group sums with numpy: pairs of a domain and a unit, and what items add up to in each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vliegwiel.engines.estimation.forms import Item
from vliegwiel.engines.estimation.table import Bools, Floats, Ints


@dataclass(frozen=True)
class Sums:
    """Sums of some items (columns `places` of the question) that were answered by the same rows.

    Pairs come sorted by domain and unit. `a`, `b`: pairs × items. Per domain: `n` rows, `weight` and `squares` of weights, and per
    item `spread`: Σ w·a², Σ w·a·b and Σ w·b². `centre` per item. `rows`, `row_domain`: which rows these are.
    """

    places: tuple[int, ...]
    domain: Ints
    unit: Ints
    a: Floats
    b: Floats
    centre: Floats
    n: Ints
    weight: Floats
    squares: Floats
    spread: Floats
    rows: Ints
    row_domain: Ints

    def totals(self, domains: int) -> tuple[Floats, Floats]:
        """A and B per domain (domains × items)."""
        return by_domain(self.domain, self.a, domains), by_domain(self.domain, self.b, domains)


def by_domain(domain: Ints, values: Floats, domains: int) -> Floats:
    """Sums over pairs (or rows) that are sorted by domain."""
    found = np.zeros((domains, *values.shape[1:]))
    if len(domain):
        starts = np.flatnonzero(np.append(True, domain[1:] != domain[:-1]))
        found[domain[starts]] = np.add.reduceat(values, starts, axis=0)
    return found


def sums_of(items: Sequence[Item], weights: Floats, domain: Ints, unit: Ints, domains: int, units: int) -> list[Sums]:
    """Group sums of items over rows with a domain (−1: outside). Items answered by the same rows share their pairs."""
    inside = np.flatnonzero(domain >= 0) if (domain < 0).any() else np.arange(len(domain))
    key = domain[inside] * units + unit[inside]
    if len(key) and (key[1:] < key[:-1]).any():
        order = np.argsort(key, kind="stable")
        inside, key = inside[order], key[order]
    found = []
    for answered, places in _batches(items, inside):
        rows = inside if answered is None else inside[answered]
        keys = key if answered is None else key[answered]
        found.append(_summed([items[place] for place in places], tuple(places), weights, rows, keys, domains, units))
    return found


def _batches(items: Sequence[Item], rows: Ints) -> list[tuple[Bools | None, list[int]]]:
    """Items by which of the rows have an answer."""
    batches: dict[bytes, tuple[Bools | None, list[int]]] = {}
    for place, item in enumerate(items):
        missing = np.isnan(item.top)[rows] if not item.complete else np.zeros(0, dtype=np.bool_)
        if item.bottom is not None:
            missing = (missing if len(missing) else np.zeros(len(rows), dtype=np.bool_)) | np.isnan(item.bottom)[rows]
        some = bool(missing.any())
        label = np.packbits(missing).tobytes() if some else b""
        batches.setdefault(label, (~missing if some else None, []))[1].append(place)
    return list(batches.values())


def _summed(
    items: Sequence[Item], places: tuple[int, ...], weights: Floats, rows: Ints, key: Ints, domains: int, units: int
) -> Sums:
    starts = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, dtype=np.int64)
    pair_domain, pair_unit = np.divmod(key[starts], units)
    edges = np.flatnonzero(np.append(True, pair_domain[1:] != pair_domain[:-1])) if len(key) else starts
    which, row_edges = pair_domain[edges], starts[edges]
    same = len(rows) == len(weights) and bool((rows == np.arange(len(rows))).all())
    heavy = weights if same else weights[rows]
    n, weight, squares = np.zeros(domains, dtype=np.int64), np.zeros(domains), np.zeros(domains)
    a, b = np.zeros((len(starts), len(items))), np.zeros((len(starts), len(items)))
    spread, centre = np.zeros((domains, len(items), 3)), np.zeros(len(items))
    if len(rows):
        n[which] = np.diff(np.append(row_edges, len(rows)))
        light = np.add.reduceat(heavy, starts)
        weight[which] = np.add.reduceat(light, edges)
        squares[which] = np.add.reduceat(heavy * heavy, row_edges)
        for place, item in enumerate(items):
            centre[place] = item.centre(weights)
            top = (item.top if same else item.top[rows]) - centre[place] * (1.0 if item.bottom is None else item.bottom[rows])
            added = heavy * top
            a[:, place] = np.add.reduceat(added, starts)
            spread[which, place, 0] = np.add.reduceat(added * top, row_edges)
            if item.bottom is None:
                b[:, place] = light
                spread[which, place, 1] = np.add.reduceat(a[:, place], edges)
                spread[which, place, 2] = weight[which]
            else:
                low = item.bottom[rows]
                b[:, place] = np.add.reduceat(heavy * low, starts)
                spread[which, place, 1] = np.add.reduceat(added * low, row_edges)
                spread[which, place, 2] = np.add.reduceat(heavy * low * low, row_edges)
    row_domain = np.repeat(which, n[which]) if len(rows) else key
    return Sums(places, pair_domain, pair_unit, a, b, centre, n, weight, squares, spread, rows, row_domain)
