"""Tiles hold the same areas as the borders they were made of, once per area and joined at their borders."""

import gzip
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import pytest
import shapely

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import coverage, tiles
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import a_border_file

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")


def _read(path: Path) -> dict[tuple[int, int, int], dict[str, Any]]:
    from pmtiles.reader import MmapSource, all_tiles

    with path.open("rb") as file:
        return {where: mapbox_vector_tile.decode(gzip.decompress(content)) for where, content in all_tiles(MmapSource(file))}


def test_every_area_is_in_the_tiles_and_neighbours_touch(tmp_path: Path) -> None:
    import_areas(actor=CLI, path=a_border_file(tmp_path), year=2024)
    path = tiles.make(Level.NEIGHBOURHOOD, 2024)
    assert path is not None
    found = _read(path)
    assert {zoom for zoom, _column, _row in found} == set(range(tiles.MIN_ZOOM, tiles.MAX_ZOOM + 1))
    shapes: dict[str, list[Any]] = {}
    for (zoom, _column, _row), tile in found.items():
        if zoom == tiles.MAX_ZOOM:
            for feature in tile[tiles.LAYER]["features"]:
                shapes.setdefault(feature["properties"]["code"], []).append(shapely.geometry.shape(feature["geometry"]))
    assert set(shapes) == {"BU18760000", "BU18760002"}
    one, other = (shapely.union_all(parts) for parts in shapes.values())
    assert one.intersection(other).area == 0
    assert one.intersection(other).length > 0


def test_made_twice_they_are_the_same_file_and_new_borders_get_a_new_name(tmp_path: Path) -> None:
    import_areas(actor=CLI, path=a_border_file(tmp_path), year=2024)
    first = tiles.make(Level.NEIGHBOURHOOD, 2024)
    assert first is not None
    before = first.read_bytes()
    first.unlink()
    assert tiles.make(Level.NEIGHBOURHOOD, 2024) == first
    assert first.read_bytes() == before
    shapes = [shapely.box(200_000, 440_000, 201_000, 441_000), shapely.box(201_000, 440_000, 202_000, 442_000)]
    import_areas(actor=CLI, path=a_border_file(tmp_path, shapes=shapes, name="nieuw.gpkg"), year=2024)
    assert tiles.path_of(Level.NEIGHBOURHOOD, 2024) != first


def test_a_year_without_borders_has_no_tiles() -> None:
    assert tiles.make(Level.NEIGHBOURHOOD, 1999) is None
    assert coverage.borders_that_fit(Level.NEIGHBOURHOOD, 1999) == {}


def test_a_point_in_rd_lies_where_it_should() -> None:
    assert tiles.to_degrees(155_000, 463_000) == pytest.approx((5.38721, 52.15517), abs=2e-5)


@pytest.mark.data
def test_the_real_neighbourhoods_keep_their_size_and_fit_each_other(data: Path) -> None:
    import numpy as np

    from vliegwiel.see.areas import borders, queries

    import_areas(actor=CLI, path=next(data.glob("geo/wijkenbuurten_2024_*PV25*.gpkg")), year=2024)
    drawn = borders.load(queries.border_digests(Level.NEIGHBOURHOOD, 2024))
    fitting = coverage.borders_that_fit(Level.NEIGHBOURHOOD, 2024)
    assert len(fitting) == len(drawn) == 1814
    assert shapely.coverage_is_valid(np.array(list(fitting.values()), dtype=object))
    changes = [fitting[code].area / drawn[code].area for code in drawn if drawn[code].area > 500_000]
    assert min(changes) > 0.85
    assert max(changes) < 1.15
