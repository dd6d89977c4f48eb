"""One figure of one area through time, beside the larger areas it lies in."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import Indicator
from vliegwiel.foundation.design.dutch import with_unit
from vliegwiel.foundation.design.lines import Chart, Point, Series, chart_of
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.of_area import figure_of
from vliegwiel.see.figures.queries import Figure, ReleaseInfo, indicators
from vliegwiel.see.monitor import queries

_LINES = ("line-here", "line-one", "line-two")


@dataclass(frozen=True)
class Trend:
    """Figures by area and period (oldest first), the chart in two sizes, and what may be said about it."""

    indicator: Indicator
    areas: tuple[Area, ...]
    periods: tuple[str, ...]
    figures: tuple[tuple[Figure, ...], ...]

    @cached_property
    def wide(self) -> Chart | None:
        """The chart for a screen; None when there is no period."""
        return self._drawn(width=860, height=360, right=170)

    @cached_property
    def narrow(self) -> Chart | None:
        """The chart for a phone; None when there is no period."""
        return self._drawn(width=360, height=280, right=18, left=56)

    def _drawn(self, **size: int) -> Chart | None:
        lines = zip(self.areas, _LINES, self.figures, strict=False)
        series = [Series(place.name, css, tuple(_point(figure) for figure in line)) for place, css, line in lines]
        times = [(moment_of(period), period) for period in self.periods]
        return chart_of(series, times, **size) if times else None

    @property
    def rows(self) -> list[tuple[str, tuple[Figure, ...]]]:
        """The table: newest period first, one figure per area."""
        return list(zip(self.periods, zip(*self.figures, strict=True), strict=True))[::-1]

    @property
    def known(self) -> tuple[Figure, ...]:
        """The figures of the area itself that have a value, oldest first."""
        return tuple(figure for figure in self.figures[0] if figure.estimate.value is not None)

    @property
    def newest(self) -> Figure | None:
        """The last figure of the area itself that has a value."""
        return next((figure for figure in reversed(self.figures[0]) if figure.estimate.value is not None), None)

    @property
    def sources(self) -> list[ReleaseInfo]:
        """The releases that the page rests on, each once."""
        found = {figure.release.id: figure.release for line in self.figures for figure in line if figure.release}
        return sorted(found.values(), key=lambda release: (release.title, release.published))

    @property
    def made_up(self) -> bool:
        """Whether anything on the page is a made-up example."""
        return self.areas[0].made_up or any(release.made_up for release in self.sources)

    @property
    def margins(self) -> bool:
        """Whether the source gives margins."""
        return any(figure.estimate.lower is not None for line in self.figures for figure in line)

    @property
    def computed(self) -> bool:
        """Whether a figure was summed from its parts by us."""
        return any(figure.summed_from for line in self.figures for figure in line)

    @property
    def changes(self) -> tuple[str, ...]:
        """Periods before which the source, its table or its status changed: there the line may jump for another reason."""
        own = self.figures[0]
        return tuple(
            after.period
            for before, after in pairwise(own)
            if before.release and after.release and before.release.table != after.release.table
        )

    @property
    def sentence(self) -> str:
        """The answer first: the last figure, and the first one beside it, without calling it better or worse."""
        known = self.known
        if not known:
            return ""
        last = known[-1]
        text = f"{self.areas[0].name}, {last.period}: {with_unit(last.estimate.value, self.indicator)}."
        if len(known) > 1:
            text += " " + _("In {period} was dat {value}.").format(
                period=known[0].period, value=with_unit(known[0].estimate.value, self.indicator)
            )
        return text


def trend_of(key: str, area: Area) -> Trend:
    """All periods that are loaded for the areas of this year; the code alone never joins two divisions."""
    periods = tuple(sorted(figures.periods(key, area.year), key=moment_of))
    places = (area, *queries.areas_around(area))
    found = tuple(tuple(figure_of(key, place, period) for period in periods) for place in places)
    return Trend(indicators()[key], places, periods, found)


def moment_of(period: str) -> float:
    """Where a period lies in time, as a year with a fraction.

    >>> moment_of("2020"), moment_of("2020KW02"), moment_of("2013/2016")
    (2020.0, 2020.25, 2013.0)
    """
    match = re.match(r"(\d{4})(?:(KW|MM|HJ)(\d\d))?", period)
    if match is None:
        return 0.0
    parts = {"KW": 4, "MM": 12, "HJ": 2}.get(match[2] or "", 1)
    return int(match[1]) + (int(match[3]) - 1) / parts if match[3] else float(match[1])


def _point(figure: Figure) -> Point:
    estimate = figure.estimate
    return Point(moment_of(figure.period), estimate.value, estimate.lower, estimate.upper)
