"""What is read from the parts: stacking, kinds of pressure and place, areas that look alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vliegwiel.engines.indices import (
    Condition,
    PlaceRule,
    PressureRule,
    composite,
    places,
    similar,
    stacking,
    typology,
)

NAN = np.nan
THEMES = ("money", "health", "near", "safe")
RULES = [
    PressureRule("broad", at_least=3),
    PressureRule("people", at_least=1, among=("money", "health")),
    PressureRule("place", at_least=1, among=("near", "safe")),
    PressureRule("none", at_most=0),
]


def test_stacking_counts_known_themes_only_and_keeps_silent_under_half() -> None:
    found = stacking([[1, 0, 1, -1], [1, 1, -1, -1], [1, -1, -1, -1], [0, 0, 0, 0]])
    assert [str(stack) if stack else None for stack in found] == [
        "2 van 3 bekende thema’s",
        "2 van 2 bekende thema’s",
        None,
        "0 van 4 bekende thema’s",
    ]


def test_the_kind_of_pressure_is_the_first_rule_that_fits_with_the_share_of_draws_that_say_so() -> None:
    pressure = [[1, 1, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0], [1, -1, -1, -1]]
    patterns = np.array([[7, 1, 8, 0, 1], [7, 1, 0, 0, 1], [3, 1, 8, 0, 1], [7, 9, 8, 1, 1]])
    found = typology(patterns, pressure, THEMES, RULES)
    assert found.kinds == ("broad", "people", "place", "none", None)
    assert found.certainty[:4].tolist() == [0.75, 1.0, 0.75, 0.75]
    assert np.isnan(found.certainty[4])


def test_the_draws_of_an_index_give_a_certainty_to_each_kind() -> None:
    data = np.random.default_rng(2).normal(size=(80, 8))
    index = composite(data, ["lower_is_better"] * 8, [1] * 8, [THEMES[place // 2] for place in range(8)], draws=200)
    found = typology(index.patterns, index.pressure, index.themes, RULES)
    assert all(kind is not None for kind in found.kinds)
    assert ((found.certainty >= 0) & (found.certainty <= 1)).all()
    clear = (np.abs(index.theme_chance - 0.5) == 0.5).all(axis=1)
    assert clear.any()
    assert (found.certainty[clear] == 1).all()


PLACES = [
    PlaceRule("city", (Condition("urbanity", below=3),)),
    PlaceRule("remote village", (Condition("urbanity", least=4), Condition("shop", least=2))),
    PlaceRule("village", (Condition("urbanity", least=4),)),
    PlaceRule("town"),
]


def test_the_kind_of_place_is_unknown_when_a_missing_fact_could_decide() -> None:
    found = places({"urbanity": [1, 5, 5, 3, 5, NAN], "shop": [NAN, 4, 1, NAN, NAN, 1]}, PLACES)
    assert found == ("city", "remote village", "village", "town", None, None)


def test_alike_is_near_on_all_features_and_the_difference_is_named() -> None:
    people = [1000.0, 1010.0, 2000.0, 1000.0]
    old = [20.0, 20.0, 20.0, 40.0]
    found = similar(np.column_stack((people, old)), ["people", "old"], 0, count=3)
    assert found[0].row == 1
    assert {likeness.row for likeness in found} == {1, 2, 3}
    nearest_but_older = next(likeness for likeness in found if likeness.row == 3)
    assert nearest_but_older.differences[0].feature == "old"
    assert nearest_but_older.differences[0].size > 0
    assert nearest_but_older.differences[1].size == 0


def test_sizes_are_compared_by_ratio_when_asked() -> None:
    people = np.array([[100.0], [200.0], [1000.0], [1099.0]])
    assert similar(people, ["people"], 2, count=1)[0].row == 3
    by_ratio = similar(people, ["people"], 1, count=3, logarithmic=["people"])
    assert [likeness.row for likeness in by_ratio] == [0, 2, 3]


def test_an_area_that_shares_too_few_features_is_not_called_alike() -> None:
    features = np.array([[1, 1, 1], [1, NAN, NAN], [3, 1, NAN], [9, 9, 9]], dtype=float)
    assert [likeness.row for likeness in similar(features, list("abc"), 0)] == [2, 3]
    assert similar(np.full((3, 2), NAN), list("ab"), 0) == []


def test_only_candidates_are_chosen() -> None:
    features = np.arange(6.0)[:, None]
    found = similar(features, ["x"], 0, candidates=[True, False, True, True, False, True], count=2)
    assert [likeness.row for likeness in found] == [2, 3]


@given(arrays(float, st.tuples(st.integers(2, 12), st.just(3)), elements=st.integers(-20, 20).map(float)))
def test_distance_is_symmetric_zero_for_equals_and_blind_to_units(features: np.ndarray) -> None:
    names = list("abc")

    def distances(values: np.ndarray, row: int) -> dict[int, float]:
        return {found.row: found.distance for found in similar(values, names, row, count=len(values))}

    assert distances(features, 0)[1] == pytest.approx(distances(features, 1)[0])
    assert distances(features * [2, 4, 8] + [0, 16, 32], 0) == pytest.approx(distances(features, 0))
    twins = np.vstack((features, features[0]))
    assert distances(twins, 0)[len(features)] == 0
