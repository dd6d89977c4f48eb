"""Estimates of areas too small for their own sample: model estimates beside direct ones, with what a reader needs to judge the model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from vliegwiel.engines.estimation import notes
from vliegwiel.engines.estimation.intervals import quantile_of_t
from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.result import Estimates, objects
from vliegwiel.engines.estimation.table import Floats

if TYPE_CHECKING:
    import pandas as pd

_NONE: Floats = np.zeros(0)


@dataclass(frozen=True)
class SmallAreas(Estimates):
    """One row per area, in the order of the input; `se` is the root of `mse`.

    `direct`: the area's own estimate (NaN without sample). `shrinkage`: the share of the model estimate that comes from the area's own
    sample (0: synthetic). `coefficients`, `coefficient_se`, `names`: the model. `sigma2_v`: variance between areas; `sigma2_e`: within
    (unit level). `area_effects`. `residuals`: standardised, for checks. `likelihood` at the estimates.
    """

    direct: Floats = field(default_factory=lambda: _NONE)
    mse: Floats = field(default_factory=lambda: _NONE)
    shrinkage: Floats = field(default_factory=lambda: _NONE)
    names: tuple[str, ...] = ()
    coefficients: Floats = field(default_factory=lambda: _NONE)
    coefficient_se: Floats = field(default_factory=lambda: _NONE)
    sigma2_v: float = np.nan
    sigma2_e: float = np.nan
    area_effects: Floats = field(default_factory=lambda: _NONE)
    residuals: Floats = field(default_factory=lambda: _NONE)
    likelihood: float = np.nan

    @property
    def eblup(self) -> Floats:
        """The model estimates."""
        return self.estimate

    def beside(self) -> "pd.DataFrame":
        """Direct and model estimates side by side, with the weight of the area's own sample."""
        import pandas as pd

        return pd.DataFrame(
            {
                "area": self.domains[0],
                "direct": self.direct,
                "model": self.estimate,
                "mse": self.mse,
                "shrinkage": self.shrinkage,
                "note": self.note,
            }
        )

    def benchmark(self, totals: Any, weights: Any = None, groups: Any = None) -> "SmallAreas":
        """Adjusted so that the weighted sum of areas is a published total: where we are least sure moves most.

        totals: one number, or one per group. weights: what an area counts in the total (its inhabitants; 1 when left out), in the order
        of the rows or per area. groups: the group of each area, in the order of the rows or per area. The squared adjustment is added
        to the mse (You, Rao and Dick 2004).
        """
        size = len(self)
        labels = [str(area) for area in self.domains[0]]
        heavy = np.ones(size) if weights is None else np.array([float(one) for one in _per_area(weights, labels, "weights")])
        if isinstance(totals, Mapping):
            if groups is None:
                raise NotPossible(
                    "Er zijn totalen per groep, maar niet welk gebied bij welke groep hoort.", todo="Geef groups mee."
                )
            owner = [str(one) for one in _per_area(groups, labels, "groups")]
            wanted = {str(key): float(value) for key, value in totals.items()}
        else:
            owner, wanted = [""] * size, {"": float(totals)}
        unknown = sorted(set(owner) - set(wanted)) + sorted(set(wanted) - set(owner))
        if unknown:
            raise NotPossible(
                f"De totalen en de gebieden passen niet: {some(unknown)}.", todo="Geef één totaal per groep van gebieden."
            )
        estimate, mse = self.estimate.copy(), self.mse.copy()
        for group, total in wanted.items():
            rows = np.array([place for place, one in enumerate(owner) if one == group])
            moved = heavy[rows] * self.mse[rows]
            spread = float((heavy[rows] * moved).sum())
            if not spread > 0:
                moved, spread = np.ones(len(rows)), float(heavy[rows].sum())
            step = moved / spread * (total - float((heavy[rows] * estimate[rows]).sum()))
            estimate[rows] += step
            mse[rows] += step**2
        error = np.sqrt(mse)
        reach = quantile_of_t(self.df, self.confidence)
        told = tuple(notes.joined(note, notes.BENCHMARKED) for note in self.note)
        moved_most = float(np.abs(estimate - self.estimate).max())
        return replace(
            self, estimate=estimate, mse=mse, se=error, lower=estimate - reach * error, upper=estimate + reach * error, note=told,
            diagnostics={**self.diagnostics, "benchmark": {"totals": wanted, "largest_adjustment": moved_most}}, _kept={},
        )  # fmt: skip


