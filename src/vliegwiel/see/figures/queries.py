"""Reads of figures: one area, one indicator over many areas, and sums where summing is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from vliegwiel.catalogue.reader import Indicator, indicators
from vliegwiel.kernel.figure import Estimate, Missing
from vliegwiel.kernel.fresh import Stamp
from vliegwiel.see.figures.columns import column_name, columns_of
from vliegwiel.see.figures.delivery import CODE, STATUS
from vliegwiel.see.figures.models import Release, ReleaseColumn

#: Below this denominator a share of counts that are rounded to five says nothing.
SMALLEST_DENOMINATOR = 50


@dataclass(frozen=True)
class ReleaseInfo:
    """What a figure says about where it comes from."""

    id: str
    title: str
    table: str
    source: str
    licence: str
    published: date
    status: str
    area_year: int
    content_hash: str
    made_up: bool


@dataclass(frozen=True)
class Figure:
    """A figure (*cijfer*) of one area: value or reason, period, and the release it comes from.

    `summed_from` is the number of areas whose counts were added up, 0 when the source gave the value or its parts for the area itself.
    `carried` is the method when it was carried over from other borders (*omgerekend*), empty otherwise.
    """

    indicator: Indicator
    period: str
    estimate: Estimate
    release: ReleaseInfo | None
    summed_from: int = 0
    carried: str = ""


@dataclass(frozen=True)
class View:
    """One indicator over many areas, aligned with `codes`: values (NaN when missing) and status bytes (index in STATUS)."""

    indicator: Indicator
    period: str
    codes: Sequence[str]
    values: NDArray[np.float64]
    status: NDArray[np.uint8]
    release: ReleaseInfo | None

    def estimate(self, place: int) -> Estimate:
        """Value or reason at a place."""
        reason = STATUS[int(self.status[place])]
        return Estimate(missing=reason) if reason else Estimate(float(self.values[place]))

    def known(self) -> NDArray[np.float64]:
        """The values that are there."""
        found: NDArray[np.float64] = self.values[self.status == 0]
        return found


def releases() -> list[Release]:
    """Everything that is loaded, newest first."""
    return list(Release.objects.prefetch_related("columns").order_by("-area_year", "table", "-published", "-imported_at"))


def loaded_indicators() -> set[str]:
    """Keys of the indicators of which we have or can compute a value."""
    given = {key for key, _year in _current()}
    computed = {
        item.key
        for item in indicators().values()
        if item.formula and item.formula.numerator in given and item.formula.denominator in given
    }
    return given | computed


def releases_of(key: str) -> list[tuple[ReleaseInfo, str]]:
    """The releases that hold an indicator, or the numerator it is computed from, with the period; newest first."""
    indicator = indicators()[key]
    source = indicator.formula.numerator if indicator.formula and indicator.computed else key
    found = ReleaseColumn.objects.filter(indicator=source).select_related("release").order_by("-period", "-release__published")
    return [(info_of(column.release), column.period) for column in found]


def area_years() -> tuple[int, ...]:
    """The years of areas that have figures, newest first."""
    return _area_years(stamp())


def periods(key: str, area_year: int) -> list[str]:
    """The periods of which there is a value of this indicator for areas of this year, newest first."""
    formula = indicators()[key].formula
    current = _current()
    found = set(current.get((key, area_year), {}))
    if formula is not None:
        found |= set(current.get((formula.numerator, area_year), {})) & set(current.get((formula.denominator, area_year), {}))
    return sorted(found, reverse=True)


def view(key: str, area_year: int, codes: Sequence[str], period: str = "") -> View:
    """One indicator for these areas, for the newest period unless told otherwise."""
    indicator = indicators()[key]
    period = period or next(iter(periods(key, area_year)), "")
    release = _current().get((key, area_year), {}).get(period)
    if release is None and indicator.formula is not None:
        return _computed(indicator, area_year, codes, period)
    if release is None:
        return View(indicator, period, codes, *_nothing(len(codes)), None)
    columns = columns_of(release.content_hash)
    name = column_name(key, period)
    rows = columns.rows(tuple(codes))
    there = rows >= 0
    values, status = _nothing(len(codes))
    values[there] = columns.values(name)[rows[there]]
    status[there] = columns.status(name)[rows[there]]
    return View(indicator, period, codes, values, status, release)


def figure(key: str, area_year: int, code: str, period: str = "") -> Figure:
    """One figure of one area."""
    found = view(key, area_year, [code], period)
    return Figure(found.indicator, found.period, found.estimate(0), found.release)


def figures_of(area_year: int, code: str, keys: Sequence[str]) -> list[Figure]:
    """The newest figure of each indicator for one area, in the order of `keys`, leaving out what was never collected for its year."""
    return [figure(key, area_year, code) for key in keys if periods(key, area_year)]


def summed(key: str, area_year: int, codes: Sequence[str], period: str = "") -> Figure:
    """The figure of a larger area from its parts: counts are summed, rates recomputed from sums, weighted means recomputed.

    Medians, indices and anything with a missing part give no value (reason *niet verzameld*).
    """
    indicator = indicators()[key]
    period = period or next(iter(periods(key, area_year)), "")
    parts: dict[str, float | None] = {}

    def total(name: str) -> float | None:
        if name not in parts:
            found = view(name, area_year, codes, period)
            parts[name] = float(found.values.sum()) if len(codes) and not found.status.any() else None
        return parts[name]

    release = view(key, area_year, codes, period).release
    value: float | None = None
    if indicator.formula is not None:
        top, bottom = total(indicator.formula.numerator), total(indicator.formula.denominator)
        value = indicator.formula.times * top / bottom if top is not None and bottom else None
    elif indicator.aggregation == "count":
        value = total(key)
    elif indicator.aggregation == "mean" and indicator.weight:
        means, weights = view(key, area_year, codes, period), view(indicator.weight, area_year, codes, period)
        if len(codes) and not means.status.any() and not weights.status.any():
            value = float(np.average(means.values, weights=weights.values))
    estimate = Estimate(missing=Missing.NOT_COLLECTED) if value is None else Estimate(value)
    return Figure(indicator, period, estimate, release, summed_from=len(codes) if value is not None else 0)


def _computed(indicator: Indicator, area_year: int, codes: Sequence[str], period: str) -> View:
    formula = indicator.formula
    assert formula is not None  # noqa: S101 - only called for a formula
    top, bottom = view(formula.numerator, area_year, codes, period), view(formula.denominator, area_year, codes, period)
    status = np.maximum(top.status, bottom.status)
    status[(status == 0) & (bottom.values < SMALLEST_DENOMINATOR)] = CODE[Missing.SUPPRESSED]
    values = np.full(len(codes), np.nan)
    known = status == 0
    values[known] = formula.times * top.values[known] / bottom.values[known]
    return View(indicator, period, codes, values, status, top.release)


def _nothing(count: int) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    return np.full(count, np.nan), np.full(count, CODE[Missing.NOT_COLLECTED], dtype=np.uint8)


def _current() -> dict[tuple[str, int], dict[str, ReleaseInfo]]:
    """Per indicator and area year: which release holds the newest vintage of each period."""
    return _registry(stamp())


@lru_cache(maxsize=2)
def _area_years(_stamp: tuple[int, str]) -> tuple[int, ...]:
    return tuple(sorted({year for _indicator, year in _registry(_stamp)}, reverse=True))


@Stamp
def stamp() -> tuple[int, str]:
    """Changes when a release came or went."""
    count = Release.objects.count()
    return count, Release.objects.order_by("-pk").values_list("public_id", flat=True).first() or ""


@lru_cache(maxsize=2)
def _registry(_stamp: tuple[int, str]) -> dict[tuple[str, int], dict[str, ReleaseInfo]]:
    found: dict[tuple[str, int], dict[str, ReleaseInfo]] = {}
    infos: dict[int, ReleaseInfo] = {}
    for column in ReleaseColumn.objects.select_related("release").order_by("release__published", "release__imported_at", "pk"):
        info = infos.setdefault(column.release_id, info_of(column.release))
        if column.known or (column.indicator, info.area_year) not in found:
            found.setdefault((column.indicator, info.area_year), {})[column.period] = info
    return found


def info_of(release: Release) -> ReleaseInfo:
    """The part of a release that travels with each figure."""
    return ReleaseInfo(
        release.public_id,
        release.title,
        release.table,
        release.source,
        release.licence,
        release.published,
        release.status,
        release.area_year,
        release.content_hash,
        release.made_up,
    )
