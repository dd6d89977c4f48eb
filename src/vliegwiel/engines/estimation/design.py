"""The design: a sample of which every estimator is asked. It never changes."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from vliegwiel.engines.estimation import answers
from vliegwiel.engines.estimation.calibration import calibrated, poststratified, raked
from vliegwiel.engines.estimation.chi_square import ChiSquare, chi_square
from vliegwiel.engines.estimation.quantiles import quantiles
from vliegwiel.engines.estimation.regression import regression
from vliegwiel.engines.estimation.replicates import replicated
from vliegwiel.engines.estimation.result import Estimates
from vliegwiel.engines.estimation.sample import Names, Sample, listed


class Design(Sample):
    """A sample and its design. All methods give something new; nothing is changed.

    data: pandas, Arrow, a mapping of columns, Parquet path(s) or an Ibis table. weights: the column with weights, above zero. strata,
    clusters: columns per stage, the first stage first. fpc: population sizes per stage (clusters in the stratum, then elements in the
    cluster, …), or sampling fractions when none is above 1. nested: cluster numbers begin again in each stratum. lonely_psu: what a
    stratum with one cluster adds: "fail", "remove" or "certainty" (nothing), "adjust" (its squared distance to the overall mean),
    "average" (as other strata). sample: "probability" or "nonprobability"; the latter gives no margins unless `assume` is
    "quasi-random", which every result then names. population: whom the sample stands for, to check margins
    against. Raises `NotPossible` for a design that contradicts itself.

    >>> d = Design({"score": [5, 7, 8, 6], "w": [10, 10, 20, 20], "area": ["A", "A", "B", "B"]}, weights="w", strata="area")
    >>> d.mean("score").estimate.round(3).tolist(), d.mean("score").se.round(3).tolist()
    ([6.667], [0.745])
    """

    # What can be asked.

    def mean(self, variables: Names, by: Names | None = None, confidence: float = 0.95) -> Estimates:
        """Weighted means of number columns, per domain."""
        return answers.mean(self, listed(variables), listed(by), confidence)

    def total(self, variables: Names, by: Names | None = None, confidence: float = 0.95) -> Estimates:
        """Population totals of number columns; of a text column the size of each category."""
        return answers.total(self, listed(variables), listed(by), confidence)

    def ratio(self, numerator: Names, denominator: Names, by: Names | None = None, confidence: float = 0.95) -> Estimates:
        """Totals over totals: every numerator over every denominator."""
        return answers.ratio(self, listed(numerator), listed(denominator), listed(by), confidence)

    def proportion(
        self, variables: Names, by: Names | None = None, interval: str = "logit", confidence: float = 0.95
    ) -> Estimates:
        """Shares of each category. interval: "logit", "beta", "wilson", "likelihood", "asin" or "wald"."""
        return answers.proportion(self, listed(variables), listed(by), interval, confidence)

    def quantile(
        self,
        variables: Names,
        probabilities: float | Sequence[float],
        by: Names | None = None,
        rule: str = "math",
        confidence: float = 0.95,
    ) -> Estimates:
        """Quantiles with Woodruff's interval. rule: "math" (the smallest value with enough below it), "school" (halfway when exact),
        "hf7" (interpolated; Hyndman and Fan's seventh)."""
        wanted = [probabilities] if isinstance(probabilities, int | float) else list(probabilities)
        return quantiles(self, listed(variables), wanted, listed(by), rule, confidence)

    def regression(self, formula: str, family: str = "gaussian", confidence: float = 0.95) -> Estimates:
        """Coefficients of `outcome ~ a + b` ("gaussian" or "logistic"), with standard errors of the design."""
        return regression(self, formula, family, confidence)

    def chi_square(self, a: str, b: str) -> ChiSquare:
        """Are two backgrounds unrelated? Pearson's test as adjusted by Rao and Scott (1984)."""
        return chi_square(self, a, b)

    # What gives another design.

    def subset(self, condition: str) -> Self:
        """Only who meets a condition on columns, as in SQL. The others leave the domain, never the design."""
        holds = self.table.holds(condition)
        inside = holds if self.inside is None else self.inside & holds
        return self.having(inside=inside, conditions=(*self.conditions, condition))

    def poststratify(self, margins: Mapping[Any, Any]) -> Self:
        """Weights that add up to a population total per category of one column, or per combination (a tuple of columns)."""
        return poststratified(self, margins)

    def rake(self, margins: Mapping[Any, Any], rescale: bool = False) -> Self:
        """Weights that add up to every margin: column → category → population total. `rescale`: make all margins add up to the first."""
        return raked(self, margins, rescale=rescale)

    def calibrate(self, totals: Mapping[str, Any], method: str = "linear", bounds: tuple[float, float] | None = None) -> Self:
        """Weights that add up to population totals of columns, each changed by a factor within `bounds`, which are kept."""
        return calibrated(self, totals, method, bounds)

    def replicates(self, kind: str, n: int = 200, seed: int = 1, fay: float = 0.0) -> Self:
        """The same estimators with replicate variance: "JK1", "JKn", "BRR" or "bootstrap" (`n` draws from `seed`)."""
        return self.having(replication=replicated(self, kind, n, seed, fay))

    def shift(self, variables: Names, margins: Mapping[Any, Any], by: Names | None = None) -> Estimates:
        """How far means move when one more margin is added: what must stand beside a model-based margin."""
        return answers.shift(self, listed(variables), margins, listed(by))
