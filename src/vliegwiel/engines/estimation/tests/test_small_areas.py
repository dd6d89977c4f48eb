"""Small areas: the same numbers as sae and hbsae, and what must hold for any areas."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vliegwiel.engines.estimation import Design, NotPossible, SmallAreas, fay_herriot, notes, unit_level
from vliegwiel.engines.estimation.tests.given import a_survey, answers, apart, columns


@pytest.fixture(scope="module")
def milk(reference: Path) -> tuple[dict[str, list[Any]], Any]:
    path = reference / "survey" / "milk.csv"
    return columns(path), answers(path)


def _dummies(milk: dict[str, list[Any]]) -> list[list[float]]:
    return [[float(area == other) for other in (2, 3, 4)] for area in milk["MajorArea"]]


@pytest.mark.data
@pytest.mark.parametrize("method", ["REML", "ML", "FH"])
def test_fay_herriot_with_its_errors(milk: tuple[dict[str, list[Any]], Any], method: str) -> None:
    data, expected = milk
    found = fay_herriot(data["yi"], _dummies(data), [sd**2 for sd in data["SD"]], areas=data["SmallArea"], method=method)
    wanted = expected["fits"][method]
    assert apart(found.eblup, wanted["eblup"]) < 1e-9
    assert apart(found.mse, wanted["mse"]) < 1e-9
    assert apart(found.sigma2_v, wanted["sigma2_v"]) < 1e-9
    assert apart(found.coefficients, [row["beta"] for row in wanted["beta"]]) < 1e-9
    assert apart(found.coefficient_se, [row["std.error"] for row in wanted["beta"]]) < 1e-9


@pytest.mark.data
def test_hierarchical_bayes(milk: tuple[dict[str, list[Any]], Any]) -> None:
    data, expected = milk
    found = fay_herriot(data["yi"], _dummies(data), [sd**2 for sd in data["SD"]], areas=data["SmallArea"], method="HB")
    wanted = expected["hbsae_hierarchical_bayes"]
    assert apart(found.estimate, list(wanted["est"].values())) < 1e-9
    assert apart(found.se, list(wanted["rmse"].values())) < 1e-9


@pytest.mark.data
@pytest.mark.parametrize("rows", ["all37", "without33"])
@pytest.mark.parametrize("fit", ["CornHec_REML", "CornHec_ML", "SoyBeansHec_REML", "SoyBeansHec_ML"])
def test_the_unit_level_model_of_battese_harter_and_fuller(reference: Path, rows: str, fit: str) -> None:
    path = reference / "survey" / "cornsoybean.csv"
    data, means = columns(path), columns(reference / "survey" / "cornsoybeanmeans.csv")
    kept = [row for row in range(37) if rows == "all37" or row != 32]
    variable, _, method = fit.partition("_")
    x = [[data["CornPix"][row], data["SoyBeansPix"][row]] for row in kept]
    population = {
        county: [corn, beans]
        for county, corn, beans in zip(
            means["CountyIndex"], means["MeanCornPixPerSeg"], means["MeanSoyBeansPixPerSeg"], strict=True
        )
    }
    found = unit_level(
        [data[variable][row] for row in kept],
        x,
        [data["County"][row] for row in kept],
        population,
        means["PopnSegments"],
        method=method,
    )
    wanted = answers(path)[rows][fit]
    assert apart(found.estimate, wanted["eblup"]) < 1e-6
    assert apart(found.sigma2_v, wanted["sigma2_v"]) < 1e-5
    assert apart(found.sigma2_e, wanted["sigma2_e"]) < 1e-5
    # These follow from the variance components, which the reference has from an optimiser.
    assert apart(found.coefficients, list(wanted["fixed"].values())) < 1e-6
    assert apart(found.area_effects, wanted["ranef"]) < 1e-5
    assert found.n.tolist() == [wanted["n"][row] for row in range(12)]


def _areas(count: int = 30, seed: int = 2) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    stream = np.random.default_rng(seed)
    x = stream.normal(size=(count, 1))
    variances = stream.uniform(0.05, 0.6, count)
    truth = 5 + x[:, 0] + stream.normal(0, 0.5, count)
    return truth + stream.normal(0, np.sqrt(variances)), x, variances


@pytest.mark.parametrize("method", ["REML", "ML", "FH", "HB"])
def test_an_area_without_sample_is_synthetic_and_says_so(method: str) -> None:
    y, x, variances = _areas()
    y[4] = np.nan
    found = fay_herriot(y, x, variances, method=method)
    assert found.note[4] == notes.SYNTHETIC
    assert found.shrinkage[4] == 0
    assert np.isnan(found.direct[4])
    assert found.mse[4] > max(found.mse[row] for row in range(30) if variances[row] <= 0.3 and row != 4)
    if method != "HB":
        assert found.estimate[4] == pytest.approx(found.coefficients @ [1, x[4, 0]])
    others = np.delete(np.arange(30), 4)
    again = fay_herriot(y[others], x[others], variances[others], method=method)
    assert found.estimate[others] == pytest.approx(again.estimate, rel=1e-9)
    assert all(note is None for row, note in enumerate(found.note) if row != 4)


@pytest.mark.parametrize("method", ["REML", "ML", "FH", "HB"])
def test_the_order_of_areas_and_the_scale_of_answers_change_nothing(method: str) -> None:
    y, x, variances = _areas()
    found = fay_herriot(y, x, variances, method=method)
    order = np.random.default_rng(1).permutation(30)
    shuffled = fay_herriot(y[order], x[order], variances[order], method=method)
    assert shuffled.estimate == pytest.approx(found.estimate[order], rel=1e-9)
    assert shuffled.mse == pytest.approx(found.mse[order], rel=1e-8)
    larger = fay_herriot(10 * y, x, 100 * variances, method=method)
    assert larger.estimate == pytest.approx(10 * found.estimate, rel=1e-8)
    assert larger.mse == pytest.approx(100 * found.mse, rel=1e-7)


def test_shrinkage_lies_between_the_area_itself_and_the_model() -> None:
    y, x, variances = _areas()
    found = fay_herriot(y, x, variances)
    synthetic = np.column_stack([np.ones(30), x]) @ found.coefficients
    assert ((found.shrinkage > 0) & (found.shrinkage < 1)).all()
    assert found.estimate == pytest.approx(found.shrinkage * y + (1 - found.shrinkage) * synthetic)
    assert np.argsort(found.shrinkage).tolist() == np.argsort(-variances).tolist()


def test_areas_that_do_not_differ_get_the_model_alone() -> None:
    _y, x, variances = _areas()
    found = fay_herriot(2 + x[:, 0], x, variances)
    assert found.sigma2_v == 0
    assert found.estimate == pytest.approx(2 + x[:, 0])


@pytest.mark.parametrize("grouped", [False, True])
def test_benchmarked_areas_add_up_to_the_published_total(grouped: bool) -> None:
    y, x, variances = _areas()
    people = np.random.default_rng(4).integers(100, 5000, 30)
    found = fay_herriot(y, x, variances, areas=[f"W{one}" for one in range(30)])
    groups = ["north" if one < 12 else "south" for one in range(30)]
    totals: Any = {"north": 62_000.0, "south": 250_000.0} if grouped else 312_345.0
    done: SmallAreas = found.benchmark(totals, weights=people, groups=groups if grouped else None)
    if grouped:
        for group, total in totals.items():
            rows = [row for row, one in enumerate(groups) if one == group]
            assert (people[rows] * done.estimate[rows]).sum() == pytest.approx(total, rel=1e-12)
    else:
        assert (people * done.estimate).sum() == pytest.approx(totals, rel=1e-12)
    assert (done.mse >= found.mse).all()
    assert all(notes.BENCHMARKED in (note or "") for note in done.note)
    same = found.benchmark((people * found.estimate).sum(), weights=people)
    assert same.estimate == pytest.approx(found.estimate, rel=1e-12)


def test_direct_estimates_go_straight_into_the_model() -> None:
    design = Design(a_survey(), weights="weight", strata="stratum", clusters="psu")
    direct = design.mean("score", by="town")
    found = fay_herriot(direct, [[1.0], [2.0], [2.5], [3.0], [5.0]])
    assert found["area"].tolist() == direct["town"].tolist()
    assert found.direct.tolist() == direct.estimate.tolist()
    assert found.columns == ("area", *direct.columns[1:])
    assert found.to_arrow().num_rows == 5


def test_no_model_on_an_opt_in_panel_without_saying_what_is_assumed() -> None:
    opt_in = Design(a_survey(), weights="weight", sample="nonprobability")
    with pytest.raises(NotPossible, match="geen kanssteekproef"):
        fay_herriot(opt_in.mean("score", by="town"), [[1.0], [2.0], [2.5], [3.0], [5.0]])
    with pytest.raises(NotPossible, match="geen kanssteekproef"):
        fay_herriot([1, 2, 3, 4], [1, 2, 3, 5], [1, 1, 1, 1], sample="nonprobability")
    assumed = Design(a_survey(), weights="weight", sample="nonprobability", assume="quasi-random")
    found = fay_herriot(assumed.mean("score", by="town"), [[1.0], [2.0], [2.5], [3.0], [5.0]])
    assert all(notes.QUASI_RANDOM in str(note) and notes.SELECTION_BIAS in str(note) for note in found.note)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"variances": [0.1, 0.2, 0.0, 0.1, 0.1, 0.2]}, "niet groter dan nul"),
        ({"variances": [0.1, 0.2]}, "6 schattingen en 2 varianties"),
        ({"X": [1, 1, 1, 1, 1]}, "rijen met kenmerken"),
        ({"X": [1, 2, np.nan, 3, 4, 5]}, "ontbreekt een kenmerk"),
        ({"X": [[1, 2], [2, 4], [3, 6], [4, 8], [5, 10], [6, 12]]}, "volgt uit de andere"),
        ({"areas": ["a", "a", "b", "c", "d", "e"]}, "twee keer"),
        ({"method": "BEST"}, "bestaat niet"),
        ({"y": [1, 2, np.nan, np.nan, np.nan, np.nan]}, "te weinig"),
    ],
)
def test_what_cannot_be_modelled_is_refused_with_the_reason(changes: dict[str, Any], words: str) -> None:
    whole: dict[str, Any] = {"y": [1, 2, 3, 3, 5, 4], "X": [1, 2, 3, 4, 5, 7], "variances": [0.1, 0.2, 0.1, 0.3, 0.2, 0.1]}
    with pytest.raises(NotPossible, match=words):
        fay_herriot(**{**whole, **changes})


def test_unit_level_areas_without_answers_and_whole_populations() -> None:
    stream = np.random.default_rng(8)
    areas = np.repeat(np.arange(8), 6)
    x = stream.normal(size=48)
    y = 3 + 2 * x + stream.normal(0, 1, 8)[areas] + stream.normal(0, 0.7, 48)
    means = {area: [x[areas == area].mean()] for area in range(8)} | {9: [0.3]}
    seen = unit_level(y, x, areas, means, {**dict.fromkeys(range(8), 6), 9: 100})
    assert seen.estimate[:8] == pytest.approx([y[areas == area].mean() for area in range(8)])
    assert seen.mse[:8] == pytest.approx(np.zeros(8), abs=1e-12)
    assert seen.note[8] == notes.SYNTHETIC
    assert seen.n.tolist() == [6.0] * 8 + [0.0]
    endless = unit_level(y, x, areas, means)
    assert ((endless.shrinkage[:8] > 0) & (endless.shrinkage[:8] < 1)).all()
    with pytest.raises(NotPossible, match="ontbreken de gemiddelden"):
        unit_level(y, x, areas, {0: [0.0]})
