"""Group sums with numpy: pairs of a domain and a unit, and what items add up to in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from vliegwiel.engines.estimation.forms import Item
from vliegwiel.engines.estimation.table import Bools, Floats, Ints

_AT_A_TIME = 2**15


@dataclass(frozen=True)
class Sums:
    """Sums of some items (columns `places` of the question) that were answered by the same rows.

    Pairs come sorted by domain and unit. `a`, `b`: pairs × items. Per domain: `n` rows, `weight` and `squares` of weights, and per
    item `spread`: Σ w·a², Σ w·a·b and Σ w·b². `centre` per item. `rows`: which rows these are.
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

    @cached_property
    def row_domain(self) -> Ints:
        """The domain of each of the rows."""
        there = np.flatnonzero(self.n)
        return np.repeat(there, self.n[there])

    def totals(self, domains: int) -> tuple[Floats, Floats]:
        """A and B per domain (domains × items)."""
        return by_domain(self.domain, self.a, domains), by_domain(self.domain, self.b, domains)


def by_domain(domain: Ints, values: Floats, domains: int) -> Floats:
    """Sums over pairs (or rows) that are sorted by domain."""
    if values.ndim == 2 and values.shape[1] > 1 and not values.strides[1]:  # one column, shown more than once
        return np.broadcast_to(by_domain(domain, values[:, :1], domains), (domains, values.shape[1]))
    found = np.zeros((domains, *values.shape[1:]))
    if len(domain):
        starts = changes(domain)
        found[domain[starts]] = np.add.reduceat(values, starts, axis=0)
    return found


def changes(key: Ints) -> Ints:
    """The places where a run of equal keys begins."""
    return np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, dtype=np.int64)


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
    starts = changes(key)
    pair_domain, pair_unit = np.divmod(key[starts], units)
    edges = changes(pair_domain)
    which = pair_domain[edges]
    same = len(rows) == len(weights) and bool((rows == np.arange(len(rows))).all())
    heavy = weights if same else weights[rows]
    n, weight, squares = np.zeros(domains, dtype=np.int64), np.zeros(domains), np.zeros(domains)
    n[which] = np.diff(starts[edges], append=len(rows))
    light = np.add.reduceat(heavy, starts) if len(rows) else heavy
    weight[which] = np.add.reduceat(light, edges) if len(rows) else light
    squares[which] = np.add.reduceat(heavy * heavy, starts[edges]) if len(rows) else light
    centre = np.array([item.centre() for item in items])
    plain = all(item.bottom is None for item in items)
    a = np.zeros((len(starts), len(items)))
    b = np.broadcast_to(light[:, None], a.shape) if plain else np.zeros_like(a)
    spread = np.zeros((domains, len(items), 3))
    ends = np.append(starts, len(rows))
    for first, last in _blocks(starts, len(rows)):
        here = slice(ends[first], ends[last])
        own = here if same else rows[here]
        pair = starts[first:last] - here.start
        domain = pair_domain[first:last]
        edge = changes(domain)
        owner, row_edge = domain[edge], pair[edge]
        for place, item in enumerate(items):
            low = None if item.bottom is None else item.bottom[own]
            top = item.top[own] - (centre[place] if low is None else centre[place] * low)
            added = heavy[here] * top
            a[first:last, place] = np.add.reduceat(added, pair)
            spread[owner, place, 0] += np.add.reduceat(np.multiply(added, top, out=top), row_edge)
            if low is not None:
                spread[owner, place, 1] += np.add.reduceat(added * low, row_edge)
                under = heavy[here] * low
                b[first:last, place] = np.add.reduceat(under, pair)
                spread[owner, place, 2] += np.add.reduceat(under * low, row_edge)
    for place in range(len(items)):
        if items[place].bottom is None:
            if not plain:
                b[:, place] = light
            spread[:, place, 1] = by_domain(pair_domain, a[:, place], domains)
            spread[:, place, 2] = weight
    return Sums(places, pair_domain, pair_unit, a, b, centre, n, weight, squares, spread, rows)


def _blocks(starts: Ints, rows: int) -> list[tuple[int, int]]:
    """Whole pairs, about as many rows at a time as stay in the cache of a processor: first pair and the one behind the last."""
    if not rows:
        return []
    edges = np.unique(np.append(np.searchsorted(starts, np.arange(0, rows, _AT_A_TIME)), len(starts)))
    return list(pairwise(edges.tolist()))
