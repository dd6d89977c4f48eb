"""A map maker opens the map layers, a journalist takes the figures along."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import numpy as np
import pyogrio
import pytest
import shapely

from tests.pages.accessibility import assert_usable


def _read(address: str, layer: str, **options: Any) -> tuple[dict[str, Any], Any, dict[str, Any]]:
    meta, _ids, shapes, columns = pyogrio.raw.read(f"OAPIF:{address}/ogc/v1", layer=layer, **options)
    return meta, shapely.from_wkb(shapes), dict(zip(map(str, meta["fields"]), columns, strict=True))


def _layers(address: str) -> list[str]:
    return [str(name) for name, _kind in pyogrio.list_layers(f"OAPIF:{address}/ogc/v1")]


def test_gdal_reads_every_map_layer_in_both_systems_with_all_areas_in_the_same_place(made_up_site: str) -> None:
    with urlopen(f"{made_up_site}/ogc/v1/collections") as answer:
        collections = json.load(answer)["collections"]
    assert _layers(made_up_site) == [item["id"] for item in collections] != []
    for layer in _layers(made_up_site):
        meta, metres, columns = _read(made_up_site, layer, CRS="EPSG:28992")
        assert meta["crs"] == "EPSG:28992"
        _meta, degrees, _columns = _read(made_up_site, layer, CRS="OGC:CRS84")
        assert len(metres) == len(degrees) > 0
        from pyproj import Transformer

        to = Transformer.from_crs("OGC:CRS84", "EPSG:28992", always_xy=True).transform
        moved = shapely.transform(degrees, lambda points, to=to: np.column_stack(to(points[:, 0], points[:, 1])))
        assert float(np.max(shapely.hausdorff_distance(moved, metres))) < 0.2
        assert set(columns["let_op"]) == {"VERZONNEN VOORBEELD"}


@pytest.mark.data
def test_the_layer_of_neighbourhoods_holds_the_figures_of_the_file(site: str, data: Path) -> None:
    _meta, shapes, columns = _read(site, "buurten-2024", CRS="EPSG:28992")
    assert len(shapes) == 1814
    with (data / "kwb" / "kwb_2024_85984NED_selectie.csv").open(encoding="utf-8") as file:
        people = {row["WijkenEnBuurten"]: row["AantalInwoners_5"] for row in csv.DictReader(file)}
    for code, value, why in zip(columns["code"], columns["inwoners"], columns["zonder_cijfer"], strict=True):
        if people[code]:
            assert value == float(people[code])
        else:
            assert "inwoners: nul-of-geheim" in why


@pytest.mark.data
def test_a_box_on_the_map_gives_only_what_touches_it(site: str) -> None:
    box = (215_000.0, 450_000.0, 220_000.0, 455_000.0)
    _meta, shapes, _columns = _read(site, "buurten-2024", CRS="EPSG:28992", bbox=box)
    _meta, all_shapes, _columns = _read(site, "buurten-2024", CRS="EPSG:28992")
    assert len(shapes) == int(shapely.intersects(all_shapes, shapely.box(*box)).sum()) > 5


@pytest.mark.data
@pytest.mark.browser
def test_the_data_page_says_what_is_open_and_its_download_is_the_release(site: str, page: Any, data: Path) -> None:
    page.goto(f"{site}/data")
    assert page.get_by_role("heading", name="Kerncijfers wijken en buurten 2024").is_visible()
    assert_usable(page)
    page.get_by_text("Welke cijfers zitten erin?").first.click()
    address = page.get_by_role("link", name=re.compile("^CSV van Kerncijfers wijken en buurten 2024")).get_attribute("href")
    with urlopen(site + address) as answer:
        rows = {row["gebiedscode"]: row for row in csv.DictReader(io.TextIOWrapper(answer, encoding="utf-8", newline=""))}
    assert len(rows) == 15578
    assert float(rows["GM1876"]["inwoners 2024"]) == 36119
    page.get_by_role("link", name="Alle vragen die u kunt stellen").click()
    assert_usable(page)


def test_a_made_up_province_says_so_in_every_form_that_leaves_the_house(made_up_site: str) -> None:
    for address in (
        "/api/v1/gebieden/PV99",
        "/api/v1/gebieden/PV99/cijfers",
        "/api/v1/cijfers?indicator=inwoners&formaat=csv",
        "/api/v1/cijfers?indicator=inwoners&formaat=json-stat",
        "/api/v1/cijfers?indicator=inwoners&formaat=parquet",
        "/api/v1/leveringen",
        "/ogc/v1/collections/buurten-2024/items?limit=1",
        "/data/catalogus",
        "/data",
    ):
        with urlopen(made_up_site + address) as answer:
            assert b"VERZONNEN VOORBEELD" in answer.read(), address


def test_a_head_question_gives_the_same_headers_without_a_body(made_up_site: str) -> None:
    address = f"{made_up_site}/api/v1/indicatoren"
    with urlopen(address) as full, urlopen(Request(address, method="HEAD")) as empty:
        assert empty.read() == b""
        assert (empty.headers["ETag"], empty.headers["Content-Type"]) == (full.headers["ETag"], full.headers["Content-Type"])
