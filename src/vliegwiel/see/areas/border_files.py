"""Read borders from GeoPackage and GeoJSON as CBS and PDOK publish them, and bring them to RD."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from numpy.typing import NDArray

from vliegwiel.kernel.area_code import AreaCode, Level
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas.records import AreaFile, AreaRecord, code_of, mark_of, refuse_duplicates, text_of

RD = "EPSG:28992"
_RD_BOUNDS = (-7_000.0, 289_000.0, 300_000.0, 629_000.0)
_ABROAD = {"GM0998", "GM0999"}
_COLUMNS = {
    Level.NEIGHBOURHOOD: ("buurtcode", "buurtnaam"),
    Level.DISTRICT: ("wijkcode", "wijknaam"),
    Level.MUNICIPALITY: ("gemeentecode", "gemeentenaam"),
    Level.PROVINCE: ("provinciecode", "provincienaam"),
}
#: The same column in the files up to 2021 (snake_case) and from 2022 (camelCase).
_MARKS = ("indelingswijziging_wijken_en_buurten", "indelingswijzigingWijkenEnBuurten")


def read(path: Path, year: int | None) -> AreaFile:
    """All layers of a file of one year. Water and areas abroad are left out, and said so."""
    import pyogrio

    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        tables = [(layer, *_read_layer(path, layer)) for layer in layers]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError) as error:
        raise NotValid(
            _("{name} is beschadigd of niet volledig. Haal het bestand opnieuw op.").format(name=path.name), code="unreadable"
        ) from error
    year = _year_of(path, [fields for _layer, fields, _crs, _geometry in tables], year)
    records: list[AreaRecord] = []
    left_out: list[str] = []
    for layer, fields, crs, geometry in tables:
        found = _records(path, layer, fields, crs, geometry)
        reasons = [_why_not(record, fields, row) for row, record in enumerate(found)]
        records += [record for record, reason in zip(found, reasons, strict=True) if not reason]
        left_out += [f"{record.code.text}: {reason}" for record, reason in zip(found, reasons, strict=True) if reason]
    if not records:
        raise NotValid(
            _("{name}: geen gebieden gevonden. We zoeken kolommen als buurtcode en buurtnaam.").format(name=path.name),
            code="no-areas",
        )
    refuse_duplicates(path, records)
    return AreaFile(year, tuple(records), "CBS, Kadaster: wijk- en buurtkaart", "CC BY 4.0", tuple(left_out))


def _read_layer(path: Path, layer: str) -> tuple[dict[str, Any], str | None, Any]:
    import pyogrio

    meta, _fids, geometry, values = pyogrio.raw.read(path, layer=layer)
    return dict(zip((str(name) for name in meta["fields"]), values, strict=True)), meta["crs"], geometry


def _records(path: Path, layer: str, fields: Mapping[str, Any], crs: str | None, geometry: Any) -> list[AreaRecord]:
    code_column, name_column = _columns_of(path, layer, fields)
    codes = [code_of(path, text) for text in fields[code_column]]
    borders = _in_rd(path, layer, crs, geometry, codes)
    names = [text_of(name) for name in fields[name_column]]
    nothing = [""] * len(codes)
    municipalities = [text_of(name) for name in fields["gemeentenaam"]] if "gemeentenaam" in fields else nothing
    provinces = [text_of(code) for code in fields["provinciecode"]] if "provinciecode" in fields else nothing
    marks = next(([mark_of(mark) for mark in fields[column]] for column in _MARKS if column in fields), nothing)
    return [
        AreaRecord(code, name, municipality or (name if code.level is Level.MUNICIPALITY else ""), province, mark, border)
        for code, name, municipality, province, mark, border in zip(
            codes, names, municipalities, provinces, marks, borders, strict=True
        )
    ]


def _columns_of(path: Path, layer: str, fields: Mapping[str, Any]) -> tuple[str, str]:
    """The columns with code and name of the lowest level that the layer speaks of; both must be there, and names are text."""
    pair = ("statcode", "statnaam")
    if not all(column in fields for column in pair):
        pair = next((columns for columns in _COLUMNS.values() if any(column in fields for column in columns)), pair)
    for column in pair:
        if column not in fields:
            raise NotValid(
                _("{name}, laag {layer}: de kolom {column} ontbreekt.").format(name=path.name, layer=layer, column=column),
                code="missing-column",
            )
    if np.issubdtype(fields[pair[1]].dtype, np.number):
        raise NotValid(
            _("{name}, laag {layer}: in de kolom {column} staan getallen. Er horen namen te staan.").format(
                name=path.name, layer=layer, column=pair[1]
            ),
            code="not-a-name",
        )
    return pair


def _why_not(record: AreaRecord, fields: Mapping[str, Any], row: int) -> str:
    if record.code.text in _ABROAD:
        return _("ligt niet in Nederland")
    if "water" in fields and text_of(fields["water"][row]).upper() == "JA":
        return _("is water")
    return "" if record.name else _("heeft geen naam")


def _in_rd(path: Path, layer: str, crs: str | None, geometry: Any, codes: Sequence[AreaCode]) -> list[bytes]:
    """Bring borders to RD (EPSG:28992) in whole decimetres, and refuse what is not a proper area."""
    import shapely

    shapes: NDArray[Any] = shapely.from_wkb(geometry)
    if crs is None:
        raise NotValid(
            _("{name}, laag {layer}: het coördinatenstelsel ontbreekt. We verwachten {rd}.").format(
                name=path.name, layer=layer, rd=RD
            ),
            code="no-crs",
        )
    if crs.upper() != RD:
        from pyproj import Transformer

        transform = Transformer.from_crs(crs, RD, always_xy=True).transform
        shapes = shapely.transform(shapes, lambda points: np.column_stack(transform(points[:, 0], points[:, 1])))
    west, south, east, north = shapely.total_bounds(shapes)
    if not (west >= _RD_BOUNDS[0] and south >= _RD_BOUNDS[1] and east <= _RD_BOUNDS[2] and north <= _RD_BOUNDS[3]):
        raise NotValid(
            _("{name}, laag {layer}: de grenzen liggen buiten Nederland. Klopt het coördinatenstelsel ({crs})?").format(
                name=path.name, layer=layer, crs=crs
            ),
            code="wrong-crs",
        )
    wrong = [
        f"{codes[row].text}: {_in_dutch(shapely.is_valid_reason(shapes[row]))}"
        for row in np.flatnonzero(~shapely.is_valid(shapes) | shapely.is_empty(shapes)).tolist()
    ]
    if wrong:
        raise NotValid(
            ngettext(
                "{name}, laag {layer}: {count} grens snijdt zichzelf of is leeg.",
                "{name}, laag {layer}: {count} grenzen snijden zichzelf of zijn leeg.",
                len(wrong),
            ).format(name=path.name, layer=layer, count=len(wrong)),
            code="invalid-border",
            details=tuple(wrong[:20]),
        )
    return list(shapely.to_wkb(shapely.set_precision(shapes, 0.1)))


def _in_dutch(reason: str) -> str:
    """What GEOS says of a border; where it has coordinates, they are in RD.

    >>> _in_dutch("Self-intersection[190500 440500]")
    'snijdt zichzelf bij x = 190500, y = 440500 (RD, in meters)'
    """
    said, _bracket, place = reason.rstrip("]").partition("[")
    what = _("snijdt zichzelf") if "Self-intersection" in said else _("is geen gesloten vlak ({said})").format(said=said)
    if place.count(" ") != 1:
        return what
    x, y = (round(float(part)) for part in place.split(" "))
    return _("{what} bij x = {x}, y = {y} (RD, in meters)").format(what=what, x=x, y=y)


def _year_of(path: Path, layers: Sequence[Mapping[str, Any]], year: int | None) -> int:
    """The year that the file names itself, which must be the year that was asked."""
    found: Counter[int] = Counter()
    for fields in layers:
        if "jaar" in fields:
            found.update(int(value) for value in fields["jaar"])
        elif "jrstatcode" in fields:
            found.update(int(str(value)[:4]) for value in fields["jrstatcode"])
    if year is None and len(found) != 1:
        raise NotValid(
            _("{name}: het bestand zegt niet van welk jaar het is. Geef --year.").format(name=path.name), code="no-year"
        )
    if year is not None and set(found) - {year}:
        years = ", ".join(map(str, sorted(found)))
        raise NotValid(
            _("{name} hoort bij {years}, niet bij {year}. Geef --year {found}.").format(
                name=path.name, years=years, year=year, found=max(found)
            ),
            code="other-year",
        )
    return year if year is not None else next(iter(found))
