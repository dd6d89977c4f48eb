"""Figures as a file: the same columns for every download."""

import io
from collections.abc import Iterable

from django.http import HttpResponse

from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures.describe import MADE_UP, described
from vliegwiel.see.figures.queries import Figure

FIELDS = [
    "indicator",
    "naam",
    "periode",
    "waarde",
    "eenheid",
    "marge_laag",
    "marge_hoog",
    "status",
    "reden",
    "soort",
    "berekend",
    "omgerekend",
    "levering",
    "bron",
    "licentie",
]


def csv_of(rows: Iterable[tuple[Area, Figure]], name: str) -> HttpResponse:
    """A CSV (RFC 4180: comma, decimal point, UTF-8) with one line per area and figure; made-up data says so on each line."""
    text = io.StringIO()
    writer = Rows(text)
    writer.write(["gebiedscode", "gebied", "jaar", *FIELDS, "let_op"])
    for area, figure in rows:
        found = described(figure)
        low, high = found["marge"] or (None, None)
        found |= {"marge_laag": low, "marge_hoog": high}
        let_op = MADE_UP if area.made_up or "letOp" in found else ""
        cells = ("" if found[field] is None else found[field] for field in FIELDS)
        writer.write([area.code, area.name, area.year, *cells, let_op])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
