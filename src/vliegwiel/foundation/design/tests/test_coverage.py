"""Neighbours share their border, whatever the drawing did to it."""

from typing import Any

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel.foundation.design.coverage import joined, simplified


def _squares(shifts: list[tuple[int, int]]) -> Any:
    """Nine squares of a kilometre, each drawn a little beside its place, so that they overlap and leave slivers."""
    found = []
    for place, (east, north) in enumerate(shifts):
        x, y = 200_000 + 1000 * (place % 3) + east, 440_000 + 1000 * (place // 3) + north
        found.append(shapely.box(x, y, x + 1000, y + 1000))
    return np.array(found, dtype=object)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20)), min_size=9, max_size=9))
def test_areas_that_were_drawn_one_by_one_neither_overlap_nor_leave_slivers(shifts: list[tuple[int, int]]) -> None:
    drawn = _squares(shifts)
    fitting = joined(drawn)
    assert shapely.coverage_is_valid(fitting)
    whole = shapely.union_all(fitting)
    assert shapely.get_num_interior_rings(whole) == 0
    assert abs(float(shapely.area(fitting).sum()) - whole.area) < 1.0
    assert all(abs(float(after.area) / float(before.area) - 1) < 0.1 for before, after in zip(drawn, fitting, strict=True))


def test_simplified_areas_keep_sharing_their_border() -> None:
    line = [(1000 + 40 * (step % 2), 50 * step) for step in range(41)]
    west = shapely.polygons([(0, 0), *line, (0, 2000)])
    east = shapely.polygons([(2000, 0), *line, (2000, 2000)])
    simple = simplified(np.array([west, east], dtype=object), 100)
    assert shapely.get_num_coordinates(simple).sum() < shapely.get_num_coordinates([west, east]).sum() / 2
    assert shapely.coverage_is_valid(simple)
    assert shapely.intersection(simple[0], simple[1]).length > 1900


def test_a_lake_that_nobody_drew_stays_a_lake() -> None:
    around = shapely.difference(shapely.box(0, 0, 3000, 3000), shapely.box(1000, 1000, 2000, 2000))
    halves = np.array(
        [shapely.intersection(around, half) for half in (shapely.box(0, 0, 1500, 3000), shapely.box(1500, 0, 3000, 3000))]
    )
    assert shapely.area(joined(halves)).sum() == shapely.area(halves).sum()
