"""The algebra of estimators: what is added up per group, the closed form over those sums, and what each group adds to the error.

An estimator of two columns a and b (per row, with weight w) needs only A = Σ w·(a − c·b) and B = Σ w·b per (domain, unit), for any
centre c. `value` makes the estimate from the sums of a domain; `slope` says how it moves with A and B, so that slope · (A, B) of a
unit is its influence. Group sums of any engine will do: they come from numpy, from SQL, or from replicates of either.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.estimation.table import Floats

#: From about as many rows the centre is taken.
_ENOUGH = 2**12


@dataclass(frozen=True)
class Form:
    """A closed form. `ratio`: A over B plus the centre (means, shares and ratios); else A as it is (totals), centred on nothing."""

    name: str
    ratio: bool

    def value(self, a: Floats, b: Floats, centre: Floats | float) -> Floats:
        """The estimate; NaN where there is nothing to divide by."""
        if not self.ratio:
            return a
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = np.where(b == 0, np.nan, a / b + centre)
        return found

    def slope(self, a: Floats, b: Floats) -> tuple[Floats, Floats]:
        """How the estimate moves with A and with B."""
        if not self.ratio:
            return np.ones_like(a), np.zeros_like(a)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(b == 0, 0.0, 1 / b), np.where(b == 0, 0.0, -a / b**2)


MEAN, SHARE, RATIO, TOTAL = Form("mean", True), Form("share", True), Form("ratio", True), Form("total", False)


@dataclass(frozen=True)
class Item:
    """One estimate that is asked: `top` over `bottom` (None counts every row once), NaN where there is no answer."""

    form: Form
    variable: str
    category: str | None
    top: NDArray[Any]
    bottom: Floats | None = None
    #: Known to have an answer in every row, so that nobody needs to look.
    complete: bool = False

    def centre(self) -> float:
        """About the overall estimate, from rows all over the data: near it sums keep their digits, and any number gives the same answer.
        Totals are summed as they are."""
        if not self.form.ratio:
            return 0.0
        some = slice(None, None, 1 + len(self.top) // _ENOUGH)
        top = self.top[some].astype(np.float64)
        bottom = np.ones(len(top)) if self.bottom is None else self.bottom[some]
        known = ~np.isnan(top + bottom)
        below = float(bottom[known].sum())
        return float(top[known].sum()) / below if below else 0.0
