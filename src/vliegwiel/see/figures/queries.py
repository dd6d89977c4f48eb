"""Reads of figures: one area, one indicator over many areas, and sums where summing is right."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from vliegwiel.catalogue.reader import Formula, Indicator
from vliegwiel.kernel.figure import Estimate, Missing
from vliegwiel.see.areas import public as areas
from vliegwiel.see.figures.columns import column_name, columns_of
from vliegwiel.see.figures.delivery import CODE, STATUS
from vliegwiel.see.figures.indicators import indicators
from vliegwiel.see.figures.indicators import stamp as of_indicators
from vliegwiel.see.figures.models import Release, ReleaseColumn, UnknownArea, Withdrawal
from vliegwiel.see.figures.registry import (
    Holder,
    ReleaseInfo,
    area_years,
    current_releases,
    held,
    held_keys,
    info_of,
    stamp,
    standing,
)

__all__ = [
    "Figure",
    "ReleaseInfo",
    "View",
    "all_figures_of",
    "area_years",
    "current_releases",
    "figure",
    "figures_of",
    "indicators",
    "is_given",
    "is_unknown_area",
    "loaded_indicators",
    "periods",
    "releases",
    "releases_of",
    "stamp",
    "summed",
    "unknown_areas",
    "view",
    "withdrawal_of",
    "withdrawals",
    "withdrawn_from",
]

#: Below this denominator a share of counts that are rounded to five says nothing.
SMALLEST_DENOMINATOR = 50


@dataclass(frozen=True)
class Figure:
    """A figure (*cijfer*) of one area: value or reason, period, and the release it comes from.

    `summed_from` is the number of areas whose counts were added up, 0 when the source gave the value or its parts for the area itself.
    `computed`: we computed the value by the formula of the catalogue.
    `carried` is the method when it was carried over from other borders (*omgerekend*), empty otherwise.
    """

    indicator: Indicator
    period: str
    estimate: Estimate
    release: ReleaseInfo | None
    summed_from: int = 0
    computed: bool = False
    carried: str = ""


@dataclass(frozen=True)
class View:
    """One indicator over many areas, aligned with `codes`: values (NaN when missing) and status bytes (index in STATUS).

    `release` is the newest release with this indicator and period. When more releases together give the areas, `releases` are all of
    them and `origins` says per area which one (−1: none). `computed` says where we computed the value ourselves. `lower` and `upper`
    are the margin at `confidence`, when the source gives it.
    """

    indicator: Indicator
    period: str
    codes: Sequence[str]
    values: NDArray[np.float64]
    status: NDArray[np.uint8]
    release: ReleaseInfo | None
    releases: tuple[ReleaseInfo, ...] = ()
    origins: NDArray[np.int16] | None = None
    computed: NDArray[np.bool_] | None = None
    lower: NDArray[np.float64] | None = None
    upper: NDArray[np.float64] | None = None
    confidence: float | None = None

    def estimate(self, place: int) -> Estimate:
        """Value, with its margin when the source gives one, or reason at a place."""
        reason = STATUS[int(self.status[place])]
        if reason:
            return Estimate(missing=reason)
        value = float(self.values[place])
        if self.lower is None or self.upper is None or np.isnan(self.lower[place]) or np.isnan(self.upper[place]):
            return Estimate(value)
        return Estimate(value, None, float(self.lower[place]), float(self.upper[place]), self.confidence)

    def release_of(self, place: int) -> ReleaseInfo | None:
        """The release that the value or reason at a place comes from."""
        if self.origins is None or self.origins[place] < 0:
            return self.release
        return self.releases[int(self.origins[place])]

    def standard_errors(self) -> NDArray[np.float64]:
        """Per area the standard error in the unit of the indicator, NaN where the source gives no margin.

        Half the width of the margin, divided by the quantile of the normal distribution at `confidence`. A margin that is not
        symmetrical counts by its width.
        """
        if self.lower is None or self.upper is None or self.confidence is None:
            return np.full(len(self.codes), np.nan)
        errors: NDArray[np.float64] = (self.upper - self.lower) / (2 * NormalDist().inv_cdf((1 + self.confidence) / 2))
        return errors

    def known(self) -> NDArray[np.float64]:
        """The values that are there."""
        found: NDArray[np.float64] = self.values[self.status == 0]
        return found


def releases() -> list[Release]:
    """Everything that is loaded and was not withdrawn, newest first."""
    return list(standing().prefetch_related("columns").order_by("-area_year", "table", "-published", "-imported_at"))


def withdrawals() -> list[Withdrawal]:
    """What was withdrawn, the last one first: which release, when and why."""
    return list(Withdrawal.objects.filter(confirmed_at__isnull=False).select_related("release").order_by("-confirmed_at"))


def withdrawal_of(release: str) -> Withdrawal | None:
    """When and why a release (public id) was withdrawn; None when it stands or does not exist."""
    return Withdrawal.objects.filter(release__public_id=release, confirmed_at__isnull=False).select_related("release").first()


def is_unknown_area(code: str, area_year: int) -> bool:
    """Whether a release of this year has figures under this code, although it is no area that we know."""
    return UnknownArea.objects.filter(code=code, release__in=standing().filter(area_year=area_year)).exists()


def loaded_indicators() -> set[str]:
    """Keys of the indicators of which we have or can compute a value."""
    given = held_keys()
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
    columns = ReleaseColumn.objects.filter(indicator=source, release__in=standing())
    found = columns.select_related("release").order_by("-period", "-release__published")
    return [(info_of(column.release), column.period) for column in found]


def withdrawn_from(key: str) -> list[Withdrawal]:
    """The withdrawn releases that held an indicator, or the numerator it is computed from; the last one first."""
    formula = indicators()[key].formula
    sources = {key, formula.numerator} if formula else {key}
    found = Withdrawal.objects.filter(confirmed_at__isnull=False, release__columns__indicator__in=sources)
    return list(found.select_related("release").distinct().order_by("-confirmed_at"))


def unknown_areas() -> list[UnknownArea]:
    """Codes in releases that are still no known area of their year, for who settles them."""
    known: dict[int, set[str]] = {}
    found = []
    for one in (
        UnknownArea.objects.filter(release__in=standing())
        .select_related("release")
        .order_by("release__area_year", "code", "release__table")
    ):
        year = one.release.area_year
        if year not in known:
            known[year] = areas.known_codes(year)
        if one.code not in known[year]:
            found.append(one)
    return found


def periods(key: str, area_year: int) -> list[str]:
    """The periods of which there is a value of this indicator for areas of this year, newest first."""
    formula = indicators()[key].formula
    found = held(key, area_year).periods
    if formula is None:
        return list(found)
    parts = set(held(formula.numerator, area_year).periods) & set(held(formula.denominator, area_year).periods)
    return sorted(parts | set(found), reverse=True)


def is_given(key: str, area_year: int, code: str, period: str = "") -> bool:
    """Whether a source gives this indicator, or what it is computed from, for areas of the kind of this one.

    A column without any value counts only for the areas of its own release: a sample of one town says nothing about the next.
    """
    formula = indicators()[key].formula
    if (
        not period
        and formula is not None
        and is_given(formula.numerator, area_year, code)
        and is_given(formula.denominator, area_year, code)
    ):
        return True
    holders = held(key, area_year).holders
    chosen = holders.get(period, ()) if period else tuple(holder for found in holders.values() for holder in found)
    return any(
        code[:2] in holder.release.levels and (holder.known or columns_of(holder.release.content_hash).row(code) >= 0)
        for holder in chosen
    )


def view(key: str, area_year: int, codes: Sequence[str], period: str = "") -> View:
    """One indicator for these areas, for the newest period unless told otherwise.

    Each area gets what the newest publication that holds it says. Where the catalogue has a formula, a share in percent comes from its
    counts, because sources round it to whole percents; another ratio comes from the source, and from the formula where there is none.
    """
    indicator = indicators()[key]
    codes = codes if isinstance(codes, tuple) else tuple(codes)
    period = period or next(iter(periods(key, area_year)), "")
    holders = held(key, area_year).holders.get(period, ())
    if indicator.formula is None:
        return _from_releases(indicator, codes, period, holders)
    computed = _computed(indicator, indicator.formula, area_year, codes, period)
    if not holders:
        return computed
    given = _from_releases(indicator, codes, period, holders)
    if indicator.published and indicator.unit != "%":
        return _completed(given, computed, given.status == CODE[Missing.NOT_COLLECTED])
    return _completed(computed, given, (computed.status != 0) & (given.status == 0))


def figure(key: str, area_year: int, code: str, period: str = "") -> Figure:
    """One figure of one area; remembered until figures are loaded."""
    return _figure(_stamps(), key, area_year, code, period)


def _stamps() -> Hashable:
    return stamp(), of_indicators()


@lru_cache(maxsize=16_384)
def _figure(_stamps: Hashable, key: str, area_year: int, code: str, period: str) -> Figure:
    found = view(key, area_year, (code,), period)
    own = found.computed is not None and bool(found.computed[0])
    return Figure(found.indicator, found.period, found.estimate(0), found.release_of(0), computed=own)


def figures_of(area_year: int, code: str, keys: Sequence[str]) -> list[Figure]:
    """The newest figure of each indicator for one area, in the order of `keys`, leaving out what was never collected for its year."""
    return [figure(key, area_year, code) for key in keys if periods(key, area_year)]


def all_figures_of(area_year: int, code: str) -> list[Figure]:
    """Every figure of an area, for every period, in the order of the catalogue.

    An indicator that no release of its year gives for this kind of area is left out.
    """
    found: list[Figure] = []
    for key, indicator in indicators().items():
        for period in sorted({*held(key, area_year).holders, *periods(key, area_year)}, reverse=True):
            one = figure(key, area_year, code, period)
            computed = indicator.formula is not None and one.estimate.missing is not Missing.NOT_COLLECTED
            if computed or is_given(key, area_year, code, period):
                found.append(one)
    return found


def summed(key: str, area_year: int, codes: Sequence[str], period: str = "") -> Figure:
    """The figure of a larger area from its parts: counts are summed, rates recomputed from sums, weighted means recomputed.

    Medians, indices and anything with a missing part give no value (reason *niet verzameld*). Remembered until figures are loaded.
    """
    return _summed(_stamps(), key, area_year, tuple(codes), period)


@lru_cache(maxsize=2048)
def _summed(_stamps: Hashable, key: str, area_year: int, codes: tuple[str, ...], period: str) -> Figure:
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


def _from_releases(indicator: Indicator, codes: tuple[str, ...], period: str, holders: Sequence[Holder]) -> View:
    """Per area what the newest publication that holds it says."""
    values, status = _nothing(len(codes))
    if not holders:
        return View(indicator, period, codes, values, status, None)
    name = column_name(indicator.key, period)
    origins = np.full(len(codes), -1, dtype=np.int16)
    lower = upper = None
    for place, holder in enumerate(holders):
        columns = columns_of(holder.release.content_hash)
        rows = columns.rows(codes)
        open_ = np.flatnonzero((origins < 0) & (rows >= 0))
        found = columns.status(name)[rows[open_]]
        here = found != CODE[Missing.NOT_COLLECTED]
        chosen = open_[here]
        values[chosen] = columns.values(name)[rows[chosen]]
        status[chosen] = found[here]
        origins[chosen] = place
        margin = columns.margin(name)
        if margin is not None:
            if lower is None or upper is None:
                lower, upper = np.full(len(codes), np.nan), np.full(len(codes), np.nan)
            lower[chosen], upper[chosen] = margin[0][rows[chosen]], margin[1][rows[chosen]]
        if len(chosen) == len(codes) or not (origins < 0).any():
            break
    infos = tuple(holder.release for holder in holders)
    confidence = next((holder.confidence for holder in holders if holder.confidence), None)
    return View(indicator, period, codes, values, status, infos[0], infos, origins, None, lower, upper, confidence)


def _completed(first: View, second: View, where: NDArray[np.bool_]) -> View:
    """The first view, with the cells of the second at these places."""
    if first.release is None or not where.any():
        return first if first.release is not None else second
    values, status = first.values.copy(), first.status.copy()
    values[where], status[where] = second.values[where], second.status[where]
    releases = first.releases + second.releases
    origins = _origins(first).copy()
    later = _origins(second)[where]
    origins[where] = np.where(later < 0, later, later + len(first.releases))
    computed = np.where(where, _is_computed(second), _is_computed(first))
    return replace(first, values=values, status=status, releases=releases, origins=origins, computed=computed)


def _is_computed(view: View) -> NDArray[np.bool_]:
    return np.zeros(len(view.codes), dtype=np.bool_) if view.computed is None else view.computed


def _origins(view: View) -> NDArray[np.int16]:
    return np.full(len(view.codes), -1, dtype=np.int16) if view.origins is None else view.origins


def _computed(indicator: Indicator, formula: Formula, area_year: int, codes: tuple[str, ...], period: str) -> View:
    top, bottom = view(formula.numerator, area_year, codes, period), view(formula.denominator, area_year, codes, period)
    status = np.maximum(top.status, bottom.status)
    status[(status == 0) & (bottom.values < SMALLEST_DENOMINATOR)] = CODE[Missing.SUPPRESSED]
    values = np.full(len(codes), np.nan)
    known = status == 0
    values[known] = formula.times * top.values[known] / bottom.values[known]
    own = np.ones(len(codes), dtype=np.bool_)
    return View(indicator, period, codes, values, status, top.release, top.releases, top.origins, own)


def _nothing(count: int) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    return np.full(count, np.nan), np.full(count, CODE[Missing.NOT_COLLECTED], dtype=np.uint8)
