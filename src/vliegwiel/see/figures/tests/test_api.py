"""The API gives the figures of the release, with the reason where there is none, in the form that was asked for."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import a_border_file, provinces_of
from vliegwiel.see.figures import queries
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.tests.given import a_delivery, changed, published

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")


@pytest.fixture(autouse=True)
def _loaded(tmp_path: Path) -> None:
    import_areas(actor=CLI, path=a_border_file(tmp_path), year=2024)
    import_release(actor=CLI, path=a_delivery(tmp_path))


def _ask(address: str, **headers: str) -> Any:
    return Client().get(address, headers=headers)


DOCTOR = "/api/v1/cijfers?indicator=afstand-huisarts&niveau=buurt"


def test_a_figure_has_its_value_and_a_missing_one_its_reason() -> None:
    found = {row["gebiedscode"]: row for row in _ask(DOCTOR).json()["resultaten"]}
    assert (found["BU18760000"]["waarde"], found["BU18760000"]["reden"]) == (0.8, None)
    assert (found["BU18760002"]["waarde"], found["BU18760002"]["reden"]) == (None, "nul-of-geheim")


def test_the_figures_of_an_area_are_said_in_the_words_of_the_command_line() -> None:
    from vliegwiel.catalogue.reader import indicators
    from vliegwiel.see.figures.describe import described

    mine = _ask("/api/v1/gebieden/BU18760002/cijfers").json()
    expected = [described(figure) for figure in queries.figures_of(2024, "BU18760002", list(indicators()))]
    assert mine["cijfers"] == json.loads(json.dumps(expected))
    assert all(figure["waarde"] is not None or figure["toelichting"] for figure in mine["cijfers"])


def test_without_a_year_the_newest_that_holds_the_answer_is_taken(tmp_path: Path) -> None:
    import_areas(
        actor=CLI, path=provinces_of(tmp_path, [(2025, "GM1876", "Bronckhorst", "PV25")]), year=None
    )  # no neighbourhoods yet
    assert _ask("/api/v1/gebieden/GM1876").json()["jaar"] == 2025
    assert _ask("/api/v1/gebieden/BU18760002").json()["jaar"] == 2024
    assert [row["jaar"] for row in _ask("/api/v1/gebieden?niveau=buurt").json()["resultaten"]] == [2024, 2024]
    assert _ask(DOCTOR).json()["titel"].endswith("buurten van 2024")
    assert _ask("/api/v1/gebieden/BU18760002?jaar=2025").status_code == 404


def test_a_province_is_summed_as_on_its_page_and_marked_as_computed() -> None:
    (people,) = [item for item in _ask("/api/v1/gebieden/PV25/cijfers").json()["cijfers"] if item["indicator"] == "inwoners"]
    assert (people["waarde"], people["berekend"]) == (4510, True)
    listed = _ask("/api/v1/cijfers?indicator=inwoners&niveau=provincie").json()
    assert (listed["resultaten"][0]["waarde"], listed["cijfer"]["berekend"]) == (4510, True)


def test_every_form_holds_the_same_values() -> None:
    import pyarrow as pa
    from pyarrow import parquet

    as_json = [row["waarde"] for row in _ask(DOCTOR).json()["resultaten"]]
    text = _ask(DOCTOR, accept="text/csv").content.decode()
    assert text.startswith("gebiedscode,gebied,jaar,indicator,") and text.count("\r\n") == 3
    as_csv = [float(row["waarde"]) if row["waarde"] else None for row in csv.DictReader(io.StringIO(text))]
    stat = _ask(DOCTOR, accept="application/vnd.json-stat+json").json()
    table = parquet.read_table(pa.BufferReader(_ask(DOCTOR, accept="application/vnd.apache.parquet").content))
    assert as_json == as_csv == stat["value"] == table["waarde"].to_pylist() == [0.8, None]
    assert stat["size"] == [2, 1, 1]
    assert stat["status"] == {"1": "nul-of-geheim"}
    assert table["reden"].to_pylist() == [None, "nul-of-geheim"]


def test_csv_for_excel_has_semicolons_decimal_commas_and_a_byte_order_mark() -> None:
    text = _ask(f"{DOCTOR}&formaat=csv&dialect=excel").content.decode("utf-8")
    assert text.startswith("\ufeffgebiedscode;gebied;")
    assert ";0,8;km;" in text


def test_a_form_that_we_do_not_have_is_406_and_says_which_there_are() -> None:
    answer = _ask(DOCTOR, accept="application/xml")
    assert answer.status_code == 406
    assert "text/csv" in answer.json()["detail"]


def test_an_answer_that_did_not_change_is_304_until_a_release_comes(tmp_path: Path) -> None:
    tag = _ask(DOCTOR)["ETag"]
    again = _ask(DOCTOR, if_none_match=tag)
    assert (again.status_code, again.content, again["API-Version"]) == (304, b"", "1.1.0")
    assert _ask(DOCTOR, accept="text/csv")["ETag"] != tag
    import_release(
        actor=CLI,
        told=published("2026-08-01"),
        path=a_delivery(tmp_path, name="later_85984NED.csv", rows=changed("BU18760000", "AantalInwoners_5", "4400")),
    )
    assert _ask(DOCTOR, if_none_match=tag).status_code == 200


def test_pages_of_a_long_answer_follow_each_other_and_hold_everything_once() -> None:
    address, seen = f"{DOCTOR}&paginaGrootte=1", []
    while address:
        answer = _ask(address).json()
        seen += [row["gebiedscode"] for row in answer["resultaten"]]
        address = answer["links"].get("volgende", "").removeprefix("http://testserver")
    assert seen == ["BU18760000", "BU18760002"]
    assert 'rel="next"' in _ask(f"{DOCTOR}&paginaGrootte=1")["Link"]


@pytest.mark.parametrize("address", ["/api/v1/cijfers?indicator=bestaat-niet", "/api/v1/cijfers?indicator=inwoners&jaar=1999",
    "/api/v1/cijfers?indicator=inwoners&periode=1999", "/api/v1/cijfers?indicator=inwoners&binnen=GM9999",
    "/api/v1/gebieden/BU99999999", "/api/v1/gebieden/xx", "/api/v1/leveringen/xx", "/api/v1/leveringen/xx/bestand",
    "/api/v1/indicatoren/xx", "/ogc/v1/collections/xx", "/ogc/v1/collections/buurten-2024/items/xx"])  # fmt: skip
def test_what_does_not_exist_is_a_problem_in_dutch(address: str) -> None:
    answer = _ask(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert {"status", "title", "detail"} <= set(answer.json())


def test_a_release_is_downloaded_byte_for_byte_as_it_was_stored() -> None:
    import hashlib

    (release,) = _ask("/api/v1/leveringen").json()["resultaten"]
    content = _ask(f"/api/v1/leveringen/{release['id']}/bestand").content
    assert hashlib.sha256(content).hexdigest() == release["hash"]
    assert _ask(f"/api/v1/leveringen/{release['id']}").json()["statuscodes"]["6"] == "nul-of-geheim"


def test_the_files_of_a_release_say_value_or_reason_for_every_cell() -> None:
    (release,) = queries.releases()
    here = f"/api/v1/leveringen/{release.public_id}/bestand"
    rows = {row["gebiedscode"]: row for row in csv.DictReader(io.StringIO(_ask(here, accept="text/csv").content.decode()))}
    assert rows["BU18760002"]["afstand-huisarts 2024"] == ""
    assert rows["BU18760002"]["afstand-huisarts 2024 reden"] == "nul-of-geheim"
    plain = _ask(here, accept="application/json").json()
    (doctor,) = [item for item in plain["cijfers"] if item["indicator"] == "afstand-huisarts"]
    assert dict(zip(plain["gebieden"], doctor["waarden"], strict=True)) == {"BU18760000": 0.8, "BU18760002": None, "GM1876": 1.9}
    stat = _ask(here, accept="application/vnd.json-stat+json").json()
    assert len(stat["value"]) == stat["size"][0] * stat["size"][1]
    assert all(str(place) in stat["status"] for place, value in enumerate(stat["value"]) if value is None)
