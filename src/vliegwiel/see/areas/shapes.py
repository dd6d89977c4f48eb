"""Borders as GeoJSON in the two coordinate systems that we serve: longitude and latitude (CRS84), and RD (EPSG:28992)."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.see.areas import borders, queries
from vliegwiel.see.areas.listing import Layer, listed


@dataclass(frozen=True)
class Crs:
    """A coordinate system (*coördinatenreferentiesysteem*): its URI, EPSG name for pyproj, decimals we write, and where it is valid.

    `bounds` are west, south, east, north in its own unit.
    """

    uri: str
    name: str
    decimals: int
    bounds: tuple[float, float, float, float]

    @property
    def legacy(self) -> dict[str, Any] | None:
        """The `crs` member that map programs read in a saved file (GeoJSON 2008); none for degrees, which need no telling (RFC 7946)."""
        return (
            None if self is CRS84 else {"type": "name", "properties": {"name": f"urn:ogc:def:crs:{self.name.replace(':', '::')}"}}
        )


CRS84 = Crs("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "OGC:CRS84", 7, (-180.0, -90.0, 180.0, 90.0))
RD = Crs("http://www.opengis.net/def/crs/EPSG/0/28992", "EPSG:28992", 1, (-7_000.0, 289_000.0, 300_000.0, 629_000.0))
SYSTEMS = {crs.uri: crs for crs in (CRS84, RD)}


@dataclass(frozen=True)
class Shapes:
    """The borders of a layer in one coordinate system, in order of code: `codes`, `names`, `shapes` and `texts` (GeoJSON), aligned."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    shapes: NDArray[Any]
    texts: tuple[str, ...]

    def touching(self, box: Any) -> NDArray[np.int64]:
        """The places of the areas that touch a box."""
        import shapely

        return np.flatnonzero(shapely.intersects(self.shapes, box))

    def bounds(self) -> list[float]:
        """West, south, east, north of everything."""
        import shapely

        return [float(value) for value in shapely.total_bounds(self.shapes)]


def shapes_of(layer: Layer, crs: Crs) -> Shapes:
    """The borders of a layer, remembered until areas are imported."""
    return _shapes(queries.stamp(), layer, crs)


@lru_cache(maxsize=12)
def _shapes(_stamp: str, layer: Layer, crs: Crs) -> Shapes:
    import shapely

    listing = listed(layer.level, layer.year)
    found = borders.load(layer.hashes)
    there = [(code, name) for code, name in zip(listing.codes, listing.names, strict=True) if code in found]
    drawn = np.array([found[code] for code, _name in there], dtype=object)
    if crs != RD:
        drawn = _moved(drawn, crs)
    drawn = shapely.orient_polygons(shapely.transform(drawn, lambda points: np.round(points, crs.decimals)))
    codes, names = tuple(code for code, _name in there), tuple(name for _code, name in there)
    return Shapes(codes, names, drawn, tuple(shapely.to_geojson(drawn).tolist()))


def _moved(shapes: NDArray[Any], crs: Crs) -> NDArray[Any]:
    """The same areas in another system; each whole set of points is moved at once."""
    import shapely
    from pyproj import Transformer

    to = Transformer.from_crs(RD.name, crs.name, always_xy=True).transform
    found: NDArray[Any] = shapely.transform(shapes, lambda points: np.column_stack(to(points[:, 0], points[:, 1])))
    return found


def feature(code: str, border: str, properties: dict[str, Any]) -> str:
    """One GeoJSON feature as text; the border is text already."""
    body = json.dumps(properties, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f'{{"type":"Feature","id":"{code}","geometry":{border},"properties":{body}}}'
