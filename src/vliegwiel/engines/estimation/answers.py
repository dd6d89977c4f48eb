"""The questions that can be asked of a design, as items for the algebra, and the answers as one kind of result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from vliegwiel.engines.estimation import notes
from vliegwiel.engines.estimation.binomial import fits, limits_of
from vliegwiel.engines.estimation.calibration import raked
from vliegwiel.engines.estimation.forms import MEAN, RATIO, SHARE, TOTAL, Item
from vliegwiel.engines.estimation.intervals import checked, checked_kind, limits
from vliegwiel.engines.estimation.linear import Linear
from vliegwiel.engines.estimation.margins import compact
from vliegwiel.engines.estimation.refusals import NotPossible
from vliegwiel.engines.estimation.result import Estimates, objects
from vliegwiel.engines.estimation.sample import Sample
from vliegwiel.engines.estimation.table import Floats, Ints
from vliegwiel.kernel import clock
from vliegwiel.kernel.receipt import Receipt

VERSION = "1"


@dataclass(frozen=True)
class Domains:
    """The parts that are asked for: a code per row of the data (−1: none), and the values of the `by` columns per domain."""

    names: tuple[str, ...]
    code: Ints
    count: int
    values: tuple[list[Any], ...]


def domains_of(design: Sample, by: Sequence[str]) -> Domains:
    """All combinations of `by` that occur in the sample, in order; who misses a background or a condition is in none."""
    design.table.need(by)
    code, columns = np.zeros(design.rows, dtype=np.int64), [design.table.coded(name, shown=True) for name in by]
    size = 1
    missing = np.zeros(design.rows, dtype=np.bool_)
    for column in columns:
        missing |= column.codes < 0
        code = column.codes.astype(np.int64) if column is columns[0] else code * len(column.levels) + column.codes
        size *= len(column.levels)
    if len(columns) == 1:
        found = np.arange(size)
    elif columns:
        found, own = compact(code[~missing], size)
        code[~missing] = own
    else:
        found = np.zeros(1, dtype=np.int64)
    values, rest = [], found
    for column in reversed(columns):
        rest, level = np.divmod(rest, len(column.levels))
        values.append([column.levels[place] for place in level])
    if design.inside is not None:
        missing |= ~design.inside
    return Domains(tuple(by), np.where(missing, -1, code) if missing.any() else code, len(found), tuple(reversed(values)))


def mean(design: Sample, variables: list[str], by: list[str], confidence: float) -> Estimates:
    """Means."""
    design.table.load([*variables, *by])
    return _asked(design, "mean", [_number(design, MEAN, name) for name in variables], by, "t", confidence)


def total(design: Sample, variables: list[str], by: list[str], confidence: float) -> Estimates:
    """Totals. Refused for a sample that is no probability sample, unless the assumption is named."""
    if not design.margins:
        raise NotPossible(
            "Een populatietotaal is er niet: dit is geen kanssteekproef.",
            todo='Geef aandelen van de deelnemers, of noem de aanname met assume="quasi-random".',
            code="not-a-probability-sample",
        )
    design.table.load([*variables, *by])
    items = []
    for name in variables:
        items += [_number(design, TOTAL, name)] if design.table.is_number(name) else _categories(design, TOTAL, name)
    return _asked(design, "total", items, by, "t", confidence)


def ratio(design: Sample, above: list[str], below: list[str], by: list[str], confidence: float) -> Estimates:
    """Ratios of totals."""
    design.table.load([*above, *below, *by])
    items = [
        Item(RATIO, f"{top}/{bottom}", None, design.table.numbers(top), design.table.numbers(bottom))
        for bottom in below
        for top in above
    ]
    return _asked(design, "ratio", items, by, "t", confidence, [*above, *below])


def proportion(design: Sample, variables: list[str], by: list[str], interval: str, confidence: float) -> Estimates:
    """Shares of categories."""
    design.table.load([*variables, *by])
    checked_kind(interval)
    items = [item for name in variables for item in _categories(design, SHARE, name)]
    return _asked(design, "proportion", items, by, interval, confidence)


def shift(design: Sample, variables: list[str], margins: Mapping[Any, Any], by: list[str]) -> Estimates:
    """Means with one more margin less means without."""
    before, after = (mean(one, variables, by, 0.95) for one in (design, raked(design, margins)))
    nothing = np.full(len(before), np.nan)
    return Estimates(
        "shift", before.by, before.domains, before.variable, before.category, after.estimate - before.estimate, nothing, nothing, nothing,
        nothing, before.n, after.n_effective, nothing, before.note, diagnostics={**design.about, "added": sorted(map(str, margins))},
        margins=False,
    )  # fmt: skip


def receipt_of(
    design: Sample, kind: str, columns: Sequence[str], parameters: Mapping[str, Any], made_at: datetime | None = None
) -> Receipt:
    """How an outcome was made. The hash of the data covers the columns that took part."""
    settings = design.settings
    used = [
        *columns,
        *settings["strata"],
        *settings["clusters"],
        *filter(None, settings["fpc"]),
        *filter(None, [settings["weights"]]),
    ]
    calibrations = [calibration.receipt for calibration in design.calibrations]
    replication = design.replication.receipt if design.replication else None
    return Receipt(
        f"estimation.{kind}",
        VERSION,
        {"data": design.table.digest(used)},
        {**settings, **parameters, "conditions": design.conditions, "calibrations": calibrations, "replicates": replication,
         "margin": design.about["margin"]},
        made_at or clock.now(),
    )  # fmt: skip


def _number(design: Sample, form: Any, name: str) -> Item:
    values, complete = design.table.answers(name)
    return Item(form, name, None, values, complete=complete)


def _categories(design: Sample, form: Any, name: str) -> list[Item]:
    coded = design.table.coded(name, shown=True)
    missing = coded.codes < 0
    some = bool(missing.any())
    found = []
    for place, label in enumerate(coded.labels):
        values = (coded.codes == place).view(np.uint8)
        found.append(Item(form, name, label, np.where(missing, np.nan, values) if some else values, complete=not some))
    return found


def _asked(
    design: Sample, kind: str, items: list[Item], by: list[str], interval: str, confidence: float, columns: Sequence[str] = ()
) -> Estimates:
    domains = domains_of(design, by)
    linear = Linear(design, items, domains.code, domains.count)
    names = list(dict.fromkeys(item.variable for item in items))
    parameters: dict[str, Any] = {"variables": names, "by": by, "confidence": confidence}
    if kind == "proportion":
        parameters["interval"] = interval
    started = clock.now()

    def receipt() -> Receipt:
        return receipt_of(design, kind, [*(columns or names), *by], parameters, started)

    return answered(design, kind, linear, items, domains, interval, checked(confidence), receipt)


def answered(
    design: Sample,
    kind: str,
    linear: Linear,
    items: Sequence[Item],
    domains: Domains,
    interval: str,
    confidence: float,
    receipt: Any,
) -> Estimates:
    """Lay estimates of domains × items out as rows; leave out the margins that this kind of sample does not allow."""
    width = len(items)
    estimate, kish, n = linear.estimate.ravel(), linear.kish.ravel(), linear.n.ravel()
    nothing: Floats = np.full(len(estimate), np.nan)
    se, deff, df = nothing, nothing, nothing
    if design.margins:
        se = np.sqrt(np.maximum(linear.variance, 0)).ravel()
        deff, df = linear.deff.ravel(), linear.df.ravel().astype(np.float64)
    kept: dict[str, Any] = {"counted": np.where(n > 0, design.rows, 0)} if design.calibrations else {}
    if interval in ("logit", "likelihood") and design.margins:
        kept["limits"] = limits_of(interval, fits(linear), estimate, se, df, n.astype(np.float64))
    lower, upper = limits(interval, estimate, se, df, kept.get("counted", n), confidence, kept.get("limits"))
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = np.where(np.isfinite(deff) & (deff > 0), n / deff, kish)
    own = _notes(design, n, df)
    values = tuple(np.repeat(objects(column), width) for column in domains.values)
    return Estimates(
        kind, domains.names, values, tuple(item.variable for item in items) * domains.count,
        tuple(item.category for item in items) * domains.count, estimate, se, lower, upper, df, n, effective, deff, own, confidence,
        interval, {**design.about, **({"calibration": dict(design.diagnostics)} if design.diagnostics else {})}, design.margins, receipt,
        linear, kept,
    )  # fmt: skip


def _notes(design: Sample, n: Ints, df: Floats) -> tuple[str | None, ...]:
    """Per row what must be said of it."""
    found = np.full(len(n), design.note, dtype=object)
    if design.margins:
        found[(n > 0) & (df < 1)] = notes.joined(design.note, notes.NO_DF)
    found[n == 0] = notes.joined(design.note, notes.NO_ANSWERS)
    return tuple(found.tolist())
