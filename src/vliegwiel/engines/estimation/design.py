"""The sample: what was drawn, how, with which weights. Every estimator is asked of it, and it never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from vliegwiel.engines.estimation import answers, notes
from vliegwiel.engines.estimation.calibration import Calibration, calibrated, poststratified, raked
from vliegwiel.engines.estimation.chi_square import ChiSquare, chi_square
from vliegwiel.engines.estimation.linear import Linear
from vliegwiel.engines.estimation.quantiles import quantiles
from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.regression import regression
from vliegwiel.engines.estimation.replicates import Replication, replicated
from vliegwiel.engines.estimation.result import Estimates
from vliegwiel.engines.estimation.structure import Structure, structure_of
from vliegwiel.engines.estimation.table import Bools, Floats, Table

SAMPLES, ASSUMPTIONS = ("probability", "nonprobability"), (None, "quasi-random")
Names = str | Sequence[str]


@dataclass(frozen=True, init=False)
class Design:
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

    table: Table
    structure: Structure
    weights: Floats
    sample: str
    assume: str | None
    calibrations: tuple[Calibration, ...]
    replication: Replication | None
    inside: Bools | None
    conditions: tuple[str, ...]
    settings: Mapping[str, Any]
    diagnostics: Mapping[str, Any] = field(default_factory=dict)

    def __init__(
        self,
        data: Any,
        weights: str | None = None,
        strata: Names | None = None,
        clusters: Names | None = None,
        fpc: str | Sequence[str | None] | None = None,
        nested: bool = False,
        lonely_psu: str = "fail",
        sample: str = "probability",
        assume: str | None = None,
        population: str | None = None,
    ) -> None:
        table = Table.of(data)
        named = [*listed(strata), *listed(clusters), *filter(None, listed(fpc)), *([weights] if weights else [])]
        table.need([str(name) for name in named])
        if sample not in SAMPLES or assume not in ASSUMPTIONS:
            raise NotPossible(
                f"Een steekproef {sample!r} met aanname {assume!r} bestaat niet.",
                todo='Kies "probability", of "nonprobability" met assume=None of "quasi-random".',
            )
        if not table.rows:
            raise NotPossible("Er zijn geen rijen.", todo="Controleer het bestand.", code="no-rows")
        table.load([str(name) for name in named])
        structure = structure_of(
            table, strata=listed(strata), clusters=listed(clusters), fpc=listed(fpc), nested=nested, lonely_psu=lonely_psu
        )
        heavy = _weights(table, weights, structure)
        settings = {
            "weights": weights, "strata": listed(strata), "clusters": listed(clusters), "fpc": listed(fpc), "nested": nested,
            "lonely_psu": lonely_psu, "sample": sample, "assume": assume, "population": population,
        }  # fmt: skip
        values = {
            "table": table, "structure": structure, "weights": heavy, "sample": sample, "assume": assume, "calibrations": (),
            "replication": None, "inside": None, "conditions": (), "settings": settings, "diagnostics": {},
        }  # fmt: skip
        for name, value in values.items():
            object.__setattr__(self, name, value)

    # What the sample is.

    @property
    def df(self) -> int:
        """Degrees of freedom: primary clusters less strata."""
        return self.structure.df

    @property
    def rows(self) -> int:
        """Rows of the data."""
        return self.table.rows

    @property
    def margins(self) -> bool:
        """Whether margins may be given."""
        return self.sample == "probability" or self.assume is not None

    @property
    def kish(self) -> float:
        """Design effect by weighting alone: n Σw² / (Σw)² (Kish 1992)."""
        return float(len(self.weights) * (self.weights**2).sum() / self.weights.sum() ** 2)

    @property
    def note(self) -> str | None:
        """What every result must say of this kind of sample."""
        if self.sample == "probability":
            return None
        return notes.QUASI_RANDOM if self.assume else notes.NO_MARGIN

    @cached_property
    def about(self) -> Mapping[str, Any]:
        """The design in numbers, for diagnostics and receipts."""
        way = self.replication.kind if self.replication else "linearisation"
        return {
            **self.settings, "rows": self.rows, "strata_count": self.structure.strata, "psus": self.structure.psus, "degf": self.df,
            "variance": way, "lonely_strata": self.structure.lonely_strata, "conditions": self.conditions,
            "margin": notes.DUTCH[notes.QUASI_RANDOM] if self.assume else ("none" if not self.margins else "design-based"),
        }  # fmt: skip

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

    def subset(self, condition: str) -> "Design":
        """Only who meets a condition on columns, as in SQL. The others leave the domain, never the design."""
        holds = self.table.holds(condition)
        inside = holds if self.inside is None else self.inside & holds
        return self._with(inside=inside, conditions=(*self.conditions, condition))

    def poststratify(self, margins: Mapping[Any, Any]) -> "Design":
        """Weights that add up to a population total per category of one column, or per combination (a tuple of columns)."""
        return poststratified(self, margins)

    def rake(self, margins: Mapping[Any, Any], rescale: bool = False) -> "Design":
        """Weights that add up to every margin: column → category → population total. `rescale`: make all margins add up to the first."""
        return raked(self, margins, rescale=rescale)

    def calibrate(self, totals: Mapping[str, Any], method: str = "linear", bounds: tuple[float, float] | None = None) -> "Design":
        """Weights that add up to population totals of columns, each changed by a factor within `bounds`, which are kept."""
        return calibrated(self, totals, method, bounds)

    def replicates(self, kind: str, n: int = 200, seed: int = 1, fay: float = 0.0) -> "Design":
        """The same estimators with replicate variance: "JK1", "JKn", "BRR" or "bootstrap" (`n` draws from `seed`)."""
        return self._with(replication=replicated(self, kind, n, seed, fay))

    def shift(self, variables: Names, margins: Mapping[Any, Any], by: Names | None = None) -> Estimates:
        """How far means move when one more margin is added: what must stand beside a model-based margin."""
        return answers.shift(self, listed(variables), margins, listed(by))

    def linear(self, items: Sequence[Any], domain: Any, domains: int) -> Linear:
        """The arithmetic behind the estimators."""
        return Linear(self, items, domain, domains)

    def _with(self, **changes: Any) -> "Design":
        made = object.__new__(Design)
        for name in self.__dataclass_fields__:
            object.__setattr__(made, name, changes.get(name, getattr(self, name)))
        return made


def listed(names: Any) -> list[Any]:
    """A single name is as good as a list of one."""
    if names is None:
        return []
    return [names] if isinstance(names, str) else list(names)


def _weights(table: Table, name: str | None, structure: Structure) -> Floats:
    if name is None:
        return _from_sizes(structure)
    weights = table.numbers(name)
    for wrong, what in ((np.isnan(weights), "ontbreekt"), (weights == 0, "is nul"), (weights < 0, "is negatief")):
        if wrong.any():
            rows = (np.flatnonzero(wrong) + 1).tolist()
            raise NotPossible(
                f"Het gewicht {name} {what} in {len(rows)} van de {table.rows} rijen.",
                where=f"Zie rij {some(rows)}.",
                todo="Geef elke respondent een gewicht boven nul, of laat de rij weg als die geen deelnemer is.",
                code="weights",
            )
    return weights


def _from_sizes(structure: Structure) -> Floats:
    """Without weights: everybody counts once, or as many as the drawing fractions say."""
    weights = np.ones(len(structure.unit))
    for stage in structure.stages:
        drawn = (1 - stage.left)[stage.stratum[stage.cluster[structure.unit]]]
        weights /= np.where(drawn > 0, drawn, 1.0)
    return weights
