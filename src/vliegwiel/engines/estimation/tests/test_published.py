"""Published estimates of other packages, as far as they were printed: survey's and samplics' own test output."""

import json
from pathlib import Path
from typing import Any

import pytest

from vliegwiel.engines.estimation import Design, Estimates, fay_herriot
from vliegwiel.engines.estimation.tests.given import columns

pytestmark = pytest.mark.data
Columns = dict[str, list[Any]]


@pytest.fixture(scope="module")
def folder(data: Path) -> Path:
    return data / "enquete"


@pytest.fixture(scope="module")
def published(folder: Path) -> Any:
    return json.loads((folder / "verwachte_schattingen.json").read_text())


def _design(name: str, about: str, data: Columns) -> Design:
    """The design that the words of the file describe."""
    rows = len(next(iter(data.values())))
    if name == "fpc.csv":
        one: Columns = {**data, "one": [1.0] * rows, "n27": [27] * rows}
        return Design(
            one,
            weights="one" if "gelijke gewichten" in about else "weight",
            strata="stratid" if about.startswith("gestrat") else None,
            clusters="stratid" if "cluster stratid" in about else "psuid",
            fpc="n27" if "N=27" in about else "Nh" if "fpc=Nh" in about else None,
            nested=about.startswith("gestrat"),
        )
    if name == "yrbs.csv":
        return Design(
            data, weights="weight", strata="stratum" if "strata stratum" in about else None,
            clusters="psu" if "cluster psu" in about else None, nested=True,
        )  # fmt: skip
    if about.startswith("elementen"):
        return Design(data, weights="pw", strata="dnum", lonely_psu=about.rpartition("=")[2])
    return Design(data, weights="pw", clusters="dnum", fpc="fpc")


def _weighted(design: Design, record: Any, folder: Path) -> Design:
    about = record["ontwerp"]
    if "JK1" in about:
        design = design.replicates("JK1")
    if "marges" in record:
        return design.rake(record["marges"])
    if "kruistabel" in about:
        population = columns(folder / "apipop.csv")
        crossed: dict[tuple[str, str], int] = {}
        for pair in zip(population["stype"], population["sch.wide"], strict=True):
            crossed[pair] = crossed.get(pair, 0) + 1
        return design.rake({("stype", "sch.wide"): crossed, "comp.imp": {"No": 1712, "Yes": 4482}})
    return design


def _printed(value: float, shown: float) -> bool:
    """Whether a value, printed with as many digits, is what was shown."""
    digits = len(f"{shown!r}".replace(".", "").replace("-", "").lstrip("0"))
    return abs(value - shown) <= 0.51 * 10.0 ** (_place(shown) - digits + 1)


def _place(shown: float) -> int:
    return int(f"{abs(shown):e}".partition("e")[2])


@pytest.mark.parametrize("number", range(26))
def test_an_estimate_is_the_printed_one(published: Any, folder: Path, number: int) -> None:
    record = published["schattingen"][number]
    data = columns(folder / record["dataset"])
    name = record["parameter"]
    if record["dataset"] == "yrbs.csv":
        data["y"] = [1.0 if answer == 1 else 0.0 if answer == 2 else None for answer in data["qn8"]]
        known = [row for row, answer in enumerate(data["y"]) if answer is not None]
        data = {column: [values[row] for row in known] for column, values in data.items()}
    design = _weighted(_design(record["dataset"], record["ontwerp"], data), record, folder)
    if "x>4" in record["schatter"]:
        design = design.subset("x > 4")
    elif "x<=4" in record["schatter"]:
        design = design.subset("x <= 4")
    found: Estimates = design.total(name) if record["schatter"] == "totaal" else design.mean(name)
    assert _printed(found.estimate[0], record["schatting"]), (found.estimate[0], record["schatting"])
    assert _printed(found.se[0], record["se"]), (found.se[0], record["se"])
    if "ci95" in record:
        assert _printed(found.lower[0], record["ci95"][0])
        assert _printed(found.upper[0], record["ci95"][1])


def test_the_small_area_model_is_the_published_one(published: Any, folder: Path) -> None:
    (record,) = published["kleine_gebieden"]
    milk = columns(folder / "milk.csv")
    dummies = [[float(area == other) for other in (2, 3, 4)] for area in milk["MajorArea"]]
    found = fay_herriot(milk["yi"], dummies, [sd**2 for sd in milk["SD"]], areas=milk["SmallArea"])
    # The published digits were reached by an iteration that stops at 1e-4.
    assert found.estimate == pytest.approx(record["eblup_per_SmallArea"], rel=1e-6)
    assert found.mse == pytest.approx(record["mse_per_SmallArea"], rel=5e-6)
    assert found.coefficients == pytest.approx(record["vaste_effecten"], rel=2e-6)
    assert found.coefficient_se == pytest.approx(record["vaste_effecten_se"], rel=2e-6)
