"""One kind of result: its columns, its contrasts and comparisons, its receipt, and what an opt-in panel may not say."""

import numpy as np
import pytest
from scipy import stats

from vliegwiel.engines.estimation import Design, NotPossible, notes
from vliegwiel.engines.estimation.result import COLUMNS
from vliegwiel.engines.estimation.tests.given import a_survey
from vliegwiel.kernel import clock

DATA = a_survey(500)
DESIGN = Design(DATA, weights="weight", strata="stratum", clusters="psu")
OPT_IN = Design(DATA, weights="weight", sample="nonprobability")
ASSUMED = Design(DATA, weights="weight", sample="nonprobability", assume="quasi-random")


def test_every_question_has_the_same_columns() -> None:
    asked = [
        DESIGN.mean("score", by="town"), DESIGN.total("score"), DESIGN.ratio("score", "income"), DESIGN.proportion("age", by="town"),
        DESIGN.quantile("score", 0.5), DESIGN.regression("score ~ age"), DESIGN.mean("score", by="town").compare(), OPT_IN.mean("score"),
    ]  # fmt: skip
    for found in asked:
        assert found.columns == (*found.by, *COLUMNS)
        assert tuple(found.to_pandas().columns) == found.columns
        assert tuple(found.to_arrow().column_names) == found.columns
        assert len(found.to_pandas()) == found.to_arrow().num_rows == len(found)


def test_a_single_name_is_as_good_as_a_list_of_one() -> None:
    one, other = DESIGN.mean("score", by="town"), DESIGN.mean(["score"], by=["town"])
    assert one.estimate.tolist() == other.estimate.tolist()
    assert one.receipt.hash == other.receipt.hash


def test_limits_follow_students_t_and_any_confidence_can_be_asked() -> None:
    found = DESIGN.mean("score", by="town", confidence=0.9)
    reach = stats.t.ppf(0.95, found.df) * found.se
    assert found.lower == pytest.approx(found.estimate - reach)
    assert found.interval(0.9).to_numpy() == pytest.approx(np.column_stack([found.lower, found.upper]))
    wide = DESIGN.proportion("age", by="town", interval="beta").interval(0.99)
    narrow = DESIGN.proportion("age", by="town", interval="beta").interval(0.5)
    assert (wide["lower"] < narrow["lower"]).all()
    assert (wide["upper"] > narrow["upper"]).all()


@pytest.mark.parametrize("interval", ["logit", "beta", "wilson", "likelihood", "asin"])
def test_limits_of_a_share_stay_within_zero_and_one_also_when_nobody_says_it(interval: str) -> None:
    data = {**DATA, "rare": [row % 250 == 0 for row in range(500)], "never": [False] * 500, "always": [True] * 500}
    design = Design(data, weights="weight", strata="stratum", clusters="psu")
    found = design.proportion(["rare", "never", "always"], interval=interval)
    assert ((found.lower >= 0) & (found.upper <= 1) & (found.lower <= found.estimate) & (found.estimate <= found.upper)).all()
    nobody = found.to_pandas().query("variable == 'always'").iloc[0]
    assert nobody.estimate == 1
    assert nobody.lower < 1, "who asked 500 people does not know it for certain"


def test_wilson_on_a_simple_random_sample_is_wilson() -> None:
    design = Design({"y": [1] * 30 + [0] * 70, "w": [1.0] * 100}, weights="w")
    found = design.proportion("y", interval="wilson")
    share, size = 0.3, 0.3 * 0.7 / found.se[1] ** 2
    z = stats.t.ppf(0.975, 99)
    middle = (share + z**2 / (2 * size)) / (1 + z**2 / size)
    assert (found.lower[1] + found.upper[1]) / 2 == pytest.approx(middle)


def test_a_contrast_uses_the_covariance() -> None:
    waves = DESIGN.mean(["score", "income"], by="wave")
    change = waves.contrast({"change": {"2024": 1, "2022": -1}, "sum": {2024: 1, 2022: 1}})
    cov = waves.covariance()
    assert change["contrast"].tolist() == ["change", "change", "sum", "sum"]
    assert change.variable == ("score", "income") * 2
    assert change.estimate[0] == pytest.approx(waves.estimate[2] - waves.estimate[0])
    assert change.se[0] ** 2 == pytest.approx(cov[0, 0] + cov[2, 2] - 2 * cov[0, 2])
    crossed = DESIGN.mean("score", by=["town", "wave"]).contrast({"t1": {("t1", 2024): 1, ("t1", 2022): -1}})
    assert len(crossed) == 1
    variables = DESIGN.mean(["score", "income"]).contrast({"gap": {"income": 0.001, "score": -1}})
    assert variables.estimate[0] == pytest.approx(0.001 * DESIGN.mean("income").estimate[0] - DESIGN.mean("score").estimate[0])
    with pytest.raises(NotPossible, match="1999"):
        waves.contrast({"change": {"2024": 1, "1999": -1}})


