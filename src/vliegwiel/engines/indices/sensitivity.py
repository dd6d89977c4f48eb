"""Parts first: what each indicator does to the places, and which indicators go together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.engines.indices.composite import Composite, composite

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sensitivity:
    """What happens to the places when `indicator` is left out: mean and largest shift, over `areas` with an index both times."""

    indicator: str
    mean_shift: float
    largest_shift: float
    areas: int


def leave_one_out(
    whole: Composite, data: ArrayLike, *, margins: ArrayLike | None = None, population: ArrayLike | None = None
) -> tuple[Sensitivity, ...]:
    """Places with the public weights, each time without one indicator, beside those of `whole`; in the order of the indicators.

    Shifts are in places among the areas with an index. An indicator that did not take part is not in the outcome.
    """
    parameters = dict(whole.receipt.parameters)
    found = []
    for place, name in enumerate(whole.names):
        if not whole.counted[place] or sum(whole.counted) < 2:
            continue
        weights = [0.0 if place == other else weight for other, weight in enumerate(parameters["weights"])]
        fewer = {**parameters, "weights": weights, "draws": 1}
        without = composite(data, margins=margins, population=population, **fewer)
        both = whole.with_index & without.with_index
        shift = np.abs(whole.place[both] - without.place[both])
        found.append(
            Sensitivity(
                name, float(shift.mean()) if shift.size else 0.0, float(shift.max()) if shift.size else 0.0, int(both.sum())
            )
        )
    return tuple(found)


def correlations(data: ArrayLike) -> Floats:
    """Pearson's correlation between indicators (p × p) over the areas where both are known; NaN with fewer than three, or no spread."""
    values = np.array(data, dtype=np.float64, ndmin=2)
    width = values.shape[1]
    found = np.full((width, width), np.nan)
    for one in range(width):
        for other in range(one, width):
            both = ~np.isnan(values[:, one]) & ~np.isnan(values[:, other])
            x, y = values[both, one], values[both, other]
            if len(x) >= 3 and x.min() < x.max() and y.min() < y.max():
                found[one, other] = found[other, one] = round(float(np.corrcoef(x, y)[0, 1]), 9)
    return found
