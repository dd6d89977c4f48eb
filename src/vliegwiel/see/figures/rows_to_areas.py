"""Which area each row is about: by its code, or by its name when a name is all there is and only one area has it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from vliegwiel.catalogue.tables import Table, TableFamily
from vliegwiel.kernel.area_code import AreaCode
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.figures.mapping import stem
from vliegwiel.see.figures.sheets import AREA_CODE, Sheet

#: Codes of areas by name for a year.
AreasByName = Callable[[int], Mapping[str, Sequence[str]]]
#: Municipality numbers that CBS uses for what lies abroad or is unknown: no Dutch area.
_NO_AREA = {"0998", "0999"}


@dataclass(frozen=True)
class Placed:
    """Rows that are about an area: `rows` (number of the row in the sheet), `places` (its place in `codes`), `labels` per sheet row."""

    codes: tuple[AreaCode, ...]
    rows: NDArray[np.int64]
    places: NDArray[np.int64]
    labels: Sequence[str]
    left_out: tuple[str, ...]


def place_rows(sheet: Sheet, family: TableFamily, table: Table, names: AreasByName) -> Placed:
    """Place every row. Raises NotValid when there is neither a code nor a usable name, or when a cell is no code."""
    column = area_column(sheet, family)
    if column:
        labels = sheet.texts(column)
        codes, left_out = _codes(sheet, labels)
    elif family.names in sheet.names:
        labels = sheet.texts(family.names)
        codes, left_out = _codes_by_name(sheet, labels, names(table.year), table.year)
    else:
        wanted = next(iter(family.areas), "WijkenEnBuurten")
        raise NotValid(
            _("{name}: de kolom {wanted} met gebiedscodes ontbreekt.").format(name=sheet.path.name, wanted=wanted),
            code="missing-column",
        )
    order: dict[AreaCode, int] = {}
    rows, places = [], []
    for row, text in enumerate(labels):
        code = codes[text]
        if code is not None:
            rows.append(row)
            places.append(order.setdefault(code, len(order)))
    return Placed(tuple(order), np.array(rows, dtype=np.int64), np.array(places, dtype=np.int64), labels, left_out)


def area_column(sheet: Sheet, family: TableFamily) -> str:
    """The column with the codes of the areas themselves, or nothing."""
    if AREA_CODE in sheet.names and set(family.areas) & set(sheet.names):
        return AREA_CODE
    return next((name for area in family.areas for name in sheet.names if area in (name, stem(name))), "")


def _codes(sheet: Sheet, labels: Sequence[str]) -> tuple[dict[str, AreaCode | None], tuple[str, ...]]:
    found: dict[str, AreaCode | None] = {}
    left_out: list[str] = []
    for text in dict.fromkeys(labels):
        if text[2:6] in _NO_AREA:
            found[text] = None
            left_out.append(_("{text}: geen Nederlands gebied").format(text=text))
            continue
        try:
            found[text] = AreaCode.parse(text)
        except ValueError as error:
            raise NotValid(
                _("{name}: {text!r} is geen gebiedscode zoals BU18760002.").format(name=sheet.path.name, text=text),
                code="no-area-code",
            ) from error
    return found, tuple(left_out)


def _codes_by_name(
    sheet: Sheet, labels: Sequence[str], known: Mapping[str, Sequence[str]], year: int
) -> tuple[dict[str, AreaCode | None], tuple[str, ...]]:
    """A name is used only when exactly one area of the year has it: a guess would put a figure in the wrong place."""
    found: dict[str, AreaCode | None] = {}
    left_out: list[str] = []
    for text in dict.fromkeys(labels):
        codes = ["NL00"] if text == "Nederland" else known.get(text, ())
        found[text] = AreaCode(codes[0]) if len(codes) == 1 else None
        if len(codes) > 1:
            left_out.append(
                _("{text}: deze naam hoort in {year} bij {codes} gebieden, zoals {codes_2}").format(
                    text=text, year=year, codes=len(codes), codes_2=" en ".join(codes[:2])
                )
            )
        elif not codes:
            left_out.append(_("{text}: geen gebied met deze naam in {year}").format(text=text, year=year))
    if not any(found.values()):
        raise NotValid(
            _("{name} heeft alleen namen en geen gebiedscodes. Geen enkele naam wijst precies één gebied van {year} aan.").format(
                name=sheet.path.name, year=year
            ),
            code="no-area-code",
            details=tuple(left_out[:20]),
        )
    return found, tuple(left_out)
