"""What of a run may be shown under a profile: every area, filter and background together, as one set of linked tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

import numpy as np

from vliegwiel.engines.estimation.cells import Cell, Universe
from vliegwiel.engines.estimation.disclosure import Protected, protect
from vliegwiel.engines.estimation.profiles import Profile
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.surveys.estimates import MAKE_UP, MEAN, SHARE, SIZE, Row, Split, low_name
from vliegwiel.see.surveys.frames import PLACE, Frame
from vliegwiel.see.surveys.models import WaveColumn

#: Seconds that may be spent on hiding as few cells as possible, per question; what comes out is safe either way.
_SECONDS, _EXACT = 5.0, 150
_RANK = {Level.PROVINCE.value: 0, Level.REGION.value: 1, Level.MUNICIPALITY.value: 2}


@dataclass(frozen=True)
class Shown:
    """The rows that may be shown (hidden ones without numbers, and why), and every decision about a cell."""

    rows: list[Row]
    decisions: list[dict[str, Any]]

    @property
    def hidden(self) -> int:
        """How many cells are hidden."""
        return sum(not one["shown"] for one in self.decisions)

    def has(self, item: str, area: str, stat: str = MEAN) -> bool:
        """Whether this statistic (its mean, when left out) of a score is shown in an area."""
        wanted = (item, area, stat, "")
        return any(
            (one["item"], one["area"], one["stat"], one["background"]) == wanted and one["estimate"] is not None
            for one in self.rows
        )


def protected(
    frame: Frame,
    splits: Sequence[Split],
    rows: Sequence[Row],
    profile: Profile,
    floor: str,
    earlier: Sequence[Mapping[str, Any]] = (),
) -> Shown:
    """Decide about all cells down to the level `floor`. `earlier` are decisions about cells of this wave that were released before."""
    table = frame.table
    used = [split for split in splits if _RANK[split.level.value] <= _RANK[floor]]
    backgrounds = [column.name for column in frame.backgrounds]
    groups = _groups(table, backgrounds)
    small = replace(profile, minimum=max(profile.minimum, profile.minimum_domain), minimum_domain=0, group=1.0)
    everybody = Universe.of(table, [PLACE, *backgrounds])
    bases = _bases(used, groups)
    base = _decided(everybody, [Cell.at(where, label=label) for label, where in bases], small, earlier, "")
    decisions = _told(base, "")
    open_: dict[str, Protected] = {}
    for score in frame.scores:
        if score.cut is None:
            answered = Universe.of(_answered(table, score.name), [PLACE, *backgrounds])
            cells = [Cell.at(where, label=label) for label, where in bases]
            if _few(base, answered, small) or any(one["question"] == score.name for one in earlier):
                open_[score.name] = _decided(answered, cells, small, earlier, score.name, _hidden_in(base))
                decisions += _told(open_[score.name], score.name)
            continue
        low = low_name(score)
        universe = Universe.of(_answered(table, low), [PLACE, *backgrounds, low])
        cells = [cell for label, where in bases for cell in _with_answer(label, where, low, universe)]
        open_[score.name] = _decided(universe, cells, profile, earlier, score.name, _hidden_in(base))
        decisions += _told(open_[score.name], score.name)
    wanted = [row for row in rows if _RANK[row["level"]] <= _RANK[floor]]
    members = {code: where for split in used for code, where in split.members.items()}
    return Shown([_row(row, frame.scores, members, base, open_) for row in wanted], decisions)


def _bases(splits: Sequence[Split], groups: Mapping[str, Sequence[str]]) -> list[tuple[str, dict[str, Any]]]:
    """Every area, and every area with every group, with its label."""
    found: list[tuple[str, dict[str, Any]]] = []
    for split in splits:
        for area, members in split.members.items():
            where: dict[str, Any] = {} if split.level is Level.PROVINCE else {PLACE: members}
            found.append((area, where))
            found += [(f"{area}, {name} {group}", {**where, name: group}) for name, own in groups.items() for group in own]
    return found


def _with_answer(label: str, where: Mapping[str, Any], low: str, universe: Universe) -> list[Cell]:
    answers = {"0": "niet onder de grens", "1": "onder de grens"}
    parts = [Cell.at({**where, low: value}, where, f"{label}: {answers[value]}") for value in universe.levels[low]]
    return [Cell.at(where, label=label), *parts]


def _decided(
    universe: Universe, cells: Sequence[Cell], profile: Profile, earlier: Sequence[Mapping[str, Any]], question: str,
    closed: Sequence[Mapping[str, Any]] = (),
) -> Protected:  # fmt: skip
    """Decide, with what was released before: shown stays shown, hidden stays hidden. `closed` are groups that are too small for any
    question."""
    there = [*(one for one in earlier if one["question"] == question), *closed]
    cut = [Cell.at(dict(one["where"]), None if one["of"] is None else dict(one["of"]), one["cell"]) for one in there]
    filled = np.diff(universe.incidence(cut).indptr) > 0
    known, fixed = list(compress(there, filled)), tuple(compress(cut, filled))
    if not known:
        return protect(universe, cells, profile, seconds=_SECONDS, exact=_EXACT)
    first = protect(universe, [], profile)
    hidden = np.array([not one["shown"] for one in known], dtype=np.bool_)
    before = replace(first, cells=fixed, hidden=hidden)
    return protect(universe, cells, profile, [before], seconds=_SECONDS, exact=_EXACT)


def _few(base: Protected, answered: Universe, profile: Profile) -> bool:
    """Whether somewhere only a few of those who may be shown answered a question."""
    cells = [cell for cell in base.cells if base.shows(dict(cell.where))]
    n = answered.incidence(cells) @ answered.n
    return bool(((n > 0) & (n < profile.minimum)).any())


def _hidden_in(base: Protected) -> list[dict[str, Any]]:
    return [one for one in _told(base, "") if not one["shown"]]


def _told(found: Protected, question: str) -> list[dict[str, Any]]:
    """Every decision as plain values, with its cell, so that a later review of the same wave starts from them."""
    return [
        {
            "question": question,
            "cell": cell.label,
            "where": [[name, list(values)] for name, values in cell.where],
            "of": None if cell.of is None else [[name, list(values)] for name, values in cell.of],
            "rule": one.rule,
            "shown": one.shown,
            "text": one.text,
        }
        for cell, one in zip(found.cells, found.log, strict=True)
    ]


def _row(
    row: Row,
    scores: Sequence[WaveColumn],
    members: Mapping[str, tuple[str, ...]],
    base: Protected,
    open_: Mapping[str, Protected],
) -> Row:
    where: dict[str, Any] = {} if row["level"] == Level.PROVINCE.value else {PLACE: members[row["area"]]}
    inner = {**where, **({row["background"]: row["group"]} if row["background"] else {})}
    found = open_.get(row["item"])
    ok = base.shows(inner) and (found is None or found.shows(inner))
    if row["stat"] in (SHARE, SIZE, MAKE_UP) and found is not None:
        low = low_name(next(score for score in scores if score.name == row["item"]))
        ok = ok and found.shows({**inner, low: 1})
        if row["stat"] == MAKE_UP:
            ok = ok and found.shows({**where, low: 1})
    if ok:
        return row
    blank = dict.fromkeys(("estimate", "se", "lower", "upper", "df", "n", "n_effective", "deff"))
    return {**row, **blank, "note": "suppressed"}


def _groups(table: Any, backgrounds: Sequence[str]) -> dict[str, list[str]]:
    return {name: sorted(set(table[name].to_pylist())) for name in backgrounds}


def _answered(table: Any, low: str) -> Any:
    return table.filter(table[low].is_valid())
