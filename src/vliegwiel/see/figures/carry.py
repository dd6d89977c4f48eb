"""Carrying figures over to other borders (*omrekenen*): what an area would have counted in an older year.

Method: whole old areas are added up. Counts are summed exactly, rates recomputed from their summed numerator and denominator, means only
with their weights; medians and indices never. Of an old area that was divided only the share of its land is known, which says nothing
about its people: it serves land and nothing else. What is carried says so in `Figure.carried` and never counts as published.
"""

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.catalogue.reader import Indicator, indicators
from vliegwiel.kernel.figure import Estimate, Missing
from vliegwiel.see.areas.rules import Origins
from vliegwiel.see.figures import queries
from vliegwiel.see.figures.delivery import STATUS
from vliegwiel.see.figures.queries import Figure

#: Indicators that are land, so that a share of the land is a share of them.
LAND = frozenset({"oppervlakte-land"})


def carried(key: str, old_year: int, origins: Origins, period: str = "") -> Figure:
    """The figure of an older year for the land that is the area now; reason *gebied gewijzigd* where that cannot be said."""
    indicator = indicators()[key]
    period = period or next(iter(queries.periods(key, old_year)), "")
    if key in LAND and origins.shares:
        return _by_land(indicator, old_year, origins, period)
    release = queries.view(key, old_year, list(origins.whole), period).release
    if not origins.all_whole or not _can_be_summed(indicator):
        return Figure(indicator, period, Estimate(missing=Missing.AREA_CHANGED), release)
    found = queries.summed(key, old_year, origins.whole, period)
    if found.estimate.value is None:
        return Figure(indicator, period, Estimate(missing=_reason(indicator, old_year, origins.whole, period)), release)
    count = len(origins.whole)
    areas = ngettext("{count} gebied", "{count} gebieden", count).format(count=count)
    words = {
        "count": _("de som van {areas}").format(areas=areas),
        "rate": _("opnieuw uitgerekend uit de sommen van {areas}").format(areas=areas),
        "mean": _("het gewogen gemiddelde van {areas}").format(areas=areas),
    }
    return Figure(indicator, period, found.estimate, found.release, found.summed_from, carried=words[indicator.aggregation])


def _by_land(indicator: Indicator, old_year: int, origins: Origins, period: str) -> Figure:
    shares = {**dict.fromkeys(origins.whole, 1.0), **origins.shares}
    view = queries.view(indicator.key, old_year, list(shares), period)
    if view.status.any():
        return Figure(indicator, period, Estimate(missing=Missing.AREA_CHANGED), view.release)
    value = float(np.dot(view.values, np.array(list(shares.values()))))
    method = ngettext(
        "naar aandeel van het land van {count} gebied", "naar aandeel van het land van {count} gebieden", len(shares)
    ).format(count=len(shares))
    return Figure(indicator, period, Estimate(value), view.release, len(shares), carried=method)


def _can_be_summed(indicator: Indicator) -> bool:
    return (
        indicator.aggregation == "count"
        or (indicator.aggregation == "rate" and indicator.formula is not None)
        or (indicator.aggregation == "mean" and bool(indicator.weight))
    )


def _reason(indicator: Indicator, old_year: int, codes: tuple[str, ...], period: str) -> Missing:
    """Why a sum has no value: the reason of the first part without one, of the indicator or of what it is computed from."""
    parts = [indicator.formula.numerator, indicator.formula.denominator] if indicator.formula else [indicator.key]
    parts += [indicator.weight] if indicator.weight else []
    for key in parts:
        view = queries.view(key, old_year, list(codes), period)
        if view.status.any():
            return STATUS[int(view.status[view.status != 0][0])] or Missing.NOT_COLLECTED
    return Missing.NOT_COLLECTED
