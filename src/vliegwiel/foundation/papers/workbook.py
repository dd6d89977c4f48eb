"""A spreadsheet file (XLSX) as rows of text: the first sheet, with dates and amounts as the Dutch write them."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from vliegwiel.kernel.errors import NotValid

#: A file that unpacks to more than this is no list that people keep.
MOST_UNPACKED = 50_000_000
_MOST_COLUMNS = 100


def is_workbook(data: bytes) -> bool:
    """Whether these bytes begin as a packed file does."""
    return data[:4] == b"PK\x03\x04"


def rows_of(data: bytes, most: int, *, decimals: int = 2) -> list[list[str]]:
    """The first `most` rows of the first sheet as text; empty rows in between are there too. Raises NotValid for what is no such file.

    A number that is not whole gets so many `decimals`: two for amounts, more for places on the globe.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            unpacked = sum(item.file_size for item in file.infolist())
        if unpacked > MOST_UNPACKED:
            raise NotValid(_("Dit bestand is te groot. Deel het op."), code="too-large")
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        found = sheet.to_python(skip_empty_area=False, nrows=most)
    except (zipfile.BadZipFile, CalamineError) as error:
        raise NotValid(_("Dit rekenblad kunnen wij niet lezen. Sla het op als XLSX of CSV."), code="no-workbook") from error
    return [[_text(value, decimals) for value in row[:_MOST_COLUMNS]] for row in found]


def _text(value: Any, decimals: int) -> str:
    if isinstance(value, datetime | date):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.{decimals}f}".replace(".", ",")
    return str(value)
