"""Where points lie: in which neighbourhood of a province, for thousands at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries as areas

#: Borders on the map are drawn coarsely: what lies this close beside the province lies in it.
_BESIDE = 250.0
#: The Netherlands in metres (RD); what lies outside is no place at all.
RD_BOX = (-10_000, 290_000, 300_000, 640_000)


@dataclass(frozen=True)
class Grounds:
    """The neighbourhoods of a province in the newest year of which we have their borders: codes, names, municipalities and shapes."""

    year: int
    codes: tuple[str, ...]
    names: tuple[str, ...]
    municipalities: tuple[str, ...]
    municipality_names: tuple[str, ...]
    shapes: NDArray[Any]
    tree: Any
    made_up: bool

    def of(self, x: Sequence[float] | NDArray[np.float64], y: Sequence[float] | NDArray[np.float64]) -> NDArray[np.int64]:
        """The neighbourhood (position) of each point, −1 for what lies outside."""
        import shapely

        places = np.column_stack([np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)])
        points = np.asarray(shapely.points(places))
        found = np.full(len(points), -1, dtype=np.int64)
        if not len(points):
            return found
        point, place = self.tree.query_nearest(points, max_distance=_BESIDE, all_matches=False)
        found[point] = place
        return found


def grounds_of(province: str) -> Grounds | None:
    """The neighbourhoods of a province; None when we have no borders of them."""
    return _grounds(areas.stamp(), str(settings.VLIEGWIEL_HOME), province)


@lru_cache(maxsize=4)
def _grounds(_stamp: str, _home: str, province: str) -> Grounds | None:
    import shapely

    for year in areas.years():
        rows = list(areas.of_level(Level.NEIGHBOURHOOD, year, province=province).order_by("code"))
        borders = areas.borders_of([row.code for row in rows], Level.NEIGHBOURHOOD, year)
        rows = [row for row in rows if row.code in borders]
        if rows:
            shapes = np.array([borders[row.code] for row in rows], dtype=object)
            return Grounds(
                year,
                tuple(row.code for row in rows),
                tuple(row.name for row in rows),
                tuple(row.municipality_code for row in rows),
                tuple(row.municipality_name for row in rows),
                shapes,
                shapely.STRtree(shapes),
                all(row.made_up for row in rows),
            )
    return None


Numbers = Sequence[float] | NDArray[np.float64]


def to_rd(lon: Numbers, lat: Numbers) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Metres (RD) of longitudes and latitudes."""
    x, y = _projection().transform(np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64))
    return np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)


def to_globe(x: Numbers, y: Numbers) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes (CRS84) of metres (RD)."""
    points = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    lon, lat = _projection().transform(*points, direction="INVERSE")
    return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


@lru_cache(maxsize=1)
def _projection() -> Any:
    from pyproj import Transformer

    return Transformer.from_crs("OGC:CRS84", "EPSG:28992", always_xy=True)
