"""A delivery as read from a file: codes and columns, checked and typed, before it becomes a release. No database here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from vliegwiel.catalogue.reader import Indicator
from vliegwiel.catalogue.tables import Table, TableFamily
from vliegwiel.kernel import dutch
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
    """One indicator for one period: `values` (float64, NaN when missing) and `status` (uint8, index in STATUS), one per area.

    `lower` and `upper` are the bounds of the margin at `confidence` when the source gives them, NaN where it does not.
    """

    indicator: Indicator
    period: str
    source_key: str
    values: NDArray[np.float64]
    status: NDArray[np.uint8]
    lower: NDArray[np.float64] | None = None
    upper: NDArray[np.float64] | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class Delivery:
    """Everything a file says, for the areas of one year: `codes` in file order, `columns` aligned with it.

    `ignored` are columns left out because they hold no figures; `left_out` are rows that were not loaded, each with its reason.
    """

    family: TableFamily
    table: Table
    codes: tuple[AreaCode, ...]
    columns: tuple[Column, ...]
    postcodes: Mapping[AreaCode, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods that the delivery is about, oldest first."""
        return tuple(sorted({column.period for column in self.columns}))


def to_numbers(
    name: str, cells: Any, table: Table, labels: Sequence[str], decimal: str = "."
) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Read stripped text cells (an Arrow array) as numbers with a status; `labels` name the rows in a message.

    Empty is what the table says it is; `.` is unknown or secret; −99995 and −99999999 are not available, −99997 is secret. A column
    without any value has not been delivered yet, or, in a final table, was not collected. With a decimal comma a point may be a
    thousands sign or a mistake. Raises NotValid for that and for text where a number belongs.
    """
    import pyarrow as pa
    from pyarrow import compute

    empty = compute.equal(cells, pa.scalar("")).to_numpy(zero_copy_only=False)
    unknown = compute.equal(cells, pa.scalar(".")).to_numpy(zero_copy_only=False)
    status = np.zeros(len(cells), dtype=np.uint8)
    status[empty] = CODE[table.empty]
    status[unknown] = CODE[Missing.UNKNOWN]
    plain = cells if decimal == "." else compute.replace_substring(compute.replace_substring(cells, ".", "?"), decimal, ".")
    filled = compute.if_else(pa.array(status == 0), plain, pa.scalar(None, pa.string()))
    try:
        values = np.array(filled.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)
        not_a_number = np.flatnonzero(np.isnan(values) & (status == 0))
    except pa.ArrowInvalid:
        values = np.full(len(cells), np.nan)
        not_a_number = np.array([row for row, text in enumerate(filled) if text.is_valid and not _is_number(text)])
    if len(not_a_number):
        row = int(not_a_number[0])
        message = _("De kolom {name} hoort getallen te bevatten. Bij {labels} staat {cells!r}.").format(
            name=name, labels=labels[row], cells=cells[row].as_py()
        )
        raise NotValid(message, code="not-a-number")
    not_available = np.isin(values, _NOT_AVAILABLE)
    status[not_available] = CODE[Missing.UNKNOWN]
    status[np.isin(values, _SECRET)] = CODE[Missing.SUPPRESSED]
    if bool((empty | not_available).all()):
        status[:] = CODE[Missing.NOT_YET if table.status == "voorlopig" else Missing.NOT_COLLECTED]
    values[status != 0] = np.nan
    return values, status


def refuse_out_of_range(column: Column, codes: Sequence[AreaCode]) -> list[str]:
    """One line per value outside what the indicator allows, with the area where it stands; also for a value outside its margin."""
    low, high = column.indicator.range
    unit = column.indicator.unit
    wrong = np.flatnonzero((column.values < low) | (column.values > high) | np.isinf(column.values))
    found = [
        _("{source_key} bij {text}: {value} ligt niet tussen {low} en {high} ({unit})").format(
            source_key=column.source_key,
            text=codes[row].text,
            value=dutch.significant(column.values[row]),
            low=dutch.significant(low),
            high=dutch.significant(high),
            unit=unit,
        )
        for row in wrong.tolist()
    ]
    if column.lower is not None and column.upper is not None:
        outside = np.flatnonzero((column.values < column.lower) | (column.values > column.upper))
        found += [
            _("{source_key} bij {text}: {value} ligt buiten zijn marge").format(
                source_key=column.source_key, text=codes[row].text, value=dutch.significant(column.values[row])
            )
            for row in outside.tolist()
        ]
    return found


def _is_number(text: Any) -> bool:
    import pyarrow as pa

    try:
        return not np.isnan(text.cast(pa.float64()).as_py())
    except pa.ArrowInvalid:
        return False
