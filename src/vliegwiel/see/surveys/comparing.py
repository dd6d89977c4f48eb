"""A wave beside the one before, and areas beside the rest: only what differs more than chance is called a difference."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from vliegwiel.engines.estimation import Design, Estimates
from vliegwiel.engines.estimation.waves import changed_labels
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries as areas_of
from vliegwiel.see.areas.history import origins_of
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.area_sets import members_hash, usable_regions
from vliegwiel.see.surveys.estimates import MEAN, SHARE, Row, Split, low_name
from vliegwiel.see.surveys.frames import NO_ANSWER, PLACE, WEIGHT, Frame, design_of, frame_of
from vliegwiel.see.surveys.models import Review, SeriesBreak, Wave, WaveColumn, Weighting

#: Columns of two waves under each other.
_WAVE, _UNIT = "_meting", "_eenheid"


def wave_before(wave: Wave) -> Wave | None:
    """The wave of this survey before this one that was described."""
    found = wave.survey.waves.filter(period__lt=wave.period, described_at__isnull=False)
    return found.order_by("-period").first()


def label_changes(wave: Wave, before: Wave) -> list[str]:
    """What the code books say differently about the columns that both use, a sentence each."""
    names = set(wave.columns.values_list("name", flat=True)) & set(before.columns.values_list("name", flat=True))
    books = {one.period: {name: words for name, words in one.words.items() if name in names} for one in (before, wave)}
    return list(changed_labels(books))


def broken(wave: Wave) -> frozenset[str]:
    """Columns whose series breaks at this wave, on record."""
    return frozenset(SeriesBreak.objects.filter(wave=wave).values_list("name", flat=True))


def changes_of(frame: Frame, design: Design, splits: Sequence[Split]) -> list[Row]:
    """Per score the change since the wave before, of the province and of each area that is the same land in both waves, with the
    covariance of who took part in both. Intervals by Bonferroni: of the province over means and shares of every score together, of areas
    over all of those times the areas of their level.

    Nothing for what has no margin, for a question whose words changed, and where the kinds of sample differ or the answers of before are
    destroyed.
    """
    before = wave_before(frame.wave)
    if before is None or not design.margins or before.sample != frame.wave.sample or not before.with_margins:
        return []
    if before.answers_gone_at is not None:
        return []
    changed = {sentence.partition(":")[0] for sentence in label_changes(frame.wave, before)} | broken(frame.wave)
    earlier = frame_of(before)
    asked = {score.name: score for score in earlier.scores}
    shared = [
        score
        for score in frame.scores
        if score.name in asked and score.name not in changed and _same_scale(score, asked[score.name])
    ]
    if not shared:
        return []
    both = Design(
        _stacked(frame, design, earlier, [score.name for score in shared], splits),
        weights=WEIGHT,
        clusters=_UNIT,
        lonely_psu="adjust",
        sample=frame.wave.sample,
        assume="quasi-random" if frame.wave.assume and not frame.wave.by_chance else None,
    )
    asked_for = len(shared) + sum(score.cut is not None for score in shared)
    found: list[Row] = []
    for split in splits:
        same = [
            area
            for area, members in split.members.items()
            if split.level is Level.PROVINCE or _same_land(members, frame.wave, before)
        ]
        for stat in (MEAN, SHARE):
            for score in shared:
                if stat == MEAN or score.cut is not None:
                    name = score.name if stat == MEAN else low_name(score)
                    found += _changes(
                        both.mean(name, by=[split.column, _WAVE]), score, stat, split, same, (frame.wave, before), asked_for
                    )
    return found


def _changes(
    values: Estimates, score: WaveColumn, stat: str, split: Split, same: Sequence[str], waves: tuple[Wave, Wave], asked_for: int
) -> Iterator[Row]:
    now, then = (wave.period for wave in waves)
    there = {
        (str(area), str(period))
        for area, period, value in zip(*values.domains, values.estimate, strict=True)
        if np.isfinite(value)
    }
    areas = [area for area in same if (area, now) in there and (area, then) in there]
    if not areas:
        return
    differences = values.contrast({area: {(area, now): 1, (area, then): -1} for area in areas}).at(
        1 - 0.05 / (asked_for * len(areas))
    )
    for place, area in enumerate(areas):
        low, high = float(differences.lower[place]), float(differences.upper[place])
        yield {
            "item": score.name,
            "stat": stat,
            "level": split.level.value,
            "area": area,
            "since": then,
            "estimate": float(differences.estimate[place]),
            "lower": low if np.isfinite(low) else None,
            "upper": high if np.isfinite(high) else None,
            "word": "higher" if low > 0 else "lower" if high < 0 else "none",
        }


def _same_land(members: Sequence[str], wave: Wave, before: Wave) -> bool:
    """Whether all these municipalities were the same land at the wave before: no merger, split or moved border that we know of."""
    if wave.area_year == before.area_year:
        return True
    for code in members:
        place = areas_of.area(code, wave.area_year)
        if place is None or wave.area_year < before.area_year:
            return False
        found = origins_of(place, before.area_year)
        if found.whole != (code,) or found.shares or found.links:
            return False
    return True


def shown_before(wave: Wave) -> frozenset[tuple[str, str, str, str]]:
    """What was released of the wave before, of everybody in an area: its period, item, statistic and area. Of regions only those that
    were the same municipalities then: of others nobody decided whether they may be shown."""
    before = wave_before(wave)
    review = (
        Review.objects.filter(wave=before, state=Review.State.RELEASED).select_related("run").order_by("-answered_at").first()
        if before
        else None
    )
    if before is None or review is None:
        return frozenset()
    rows = stored.read_json(review.run.shown)["rows"]
    marks = set(review.run.receipt.get("parameters", {}).get("regions", []))
    regions = usable_regions(wave.survey.province, wave.area_year)
    same = {region.code for region in regions if members_hash(areas_of.members_of(region)) in marks}
    return frozenset(
        (before.period, row["item"], row["stat"], row["area"])
        for row in rows
        if not row["background"] and row["estimate"] is not None and (row["level"] != Level.REGION.value or row["area"] in same)
    )


def both_shown(change: Row, earlier: frozenset[tuple[str, str, str, str]]) -> bool:
    """Whether a change may be told: waves count as one, so what is hidden of the wave before is not given away by the difference."""
    return (change["since"], change["item"], change["stat"], change["area"]) in earlier


def apart_from_rest(frame: Frame, design: Design, splits: Sequence[Split]) -> list[Row]:
    """Per area: does it differ from the rest of the province? Holm's guard over the areas of a level."""
    found: list[Row] = []
    if not design.margins:
        return found
    for split in splits:
        if split.level is Level.PROVINCE or len(split.members) < 2:
            continue
        for score in frame.scores:
            compared = design.mean(score.name, by=split.column).compare("rest", adjust="holm")
            for place, area in enumerate(compared.domains[0]):
                words = (compared.note[place] or "").split("; ")
                word = next((one for one in ("higher", "lower") if one in words), "none")
                found.append({"item": score.name, "level": split.level.value, "area": str(area), "word": word})
    return found


