"""The answers of a wave as the engine wants them: scores as numbers, backgrounds in words, and how the sample was drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from vliegwiel.engines.estimation import Design
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.models import Wave, WaveColumn

NO_ANSWER = "geen antwoord"
#: Columns we add ourselves.
PLACE, WEIGHT, EVERYBODY = "_gemeente", "_gewicht", "_provincie"


@dataclass(frozen=True)
class Frame:
    """The table for the engine, with its scores, backgrounds and the columns of the design; `kept` are the rows of the file it has."""

    wave: Wave
    table: Any
    scores: tuple[WaveColumn, ...]
    backgrounds: tuple[WaveColumn, ...]
    kept: Any

    @property
    def rows(self) -> int:
        """How many people."""
        return int(self.table.num_rows)


def frame_of(wave: Wave) -> Frame:
    """Read the answers and lay them out. Who answered hastily is left out when the wave says so; everything else stays."""
    import pyarrow as pa

    raw = stored.answers_of(wave)
    columns = list(wave.columns.order_by("pk"))
    scores = tuple(column for column in columns if column.role == WaveColumn.Role.SCORE)
    backgrounds = tuple(column for column in columns if column.role == WaveColumn.Role.BACKGROUND)
    kept = np.ones(raw.num_rows, dtype=np.bool_)
    if wave.without_hasty:
        kept &= ~(hasty(raw, wave) | always_the_same(raw, scores))
    laid: dict[str, Any] = {column.name: raw[column.name].cast(pa.float64()) for column in scores}
    laid |= {column.name: pa.array(in_words(raw[column.name], wave.words.get(column.name, {}))) for column in backgrounds}
    for name in filter(None, (wave.strata, wave.cluster, wave.person)):
        laid.setdefault(name, pa.array(in_words(raw[name], {})))
    if wave.fpc:
        laid[wave.fpc] = raw[wave.fpc].cast(pa.float64())
    laid[WEIGHT] = raw[wave.weight].cast(pa.float64()) if wave.weight else pa.array(np.ones(raw.num_rows))
    laid[PLACE] = pa.array(in_words(raw[wave.area], {})) if wave.area else pa.array([NO_ANSWER] * raw.num_rows)
    laid[EVERYBODY] = pa.array([wave.survey.province] * raw.num_rows)
    return Frame(wave, pa.table(laid).filter(pa.array(kept)), scores, backgrounds, kept)


def design_of(frame: Frame) -> Design:
    """The sample as it was drawn, before it is weighted to population totals."""
    wave = frame.wave
    return Design(
        frame.table,
        weights=WEIGHT,
        strata=wave.strata or None,
        clusters=wave.cluster or None,
        fpc=wave.fpc or None,
        nested=wave.nested,
        lonely_psu="adjust",
        sample=wave.sample,
        assume="quasi-random" if wave.assume and not wave.by_chance else None,
        population=wave.population,
    )


def hasty(raw: Any, wave: Wave) -> Any:
    """Who took less than a third of the usual (median) time."""
    if not wave.duration:
        return np.zeros(raw.num_rows, dtype=np.bool_)
    took = np.asarray(raw[wave.duration].to_numpy(zero_copy_only=False), dtype=np.float64)
    return took < np.nanmedian(took) / 3


def always_the_same(raw: Any, scores: Iterable[WaveColumn]) -> Any:
    """Who gave the same answer to four or more scores."""
    names = [column.name for column in scores]
    if len(names) < 4:
        return np.zeros(raw.num_rows, dtype=np.bool_)
    given = np.column_stack([np.asarray(raw[name].to_numpy(zero_copy_only=False), dtype=np.float64) for name in names])
    whole = ~np.isnan(given).any(axis=1)
    return whole & (given == given[:, :1]).all(axis=1)


def in_words(column: Any, words: dict[str, str]) -> list[str]:
    """Answers as text: the words of the code book, else the code; nothing is *geen antwoord*."""
    return [_said(value, words) for value in column.to_pylist()]


def _said(value: Any, words: dict[str, str]) -> str:
    if value is None or value != value:
        return NO_ANSWER
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return words.get(text, text)
