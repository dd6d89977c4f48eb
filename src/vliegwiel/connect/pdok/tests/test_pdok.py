"""Borders and places of PDOK."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely

from vliegwiel.connect import loopback
from vliegwiel.connect.loopback import Fault, Reply, Request, Site
from vliegwiel.connect.pages import Pages
from vliegwiel.connect.pdok import borders, fake, geopackage
from vliegwiel.connect.pdok.features import DEGREES, RD, Features
from vliegwiel.connect.pdok.locatieserver import Locatieserver
from vliegwiel.connect.web import Web
from vliegwiel.kernel.errors import NotFound, NotValid


@pytest.fixture
def site() -> Iterator[Site]:
    with fake.serve() as running:
        yield running


@pytest.fixture
def pages_of(tmp_path: Path) -> Iterator[Callable[[Site], Pages]]:
    with ExitStack() as stack:

        def start(site: Site) -> Pages:
            web = stack.enter_context(Web("PDOK", (site.address,), sleep=lambda _seconds: None))
            return Pages(web, tmp_path / "cache")

        yield start


def _layer(path: Path, name: str) -> tuple[Any, dict[str, list[str]]]:
    meta, _fids, geometry, values = pyogrio.raw.read(path, layer=name)
    return shapely.from_wkb(geometry), dict(zip(meta["fields"], (list(column) for column in values), strict=True))


def test_the_areas_of_one_province_in_one_year_become_a_file_in_rd_without_water(
    pages_of: Callable[[Site], Pages], site: Site, tmp_path: Path
) -> None:
    path = borders.fetch(pages_of(site), tmp_path / "grenzen.gpkg", year=2024, province="PV99", base=f"{site.address}/cbs")
    assert sorted(str(name) for name, _kind in pyogrio.list_layers(path)) == ["buurten", "gemeenten", "provincies", "wijken"]
    shapes, values = _layer(path, "gemeenten")
    assert values["gemeentecode"] == ["GM9900", "GM9901"]
    assert shapely.area(shapes).tolist() == [12_000_000.0, 12_000_000.0]
    _shapes, values = _layer(path, "buurten")
    assert values["buurtcode"] == ["BU99000000", "BU99000001", "BU99010000", "BU99010001"]
    assert set(values["provinciecode"]) == {"PV99"}
    assert set(values["jaar"]) == {"2024"}


def test_a_service_without_rd_gives_the_same_areas_in_degrees(pages_of: Callable[[Site], Pages], tmp_path: Path) -> None:
    with fake.serve(crs=(DEGREES,)) as site:
        path = borders.fetch(pages_of(site), tmp_path / "g.gpkg", year=2024, province="PV99", base=f"{site.address}/cbs")
    shapes, values = _layer(path, "gemeenten")
    west, south, east, north = shapely.total_bounds(shapes)
    assert 5 < west < east < 6
    assert 51 < south < north < 53
    assert values["gemeentecode"] == ["GM9900", "GM9901"]


def test_another_page_size_gives_the_same_and_faults_lose_nothing(pages_of: Callable[[Site], Pages], tmp_path: Path) -> None:
    with fake.serve(page_size=1) as site:
        site.faults = [None, Fault.BROKEN, None, None, Fault.CUT, None, Fault.WEB_PAGE, Fault.BUSY, None, Fault.MALFORMED]
        features = Features(pages_of(site), f"{site.address}/cbs/wijken-en-buurten-2024/ogc/v1")
        found = list(features.items(features.collection("buurten"), crs=RD, bbox=(180_000, 440_000, 183_000, 442_000)))
    assert [feature["properties"]["buurtcode"] for feature in found] == ["BU99000000", "BU99000001"]


def test_a_province_or_year_that_is_not_there_is_said_plainly(
    pages_of: Callable[[Site], Pages], site: Site, tmp_path: Path
) -> None:
    pages, base = pages_of(site), f"{site.address}/cbs"
    with pytest.raises(NotFound, match="PV77"):
        borders.fetch(pages, tmp_path / "g.gpkg", year=2024, province="PV77", base=base)
    with pytest.raises(NotFound, match="2019"):
        borders.fetch(pages, tmp_path / "g.gpkg", year=2019, province="PV99", base=base)
    assert not (tmp_path / "g.gpkg").exists()


def test_a_map_whose_columns_changed_is_refused(
    pages_of: Callable[[Site], Pages], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = fake._features

    def renamed(name: str) -> list[dict[str, Any]]:
        return [{**item, "properties": {"code": 1}} if name == "wijken" else item for item in recorded(name)]

    monkeypatch.setattr(fake, "_features", renamed)
    with fake.serve() as site, pytest.raises(NotValid, match="wijkcode"):
        borders.fetch(pages_of(site), tmp_path / "g.gpkg", year=2024, province="PV99", base=f"{site.address}/cbs")


def test_a_whole_geopackage_is_fetched_in_parts_when_it_must(pages_of: Callable[[Site], Pages], tmp_path: Path) -> None:
    with fake.serve() as site:
        whole = borders.fetch(pages_of(site), tmp_path / "g.gpkg", year=2024, province="PV99", base=f"{site.address}/cbs")
    content = whole.read_bytes()

    def answer(_site: Site, request: Request) -> Reply:
        start = int(request.headers.get("Range", "bytes=0-")[6:-1])
        return Reply(content[start:], "application/geopackage+sqlite3", 206 if start else 200)

    with loopback.serve(answer) as site:
        site.faults = [Fault.CUT, Fault.BROKEN, Fault.CUT]
        web = Web("PDOK", (site.address,), sleep=lambda _seconds: None)
        got = geopackage.download(web, f"{site.address}/wijkenbuurten_2024.gpkg", tmp_path / "nl.gpkg")
        web.close()
    assert got.read_bytes() == content


def test_places_are_suggested_looked_up_and_found_by_postcode(site: Site) -> None:
    web = Web("PDOK", (site.address,))
    service = Locatieserver(web, f"{site.address}/bzk/locatieserver/search/v3_1")
    suggested = service.suggest("luchtkasteel", kinds=("woonplaats", "adres"))
    assert [place.kind for place in suggested] == ["woonplaats", "adres"]
    assert suggested[1].rd is None
    place = service.lookup(suggested[1].id)
    assert (place.neighbourhood, place.municipality, place.province) == ("BU99000000", "GM9900", "PV99")
    assert place.rd == (181000.5, 441000.25)
    assert [found.kind for found in service.free("9900 AA", kinds=("postcode",))] == ["postcode"]
    assert service.free("bestaat niet") == ()
    with pytest.raises(NotFound):
        service.lookup("adr-ffffffffffffffffffffffffffffffff")
    web.close()


@pytest.mark.data
def test_recorded_answers_of_the_real_locatieserver_are_read(data: Path) -> None:
    def answer(_site: Site, request: Request) -> Reply:
        name = {"1118CP 202": "adres", "1118CP": "postcode"}.get(request.one("q"), "leeg")
        return Reply((data / "pdok_api" / f"locatieserver_free_{name}.json").read_bytes())

    with loopback.serve(answer) as site:
        web = Web("PDOK", (site.address,))
        service = Locatieserver(web, site.address)
        address = service.free("1118CP 202")[0]
        assert (address.neighbourhood, address.municipality, address.postcode) == ("BU03941663", "GM0394", "1118CP")
        assert address.rd == (111396.536, 479739.602)
        assert service.free("1118CP")[0].kind == "postcode"
        assert service.free("nergens") == ()
        web.close()


@pytest.mark.data
def test_recorded_pages_of_the_real_server_are_followed_by_their_cursor(
    pages_of: Callable[[Site], Pages], data: Path, tmp_path: Path
) -> None:
    folder = data / "pdok_api"

    def answer(site: Site, request: Request) -> Reply:
        if request.path.endswith("/collections/foo"):
            return Reply((folder / "gokoala_collection_features.json").read_bytes())
        name = (
            "gokoala_foo_collection_with_cursor.json" if "cursor" in request.query else "gokoala_foo_collection_with_limit.json"
        )
        page = json.loads((folder / name).read_text(encoding="utf-8").replace("http://localhost:8080", site.address))
        if "cursor" in request.query:  # the recording stops here
            page["links"] = [link for link in page["links"] if link["rel"] != "next"]
        return Reply.of(page, "application/geo+json")

    with loopback.serve(answer) as site:
        features = Features(pages_of(site), site.address)
        collection = features.collection("foo")
        found = list(features.items(collection))
    assert collection.crs == (DEGREES,)
    assert [feature["id"] for feature in found] == ["3542", "3837", "3838", "3839"]
