"""One kind of result for every question: the same columns always, with what is needed to ask further."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vliegwiel.engines.estimation.intervals import checked, limits
from vliegwiel.engines.estimation.refusals import NotPossible
from vliegwiel.engines.estimation.table import Floats, Ints
from vliegwiel.kernel.receipt import Receipt

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("variable", "category", "estimate", "se", "lower", "upper", "df", "n", "n_effective", "deff", "note")
_MOST = 6000


class Working(Protocol):
    """How a result was made, so that more can be asked of it."""

    def covariance(self) -> Floats:
        """Covariance of all rows."""

    def rest(self) -> tuple[Floats, Floats]:
        """Per row: its estimate less that of all other domains together, and the standard error of that difference."""


@dataclass(frozen=True)
class Estimates:
    """Estimates, one per row. NaN or None where a value cannot be given; `note` says why, in words of `notes`.

    `by` are the names of the domain columns and `domains` their values per row. `se` is a standard error in the unit of the estimate,
    `lower` and `upper` bound its interval at `confidence`, `df` are degrees of freedom, `n` counts answers, `n_effective` is what an
    unweighted random sample of the same precision would have (n / deff; by the weights alone (Kish) where there is no deff).
    """

    kind: str
    by: tuple[str, ...]
    domains: tuple[NDArray[Any], ...]
    variable: tuple[str, ...]
    category: tuple[str | None, ...]
    estimate: Floats
    se: Floats
    lower: Floats
    upper: Floats
    df: Floats
    n: Ints | Floats
    n_effective: Floats
    deff: Floats
    note: tuple[str | None, ...]
    confidence: float = 0.95
    interval_kind: str = "t"
    diagnostics: Mapping[str, Any] = field(default_factory=dict)
    margins: bool = True
    _receipt: Callable[[], Receipt] | None = field(default=None, repr=False)
    _working: Working | None = field(default=None, repr=False)
    _kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.estimate)

    def __getitem__(self, column: str) -> NDArray[Any]:
        """A column by its name."""
        if column in self.by:
            return self.domains[self.by.index(column)]
        if column not in COLUMNS:
            raise KeyError(column)
        values = getattr(self, column)
        return np.array(values, dtype=object) if isinstance(values, tuple) else values

    @property
    def counted(self) -> Ints | Floats:
        """How many rows the sample counts for the beta interval: after calibration all, as in R survey."""
        found: Ints | Floats = self._kept.get("counted", self.n)
        return found

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns, in order."""
        return (*self.by, *COLUMNS)

    @property
    def receipt(self) -> Receipt:
        """How this was made: method, version, hash of the columns used, parameters, time."""
        if "receipt" not in self._kept:
            self._kept["receipt"] = self._receipt() if self._receipt else Receipt(f"estimation.{self.kind}", "1")
        found: Receipt = self._kept["receipt"]
        return found

    def to_arrow(self) -> pa.Table:
        """As an Arrow table; NaN becomes null."""
        columns = {name: pa.array(self[name].tolist()) for name in self.by}
        columns |= {name: pa.array(list(getattr(self, name)), pa.string()) for name in ("variable", "category")}
        for name in COLUMNS[2:-1]:
            values = self[name]
            known = [one if np.isfinite(one) else None for one in values.tolist()]
            columns[name] = (
                pa.array([one if one is None else int(one) for one in known], pa.int64())
                if name == "n"
                else pa.array(known, pa.float64())
            )
        columns["note"] = pa.array(list(self.note), pa.string())
        return pa.table(columns)

    def to_pandas(self) -> "pd.DataFrame":
        """As a pandas table."""
        import pandas as pd

        columns: dict[str, Any] = {name: self[name] for name in self.columns}
        return pd.DataFrame(columns, columns=list(self.columns))

    def covariance(self) -> Floats:
        """Covariance matrix of all rows, in their order (rows × rows)."""
        self._need_margins("De samenhang tussen de schattingen")
        if len(self) > _MOST:
            raise NotPossible(
                f"Een samenhang van {len(self)} schattingen is te groot.", todo=f"Vraag er ten hoogste {_MOST} tegelijk."
            )
        if "covariance" not in self._kept:
            if self._working is None:
                raise NotPossible(
                    "Bij deze uitkomst hoort geen samenhang.", todo="Vraag haar bij gemiddelden, totalen of aandelen."
                )
            self._kept["covariance"] = self._working.covariance()
        found: Floats = self._kept["covariance"]
        return found.copy()

    def interval(self, confidence: float) -> "pd.DataFrame":
        """Lower and upper limits at another confidence, in the order of the rows."""
        import pandas as pd

        again = self.at(confidence)
        return pd.DataFrame({"lower": again.lower, "upper": again.upper})

    def at(self, confidence: float) -> "Estimates":
        """The same estimates with limits at another confidence."""
        lower, upper = limits(
            self.interval_kind, self.estimate, self.se, self.df, self.counted, checked(confidence), self._kept.get("limits")
        )
        return replace(self, lower=lower, upper=upper, confidence=confidence, _kept=dict(self._kept))

    def contrast(self, weights: Mapping[str, Mapping[Any, float]]) -> "Estimates":
        """Weighted sums of rows, one per name: `{"change": {"2024": 1, "2022": -1}}`. A key names a domain (or a tuple: one value per
        `by` column), a variable, or a category; rows of different variables are never mixed."""
        from vliegwiel.engines.estimation.compare import contrast

        return contrast(self, weights)

    def compare(self, against: Any = "rest", adjust: str = "holm") -> "Estimates":
        """Differences between domains: each against the rest together ("rest"), every pair ("all"), or each against one of them."""
        from vliegwiel.engines.estimation.compare import compare

        return compare(self, against, adjust)

    def _need_margins(self, what: str) -> None:
        if not self.margins:
            raise NotPossible(
                f"{what} is er niet: dit is geen kanssteekproef.",
                todo='Noem de aanname met assume="quasi-random"; elke uitkomst vermeldt haar dan.',
                code="not-a-probability-sample",
            )


def label_parts(estimates: Estimates) -> list[tuple[str, ...]]:
    """Per row the values of its domain as text."""
    return [tuple(str(values[row]) for values in estimates.domains) for row in range(len(estimates))]


def objects(values: Sequence[Any]) -> NDArray[Any]:
    """A column of labels."""
    found = np.empty(len(values), dtype=object)
    found[:] = list(values)
    return found
