"""The dot strip: where one value stands among others, as numbers from 0 to 100 for SVG."""

from dataclasses import dataclass

import numpy as np
from django.utils.safestring import SafeString, mark_safe
from numpy.typing import NDArray


@dataclass(frozen=True)
class Strip:
    """Positions in percent: lowest to highest (whisker), middle half (band), middle (tick), this area (dot, or None)."""

    low: float
    band: tuple[float, float]
    middle: float
    high: float
    dot: float | None
    count: int

    @property
    def band_width(self) -> float:
        """Width of the band."""
        return round(self.band[1] - self.band[0], 2)

    @property
    def drawn(self) -> SafeString:
        """The strip as SVG, of numbers alone; written in one pass, because a page holds a dozen."""
        dot = "" if self.dot is None else f'<path d="M{self.dot:g} 10h.001" class="dot-line"/>'
        return mark_safe(  # noqa: S308 - numbers of our own
            '<svg viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true" class="strip-svg">'
            f'<path d="M{self.low:g} 10H{self.high:g}" class="whisker"/>'
            f'<rect x="{self.band[0]:g}" y="4" width="{self.band_width:g}" height="12" class="band"/>'
            f'<path d="M{self.middle:g} 1V19" class="tick"/>{dot}</svg>'
        )


@dataclass(frozen=True)
class Spread:
    """How others lie: their values from low to high, and five of them that a strip shows. The same for every area of a row."""

    ordered: NDArray[np.float64]
    edges: tuple[float, float]
    quarters: tuple[float, float, float]

    def rank_from_top(self, value: float) -> int:
        """The place in the row from the highest value; equal values share a place."""
        return len(self.ordered) - int(np.searchsorted(self.ordered, value, side="right")) + 1


def spread_of(others: NDArray[np.float64]) -> Spread:
    """How these values lie; without values everything is 0."""
    ordered = np.sort(others)
    found = np.quantile(ordered, (0.01, 0.25, 0.5, 0.75, 0.99)).tolist() if len(ordered) else [0.0] * 5
    return Spread(ordered, (found[0], found[4]), (found[1], found[2], found[3]))


def strip_of(value: float | None, others: Spread) -> Strip | None:
    """The strip of a value among others; None when there are fewer than five others. Extreme others are drawn at the edge."""
    if len(others.ordered) < 5:
        return None
    low, high = others.edges
    if value is not None:
        low, high = min(low, value), max(high, value)
    width = (high - low) or 1.0

    def place(number: float) -> float:
        return round(2 + 96 * min(max((number - low) / width, 0.0), 1.0), 2)

    quarter, middle, three_quarters = others.quarters
    return Strip(
        place(float(others.ordered[0])),
        (place(quarter), place(three_quarters)),
        place(middle),
        place(float(others.ordered[-1])),
        None if value is None else place(value),
        len(others.ordered),
    )
