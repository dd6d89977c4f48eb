"""From rows and columns to series: one indicator of one period over areas, whatever the shape of the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from numpy.typing import NDArray

from vliegwiel.catalogue.tables import Table, TableFamily
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.figure import Missing
from vliegwiel.kernel.period import Period
from vliegwiel.see.figures.delivery import CODE
from vliegwiel.see.figures.mapping import FileColumns, stem
from vliegwiel.see.figures.rows_to_areas import Placed
from vliegwiel.see.figures.sheets import AREA_CODE, Sheet

_WORDS = {"value": "waarde", "lower": "ondergrens", "upper": "bovengrens"}


@dataclass(frozen=True)
class Block:
    """The cells of one indicator and period: `cells` per bound (value, lower, upper), for `rows` of the sheet at `places` of areas."""

    name: str
    indicator: str
    period: str
    rows: NDArray[np.int64]
    places: NDArray[np.int64]
    cells: Mapping[str, Any]

    def spread(
        self, count: int, values: NDArray[np.float64], status: NDArray[np.uint8]
    ) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """Put the cells at their areas; an area without a row was not collected."""
        all_values = np.full(count, np.nan)
        all_status = np.full(count, CODE[Missing.NOT_COLLECTED], dtype=np.uint8)
        all_values[self.places] = values
        all_status[self.places] = status
        return all_values, all_status


def series_of(sheet: Sheet, family: TableFamily) -> tuple[str, ...]:
    """The names that may be indicators: columns, or in a stacked table the values of its indicator column and its other columns."""
    names = [name for name in sheet.names if name != AREA_CODE and stem(name) not in family.areas]
    if family.stacked is None:
        return tuple(names)
    _need(sheet, family.stacked.column)
    _need(sheet, family.stacked.value)
    names.remove(family.stacked.value)
    return (*names, *dict.fromkeys(sheet.texts(family.stacked.column)))


def blocks_of(sheet: Sheet, family: TableFamily, table: Table, placed: Placed, columns: FileColumns) -> list[Block]:
    """Cut the sheet in series. Raises NotValid for an area that stands twice in one, or a period or group that we cannot read."""
    groups = _groups(sheet, family, table, placed)
    found: list[Block] = []
    for (series, period, member), bounds in groups.items():
        if "value" not in bounds:
            raise NotValid(
                _("{name}: de marges van {period} hebben geen waarde erbij.").format(name=sheet.path.name, period=period),
                code="margin-without-value",
            )
        first = bounds["value"]
        _refuse_doubles(sheet, placed, first, bounds)
        rows, places = placed.rows[first], placed.places[first]
        names = (
            [series] if series else [name for name in sheet.names if name in columns.known or f"{name}|{member}" in columns.known]
        )
        for name in names:
            indicator = columns.known.get(name) or columns.known.get(f"{name}|{member}")
            if indicator is None:
                continue
            source = family.stacked.value if family.stacked else name
            cells = {bound: _aligned(sheet, placed, source, places, chosen) for bound, chosen in bounds.items()}
            found.append(Block(name, indicator, period, rows, places, cells))
    return found


def _groups(
    sheet: Sheet, family: TableFamily, table: Table, placed: Placed
) -> dict[tuple[str, str, str], dict[str, NDArray[np.int64]]]:
    """Places in `placed.rows` by (indicator code, period, member) and bound."""
    splitting = [column for column in (family.stacked and family.stacked.column, family.period, family.dimension) if column]
    splitting += [family.margins.column] if family.margins else []
    here = [column for column in splitting if column in sheet.names]
    for column in splitting:
        if column != family.dimension and not (family.margins and column == family.margins.column):
            _need(sheet, column)
    ids = np.zeros(len(placed.rows), dtype=np.int64)
    parts: list[list[str]] = []
    for column in here:
        encoded = sheet.columns[column].dictionary_encode()
        ids = ids * len(encoded.dictionary) + encoded.indices.to_numpy()[placed.rows]
        parts.append(encoded.dictionary.to_pylist())
    found: dict[tuple[str, str, str], dict[str, NDArray[np.int64]]] = {}
    order = np.argsort(ids, kind="stable")
    starts = np.flatnonzero(np.diff(ids[order], prepend=-1))
    for chosen in np.split(order, starts[1:]) if len(order) else []:
        rest, words = int(ids[chosen[0]]), {}
        for column, values in zip(reversed(here), reversed(parts), strict=True):
            rest, place = divmod(rest, len(values))
            words[column] = values[place]
        series = words.get(family.stacked.column, "") if family.stacked else ""
        period = _period(sheet, words[family.period]) if family.period else str(table.year)
        member = _member(sheet, family, words.get(family.dimension, ""))
        bound = _bound(sheet, family, words)
        found.setdefault((series, period, member), {})[bound] = np.sort(chosen)
    return found


def _period(sheet: Sheet, text: str) -> str:
    """A year, or a CBS period code, as the label of the period."""
    try:
        return (Period.year(int(text)) if text.isdigit() and len(text) == 4 else Period.from_cbs(text)).label
    except ValueError as error:
        raise NotValid(
            _("{name}: {text!r} is geen periode zoals 2024 of 2024JJ00.").format(name=sheet.path.name, text=text),
            code="no-period",
        ) from error


def _member(sheet: Sheet, family: TableFamily, text: str) -> str:
    if family.dimension and text not in family.members:
        known = ", ".join(f"{code} ({words})" for code, words in family.members.items())
        raise NotValid(
            _("{name}: de groep {text!r} in de kolom {dimension} kennen we niet. We kennen: {known}.").format(
                name=sheet.path.name, text=text, dimension=family.dimension, known=known
            ),
            code="unknown-group",
        )
    return text


def _bound(sheet: Sheet, family: TableFamily, words: Mapping[str, str]) -> str:
    if family.margins is None or family.margins.column not in words:
        return "value"
    code = words[family.margins.column]
    bounds = {family.margins.value: "value", family.margins.lower: "lower", family.margins.upper: "upper"}
    if code not in bounds:
        raise NotValid(
            _("{name}: {code!r} in de kolom {column} kennen we niet. We kennen: {bounds}.").format(
                name=sheet.path.name, code=code, column=family.margins.column, bounds=", ".join(bounds)
            ),
            code="unknown-margin",
        )
    return bounds[code]


def _refuse_doubles(sheet: Sheet, placed: Placed, first: NDArray[np.int64], bounds: Mapping[str, NDArray[np.int64]]) -> None:
    for chosen in bounds.values():
        places, counts = np.unique(placed.places[chosen], return_counts=True)
        twice = [placed.codes[place].text for place in places[counts > 1]]
        if twice:
            words = ngettext(
                "{name}: {count} code staat er meer dan één keer in.",
                "{name}: {count} codes staan er meer dan één keer in.",
                len(twice),
            )
            raise NotValid(
                words.format(name=sheet.path.name, count=len(twice)),
                code="duplicate-code",
                details=tuple(twice[:20]),
            )
    for bound, chosen in bounds.items():
        if not np.array_equal(np.sort(placed.places[chosen]), np.sort(placed.places[first])):
            raise NotValid(
                _("{name}: niet elke waarde heeft een {words}.").format(name=sheet.path.name, words=_WORDS[bound]),
                code="margin-without-value",
            )


def _aligned(sheet: Sheet, placed: Placed, name: str, places: NDArray[np.int64], chosen: NDArray[np.int64]) -> Any:
    """The cells of a column in the order of `places`."""
    cells = sheet.columns[name]
    rows = placed.rows[chosen]
    if not np.array_equal(placed.places[chosen], places):
        position = {int(place): int(row) for place, row in zip(placed.places[chosen], rows, strict=True)}
        rows = np.array([position[int(place)] for place in places], dtype=np.int64)
    if len(rows) == sheet.count and np.array_equal(rows, np.arange(sheet.count)):
        return cells
    return cells.take(rows)


def _need(sheet: Sheet, column: str) -> None:
    if column not in sheet.names:
        raise NotValid(
            _("{name}: de kolom {column} ontbreekt.").format(name=sheet.path.name, column=column), code="missing-column"
        )
