"""Places for drawings of a model that the server makes: estimates beside each other per area, and residuals beside chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from vliegwiel.foundation.design.dutch import number
from vliegwiel.see.surveys.estimates import Row


@dataclass(frozen=True)
class RowOf:
    """An area: its texts, and where its direct estimate, its model estimate and the margin lie (0 to 100)."""

    name: str
    n: int
    direct: str
    model: str
    margin: str
    share: int
    synthetic: bool
    at_direct: float | None
    at: float
    low: float
    width: float


@dataclass(frozen=True)
class Plot:
    """Residuals beside what chance would give: points in a square of 100 by 100, from below, and a line where both are the same."""

    points: tuple[tuple[float, float], ...]
    reach: float


def rows_of(rows: Sequence[Row], names: Mapping[str, str], *, share: bool, low: float, high: float) -> list[RowOf]:
    """The rows of a model by name of the area. The drawing runs over what is there, not over the whole scale: differences are small."""
    values = [row[key] for row in rows for key in ("direct", "estimate", "lower", "upper") if row[key] is not None]
    start, end = (min(values), max(values)) if values else (low, high)
    span = (end - start) or 1.0

    def place(value: float) -> float:
        return round(4 + 92 * (value - start) / span, 2)

    def words(value: float | None) -> str:
        return "" if value is None else f"{number(100 * value, 1)}\u00a0%" if share else number(value, 2)

    found = [
        RowOf(
            names.get(row["area"], row["area"]), row["n"], words(row["direct"]), words(row["estimate"]),
            f"{words(row['lower'])} – {words(row['upper'])}", round(100 * row["shrinkage"]),
            row["synthetic"], None if row["direct"] is None else place(row["direct"]), place(row["estimate"]), place(row["lower"]),
            round(place(row["upper"]) - place(row["lower"]), 2),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.name)


def quantile_plot(residuals: Sequence[float]) -> Plot | None:
    """Standardised residuals, smallest first, beside the quantiles of a normal distribution; None without any."""
    if not residuals:
        return None
    own = np.sort(np.asarray(residuals, dtype=np.float64))
    chance = special.ndtri((np.arange(len(own)) + 0.5) / len(own))
    reach = float(max(np.abs(own).max(), np.abs(chance).max(), 2.5))
    points = [
        (round(50 + 45 * x / reach, 2), round(50 - 45 * y / reach, 2)) for x, y in zip(chance.tolist(), own.tolist(), strict=True)
    ]
    return Plot(tuple(points), reach)
