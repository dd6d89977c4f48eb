"""The borders of one province in one year, from PDOK to a GeoPackage in RD with a layer per kind of area.

The municipalities of a province are those whose inner point lies inside its border of that year: the map of districts and
neighbourhoods itself does not name provinces.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vliegwiel.connect.pages import Pages
from vliegwiel.connect.pdok.features import DEGREES, RD, Collection, Features
from vliegwiel.connect.web import understood
from vliegwiel.kernel.errors import NotFound, NotValid

BASE = "https://api.pdok.nl/cbs"
_LAYERS = {"gemeenten": "gemeente", "wijken": "wijk", "buurten": "buurt"}


@dataclass(frozen=True)
class Border:
    """An area with its border (shapely) and the municipality it lies in."""

    code: str
    name: str
    municipality: str
    municipality_name: str
    shape: Any


def fetch(pages: Pages, path: Path, *, year: int, province: str, base: str = BASE) -> Path:
    """Write the borders of a province to `path`. Raises NotFound when PDOK has no such province or year, and as Web does."""
    divisions = Features(pages, f"{base}/gebiedsindelingen/ogc/v1")
    areas = Features(pages, f"{base}/wijken-en-buurten-{year}/ogc/v1")
    provinces = divisions.collection("provincie_gegeneraliseerd")
    layers = {layer: areas.collection(layer) for layer in _LAYERS}
    crs = RD if all(RD in found.crs for found in (provinces, *layers.values())) else DEGREES
    with understood("PDOK", "de grenzen van provincies"):
        name, whole = _province(divisions, provinces, crs, year, province)
    inside: dict[str, list[Border]] = {}
    chosen: set[str] = set()
    for layer, collection in layers.items():
        with understood("PDOK", f"de laag {layer}"):
            found = _borders(areas.items(collection, crs=crs, bbox=whole.bounds), _LAYERS[layer])
        if layer == "gemeenten":
            chosen = {border.code for border in found if border.shape.representative_point().within(whole)}
        inside[layer] = [border for border in found if border.municipality in chosen]
    if not chosen:
        raise NotFound(f"PDOK heeft geen gemeenten in {province} in {year}.")
    return _write(path, inside, (province, name, whole), crs, year)


def _province(divisions: Features, collection: Collection, crs: str, year: int, province: str) -> tuple[str, Any]:
    import shapely.geometry

    for feature in divisions.items(collection, crs=crs):
        values = feature["properties"]
        when = values.get("jaarcode") or str(values.get("jrstatcode") or "")[:4]
        if str(values.get("statcode")).strip() == province and str(when) == str(year):
            return str(values["statnaam"]).strip(), shapely.geometry.shape(feature["geometry"])
    raise NotFound(f"PDOK heeft geen grens van {province} in {year}.")


def _borders(features: Iterable[dict[str, Any]], kind: str) -> list[Border]:
    """Areas on land; the map also holds water and places abroad, without a name or marked so."""
    import shapely.geometry

    found = []
    for feature in features:
        values = feature["properties"]
        code, name = values.get(f"{kind}code"), values.get(f"{kind}naam")
        if code is None:
            raise NotValid(f"PDOK noemt geen {kind}code meer. De opbouw van de kaart is veranderd.", code="missing-column")
        if not name or str(values.get("water") or "NEE").upper() != "NEE" or not feature.get("geometry"):
            continue
        municipality = str(values.get("gemeentecode") or f"GM{str(code).strip()[2:6]}").strip()
        shape = shapely.geometry.shape(feature["geometry"])
        found.append(
            Border(str(code).strip(), str(name).strip(), municipality, str(values.get("gemeentenaam") or "").strip(), shape)
        )
    return found


def _write(path: Path, inside: dict[str, list[Border]], province: tuple[str, str, Any], crs: str, year: int) -> Path:
    code, name, whole = province
    fresh = path.with_name(f"fresh-{path.name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.unlink(missing_ok=True)
    for layer, borders in inside.items():
        kind = _LAYERS[layer]
        columns = {f"{kind}code": [border.code for border in borders], f"{kind}naam": [border.name for border in borders]}
        if kind != "gemeente":
            columns["gemeentenaam"] = [border.municipality_name for border in borders]
        if borders:
            _write_layer(fresh, layer, [border.shape for border in borders], columns, code, crs, year)
    _write_layer(fresh, "provincies", [whole], {"provincienaam": [name]}, code, crs, year)
    fresh.replace(path)
    return path


def _write_layer(
    path: Path, layer: str, shapes: Sequence[Any], columns: dict[str, list[str]], province: str, crs: str, year: int
) -> None:
    import pyogrio
    import shapely

    many = [shapely.multipolygons(shapely.get_parts(shape)) for shape in shapes]
    columns = {**columns, "provinciecode": [province] * len(many), "jaar": [str(year)] * len(many)}
    pyogrio.raw.write(
        path,
        shapely.to_wkb(np.array(many, dtype=object)),
        [np.array(values, dtype=object) for values in columns.values()],
        list(columns),
        layer=layer,
        crs="EPSG:28992" if crs == RD else "OGC:CRS84",
        geometry_type="MultiPolygon",
        append=path.exists(),
    )
