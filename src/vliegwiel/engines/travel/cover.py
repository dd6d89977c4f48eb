"""Covering: a few candidates so that every place is reached by at least one of them, or the proof that there are none."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vliegwiel.engines.travel import highs

Bools = NDArray[np.bool_]
Longs = NDArray[np.int64]
_AT_A_TIME = 1024


@dataclass(frozen=True)
class Cover:
    """`chosen` covers everything with at most the number asked; None when that cannot be (`proven`) or was not found in time."""

    chosen: Longs | None
    proven: bool


def cover(reaches: Bools, always: Longs, *, at_most: int, seconds: float) -> Cover:
    """`reaches`: demand × candidates. First greedily, then by HiGHS on what remains without the superfluous."""
    covered = reaches[:, always].any(axis=1)
    left = reaches[~covered].copy()
    left[:, always] = False
    room = at_most - len(always)
    if room < 0 or (len(left) and not left.any(axis=1).all()):
        return Cover(None, proven=True)
    quick = _greedy(left, room)
    if quick is not None:
        return Cover(np.concatenate([always, quick]), proven=True)
    model, columns = _model(left)
    if len(columns) <= room:
        return Cover(np.concatenate([always, columns]), proven=True)
    model.add_row(list(range(len(columns))), [1.0] * len(columns), high=float(room))
    solved = highs.solve(model, seconds=seconds, gap=0.99, enough=room + 0.5)
    if len(solved.columns):
        return Cover(np.concatenate([always, columns[solved.columns > 0.5]]), proven=True)
    return Cover(None, proven=solved.status == highs.INFEASIBLE)


def needs_more(reaches: Bools, always: Longs, *, than: int, seconds: float) -> bool:
    """Whether even with parts of candidates (a linear programme) no cover has as few: quick, and proof enough when it says so."""
    left = reaches[~reaches[:, always].any(axis=1)].copy()
    left[:, always] = False
    if not len(left):
        return False
    if not left.any(axis=1).all():
        return True
    model, _ = _model(left)
    model.is_whole = [False] * len(model.is_whole)
    return highs.solve(model, seconds=seconds).bound > than - len(always) + 1e-6


def _model(left: Bools) -> tuple[highs.Model, Longs]:
    """The fewest candidates that reach every row, after what is superfluous is left out; and which candidates its columns are."""
    rows = _needed_rows(left)
    columns = _useful_columns(rows)
    model = highs.Model()
    for _ in columns:
        model.add_column(1.0, whole=True)
    for row in rows[:, columns]:
        there = np.flatnonzero(row)
        model.add_row(there.tolist(), [1.0] * len(there), low=1.0)
    return model, columns


def _greedy(reaches: Bools, room: int) -> Longs | None:
    """The candidate that reaches most of what is left, again and again."""
    chosen: list[int] = []
    left = np.ones(len(reaches), dtype=bool)
    while left.any():
        if len(chosen) == room:
            return None
        best = int(reaches[left].sum(axis=0).argmax())
        chosen.append(best)
        left &= ~reaches[:, best]
    return np.array(chosen, dtype=np.int64)


def _needed_rows(reaches: Bools) -> Bools:
    """Without rows that are reached whenever another row is."""
    rows = np.unique(reaches, axis=0)
    rows = rows[np.argsort(rows.sum(axis=1), kind="stable")]
    return rows[~_holds_an_earlier_one(rows)]


def _useful_columns(rows: Bools) -> Longs:
    """Without candidates that reach no more than another one does; of equals the first stays."""
    columns = ~rows.T
    order = np.lexsort((np.arange(len(columns)), columns.sum(axis=1)))
    order = order[~_holds_an_earlier_one(columns[order])]
    return np.sort(order[rows[:, order].any(axis=0)])


def _holds_an_earlier_one(sets: Bools) -> Bools:
    """Which of these sets, small to large, hold everything that a set before them holds."""
    members = sets.astype(np.float32)
    sizes = members.sum(axis=1)
    found = np.zeros(len(sets), dtype=bool)
    for start in range(0, len(sets), _AT_A_TIME):
        part = slice(start, start + _AT_A_TIME)
        inside = members @ members[part].T >= sizes[:, None]
        places = np.arange(len(sets))
        inside &= places[:, None] < places[None, part]
        found[part] = inside.any(axis=0)
    return found
