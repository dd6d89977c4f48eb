"""A composite index is an honest range: a small example by hand, and what must hold for any figures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vliegwiel.engines.indices import Composite, composite, correlations, leave_one_out, rerun
from vliegwiel.engines.indices.ranking import in_worst, places

MORE_IS_WORSE, MORE_IS_BETTER = "lower_is_better", "higher_is_better"
ROOT = np.sqrt(0.5)
#: Five areas: distance to the doctor (km) and income (× € 1.000).
EXAMPLE = np.array([[1, 20], [2, 10], [3, 30], [4, 50], [5, 40]], dtype=float)
NAN = np.nan

cells = st.one_of(st.integers(-50, 50).map(float), st.just(NAN))
tables = st.tuples(st.integers(5, 12), st.integers(2, 5)).flatmap(lambda shape: arrays(float, shape, elements=cells))
quick = settings(max_examples=40, deadline=None)


def an_index(data: np.ndarray, **changes: object) -> Composite:
    width = np.shape(data)[1]
    given_ = {
        "directions": [MORE_IS_WORSE] * width,
        "weights": [1.0] * width,
        "groups": [f"theme {place % 3}" for place in range(width)],
        "draws": 60,
    }
    return composite(data, **{**given_, **changes})


def the_example(**changes: object) -> Composite:
    return an_index(EXAMPLE, **{"directions": [MORE_IS_WORSE, MORE_IS_BETTER], "groups": ["near", "money"], **changes})


def test_scores_and_places_are_those_worked_out_by_hand() -> None:
    found = the_example(weights=[3, 1])
    # z-scores of both columns are ±√2, ±√½ and 0; income counts the other way round.
    assert found.theme_scores[:, 0] == pytest.approx([-2 * ROOT, -ROOT, 0, ROOT, 2 * ROOT])
    assert found.theme_scores[:, 1] == pytest.approx([ROOT, 2 * ROOT, 0, -2 * ROOT, -ROOT])
    assert found.score == pytest.approx([-1.25 * ROOT, -0.25 * ROOT, 0, 0.25 * ROOT, 1.25 * ROOT])
    assert found.place.tolist() == [5, 4, 3, 2, 1]
    assert found.pressure.tolist() == [[0, 0], [0, 1], [0, 0], [0, 0], [1, 0]]


def test_areas_that_come_out_the_same_share_their_place() -> None:
    assert the_example(weights=[1, 1]).place.tolist() == [4.5, 1.5, 3.0, 4.5, 1.5]


def test_a_missing_indicator_leaves_its_weight_to_the_rest() -> None:
    data = EXAMPLE.copy()
    data[4, 1] = NAN
    found = an_index(data, directions=[MORE_IS_WORSE, MORE_IS_BETTER], groups=["near", "money"])
    assert found.score[4] == pytest.approx(2 * ROOT)
    assert found.pressure[4].tolist() == [1, -1]


def test_an_area_with_less_than_half_of_the_themes_has_no_index_and_says_why() -> None:
    data = np.array([[1, 2, 3], [4, NAN, NAN], [3, 3, NAN], [2, 5, 1]], dtype=float)
    found = an_index(data)
    assert found.reasons == (None, "few-themes", None, None)
    assert np.isnan(found.chance[1])
    assert (found.low[1], found.high[1]) == (0, 0)


def test_few_or_unknown_inhabitants_give_no_index_and_do_not_shape_the_scale() -> None:
    people = np.array([500, 199, 200, NAN, 900, 900])
    data = np.array([[1, 1], [999, -999], [2, 2], [999, 999], [3, 3], [4, 4]], dtype=float)
    found = an_index(data, population=people)
    assert found.reasons == (None, "few-people", None, "unknown-people", None, None)
    assert found.score[[0, 2, 4, 5]] == pytest.approx(an_index(data[[0, 2, 4, 5]]).score)


def test_a_model_of_what_a_register_counts_is_not_counted_twice() -> None:
    data = np.column_stack((EXAMPLE[:, 0], EXAMPLE[:, 0], EXAMPLE[:, 1]))
    twice = an_index(data, kinds=["model", "register", "register"], same_as=["near", "near", ""], groups=["a", "a", "b"])
    assert twice.left_out == {"x1": "same-as:x2"}
    assert twice.score == pytest.approx(an_index(data[:, 1:], groups=["a", "b"]).score)


def test_a_register_that_covers_too_little_gives_way_to_the_model() -> None:
    data = np.column_stack((EXAMPLE[:, 0], [1, NAN, NAN, NAN, NAN], EXAMPLE[:, 1]))
    found = an_index(data, kinds=["model", "register", "register"], same_as=["near", "near", ""])
    assert found.left_out == {"x2": "same-as:x1"}


def test_margins_of_the_source_widen_the_range_and_their_absence_is_said() -> None:
    data = np.random.default_rng(7).normal(size=(60, 3))
    errors = np.full(data.shape, NAN)
    errors[:, 0] = 0.8
    exact, unsure = an_index(data, draws=400), an_index(data, draws=400, margins=errors)
    assert exact.margin_known == (False, False, False)
    assert unsure.margin_known == (True, False, False)
    assert (unsure.high - unsure.low).mean() > (exact.high - exact.low).mean() + 1
    assert exact.shares["margins"] == 0
    assert unsure.shares["margins"] > 0.3
    assert sum(unsure.shares.values()) == pytest.approx(1)


def test_a_wider_spread_of_weights_gives_wider_ranges() -> None:
    data = np.random.default_rng(7).normal(size=(60, 4))
    narrow, wide = (an_index(data, draws=300, spread=spread) for spread in (0.02, 0.3))
    assert (wide.high - wide.low).mean() > 1.5 * (narrow.high - narrow.low).mean()


def test_the_receipt_can_be_run_again_and_gives_the_same_bytes() -> None:
    data = np.random.default_rng(3).normal(size=(40, 4))
    people = np.full(40, 300.0)
    first = an_index(data, population=people)
    again = rerun(first.receipt, data, population=people)
    assert again.digest == first.digest
    assert again.receipt.hash == first.receipt.hash
    assert an_index(data, population=people, seed=1).digest != first.digest


def test_other_data_do_not_pass_for_those_of_the_receipt() -> None:
    first = the_example()
    with pytest.raises(ValueError, match="not the data of the receipt"):
        rerun(first.receipt, EXAMPLE + 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"weights": [0, 0]}, "above zero"),
        ({"weights": [1, -1]}, "not below zero"),
        ({"weights": [1]}, "weights needs 2"),
        ({"directions": ["up", "down"]}, "direction"),
        ({"spread": 0}, "spread"),
        ({"standardisation": []}, "standardisation"),
        ({"names": ["a", "a"]}, "twice"),
        ({"kinds": ["register", "guess"]}, "kind"),
        ({"margins": [[0.1]]}, "shape"),
    ],
)
def test_what_does_not_fit_together_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        the_example(**changes)


def test_without_any_known_value_nobody_has_an_index() -> None:
    found = an_index(np.full((6, 2), NAN))
    assert not found.with_index.any()
    assert set(found.reasons) == {"few-themes"}
    assert found.left_out == {"x1": "not-known", "x2": "not-known"}


def test_without_areas_there_is_nothing_and_no_fault() -> None:
    found = an_index(np.empty((0, 3)))
    assert found.reasons == ()
    assert found.theme_scores.shape == (0, 3)


def test_one_indicator_left_out_moves_only_places_that_rested_on_it() -> None:
    data = np.column_stack((np.arange(20.0), np.arange(20.0), np.arange(20.0)[::-1]))
    whole = an_index(data, groups=["a", "a", "a"], weights=[2, 1, 1])
    found = {item.indicator: item for item in leave_one_out(whole, data)}
    assert found["x2"].mean_shift == 0
    # Without x1 the two others cancel: everybody shares the middle place.
    assert found["x1"].mean_shift == pytest.approx(np.abs(np.arange(1, 21) - 10.5).mean())
    assert correlations(data)[0].tolist() == [1, 1, -1]


@quick
@given(tables)
def test_the_unit_does_not_matter(data: np.ndarray) -> None:
    factors = 2.0 ** np.arange(data.shape[1])
    first, other = an_index(data), an_index(data * factors)
    np.testing.assert_array_equal(first.place, other.place)
    np.testing.assert_array_equal(first.chance, other.chance)


@quick
@given(tables, st.randoms())
def test_the_order_of_areas_does_not_matter(data: np.ndarray, chance: object) -> None:
    order = list(range(len(data)))
    chance.shuffle(order)
    first, other = an_index(data), an_index(data[order])
    np.testing.assert_array_equal(first.low[order], other.low)
    np.testing.assert_array_equal(first.high[order], other.high)
    np.testing.assert_array_equal(first.chance[order], other.chance)
    np.testing.assert_array_equal(first.theme_chance[order], other.theme_chance)


@quick
@given(tables)
def test_the_range_holds_the_place_with_the_public_weights(data: np.ndarray) -> None:
    found = an_index(data)
    there = found.with_index
    assert (found.low[there] <= found.place[there]).all()
    assert (found.place[there] <= found.high[there]).all()
    assert (found.low[there] >= 1).all()
    assert (found.high[there] <= there.sum()).all()


@quick
@given(arrays(float, st.tuples(st.integers(5, 12), st.integers(2, 5)), elements=st.integers(-50, 50).map(float)))
def test_an_area_worse_on_everything_is_never_ranked_better(data: np.ndarray) -> None:
    data[1] = data[0] + 1
    found = an_index(data)
    assert found.place[1] <= found.place[0]
    assert found.low[1] <= found.low[0]
    assert found.high[1] <= found.high[0]
    assert found.chance[1] >= found.chance[0]
    assert (found.theme_chance[1] >= found.theme_chance[0]).all()


@quick
@given(tables, st.integers(1, 40))
def test_more_of_what_is_bad_never_gives_a_better_place(data: np.ndarray, more: int) -> None:
    data[0] = np.nan_to_num(data[0])
    worse = data.copy()
    worse[0, 0] += more
    # By rank: there a change of one area moves the scale of the others only where it passes them.
    first, other = (an_index(table, standardisation=["rank"]) for table in (data, worse))
    assert other.place[0] <= first.place[0]
    assert other.chance[0] >= first.chance[0]


@quick
@given(tables)
def test_what_is_missing_counts_neither_as_good_nor_as_bad(data: np.ndarray) -> None:
    empty = np.column_stack((data, np.full(len(data), NAN)))
    groups = [f"theme {place % 3}" for place in range(data.shape[1])]
    first, other = an_index(data, groups=groups), an_index(empty, groups=[*groups, groups[0]])
    np.testing.assert_array_equal(first.theme_scores, other.theme_scores)
    np.testing.assert_array_equal(first.pressure, other.pressure)
    assert first.reasons == other.reasons


def test_a_theme_keeps_its_weight_when_one_of_its_indicators_is_known_nowhere() -> None:
    data = np.column_stack((EXAMPLE[:, 0], EXAMPLE[:, 1], np.full(5, NAN)))
    found = an_index(data, directions=[MORE_IS_WORSE, MORE_IS_BETTER, MORE_IS_WORSE], groups=["near", "money", "near"])
    assert found.left_out == {"x3": "not-known"}
    assert found.score == pytest.approx(the_example(weights=[2, 1]).score)


def test_a_middling_area_of_which_one_figure_is_missing_stays_in_the_middle() -> None:
    data = np.column_stack([np.arange(-5.0, 6.0)] * 4)
    data[5, 1] = NAN
    assert an_index(data, groups=list("abcd")).place[5] == 6


@quick
@given(arrays(float, st.tuples(st.integers(1, 4), st.integers(1, 20)), elements=st.integers(-3, 3).map(float)))
def test_who_is_in_the_worst_fifth_follows_from_the_places(scores: np.ndarray) -> None:
    expected = places(scores) <= 0.2 * scores.shape[1] + 1e-9
    np.testing.assert_array_equal(in_worst(scores, 0.2), expected)
    np.testing.assert_allclose(places(scores).sum(axis=1), scores.shape[1] * (scores.shape[1] + 1) / 2)


def test_the_chances_of_all_areas_add_up_to_the_worst_fifth() -> None:
    found = an_index(np.random.default_rng(5).normal(size=(50, 4)))
    assert found.chance.sum() == pytest.approx(10)
    assert np.nansum(found.theme_chance, axis=0) == pytest.approx([10, 10, 10])
