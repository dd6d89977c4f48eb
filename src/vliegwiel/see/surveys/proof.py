"""Even as good as R: the estimates of our own reference samples beside what R survey made of them, sort by sort."""

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


_CORNERED = ("average", "remove", "certainty")


@dataclass(frozen=True)
class Compared:
    """One kind of question: how many numbers were laid beside R, and the largest relative difference."""

    name: str
    count: int
    largest: float


@dataclass(frozen=True)
class Sort:
    """What makes a sample hard (*soort*), in a sentence, and the kinds of questions that were asked of it."""

    title: str
    about: str
    rows: tuple[Compared, ...]


@lru_cache(maxsize=1)
def compared() -> tuple[Sort, ...]:
    """Every sort with its kinds of questions; made once per process, each number in one place."""
    found: dict[str, dict[str, list[float]]] = {sort: {} for sort in _titles()}
    for sort, name, ours, theirs in (*_of_two_stages(), *_of_wellbeing()):
        if theirs is not None:
            found[sort].setdefault(name, []).extend(_apart(ours, theirs))
    return tuple(
        Sort(title, about, tuple(Compared(name, len(apart), max(apart)) for name, apart in found[sort].items()))
        for sort, (title, about) in _titles().items()
    )


def _titles() -> dict[str, tuple[str, str]]:
    return {
        "stages": (
            _("Twee trappen met bekende aantallen"),
            _(
                "Eerst zijn door toeval dorpen gekozen, en in elk dorp mensen. Hoeveel er echt zijn, is bekend. Niet elk antwoord is er."
            ),
        ),
        "plain": (
            _("Clusters en losse mensen"),
            _("Dezelfde steekproef, maar anders gemaakt: in één keer, of zonder clusters."),
        ),
        "quantiles": (
            _("Kwantielen"),
            _("Bijvoorbeeld het middelste inkomen. Weinig mensen hebben een hoog inkomen. Er zijn drie regels."),
        ),
        "lonely": (
            _("Een stratum met één cluster"),
            _("Daar is geen spreiding te zien. Er zijn vier manieren om daarmee om te gaan. Dit zijn de andere drie."),
        ),
        "weighted": (
            _("Wegen en kalibreren"),
            _("Gewichten zo maken dat aantallen kloppen met de bevolking, en marges die dat weten."),
        ),
        "wellbeing": (
            _("De groep met een onvoldoende"),
            _("6.000 verzonnen mensen in 25 gemeenten, gewogen op leeftijd, opleiding en gemeente."),
        ),
    }


def _of_two_stages() -> Iterator[tuple[str, str, Any, Any]]:
    with (_FOLDER / "two_stage.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    data = {name: [row[name] if name in _TEXTS else float(row[name] or "nan") for row in rows] for name in rows[0]}
    wanted = json.loads((_FOLDER / "two_stage.expected.json").read_text(encoding="utf-8"))
    weighing = {
        _("Gewogen op twee marges"),
        _("Gewogen op één marge"),
        _("Gekalibreerd op totalen"),
        _("Marges met een jackknife"),
    }
    for key, expected in wanted.items():
        rule, kind = key.split()
        design = Design(data, weights="w", strata="st", lonely_psu=rule, **_KINDS[kind])
        for name, ours, theirs in _pairs(design, expected):
            sort = "stages" if kind == "two" else "plain"
            if rule in _CORNERED:
                sort, name = "lonely", _ways()[rule]
            elif name == _("Kwantielen met marge"):
                sort, name = "quantiles", f"{name}: {_designs()[kind]}"
            elif name in weighing:
                sort = "weighted"
            yield sort, name, ours, theirs


def _ways() -> dict[str, str]:
    return {
        "average": _("Het gemiddelde van de andere strata"),
        "remove": _("Het stratum telt niet mee in de marge"),
        "certainty": _("Het cluster zat er zeker in"),
    }


def _designs() -> dict[str, str]:
    return {
        "two": _("twee trappen"),
        "one": _("clusters"),
        "fp1": _("clusters, aantal bekend"),
        "el": _("losse mensen"),
    }


def _of_wellbeing() -> Iterator[tuple[str, str, Any, Any]]:
    expected = json.loads((_FOLDER / "wellbeing.expected.json").read_text(encoding="utf-8"))
    margins = {name: {row[name]: row["Freq"] for row in rows} for name, rows in expected["margins"].items()}
    plain = Design(_FOLDER / "wellbeing.parquet", weights="weight", strata="stratum", clusters="psu", lonely_psu="adjust")
    for design, wanted in ((plain, expected["design_weights"]), (plain.rake(margins), expected["raked"])):
        for name, ours, theirs in _about_the_group(design, wanted):
            yield "wellbeing", name, ours, theirs


def _about_the_group(design: Design, wanted: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    means, both = design.mean(["score", "insufficient"]), ("score", "insufficient")
    yield _("Gemiddelde en aandeel"), means.estimate, _values(wanted["mean"]["est"])
    yield _("Gemiddelde en aandeel"), means.covariance(), wanted["mean"]["vcov"]
    size, group = design.total("insufficient"), wanted["n_insufficient_total"]
    yield _("Hoe groot de groep is"), [*size.estimate, *size.se], [*_values(group["est"]), *group["se"]]
    towns = design.mean(list(both), by="muni")
    yield _("Per gemeente"), towns.estimate, [row[name] for row in wanted["by_muni"] for name in both]
    yield _("Per gemeente"), towns.se, [row[f"se.{name}"] for row in wanted["by_muni"] for name in both]
    crossed = design.mean("insufficient", by=["edu", "age"])
    yield _("Per leeftijd en opleiding"), crossed.estimate, [row["insufficient"] for row in wanted["by_age_edu"]]
    yield _("Per leeftijd en opleiding"), crossed.se, [row["se"] for row in wanted["by_age_edu"]]
    background = design.subset("insufficient = 1").proportion(["age", "edu"])
    yield _("Wie het zijn"), background.estimate, _values(wanted["background_of_insufficient"]["est"])
    yield _("Wie het zijn"), background.covariance(), wanted["background_of_insufficient"]["vcov"]
    for interval in ("logit", "beta"):
        share = design.proportion("insufficient", interval=interval)
        yield _("Marge van het aandeel"), [share.lower[1], share.upper[1]], wanted[f"ci_{interval}"]
    change = design.mean("insufficient", by="wave").contrast({"change": {"2024": 1, "2023": -1}})
    yield _("Verschil tussen twee metingen"), [*change.estimate, *change.se], _values(wanted["wave_diff_insufficient"])


def _values(record: Any) -> list[Any]:
    return list(record.values())


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