def shifts_of(frame: Frame, design: Design, weighting: Weighting | None) -> list[Row]:
    """For a margin that rests on a model: how far each mean moved when the last margin was added. Nothing for a probability sample."""
    from vliegwiel.see.surveys.weights import Way, calibrated

    if frame.wave.by_chance or not frame.wave.assume or weighting is None:
        return []
    margins = weighting.ordered
    *first, last = margins
    fewer = design_of(frame)
    if first:
        fewer = calibrated(fewer, {name: margins[name] for name in first}, replace(Way(**weighting.way), replicates=""))
    names = [score.name for score in frame.scores]
    before, after = fewer.mean(names), design.mean(names)
    moved = zip(after.variable, (after.estimate - before.estimate).tolist(), strict=True)
    return [{"item": name, "by": margins[last]["name"], "estimate": shift} for name, shift in moved]


def _same_scale(one: WaveColumn, other: WaveColumn) -> bool:
    return (one.low, one.high, one.cut) == (other.low, other.high, other.cut)


def _stacked(frame: Frame, design: Design, earlier: Frame, names: list[str], splits: Sequence[Split]) -> Any:
    """Both waves under each other, with the weights of each, the areas of now, and who was drawn together."""
    import pyarrow as pa

    parts = []
    for one, other, weights in ((frame, earlier, design.weights), (earlier, frame, _weights_of(earlier))):
        columns: dict[str, Any] = {name: one.table[name].combine_chunks() for name in names}
        for score in frame.scores:
            if score.name in names and score.cut is not None:
                values = np.asarray(one.table[score.name].to_numpy(), dtype=np.float64)
                low = np.where(np.isnan(values), np.nan, values < score.cut)
                columns[low_name(score)] = pa.array(low, pa.float64(), from_pandas=True)
        columns |= {
            WEIGHT: pa.array(np.asarray(weights, dtype=np.float64)),
            _WAVE: pa.array([one.wave.period] * one.rows),
            _UNIT: pa.array(_units(one, other)),
        }
        places = one.table[PLACE].to_pylist()
        for split in splits:
            if split.level is Level.PROVINCE:
                columns[split.column] = pa.array([one.wave.survey.province] * one.rows)
                continue
            of = {place: area for area, members in split.members.items() for place in members}
            columns[split.column] = pa.array([of.get(place) for place in places], pa.string())
        parts.append(pa.table(columns))
    return pa.concat_tables(parts)


def _units(one: Frame, other: Frame) -> list[str]:
    """Who was drawn together: the cluster where a wave has them, else the person, who may be in both waves. Without a number somebody
    counts as someone else."""
    wave = one.wave
    alone = [f"{wave.period}-{place}" for place in range(one.rows)]
    if wave.cluster:
        of = "" if other.wave.cluster else wave.period
        strata = one.table[wave.strata].to_pylist() if wave.nested and wave.strata else [""] * one.rows
        return [f"{of}{part}c{value}" for part, value in zip(strata, one.table[wave.cluster].to_pylist(), strict=True)]
    if not wave.person or not other.wave.person or other.wave.cluster:
        return alone
    numbers = one.table[wave.person].to_pylist()
    return [own if number == NO_ANSWER else f"p{number}" for number, own in zip(numbers, alone, strict=True)]


def _weights_of(frame: Frame) -> Any:
    """The weights of an earlier wave, as its newest weighting made them."""
    from vliegwiel.see.surveys.weights import weighted

    return weighted(frame, newest_weighting(frame.wave)).weights


def newest_weighting(wave: Wave) -> Weighting | None:
    """The weighting that counts; one of before the newest description was made for another sample."""
    if wave.described_at is None:
        return None
    return wave.weightings.filter(made_at__gte=wave.described_at).order_by("-made_at", "-pk").first()
