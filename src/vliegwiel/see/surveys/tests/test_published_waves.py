"""Waves of which others printed the answers, walked from file to run, release, page and download: the numbers are theirs."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.actions.describe_figures import Meaning, describe_figures
from vliegwiel.see.surveys.actions.describe_wave import Asked, Drawn, describe_wave
from vliegwiel.see.surveys.actions.import_wave import import_wave
from vliegwiel.see.surveys.actions.review_run import propose_review
from vliegwiel.see.surveys.actions.run_wave import carry_out_run, start_run
from vliegwiel.see.surveys.models import Run
from vliegwiel.see.surveys.publishing import key_of
from vliegwiel.see.surveys.tests.given import PROFILE, made_public, the_figures, two_researchers

pytestmark = [pytest.mark.django_db, pytest.mark.data]
#: What the file says of a design, and how a researcher says it on the form.
_DRAWN: dict[str, dict[str, Any]] = {
    "gewicht weight, cluster psu, geen strata": {"weight": "weight", "cluster": "psu"},
    "gewicht weight, geen cluster, geen strata": {"weight": "weight"},
    "gewicht weight, strata stratum, cluster psu": {"weight": "weight", "strata": "stratum", "cluster": "psu", "nested": True},
    "gewicht weight, strata stratum, geen cluster": {"weight": "weight", "strata": "stratum"},
    "gestratificeerd (stratid), PSU psuid genest, gewicht weight, met teruglegging": {
        "weight": "weight", "strata": "stratid", "cluster": "psuid", "nested": True,
    },
    "gestratificeerd (stratid), PSU psuid, gewicht weight, fpc=Nh": {
        "weight": "weight", "strata": "stratid", "cluster": "psuid", "nested": True, "fpc": "Nh",
    },
    "cluster psuid (5 clusters), geen strata, gewicht weight": {"weight": "weight", "cluster": "psuid"},
    "elementen, strata dnum (stratum 413 heeft 1 PSU), gewicht pw, enkel-PSU-regel=adjust": {"weight": "pw", "strata": "dnum"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.VLIEGWIEL_HOME, settings.VLIEGWIEL_PROVINCE = tmp_path / "home", PROVINCE
    figures.stamp.forget()
    the_figures(tmp_path)


def _printed(value: float, shown: float) -> bool:
    """Whether a value, printed with as many digits, is what was shown."""
    digits = len(f"{shown!r}".replace(".", "").lstrip("0"))
    return abs(value - shown) <= 0.51 * 10.0 ** (int(f"{shown:e}".partition("e")[2]) - digits + 1)


def _file(folder: Path, dataset: str, to: Path) -> Path:
    """The file as it is; the yes and no of yrbs become 1 and 0, and who said nothing stays out, as its source did."""
    if dataset != "yrbs.csv":
        return folder / dataset
    with (folder / dataset).open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["qn8"] in ("1", "2", "1.0", "2.0")]
    with to.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["weight", "stratum", "psu", "y"])
        writer.writerows([row["weight"], row["stratum"], row["psu"], 1 if float(row["qn8"]) == 1 else 0] for row in rows)
    return to


def test_printed_estimates_come_out_of_the_room_as_they_were_printed(data: Path, tmp_path: Path, client: Any) -> None:
    folder = data / "enquete"
    one, other = two_researchers()
    records = json.loads((folder / "verwachte_schattingen.json").read_text(encoding="utf-8"))["schattingen"]
    known = [record for record in records if record["ontwerp"] in _DRAWN and record["schatter"] == "gemiddelde"]
    assert len(known) == len(_DRAWN)
    scales = {"x": (0, 10), "y": (0, 1), "api00": (200, 1000)}
    for number, record in enumerate(known):
        item, (low, high) = record["parameter"], scales[record["parameter"]]
        path = _file(folder, record["dataset"], tmp_path / "jaren.csv")
        wave = import_wave(
            actor=one, province=PROVINCE, survey=record["dataset"], period=str(2000 + number), area_year=2024, path=path
        )
        drawn = Drawn(by_chance=True, population="alle inwoners", channels="brief", **_DRAWN[record["ontwerp"]])
        describe_wave(actor=one, wave=wave.public_id, drawn=drawn, columns=[Asked(item, item, score=True, low=low, high=high)])
        run = carry_out_run(actor=one, run=start_run(actor=one, wave=wave.public_id, profile=PROFILE).public_id)
        assert run.state == Run.State.DONE, run.failure
        (row,) = [row for row in stored.read_json(run.results)["rows"] if row["stat"] == "mean"]
        assert _printed(row["estimate"], record["schatting"]), record
        assert _printed(row["se"], record["se"]), record
        if record["ontwerp"] != "gewicht weight, strata stratum, cluster psu":
            continue
        meaning = Meaning(item, "gezondheid", "higher_is_better", "deel", (3,))
        describe_figures(actor=one, wave=wave.public_id, meanings=[meaning])
        made_public(other, propose_review(actor=one, run=run.public_id))
        address = f"/enquetes/{wave.survey.public_id}"
        page = client.get(f"{address}?meting={wave.period}").content.decode()
        assert "mensen geven gemiddeld een 0,8" in page
        text = client.get(f"{address}/uitkomsten.csv?meting={wave.period}").content.decode("utf-8-sig")
        (line,) = [line for line in csv.DictReader(io.StringIO(text)) if line["wat"] == "gemiddelde"]
        value, lower, upper = (float(line[name].replace(",", ".")) for name in ("waarde", "marge_onder", "marge_boven"))
        assert _printed(value, record["schatting"])
        assert (lower, upper) == (pytest.approx(row["lower"]), pytest.approx(row["upper"]))
        figure = figures.figure(key_of(wave, wave.columns.get(name=item), "mean"), 2024, PROVINCE)
        assert figure.estimate.value is not None
        assert _printed(figure.estimate.value, record["schatting"])
