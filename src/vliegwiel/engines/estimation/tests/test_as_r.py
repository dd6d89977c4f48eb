"""Our own made-up sample with everything that makes samples hard, against R survey: `reference/two_stage.R` made the answers."""

from typing import Any

import numpy as np
import pytest

from vliegwiel.engines.estimation import Design
from vliegwiel.engines.estimation.tests.given import OWN, answers, apart, table

PATH = OWN / "two_stage.csv"
DATA, EXPECTED = table(PATH), answers(PATH)
AGE, EDU = {"18-34": 900, "35-54": 1000, "55+": 1100}, {"high": 800, "low": 1200, "mid": 1000}
KINDS: dict[str, dict[str, Any]] = {
    "two": {"clusters": ["psu", "ssu"], "fpc": ["fpc1", "fpc2"], "nested": True},
    "one": {"clusters": "psu", "nested": True},
    "fp1": {"clusters": "psu", "fpc": "fpc1", "nested": True},
    "el": {},
}


@pytest.fixture(params=sorted(EXPECTED))
def case(request: pytest.FixtureRequest) -> tuple[Design, Any]:
    rule, kind = request.param.split()
    return Design(DATA, weights="w", strata="st", lonely_psu=rule, **KINDS[kind]), EXPECTED[request.param]


def _same(found: Any, expected: Any) -> None:
    if expected is not None:
        assert apart(found, expected) < 1e-9


def _both(found: Any, expected: Any) -> None:
    if expected:
        _same(found.estimate, expected["est"])
        _same(found.se, expected["se"])


def test_means_totals_and_ratios_with_missing_answers(case: tuple[Design, Any]) -> None:
    design, wanted = case
    _both(design.mean("inc"), wanted["mean"])
    _both(design.total("score"), wanted["tot"])
    _both(design.mean("inc", by="age"), wanted["by"])
    _both(design.total("score", by="town"), wanted["bt"])
    _both(design.ratio("score", "hh"), wanted["ratio"])
    _same(design.mean("inc").deff, [wanted["deff"]])
    _same(design.total("score").deff, [wanted["defft"]])
    assert design.df == wanted["degf"]
    assert design.subset("age = '55+'").mean("inc").df[0] == wanted["degfs"]


@pytest.mark.parametrize("rule", ["math", "school", "hf7"])
def test_quantiles_of_a_skewed_income_and_of_a_score(case: tuple[Design, Any], rule: str) -> None:
    design, wanted = case
    for letter, variable in (("q", "inc"), ("s", "score")):
        found = design.quantile(variable, [0.1, 0.25, 0.5, 0.75, 0.9], rule=rule)
        _same(np.column_stack([found.estimate, found.lower, found.upper, found.se]), wanted[letter + rule])


@pytest.mark.parametrize("interval", ["logit", "likelihood", "asin", "beta", "mean"])
def test_intervals_of_a_share(case: tuple[Design, Any], interval: str) -> None:
    design, wanted = case
    found = design.proportion("low", interval={"mean": "wald"}.get(interval, interval))
    if wanted.get(f"p{interval}"):
        _same([found.lower[1], found.upper[1]], wanted[f"p{interval}"])


def test_regressions_and_chi_square(case: tuple[Design, Any]) -> None:
    design, wanted = case
    linear = design.regression("inc ~ age + hh")
    _same(np.append(linear.estimate, linear.covariance()), wanted["glm"]["est"] + wanted["glm"]["v"])
    assert linear.df[0] == wanted["glmdf"]
    logistic = design.regression("low ~ age + hh", family="logistic")
    _same(np.append(logistic.estimate, logistic.covariance()), wanted["glb"]["est"] + wanted["glb"]["v"])
    square = design.chi_square("age", "edu")
    _same([square.statistic, square.ndf, square.ddf, square.p], wanted["chi"])


def test_weighted_designs(case: tuple[Design, Any]) -> None:
    design, wanted = case
    stratified, raked = design.poststratify({"age": AGE}), design.rake({"age": AGE, "edu": EDU})
    _both(stratified.mean("inc"), wanted.get("post"))
    _both(stratified.total("score"), wanted.get("postt"))
    _both(raked.mean("inc"), wanted.get("rake"))
    _both(raked.mean("score", by="town"), wanted.get("rakeby"))
    twice = stratified.calibrate({"(intercept)": 3000, "hh": 9100}).proportion("edu", interval="wald")
    if wanted.get("twice"):
        _same([twice.estimate[1], twice.se[1]], [wanted["twice"]["est"], wanted["twice"]["se"]])
    calibrated = design.calibrate({"(intercept)": 3000, "hh": 9100, "age": {"35-54": 1000, "55+": 1100}})
    _both(calibrated.total("score"), wanted.get("cal"))
    square = calibrated.chi_square("age", "edu")
    _same([square.statistic, square.ndf, square.ddf], wanted.get("calchi"))
    if wanted.get("calglm"):
        fit = calibrated.regression("inc ~ age + hh")
        _same(np.append(fit.estimate, fit.covariance()), wanted["calglm"]["est"] + wanted["calglm"]["v"])
    found = calibrated.quantile("inc", [0.25, 0.5, 0.9])
    _same(np.column_stack([found.estimate, found.lower, found.upper, found.se]), wanted.get("calq"))
    for interval, key in (("logit", "calp"), ("beta", "calb"), ("likelihood", "call")):
        shares = calibrated.proportion("low", interval=interval)
        if wanted.get(key):
            _same([shares.lower[1], shares.upper[1]], wanted[key])


def test_jackknife_with_a_lonely_cluster(case: tuple[Design, Any]) -> None:
    design, wanted = case
    if "jkn" not in wanted:
        pytest.skip("R has no jackknife of this design")
    again = design.replicates("JKn")
    _both(again.mean("inc"), wanted["jkn"])
    fit = again.regression("score ~ hh")
    _same(np.append(fit.estimate, fit.covariance()), wanted["jkglm"]["est"] + wanted["jkglm"]["v"])
    found = again.quantile("inc", [0.25, 0.5])
    _same(np.column_stack([found.estimate, found.lower, found.upper, found.se]), wanted["jkq"])
    _both(again.rake({"age": AGE, "edu": EDU}).mean("inc"), wanted["jkrake"])
