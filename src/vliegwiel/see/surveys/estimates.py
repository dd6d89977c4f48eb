"""All estimates of a wave: every score, for every area and every background, with what this kind of sample allows to say."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vliegwiel.engines.estimation import Design, Estimates
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.surveys.area_sets import usable_regions
from vliegwiel.see.surveys.frames import EVERYBODY, PLACE, Frame
from vliegwiel.see.surveys.models import WaveColumn

#: What is estimated: mean, spread (standard deviation), share and size of the group below the cut, and who they are.
MEAN, SPREAD, SHARE, SIZE, MAKE_UP = "mean", "spread", "share", "size", "make_up"
_LOW = "_onvoldoende"
_NUMBERS = ("estimate", "se", "lower", "upper", "df", "n", "n_effective", "deff")
Row = dict[str, Any]


@dataclass(frozen=True)
class Split:
    """One way to divide the sample in areas: a column of the table, its level, and the areas it holds (code → municipalities)."""

    column: str
    level: Level
    members: Mapping[str, tuple[str, ...]]


def splits_of(frame: Frame) -> list[Split]:
    """The province, its regions (sets that overlap in columns of their own) and its municipalities. A region that came after something was
    released takes part once it was checked."""
    wave = frame.wave
    province = wave.survey.province
    places = tuple(sorted(set(frame.table[PLACE].to_pylist()))) if wave.area else ()
    found = [Split(EVERYBODY, Level.PROVINCE, {province: places})]
    if not places:
        return found
    layers: list[dict[str, tuple[str, ...]]] = []
    for region in usable_regions(province, wave.area_year):
        members = tuple(code for code in areas.members_of(region) if code in places)
        if not members:
            continue
        taken = next((layer for layer in layers if not any(set(members) & set(other) for other in layer.values())), None)
        if taken is None:
            layers.append(taken := {})
        taken[region.code] = members
    found += [Split(f"_regio_{place}", Level.REGION, layer) for place, layer in enumerate(layers)]
    return [*found, Split(PLACE, Level.MUNICIPALITY, {code: (code,) for code in places})]


def laid_out(frame: Frame, splits: Sequence[Split]) -> Any:
    """The table with a column per layer of regions and, per score, whether it lies below the cut."""
    import pyarrow as pa

    table = frame.table
    places = table[PLACE].to_pylist()
    for split in splits:
        if split.level is Level.REGION:
            of = {place: code for code, members in split.members.items() for place in members}
            table = table.append_column(split.column, pa.array([of.get(place) for place in places], pa.string()))
    for score in frame.scores:
        if score.cut is not None:
            values = np.asarray(table[score.name].to_numpy(), dtype=np.float64)
            low = np.where(np.isnan(values), np.nan, values < score.cut)
            table = table.append_column(low_name(score), pa.array(low, pa.float64(), from_pandas=True))
        values = np.asarray(table[score.name].to_numpy(), dtype=np.float64)
        table = table.append_column(f"{score.name}²", pa.array(values**2, pa.float64(), from_pandas=True))
    return table


def low_name(score: WaveColumn) -> str:
    """The column that says whether a score lies below its cut."""
    return f"{score.name}{_LOW}"


def steps_of(frame: Frame, splits: Sequence[Split]) -> int:
    """How many steps `estimated` takes."""
    return len(splits) * (1 + len(frame.backgrounds))


def estimated(
    frame: Frame, design: Design, splits: Sequence[Split], progress: Callable[[int], None] = lambda _step: None
) -> list[Row]:
    """Every row of the wave. Each score uses its own complete answers. How many people in the population are below the cut is only told of
    weights that add up to the population: others may add up to anything."""
    rows: list[Row] = []
    step = 0
    for split in splits:
        for background in (None, *frame.backgrounds):
            rows += _of_split(frame, design, split, background)
            step += 1
            progress(step)
    return rows


def _of_split(frame: Frame, design: Design, split: Split, background: WaveColumn | None) -> Iterator[Row]:
    by = [split.column] + ([background.name] if background else [])
    names = {score.name: score for score in frame.scores}
    low = {low_name(score): score for score in frame.scores if score.cut is not None}
    means = design.mean(list(names), by=by)
    yield from _rows(means, names, MEAN, split, background)
    squares = design.mean([f"{name}²" for name in names], by=by)
    yield from _spreads(means, squares, names, split, background)
    if not low:
        return
    shares = design.mean(list(low), by=by)
    yield from _rows(shares, low, SHARE, split, background, within=(0.0, 1.0))
    if design.margins and design.calibrations and background is None:
        yield from _rows(design.total(list(low), by=by), low, SIZE, split, None, within=(0.0, math.inf))
    if background is not None:
        yield from _make_up(design, low, split, background)


def _make_up(design: Design, low: Mapping[str, WaveColumn], split: Split, background: WaveColumn) -> Iterator[Row]:
    """Who is in the group below the cut: the share of each group of a background among them."""
    for column, score in low.items():
        among = design.subset(f'"{column}" = 1')
        shares = among.proportion(background.name, by=[split.column])
        for place, category in enumerate(shares.category):
            area = str(shares.domains[0][place])
            if area in split.members:
                yield _row(shares, place, score, MAKE_UP, split, area, background, str(category))


def _spreads(
    means: Estimates, squares: Estimates, names: Mapping[str, WaveColumn], split: Split, background: WaveColumn | None
) -> Iterator[Row]:
    for place, (mean, square) in enumerate(zip(means.estimate.tolist(), squares.estimate.tolist(), strict=True)):
        area, group = _where(means, place, background)
        if area in split.members:
            row = _row(means, place, names[means.variable[place]], SPREAD, split, area, background, group)
            value = math.sqrt(max(square - mean**2, 0.0)) if math.isfinite(square) and math.isfinite(mean) else None
            yield {**row, "estimate": value, "se": None, "lower": None, "upper": None, "deff": None}


def _rows(
    found: Estimates,
    names: Mapping[str, WaveColumn],
    stat: str,
    split: Split,
    background: WaveColumn | None,
    within: tuple[float, float] | None = None,
) -> Iterator[Row]:
    for place, variable in enumerate(found.variable):
        area, group = _where(found, place, background)
        if area in split.members:
            row = _row(found, place, names[variable], stat, split, area, background, group)
            if within and row["lower"] is not None:
                row["lower"], row["upper"] = max(row["lower"], within[0]), min(row["upper"], within[1])
            yield row


def _where(found: Estimates, place: int, background: WaveColumn | None) -> tuple[str, str]:
    return str(found.domains[0][place]), str(found.domains[1][place]) if background else ""


def _row(
    found: Estimates, place: int, score: WaveColumn, stat: str, split: Split, area: str, background: WaveColumn | None, group: str
) -> Row:
    numbers = {name: _plain(float(getattr(found, name)[place])) for name in _NUMBERS}
    return {
        "item": score.name,
        "stat": stat,
        "level": split.level.value,
        "area": area,
        "background": background.name if background else "",
        "group": group,
        **numbers,
        "n": int(numbers["n"] or 0),
        "note": found.note[place] or "",
    }


def _plain(value: float) -> float | None:
    return value if math.isfinite(value) else None
