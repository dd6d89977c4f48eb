"""Limits around an estimate: Student's t, and for shares the logit, beta, Wilson, likelihood and arcsine intervals.

Shares: Korn and Graubard (1998) for the beta interval, which takes the effective sample size and the degrees of freedom of the design
into account; logit and arcsine by the delta method; Wilson (1927) on the effective size; likelihood: Rao and Scott's (1984) scaling of
the deviance.
"""

from typing import Any

import numpy as np
from scipy import optimize, special, stats

from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.result import quantile_of_t
from vliegwiel.engines.estimation.table import Floats, Ints

SHARES = ("logit", "beta", "wilson", "likelihood", "asin", "wald")


def limits(
    kind: str, estimate: Floats, se: Floats, df: Floats, n: Ints, confidence: float, quantiles: Any = None
) -> tuple[Floats, Floats]:
    """Lower and upper limits; NaN where there is no standard error or no degree of freedom."""
    if quantiles is not None:
        lower, upper = quantiles(confidence)[:2]
        return lower, upper
    reach = quantile_of_t(df, confidence)
    if kind in ("t", "wald", "mean"):
        return estimate - reach * se, estimate + reach * se
    if kind not in SHARES:
        raise NotPossible(f"Een interval {kind!r} bestaat niet.", todo=f"Kies uit {some(SHARES)}.")
    with np.errstate(divide="ignore", invalid="ignore"):
        lower, upper = _SHARE[kind](estimate, se, reach, df, n.astype(np.float64), confidence)
    blank = ~np.isfinite(estimate + se + reach)
    return np.where(blank, np.nan, lower), np.where(blank, np.nan, upper)


def _logit(p: Floats, se: Floats, reach: Floats, *_rest: Any) -> tuple[Floats, Floats]:
    middle, half = special.logit(p), reach * se / (p * (1 - p))
    certain = (p <= 0) | (p >= 1)
    return np.where(certain, p, special.expit(middle - half)), np.where(certain, p, special.expit(middle + half))


def _asin(p: Floats, se: Floats, reach: Floats, *_rest: Any) -> tuple[Floats, Floats]:
    middle, half = np.arcsin(np.sqrt(p)), reach * se / (2 * np.sqrt(p * (1 - p)))
    half = np.where((p <= 0) | (p >= 1), 0.0, half)
    return np.sin(np.maximum(middle - half, 0)) ** 2, np.sin(np.minimum(middle + half, np.pi / 2)) ** 2


def _beta(p: Floats, se: Floats, _reach: Floats, df: Floats, n: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Korn and Graubard. Without any variance (all or none say so) the sample counts as it is."""
    tail = (1 - confidence) / 2
    plain = np.where(se > 0, p * (1 - p) / se**2, n)
    size = plain * (stats.t.ppf(tail, n - 1) / stats.t.ppf(tail, np.maximum(df, 1))) ** 2
    low = stats.beta.ppf(tail, size * p, size * (1 - p) + 1)
    high = stats.beta.ppf(1 - tail, size * p + 1, size * (1 - p))
    return np.where(p <= 0, 0.0, low), np.where(p >= 1, 1.0, high)


def _wilson(p: Floats, se: Floats, reach: Floats, _df: Floats, n: Floats, _confidence: float) -> tuple[Floats, Floats]:
    size = np.where(se > 0, p * (1 - p) / se**2, n)
    middle = (p + reach**2 / (2 * size)) / (1 + reach**2 / size)
    half = reach / (1 + reach**2 / size) * np.sqrt(p * (1 - p) / size + reach**2 / (4 * size**2))
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def _likelihood(p: Floats, se: Floats, reach: Floats, _df: Floats, n: Floats, _confidence: float) -> tuple[Floats, Floats]:
    """Where the deviance of a binomial sample of the effective size reaches the square of `reach`."""
    low, high = np.full(len(p), np.nan), np.full(len(p), np.nan)
    size = np.where(se > 0, p * (1 - p) / se**2, n)
    for row in np.flatnonzero(np.isfinite(p + size + reach)):
        share, wanted = float(p[row]), float(reach[row] ** 2 / (2 * size[row]))

        def beyond(other: float, share: float = share, wanted: float = wanted) -> float:
            return float(special.rel_entr(share, other) + special.rel_entr(1 - share, 1 - other)) - wanted

        tiny = 1e-15
        low[row] = 0.0 if share <= 0 else optimize.brentq(beyond, tiny, share, xtol=1e-15, rtol=1e-14)
        high[row] = 1.0 if share >= 1 else optimize.brentq(beyond, share, 1 - tiny, xtol=1e-15, rtol=1e-14)
    return low, high


_SHARE = {"logit": _logit, "asin": _asin, "beta": _beta, "wilson": _wilson, "likelihood": _likelihood}