def _per_area(values: Any, labels: Sequence[str], name: str) -> list[Any]:
    if isinstance(values, Mapping):
        known = {str(key): value for key, value in values.items()}
        missing = [label for label in labels if label not in known]
        if missing:
            raise NotPossible(f"In {name} ontbreekt {some(missing)}.", todo="Geef een waarde voor elk gebied.")
        return [known[label] for label in labels]
    listed = list(values)
    if len(listed) != len(labels):
        raise NotPossible(
            f"In {name} staan {len(listed)} waarden voor {len(labels)} gebieden.", todo="Geef een waarde voor elk gebied."
        )
    return listed


def refuse_without_assumption(sample: str, assume: str | None) -> str | None:
    """What the rows must say of this kind of sample; no model on a sample that is no probability sample without saying so."""
    if sample == "probability":
        return None
    if assume != "quasi-random":
        raise NotPossible(
            "Een model voor kleine gebieden is er niet: dit is geen kanssteekproef.",
            todo='Noem de aanname met assume="quasi-random"; elke uitkomst vermeldt haar dan.',
            code="not-a-probability-sample",
        )
    return notes.joined(notes.QUASI_RANDOM, notes.SELECTION_BIAS)


def covariates(x: Any, rows: int, *, intercept: bool) -> tuple[Floats, tuple[str, ...]]:
    """Covariates as columns with their names; an intercept is added unless told otherwise."""
    names = [str(name) for name in getattr(x, "columns", [])]
    values = np.zeros((rows, 0)) if x is None else np.asarray(x, dtype=np.float64)
    values = values[:, None] if values.ndim == 1 else values
    if len(values) != rows:
        raise NotPossible(
            f"Er zijn {rows} gebieden en {len(values)} rijen met kenmerken.",
            todo="Geef één rij per gebied, in dezelfde volgorde.",
        )
    wrong = ~np.isfinite(values).all(axis=1)
    if wrong.any():
        where = (np.flatnonzero(wrong) + 1).tolist()
        raise NotPossible(
            f"Bij {len(where)} rijen ontbreekt een kenmerk.",
            where=f"Zie rij {some(where)}.",
            todo="Vul het aan of laat het kenmerk weg.",
        )
    names = names or [f"x{place + 1}" for place in range(values.shape[1])]
    already = values.shape[1] > 0 and bool(((values == values[0]).all(axis=0) & (values[0] != 0)).any()) if rows else False
    if intercept and not already:
        values, names = np.column_stack([np.ones(rows), values]), ["(intercept)", *names]
    if np.linalg.matrix_rank(values / np.maximum(np.abs(values).max(axis=0, initial=0), 1e-300)) < values.shape[1]:
        raise NotPossible("Een kenmerk volgt uit de andere.", where=f"Het gaat om {some(names, 8)}.", todo="Laat er een weg.")
    return values, tuple(names)


def area_labels(areas: Any, rows: int) -> Any:
    """The names of areas; numbers from 1 when there are none."""
    listed = list(range(1, rows + 1)) if areas is None else list(areas)
    if len(listed) != rows:
        raise NotPossible(f"Er zijn {rows} gebieden en {len(listed)} namen.", todo="Geef één naam per gebied.")
    if len(set(map(str, listed))) < rows:
        raise NotPossible("Een gebied staat er twee keer in.", todo="Geef elk gebied één rij.")
    return objects(listed)
