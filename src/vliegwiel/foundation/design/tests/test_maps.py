"""Borders become paths that a browser draws, all at once or one by one alike."""

import pytest
import shapely

from vliegwiel.foundation.design.maps import Frame

SQUARE = shapely.box(0, 0, 1_000, 1_000)
BORDERS = {
    "a": SQUARE,
    "b": shapely.box(1_000, 0, 3_000, 1_000).difference(shapely.box(1_500, 300, 2_500, 700)),
    "c": shapely.union(shapely.box(3_000, 0, 4_000, 900), shapely.box(3_200, 950, 3_204, 954)),
}


def test_a_square_is_four_corners_in_units_of_the_drawing() -> None:
    frame = Frame.around({"a": SQUARE}, width=108, margin=4)
    assert (frame.width, frame.height) == (108, 108)
    path = frame.path(SQUARE)
    assert path.startswith("M")
    assert path.endswith("z")
    steps = [tuple(map(float, step.split())) for step in path[:-1].split("l")[1:]]
    assert [round(max(map(abs, step))) for step in steps] == [100, 100, 100]


def test_a_hole_is_kept_and_what_nobody_can_see_is_left_out() -> None:
    frame = Frame.around(BORDERS, width=400)
    assert frame.path(BORDERS["b"]).count("M") == 2
    assert frame.path(BORDERS["c"]).count("M") == 1


@pytest.mark.parametrize("width", [80, 300, 640])
def test_drawing_all_at_once_gives_the_same_as_one_by_one(width: int) -> None:
    frame = Frame.around(BORDERS, width=width)
    assert frame.paths(BORDERS) == {code: frame.path(border) for code, border in BORDERS.items()}
