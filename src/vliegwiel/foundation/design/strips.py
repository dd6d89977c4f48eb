"""The dot strip: where one value stands among others, as numbers from 0 to 100 for SVG."""

from dataclasses import dataclass

import numpy as np
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


def strip_of(value: float | None, others: NDArray[np.float64]) -> Strip | None:
    """The strip of a value among others; None when there are fewer than five others. Extreme others are drawn at the edge."""
    if len(others) < 5:
        return None
    low, high = (float(edge) for edge in np.quantile(others, (0.01, 0.99)))
    if value is not None:
        low, high = min(low, value), max(high, value)
    width = (high - low) or 1.0

    def place(number: float) -> float:
        return round(2 + 96 * min(max((number - low) / width, 0.0), 1.0), 2)

    quarter, middle, three_quarters = (float(edge) for edge in np.quantile(others, (0.25, 0.5, 0.75)))
    return Strip(
        place(float(others.min())),
        (place(quarter), place(three_quarters)),
        place(middle),
        place(float(others.max())),
        None if value is None else place(value),
        len(others),
    )


def rank_from_top(value: float, others: NDArray[np.float64]) -> int:
    """The place in the row from the highest value; equal values share a place."""
    return int((others > value).sum()) + 1
