"""Rows as CSV: a header, a line per row, and no cell that a spreadsheet would run as a formula."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from vliegwiel.kernel.spreadsheet import Rows


def csv_text(columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    """The table as text; None is an empty cell.

    >>> csv_text(["naam", "bedrag"], [["=1+1", None]])
    "naam,bedrag\\r\\n'=1+1,\\r\\n"
    """
    out = io.StringIO()
    writer = Rows(out)
    writer.write(columns)
    writer.write_all(rows)
    return out.getvalue()
