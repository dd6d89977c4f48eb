"""Small files with areas, as CBS would write them."""

import csv
from pathlib import Path
from typing import Any

import numpy as np


def a_border_file(folder: Path, *, crs: str = "EPSG:28992", year: int = 2024, name: str = "grenzen.gpkg", **changes: Any) -> Path:
    """A GeoPackage with one municipality of two neighbourhoods; `shapes`, `codes` and `names` of the neighbourhoods may be changed."""
    import pyogrio
    import shapely

    shapes = changes.get("shapes") or [
        shapely.box(200_000, 440_000, 201_000, 441_000),
        shapely.box(201_000, 440_000, 202_000, 441_000),
    ]
    codes = changes.get("codes") or ["BU18760000", "BU18760002"]
    path = folder / name
    names = changes.get("names") or ["Hengelo", "Veldhoek"]
    layers = {
        "gemeenten": (
            [shapely.box(*shapely.total_bounds(np.array(shapes, dtype=object)))],
            {"gemeentecode": ["GM1876"], "gemeentenaam": ["Bronckhorst"]},
        ),
        "buurten": (shapes, {"buurtcode": codes, "buurtnaam": names, "gemeentenaam": ["Bronckhorst"] * 2}),
    }
    for layer, (drawn, columns) in layers.items():
        many = [shapely.multipolygons(shapely.get_parts(shape)) for shape in drawn]
        fields = {**columns, "provinciecode": ["PV25"] * len(many), "jaar": [str(year)] * len(many)}
        for column in changes.get("without", ()):
            fields.pop(column, None)
        pyogrio.raw.write(
            path,
            shapely.to_wkb(np.array(many, dtype=object)),
            [np.array(values, dtype=None if isinstance(values[0], float) else object) for values in fields.values()],
            list(fields),
            layer=layer,
            crs=crs,
            geometry_type="MultiPolygon",
            append=path.exists(),
        )
    return path


def a_register(folder: Path, rows: list[dict[str, str]], *, name: str) -> Path:
    """A CSV with these rows."""
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def a_list_of_areas(folder: Path, areas: dict[str, str], *, name: str = "lijst.csv") -> Path:
    """The dimension table of CBS: code and name."""
    return a_register(folder, [{"Key": f"{code}  ", "Title": title} for code, title in areas.items()], name=name)


def provinces_of(folder: Path, rows: list[tuple[int, str, str, str]], *, name: str = "provincies.csv") -> Path:
    """Year, municipality, its name, its province."""
    columns = ("jaar", "gemeentecode", "gemeentenaam", "provinciecode")
    return a_register(folder, [dict(zip(columns, map(str, row), strict=True)) for row in rows], name=name)


def links_of(folder: Path, rows: list[tuple[int, int, str, str, float]], *, name: str = "herindelingen.csv") -> Path:
    """Old year, new year, old municipality, new municipality, share of its land."""
    columns = ("jaar_van", "jaar_naar", "oude_gemeentecode", "nieuwe_gemeentecode", "aandeel_landoppervlak")
    return a_register(folder, [dict(zip(columns, map(str, row), strict=True)) for row in rows], name=name)
