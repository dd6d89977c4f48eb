"""What must not matter: the scale of weights, the order of rows, how files are cut, what categories are called, how data come in."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel.engines.estimation import Design, Estimates
from vliegwiel.engines.estimation.tests.given import a_survey

KIND: dict[str, Any] = {"weights": "weight", "strata": "stratum", "clusters": "psu", "lonely_psu": "adjust"}
AGES, TOWNS = {"18-34": 3000, "35-54": 4000, "55+": 5000}, {f"t{one}": 2400 for one in range(5)}
quick = settings(max_examples=12, deadline=None)
seeds = st.integers(0, 10_000)
NUMBERS = ("estimate", "se", "lower", "upper", "df", "n", "n_effective")


def _asked(design: Design) -> list[Estimates]:
    """A bit of everything."""
    raked = design.rake({"age": AGES, "town": TOWNS})
    return [
        design.mean(["score", "income"], by=["town", "wave"]),
        design.total("score", by="age"),
        design.ratio("score", "income", by="town"),
        design.proportion("age", by="wave", interval="beta"),
        design.quantile("income", [0.1, 0.5, 0.9], by="age"),
        design.subset("score IS NOT NULL AND income > 1000").mean("score", by="town"),
        design.regression("score ~ age + income"),
        raked.mean("score", by="wave"),
        raked.total("income"),
        design.replicates("JKn").mean("score", by="wave"),
        design.mean("score", by="town").compare(),
        design.mean("score", by="wave").contrast({"change": {"2024": 1, "2022": -1}}),
    ]


def _equal(one: list[Estimates], other: list[Estimates], rel: float = 1e-9, *, but: tuple[str, ...] = ()) -> None:
    for a, b in zip(one, other, strict=True):
        assert a.category == b.category
        for name in NUMBERS:
            if name not in but:
                assert b[name].astype(float) == pytest.approx(a[name].astype(float), rel=rel, nan_ok=True), (a.kind, name)


@quick
@given(seeds, st.floats(1e-3, 1e4))
def test_the_scale_of_weights_matters_only_for_totals(seed: int, scale: float) -> None:
    data = a_survey(120, seed)
    one, other = Design(data, **KIND), Design({**data, "weight": [scale * value for value in data["weight"]]}, **KIND)
    # The size of the population is in the design effect, as in R.
    _equal([one.mean("score", by="town")], [other.mean("score", by="town")], but=("n_effective",))
    _equal([one.quantile("income", [0.25, 0.5])], [other.quantile("income", [0.25, 0.5])])
    assert other.total("score").estimate == pytest.approx(scale * one.total("score").estimate)
    assert other.total("score").se == pytest.approx(scale * one.total("score").se)
    _equal([one.rake({"age": AGES}).total("score")], [other.rake({"age": AGES}).total("score")])
    assert one.kish == pytest.approx(other.kish)


@quick
@given(seeds)
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    data = a_survey(150, seed)
    order = np.random.default_rng(seed).permutation(150)
    shuffled = {name: [values[place] for place in order] for name, values in data.items()}
    _equal(_asked(Design(data, **KIND)), _asked(Design(shuffled, **KIND)), 1e-8)


@quick
@given(seeds)
def test_what_categories_and_clusters_are_called_changes_nothing_but_names(seed: int) -> None:
    data = a_survey(150, seed)
    stream = np.random.default_rng(seed)
    renamed = dict(data)
    for name in ("stratum", "psu", "town"):
        levels = sorted(set(data[name]))
        names = [f"x{one:03}" for one in stream.permutation(len(levels))]
        renamed[name] = [dict(zip(levels, names, strict=True))[value] for value in data[name]]
    one, other = Design(data, **KIND).mean("score", by="town"), Design(renamed, **KIND).mean("score", by="town")
    pairs = dict(zip(data["town"], renamed["town"], strict=True))
    rows = [list(other["town"]).index(pairs[town]) for town in one["town"]]
    for name in NUMBERS:
        assert other[name][rows].astype(float) == pytest.approx(one[name].astype(float), nan_ok=True)


def test_how_data_come_in_and_how_files_are_cut_changes_nothing(tmp_path: Path) -> None:
    data = a_survey(200)
    table = pa.table(data)
    whole, parts = tmp_path / "whole.parquet", tmp_path / "parts"
    parts.mkdir()
    pq.write_table(table, whole)
    for place, (start, length) in enumerate(((0, 30), (30, 100), (130, 70))):
        pq.write_table(table.slice(start, length), parts / f"{place}.parquet")
    first = _asked(Design(data, **KIND))
    for source in (
        table,
        pd.DataFrame(data),
        str(whole),
        whole,
        parts,
        sorted(parts.glob("*.parquet")),
        str(parts / "*.parquet"),
    ):
        again = _asked(Design(source, **KIND))
        _equal(first, again, 1e-12)
        assert [one.receipt.hash for one in again[:3]] == [one.receipt.hash for one in first[:3]]


@quick
@given(seeds)
def test_domains_add_up_and_a_subset_is_a_domain(seed: int) -> None:
    data = a_survey(150, seed)
    design = Design(data, **KIND)
    assert design.total("score", by="town").estimate.sum() == pytest.approx(design.total("score").estimate[0])
    by_town = design.mean("score", by="town")
    for row, town in enumerate(by_town["town"]):
        alone = design.subset(f"town = '{town}'").mean("score")
        assert alone.estimate[0] == pytest.approx(by_town.estimate[row])
        assert alone.se[0] == pytest.approx(by_town.se[row])
    shares = design.proportion("age", by="wave")
    assert shares.estimate.reshape(2, 3).sum(axis=1) == pytest.approx([1, 1])
    assert np.abs(shares.covariance()[:3, :3].sum(axis=1)).max() < 1e-15


@quick
@given(seeds)
def test_the_covariance_holds_the_squared_errors(seed: int) -> None:
    design = Design(a_survey(150, seed), **KIND)
    raked = design.rake({"age": AGES})
    for made in (design, raked, design.replicates("bootstrap", n=50), raked.calibrate({"(intercept)": 12_000, "income": 3e7})):
        for found in (
            made.mean(["score", "income"], by="town"),
            made.total("score", by=["age", "wave"]),
            made.ratio("score", "income"),
        ):
            assert np.diag(found.covariance()) == pytest.approx(found.se**2, rel=1e-7)


@quick
@given(seeds)
def test_what_was_calibrated_on_is_known_without_error(seed: int) -> None:
    design = Design(a_survey(200, seed), **KIND)
    raked = design.rake({"age": AGES, "town": TOWNS})
    sizes = raked.total("age")
    assert sizes.estimate == pytest.approx(list(AGES.values()))
    # R takes residuals after raking without weights: exact on the margins too.
    assert sizes.se.max() < 1e-6
    linear = design.calibrate({"(intercept)": 12_000, "income": 3.1e7})
    assert linear.total("income").estimate[0] == pytest.approx(3.1e7)
    assert linear.total("income").se[0] < 1e-3


@quick
@given(seeds)
def test_each_variable_has_its_own_complete_answers(seed: int) -> None:
    design = Design(a_survey(150, seed), **KIND)
    together = design.mean(["score", "income"], by="wave")
    for place, name in enumerate(("score", "income")):
        alone = design.mean(name, by="wave")
        assert together.estimate[place::2] == pytest.approx(alone.estimate)
        assert together.se[place::2] == pytest.approx(alone.se)
        assert together.n[place::2].tolist() == alone.n.tolist()


def test_large_numbers_with_a_small_spread_keep_their_digits() -> None:
    data = a_survey(300)
    spread = np.array(data["income"]) / 1e3
    design = Design({**data, "near": spread.tolist(), "far": (spread + 1e9).tolist()}, **KIND)
    for by in (None, "town"):
        near, far = design.mean("near", by=by), design.mean("far", by=by)
        assert far.se == pytest.approx(near.se, rel=1e-6)


def test_the_bootstrap_is_repeatable_and_near_the_linearised_error() -> None:
    design = Design(a_survey(600, strata=3, clusters=20), **KIND)
    one, same, other = (design.replicates("bootstrap", n=400, seed=seed).mean("score").se[0] for seed in (1, 1, 2))
    assert one == same != other
    assert one == pytest.approx(design.mean("score").se[0], rel=0.15)


def test_balanced_half_samples_give_the_linearised_error_of_a_mean_of_pairs() -> None:
    stream = np.random.default_rng(5)
    data = {
        "h": np.repeat(np.arange(10), 20).tolist(), "c": np.repeat(np.arange(20), 10).tolist(), "w": [1.0] * 200,
        "y": (stream.normal(size=200) + np.repeat(stream.normal(size=20), 10)).tolist(),
    }  # fmt: skip
    design = Design(data, weights="w", strata="h", clusters="c")
    linear = design.mean("y").se[0]
    assert design.replicates("BRR").mean("y").se[0] == pytest.approx(linear, rel=1e-9)
    assert design.replicates("BRR", fay=0.5).mean("y").se[0] == pytest.approx(linear, rel=1e-9)
