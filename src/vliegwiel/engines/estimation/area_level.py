"""The area-level model of Fay and Herriot (1979): a direct estimate is the truth of its area plus sampling error of known variance.

Variance between areas by REML, ML or the moment equation of Fay and Herriot; mean squared errors of Prasad and Rao (1990) and Datta and
Lahiri (2000), as the R package sae. "HB" integrates over that variance instead of choosing one value (as the R package hbsae).
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import special

from vliegwiel.engines.estimation import notes
from vliegwiel.engines.estimation.intervals import checked
from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.result import Estimates
from vliegwiel.engines.estimation.small_areas import SmallAreas, area_labels, covariates, refuse_without_assumption
from vliegwiel.engines.estimation.table import Floats
from vliegwiel.kernel import clock
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.receipt import Receipt

METHODS = ("REML", "ML", "FH", "HB")
_POINTS, _PIECES, _KNOWN = 40, 8, 1e4


@dataclass
class Fit:
    """Everything that follows from one value of the variance between areas."""

    x: Floats
    y: Floats
    variances: Floats
    between: float

    @cached_property
    def inverse(self) -> Floats:
        """One over the variance of each direct estimate around the model."""
        return 1 / (self.between + self.variances)

    @cached_property
    def spread(self) -> Floats:
        """Covariance of the coefficients."""
        found: Floats = np.linalg.inv(self.x.T @ (self.x * self.inverse[:, None])).astype(np.float64)
        return found

    @cached_property
    def beta(self) -> Floats:
        """Coefficients, refined once."""
        beta = self.spread @ (self.x.T @ (self.inverse * self.y))
        found: Floats = beta + self.spread @ (self.x.T @ (self.inverse * (self.y - self.x @ beta)))
        return found

    @cached_property
    def off(self) -> Floats:
        """Direct estimates less the model."""
        found: Floats = self.y - self.x @ self.beta
        return found

    @property
    def squares(self) -> float:
        """Weighted squared distances to the model."""
        return float((self.off**2 * self.inverse).sum())

    @property
    def estimate(self) -> Floats:
        """Direct estimates, shrunk to the model."""
        found: Floats = self.x @ self.beta + self.between * self.inverse * self.off
        return found

    @property
    def g1(self) -> Floats:
        """Error that stays when the model is known."""
        return self.between * self.variances * self.inverse

    @property
    def g2(self) -> Floats:
        """Error from estimating the coefficients."""
        found: Floats = (self.variances * self.inverse) ** 2 * np.einsum("ij,jk,ik->i", self.x, self.spread, self.x)
        return found

    @property
    def likelihood(self) -> float:
        """Log likelihood."""
        return float(-0.5 * (len(self.y) * np.log(2 * np.pi) - np.log(self.inverse).sum() + (self.off**2 * self.inverse).sum()))

    @property
    def restricted(self) -> float:
        """Restricted log likelihood, without constants."""
        _sign, log_det = np.linalg.slogdet(self.spread)
        return float(0.5 * (np.log(self.inverse).sum() + log_det - (self.off**2 * self.inverse).sum()))

    def score(self, method: str) -> float:
        """The equation whose root is the variance between areas."""
        weighted = self.inverse * self.off
        if method == "FH":
            return float((self.off * weighted).sum() - (len(self.y) - self.x.shape[1]))
        trace = float(self.inverse.sum())
        if method == "REML":
            trace -= float(np.einsum("ij,jk,ik,i->", self.x, self.spread, self.x, self.inverse**2))
        return float((weighted**2).sum()) - trace


def fay_herriot(
    y: Any, X: Any, variances: Any = None, areas: Any = None, method: str = "REML", intercept: bool = True, *,  # noqa: N803  # X is the usual name
    sample: str = "probability", assume: str | None = None, confidence: float = 0.95,
) -> SmallAreas:  # fmt: skip
    """Model estimates per area, in the order of the input.

    y: direct estimates (NaN: no sample; the estimate is then synthetic), or the result of an estimator with one row per area. X:
    covariates, a row per area. variances: known sampling variances. Raises `NotPossible` for variances that are not above zero.
    """
    counts: Any = None
    if isinstance(y, Estimates):
        counts = y.n.astype(np.float64)
        variances = y.se**2 if variances is None else variances
        areas = y.domains[0] if areas is None and y.domains else areas
        if notes.QUASI_RANDOM in (y.note[0] or "" if len(y) else ""):
            sample, assume = "nonprobability", "quasi-random"
        elif not y.margins:
            sample = "nonprobability"
        y = y.estimate
    note = refuse_without_assumption(sample, assume)
    direct, known = np.asarray(y, dtype=np.float64).ravel(), np.asarray(variances, dtype=np.float64).ravel()
    if method not in METHODS:
        raise NotPossible(f"De methode {method!r} bestaat niet.", todo=f"Kies uit {some(METHODS)}.")
    if len(known) != len(direct):
        raise NotPossible(
            f"Er zijn {len(direct)} schattingen en {len(known)} varianties.", todo="Geef er één van elk per gebied."
        )
    x, names = covariates(X, len(direct), intercept=intercept)
    labels = area_labels(areas, len(direct))
    there = np.isfinite(direct) & np.isfinite(known)
    wrong = there & ~(known > 0)
    if wrong.any():
        raise NotPossible(
            f"De variantie van {some(labels[wrong])} is niet groter dan nul.",
            todo="Geef de variantie van een naburig of samengevoegd gebied, of laat de eigen schatting leeg.",
        )
    if there.sum() <= x.shape[1] + 1:
        raise NotPossible(
            f"Er zijn {int(there.sum())} gebieden met een schatting: te weinig voor {x.shape[1]} coëfficiënten.",
            todo="Gebruik minder kenmerken.",
        )
    inputs = {
        "data": content_hash(
            [[None if not np.isfinite(v) else float(v) for v in row] for row in np.column_stack([direct, known, x])]
        )
    }
    receipt = Receipt(
        "estimation.fay_herriot", "1", inputs, {"method": method, "names": names, "sample": sample, "assume": assume}, clock.now()
    )
    sampled = (x[there], direct[there], known[there])
    if method == "HB":
        estimate, error, shrinkage, between, fit = _bayes(*sampled, x, there)
    else:
        between = _between(*sampled, method)
        fit = Fit(*sampled, between)
        estimate, error, shrinkage = _predicted(fit, method, x, there)
    root = np.sqrt(error)
    reach = float(special.ndtri(0.5 + checked(confidence) / 2))
    residuals = np.full(len(direct), np.nan)
    residuals[there] = fit.off * np.sqrt(fit.inverse)
    nothing = np.full(len(direct), np.nan)
    told = tuple(notes.joined(note, None if own else notes.SYNTHETIC) for own in there)
    diagnostics = {
        "method": method,
        "areas": len(direct),
        "sampled": int(there.sum()),
        "residuals": _checks(residuals[there]),
        "margin": note or "model-based",
    }
    return SmallAreas(
        "fay_herriot", ("area",), (labels,), ("",) * len(direct), (None,) * len(direct), estimate, root, estimate - reach * root,
        estimate + reach * root, np.full(len(direct), np.inf), nothing if counts is None else counts, nothing, nothing, told, confidence,
        "t", diagnostics, True,
        lambda: receipt, None, {}, direct, error, shrinkage, names, fit.beta, np.sqrt(np.diag(fit.spread)), between, np.nan,
        estimate - x @ fit.beta, residuals, fit.likelihood,
    )  # fmt: skip


def _checks(residuals: Floats) -> dict[str, Any]:
    """How normal standardised residuals look: mean 0, deviation 1, and few beyond 2."""
    return {
        "mean": float(residuals.mean()),
        "deviation": float(residuals.std()),
        "beyond_two": int((np.abs(residuals) > 2).sum()),
    }


def _between(x: Floats, y: Floats, variances: Floats, method: str) -> float:
    """The root of the score with the highest likelihood, or zero when there is none above."""

    from scipy import optimize

    def score(between: float) -> float:
        return Fit(x, y, variances, between).score(method)

    top = 10 * float(np.var(y) + variances.max()) + 1e-12
    while score(top) > 0:
        top *= 10
    grid = np.concatenate([[0.0], np.geomspace(top * 1e-8, top, 60)])
    values = np.array([score(one) for one in grid])
    roots = [
        float(optimize.brentq(score, low, high, xtol=1e-300, rtol=1e-14))
        for low, high, first, last in zip(grid[:-1], grid[1:], values[:-1], values[1:], strict=True)
        if first > 0 >= last
    ]
    if not roots:
        return 0.0
    if method == "FH":
        return roots[-1]
    return max(
        [0.0, *roots], key=lambda one: getattr(Fit(x, y, variances, one), "restricted" if method == "REML" else "likelihood")
    )


def _predicted(fit: Fit, method: str, x: Floats, there: Any) -> tuple[Floats, Floats, Floats]:
    """Estimates, mean squared errors and shrinkage of all areas; synthetic where there is no sample."""
    count, inverse = len(fit.y), fit.inverse
    squares, total = float((inverse**2).sum()), float(inverse.sum())
    spread = 2 * count / total**2 if method == "FH" else 2 / squares
    share = fit.variances * inverse
    g3 = fit.variances**2 * inverse**3 * spread
    bias = 0.0
    if method == "ML":
        bias = -float(np.trace(fit.spread @ (fit.x.T @ (fit.x * (inverse**2)[:, None])))) / squares
    elif method == "FH":
        bias = 2 * (count * squares - total**2) / total**3
    mse_there = fit.g1 + fit.g2 + 2 * g3 - bias * share**2
    estimate = x @ fit.beta
    mse = fit.between + np.einsum("ij,jk,ik->i", x, fit.spread, x)
    shrink = np.zeros(len(x))
    estimate[there], mse[there], shrink[there] = fit.estimate, mse_there, fit.between * inverse
    return estimate, mse, shrink


def _posterior(fit: Fit, known: float, free: int) -> float:
    """Log density of the variance between areas, up to a constant."""
    return fit.restricted + fit.squares / 2 - (free + known) / 2 * float(np.log1p(fit.squares / known))


def _bayes(x: Floats, y: Floats, variances: Floats, every: Floats, there: Any) -> tuple[Floats, Floats, Floats, float, Fit]:
    """Averages over the variance between areas, a priori uniform: means, variances and shrinkage of all areas.

    The variance is written as best · (t / (1 − t))², so that the whole half line is integrated. As in hbsae the sampling variances are
    known up to one factor, with 10,000 degrees of freedom per area.
    """
    best = max(_between(x, y, variances, "REML"), 1e-4 * float(np.median(variances)))
    if len(y) - x.shape[1] <= 2:
        raise NotPossible(
            f"Er zijn {len(y)} gebieden met een schatting: te weinig om over de variantie te middelen.",
            todo="Kies REML, of gebruik minder kenmerken.",
        )
    known, free = _KNOWN * len(y), len(y) - x.shape[1]
    peak = _posterior(Fit(x, y, variances, best), known, free)
    nodes, weights = np.polynomial.legendre.leggauss(_POINTS)
    edges = np.linspace(0.0, 1.0, _PIECES + 1)
    place = np.concatenate([low + (nodes + 1) / 2 * (high - low) for low, high in pairwise(edges)])
    width = np.tile(weights, _PIECES) / (2 * _PIECES)
    between = best * (place / (1 - place)) ** 2
    stretch = 2 * best * place / (1 - place) ** 3
    heavy = np.empty(len(between))
    estimates, spreads, shares = (np.empty((len(between), len(every))) for _ in range(3))
    for point, one in enumerate(between):
        fit = Fit(x, y, variances, float(one))
        heavy[point] = np.exp(_posterior(fit, known, free) - peak) * width[point] * stretch[point]
        factor = (fit.squares + known) / (known + free - 2)
        estimates[point] = every @ fit.beta
        spreads[point] = factor * (one + np.einsum("ij,jk,ik->i", every, fit.spread, every))
        shares[point] = 0.0
        estimates[point, there], shares[point, there] = fit.estimate, one * fit.inverse
        spreads[point, there] = factor * (fit.g1 + fit.g2)
    heavy /= heavy.sum()
    mean = heavy @ estimates
    variance = heavy @ spreads + heavy @ (estimates - mean) ** 2
    middle = float(heavy @ between)
    return mean, variance, heavy @ shares, middle, Fit(x, y, variances, middle)
