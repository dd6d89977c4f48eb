"""A delivery as read from a file: codes and columns, checked and typed, before it becomes a release. No database here."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vliegwiel.catalogue.reader import Indicator, Table, TableFamily
from vliegwiel.kernel.area_code import AreaCode
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.figure import Missing

#: What the status byte of a cell means; 0 is a value. The order is part of the files on disk: only add at the end.
STATUS: tuple[Missing | None, ...] = (
    None,
    Missing.NOT_COLLECTED,
    Missing.NOT_YET,
    Missing.SUPPRESSED,
    Missing.UNRELIABLE,
    Missing.AREA_CHANGED,
    Missing.ZERO_OR_SUPPRESSED,
    Missing.UNKNOWN,
)
CODE = {reason: np.uint8(code) for code, reason in enumerate(STATUS)}
_NOT_AVAILABLE = (-99995.0, -99999999.0)
_SECRET = (-99997.0,)


@dataclass(frozen=True)
class Column:
    """One indicator for one period: `values` (float64, NaN when missing) and `status` (uint8, index in STATUS), one per area."""

    indicator: Indicator
    period: str
    source_key: str
    values: NDArray[np.float64]
    status: NDArray[np.uint8]


@dataclass(frozen=True)
class Delivery:
    """Everything a file says, for the areas of one year: `codes` in file order, `columns` aligned with it."""

    family: TableFamily
    table: Table
    codes: tuple[AreaCode, ...]
    columns: tuple[Column, ...]
    postcodes: dict[AreaCode, str]
    ignored: tuple[str, ...]


def to_numbers(
    name: str, cells: NDArray[np.str_], empty: Missing, codes: tuple[AreaCode, ...]
) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Read text cells as numbers with a status.

    Empty is what the table says it is; `.` is unknown or secret; −99995 and −99999999 are not available, −99997 is secret. A column
    without any value has not been delivered yet. Raises NotValid for text where a number belongs.
    """
    cells = np.char.strip(cells)
    status = np.zeros(len(cells), dtype=np.uint8)
    status[cells == ""] = CODE[empty]
    status[cells == "."] = CODE[Missing.UNKNOWN]
    if bool((cells == "").all()):
        status[:] = CODE[Missing.NOT_YET]
    values = np.full(len(cells), np.nan)
    filled = np.flatnonzero(status == 0)
    try:
        values[filled] = cells[filled].astype(np.float64)
    except ValueError as error:
        row = next(int(row) for row in filled if not _is_number(cells[row]))
        message = f"De kolom {name} hoort getallen te bevatten. Bij {codes[row].text} staat {str(cells[row])!r}."
        raise NotValid(message, code="not-a-number") from error
    status[np.isin(values, _NOT_AVAILABLE)] = CODE[Missing.UNKNOWN]
    status[np.isin(values, _SECRET)] = CODE[Missing.SUPPRESSED]
    values[status != 0] = np.nan
    return values, status


def refuse_out_of_range(column: Column, codes: tuple[AreaCode, ...]) -> list[str]:
    """One line per value outside what the indicator allows, with the area where it stands."""
    low, high = column.indicator.range
    wrong = np.flatnonzero((column.values < low) | (column.values > high) | np.isinf(column.values))
    return [
        f"{column.source_key} bij {codes[row].text}: {column.values[row]:g} ligt niet tussen {low:g} en {high:g} ({column.indicator.unit})"
        for row in wrong
    ]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
