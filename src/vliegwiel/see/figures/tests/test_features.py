"""Map layers: the right areas, in the right place, with their figures."""

from pathlib import Path
from typing import Any

import pytest
import shapely
from django.test import Client

from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import a_border_file
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.tests.given import ROWS, a_delivery, published

pytestmark = pytest.mark.django_db
ITEMS = "/ogc/v1/collections/buurten-2024/items"
RD = "http://www.opengis.net/def/crs/EPSG/0/28992"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@pytest.fixture(autouse=True)
def _loaded(tmp_path: Path) -> None:
    actor = Actor.system("cli")
    import_areas(actor=actor, path=a_border_file(tmp_path), year=2024)
    import_release(actor=actor, path=a_delivery(tmp_path))


def _ask(address: str = ITEMS, **query: str) -> Any:
    return Client().get(address, query)


def test_a_feature_has_its_figures_and_the_reason_of_each_that_is_missing() -> None:
    hengelo, veldhoek = _ask().json()["features"]
    assert (hengelo["id"], hengelo["properties"]["inwoners"], hengelo["properties"]["afstand_huisarts"]) == (
        "BU18760000",
        4370,
        0.8,
    )
    assert veldhoek["properties"]["afstand_huisarts"] is None
    assert "afstand_huisarts: nul-of-geheim" in veldhoek["properties"]["zonder_cijfer"]
    assert "CC BY 4.0" in veldhoek["properties"]["bron"]


def test_degrees_are_the_default_and_metres_come_on_request_and_the_header_says_which() -> None:
    degrees, metres = _ask(), _ask(crs=RD)
    assert (degrees["Content-Crs"], metres["Content-Crs"]) == (f"<{CRS84}>", f"<{RD}>")
    west, south, east, north = shapely.from_geojson(degrees.content.decode()).bounds
    assert 6.0 < west < east < 6.5
    assert 51.9 < south < north < 52.1
    assert shapely.from_geojson(metres.content.decode()).bounds == (200_000, 440_000, 202_000, 441_000)


def test_an_outer_border_runs_against_the_clock() -> None:
    shape = shapely.from_geojson(_ask(crs=RD).content.decode()).geoms[0].geoms[0]
    assert shape.exterior.is_ccw


def test_a_box_gives_what_touches_it_in_either_system() -> None:
    only_west = {"bbox": "200100,440100,200200,440200", "bbox-crs": RD}
    assert [item["id"] for item in _ask(**only_west).json()["features"]] == ["BU18760000"]
    assert _ask(bbox="6,51,7,53").json()["numberMatched"] == 2
    assert _ask(bbox="4,50,4.5,50.5").json()["numberMatched"] == 0


@pytest.mark.parametrize(
    ("bbox", "system"),
    [("6,52,7,53", RD), ("200000,440000,201000,441000", CRS84), ("6,53,7,52", CRS84), ("1,2,3", CRS84), ("a,b,c,d", CRS84)],
)
def test_a_box_outside_its_system_is_refused_with_the_reason(bbox: str, system: str) -> None:
    answer = _ask(**{"bbox": bbox, "bbox-crs": system})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["invalidParams"][0]["name"] == "bbox"


def test_a_map_that_is_zoomed_out_beyond_the_netherlands_still_gets_everything() -> None:
    wide = {"bbox": "-500000,-500000,1500000,1500000", "bbox-crs": RD}
    assert _ask(**wide).json()["numberMatched"] == 2


def test_pages_of_features_follow_each_other() -> None:
    first = _ask(limit="1").json()
    (further,) = [link["href"] for link in first["links"] if link["rel"] == "next"]
    second = _ask(further.removeprefix("http://testserver")).json()
    assert [first["features"][0]["id"], second["features"][0]["id"]] == ["BU18760000", "BU18760002"]
    assert not [link for link in second["links"] if link["rel"] == "next"]


def test_a_layer_says_where_it_lies_and_how_it_is_stored() -> None:
    (layer,) = [item for item in _ask("/ogc/v1/collections").json()["collections"] if item["id"] == "buurten-2024"]
    assert layer["storageCrs"] == RD
    assert layer["crs"] == [CRS84, RD]
    assert "conf/crs" in " ".join(_ask("/ogc/v1/conformance").json()["conformsTo"])
    assert {link["rel"] for link in _ask("/ogc/v1").json()["links"]} >= {"self", "service-desc", "conformance", "data"}


@pytest.mark.parametrize(
    ("asked", "found"), [("2024-06-01", 2), ("2020-01-01/2023-12-31", 0), ("../2024-01-01", 2), ("2025-01-01/..", 0)]
)
def test_a_moment_outside_the_year_of_the_layer_gives_nothing(asked: str, found: int) -> None:
    assert _ask(datetime=asked).json()["numberMatched"] == found


def test_a_saved_file_in_metres_says_so_and_one_in_degrees_needs_not() -> None:
    metres, degrees = _ask(crs=RD).json(), _ask().json()
    assert metres["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::28992"
    assert _ask(f"{ITEMS}/BU18760000", crs=RD).json()["crs"] == metres["crs"]
    assert "crs" not in degrees


def test_the_area_of_which_most_is_known_comes_first_so_that_a_map_program_sees_numbers(tmp_path: Path) -> None:
    distance = {"BU18760000": "", "BU18760002": "0.9"}
    rows = [{**row, "AfstandTotHuisartsenpraktijk_110": distance.get(row["WijkenEnBuurten"], "1.9")} for row in ROWS]
    later = a_delivery(tmp_path, rows=rows, name="kwb_2024_85984NED_later.csv")
    import_release(actor=Actor.system("cli"), path=later, told=published("2026-12-01"))
    first, second = _ask().json()["features"]
    assert (first["id"], first["properties"]["afstand_huisarts"], second["properties"]["afstand_huisarts"]) == (
        "BU18760002",
        0.9,
        None,
    )


def test_a_figure_that_no_area_of_a_layer_has_is_no_column_and_its_reason_stays() -> None:
    first = _ask().json()["features"][0]["properties"]
    gone = [part.split(":")[0] for part in (first["zonder_cijfer"] or "").split("; ") if part.endswith("niet-verzameld")]
    assert not set(gone) & set(first)