def test_each_town_against_the_rest() -> None:
    towns = DESIGN.mean("score", by="town")
    found = towns.compare(against="rest", adjust="none")
    for row, town in enumerate(towns["town"]):
        data = {**DATA, "here": ["yes" if one == town else "no" for one in DATA["town"]]}
        pair = Design(data, weights="weight", strata="stratum", clusters="psu").mean("score", by="here")
        change = pair.contrast({"gap": {"yes": 1, "no": -1}})
        assert found.estimate[row] == pytest.approx(change.estimate[0])
        assert found.se[row] == pytest.approx(change.se[0])
    raked = DESIGN.rake({"age": {"18-34": 3000, "35-54": 4000, "55+": 5000}})
    slow = raked.mean("score", by="town").compare()
    data = {**DATA, "here": ["yes" if one == "t0" else "no" for one in DATA["town"]]}
    pair = Design(data, weights="weight", strata="stratum", clusters="psu").rake(
        {"age": {"18-34": 3000, "35-54": 4000, "55+": 5000}}
    )
    assert slow.se[0] == pytest.approx(pair.mean("score", by="here").contrast({"gap": {"yes": 1, "no": -1}}).se[0])


def test_every_pair_and_each_against_one() -> None:
    waves = DESIGN.mean("score", by="town")
    assert len(waves.compare(against="all")) == 10
    base = waves.compare(against="t1")
    assert base["comparison"].tolist() == ["t0 − t1", "t2 − t1", "t3 − t1", "t4 − t1"]
    with pytest.raises(NotPossible, match="geen groep"):
        waves.compare(against="t9")


def test_holm_decides_and_the_limits_agree_with_the_words() -> None:
    stream = np.random.default_rng(11)
    size, towns = 4000, 20
    town = stream.integers(0, towns, size)
    y = stream.normal(0, 1, size) + np.where(town == 3, 0.8, 0) + np.where(town == 7, -0.25, 0)
    design = Design({"y": y.tolist(), "town": town.tolist(), "w": [1.0] * size}, weights="w")
    for adjust in ("holm", "bonferroni", "none"):
        found = design.mean("y", by="town").compare(adjust=adjust)
        p = np.array(found.diagnostics["p_adjusted"])
        for row in range(towns):
            words = {notes.HIGHER: found.lower[row] > 0, notes.LOWER: found.upper[row] < 0}
            words[notes.NO_DIFFERENCE] = found.lower[row] <= 0 <= found.upper[row]
            assert words[found.note[row]]
            assert (found.note[row] == notes.NO_DIFFERENCE) == (p[row] > 0.05)
    holm, bonferroni = (
        np.array(design.mean("y", by="town").compare(adjust=one).diagnostics["p_adjusted"]) for one in ("holm", "bonferroni")
    )
    assert (holm <= bonferroni + 1e-15).all()
    assert design.mean("y", by="town").compare().note[3] == notes.HIGHER


def test_when_nothing_differs_nothing_is_found_most_of_the_time() -> None:
    false_alarms = 0
    for seed in range(60):
        stream = np.random.default_rng(seed)
        design = Design(
            {"y": stream.normal(size=400).tolist(), "t": stream.integers(0, 10, 400).tolist(), "w": [1.0] * 400}, weights="w"
        )
        found = design.mean("y", by="t").compare()
        false_alarms += any(note != notes.NO_DIFFERENCE for note in found.note)
    assert false_alarms <= 9, "5% of 60, with room for chance"


