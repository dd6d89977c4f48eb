"""Load the addresses where people live, from a file of the BAG: a CSV or GeoPackage with homes and their place."""

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from vliegwiel.foundation.people.public import demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.actions.import_roads import VERB
from vliegwiel.see.facilities.homes import addresses_path
from vliegwiel.see.facilities.models import AddressSet
from vliegwiel.see.facilities.where import Grounds, grounds_of, to_rd

#: Only these are lived in (BAG: gebruiksdoel and status).
_HOME, _IN_USE = "woonfunctie", "in gebruik"
_COLUMNS = {
    "x": ("x", "rd_x", "x_coord"), "y": ("y", "rd_y", "y_coord"), "lon": ("lon", "longitude"), "lat": ("lat", "latitude"),
    "use": ("gebruiksdoel", "gebruiksdoelen", "verblijfsobjectgebruiksdoel"), "status": ("status", "verblijfsobjectstatus"),
}  # fmt: skip
#: The layers of the BAG in which people live; of the last two every place that is assigned.
_LAYERS = ("verblijfsobject", "ligplaats", "standplaats")
_PARKED, _ASSIGNED = _LAYERS[1:], "aangewezen"


@dataclass(frozen=True)
class LoadedAddresses:
    """What an import did: the set, how many rows were left out (no home, not in use, outside the province), whether it was there."""

    addresses: AddressSet
    left_out: int
    already_there: bool


@trail.recorded("import-addresses", kind="address-set")
def import_addresses(
    *, actor: Actor, province: str, path: Path, vintage: date | None = None, source: str = "BAG, Kadaster", made_up: bool = False
) -> LoadedAddresses:
    """Keep only the places of homes that are in use: no number, no name, nothing that says who lives there. Repeating changes nothing.

    Raises NotAllowed, NotNow without borders, NotValid for a file without homes in the province.
    """
    demand(actor, VERB)
    grounds = grounds_of(province)
    if grounds is None:
        raise NotNow(
            _("Van deze provincie hebben wij nog geen grenzen van buurten. Lees eerst de gebieden in."), code="no-borders"
        )
    x, y, dropped = _read(path, grounds)
    inside = grounds.of(x, y) >= 0
    if not inside.any():
        raise NotValid(_("In dit bestand staan geen woningen in deze provincie. Er is niets veranderd."), code="no-homes")
    left_out = dropped + int((~inside).sum())
    order = np.lexsort((y[inside], x[inside]))
    x, y = np.rint(x[inside][order]), np.rint(y[inside][order])
    content_hash = hashlib.sha256(np.column_stack([x, y]).tobytes()).hexdigest()
    target = addresses_path(content_hash)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".fresh")
        with fresh.open("wb") as file:
            np.savez(file, x=x, y=y)
        fresh.replace(target)
    with transaction.atomic():
        found, created = AddressSet.objects.get_or_create(
            province=province,
            content_hash=content_hash,
            defaults={
                "source": source[:200], "file_name": path.name[:200], "vintage": vintage or clock.today(), "count": len(x),
                "left_out": left_out, "made_up": made_up,
            },
        )  # fmt: skip
        if created:
            subject = Reference("address-set", found.public_id, "", "")
            facts: dict[str, str | int | bool | None] = {"count": len(x), "hash": content_hash}
            trail.record(actor=actor, action="import-addresses", subject=subject, facts=facts, province=province)
    queries.stamp.forget()
    return LoadedAddresses(found, left_out, not created)


def _read(path: Path, grounds: Grounds) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
    """Places in RD metres, and how many rows are no home in use."""
    if not path.is_file():
        raise NotValid(_("Het bestand {name} bestaat niet.").format(name=path.name), code="no-file")
    if path.suffix.lower() == ".gpkg":
        return _from_map(path, grounds)
    if path.suffix.lower() != ".csv":
        raise NotValid(_("{name}: geef adressen als CSV of GeoPackage.").format(name=path.name), code="unknown-format")
    points: list[tuple[float, float]] = []
    dropped, on_the_globe = 0, False
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            rows = csv.DictReader(file, delimiter=";" if first.count(";") > first.count(",") else ",")
            named = _named(path.name, rows.fieldnames or [])
            on_the_globe = "x" not in named
            across, along = (named["lon"], named["lat"]) if on_the_globe else (named["x"], named["y"])
            for row in rows:
                point = (
                    _point(row.get(across), row.get(along))
                    if _lived_in(row.get(named.get("use", "")), row.get(named.get("status", "")))
                    else None
                )
                if point is None:
                    dropped += 1
                else:
                    points.append(point)
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotValid(_("{name} is geen CSV die wij kunnen lezen.").format(name=path.name), code="no-csv") from error
    places = np.array(points, dtype=np.float64).reshape(-1, 2)
    x, y = to_rd(places[:, 0], places[:, 1]) if on_the_globe else (places[:, 0], places[:, 1])
    return x, y, dropped


