"""The map, its table, its files and its tiles say the same."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.test import Client

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import tiles
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import a_border_file
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.tests.given import ROWS, a_delivery, published

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")
MAP = "/kaart?binnen=PV25&niveau=buurten&indicator=afstand-huisarts"


@pytest.fixture
def visitor(tmp_path: Path) -> Client:
    """A visitor of a province of one municipality with two neighbourhoods; Veldhoek has no distance to the doctor."""
    import_areas(actor=CLI, path=a_border_file(tmp_path), year=2024)
    import_release(actor=CLI, path=a_delivery(tmp_path))
    return Client()


def test_before_there_is_anything_to_draw_the_page_says_what_is_missing(tmp_path: Path, client: Client) -> None:
    assert "Er zijn nog geen gebieden geladen." in client.get("/kaart").content.decode()
    import_areas(actor=CLI, path=a_border_file(tmp_path), year=2024)
    answer = client.get("/kaart")
    assert (answer.status_code, "Van Gelderland zijn nog geen cijfers geladen." in answer.content.decode()) == (200, True)
    assert client.get("/kaart?jaar=1999").status_code == 404


def test_each_area_is_drawn_with_the_words_of_the_table(visitor: Client) -> None:
    text = visitor.get(MAP).content.decode()
    assert text.count('tabindex="-1"><path') == 2
    assert "<title>Hengelo: 0,8\u00a0km</title>" in text
    assert "Veldhoek: geen cijfer. De bron maakt geen verschil tussen nul en geheim." in text
    assert re.search(r'class="suppressed"><title>Veldhoek', text)


def test_neighbours_share_the_points_of_their_border(visitor: Client) -> None:
    paths = re.findall(r'<path d="M(\d+) (\d+)l([^z]*)z"', visitor.get(MAP).content.decode())
    corners = []
    for x, y, steps in paths:
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        points = [(int(x), int(y))]
        for east, south in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + east, points[-1][1] + south))
        corners.append(set(points))
    assert len(corners[0] & corners[1]) == 2


def test_the_download_and_the_values_of_the_live_map_hold_the_same_figures(visitor: Client) -> None:
    rows = {
        row["gebiedscode"]: row
        for row in csv.DictReader(io.StringIO(visitor.get(MAP.replace("?", "/cijfers.csv?")).content.decode()))
    }
    assert (rows["BU18760000"]["waarde"], rows["BU18760000"]["reden"]) == ("0.8", "")
    assert (rows["BU18760002"]["waarde"], rows["BU18760002"]["reden"]) == ("", "nul-of-geheim")
    values = visitor.get(MAP.replace("?", "/cijfers.json?")).json()
    assert values["kaarten"][0]["gebieden"]["BU18760000"][1] == "Hengelo: 0,8\u00a0km"
    assert values["kaarten"][0]["gebieden"]["BU18760002"][0] == "suppressed"
    west, south, east, north = values["grenzen"]
    assert 3 < west < east < 8
    assert 50 < south < north < 54


def test_two_figures_stand_beside_each_other_and_the_address_says_so(visitor: Client) -> None:
    text = visitor.get(f"{MAP}&naast=inwoners").content.decode()
    assert text.count("<figure") == 2
    assert "naast=inwoners" in text
    assert '<td class="n">4.370\u00a0inwoners</td>' in text


def test_the_table_follows_the_chosen_order_and_what_is_missing_comes_last(visitor: Client) -> None:
    def order(sort: str) -> list[str]:
        page = visitor.get(f"/kaart?binnen=PV25&niveau=buurten&indicator=inwoners&volgorde={sort}").content.decode()
        return re.findall(r'<th scope="row"><a [^>]*>(\w+)</a>', page)

    assert order("hoog") == ["Hengelo", "Veldhoek"]
    assert order("laag") == ["Veldhoek", "Hengelo"]
    assert order("naam") == ["Hengelo", "Veldhoek"]
    missing_last = visitor.get(f"{MAP}&volgorde=laag").content.decode()
    assert re.findall(r'<th scope="row"><a [^>]*>(\w+)</a>', missing_last) == ["Hengelo", "Veldhoek"]


def test_a_figure_that_this_level_does_not_have_says_where_it_is(visitor: Client) -> None:
    text = visitor.get("/kaart?binnen=GM1876&niveau=buurten&indicator=inwoners").content.decode()
    assert "De bron geeft dit cijfer niet" not in text


@pytest.mark.parametrize(
    "query",
    [
        "indicator=geluk",
        "jaar=1850",
        "jaar=veel",
        "binnen=GM9999",
        "niveau=straten",
        "periode=1999",
        "binnen=BU18760002",
    ],
)
def test_what_does_not_exist_is_refused_with_something_that_does(visitor: Client, query: str) -> None:
    answer = visitor.get(f"/kaart?{query}")
    assert answer.status_code == 404
    assert "Bedoelt u misschien" in answer.content.decode()


def test_the_live_map_is_offered_once_its_tiles_are_made(visitor: Client) -> None:
    assert "data-tiles" not in visitor.get(MAP).content.decode()
    path = tiles.make(Level.NEIGHBOURHOOD, 2024)
    assert path is not None
    from vliegwiel.foundation.design import page_cache

    page_cache.forget_all()
    text = visitor.get(MAP).content.decode()
    assert f'data-tiles="/tegels/{path.name}"' in text
    answer = visitor.get(f"/tegels/{path.name}", headers={"range": "bytes=0-6", "accept-encoding": "gzip"})
    assert (answer.status_code, answer.content) == (206, b"PMTiles")
    assert visitor.get("/tegels/..%2f..%2fsecret").status_code == 404
    assert visitor.get("/tegels/buurten-2024-0000000000000000-1.pmtiles").status_code == 404


def test_a_year_without_borders_is_not_offered_and_is_refused_with_a_year_that_can_be_drawn(
    visitor: Client, tmp_path: Path
) -> None:
    import_release(actor=CLI, path=a_delivery(tmp_path, name="kwb_2025_85984NED.csv"), told=published("2026-06-01", 2025))
    text = visitor.get("/kaart?binnen=GM1876&jaar=2024").content.decode()
    assert "<option>2025" not in text
    answer = visitor.get("/kaart?binnen=GM1876&jaar=2025")
    assert answer.status_code == 404
    assert "Van Bronckhorst in 2025 hebben we geen grenzen" in answer.content.decode()
    assert "Bronckhorst in 2024" in answer.content.decode()


def test_a_level_that_cannot_be_drawn_is_named_with_the_reason(visitor: Client, tmp_path: Path) -> None:
    rows = [{**row, "WijkenEnBuurten": code} for row, code in zip(ROWS, ("GM1876", "WK187600", "BU18760000"), strict=True)]
    import_release(actor=CLI, path=a_delivery(tmp_path, rows=rows), told=published("2026-06-01"))
    page = visitor.get("/kaart?binnen=GM1876&niveau=buurten").content.decode()
    assert "Van wijken in 2024 hebben we geen grenzen. Daarom kunt u die niet kiezen." in page
    answer = visitor.get("/kaart?binnen=GM1876&niveau=wijken")
    assert answer.status_code == 404
    assert "Van de wijken van Bronckhorst in 2024 hebben we geen grenzen." in answer.content.decode()
