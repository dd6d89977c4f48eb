"""Large surveys: the compiled loop over items side by side, when the design has one stage and nothing was calibrated."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from vliegwiel.engines.estimation.forms import Item
from vliegwiel.engines.estimation.sample import Sample
from vliegwiel.engines.estimation.table import Floats, Ints

#: From so many rows on it pays to load compiled code: half a second and 130 MB, once in a process.
ENOUGH = 2**17
_AT_A_TIME, _SIDE_BY_SIDE = 2**15, 2**22


@dataclass(frozen=True)
class Swift:
    """What the loop finds, domains × items; the last three for design effects."""

    estimate: Floats
    variance: Floats
    df: Ints
    n: Ints
    weight: Floats
    squares: Floats
    centre: Floats
    spread: Floats
    top: Floats


def can_be_swift(design: Sample, items: Sequence[Item]) -> bool:
    """Whether the loop can do this question."""
    plain = not design.calibrations and design.replication is None and len(design.structure.stages) == 1
    return plain and design.rows >= ENOUGH and all(item.bottom is None for item in items)


def swift(design: Sample, items: Sequence[Item], domain: Ints, domains: int) -> Swift:
    """All items in all domains."""
    from vliegwiel.engines.estimation import kernels

    stage, structure = design.structure.stages[0], design.structure
    order, starts, pair_domain, pair_unit = pairs_of(domain, structure.unit, structure.units)
    edges = (
        np.flatnonzero(np.append(True, pair_domain[1:] != pair_domain[:-1])) if len(pair_domain) else np.zeros(0, dtype=np.int64)
    )
    present = pair_domain[edges]
    edges = np.append(edges, len(pair_domain))
    stratum = stage.stratum[pair_unit]
    rule = structure.lonely_psu
    table = np.full((len(present), len(items), 9), np.nan)
    centres = np.array([item.centre() for item in items])

    def one(part: tuple[tuple[int, int], list[int]]) -> None:
        (first, last), places = part
        pairs = slice(edges[first], edges[last] + 1)
        rows = slice(starts[edges[first]], starts[edges[last]])
        own = order[rows] if len(order) else rows
        values = np.stack([items[place].top[own] for place in places])
        found = np.empty((last - first, len(places), 9))
        whole = all(items[place].complete for place in places)
        (kernels.linearised_whole if whole else kernels.linearised)(
            values if values.dtype == np.uint8 else values.astype(np.float64, copy=False), design.weights[own], starts[pairs] - rows.start,
            edges[first : last + 1] - edges[first], stratum[pairs], stage.drawn, stage.scale, stage.lonely,
            rule == "adjust", rule == "average", items[0].form.ratio, centres[places], found,
        )  # fmt: skip
        table[first:last, places] = found

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        list(pool.map(one, product(_blocks(starts[edges]), _sides(items, int(np.diff(edges).max(initial=0))))))
    wide = np.full((domains, len(items), 9), np.nan)
    wide[:, :, 2:] = 0.0
    wide[present] = table
    estimate, variance, clusters, strata, n, weight, squares, spread, top = np.moveaxis(wide, 2, 0)
    nobody = n == 0
    return Swift(
        np.where(nobody, np.nan, estimate), np.where(nobody, np.nan, variance), np.where(nobody, 0, clusters - strata).astype(np.int64),
        n.astype(np.int64), weight, squares, centres, spread, top,
    )  # fmt: skip


def _blocks(starts: Ints) -> list[tuple[int, int]]:
    """Whole domains, about as many rows at a time as stay in the cache of a processor."""
    rows = int(starts[-1])
    if not rows:
        return []
    edges = np.unique(np.append(np.searchsorted(starts[:-1], np.arange(0, rows, _AT_A_TIME)), len(starts) - 1))
    return list(pairwise(edges.tolist()))


def _sides(items: Sequence[Item], widest: int) -> list[list[int]]:
    """Items that go side by side: of one kind, and no more than fit beside the clusters of the widest domain."""
    size = max(1, _SIDE_BY_SIDE // max(widest, 1))
    kinds: dict[tuple[bool, bool], list[int]] = {}
    for place, item in enumerate(items):
        kinds.setdefault((item.top.dtype == np.uint8, item.complete), []).append(place)
    return [places[first : first + size] for places in kinds.values() for first in range(0, len(places), size)]


def pairs_of(domain: Ints, unit: Ints, units: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Rows by pair (empty when they lie in order), where each pair begins with the end behind it, and domain and unit per pair."""
    from vliegwiel.engines.estimation import kernels

    starts, pair_domain, pair_unit = np.empty(len(domain) + 1, np.int64), np.empty_like(domain), np.empty_like(unit)
    if (pairs := kernels.pairs_in_order(domain, unit, starts, pair_domain, pair_unit)) >= 0:
        return np.zeros(0, dtype=np.int64), starts[: pairs + 1], pair_domain[:pairs], pair_unit[:pairs]
    outside = domain < 0
    order = np.zeros(0, dtype=np.int64)
    key = domain * units + unit
    if outside.any():
        order = np.flatnonzero(~outside)
        key = key[order]
    if len(key) and (key[1:] < key[:-1]).any():
        sort = np.argsort(key, kind="stable")
        key = key[sort]
        order = order[sort] if len(order) else sort
    elif len(order) == len(domain):
        order = np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, dtype=np.int64)
    pair_domain, pair_unit = np.divmod(key[starts], units)
    return order, np.append(starts, len(key)), pair_domain, pair_unit