def _named(name: str, header: Sequence[str]) -> dict[str, str]:
    """Our names to those of the file."""
    there = {column.strip().casefold(): column for column in header}
    found = {ours: there[other] for ours, others in _COLUMNS.items() for other in others if other in there}
    if not ({"x", "y"} <= set(found) or {"lon", "lat"} <= set(found)):
        raise NotValid(_("{name}: we zoeken de kolommen x en y, of lon en lat.").format(name=name), code="no-columns")
    if "use" not in found:
        raise NotValid(
            _("{name}: de kolom gebruiksdoel ontbreekt. Zonder die kolom weten wij niet waar mensen wonen.").format(name=name),
            code="no-use",
        )
    return found


def _lived_in(use: str | None, status: str | None) -> bool:
    return _HOME in (use or "").casefold() and (not status or _IN_USE in status.casefold())


def _point(across: str | None, along: str | None) -> tuple[float, float] | None:
    try:
        found = float((across or "").replace(",", ".")), float((along or "").replace(",", "."))
    except ValueError:
        return None
    return found if all(np.isfinite(found)) else None


def _from_map(path: Path, grounds: Grounds) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
    """Homes of a GeoPackage: the BAG has them in three layers. Only what lies around the province is read."""
    import pyogrio

    try:
        layers = [str(row[0]) for row in pyogrio.list_layers(path)]
        there = [name for name in layers if name.casefold() in _LAYERS] or layers[:1]
        read = [_layer(path, name, grounds) for name in there]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise NotValid(_("{name} is geen GeoPackage die wij kunnen lezen.").format(name=path.name), code="no-map") from error
    if not read:
        raise NotValid(_("{name} is een GeoPackage zonder kaartlagen.").format(name=path.name), code="no-map")
    return (
        np.concatenate([x for x, _y, _dropped in read]),
        np.concatenate([y for _x, y, _dropped in read]),
        sum(dropped for _x, _y, dropped in read),
    )


def _layer(path: Path, layer: str, grounds: Grounds) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
    """The homes of one layer, in metres (RD), and how many rows are none. A place for a boat or a caravan is a home when it is in use."""
    import pyogrio
    import shapely
    from pyproj import Transformer

    about = pyogrio.read_info(path, layer=layer)
    names = {str(name).casefold(): str(name) for name in about["fields"]}
    use = next((names[name] for name in _COLUMNS["use"] if name in names), None)
    status = next((names[name] for name in _COLUMNS["status"] if name in names), None)
    parked = layer.casefold() in _PARKED
    if use is None and not parked:
        raise NotValid(
            _("{name}: de kolom gebruiksdoel ontbreekt. Zonder die kolom weten wij niet waar mensen wonen.").format(
                name=path.name
            ),
            code="no-use",
        )
    in_metres = "28992" in str(about["crs"] or "28992")
    box = tuple(shapely.total_bounds(grounds.shapes).tolist()) if in_metres else None
    told, _fids, shapes, columns = pyogrio.raw.read(path, layer=layer, columns=[name for name in (use, status) if name], bbox=box)
    named = dict(zip(map(str, told["fields"]), columns, strict=True))
    rows = len(shapes)
    statuses = named.get(status or "", np.full(rows, ""))
    if parked:
        kept = np.fromiter((not text or _ASSIGNED in str(text).casefold() for text in statuses), dtype=bool, count=rows)
    else:
        pairs = zip(named[str(use)], statuses, strict=True)
        kept = np.fromiter((_lived_in(str(one or ""), str(other or "")) for one, other in pairs), dtype=bool, count=rows)
    points = shapely.centroid(shapely.from_wkb(shapes))[kept]
    x, y = shapely.get_x(points), shapely.get_y(points)
    if not in_metres:
        x, y = Transformer.from_crs(about["crs"], "EPSG:28992", always_xy=True).transform(x, y)
    known = np.isfinite(x) & np.isfinite(y)
    return np.asarray(x)[known], np.asarray(y)[known], int((~kept).sum() + (~known).sum())
