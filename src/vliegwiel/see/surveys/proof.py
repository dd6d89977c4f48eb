"""Even as good as R: the estimates of our own reference sample beside what R survey made of it."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from vliegwiel.engines import estimation
from vliegwiel.engines.estimation import Design

_FOLDER = Path(estimation.__file__).parent / "tests" / "reference"
_TEXTS = ("st", "age", "edu", "town", "upsu")
_KINDS: dict[str, dict[str, Any]] = {
    "two": {"clusters": ["psu", "ssu"], "fpc": ["fpc1", "fpc2"], "nested": True},
    "one": {"clusters": "psu", "nested": True},
    "fp1": {"clusters": "psu", "fpc": "fpc1", "nested": True},
    "el": {},
}
_AGE, _EDU = {"18-34": 900, "35-54": 1000, "55+": 1100}, {"high": 800, "low": 1200, "mid": 1000}


@dataclass(frozen=True)
class Compared:
    """One kind of question: how many numbers were laid beside R, and the largest relative difference."""

    name: str
    count: int
    largest: float


@lru_cache(maxsize=1)
def compared() -> tuple[Compared, ...]:
    """Every kind of question over all designs; made once per process."""
    with (_FOLDER / "two_stage.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    data = {name: [row[name] if name in _TEXTS else float(row[name] or "nan") for row in rows] for name in rows[0]}
    wanted = json.loads((_FOLDER / "two_stage.expected.json").read_text(encoding="utf-8"))
    found: dict[str, list[float]] = {}
    for key, expected in wanted.items():
        rule, kind = key.split()
        design = Design(data, weights="w", strata="st", lonely_psu=rule, **_KINDS[kind])
        for name, ours, theirs in _pairs(design, expected):
            if theirs is not None:
                found.setdefault(name, []).extend(_apart(ours, theirs))
    return tuple(Compared(name, len(apart), max(apart)) for name, apart in found.items())


def _pairs(design: Design, expected: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name, found, key in (
        (_("Gemiddelden"), design.mean("inc"), "mean"),
        (_("Totalen"), design.total("score"), "tot"),
        (_("Gemiddelden per groep"), design.mean("inc", by="age"), "by"),
        (_("Totalen per gebied"), design.total("score", by="town"), "bt"),
        (_("Verhoudingen"), design.ratio("score", "hh"), "ratio"),
        (_("Gewogen op twee marges"), design.rake({"age": _AGE, "edu": _EDU}).mean("inc"), "rake"),
    ):
        there = expected.get(key) or {}
        yield name, found.estimate, there.get("est")
        yield name, found.se, there.get("se")
    for rule in ("math", "school", "hf7"):
        for letter, variable in (("q", "inc"), ("s", "score")):
            quantiles = design.quantile(variable, [0.1, 0.25, 0.5, 0.75, 0.9], rule=rule)
            table = np.column_stack([quantiles.estimate, quantiles.lower, quantiles.upper, quantiles.se])
            yield _("Kwantielen met marge"), table, expected[letter + rule]
    for interval in ("logit", "likelihood", "asin", "beta"):
        shares = design.proportion("low", interval=interval)
        yield _("Marges van aandelen"), [shares.lower[1], shares.upper[1]], expected.get(f"p{interval}")
    yield from _of_models(design, expected)


def _of_models(design: Design, expected: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    linear, square = design.regression("inc ~ age + hh"), design.chi_square("age", "edu")
    yield _("Regressie"), np.append(linear.estimate, linear.covariance()), expected["glm"]["est"] + expected["glm"]["v"]
    yield _("Hangen twee achtergronden samen?"), [square.statistic, square.ndf, square.ddf, square.p], expected["chi"]
    stratified = design.poststratify({"age": _AGE})
    calibrated = design.calibrate({"(intercept)": 3000, "hh": 9100, "age": {"35-54": 1000, "55+": 1100}})
    for name, found, key in (
        (_("Gewogen op één marge"), stratified.mean("inc"), "post"),
        (_("Gekalibreerd op totalen"), calibrated.total("score"), "cal"),
    ):
        there = expected.get(key) or {}
        yield name, found.estimate, there.get("est")
        yield name, found.se, there.get("se")
    if expected.get("jkn"):
        again = design.replicates("JKn")
        for replicated, key in ((again.mean("inc"), "jkn"), (again.rake({"age": _AGE, "edu": _EDU}).mean("inc"), "jkrake")):
            yield _("Marges met een jackknife"), replicated.estimate, expected[key]["est"]
            yield _("Marges met een jackknife"), replicated.se, expected[key]["se"]


def _apart(ours: Any, theirs: Any) -> list[float]:
    one, other = (np.ravel(np.asarray(values, dtype=np.float64)) for values in (ours, theirs))
    known = np.isfinite(one) & np.isfinite(other)
    return [float(abs(a - b) / max(abs(b), 1e-300)) if a != b else 0.0 for a, b in zip(one[known], other[known], strict=True)]
