"""Factors on weights that meet totals and stay within bounds, by Newton's method on the multipliers (Deville and Särndal 1992)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from vliegwiel.engines.estimation.refusals import NotPossible, figure
from vliegwiel.engines.estimation.table import Floats

_ROUNDS, _HALVINGS = 200, 40


@dataclass(frozen=True)
class Distance:
    """How a factor follows from a score (1 at 0), and how fast it moves."""

    factor: Callable[[Floats, float, float], Floats]
    speed: Callable[[Floats, float, float], Floats]


def _linear(score: Floats, low: float, high: float) -> Floats:
    return np.clip(1 + score, low, high)


def _linear_speed(score: Floats, low: float, high: float) -> Floats:
    return ((1 + score > low) & (1 + score < high)).astype(np.float64)


def _raking(score: Floats, low: float, high: float) -> Floats:
    return np.clip(np.exp(np.minimum(score, 500.0)), low, high)


def _raking_speed(score: Floats, low: float, high: float) -> Floats:
    factor = np.exp(np.minimum(score, 500.0))
    return np.where((factor > low) & (factor < high), factor, 0.0)


def _logit(score: Floats, low: float, high: float) -> Floats:
    pace = (high - low) / ((1 - low) * (high - 1))
    grown = np.exp(np.clip(pace * score, -300.0, 300.0))
    found: Floats = (low * (high - 1) + high * (1 - low) * grown) / (high - 1 + (1 - low) * grown)
    return found


def _logit_speed(score: Floats, low: float, high: float) -> Floats:
    pace = (high - low) / ((1 - low) * (high - 1))
    grown = np.exp(np.clip(pace * score, -300.0, 300.0))
    found: Floats = grown * pace * (1 - low) * (high - 1) * (high - low) / (high - 1 + (1 - low) * grown) ** 2
    return found


DISTANCES = {
    "linear": Distance(_linear, _linear_speed),
    "raking": Distance(_raking, _raking_speed),
    "logit": Distance(_logit, _logit_speed),
}


def solved(
    variables: sparse.csr_matrix,
    weights: Floats,
    wanted: Floats,
    names: Sequence[str],
    distance: Distance,
    low: float,
    high: float,
) -> tuple[Floats, int]:
    """The factors and how many rounds it took. Raises when no factors within the bounds meet the totals."""
    size = np.sqrt(np.asarray(variables.multiply(variables).T @ weights)) / np.sqrt(weights.sum())
    size = np.where(size > 0, size, 1.0)
    scaled = sparse.csr_matrix(variables @ sparse.diags_array(1 / size))
    aim = wanted / size
    unit = np.abs(aim) + weights.sum()
    multipliers = np.zeros(len(wanted))
    score = np.zeros(len(weights))
    factor = distance.factor(score, low, high)
    off = aim - scaled.T @ (weights * factor)
    best = _size(off, unit)
    rounds = 0
    while rounds < _ROUNDS:
        rounds += 1
        slope = weights * distance.speed(score, low, high)
        gram = (scaled.T @ scaled.multiply(slope[:, None])).toarray()
        step = np.linalg.pinv(gram, rcond=1e-13, hermitian=True) @ off
        for _halving in range(_HALVINGS):
            again = scaled @ (multipliers + step)
            factor = distance.factor(again, low, high)
            left = aim - scaled.T @ (weights * factor)
            if _size(left, unit) < best:
                break
            step = step / 2
        else:
            break
        multipliers, score, off = multipliers + step, again, left
        reached = _size(off, unit)
        if reached < 1e-15 or (reached < 1e-12 and reached > best / 2):
            best = reached
            break
        best = reached
    factor = distance.factor(score, low, high)
    off = aim - scaled.T @ (weights * factor)
    if _size(off, unit) > 1e-10:
        _refuse(off * size, wanted, names, low, high)
    return factor, rounds


def _size(off: Floats, unit: Floats) -> float:
    return float(np.abs(off / unit).max())


def _refuse(off: Floats, wanted: Floats, names: Sequence[str], low: float, high: float) -> None:
    worst = int(np.argmax(np.abs(off) / (1 + np.abs(wanted))))
    bounded = np.isfinite(low) or np.isfinite(high)
    raise NotPossible(
        f"Geen gewichten {f'tussen {low:g} en {high:g} keer het oude gewicht ' if bounded else ''}halen alle totalen.",
        where=f"Het dichtst bij komt het totaal van {names[worst]} {figure(abs(off[worst]))} "
        f"{'te laag' if off[worst] > 0 else 'te hoog'} uit.",
        todo="Verruim de grenzen, laat een totaal weg of controleer of alle totalen van dezelfde populatie zijn.",
        code="no-convergence",
    )
