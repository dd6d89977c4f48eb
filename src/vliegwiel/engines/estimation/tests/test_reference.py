"""The same numbers as R: apistrat, apiclus1 and the wellbeing survey, to nine digits or more."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from vliegwiel.engines.estimation import Design, Estimates
from vliegwiel.engines.estimation.tests.given import answers, apart, table

pytestmark = pytest.mark.data
SAME = 1e-9


def _same(found: Any, expected: Any, most: float = SAME) -> None:
    assert apart(found, expected) <= most


def _values(named: dict[str, float]) -> list[float]:
    return list(named.values())


@pytest.fixture(scope="module")
def strat(reference: Path) -> tuple[pa.Table, Any]:
    path = reference / "survey" / "apistrat.csv"
    found = table(path)
    low = pa.array([value < 600 for value in found.column("api00").to_pylist()])
    return found.append_column("low", low), answers(path)


@pytest.fixture(scope="module")
def clus(reference: Path) -> tuple[pa.Table, Any]:
    path = reference / "survey" / "apiclus1.csv"
    return table(path), answers(path)


@pytest.fixture(scope="module")
def wellbeing(reference: Path) -> tuple[pa.Table, Any]:
    path = reference / "survey" / "wellbeing.csv"
    return table(path), answers(path)


def _strat(data: pa.Table, *, fpc: bool) -> Design:
    return Design(data, weights="pw", strata="stype", fpc="fpc" if fpc else None)


@pytest.mark.parametrize("fpc", [True, False])
def test_means_and_their_covariance(strat: tuple[pa.Table, Any], fpc: bool) -> None:
    data, expected = strat
    found, wanted = _strat(data, fpc=fpc).mean(["api00", "api99", "enroll"]), expected["mean" if fpc else "mean_nofpc"]
    _same(found.estimate, _values(wanted["est"]))
    _same(found.se, _values(wanted["se"]))
    _same(found.covariance(), wanted["vcov"])
    if fpc:
        _same(found.deff[[0, 2]], _values(expected["deff_mean"]))
        assert found.df.tolist() == [expected["degf"]] * 3
        _same(found.at(0.95).to_pandas()[["lower", "upper"]].iloc[0], expected["confint_mean_t"][0])
        _same(found.interval(0.95).iloc[0], expected["confint_mean_t"][0])


@pytest.mark.parametrize("fpc", [True, False])
def test_totals_and_their_covariance(strat: tuple[pa.Table, Any], fpc: bool) -> None:
    data, expected = strat
    found, wanted = _strat(data, fpc=fpc).total(["enroll", "api00"]), expected["total" if fpc else "total_nofpc"]
    _same(found.estimate, _values(wanted["est"]))
    _same(found.covariance(), wanted["vcov"])


def test_shares_and_sizes_of_categories(strat: tuple[pa.Table, Any]) -> None:
    data, expected = strat
    shares, wanted = _strat(data, fpc=True).proportion(["awards", "sch.wide"]), expected["prop_stype_awards"]
    _same(shares.estimate, _values(wanted["est"]))
    _same(shares.covariance(), wanted["vcov"])
    assert (shares.variable[0], shares.category[0]) == ("awards", "No")
    sizes, wanted = _strat(data, fpc=False).total(["awards", "stype"]), expected["total_by_level"]
    _same(sizes.estimate, _values(wanted["est"]))
    assert np.abs(sizes.se - _values(wanted["se"])).max() < 1e-9 * 216


def test_ratios(strat: tuple[pa.Table, Any]) -> None:
    data, expected = strat
    design = _strat(data, fpc=True)
    found = [design.ratio(*name.split("/")) for name in expected["ratio"]["names"]]
    _same([one.estimate[0] for one in found], expected["ratio"]["est"])
    _same([one.se[0] for one in found], expected["ratio"]["se"])
    assert found[0].variable == ("api00/api99",)


def test_domains_by_one_and_by_two_backgrounds(strat: tuple[pa.Table, Any]) -> None:
    data, expected = strat
    by_type = _strat(data, fpc=True).mean(["api00", "enroll"], by="stype")
    for row, wanted in enumerate(expected["domain_stype"]):
        own = slice(2 * row, 2 * row + 2)
        assert by_type["stype"][2 * row] == wanted["stype"]
        _same(by_type.estimate[own], [wanted["api00"], wanted["enroll"]])
        _same(by_type.se[own], [wanted["se.api00"], wanted["se.enroll"]])
    for fpc, key in ((False, "domain_awards_schwide"), (True, "domain_awards_schwide_fpc")):
        found = _strat(data, fpc=fpc).mean(["api00", "enroll"], by=["awards", "sch.wide"])
        assert len(found) == 6, "a combination that nobody in the sample has is no row"
        for row, wanted in enumerate(expected[key]):
            _same(found.estimate[2 * row : 2 * row + 2], [wanted["api00"], wanted["enroll"]])
            _same(found.se[2 * row : 2 * row + 2], [wanted["se.api00"], wanted["se.enroll"]])


def test_totals_per_domain_with_contrast_and_covariance(strat: tuple[pa.Table, Any]) -> None:
    data, expected = strat
    design = _strat(data, fpc=True)
    totals, wanted = design.total("enroll", by="awards"), expected["domain_total_awards"]
    _same(totals.estimate, [row["enroll"] for row in wanted])
    _same(totals.se, [row["se"] for row in wanted])
    _same(design.mean("api00", by=["awards", "sch.wide"]).covariance(), expected["domain_cov"])
    change = design.mean("api00", by="awards").contrast({"yes_no": {"Yes": 1, "No": -1}})
    _same([*change.estimate, *change.se], _values(expected["contrast_yes_no"]))


@pytest.mark.parametrize("rule", ["math", "school", "hf7"])
def test_quantiles_with_woodruffs_interval(strat: tuple[pa.Table, Any], rule: str) -> None:
    data, expected = strat
    found = _strat(data, fpc=True).quantile(["api00", "enroll"], [0.1, 0.25, 0.5, 0.75, 0.9], rule=rule)
    wanted = [row for name in ("api00", "enroll") for row in expected[f"quantile_{rule}"][name]]
    _same(found.estimate, [row["quantile"] for row in wanted])
    _same(found.lower, [row["ci.2.5"] for row in wanted])
    _same(found.upper, [row["ci.97.5"] for row in wanted])
    _same(found.se, [row["se"] for row in wanted])
    assert found.category[:2] == ("0.1", "0.25")


@pytest.mark.parametrize("kind", ["logit", "likelihood", "asin", "beta", "mean", "xlogit"])
def test_intervals_of_a_share(strat: tuple[pa.Table, Any], kind: str) -> None:
    data, expected = strat
    found = _strat(data, fpc=True).proportion("low", interval={"mean": "wald", "xlogit": "logit"}.get(kind, kind))
    wanted = expected["ciprop"][kind]
    _same([found.estimate[1], found.se[1]], [wanted["est"], wanted["se"]])
    _same([found.lower[1], found.upper[1]], wanted["ci"])


def test_t_test_chi_square_and_regressions(strat: tuple[pa.Table, Any]) -> None:
    data, expected = strat
    design = _strat(data, fpc=True)
    test = design.regression("api00 ~ awards")
    _same([test.estimate[1], test.diagnostics["t"][1], test.df[1], test.diagnostics["p"][1]], _values(expected["ttest"]))
    square = design.chi_square("sch.wide", "awards")
    _same([square.statistic, square.ndf, square.ddf, square.p], _values(expected["chisq_F"]))
    linear = design.regression("api00 ~ ell + meals + mobility")
    _same(linear.estimate, _values(expected["glm"]["coef"]))
    _same(linear.covariance(), expected["glm"]["vcov"])
    logistic = design.regression("awards ~ ell + meals", family="logistic")
    _same(logistic.estimate, _values(expected["logit"]["coef"]))
    _same(logistic.se, _values(expected["logit"]["se"]))
    assert logistic.variable == ("(intercept)", "ell", "meals")


def test_jackknife_of_a_stratified_sample(strat: tuple[pa.Table, Any]) -> None:
    data, expected = strat
    design, wanted = _strat(data, fpc=False).replicates("JKn"), expected["jkn"]
    means = design.mean(["api00", "enroll"])
    _same(means.estimate, _values(wanted["mean"]["est"]))
    _same(means.covariance(), wanted["mean"]["vcov"])
    _same(design.total("enroll").se, wanted["total"]["se"])
    _same(design.ratio("api00", "api99").se, [wanted["ratio"]])
    _same(design.mean("api00", by="awards").se, [row["se"] for row in wanted["domain"]])


def _clusters(data: pa.Table, margins: Any) -> dict[str, Design]:
    base = Design(data, weights="pw", clusters="dnum", fpc="fpc")
    raked = {name: {row[name]: row["Freq"] for row in margins[name]} for name in ("stype", "sch.wide")}
    total = margins["greg_totals"]
    totals = {"(intercept)": total["(Intercept)"], "stype": {"H": total["stypeH"], "M": total["stypeM"]}, "api99": total["api99"]}
    return {
        "plain": base,
        "plain_nofpc": Design(data, weights="pw", clusters="dnum"),
        "poststrat_stype": base.poststratify({"stype": raked["stype"]}),
        "rake_stype_schwide": base.rake(raked),
        "greg_linear": base.calibrate(totals),
        "greg_raking": base.calibrate(totals, method="raking"),
        "greg_logit": base.calibrate(totals, method="logit", bounds=(0.7, 1.7)),
        "greg_linear_bounded": base.calibrate(totals, bounds=(0.7, 1.7)),
    }


@pytest.mark.parametrize(
    "kind",
    [
        "plain",
        "plain_nofpc",
        "poststrat_stype",
        "rake_stype_schwide",
        "greg_linear",
        "greg_raking",
        "greg_logit",
        "greg_linear_bounded",
    ],
)
def test_every_way_of_weighting_a_cluster_sample(clus: tuple[pa.Table, Any], kind: str) -> None:
    data, expected = clus
    design, wanted = _clusters(data, expected["margins"])[kind], expected[kind]
    means, total, ratio = design.mean(["api00", "enroll"]), design.total("enroll"), design.ratio("api00", "enroll")
    _same(means.estimate, _values(wanted["mean"]["est"]))
    _same(means.se, _values(wanted["mean"]["se"]))
    _same(means.covariance(), wanted["mean"]["vcov"])
    _same([*total.estimate, *total.se], [*_values(wanted["total"]["est"]), *wanted["total"]["se"]])
    _same([*ratio.estimate, *ratio.se], [wanted["ratio"]["est"], wanted["ratio"]["se"]])
    types, awards = design.mean(["api00", "enroll"], by="stype"), design.mean("api00", by="awards")
    _same(types.estimate, [value for row in wanted["domain"] for value in (row["api00"], row["enroll"])])
    _same(types.se, [value for row in wanted["domain"] for value in (row["se.api00"], row["se.enroll"])])
    _same(awards.se, [row["se"] for row in wanted["domain2"]])
    _same(design.weights, wanted["weights"])
    if kind.startswith("greg"):
        assert design.diagnostics["margins_met"]
        assert design.diagnostics["bounds_kept"] is (True if kind in ("greg_logit", "greg_linear_bounded") else None)


def test_jackknife_of_a_cluster_sample_and_of_its_raking(clus: tuple[pa.Table, Any]) -> None:
    data, expected = clus
    designs, wanted = _clusters(data, expected["margins"]), expected["jk1"]
    design = designs["plain_nofpc"].replicates("JK1")
    means = design.mean(["api00", "enroll"])
    _same(means.covariance(), wanted["mean"]["vcov"])
    _same(design.total("enroll").se, wanted["total"]["se"])
    types = design.mean(["api00", "enroll"], by="stype")
    _same(types.se, [value for row in wanted["domain"] for value in (row["se1"], row["se2"])])
    raked = {name: {row[name]: row["Freq"] for row in expected["margins"][name]} for name in ("stype", "sch.wide")}
    for again in (design.rake(raked), designs["plain_nofpc"].rake(raked).replicates("JK1")):
        found = again.mean(["api00", "enroll"])
        _same(found.estimate, _values(wanted["rake"]["est"]))
        _same(found.covariance(), wanted["rake"]["vcov"])


def _wellbeing(data: pa.Table, margins: Any) -> dict[str, Design]:
    design = Design(data, weights="weight", strata="stratum", clusters="psu", lonely_psu="adjust")
    wanted = {name: {row[name]: row["Freq"] for row in rows} for name, rows in margins.items()}
    return {"design_weights": design, "raked": design.rake(wanted)}


@pytest.mark.parametrize("kind", ["design_weights", "raked"])
def test_the_insufficient_group_its_size_share_and_background(wellbeing: tuple[pa.Table, Any], kind: str) -> None:
    data, expected = wellbeing
    design, wanted = _wellbeing(data, expected["margins"])[kind], expected[kind]
    if kind == "raked":
        _same(design.weights, expected["raked_weights"])
    means, size = design.mean(["score", "insufficient"]), design.total("insufficient")
    _same(means.estimate, _values(wanted["mean"]["est"]))
    _same(means.covariance(), wanted["mean"]["vcov"])
    assert means.df[0] == expected["degf"]
    group = wanted["n_insufficient_total"]
    _same([*size.estimate, size.se[0] ** 2], [*_values(group["est"]), group["vcov"][0][0]])
    by_muni, sizes = design.mean(["score", "insufficient"], by="muni"), design.total("insufficient", by="muni")
    _same(by_muni.estimate, [value for row in wanted["by_muni"] for value in (row["score"], row["insufficient"])])
    _same(by_muni.se, [value for row in wanted["by_muni"] for value in (row["se.score"], row["se.insufficient"])])
    _same(sizes.estimate, [row["insufficient"] for row in wanted["total_by_muni"]])
    _same(sizes.se, [row["se"] for row in wanted["total_by_muni"]])
    crossed = design.mean("insufficient", by=["edu", "age"])
    _same(crossed.estimate, [row["insufficient"] for row in wanted["by_age_edu"]])
    _same(crossed.se, [row["se"] for row in wanted["by_age_edu"]])
    background = design.subset("insufficient = 1").proportion(["age", "edu"])
    _same(background.estimate, _values(wanted["background_of_insufficient"]["est"]))
    _same(background.covariance(), wanted["background_of_insufficient"]["vcov"])
    ages = design.total("insufficient", by="age")
    _same(ages.estimate, [row["insufficient"] for row in wanted["size_of_insufficient_by_age"]])
    _same(ages.se, [row["se"] for row in wanted["size_of_insufficient_by_age"]])


@pytest.mark.parametrize("kind", ["design_weights", "raked"])
def test_ratio_intervals_waves_and_chi_square_of_the_wellbeing_survey(wellbeing: tuple[pa.Table, Any], kind: str) -> None:
    data, expected = wellbeing
    design, wanted = _wellbeing(data, expected["margins"])[kind], expected[kind]
    ratio = design.ratio("score", "hhsize")
    _same([ratio.estimate[0], ratio.se[0]], _values(wanted["ratio_score_hh"]))
    for interval in ("logit", "beta"):
        found = design.proportion("insufficient", interval=interval)
        _same([found.lower[1], found.upper[1]], wanted[f"ci_{interval}"])
    change: Estimates = design.mean(["score", "insufficient"], by="wave").contrast({"change": {"2024": 1, "2023": -1}})
    _same(change.estimate, [wanted["wave_diff"]["diff"], wanted["wave_diff_insufficient"]["est"]])
    _same(change.se[1], wanted["wave_diff_insufficient"]["se"])
    test = design.regression("score ~ wave")
    _same([test.estimate[1], test.diagnostics["t"][1], test.df[1], test.diagnostics["p"][1]], _values(wanted["wave_diff"]))
    _same(change.se[0], wanted["wave_diff"]["diff"] / wanted["wave_diff"]["t"])
    square = design.chi_square("insufficient", "edu")
    _same([square.statistic, square.ndf, square.ddf, square.p], _values(wanted["chisq_insuff_edu"]))
