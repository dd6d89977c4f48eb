"""Figures in the forms in which others read them: CSV, JSON-stat 2.0 and Parquet, all from the same described rows."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vliegwiel.kernel.figure import Missing
from vliegwiel.kernel.spreadsheet import Rows

COLUMNS = (
    "gebiedscode", "gebied", "jaar", "indicator", "naam", "periode", "waarde", "eenheid", "status", "reden", "toelichting",
    "marge_onder", "marge_boven", "soort", "berekend", "levering", "bron", "licentie", "let_op",
)  # fmt: skip
#: Why there is no figure: code and sentence.
REASONS = {reason.value: reason.sentence for reason in Missing}


@dataclass(frozen=True)
class FigureRow:
    """One described figure with the area it belongs to."""

    code: str
    name: str
    year: int
    figure: Mapping[str, Any]

    @property
    def cells(self) -> tuple[Any, ...]:
        """The values of COLUMNS; None where there is nothing."""
        found, margin = self.figure, self.figure["marge"] or (None, None)
        return (
            self.code, self.name, self.year, found["indicator"], found["naam"], found["periode"], found["waarde"],
            found["eenheid"], found["status"], found["reden"], found["toelichting"], margin[0], margin[1], found["soort"],
            "ja" if found["berekend"] else "nee", found["levering"], found["bron"], found["licentie"],
            " ".join(filter(None, (found.get("letOp"), found.get("opmerking")))) or None,
        )  # fmt: skip


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, excel: bool = False) -> str:
    """CSV by RFC 4180 with decimal points; for Dutch Excel with semicolons, decimal commas and a byte order mark."""
    text = io.StringIO()
    writer = Rows(text, delimiter=";" if excel else ",")
    if not excel:
        writer.write(columns)
        writer.write_all(rows)
        return text.getvalue()
    text.write("\ufeff")
    writer.write(columns)
    writer.write_all([str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in row] for row in rows)
    return text.getvalue()


def parquet_bytes(rows: Sequence[FigureRow]) -> bytes:
    """The same rows as Parquet."""
    import pyarrow as pa
    from pyarrow import parquet

    kinds = {"jaar": pa.int32(), "waarde": pa.float64(), "marge_onder": pa.float64(), "marge_boven": pa.float64()}
    cells = [row.cells for row in rows]
    arrays = {name: pa.array([row[place] for row in cells], kinds.get(name, pa.string())) for place, name in enumerate(COLUMNS)}
    sink = pa.BufferOutputStream()
    parquet.write_table(pa.table(arrays), sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content


def json_stat(title: str, rows: Sequence[FigureRow], *, made_up: str | None = None) -> dict[str, Any]:
    """A JSON-stat 2.0 dataset over area, indicator and period. A cell without value has the code of its reason as status.

    A combination that no row holds is *niet verzameld*.
    """
    places = {row.code: row.name for row in rows}
    indicators = {row.figure["indicator"]: row.figure for row in rows}
    periods = sorted({row.figure["periode"] for row in rows})
    at = {(row.code, row.figure["indicator"], row.figure["periode"]): row.figure for row in rows}
    values: list[float | None] = []
    status: dict[str, str] = {}
    for code in places:
        for key in indicators:
            for period in periods:
                found = at.get((code, key, period))
                value = found["waarde"] if found else None
                if value is None:
                    status[str(len(values))] = found["reden"] if found else Missing.NOT_COLLECTED.value
                values.append(value)
    dimensions = {
        "gebied": _dimension("Gebied", places),
        "indicator": _dimension("Indicator", {key: found["naam"] for key, found in indicators.items()}),
        "periode": _dimension("Periode", {period: period for period in periods}),
    }
    dimensions["indicator"]["category"]["unit"] = {key: {"label": found["eenheid"]} for key, found in indicators.items()}
    found = dataset(title, dimensions, {"geo": ["gebied"], "metric": ["indicator"], "time": ["periode"]}, values, status, made_up)
    found["source"] = "; ".join(sorted({f"{item['bron']} ({item['licentie']})" for item in indicators.values()}))
    found["extension"]["indicatoren"] = {
        key: {name: item[name] for name in ("status", "soort", "berekend", "levering", "bron", "licentie")}
        for key, item in indicators.items()
    }
    return found


def dataset(
    title: str,
    dimensions: Mapping[str, Any],
    role: Mapping[str, Sequence[str]],
    values: Sequence[float | None],
    status: Mapping[str, str],
    made_up: str | None,
) -> dict[str, Any]:
    """The frame of a JSON-stat dataset."""
    found: dict[str, Any] = {
        "version": "2.0",
        "class": "dataset",
        "label": f"{title} ({made_up})" if made_up else title,
        "id": list(dimensions),
        "size": [len(dimension["category"]["index"]) for dimension in dimensions.values()],
        "role": role,
        "dimension": dimensions,
        "value": values,
        "status": status,
        "extension": {"redenen": REASONS},
    }
    if made_up:
        found["note"] = [made_up]
        found["extension"]["letOp"] = made_up
    return found


def _dimension(label: str, categories: Mapping[str, str]) -> dict[str, Any]:
    return {"label": label, "category": {"index": list(categories), "label": dict(categories)}}
