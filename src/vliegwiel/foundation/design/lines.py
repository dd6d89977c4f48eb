"""Line charts drawn by the server: values through time, gaps where a value is missing, a band where the source gives a margin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np


@dataclass(frozen=True)
class Point:
    """One value in time: `at` is a year (2020.25 is the second quarter); `value` is None when missing; both bounds or none."""

    at: float
    value: float | None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Series:
    """One line: its name, the points in order of time, and the class that gives colour and dashes."""

    name: str
    css: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class DrawnLine:
    """A line as SVG: pieces of path (a gap between them), dots, bands, and where its name stands."""

    name: str
    css: str
    path: str
    dots: tuple[tuple[float, float], ...]
    bands: tuple[str, ...]
    label: tuple[float, float]


@dataclass(frozen=True)
class Chart:
    """A chart as SVG in units of one pixel at `width`; `ticks` of the value axis, `times` of the time axis (place, text)."""

    width: int
    height: int
    left: float
    right: float
    base: float
    lines: tuple[DrawnLine, ...]
    ticks: tuple[tuple[float, float], ...]
    times: tuple[tuple[float, str], ...]
    gaps: tuple[tuple[float, float], ...]
    from_zero: bool


def chart_of(
    series: Sequence[Series], times: Sequence[tuple[float, str]], *, width: int, height: int, right: int, left: int = 64
) -> Chart | None:
    """Draw the lines; None when fewer than two moments have a value of the first line.

    The value axis starts at zero unless that would squeeze the lines into the upper half; `from_zero` says which, and the page must
    say so. A gap (place, width) marks a moment at which the first line has no value.
    """
    if sum(point.value is not None for point in series[0].points) < 2:
        return None
    top, bottom = 16.0, 34.0
    ticks = _ticks(series)
    first, last = times[0][0], times[-1][0]
    low, high = ticks[0], ticks[-1]

    def x(at: float) -> float:
        return round(left + (at - first) / ((last - first) or 1.0) * (width - left - right), 1)

    def y(value: float) -> float:
        return round(top + (high - value) / ((high - low) or 1.0) * (height - top - bottom), 1)

    lines = [_line(one, x, y) for one in series if any(point.value is not None for point in one.points)]
    labels = _apart([line.label[1] for line in lines], top, height - bottom)
    lines = [
        DrawnLine(line.name, line.css, line.path, line.dots, line.bands, (line.label[0], place))
        for line, place in zip(lines, labels, strict=True)
    ]
    wide = max((width - left - right) / max(len(times) - 1, 1) * 0.3, 6.0)
    gaps = tuple((round(x(point.at) - wide / 2, 1), round(wide, 1)) for point in series[0].points if point.value is None)
    shown = _thinned([(x(at), text) for at, text in times])
    return Chart(
        width, height, left, width - right, height - bottom, tuple(lines), tuple((y(t), t) for t in ticks), shown, gaps, low == 0
    )


def _line(one: Series, x: Callable[[float], float], y: Callable[[float], float]) -> DrawnLine:
    pieces: list[list[Point]] = [[]]
    for point in one.points:
        if point.value is None:
            pieces.append([])
        else:
            pieces[-1].append(point)
    pieces = [piece for piece in pieces if piece]
    path = "".join("M" + "L".join(f"{x(p.at):g} {y(p.value or 0.0):g}" for p in piece) for piece in pieces if len(piece) > 1)
    bands = []
    for piece in pieces:
        bounded = [point for point in piece if point.lower is not None and point.upper is not None]
        if len(bounded) > 1:
            forth = [f"{x(p.at):g} {y(p.upper or 0.0):g}" for p in bounded]
            back = [f"{x(p.at):g} {y(p.lower or 0.0):g}" for p in reversed(bounded)]
            bands.append("M" + "L".join([*forth, *back]) + "z")
        bands += [f"M{x(p.at):g} {y(p.lower or 0.0):g}V{y(p.upper or 0.0):g}" for p in bounded if len(bounded) == 1]
    dots = tuple((x(p.at), y(p.value or 0.0)) for piece in pieces for p in piece)
    return DrawnLine(one.name, one.css, path, dots, tuple(bands), dots[-1])


def _ticks(series: Sequence[Series]) -> list[float]:
    """Four to six round values that hold every value and margin."""
    values = [
        edge
        for one in series
        for point in one.points
        if point.value is not None
        for edge in (point.value, point.lower, point.upper)
        if edge is not None
    ]
    low, high = min(values), max(values)
    if low >= 0 and low < 0.5 * high:
        low = 0.0
    spread = (high - low) or abs(high) or 1.0
    raw = spread / 4
    size = 10.0 ** np.floor(np.log10(raw))
    step = float(next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw))
    start, end = int(np.floor(low / step + 1e-9)), int(np.ceil(high / step - 1e-9))
    return [round(step * place, 9) for place in range(start, max(end, start + 1) + 1)]


def _apart(places: Sequence[float], top: float, base: float, gap: float = 20.0) -> list[float]:
    """Move labels so far apart that they can be read, in the order in which they stood."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = [places[index] for index in order]
    for place in range(1, len(moved)):
        moved[place] = max(moved[place], moved[place - 1] + gap)
    over = moved[-1] - base if moved else 0.0
    if over > 0:
        moved[-1] -= over
        for place in range(len(moved) - 2, -1, -1):
            moved[place] = min(moved[place], moved[place + 1] - gap)
    found = [0.0] * len(places)
    for moved_to, index in zip(moved, order, strict=True):
        found[index] = round(max(moved_to, top), 1)
    return found


def _thinned(times: Sequence[tuple[float, str]], gap: float = 46.0) -> tuple[tuple[float, str], ...]:
    """Leave out texts that would overlap; the last one always stays."""
    kept = [times[-1]]
    for (place, text), _next in reversed(list(pairwise(times))):
        if kept[-1][0] - place >= gap:
            kept.append((place, text))
    return tuple(reversed(kept))
