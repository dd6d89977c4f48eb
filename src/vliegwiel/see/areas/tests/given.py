"""Small files with areas, as CBS would write them."""

from pathlib import Path
from typing import Any

import numpy as np


def a_border_file(folder: Path, *, crs: str = "EPSG:28992", year: int = 2024, name: str = "grenzen.gpkg", **changes: Any) -> Path:
    """A GeoPackage with one municipality of two neighbourhoods; `shapes` and `codes` of the neighbourhoods may be changed."""
    import pyogrio
    import shapely

    shapes = changes.get("shapes") or [
        shapely.box(200_000, 440_000, 201_000, 441_000),
        shapely.box(201_000, 440_000, 202_000, 441_000),
    ]
    codes = changes.get("codes") or ["BU18760000", "BU18760002"]
    path = folder / name
    layers = {
        "gemeenten": (
            [shapely.box(*shapely.total_bounds(np.array(shapes, dtype=object)))],
            {"gemeentecode": ["GM1876"], "gemeentenaam": ["Bronckhorst"]},
        ),
        "buurten": (shapes, {"buurtcode": codes, "buurtnaam": ["Hengelo", "Veldhoek"], "gemeentenaam": ["Bronckhorst"] * 2}),
    }
    for layer, (drawn, columns) in layers.items():
        many = [shapely.multipolygons(shapely.get_parts(shape)) for shape in drawn]
        fields = {**columns, "provinciecode": ["PV25"] * len(many), "jaar": [str(year)] * len(many)}
        for column in changes.get("without", ()):
            fields.pop(column, None)
        pyogrio.raw.write(
            path,
            shapely.to_wkb(np.array(many, dtype=object)),
            [np.array(values, dtype=object) for values in fields.values()],
            list(fields),
            layer=layer,
            crs=crs,
            geometry_type="MultiPolygon",
            append=path.exists(),
        )
    return path
