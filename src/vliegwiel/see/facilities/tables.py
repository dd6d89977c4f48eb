"""Files of facilities as rows of text: CSV, spreadsheets, GeoJSON and other JSON, and the tags of OpenStreetMap."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.papers.public import is_workbook, rows_of
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.spreadsheet import Rows

MOST_ROWS, MOST_BYTES = 100_000, 200_000_000
#: Enough for a centimetre in degrees.
_DECIMALS = 7
#: Our names of columns, with the other names under which files have them.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "nummer": ("id", "@id", "identificatie", "brin", "agb"),
    "naam": ("name", "title", "naam voorziening", "omschrijving"),
    "soort": ("kind", "type", "categorie", "soort voorziening"),
    "adres": ("address", "straat", "straatnaam", "locatie"),
    "huisnummer": ("addr:housenumber", "nr"),
    "postcode": ("addr:postcode", "pc6"),
    "x": ("rd_x", "x_rd", "x-coordinaat"),
    "y": ("rd_y", "y_rd", "y-coordinaat"),
    "lon": ("lng", "longitude", "lengtegraad", "geometry.lng", "geometry.lon"),
    "lat": ("latitude", "breedtegraad", "geometry.lat"),
    "open": ("opening_hours", "openingstijden", "open op"),
    "capaciteit": ("capacity", "plaatsen", "zitplaatsen"),
    "kosten": ("cost", "prijs"),
    "toelichting kosten": ("cost_note",),
    "toegankelijk": ("wheelchair", "rolstoel", "toegankelijkheid"),
    "toegang": ("access_details", "voorzieningen voor toegang"),
    "ruimtes": ("rooms", "zalen"),
    "nieuwe klanten": ("neemt nieuwe aan", "takes_new"),
    "wachttijd": ("wachtdagen", "waiting_days"),
    "gecontroleerd op": ("check_date", "peildatum", "gecontroleerd"),
}
_OURS = {other.casefold(): name for name, others in COLUMNS.items() for other in (name, *others)}
_WHEELCHAIR = {"yes": "ja", "designated": "ja", "limited": "deels", "no": "nee"}
_FEE = {"no": "gratis", "yes": "zelf-betalen"}


@dataclass(frozen=True)
class FileRow:
    """One row: its place in the file as a person counts it, and its cells by our own names of columns."""

    place: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A whole file: its rows, the columns that we do not use, and whether its rows say of what kind they are."""

    rows: tuple[FileRow, ...]
    ignored: tuple[str, ...] = ()
    has_kinds: bool = True


def read(path: Path) -> Table:
    """Read a file of any of these kinds. Raises NotValid when it is none, damaged, empty, or has no places in it."""
    if not path.is_file():
        raise NotValid(_("Het bestand {name} bestaat niet.").format(name=path.name), code="no-file")
    if path.stat().st_size > MOST_BYTES and not path.name.endswith(".pbf"):
        raise NotValid(_("Dit bestand is te groot. Deel het op."), code="too-large")
    if path.name.endswith((".osm.pbf", ".osm")):
        return _named(list(_from_osm(path)))
    data = path.read_bytes()
    if is_workbook(data):
        return _with_header(rows_of(data, MOST_ROWS + 2, decimals=_DECIMALS))
    if path.suffix.lower() in (".geojson", ".json"):
        try:
            return _named(list(_from_json(path.name, data)))
        except RecursionError as error:
            raise NotValid(_("{name} is geen goed JSON-bestand.").format(name=path.name), code="no-json") from error
    if path.suffix.lower() in (".csv", ".txt"):
        return _with_header(_lines(path.name, data))
    raise NotValid(
        _("{name}: dit soort bestand kennen we niet. Gebruik CSV, Excel, GeoJSON of OpenStreetMap (.osm.pbf).").format(
            name=path.name
        ),
        code="unknown-format",
    )


def template() -> str:
    """An empty spreadsheet with one example, as every spreadsheet program opens it."""
    example = {
        "nummer": "1", "naam": "Dorpshuis Luchtkasteel", "soort": "ontmoetingsplek", "adres": "Voorbeeldstraat 1", "postcode": "0000 AB",
        "x": "200500", "y": "440500", "open": "ma t/m vr 9.00-17.00 uur", "capaciteit": "80", "kosten": "gratis", "toegankelijk": "ja",
        "toegang": "zonder drempel naar binnen; ringleiding", "ruimtes": "zaal, keuken", "gecontroleerd op": "1-3-2026",
    }  # fmt: skip
    names = [name for name in COLUMNS if name not in ("huisnummer", "lon", "lat")]
    out = io.StringIO()
    writer = Rows(out, delimiter=";")
    writer.write(names)
    writer.write([example.get(name, "") for name in names])
    return f"\ufeff{out.getvalue()}"


def _lines(name: str, data: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise NotValid(_("{name} is geen tekst die wij kunnen lezen. Sla het op als UTF-8.").format(name=name), code="encoding")
    if "\x00" in text:
        raise NotValid(_("{name} is geen bestand met regels tekst.").format(name=name), code="no-text")
    first = text.partition("\n")[0]
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ","))
    except csv.Error as error:
        raise NotValid(_("{name} is geen bestand met regels tekst.").format(name=name), code="no-text") from error


