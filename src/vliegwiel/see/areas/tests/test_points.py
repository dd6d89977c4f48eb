"""Boxes around points on the map, in each system."""

from pyproj import Transformer

from vliegwiel.see.areas.points import box_in_degrees, box_in_metres
from vliegwiel.see.areas.shapes import CRS84


def test_a_wide_box_holds_what_lies_at_the_middle_of_its_sides() -> None:
    west, south, east, north = box_in_metres((3.5, 51.0, 7.5, 53.5), CRS84)
    inside = Transformer.from_crs("OGC:CRS84", "EPSG:28992", always_xy=True).transform
    for lon, lat in ((5.5, 51.001), (5.5, 53.499), (3.501, 52.2), (7.499, 52.2)):
        x, y = inside(lon, lat)
        assert west <= x <= east
        assert south <= y <= north
    around = box_in_degrees((100_000.0, 310_000.0, 280_000.0, 610_000.0))
    lon, lat = Transformer.from_crs("EPSG:28992", "OGC:CRS84", always_xy=True).transform(155_000, 610_000)
    assert around[3] >= lat - 1e-4
