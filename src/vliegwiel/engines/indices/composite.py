"""A composite index as a range of places: what is known, and how far weights, scales and margins can move it.

Method: Monte Carlo over the choices that were made, as in OECD and JRC (2008), chapter 7. Each draw takes weights from a Dirichlet
distribution around the public weights, the next of the standardisations, and values within their margins where the source gives them.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vliegwiel.engines.indices.draws import Design, centre, designed, run
from vliegwiel.engines.indices.standardise import METHODS
from vliegwiel.kernel import clock
from vliegwiel.kernel.receipt import Receipt

Floats = NDArray[np.float64]
METHOD, VERSION = "indices.composite", "1"
KINDS = ("register", "survey", "model")
DIRECTIONS = ("higher_is_better", "lower_is_better")
FEW_PEOPLE, UNKNOWN_PEOPLE, FEW_THEMES = "few-people", "unknown-people", "few-themes"
NO_WEIGHT, NOT_KNOWN = "no-weight", "not-known"


@dataclass(frozen=True)
class Composite:
    """What is known about each area (n) and theme (t). Places run from 1, the most pressure, among the areas with an index.

    `low` and `high` bound the 90 % range of places (0 where there is no index, with `reasons` saying why), `chance` is the share of
    draws in the worst part (NaN without an index). `theme_scores` (n × t, NaN when unknown) and `pressure` (n × t: 1 in the worst part,
    0 not, −1 unknown) are those of the public weights; `theme_chance` comes from the draws. `patterns` (draws × n) holds a bit per
    theme under pressure. `counted` says which indicators took part; `left_out` why others did not; `margin_known` whether a margin was
    given for each indicator (otherwise: *marge onbekend*). `shares` splits the variance of places over its causes.
    """

    names: tuple[str, ...]
    themes: tuple[str, ...]
    counted: tuple[bool, ...]
    left_out: Mapping[str, str]
    reasons: tuple[str | None, ...]
    score: Floats
    place: Floats
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    chance: Floats
    theme_scores: Floats
    pressure: NDArray[np.int8]
    theme_chance: Floats
    patterns: NDArray[np.uint16]
    margin_known: tuple[bool, ...]
    shares: Mapping[str, float]
    receipt: Receipt

    @property
    def with_index(self) -> NDArray[np.bool_]:
        """Which areas have an index."""
        found: NDArray[np.bool_] = self.high > 0
        return found

    @property
    def digest(self) -> str:
        """SHA-256 of all outcomes: equal when the same work is done again."""
        arrays = (self.score, self.place, self.low, self.high, self.chance, self.theme_scores, self.theme_chance, self.patterns)
        return _hash_of(*arrays)


def composite(
    data: ArrayLike,
    directions: Sequence[str],
    weights: Sequence[float],
    groups: Sequence[str],
    *,
    kinds: Sequence[str] | None = None,
    same_as: Sequence[str] | None = None,
    margins: ArrayLike | None = None,
    population: ArrayLike | None = None,
    minimum_population: float = 200,
    names: Sequence[str] | None = None,
    draws: int = 1000,
    seed: int = 2024,
    spread: float = 0.1,
    standardisation: Sequence[str] = METHODS,
    worst: float = 0.2,
    minimum_themes: float = 0.5,
) -> Composite:
    """Index of `data` (n areas × p indicators, NaN when missing), one entry per indicator in every sequence.

    `directions`: what is better, as in the catalogue; more pressure gives a higher score. `weights`: public weights, only their
    proportions matter, 0 leaves an indicator out. `groups`: the theme of each. `same_as`: indicators with the same non-empty label
    measure the same thing: one of them counts, a register before a survey before a model, if half of the areas have it. `margins`:
    standard errors (n × p), NaN when the source gives none. `population`: areas with fewer than `minimum_population`, or an unknown
    number, get no index. `spread`: the standard deviation of a drawn weight m is spread · √(m(1−m)).

    Within an area the weight of a missing indicator goes to the known ones of its theme, and that of an unknown theme to the known
    themes; with less than `minimum_themes` of the themes there is no index. So what is missing counts neither as good nor as bad.
    Raises ValueError when the parts do not fit together.
    """
    values = np.array(data, dtype=np.float64, ndmin=2)
    count, width = values.shape
    labels = tuple(names) if names is not None else tuple(f"x{place + 1}" for place in range(width))
    kinds, same_as = kinds or ["register"] * width, same_as or [""] * width
    parameters: dict[str, Any] = {
        "names": labels, "directions": tuple(directions), "weights": tuple(map(float, weights)), "groups": tuple(groups),
        "kinds": tuple(kinds), "same_as": tuple(same_as), "minimum_population": minimum_population, "draws": draws, "seed": seed,
        "spread": spread, "standardisation": tuple(standardisation), "worst": worst, "minimum_themes": minimum_themes,
    }  # fmt: skip
    _refuse_nonsense(parameters, width)
    errors = np.full(values.shape, np.nan) if margins is None else np.array(margins, dtype=np.float64, ndmin=2)
    people = np.full(count, np.inf) if population is None else np.array(population, dtype=np.float64)
    if errors.shape != values.shape or people.shape != (count,):
        message = "margins and population have the shape of the data"
        raise ValueError(message)
    enough_people = people >= minimum_population
    inputs = {"data": _hash_of(values), "margins": _hash_of(errors), "population": _hash_of(people)}
    receipt = Receipt(METHOD, VERSION, inputs, parameters, clock.now())
    values = np.where(enough_people[:, None], values, np.nan)
    left_out = _left_out(values, parameters)
    counted = np.array([label not in left_out for label in labels])
    taking_part = np.array([left_out.get(label, NOT_KNOWN) == NOT_KNOWN for label in labels])
    design = designed(values, errors, taking_part, parameters)
    central, found = centre(design), run(design, draws, seed, spread)
    shown = design.enough
    reasons = tuple(
        None if shown[row] else (FEW_THEMES if enough_people[row] else UNKNOWN_PEOPLE if np.isnan(people[row]) else FEW_PEOPLE)
        for row in range(count)
    )
    low, high = _range(found.places, central.places[shown], count, shown)
    margin_known = tuple(bool((~np.isnan(errors[:, place]) & ~np.isnan(values[:, place])).any()) for place in range(width))
    return Composite(
        labels, design.themes, tuple(map(bool, counted)), left_out, reasons, central.score, central.places, low, high,
        _spread_out(found.in_worst, shown), central.theme_scores, central.pressure, found.theme_chance, found.patterns,
        margin_known, _shares(found.places, design, draws, seed, spread, any_margin=any(margin_known)), receipt,
    )  # fmt: skip


def rerun(
    receipt: Receipt, data: ArrayLike, *, margins: ArrayLike | None = None, population: ArrayLike | None = None
) -> Composite:
    """The same work again from its receipt: same bytes. Raises ValueError when method or inputs are not those of the receipt."""
    if (receipt.method, receipt.version) != (METHOD, VERSION):
        message = f"this receipt is of {receipt.method} {receipt.version}, not of {METHOD} {VERSION}"
        raise ValueError(message)
    found = composite(data, margins=margins, population=population, **dict(receipt.parameters))
    if dict(found.receipt.inputs) != dict(receipt.inputs):
        message = "these are not the data of the receipt"
        raise ValueError(message)
    return found


def _left_out(values: Floats, parameters: Mapping[str, Any]) -> dict[str, str]:
    """Why indicators do not take part: no weight, nothing known, or the same thing is counted already."""
    labels: tuple[str, ...] = parameters["names"]
    known = (~np.isnan(values)).sum(axis=0)
    left_out = {label: NOT_KNOWN for label, number in zip(labels, known, strict=True) if not number}
    left_out |= {label: NO_WEIGHT for label, weight in zip(labels, parameters["weights"], strict=True) if not weight}
    twins: dict[str, list[int]] = {}
    for place, twin in enumerate(parameters["same_as"]):
        if twin and left_out.get(labels[place]) != NO_WEIGHT:
            twins.setdefault(twin, []).append(place)
    areas = (~np.isnan(values)).any(axis=1).sum()
    for members in twins.values():
        ranked = sorted(
            members,
            key=lambda place: (not known[place], 2 * known[place] < areas, KINDS.index(parameters["kinds"][place]), place),
        )
        left_out |= {labels[place]: f"same-as:{labels[ranked[0]]}" for place in ranked[1:]}
    return left_out


def _range(places: Floats, central: Floats, count: int, shown: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The 5th and 95th of a hundred places; the place with the public weights always lies within."""
    low, high = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    if shown.any():
        draws = len(places)
        first, last = int(0.05 * (draws - 1)), int(np.ceil(0.95 * (draws - 1)))
        ordered = np.partition(places, (first, last), axis=0)
        low[shown] = np.floor(np.minimum(ordered[first], central))
        high[shown] = np.ceil(np.maximum(ordered[last], central))
    return low, high


