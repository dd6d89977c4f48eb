"""The logit and likelihood intervals of a share as R survey finds them, to its last digits.

R fits a binomial model with only an intercept and stops when the deviance hardly moves, which leaves the fit about 1e-8 from its limit.
Official figures are compared with R, so the same steps are taken here: the same start, the same stop, and for the likelihood interval
the same profile of the deviance, read through a cubic spline.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from vliegwiel.engines.estimation.intervals import quantile_of_t
from vliegwiel.engines.estimation.linear import Linear
from vliegwiel.engines.estimation.sums import by_domain
from vliegwiel.engines.estimation.table import Floats

_STOP, _ROUNDS, _STEPS = 1e-8, 25, 10


@dataclass(frozen=True)
class Fits:
    """Per estimate: the fitted logit, the information of the last step per unit of weight, and the weight (the mean weight is 1).

    Shares of none or all have no fit."""

    logit: Floats
    information: Floats
    weight: Floats


def fits(linear: Linear) -> Fits:
    """Fit every share of a question."""
    share = linear.estimate
    numerator, below, deviance, scale = (np.full(share.shape, np.nan) for _ in range(4))
    for sums in linear.parts:
        rows = linear.design.rows if linear.design.calibrations else sums.n
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = sums.weight / rows
        heavy = linear.design.weights[sums.rows] / mean[sums.row_domain]
        scale[:, sums.places] = np.where(mean > 0, sums.weight / np.where(mean > 0, mean, 1.0), np.nan)[:, None]
        for place in sums.places:
            answer = linear.items[place].top[sums.rows]
            middle = (heavy * answer + 0.5) / (heavy + 1)
            spread = middle * (1 - middle)
            moved = special.logit(middle) + (answer - middle) / spread
            numerator[:, place] = by_domain(sums.row_domain, heavy * spread * moved, linear.domains)
            below[:, place] = by_domain(sums.row_domain, heavy * spread, linear.domains)
            off = -2 * heavy * np.log(np.where(answer > 0.5, middle, 1 - middle))
            deviance[:, place] = by_domain(sums.row_domain, off, linear.domains)
    with np.errstate(divide="ignore", invalid="ignore"):
        logit, before = numerator / below, below / scale
        going = np.isfinite(logit) & (share > 0) & (share < 1)
        logit = np.where(going, logit, np.nan)
        for _round in range(_ROUNDS):
            fitted = special.expit(logit)
            now = 2 * scale * (special.entr(share) + special.entr(1 - share) + _apart(share, fitted))
            going &= ~(np.abs(now - deviance) / (np.abs(now) + 0.1) < _STOP)
            if not going.any():
                break
            deviance = np.where(going, now, deviance)
            spread = fitted * (1 - fitted)
            before = np.where(going, spread, before)
            logit = np.where(going, logit + (share - fitted) / spread, logit)
    return Fits(logit.ravel(), before.ravel(), scale.ravel())


def limits_of(
    kind: str, found: Fits, share: Floats, se: Floats, df: Floats, n: Floats
) -> Callable[[float], tuple[Floats, Floats]]:
    """Limits at any confidence; NaN where there is no fit.

    "logit": limits of the logit, read back. "likelihood": where the profiled deviance crosses the t-quantile, scaled for the design
    (Rao and Scott 1984).
    """

    def logit(confidence: float) -> tuple[Floats, Floats]:
        with np.errstate(divide="ignore", invalid="ignore"):
            fitted = special.expit(found.logit)
            half = quantile_of_t(df, confidence) * se / (fitted * (1 - fitted))
        return special.expit(found.logit - half), special.expit(found.logit + half)

    def likelihood(confidence: float) -> tuple[Floats, Floats]:
        lower, upper = np.full(len(share), np.nan), np.full(len(share), np.nan)
        reach = quantile_of_t(df, confidence)
        for row in np.flatnonzero(np.isfinite(found.logit + se + reach) & (se > 0) & (n > 2)):
            fitted = special.expit(found.logit[row])
            error = se[row] / (fitted * (1 - fitted))
            cut = float(reach[row] * error * np.sqrt(found.weight[row] * found.information[row]))
            lower[row], upper[row] = _profiled(
                float(found.logit[row]), float(share[row]), float(error), float(n[row]), float(found.weight[row]), cut
            )
        return lower, upper

    return logit if kind == "logit" else likelihood


def _profiled(logit: float, share: float, error: float, n: float, weight: float, cut: float) -> tuple[float, float]:
    most = float(np.sqrt(special.fdtri(1, n - 1, 1 - special.ndtr(-cut) / 2)))
    places, roots = [logit], [0.0]
    for sign in (-1.0, 1.0):
        for step in range(1, _STEPS):
            place = logit + sign * step * most / 5 * error
            off = 2 * weight * float(_apart(share, special.expit(place)) - _apart(share, special.expit(logit))) * (n - 1) / n
            places.append(place)
            roots.append(sign * float(np.sqrt(max(off, 0.0))))
            if abs(roots[-1]) >= most:
                break
    order = np.argsort(roots, kind="stable")
    x, y = np.array(places, dtype=np.float64)[order], np.array(roots, dtype=np.float64)[order]
    fine = np.linspace(float(x[0]), float(x[-1]), 3 * len(x), dtype=np.float64)
    low, high = np.interp([-cut, cut], _spline(x, y, fine), fine, left=np.nan, right=np.nan)
    return float(special.expit(low)), float(special.expit(high))


def _apart(share: Floats | float, other: Floats | float) -> Floats:
    """Kullback and Leibler's distance between two shares."""
    one, two = np.asarray(share, dtype=np.float64), np.asarray(other, dtype=np.float64)
    found: Floats = np.asarray(special.rel_entr(one, two) + special.rel_entr(1 - one, 1 - two), dtype=np.float64)
    return found


def _spline(x: Floats, y: Floats, at: Floats) -> Floats:
    """The cubic spline of Forsythe, Malcolm and Moler (1977): its ends follow the cubics through the first and the last four points."""
    count, width = len(x), np.diff(x)
    slope = np.diff(y) / width
    system, right = np.zeros((count, count)), np.zeros(count)
    for place in range(1, count - 1):
        system[place, place - 1 : place + 2] = width[place - 1], 2 * (width[place - 1] + width[place]), width[place]
        right[place] = slope[place] - slope[place - 1]
    system[0, :2], system[-1, -2:] = (-width[0], width[0]), (width[-1], -width[-1])
    second = np.diff(slope) / (x[2:] - x[:-2])
    third = np.diff(second) / (x[3:] - x[:-3])
    right[0], right[-1] = width[0] ** 2 * third[0], -(width[-1] ** 2) * third[-1]
    curve = np.linalg.solve(system, right)
    piece = np.clip(np.searchsorted(x, at, side="right") - 1, 0, count - 2)
    along, gap = at - x[piece], width[piece]
    straight = slope[piece] - gap * (curve[piece + 1] + 2 * curve[piece])
    found: Floats = y[piece] + along * (straight + along * (3 * curve[piece] + along * (curve[piece + 1] - curve[piece]) / gap))
    return found