def _with_header(found: list[list[str]]) -> Table:
    """Rows under a header, counted as a spreadsheet counts them."""
    header = [name.strip() for name in found[0]] if found else []
    rows = [
        (place, {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name})
        for place, cells in enumerate(found[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    return _named(rows)


def _named(rows: list[tuple[int, dict[str, str]]]) -> Table:
    """Rows with our names of columns. The first column under which a file has something counts."""
    if not rows:
        raise NotValid(_("Hier staan geen voorzieningen in. Begin met het sjabloon."), code="empty-file")
    if len(rows) > MOST_ROWS:
        raise NotValid(
            _("Een bestand heeft hoogstens {count} regels. Deel het op.").format(count=MOST_ROWS), code="too-many-rows"
        )
    columns = list(dict.fromkeys(name for _place, cells in rows for name in cells))
    ours: dict[str, str] = {}
    for name in sorted(columns, key=lambda name: name.casefold() not in COLUMNS):
        known = _OURS.get(name.casefold())
        if known is not None and known not in ours.values():
            ours[name] = known
    there = set(ours.values())
    if not ({"x", "y"} <= there or {"lon", "lat"} <= there) or "naam" not in there:
        raise NotValid(
            _("Elke voorziening heeft een naam en een plek nodig. We zoeken de kolommen naam, en x en y of lon en lat."),
            code="no-columns",
        )
    filled = tuple(FileRow(place, {ours[name]: cell for name, cell in cells.items() if name in ours}) for place, cells in rows)
    return Table(filled, tuple(name for name in columns if name not in ours), "soort" in there)


def _from_json(name: str, data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """GeoJSON with points or areas, or a plain list of records."""
    try:
        document: Any = json.loads(data)
    except (UnicodeDecodeError, ValueError) as error:
        raise NotValid(_("{name} is geen goed JSON-bestand.").format(name=name), code="no-json") from error
    items = document.get("features") if isinstance(document, dict) else document
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise NotValid(_("{name} is geen GeoJSON met voorzieningen.").format(name=name), code="no-geojson")
    in_metres = isinstance(document, dict) and "28992" in json.dumps(document.get("crs", ""))
    for place, item in enumerate(items, start=1):
        if item.get("type") != "Feature":
            yield place, dict(_flat(item))
            continue
        properties = item.get("properties")
        cells = dict(_flat(_tagged(properties if isinstance(properties, dict) else {})))
        if number := item.get("id") or cells.get("@id"):
            cells.setdefault("nummer", _plain(number))
        point = _middle_of(item.get("geometry"))
        if point is not None:
            cells |= dict(zip(("x", "y") if in_metres else ("lon", "lat"), map(repr, point), strict=True))
        yield place, cells


def _flat(record: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            yield f"{before}{name}", _plain(value)


def _plain(value: Any) -> str:
    """Text that any database keeps: JSON can hold signs that are no text."""
    return str(value).replace("\x00", "").encode("utf-8", "ignore").decode().strip()


def _middle_of(geometry: Any) -> tuple[float, float] | None:
    import shapely

    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except (shapely.errors.GEOSException, TypeError, ValueError):
        return None
    if shape is None or shape.is_empty:
        return None
    middle = shape.representative_point()
    return float(middle.x), float(middle.y)


def _from_osm(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Points and buildings with tags that stand for a kind of facility."""
    import osmium

    keys = sorted({tag.partition("=")[0] for kind in facility_words().kinds.values() for tag in kind.tags})
    place = 0
    try:
        for item in osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.KeyFilter(*keys)):
            tags = dict(item.tags)
            if facility_words().kind_tagged(tags) is None or not isinstance(item, osmium.osm.Node | osmium.osm.Way):
                continue
            points = [item.location] if isinstance(item, osmium.osm.Node) else [node.location for node in item.nodes]
            known = [(point.lon, point.lat) for point in points if point.valid()]
            place += 1
            middle = [sum(axis) / len(known) for axis in zip(*known, strict=True)] if known else []
            cells = _tagged({**tags, "nummer": f"{'node' if isinstance(item, osmium.osm.Node) else 'way'}/{item.id}"})
            yield place, cells | dict(zip(("lon", "lat"), map(repr, middle), strict=False))
    except RuntimeError as error:
        raise NotValid(_("{name} is geen bestand van OpenStreetMap.").format(name=path.name), code="no-osm") from error


def _tagged(tags: Mapping[str, Any]) -> dict[str, Any]:
    """Tags of OpenStreetMap in our own words; other records as they are."""
    texts = {key: value for key, value in tags.items() if isinstance(value, str)}
    kind = facility_words().kind_tagged(texts)
    if kind is None:
        return dict(tags)
    found = {**tags, "soort": kind.key, "naam": tags.get("name") or kind.name.capitalize()}
    street = " ".join(str(tags.get(f"addr:{part}", "")) for part in ("street", "housenumber")).strip()
    translated = {
        "adres": street,
        "toegankelijk": _WHEELCHAIR.get(texts.get("wheelchair", "")),
        "kosten": _FEE.get(texts.get("fee", "")),
    }
    for tag in ("wheelchair", "addr:housenumber", "name"):
        found.pop(tag, None)
    if not re.fullmatch(r"\d+", str(tags.get("capacity", ""))):
        found.pop("capacity", None)
    return found | {name: value for name, value in translated.items() if value}
