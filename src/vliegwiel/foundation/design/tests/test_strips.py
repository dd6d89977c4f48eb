"""Where a value stands among others: the same as counting and sorting by hand."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.foundation.design.strips import spread_of, strip_of

_VALUES = st.lists(st.integers(-50, 50).map(float), min_size=5, max_size=60)


@given(_VALUES, st.integers(-60, 60).map(float))
def test_the_rank_counts_those_that_are_higher(others: list[float], value: float) -> None:
    assert spread_of(np.array(others)).rank_from_top(value) == 1 + sum(other > value for other in others)


@given(_VALUES, st.integers(-60, 60).map(float))
def test_a_strip_runs_from_low_to_high_with_everything_inside(others: list[float], value: float) -> None:
    strip = strip_of(value, spread_of(np.array(others)))
    assert strip is not None
    assert strip.dot is not None
    assert 2 <= strip.low <= strip.band[0] <= strip.middle <= strip.band[1] <= strip.high <= 98
    assert 2 <= strip.dot <= 98
    assert strip.count == len(others)


def test_fewer_than_five_others_give_no_strip_and_none_at_all_no_error() -> None:
    assert strip_of(1.0, spread_of(np.array([1.0, 2.0, 3.0, 4.0]))) is None
    assert strip_of(None, spread_of(np.array([]))) is None
