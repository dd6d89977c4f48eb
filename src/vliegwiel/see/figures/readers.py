"""Read deliveries of figures from files; no database here. A file that is not right is refused whole."""

import re
from pathlib import Path
from typing import Any

import numpy as np

from vliegwiel.catalogue.reader import Table, TableFamily, indicators, table_families
from vliegwiel.kernel.area_code import AreaCode
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.figures.delivery import Column, Delivery, refuse_out_of_range, to_numbers

_TABLE_ID = re.compile(r"(?<!\d)(\d{5}NED)", re.IGNORECASE)
_NUMBERED = re.compile(r"_\d+$")


def read(path: Path) -> Delivery:
    """Recognise the table by its id in the file name and its columns. Raises NotValid when something is not as it should be."""
    if not path.is_file():
        raise NotValid(f"Het bestand {path.name} bestaat niet.", code="no-file")
    if path.suffix.lower() != ".csv":
        raise NotValid(f"{path.name}: dit soort bestand kennen we niet. Gebruik CSV van StatLine.", code="unknown-format")
    cells = _read_cells(path)
    family, table = _recognise(path, set(cells))
    if family.area not in cells:
        raise NotValid(f"{path.name}: de kolom {family.area} met gebiedscodes ontbreekt.", code="missing-column")
    codes = _codes(path, cells[family.area])
    known, unknown = _split_columns(family, [name for name in cells if name != family.area])
    if unknown:
        raise NotValid(
            f"{path.name} heeft {len(unknown)} kolommen die we niet kennen. Zeg eerst wat ze betekenen.",
            code="unknown-columns",
            details=tuple(unknown),
        )
    columns, problems = [], list[str]()
    for name, key in known.items():
        values, status = to_numbers(name, cells[name], table.empty, codes)
        column = Column(indicators()[key], str(table.year), name, values, status)
        problems += refuse_out_of_range(column, codes)
        columns.append(column)
    if problems:
        raise NotValid(
            f"{path.name}: {len(problems)} waarden kunnen niet kloppen. Er is niets geladen.",
            code="out-of-range",
            details=tuple(problems[:20]),
        )
    ignored = tuple(name for name in cells if stem(name) in family.ignore)
    return Delivery(family, table, codes, tuple(columns), _postcodes(family, cells, codes), ignored)


def stem(name: str) -> str:
    """A StatLine key without the number that changes every year.

    >>> stem("AantalInwoners_5"), stem("k_0Tot15Jaar_8")
    ('AantalInwoners', 'k_0Tot15Jaar')
    """
    return _NUMBERED.sub("", name)


def _read_cells(path: Path) -> dict[str, Any]:
    import pyarrow as pa
    from pyarrow import csv

    try:
        with path.open("rb") as file:
            header = file.readline().decode("utf-8-sig").strip().split(",")
        types = {name.strip('"'): pa.string() for name in header}
        table = csv.read_csv(path, convert_options=csv.ConvertOptions(column_types=types, strings_can_be_null=False))
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise NotValid(
            f"{path.name} is beschadigd of niet volledig. Haal het bestand opnieuw op. ({error})", code="unreadable"
        ) from error
    return {name: np.asarray(table[name].to_numpy(zero_copy_only=False), dtype=np.str_) for name in table.column_names}


def _recognise(path: Path, columns: set[str]) -> tuple[TableFamily, Table]:
    match = _TABLE_ID.search(path.name)
    for family in table_families().values():
        if match and match[1].upper() in family.tables:
            return family, family.tables[match[1].upper()]
    raise NotValid(
        f"{path.name}: deze tabel kennen we niet. De bestandsnaam moet een tabelnummer als 85984NED bevatten.",
        code="unknown-table",
    )


def _split_columns(family: TableFamily, names: list[str]) -> tuple[dict[str, str], list[str]]:
    known: dict[str, str] = {}
    unknown: list[str] = []
    for name in names:
        bare = stem(name)
        if bare in family.columns:
            known[name] = family.columns[bare]
        elif bare not in family.ignore and bare not in family.attributes:
            unknown.append(name)
    return known, unknown


def _codes(path: Path, cells: Any) -> tuple[AreaCode, ...]:
    codes = []
    for text in cells:
        try:
            codes.append(AreaCode.parse(str(text)))
        except ValueError as error:
            raise NotValid(f"{path.name}: {str(text)!r} is geen gebiedscode zoals BU18760002.", code="no-area-code") from error
    twice = sorted({code.text for code in codes if codes.count(code) > 1}) if len(set(codes)) < len(codes) else []
    if twice:
        raise NotValid(
            f"{path.name}: {len(twice)} codes staan er meer dan één keer in.", code="duplicate-code", details=tuple(twice[:20])
        )
    return tuple(codes)


def _postcodes(family: TableFamily, cells: dict[str, Any], codes: tuple[AreaCode, ...]) -> dict[AreaCode, str]:
    column = next((name for name in cells if family.attributes.get(stem(name)) == "postcode"), None)
    if column is None:
        return {}
    return {
        code: str(text).strip()
        for code, text in zip(codes, cells[column], strict=True)
        if re.fullmatch(r"\s*\d{4}\s*", str(text))
    }
