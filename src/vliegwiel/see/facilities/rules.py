"""What may be told of people: rounded, and never of a few."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Below this we say only that they are few; above it numbers are rounded to fives.
FEWEST, STEP = 10, 5
#: More facilities than this in one question, or more homes times candidates, is work for the background.
AT_ONCE_FACILITIES, AT_ONCE_HOMES, AT_ONCE_PAIRS = 25, 1_500_000, 250_000


def told(persons: float) -> int | None:
    """A number of people as it may be shown: rounded to fives; None for a few, who might be recognised.

    >>> told(0), told(7.4), told(12.4), told(1238)
    (0, None, 10, 1240)
    """
    if persons < 0.5:
        return 0
    return None if persons < FEWEST else int(STEP * round(persons / STEP))


def minutes(milliseconds: float) -> float:
    """Minutes with one decimal."""
    return round(float(milliseconds) / 60_000, 1)


def weighted_mean(values: NDArray[Any], weights: NDArray[Any]) -> float | None:
    """The mean over those who are there; of all alike when nobody is known to be; None without values."""
    if not len(values):
        return None
    whole = float(weights.sum())
    return float((values * weights).sum() / whole) if whole > 0 else float(np.mean(values))


def fails(norm: int, cost: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which homes lie further than so many minutes; who cannot arrive lies further than any."""
    return (cost < 0) | (cost > norm * 60_000)