def test_an_opt_in_panel_gets_no_margin_and_no_total() -> None:
    for found in (
        OPT_IN.mean("score", by="town"),
        OPT_IN.proportion("age"),
        OPT_IN.ratio("score", "income"),
        OPT_IN.quantile("score", 0.5),
        OPT_IN.regression("score ~ age"),
    ):
        table = found.to_arrow()
        assert np.isfinite(found.estimate).all()
        assert (found.n > 0).all()
        assert np.isfinite(found.n_effective).all()
        for column in ("se", "lower", "upper"):
            assert table.column(column).null_count == len(found)
        assert set(found.note) == {notes.NO_MARGIN}
        assert found.interval(0.9).isna().all().all()
        with pytest.raises(NotPossible, match="geen kanssteekproef"):
            found.covariance()
    assert OPT_IN.mean("score").n_effective[0] == pytest.approx(500 * OPT_IN.mean("score").n[0] / 500 / OPT_IN.kish, rel=0.05)
    change = OPT_IN.mean("score", by="wave").contrast({"change": {2024: 1, 2022: -1}})
    assert np.isfinite(change.estimate[0])
    assert np.isnan(change.se[0])
    assert change.note == (notes.NO_MARGIN,)
    for deed in (
        lambda: OPT_IN.total("score"),
        lambda: OPT_IN.mean("score", by="wave").compare(),
        lambda: OPT_IN.chi_square("age", "town"),
    ):
        with pytest.raises(NotPossible, match="geen kanssteekproef"):
            deed()


def test_an_assumption_is_named_everywhere() -> None:
    found = ASSUMED.mean("score", by="wave")
    assert np.isfinite(found.se).all()
    for one in (
        found,
        found.contrast({"change": {2024: 1, 2022: -1}}),
        ASSUMED.total("score"),
        ASSUMED.quantile("score", 0.5),
        ASSUMED.regression("score ~ age"),
        found.compare(),
    ):
        assert all(notes.QUASI_RANDOM in str(note) for note in one.note)
        assert one.receipt.parameters["assume"] == "quasi-random"
        assert "neemt aan dat" in one.receipt.parameters["margin"]
    assert notes.dutch(found.note[0]).startswith("Modelmatige marge, neemt aan dat")
    assert ASSUMED.chi_square("age", "town").note == notes.QUASI_RANDOM


def test_how_far_one_more_margin_moves_the_figure() -> None:
    moved = ASSUMED.shift("score", {"age": {"18-34": 9000, "35-54": 1000, "55+": 1000}}, by="wave")
    after = ASSUMED.rake({"age": {"18-34": 9000, "35-54": 1000, "55+": 1000}}).mean("score", by="wave")
    assert moved.estimate == pytest.approx(after.estimate - ASSUMED.mean("score", by="wave").estimate)
    assert moved.diagnostics["added"] == ["age"]


def test_the_receipt_says_how_it_was_made_and_follows_the_data() -> None:
    with clock.at(clock.now()):
        receipt = DESIGN.subset("score > 3").mean("score", by="town").receipt
        assert receipt.made_at == clock.now()
    assert receipt.method == "estimation.mean"
    assert receipt.parameters["conditions"] == ("score > 3",)
    assert receipt.parameters["strata"] == ["stratum"]
    same = DESIGN.subset("score > 3").mean("score", by="town").receipt
    assert same.hash == receipt.hash
    other = Design({**DATA, "score": [*DATA["score"][:-1], 3.0]}, weights="weight", strata="stratum", clusters="psu")
    assert other.subset("score > 3").mean("score", by="town").receipt.inputs != receipt.inputs
    assert receipt.to_json()["hash"] == receipt.hash


def test_a_design_never_changes() -> None:
    before = DESIGN.weights.copy()
    DESIGN.rake({"age": {"18-34": 3000, "35-54": 4000, "55+": 5000}}).subset("score > 3").replicates("JKn").mean("score")
    assert DESIGN.weights.tolist() == before.tolist()
    assert DESIGN.conditions == ()
    with pytest.raises(AttributeError):
        DESIGN.sample = "other"


def test_diagnostics_of_weighting() -> None:
    raked = DESIGN.rake({"age": {"18-34": 3000, "35-54": 4000, "55+": 5000}})
    told = raked.diagnostics
    assert told["largest_margin_error"] < 1e-10
    assert told["g_weights"]["lowest"] <= told["g_weights"]["mean"] <= told["g_weights"]["highest"]
    assert told["kish_deff"] == pytest.approx(raked.kish)
    assert raked.mean("score").diagnostics["calibration"]["margins_met"]
    bounded = DESIGN.calibrate(
        {"(intercept)": float(DESIGN.weights.sum()), "income": 1.02 * DESIGN.total("income").estimate[0]}, bounds=(0.8, 1.25)
    )
    assert bounded.diagnostics["bounds_kept"]
    factors = bounded.weights / DESIGN.weights
    assert 0.8 <= factors.min() <= factors.max() <= 1.25
