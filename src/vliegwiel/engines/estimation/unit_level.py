"""The unit-level model of Battese, Harter and Fuller (1988): people in an area share an effect, and covariates have known area means.

Variance components by REML or ML; the mean of a finite population is what was seen plus what the model says of the rest. The mean
squared error is that of Prasad and Rao (1990).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import special

from vliegwiel.engines.estimation import notes
from vliegwiel.engines.estimation.intervals import checked
from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.result import objects
from vliegwiel.engines.estimation.small_areas import SmallAreas, covariates, refuse_without_assumption
from vliegwiel.engines.estimation.table import Floats, Ints
from vliegwiel.kernel import clock
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.receipt import Receipt

METHODS = ("REML", "ML")


@dataclass
class Fit:
    """Everything that follows from one ratio of the variance between areas to that within."""

    x: Floats
    y: Floats
    code: Ints
    n: Ints
    ratio: float
    restricted: bool

    @cached_property
    def shrink(self) -> Floats:
        """Per area the share of its own mean in its effect."""
        return self.ratio * self.n / (1 + self.ratio * self.n)

    def _within(self, values: Floats) -> Floats:
        """Values less the part of their area mean that the effect takes (the inverse covariance, times the variance within)."""
        shape = (len(self.n), *values.shape[1:])
        sums = np.zeros(shape)
        np.add.at(sums, self.code, values)
        mean = sums * (self.shrink / self.n).reshape(-1, *([1] * (values.ndim - 1)))
        found: Floats = values - mean[self.code]
        return found

    @cached_property
    def spread(self) -> Floats:
        """Covariance of the coefficients over the variance within."""
        found: Floats = np.linalg.inv(self.x.T @ self._within(self.x)).astype(np.float64)
        return found

    @cached_property
    def beta(self) -> Floats:
        """Coefficients, refined once."""
        beta = self.spread @ (self.x.T @ self._within(self.y))
        found: Floats = beta + self.spread @ (self.x.T @ self._within(self.y - self.x @ beta))
        return found

    @cached_property
    def sigma2_e(self) -> float:
        """Variance within areas."""
        off = self.y - self.x @ self.beta
        return float(off @ self._within(off)) / (len(self.y) - (self.x.shape[1] if self.restricted else 0))

    @property
    def likelihood(self) -> float:
        """Profiled log likelihood, restricted or not, without constants."""
        count = len(self.y) - (self.x.shape[1] if self.restricted else 0)
        found = count * np.log(self.sigma2_e) + float(np.log1p(self.ratio * self.n).sum())
        if self.restricted:
            found -= np.linalg.slogdet(self.spread)[1]
        return float(-found / 2)


def unit_level(
    y: Any, X: Any, areas: Any, means: Any, sizes: Any = None, method: str = "REML", intercept: bool = True, *,  # noqa: N803  # X is the usual name
    sample: str = "probability", assume: str | None = None, confidence: float = 0.95,
) -> SmallAreas:  # fmt: skip
    """Means per area from answers of people.

    y, X, areas: answers, covariates and area, a row per person. means: population means of the covariates, area → values, or a table
    with one row per area whose index names the areas; areas without sample get a synthetic estimate. sizes: inhabitants per area (in
    the order of `means`, or area → number); left out, areas are taken as endless.
    """
    note = refuse_without_assumption(sample, assume)
    if method not in METHODS:
        raise NotPossible(f"De methode {method!r} bestaat niet.", todo=f"Kies uit {some(METHODS)}.")
    answers = np.asarray(y, dtype=np.float64).ravel()
    x, names = covariates(X, len(answers), intercept=intercept)
    added = x.shape[1] - (np.asarray(X, dtype=np.float64).reshape(len(answers), -1).shape[1] if X is not None else 0)
    labels, population = _population(means, added)
    if population.shape[1] != x.shape[1]:
        raise NotPossible(
            f"Er zijn {x.shape[1] - added} kenmerken en {population.shape[1] - added} gemiddelden.",
            todo="Geef ze in dezelfde volgorde.",
        )
    place = {str(label): row for row, label in enumerate(labels)}
    own = [str(area) for area in areas]
    if len(own) != len(answers):
        raise NotPossible(f"Er zijn {len(answers)} antwoorden en {len(own)} gebieden.", todo="Geef één gebied per antwoord.")
    unknown = sorted(set(own) - set(place))
    if unknown:
        raise NotPossible(f"Van {some(unknown)} ontbreken de gemiddelden in de populatie.", todo="Voeg een rij toe aan means.")
    known = np.isfinite(answers)
    answers, x = answers[known], x[known]
    row = np.array([place[area] for area, there in zip(own, known, strict=True) if there], dtype=np.int64)
    sampled, code = np.unique(row, return_inverse=True)
    n = np.bincount(code)
    if len(sampled) < 2 or (len(answers) <= x.shape[1] + len(sampled) - 1 and (n == 1).all()):
        raise NotPossible(
            "Er zijn te weinig antwoorden om verschillen tussen gebieden van die binnen gebieden te scheiden.",
            todo="Gebruik fay_herriot.",
        )
    people = _sizes(sizes, labels)
    if people is not None and (people[sampled] < n).any():
        raise NotPossible(
            f"In {some(labels[sampled][people[sampled] < n])} zijn meer antwoorden dan inwoners.", todo="Controleer sizes."
        )
    fit = _best(x, answers, code, n, restricted=method == "REML")
    sigma2_e = fit.sigma2_e
    sigma2_v = fit.ratio * sigma2_e
    own_mean, own_x = np.bincount(code, answers) / n, np.array([np.bincount(code, column) / n for column in x.T]).T
    effects = np.zeros(len(labels))
    effects[sampled] = fit.shrink * (own_mean - own_x @ fit.beta)
    seen = np.zeros(len(labels)) if people is None else np.bincount(row, minlength=len(labels)) / people
    estimate = population @ fit.beta + effects
    estimate[sampled] = (
        seen[sampled] * own_mean
        + (population[sampled] - seen[sampled, None] * own_x) @ fit.beta
        + (1 - seen[sampled]) * effects[sampled]
    )
    mse = _errors(fit, sigma2_v, sigma2_e, population, own_x, sampled, seen, people)
    shrink = np.zeros(len(labels))
    shrink[sampled] = fit.shrink
    direct = np.full(len(labels), np.nan)
    direct[sampled] = own_mean
    counts = np.bincount(row, minlength=len(labels)).astype(np.float64)
    inputs = {"data": content_hash([[float(v) for v in one] for one in np.column_stack([answers, row, x])])}
    receipt = Receipt(
        "estimation.unit_level", "1", inputs, {"method": method, "names": names, "sample": sample, "assume": assume}, clock.now()
    )
    root = np.sqrt(mse)
    reach = float(special.ndtri(0.5 + checked(confidence) / 2))
    residuals = (answers - x @ fit.beta - effects[row]) / np.sqrt(sigma2_e)
    nothing = np.full(len(labels), np.nan)
    told = tuple(notes.joined(note, None if count else notes.SYNTHETIC) for count in counts)
    diagnostics = {"method": method, "areas": len(labels), "sampled": len(sampled), "margin": note or "model-based"}
    return SmallAreas(
        "unit_level", ("area",), (labels,), ("",) * len(labels), (None,) * len(labels), estimate, root, estimate - reach * root,
        estimate + reach * root, np.full(len(labels), np.inf), counts, nothing, nothing, told, confidence, "t", diagnostics, True,
        lambda: receipt, None, {}, direct, mse, shrink, names, fit.beta, np.sqrt(np.diag(fit.spread) * sigma2_e), sigma2_v, sigma2_e,
        effects, residuals, fit.likelihood,
    )  # fmt: skip


def _population(means: Any, added: int) -> tuple[Any, Floats]:
    if isinstance(means, Mapping):
        labels = objects(list(means))
        values = np.array([np.atleast_1d(np.asarray(value, dtype=np.float64)) for value in means.values()])
    else:
        values = np.asarray(means, dtype=np.float64)
        values = values[:, None] if values.ndim == 1 else values
        labels = objects(list(getattr(means, "index", range(1, len(values) + 1))))
    if not np.isfinite(values).all():
        raise NotPossible("In means ontbreekt een waarde.", todo="Geef elk gemiddelde van elk gebied.")
    return labels, np.column_stack([np.ones((len(values), added)), values])


def _sizes(sizes: Any, labels: Any) -> Floats | None:
    if sizes is None:
        return None
    if isinstance(sizes, Mapping):
        known = {str(key): float(value) for key, value in sizes.items()}
        missing = [str(label) for label in labels if str(label) not in known]
        if missing:
            raise NotPossible(f"In sizes ontbreekt {some(missing)}.", todo="Geef het aantal inwoners van elk gebied.")
        return np.array([known[str(label)] for label in labels])
    found = np.asarray(sizes, dtype=np.float64).ravel()
    if len(found) != len(labels):
        raise NotPossible(f"In sizes staan {len(found)} waarden voor {len(labels)} gebieden.", todo="Geef er één per gebied.")
    return found


def _best(x: Floats, y: Floats, code: Ints, n: Ints, *, restricted: bool) -> Fit:
    """The ratio with the highest likelihood: a grid first, so that a second top is not missed, then to the last digit."""

    from scipy import optimize

    def lack(log_ratio: float) -> float:
        return -Fit(x, y, code, n, float(np.exp(log_ratio)), restricted).likelihood

    grid = np.linspace(-18, 12, 61)
    values = [lack(one) for one in grid]
    best = int(np.argmin(values))
    if best == 0 or values[best] >= -Fit(x, y, code, n, 0.0, restricted).likelihood:
        return Fit(x, y, code, n, 0.0, restricted)
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    found: float = optimize.minimize_scalar(lack, bounds=(low, high), method="bounded", options={"xatol": 1e-10}).x
    step = 1e-3

    def slope(log_ratio: float) -> float:
        return (
            8 * (lack(log_ratio + step) - lack(log_ratio - step)) - lack(log_ratio + 2 * step) + lack(log_ratio - 2 * step)
        ) / (12 * step)

    if slope(found - 0.01) * slope(found + 0.01) < 0:
        found = float(optimize.brentq(slope, found - 0.01, found + 0.01, xtol=1e-12))
    return Fit(x, y, code, n, float(np.exp(found)), restricted)


def _errors(
    fit: Fit, between: float, within: float, population: Floats, own_x: Floats, sampled: Ints, seen: Floats, people: Floats | None
) -> Floats:
    """Prasad and Rao: known model, coefficients, twice the variance components, and for a finite population who was not seen."""
    spread = fit.spread * within
    mse: Floats = between + np.einsum("ij,jk,ik->i", population, spread, population)
    n, shrink = fit.n, fit.shrink
    rest = 1 - seen[sampled]
    g1 = (1 - shrink) * between
    gap = population[sampled] - (seen[sampled] + rest * shrink)[:, None] * own_x
    g2 = np.einsum("ij,jk,ik->i", gap, spread, gap)
    total = within + n * between
    information = np.array(
        [[(n**2 / total**2).sum(), (n / total**2).sum()], [(n / total**2).sum(), ((n - 1) / within**2 + 1 / total**2).sum()]]
    ) / 2  # fmt: skip
    component = np.linalg.inv(information)
    move = within**2 * component[0, 0] - 2 * within * between * component[0, 1] + between**2 * component[1, 1]
    g3 = move * n / total**3
    finite = 0.0 if people is None else rest * within / people[sampled]
    mse[sampled] = rest**2 * (g1 + 2 * g3) + g2 + finite
    return mse
