"""Large surveys: the compiled loop over items side by side, when the design has one stage and nothing was calibrated."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vliegwiel.engines.estimation.forms import Item
from vliegwiel.engines.estimation.table import Floats, Ints

if TYPE_CHECKING:
    from vliegwiel.engines.estimation.design import Design

#: From so many rows on, compiling pays.
ENOUGH = 20_000


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


def can_be_swift(design: "Design", items: Sequence[Item]) -> bool:
    """Whether the loop can do this question."""
    plain = not design.calibrations and design.replication is None and len(design.structure.stages) == 1
    return plain and design.rows >= ENOUGH and all(item.bottom is None for item in items)


def swift(design: "Design", items: Sequence[Item], domain: Ints, domains: int) -> Swift:
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
    tables = np.full((len(items), len(present), 9), np.nan)
    centres = np.zeros(len(items))

    def one(place: int) -> None:
        item = items[place]
        values = item.top if item.top.dtype == np.uint8 else np.ascontiguousarray(item.top, dtype=np.float64)
        centres[place] = kernels.weighted_mean(values, design.weights, domain) if item.form.ratio else 0.0
        kernels.linearised(
            values, design.weights, order, starts, edges, stratum, stage.drawn, stage.scale, stage.lonely,
            rule == "adjust", rule == "average", item.form.ratio, centres[place], tables[place],
        )  # fmt: skip

    with ThreadPoolExecutor(min(os.cpu_count() or 1, len(items))) as pool:
        list(pool.map(one, range(len(items))))
    wide = np.full((domains, len(items), 9), np.nan)
    wide[:, :, 2:] = 0.0
    wide[present] = tables.transpose(1, 0, 2)
    estimate, variance, clusters, strata, n, weight, squares, spread, top = np.moveaxis(wide, 2, 0)
    nobody = n == 0
    return Swift(
        np.where(nobody, np.nan, estimate), np.where(nobody, np.nan, variance), np.where(nobody, 0, clusters - strata).astype(np.int64),
        n.astype(np.int64), weight, squares, centres, spread, top,
    )  # fmt: skip


def pairs_of(domain: Ints, unit: Ints, units: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Rows by pair (empty when they lie in order), where each pair begins with the end behind it, and domain and unit per pair."""
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
