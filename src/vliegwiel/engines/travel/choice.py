"""What to keep, with the proof: who goes where, how far from certain it is, what else is nearly as good, and who travels what."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.engines.travel.checks import amounts
from vliegwiel.engines.travel.nearest import Travel
from vliegwiel.engines.travel.origins import EVERYBODY
from vliegwiel.kernel.receipt import Receipt
from vliegwiel.kernel.verdict import Reason

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Shares = tuple[Longs, Longs, Floats]
MEDIAN, CENTRE, COVERAGE = "p-median", "p-centre", "coverage"


@dataclass(frozen=True)
class Problem:
    """What was asked, checked: demand × candidates with infinity where there is no way, persons per row, and what is pinned.

    `rows`: those that count (persons, and a way to a candidate that may be chosen); `allowed`: candidates that may be chosen.
    """

    objective: str
    costs: Floats
    weights: Floats
    number: int
    allowed: Longs
    always: Longs
    rows: Longs
    left_out: Longs
    reach: float
    capacities: Floats | None
    seconds: float
    seed: int

    def value(self, chosen: Longs) -> float:
        """The objective of a choice, without looking at capacities."""
        return self.value_of(self.costs[np.ix_(self.rows, chosen)].min(axis=1))

    def value_of(self, nearest: Floats) -> float:
        """The objective when the rows that count travel this far."""
        if self.objective == CENTRE:
            return float(nearest.max(initial=0.0))
        weights = self.weights[self.rows]
        if self.objective == COVERAGE:
            return float(weights[nearest <= self.reach].sum())
        return float((weights * nearest).sum())

    @property
    def step(self) -> float:
        """Objectives are a whole number of these; 0 when they can be anything."""
        weights = self.weights[self.rows]
        if (weights != np.rint(weights)).any() or weights.max(initial=0) > 2**50:
            return 0.0
        if self.objective == COVERAGE:
            return float(np.gcd.reduce(weights.astype(np.int64))) if len(weights) else 1.0
        part = self.costs[np.ix_(self.rows, self.allowed)]
        finite = part[np.isfinite(part)]
        whole = (finite == np.rint(finite)).all() and finite.max(initial=0) * max(weights.sum(), 1.0) < 2**50
        return float(np.gcd.reduce(finite.astype(np.int64))) or 1.0 if whole and len(finite) else 0.0


@dataclass(frozen=True)
class Found:
    """What a method found: a choice (empty without), its objective, the bound that holds, and other choices it met.

    `shares`: with capacities, which row goes to which candidate for which part.
    """

    chosen: Longs
    objective: float
    bound: float
    pool: Mapping[frozenset[int], float] = field(default_factory=dict)
    shares: Shares | None = None
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Alternative:
    """Another choice and its objective."""

    chosen: tuple[int, ...]
    objective: float


@dataclass(frozen=True)
class Choice:
    """`chosen`: positions of candidates. `assignment`: the candidate every row of demand goes to (−1: none), `cost` what that costs.

    `bound`: no choice is better than this; `proven`: this choice is as good as the bound. Without a choice `why` says what is in the
    way. `left_out`: rows that can reach no candidate that may be chosen; they do not count and are never a large distance. With
    capacities a row may be split over candidates: then `assignment` is where most go, `cost` the mean, and `shares` (rows,
    candidates, parts) tells all.
    """

    chosen: tuple[int, ...]
    assignment: Longs
    cost: Floats
    objective: float
    bound: float
    proven: bool
    why: tuple[Reason, ...]
    left_out: Longs
    shares: Shares | None
    receipt: Receipt
    problem: Problem = field(repr=False)
    pool: Mapping[frozenset[int], float] = field(repr=False)

    @property
    def feasible(self) -> bool:
        """Whether there is a choice."""
        return bool(self.chosen)

    @property
    def gap(self) -> float:
        """How far the objective may be from the best, as a share of it."""
        return abs(self.objective - self.bound) / max(abs(self.objective), 1e-300) if self.feasible else float("inf")

    def alternatives(self, *, within: float = 0.05, most: int = 20) -> tuple[Alternative, ...]:
        """Other choices whose objective is at most this share worse, best first.

        These are the choices that the search met and all that differ from the best by one exchange: there may be more. With capacities
        only those that the search met.
        """
        if not self.feasible:
            return ()
        known = dict(self.pool)
        if self.problem.capacities is None:
            known |= _one_exchange_away(self.problem, np.array(self.chosen, dtype=np.int64))
        known.pop(frozenset(self.chosen), None)
        sign = -1.0 if self.problem.objective == COVERAGE else 1.0
        limit = self.objective * (1 + sign * within)
        near = [
            (value, tuple(sorted(chosen))) for chosen, value in known.items() if sign * value <= sign * limit * (1 + sign * 1e-12)
        ]
        near.sort(key=lambda one: (sign * one[0], one[1]))
        return tuple(Alternative(chosen, value) for value, chosen in near[:most])

    def fairness(self, groups: Mapping[str, ArrayLike] | None = None) -> dict[str, Travel]:
        """Mean, worst and who does not arrive, for everybody ("all") and per group (persons per row)."""
        found = {}
        arrives = np.isfinite(self.cost)
        for name, given in {EVERYBODY: self.problem.weights, **(groups or {})}.items():
            persons = amounts(given, f"persons in {name}", len(self.cost))
            there = arrives & (persons > 0)
            total, longest = float((persons[there] * self.cost[there]).sum()), self.cost[there].max(initial=-1)
            found[name] = Travel(float(persons[there].sum()), float(persons[~arrives].sum()), total, int(longest))
        return found


def _one_exchange_away(problem: Problem, chosen: Longs) -> dict[frozenset[int], float]:
    """All choices with one candidate exchanged that is not pinned, with their objectives."""
    costs = problem.costs[problem.rows]
    outside = problem.allowed[~np.isin(problem.allowed, chosen)]
    found = {}
    for goes in chosen[~np.isin(chosen, problem.always)]:
        rest = chosen[chosen != goes]
        nearest = costs[:, rest].min(axis=1, initial=np.inf)
        for comes in outside:
            value = problem.value_of(np.minimum(nearest, costs[:, comes]))
            if np.isfinite(value):
                found[frozenset((*rest.tolist(), int(comes)))] = value
    return found
