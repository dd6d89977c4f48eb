"""Areas that look alike: the mean standardised difference over a published list of features."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Difference:
    """How one feature differs: `size` in standard deviations, above zero when the other area has more."""

    feature: str
    size: float


@dataclass(frozen=True)
class Likeness:
    """Another area (`row`), its `distance` (0 is equal on all that is known) and the features, most different first."""

    row: int
    distance: float
    differences: tuple[Difference, ...]


def similar(
    features: ArrayLike,
    names: Sequence[str],
    row: int,
    *,
    count: int = 5,
    logarithmic: Sequence[str] = (),
    candidates: ArrayLike | None = None,
    minimum_features: float = 0.5,
) -> list[Likeness]:
    """The `count` areas most like the one at `row` of `features` (n × f, NaN when missing), nearest first, ties in file order.

    Distance is the root of the mean squared difference in standard deviations over the features known in both; an area that shares less
    than `minimum_features` of them is left out. `logarithmic` features are compared by ratio (sizes, densities; zero and below is
    unknown). `candidates` (n booleans) says who may be chosen. Raises ValueError when names and features do not fit.
    """
    values = np.array(features, dtype=np.float64, ndmin=2)
    if values.shape[1] != len(names) or not set(logarithmic) <= set(names):
        message = "each feature has one name"
        raise ValueError(message)
    scaled = _scaled(values, names, logarithmic)
    gaps = scaled - scaled[row]
    shared = ~np.isnan(gaps)
    number = shared.sum(axis=1)
    fits = number >= max(1.0, minimum_features * len(names))
    fits &= np.ones(len(values), dtype=bool) if candidates is None else np.array(candidates, dtype=bool)
    fits[row] = False
    total = np.where(shared, gaps**2, 0.0).sum(axis=1)
    distance = np.round(np.sqrt(total / np.maximum(number, 1)), 9)
    rows = np.flatnonzero(fits)
    nearest = rows[np.argsort(distance[rows], kind="stable")[:count]]
    return [Likeness(int(other), float(distance[other]), _differences(gaps[other], names)) for other in nearest]


def _scaled(values: Floats, names: Sequence[str], logarithmic: Sequence[str]) -> Floats:
    found = values.copy()
    for place, name in enumerate(names):
        if name in logarithmic:
            column = found[:, place]
            found[:, place] = np.log(np.where(column > 0, column, np.nan))
        known = np.sort(found[~np.isnan(found[:, place]), place])
        spread = float(known.std()) if len(known) else 0.0
        found[:, place] = (found[:, place] - (known.mean() if len(known) else 0.0)) / (spread or 1.0)
    return found


def _differences(gaps: Floats, names: Sequence[str]) -> tuple[Difference, ...]:
    known = [Difference(name, round(float(gap), 9)) for name, gap in zip(names, gaps, strict=True) if not np.isnan(gap)]
    return tuple(sorted(known, key=lambda difference: -abs(difference.size)))
