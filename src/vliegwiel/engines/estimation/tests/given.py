"""What the tests of this engine start from."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

OWN = Path(__file__).parent / "reference"


def columns(path: Path) -> dict[str, list[Any]]:
    """A csv file as columns: numbers where all are numbers, None where empty or NA."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: _typed([row[name] for row in rows]) for name in rows[0]}


def _typed(values: list[str]) -> list[Any]:
    known = [value for value in values if value not in ("", "NA")]
    try:
        numbers = [float(value) for value in known]
    except ValueError:
        return [None if value in ("", "NA") else value for value in values]
    whole = all(number.is_integer() for number in numbers)
    return [None if value in ("", "NA") else int(float(value)) if whole else float(value) for value in values]


def table(path: Path, **more: list[Any]) -> pa.Table:
    """The same as an Arrow table."""
    return pa.table({**columns(path), **more})


def answers(path: Path) -> Any:
    """The expected answers beside a csv file."""
    return json.loads(path.with_suffix("").with_suffix(".expected.json").read_text())


def apart(found: Any, expected: Any) -> float:
    """The largest relative difference; what is missing must be missing on both sides. Zero is compared with 1e-9 of nothing."""
    a = np.asarray(found, dtype=float).ravel()
    b = np.asarray(
        [np.nan if one in (None, "NA", "NaN") else one for one in np.asarray(expected, dtype=object).ravel()], dtype=float
    )
    assert a.shape == b.shape, f"{a.shape} is not {b.shape}"
    assert (np.isnan(a) == np.isnan(b)).all(), f"{a} is not {b}"
    there = ~np.isnan(a)
    return float(np.max(np.abs(a - b)[there] / np.maximum(np.abs(b[there]), 1e-3), initial=0.0))


def a_survey(people: int = 400, seed: int = 3, strata: int = 4, clusters: int = 6) -> dict[str, list[Any]]:
    """A made-up sample of two stages with missing answers."""
    stream = np.random.default_rng(seed)
    stratum = stream.integers(0, strata, people)
    cluster = stream.integers(0, clusters, people)
    score = stream.integers(0, 11, people).astype(float)
    income = np.round(np.exp(stream.normal(7.5, 0.9, people)), 2)
    score[stream.random(people) < 0.06] = np.nan
    return {
        "stratum": [f"s{one}" for one in stratum],
        "psu": (stratum * 100 + cluster).tolist(),
        "weight": np.round(stream.uniform(5, 40, people), 3).tolist(),
        "score": [None if np.isnan(one) else one for one in score],
        "income": income.tolist(),
        "town": [f"t{one}" for one in stream.integers(0, 5, people)],
        "age": [["18-34", "35-54", "55+"][one] for one in stream.integers(0, 3, people)],
        "wave": stream.choice([2022, 2024], people).tolist(),
    }
