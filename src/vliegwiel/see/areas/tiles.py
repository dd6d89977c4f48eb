"""Borders as vector tiles: one PMTiles file per level and year, made once per set of borders, read by range from the browser.

Tiles hold a layer `gebieden` with the property `code`; the figures stay in the page and are joined to it. Web Mercator (EPSG:3857).
"""

import gzip
import logging
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from vliegwiel.foundation.design.coverage import simplified
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import coverage

log = logging.getLogger(__name__)
LEVELS = (Level.MUNICIPALITY, Level.DISTRICT, Level.NEIGHBOURHOOD)
LAYER = "gebieden"
MIN_ZOOM, MAX_ZOOM = 5, 10
_WORLD = 20037508.342789244
_EXTENT, _BUFFER = 4096, 64
_METHOD = "1"


def path_of(level: Level, year: int) -> Path | None:
    """Where the tiles of the borders as they are now lie, whether or not they were made; None when there are no borders."""
    digest = coverage.digest_of(level, year)
    name = f"{level.plural}-{year}-{digest}-{_METHOD}.pmtiles"
    return Path(settings.VLIEGWIEL_HOME) / "public" / "tiles" / name if digest else None


def make(level: Level, year: int) -> Path | None:
    """Make the tiles unless they are there; tiles of earlier borders stay until they are cleared, so that open pages work."""
    path = path_of(level, year)
    if path is None or path.exists():
        return path
    from pmtiles.tile import Compression, TileType, zxy_to_tileid
    from pmtiles.writer import Writer

    drawn = coverage.borders_that_fit(level, year)
    codes = sorted(drawn)
    borders = np.array([drawn[code] for code in codes], dtype=object)
    tiles: dict[int, bytes] = {}
    for zoom in range(MIN_ZOOM, MAX_ZOOM + 1):
        for column, row, content in _tiles_at(zoom, codes, borders):
            tiles[zxy_to_tileid(zoom, column, row)] = gzip.compress(content, 9, mtime=0)
    west, south, east, north = bounds_of(borders)
    header = {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": int(west * 1e7),
        "min_lat_e7": int(south * 1e7),
        "max_lon_e7": int(east * 1e7),
        "max_lat_e7": int(north * 1e7),
        "center_zoom": MIN_ZOOM + 2,
        "center_lon_e7": int((west + east) / 2 * 1e7),
        "center_lat_e7": int((south + north) / 2 * 1e7),
    }
    about = {"name": f"{level.plural} {year}", "vector_layers": [{"id": LAYER, "fields": {"code": "String"}}]}
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".fresh")
    with fresh.open("wb") as file:
        writer = Writer(file)
        for tile in sorted(tiles):
            writer.write_tile(tile, tiles[tile])
        writer.finalize(header, about)
    fresh.replace(path)
    log.info("made %d tiles of %s %d", len(tiles), level.plural, year)
    return path


def bounds_of(borders: NDArray[Any]) -> tuple[float, float, float, float]:
    """West, south, east and north in degrees (WGS 84) around borders in RD."""
    import shapely

    west, south, east, north = (float(edge) for edge in shapely.total_bounds(borders))
    corners = [to_degrees(x, y) for x in (west, east) for y in (south, north)]
    longitudes, latitudes = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude (WGS 84, five decimals: about a metre) of a point in RD."""
    longitude, latitude = _transformer(4326).transform(x, y)
    return round(float(longitude), 5), round(float(latitude), 5)


@cache
def _transformer(target: int) -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(28992, target, always_xy=True)


def _tiles_at(zoom: int, codes: list[str], borders: NDArray[Any]) -> list[tuple[int, int, bytes]]:
    """The tiles of one zoom level: column, row and content; simplified to less than half a pixel of a tile of 512."""
    import mapbox_vector_tile
    import shapely

    size = 2 * _WORLD / 2**zoom
    simple = simplified(borders, 0.6 * size / 512 * 0.45) if zoom < MAX_ZOOM else borders
    there = shapely.transform(simple, _to_mercator)
    tree = shapely.STRtree(there)
    west, south, east, north = shapely.total_bounds(there)
    found = []
    for column in range(int((west + _WORLD) // size), int((east + _WORLD) // size) + 1):
        for row in range(int((_WORLD - north) // size), int((_WORLD - south) // size) + 1):
            left, top = column * size - _WORLD, _WORLD - row * size
            edge = size * _BUFFER / _EXTENT
            window = (left - edge, top - size - edge, left + size + edge, top + edge)
            rows = np.sort(tree.query(shapely.box(*window)))
            parts = _on_grid(shapely.clip_by_rect(there[rows], *window), left, top - size, _EXTENT / size)
            features = [
                {"geometry": polygons, "properties": {"code": codes[row_]}}
                for row_, part in zip(rows, parts, strict=True)
                if (polygons := _polygons(part)) is not None
            ]
            if features:
                content = mapbox_vector_tile.encode({"name": LAYER, "features": features}, default_options={"extents": _EXTENT})
                found.append((column, row, content))
    return found


def _on_grid(shapes: NDArray[Any], west: float, south: float, scale: float) -> NDArray[Any]:
    """Shapes in whole units of a tile, from its lower left corner."""
    import shapely

    found: NDArray[Any] = shapely.transform(shapes, lambda points: np.round((points - (west, south)) * scale))
    return found


def _to_mercator(points: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = _transformer(3857).transform(points[:, 0], points[:, 1])
    return np.column_stack((x, y))


def _polygons(shape: Any) -> Any:
    """The part of a shape that has a surface on the grid of a tile."""
    import shapely

    flat = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon" and part.area > 0]
    whole = [part if part.is_valid else shapely.make_valid(part, method="structure", keep_collapsed=False) for part in flat]
    parts = [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon" and part.area > 0]
    return shapely.multipolygons(parts) if parts else None
