"""The arithmetic behind a composite index: one pass with the public weights, and many with drawn ones.

Sums are taken element by element, indicator after indicator, never as a matrix product: so the outcome has the same bytes whatever
the order of areas, the number of processors or the linear algebra library.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.indices.ranking import in_worst, places
from vliegwiel.engines.indices.standardise import Scale, scale_of

Floats = NDArray[np.float64]
#: Differences below this are noise of the arithmetic, not of the areas.
DECIMALS = 9
_ELEMENTS_AT_A_TIME = 2**18


@dataclass(frozen=True)
class Design:
    """Everything that stays the same over the draws. `enough` (n) says who has an index.

    Indicators (q) are those with a weight that are not counted already; one that is known nowhere keeps the weight of its theme whole.

    `scaled`: per method q × n, signed so that more is more pressure, 0 when missing. `known`: q × n. `theme_of`: q.
    """

    themes: tuple[str, ...]
    theme_of: NDArray[np.int64]
    weights: Floats
    methods: tuple[str, ...]
    scaled: tuple[Floats, ...]
    scales: tuple[tuple[Scale, ...], ...]
    signs: Floats
    values: Floats
    errors: Floats
    known: NDArray[np.bool_]
    theme_known: NDArray[np.bool_]
    enough: NDArray[np.bool_]
    worst: float

    def without_margins(self) -> "Design":
        """The same, as if every value were exact."""
        return replace(self, errors=np.full_like(self.errors, np.nan))


@dataclass(frozen=True)
class Central:
    """With the public weights and the first standardisation; NaN (or −1) where not known."""

    score: Floats
    places: Floats
    theme_scores: Floats
    pressure: NDArray[np.int8]


@dataclass(frozen=True)
class Drawn:
    """Over the draws: places (draws × areas with an index), share in the worst part, and theme pressure as bits and shares."""

    places: Floats
    in_worst: Floats
    theme_chance: Floats
    patterns: NDArray[np.uint16]


def designed(values: Floats, errors: Floats, taking: NDArray[np.bool_], parameters: Mapping[str, Any]) -> Design:
    """Fit the scales and see what is known. Themes keep the order in which they are first named, also when nothing is known."""
    weighted = [group for group, weight in zip(parameters["groups"], parameters["weights"], strict=True) if weight]
    themes = tuple(dict.fromkeys(weighted))
    taking_part = np.flatnonzero(taking)
    groups = [parameters["groups"][place] for place in taking_part]
    theme_of = np.array([themes.index(group) for group in groups], dtype=np.int64)
    kept = np.ascontiguousarray(values[:, taking_part].T)
    known = ~np.isnan(kept)
    signs = np.array([1.0 if parameters["directions"][place] == "lower_is_better" else -1.0 for place in taking_part])
    methods = tuple(parameters["standardisation"])
    scales = tuple(tuple(scale_of(row, method) for row in kept) for method in methods)
    scaled = tuple(
        np.array([sign * np.where(mask, scale(row), 0.0) for sign, mask, scale, row in zip(signs, known, chosen, kept, strict=True)])
        .reshape(kept.shape)
        for chosen in scales
    )  # fmt: skip
    theme_known = np.array([known[theme_of == theme].any(axis=0) for theme in range(len(themes))], dtype=bool)
    theme_known = theme_known.reshape(len(themes), values.shape[0])
    enough = (theme_known.sum(axis=0) >= parameters["minimum_themes"] * len(themes)) & theme_known.any(axis=0)
    weights = np.array(parameters["weights"], dtype=np.float64)[taking_part]
    weights = weights / weights.sum()
    errors = np.ascontiguousarray(errors[:, taking_part].T)
    return Design(
        themes, theme_of, weights, methods, scaled, scales, signs, kept, errors, known, theme_known, enough, parameters["worst"]
    )


def centre(design: Design) -> Central:
    """One pass with the public weights."""
    count = design.values.shape[1]
    by_theme, score = _scores(design, design.weights[None, :], design.scaled[0])
    place = np.full(count, np.nan)
    if design.enough.any():
        place[design.enough] = places(score[:, design.enough])[0]
    pressure = np.full((count, len(design.themes)), -1, dtype=np.int8)
    for theme, scores in enumerate(by_theme):
        there = design.theme_known[theme]
        pressure[there, theme] = in_worst(scores[:, there], design.worst)[0]
    central = np.where(design.enough, score[0], np.nan)
    theme_scores = np.array([scores[0] for scores in by_theme]).T.reshape(count, len(design.themes))
    return Central(central, place, theme_scores, pressure)


def run(design: Design, draws: int, seed: int, spread: float) -> Drawn:
    """All draws. Weights and margins have a random stream each, so that leaving one out does not change the other."""
    weight_stream, margin_stream = (np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(2))
    count, enough = design.values.shape[1], design.enough
    weights = _weights(design.weights, draws, spread, weight_stream)
    found = np.zeros((draws, int(enough.sum())), dtype=np.float64)
    patterns = np.zeros((draws, count), dtype=np.uint16)
    size = max(1, _ELEMENTS_AT_A_TIME // max(count, 1))
    for method in range(len(design.methods)):
        mine = np.arange(method, draws, len(design.methods))
        for start in range(0, len(mine), size):
            chunk = mine[start : start + size]
            by_theme, score = _scores(design, weights[chunk], design.scaled[method], method, margin_stream)
            if enough.any():
                found[chunk] = places(score[:, enough])
            bits = np.zeros((len(chunk), count), dtype=np.uint16)
            for theme, scores in enumerate(by_theme):
                there = design.theme_known[theme]
                bits[:, there] |= in_worst(scores[:, there], design.worst).astype(np.uint16) << np.uint16(theme)
            patterns[chunk] = bits
    chance = np.full((count, len(design.themes)), np.nan)
    for theme in range(len(design.themes)):
        there = design.theme_known[theme]
        chance[there, theme] = ((patterns[:, there] >> np.uint16(theme)) & 1).mean(axis=0)
    border = design.worst * int(enough.sum()) + 1e-9
    return Drawn(found, (found <= border).mean(axis=0), chance, patterns)


def _weights(public: Floats, draws: int, spread: float, stream: np.random.Generator) -> Floats:
    """Draws from a Dirichlet distribution with the public weights as its mean."""
    if len(public) < 2:
        return np.ones((draws, len(public)))
    drawn: Floats = stream.dirichlet(public * (1 / spread**2 - 1), size=draws)
    return drawn


def _scores(
    design: Design, weights: Floats, scaled: Floats, method: int = 0, margins: np.random.Generator | None = None
) -> tuple[list[Floats], Floats]:
    """Per theme and in all: weighted means over what is known, rows = draws, columns = areas; NaN where nothing is known."""
    shape = (len(weights), design.values.shape[1])
    total, divisor = np.zeros(shape), np.zeros(shape)
    by_theme: list[Floats] = []
    for theme in range(len(design.themes)):
        members = np.flatnonzero(design.theme_of == theme).tolist()
        sums: Floats = np.zeros(shape)
        parts: Floats = np.zeros(shape)
        for member in members:
            weight: Floats = weights[:, member, None]
            sums += weight * _drawn_values(design, member, scaled, len(weights), method, margins)
            parts += weight * design.known[member]
        there = design.theme_known[theme]
        with np.errstate(invalid="ignore", divide="ignore"):
            # A drawn weight can be so small that it is zero: then the theme stands in the middle of nothing.
            score: Floats = np.where(parts > 0, sums / parts, np.where(there, 0.0, np.nan))
        by_theme.append(score.round(DECIMALS))
        whole = weights[:, members].sum(axis=1, keepdims=True)
        total += np.where(there, whole * score, 0.0)
        divisor += whole * there
    with np.errstate(invalid="ignore", divide="ignore"):
        whole_score: Floats = np.where(divisor > 0, total / divisor, np.nan)
    rounded: Floats = whole_score.round(DECIMALS)
    return by_theme, rounded


def _drawn_values(
    design: Design, member: int, scaled: Floats, draws: int, method: int, margins: np.random.Generator | None
) -> Floats:
    """Scaled values of one indicator; within their margins when the source gives one and a stream is handed in."""
    uncertain = np.flatnonzero(~np.isnan(design.errors[member]) & design.known[member])
    if margins is None or not len(uncertain):
        exact: Floats = scaled[member : member + 1]
        return exact
    moved = margins.standard_normal((draws, len(uncertain))) * design.errors[member, uncertain]
    found: Floats = np.repeat(scaled[member][None, :], draws, axis=0)
    found[:, uncertain] = design.signs[member] * design.scales[method][member](design.values[member, uncertain] + moved)
    return found