def _shares(places: Floats, design: Design, draws: int, seed: int, spread: float, *, any_margin: bool) -> dict[str, float]:
    """Variance of places: between standardisations, gone without margins, and the rest (weights with their interplay)."""
    total = float(places.var(axis=0).mean()) if places.size else 0.0
    if not total:
        return {"weights": 0.0, "standardisation": 0.0, "margins": 0.0}
    methods = len(design.methods)
    means = np.array([places[first::methods].mean(axis=0) for first in range(min(methods, draws))])
    between = min(float(means.var(axis=0).mean()) / total, 1.0)
    margin = 0.0
    if any_margin:
        without = run(design.without_margins(), draws, seed, spread).places
        margin = min(max(1 - float(without.var(axis=0).mean()) / total, 0.0), 1.0 - between)
    return {"weights": 1.0 - between - margin, "standardisation": between, "margins": margin}


def _spread_out(values: Floats, shown: NDArray[np.bool_]) -> Floats:
    found = np.full(len(shown), np.nan)
    found[shown] = values
    return found


def _hash_of(*arrays: NDArray[Any]) -> str:
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(f"{array.shape}{array.dtype.str}".encode())
        # One bit pattern for every missing value.
        digest.update(np.where(np.isnan(array), np.nan, array).tobytes() if array.dtype.kind == "f" else array.tobytes())
    return digest.hexdigest()


