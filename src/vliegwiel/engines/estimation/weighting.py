"""What was done to the weights, as the arithmetic of errors needs it: calibrations, and replicates."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from vliegwiel.engines.estimation.structure import Structure
from vliegwiel.engines.estimation.table import Floats, Ints


@dataclass(frozen=True)
class Calibration:
    """What was calibrated on.

    `make` gives the `variables` (rows × variables); `base` are the weights for the residuals (None: all the same); the `weights` it
    gave and those `before`, and how to do it `again` with other weights."""

    make: Callable[[], sparse.csr_matrix]
    base: Floats | None
    weights: Floats
    before: Floats
    again: Callable[[Floats], Floats]
    unit: Ints
    units: int
    receipt: Mapping[str, Any]

    @cached_property
    def pull(self) -> Floats:
        """Weights for the residuals over the new weights."""
        return (1.0 if self.base is None else self.base) / self.weights

    @cached_property
    def variables(self) -> sparse.csr_matrix:
        """Rows × variables; made when an error is asked for the first time."""
        return self.make()

    @cached_property
    def unit_sums(self) -> Floats:
        """New weight times variables, per unit (units × variables)."""
        rows = np.arange(len(self.unit))
        chosen = sparse.csr_matrix((self.weights, (self.unit, rows)), shape=(self.units, len(rows)))
        found: Floats = (chosen @ self.variables).toarray()
        return found

    @cached_property
    def _gram(self) -> tuple[Floats, Floats, Floats]:
        weighted = self.variables.multiply((self.pull * self.weights)[:, None])
        gram = (self.variables.T @ weighted).toarray()
        size = np.sqrt(np.diag(gram))
        size = np.where(size > 0, size, 1.0)
        scaled = gram / np.outer(size, size)
        return scaled, np.linalg.pinv(scaled, rcond=1e-12, hermitian=True), size

    def solve(self, sums: Floats) -> Floats:
        """Coefficients from sums of variables times what is explained, refined once so that rounding does not add up."""
        scaled, inverse, size = self._gram
        right = sums / size[:, None]
        found = inverse @ right
        found += inverse @ (right - scaled @ found)
        return found / size[:, None]

    def cross(self, earlier: "Calibration") -> Floats:
        """Sums of these variables times those of an earlier calibration."""
        weighted = earlier.variables.multiply((self.pull * earlier.weights)[:, None])
        found: Floats = (self.variables.T @ weighted).toarray()
        return found


@dataclass(frozen=True)
class Replication:
    """`factors` on weights (clusters × replicates), what a squared deviation counts (`scales`), `extra` degrees of freedom.

    `weights`: per replicate the weights of all rows, when they are not just weight times factor.
    """

    kind: str
    factors: Floats
    scales: Floats
    extra: int
    receipt: Mapping[str, Any]
    weights: Sequence[Floats] | None = None

    @property
    def count(self) -> int:
        """How many replicates."""
        return len(self.scales)

    def with_weights(self, weights: Sequence[Floats]) -> "Replication":
        """The same with calibrated weights."""
        return replace(self, weights=weights)

    def weighted(self, weights: Floats, structure: Structure) -> Iterator[Floats]:
        """The weights of all rows, replicate by replicate."""
        if self.weights is not None:
            yield from self.weights
            return
        cluster = structure.stages[0].cluster[structure.unit]
        for place in range(self.count):
            yield weights * self.factors[cluster, place]

    def variance(self, again: Floats) -> Floats:
        """From estimates per replicate (last axis): squared deviations from their own mean. What cannot be estimated is left out."""
        known = np.isfinite(again)
        if known.all():
            apart = again - again.mean(axis=-1, keepdims=True)
            apart *= apart
            every: Floats = apart @ self.scales
            return every
        count = known.sum(axis=-1)
        with np.errstate(divide="ignore", invalid="ignore"):
            middle = np.where(known, again, 0).sum(axis=-1) / count
            squares = np.where(known, (again - middle[..., None]) ** 2, 0)
            found: Floats = np.where(count > 1, squares @ self.scales, np.nan)
        return found

    def covariance(self, again: Floats) -> Floats:
        """Covariance of estimates per replicate (estimates × replicates)."""
        apart = again - again.mean(axis=1, keepdims=True)
        found: Floats = (apart * self.scales) @ apart.T
        return found
