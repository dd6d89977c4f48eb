"""Limits around an estimate: Student's t, and for shares the logit, beta, Wilson, likelihood and arcsine intervals.

Shares: Korn and Graubard (1998) for the beta interval, which takes the effective sample size and the degrees of freedom of the design
into account; the arcsine by the delta method; Wilson (1927) on the effective size. Logit and likelihood: see `binomial`.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import special

from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.table import Floats, Ints

Own = Callable[[float], tuple[Floats, Floats]]
SHARES = ("logit", "beta", "wilson", "likelihood", "asin", "wald")


def limits(
    kind: str, estimate: Floats, se: Floats, df: Floats, n: Ints | Floats, confidence: float, own: Own | None = None
) -> tuple[Floats, Floats]:
    """Lower and upper limits; NaN where there is no standard error or no degree of freedom.

    `own`: limits that the question itself can make (quantiles, logit, likelihood). A share of none or all gets the beta interval.
    """
    reach = quantile_of_t(df, confidence)
    if own is not None:
        lower, upper = own(confidence)
    elif kind in _SHARE:
        with np.errstate(divide="ignore", invalid="ignore"):
            lower, upper = _SHARE[kind](estimate, se, reach, df, n.astype(np.float64), confidence)
    else:
        lower, upper = estimate - reach * se, estimate + reach * se
    if kind in SHARES and kind != "wald":
        certain = ((estimate <= 0) | (estimate >= 1)) & np.isfinite(se + reach)
        if certain.any():
            with np.errstate(divide="ignore", invalid="ignore"):
                low, high = _beta(estimate, se, reach, df, n.astype(np.float64), confidence)
            lower, upper = np.where(certain, low, lower), np.where(certain, high, upper)
        blank = ~np.isfinite(estimate + se + reach)
        lower, upper = np.where(blank, np.nan, lower), np.where(blank, np.nan, upper)
    return lower, upper


def checked(confidence: float) -> float:
    """A confidence between 0 and 1."""
    if not 0 < confidence < 1:
        raise NotPossible(f"Een betrouwbaarheid van {confidence} kan niet.", todo="Geef een getal tussen 0 en 1, zoals 0.95.")
    return float(confidence)


def quantile_of_t(df: Floats, confidence: float) -> Floats:
    """How many standard errors to each side; NaN without degrees of freedom."""
    distinct, place = np.unique(df, return_inverse=True)
    reach = np.full(len(distinct), np.nan)
    enough = distinct >= 1
    share = 0.5 + confidence / 2
    endless = np.isinf(distinct)
    reach[enough] = np.where(
        endless[enough], special.ndtri(share), special.stdtrit(np.where(endless, 1, distinct)[enough], share)
    )
    found: Floats = reach[place].reshape(df.shape)
    return found


def checked_kind(kind: str) -> str:
    """One of the intervals for shares."""
    if kind not in SHARES:
        raise NotPossible(f"Een interval {kind!r} bestaat niet.", todo=f"Kies uit {some(SHARES)}.")
    return kind


def _asin(p: Floats, se: Floats, reach: Floats, *_rest: Any) -> tuple[Floats, Floats]:
    middle, half = np.arcsin(np.sqrt(p)), reach * se / (2 * np.sqrt(p * (1 - p)))
    half = np.where((p <= 0) | (p >= 1), 0.0, half)
    return np.sin(np.maximum(middle - half, 0)) ** 2, np.sin(np.minimum(middle + half, np.pi / 2)) ** 2


def _beta(p: Floats, se: Floats, _reach: Floats, df: Floats, n: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Korn and Graubard. Without any variance (all or none say so) the sample counts as it is."""
    tail = (1 - confidence) / 2
    plain = np.where(se > 0, p * (1 - p) / se**2, n)
    size = plain * (special.stdtrit(n - 1, tail) / special.stdtrit(np.maximum(df, 1), tail)) ** 2
    low = special.betaincinv(size * p, size * (1 - p) + 1, tail)
    high = special.betaincinv(size * p + 1, size * (1 - p), 1 - tail)
    return np.where(p <= 0, 0.0, low), np.where(p >= 1, 1.0, high)


def _wilson(p: Floats, se: Floats, reach: Floats, _df: Floats, n: Floats, _confidence: float) -> tuple[Floats, Floats]:
    size = np.where(se > 0, p * (1 - p) / se**2, n)
    middle = (p + reach**2 / (2 * size)) / (1 + reach**2 / size)
    half = reach / (1 + reach**2 / size) * np.sqrt(p * (1 - p) / size + reach**2 / (4 * size**2))
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


_SHARE: dict[str, Callable[..., tuple[Floats, Floats]]] = {"asin": _asin, "beta": _beta, "wilson": _wilson}