def _refuse_nonsense(parameters: Mapping[str, Any], width: int) -> None:
    per_indicator = ("names", "directions", "weights", "groups", "kinds", "same_as")
    problems = [f"{name} needs {width} entries" for name in per_indicator if len(parameters[name]) != width]
    weights = np.array(parameters["weights"])
    checks = {
        "an indicator is named twice": len(set(parameters["names"])) != len(parameters["names"]),
        f"a direction is one of {DIRECTIONS}": not set(parameters["directions"]) <= set(DIRECTIONS),
        f"a kind is one of {KINDS}": not set(parameters["kinds"]) <= set(KINDS),
        "weights are finite and not below zero": not (np.isfinite(weights).all() and (weights >= 0).all()),
        "at least one weight is above zero": not weights.any(),
        "draws is at least 1": parameters["draws"] < 1,
        "spread lies between 0 and 1": not 0 < parameters["spread"] < 1,
        "worst lies between 0 and 1": not 0 < parameters["worst"] < 1,
        f"a standardisation is one of {METHODS}": not parameters["standardisation"]
        or not set(parameters["standardisation"]) <= set(METHODS),
        "at most 16 themes": len(set(parameters["groups"])) > 16,
    }
    problems += [message for message, wrong in checks.items() if wrong]
    if problems:
        raise ValueError("; ".join(problems))
