"""Ways to bring indicators to one scale. The choice changes the outcome, so it is part of the uncertainty.

Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), chapters 5 and 7.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Scale = Callable[[Floats], Floats]

#: z-score: distance to the mean in standard deviations, at most three; rank: share of areas below; min-max: between the 5th and
#: 95th percentile. The first is the one used for the central place.
METHODS = ("z-score", "rank", "min-max")
LIMIT = 3.0


def scale_of(values: Floats, method: str) -> Scale:
    """A non-decreasing function from the unit of the source to a common scale, fitted on `values` (1-D, NaN when missing).

    Values that are all the same give 0 everywhere. Raises ValueError for an unknown method.

    >>> scale_of(np.array([1.0, 2.0, 2.0, 3.0]), "rank")(np.array([0.0, 2.0, 9.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    # Sorted first, so that the order of areas never changes the last bits of a sum.
    known = np.sort(values[~np.isnan(values)])
    if method not in METHODS:
        message = f"unknown standardisation {method!r}; choose from {', '.join(METHODS)}"
        raise ValueError(message)
    if not len(known) or known[0] == known[-1]:
        return lambda given: np.zeros_like(given, dtype=np.float64)
    if method == "rank":
        return lambda given: _share_below(known, given)
    if method == "z-score":
        mean = float(known.mean())
        spread = float(np.sqrt(((known - mean) ** 2).mean()))
        return lambda given: np.clip((given - mean) / spread, -LIMIT, LIMIT)
    low, high = (float(edge) for edge in np.quantile(known, (0.05, 0.95)))
    if low == high:
        low, high = float(known[0]), float(known[-1])
    return lambda given: np.clip((given - low) / (high - low), 0.0, 1.0)


def _share_below(known: Floats, given: Floats) -> Floats:
    below = np.searchsorted(known, given, side="left")
    up_to = np.searchsorted(known, given, side="right")
    found: Floats = (below + up_to) / (2.0 * len(known))
    return found
