"""Typology: the kind of pressure an area is under and the kind of place it is, by published rules, first rule that fits.

Both are read from data that are handed in. A missing fact gives "unknown" (None), never "no".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PressureRule:
    """A kind of pressure: at least `at_least` themes of `among` are under pressure (all themes when `among` is empty).

    `at_most` bounds the number of themes under pressure in all.
    """

    key: str
    at_least: int = 0
    at_most: int | None = None
    among: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """A bound on one feature: at least `least` and below `below`, each if given."""

    feature: str
    least: float | None = None
    below: float | None = None

    def holds(self, values: Floats) -> Floats:
        """1 where it holds, 0 where not, NaN where the feature is unknown."""
        fits = np.ones(len(values), dtype=bool)
        if self.least is not None:
            fits &= values >= self.least
        if self.below is not None:
            fits &= values < self.below
        return np.where(np.isnan(values), np.nan, fits.astype(np.float64))


@dataclass(frozen=True)
class PlaceRule:
    """A kind of place: all conditions hold."""

    key: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Typed:
    """Per area the kind (None when unknown) and the share of draws that give it (NaN when unknown)."""

    kinds: tuple[str | None, ...]
    certainty: Floats


def typology(
    patterns: ArrayLike, pressure: ArrayLike, themes: Sequence[str], rules: Sequence[PressureRule], *, minimum_themes: float = 0.5
) -> Typed:
    """Kind of pressure per area, from `pressure` (n × t: 1, 0, −1 unknown) and the draws in `patterns` (draws × n, a bit per theme).

    The kind is that of the public weights, its certainty the share of draws with the same kind. None when less than
    `minimum_themes` of the themes is known, or when no rule fits. Rules that ask for themes that are not known cannot fit.
    """
    bits = np.array(patterns, dtype=np.uint16, ndmin=2)
    marks = np.array(pressure, dtype=np.int8, ndmin=2)
    count = len(marks)
    powers = (1 << np.arange(len(themes))).astype(np.uint16)
    central = ((marks == 1) * powers).sum(axis=1).astype(np.uint16)
    table = np.array([_first(pattern, themes, rules) for pattern in range(1 << len(themes))], dtype=np.int64)
    kinds = table[central]
    certainty = (table[bits] == kinds).mean(axis=0)
    enough = ((marks >= 0).sum(axis=1) >= minimum_themes * len(themes)) & (kinds >= 0)
    return Typed(
        tuple(rules[kinds[row]].key if enough[row] else None for row in range(count)), np.where(enough, certainty, np.nan)
    )


def places(features: Mapping[str, ArrayLike], rules: Sequence[PlaceRule]) -> tuple[str | None, ...]:
    """Kind of place per area from `features` (name → n values, NaN when missing): the first rule of which all conditions hold.

    When a fact that an earlier rule needs is missing and that rule could still fit, the kind is unknown (None).

    >>> rules = [PlaceRule("stad", (Condition("urbanity", below=3),)), PlaceRule("dorp")]
    >>> places({"urbanity": [1.0, 5.0, float("nan")]}, rules)
    ('stad', 'dorp', None)
    """
    columns = {name: np.array(values, dtype=np.float64, ndmin=1) for name, values in features.items()}
    count = len(next(iter(columns.values()))) if columns else 0
    found: list[str | None] = [None] * count
    open_rows = np.ones(count, dtype=bool)
    for rule in rules:
        held = np.ones(count)
        for condition in rule.conditions:
            one = condition.holds(columns.get(condition.feature, np.full(count, np.nan)))
            # A condition that fails decides, whatever else is unknown.
            held = np.where((held == 0) | (one == 0), 0.0, held * one)
        for row in np.flatnonzero(open_rows & (held == 1)):
            found[row] = rule.key
        open_rows &= held == 0
    return tuple(found)


def _first(pattern: int, themes: Sequence[str], rules: Sequence[PressureRule]) -> int:
    """The place of the first rule that fits the themes whose bit is set; −1 when none does."""
    under = {theme for place, theme in enumerate(themes) if pattern >> place & 1}
    for place, rule in enumerate(rules):
        asked = len(under & set(rule.among)) if rule.among else len(under)
        if asked >= rule.at_least and (rule.at_most is None or len(under) <= rule.at_most):
            return place
    return -1
