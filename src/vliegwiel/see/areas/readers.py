"""Read areas and borders from files; no database here. A file that is not right is refused whole, with a message a person understands."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.kernel.area_code import AreaCode, Level
from vliegwiel.kernel.errors import NotValid

RD = "EPSG:28992"
_RD_BOUNDS = (-7_000.0, 289_000.0, 300_000.0, 629_000.0)
_OUTSIDE = {"GM0998", "GM0999"}
_COLUMNS = {
    Level.NEIGHBOURHOOD: ("buurtcode", "buurtnaam"),
    Level.DISTRICT: ("wijkcode", "wijknaam"),
    Level.MUNICIPALITY: ("gemeentecode", "gemeentenaam"),
    Level.PROVINCE: ("provinciecode", "provincienaam"),
}


@dataclass(frozen=True)
class AreaRecord:
    """One area of a file, with its border as WKB in RD when the file has one."""

    code: AreaCode
    name: str
    municipality_name: str = ""
    province_code: str = ""
    border: bytes | None = None


@dataclass(frozen=True)
class AreaFile:
    """What a file says: its areas for a year, and what was left out and why."""

    year: int
    records: tuple[AreaRecord, ...]
    source: str
    licence: str
    left_out: tuple[str, ...] = field(default=())

    def of(self, level: Level) -> list[AreaRecord]:
        """The records of one level."""
        return [record for record in self.records if record.code.level is level]


def read(path: Path, year: int) -> AreaFile:
    """Recognise the format by ending and columns. Raises NotValid when the file is not what it should be."""
    if not path.is_file():
        raise NotValid(f"Het bestand {path.name} bestaat niet.", code="no-file")
    if path.suffix.lower() in (".gpkg", ".geojson", ".json"):
        return _read_borders(path, year)
    if path.suffix.lower() == ".csv":
        return _read_register(path, year)
    raise NotValid(f"{path.name}: dit soort bestand kennen we niet. Gebruik GeoPackage, GeoJSON of CSV.", code="unknown-format")


def _read_borders(path: Path, year: int) -> AreaFile:
    import pyogrio

    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        records = [record for layer in layers for record in _read_layer(path, layer, year)]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError) as error:
        raise NotValid(f"{path.name} is beschadigd of niet volledig. Haal het bestand opnieuw op.", code="unreadable") from error
    kept = [record for record in records if record.code.text not in _OUTSIDE and record.name]
    left_out = tuple(f"{record.code.text}: geen naam of geen Nederlands gebied" for record in records if record not in kept)
    if not kept:
        raise NotValid(f"{path.name}: geen gebieden gevonden. We zoeken kolommen als buurtcode en buurtnaam.", code="no-areas")
    _refuse_duplicates(path, kept)
    return AreaFile(year, tuple(kept), "CBS, Kadaster: wijk- en buurtkaart", "CC BY 4.0", left_out)


def _read_layer(path: Path, layer: str, year: int) -> list[AreaRecord]:
    import pyogrio

    meta, _fids, geometry, values = pyogrio.raw.read(path, layer=layer)
    fields = dict(zip((str(name) for name in meta["fields"]), values, strict=True))
    level = next((level for level, (code, name) in _COLUMNS.items() if code in fields and name in fields), None)
    code_column, name_column = _COLUMNS[level] if level else ("statcode", "statnaam")
    for column in (code_column, name_column):
        if column not in fields:
            raise NotValid(f"{path.name}, laag {layer}: de kolom {column} ontbreekt.", code="missing-column")
    _refuse_other_year(path, fields, year)
    codes = [_code(path, text) for text in fields[code_column]]
    borders = _in_rd(path, layer, meta["crs"], geometry, codes)
    return [
        AreaRecord(
            code,
            _text(fields[name_column][row]),
            _text(fields["gemeentenaam"][row]) if "gemeentenaam" in fields else _text(fields[name_column][row]),
            _text(fields["provinciecode"][row]) if "provinciecode" in fields else "",
            borders[row],
        )
        for row, code in enumerate(codes)
    ]


def _in_rd(path: Path, layer: str, crs: str | None, geometry: Any, codes: Sequence[AreaCode]) -> list[bytes]:
    """Bring borders to RD (EPSG:28992) in whole decimetres, and refuse what is not a proper area."""
    import shapely

    shapes: NDArray[Any] = shapely.from_wkb(geometry)
    if crs is None:
        raise NotValid(f"{path.name}, laag {layer}: het coördinatenstelsel ontbreekt. We verwachten {RD}.", code="no-crs")
    if crs.upper() != RD:
        from pyproj import Transformer

        transform = Transformer.from_crs(crs, RD, always_xy=True).transform
        shapes = shapely.transform(shapes, lambda points: np.column_stack(transform(points[:, 0], points[:, 1])))
    west, south, east, north = shapely.total_bounds(shapes)
    if not (west >= _RD_BOUNDS[0] and south >= _RD_BOUNDS[1] and east <= _RD_BOUNDS[2] and north <= _RD_BOUNDS[3]):
        raise NotValid(
            f"{path.name}, laag {layer}: de grenzen liggen buiten Nederland. Klopt het coördinatenstelsel ({crs})?",
            code="wrong-crs",
        )
    wrong = [
        f"{codes[row].text}: {shapely.is_valid_reason(shapes[row])}"
        for row in np.flatnonzero(~shapely.is_valid(shapes) | shapely.is_empty(shapes)).tolist()
    ]
    if wrong:
        raise NotValid(
            f"{path.name}, laag {layer}: {len(wrong)} grens{'en' if len(wrong) > 1 else ''} snijden zichzelf of zijn leeg.",
            code="invalid-border",
            details=tuple(wrong[:20]),
        )
    return list(shapely.to_wkb(shapely.set_precision(shapes, 0.1)))


def _refuse_other_year(path: Path, fields: dict[str, Any], year: int) -> None:
    found: set[int] = set()
    if "jaar" in fields:
        found = {int(value) for value in fields["jaar"]}
    elif "jrstatcode" in fields:
        found = {int(str(value)[:4]) for value in fields["jrstatcode"]}
    if found - {year}:
        years = ", ".join(map(str, sorted(found)))
        raise NotValid(f"{path.name} hoort bij {years}, niet bij {year}. Geef --year {max(found)}.", code="other-year")


def _read_register(path: Path, year: int) -> AreaFile:
    import pyarrow as pa
    from pyarrow import csv

    try:
        table = csv.read_csv(path, convert_options=csv.ConvertOptions(column_types={}, strings_can_be_null=False))
        table = table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise NotValid(f"{path.name} is beschadigd of niet volledig: {error}", code="unreadable") from error
    columns = set(table.column_names)
    if {"Key", "Title"} <= columns:
        names = ("Key", "Title")
    elif {"WijkenEnBuurten", "Naam"} <= columns:
        names = ("WijkenEnBuurten", "Naam")
    else:
        raise NotValid(f"{path.name}: geen lijst van gebieden. We zoeken de kolommen Key en Title.", code="missing-column")
    provinces = table["Provinciecode"].to_pylist() if "Provinciecode" in columns else [""] * table.num_rows
    records = [
        AreaRecord(_code(path, code), _text(name), province_code=_text(province))
        for code, name, province in zip(table[names[0]].to_pylist(), table[names[1]].to_pylist(), provinces, strict=True)
    ]
    _refuse_duplicates(path, records)
    municipalities = {record.code: record.name for record in records if record.code.level is Level.MUNICIPALITY}
    named = tuple(
        replace(record, municipality_name=municipalities.get(record.code.municipality or record.code, "")) for record in records
    )
    return AreaFile(year, named, "CBS, Kerncijfers wijken en buurten", "CC BY 4.0")


def _refuse_duplicates(path: Path, records: Sequence[AreaRecord]) -> None:
    seen: set[AreaCode] = set()
    twice = sorted({record.code.text for record in records if record.code in seen or seen.add(record.code)})  # type: ignore[func-returns-value]  # set.add as a side effect
    if twice:
        raise NotValid(
            f"{path.name}: {len(twice)} codes staan er meer dan één keer in.", code="duplicate-code", details=tuple(twice[:20])
        )


def _code(path: Path, text: Any) -> AreaCode:
    try:
        return AreaCode.parse(str(text))
    except ValueError as error:
        raise NotValid(f"{path.name}: {text!r} is geen gebiedscode zoals BU18760002.", code="no-area-code") from error


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
