"""Files that people open in a spreadsheet: rows as CSV, in which no cell can run as a formula."""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any, Protocol

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"-\d+([.,]\d+)?")


class Target(Protocol):
    """What text can be written to: a file, an answer."""

    def write(self, text: str, /) -> Any:
        """Take this text."""


class Rows:
    """Rows of a table as CSV (RFC 4180), each cell made harmless as `cell` does.

    >>> import io
    >>> out = io.StringIO()
    >>> Rows(out, delimiter=";").write_all([["naam", "bedrag"], ["=1+1", "-3,00"]])
    >>> out.getvalue()
    "naam;bedrag\\r\\n'=1+1;-3,00\\r\\n"
    """

    def __init__(self, target: Target, *, delimiter: str = ",") -> None:
        self._lines = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")

    def write(self, row: Iterable[Any]) -> Any:
        """One row; gives back what the target gave."""
        return self._lines.writerow([cell(value) for value in row])

    def write_all(self, rows: Iterable[Iterable[Any]]) -> None:
        """Every row, in order."""
        for row in rows:
            self.write(row)


def cell(value: Any) -> Any:
    """A value as it goes into a cell: a text that a spreadsheet would take for a formula gets a quote in front, None is empty. A number
    below zero stays one, also as text.

    >>> cell("=1+1"), cell("Samen eten"), cell(-3), cell("-3,00"), cell("-3+1"), cell(None)
    ("'=1+1", 'Samen eten', -3, '-3,00', "'-3+1", '')
    """
    if value is None:
        return ""
    dangerous = isinstance(value, str) and value.startswith(_FORMULA) and not _NUMBER.fullmatch(value)
    return f"'{value}" if dangerous else value


def line(values: Iterable[Any]) -> str:
    """One row by itself, for a file that is handed over line by line.

    >>> line(["Samen eten", None])
    'Samen eten,\\r\\n'
    """
    out = io.StringIO()
    Rows(out).write(values)
    return out.getvalue()
