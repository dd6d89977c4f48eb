"""How it was beside how it is: only where both are about the same land, and always with the reason."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely
from django.test import Client

from vliegwiel.catalogue import area_sets
from vliegwiel.catalogue.reader import indicators
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.figure import Estimate, Missing
from vliegwiel.see.areas.actions.import_area_sets import import_area_sets
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import a_border_file, a_list_of_areas, links_of, provinces_of
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.queries import Figure
from vliegwiel.see.figures.registry import ReleaseInfo
from vliegwiel.see.figures.tests.given import a_delivery
from vliegwiel.see.monitor import earlier

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")
NAMES = {"GM0003": "Appingedam", "GM0010": "Delfzijl", "GM1979": "Eemsdelta", "GM1876": "Bronckhorst", "BU18760002": "Veldhoek"}


def _figures(folder: Path, year: int, rows: dict[str, tuple[str, int, int]]) -> None:
    """Areas with name, inhabitants and inhabitants of 65 and older in a year."""
    table = {2020: "84799NED", 2024: "85984NED"}[year]
    cells = [
        {"WijkenEnBuurten": code, "Naam": name, "AantalInwoners_5": str(people), "k_65JaarOfOuder_12": str(old)}
        for code, (name, people, old) in rows.items()
    ]
    import_release(actor=CLI, path=a_delivery(folder, name=f"kwb_{year}_{table}.csv", rows=cells))


def _page(client: Client, code: str, query: str = "jaar=2024") -> str:
    answer = client.get(f"/gebieden/{code}?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def _csv(client: Client, code: str) -> list[dict[str, str]]:
    text = client.get(f"/gebieden/{code}/cijfers.csv?jaar=2024").content.decode()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def eemsdelta(tmp_path: Path) -> None:
    _figures(tmp_path, 2020, {"GM0003": ("Appingedam", 11_000, 2_500), "GM0010": ("Delfzijl", 24_000, 6_000)})
    _figures(tmp_path, 2024, {"GM1979": ("Eemsdelta", 34_500, 9_000)})
    import_areas(actor=CLI, path=links_of(tmp_path, [(2020, 2022, "GM0003", "GM1979", 1), (2020, 2022, "GM0010", "GM1979", 1)]))


def test_a_merged_municipality_shows_what_its_parts_counted_marked_as_carried(eemsdelta: None, client: Client) -> None:
    page = _page(client, "GM1979")
    assert "Vergeleken met 2020" in page
    assert "35.000\u00a0inwoners" in page
    assert "Daarom zijn cijfers van 2020 omgerekend naar de grenzen van 2024." in page
    earlier = [row for row in _csv(client, "GM1979") if row["vergelijkbaar"]]
    people = next(row for row in earlier if row["indicator"] == "inwoners")
    assert (people["waarde"], people["periode"], people["omgerekend"]) == ("35000.0", "2020", "de som van 2 gebieden")
    assert people["vergelijkbaar"] == "na omrekening"
    assert people["uitleg_vergelijking"].startswith("Eemsdelta is na 2020 ontstaan uit")


def test_an_area_that_ended_keeps_its_page_with_the_reason_and_its_successor(eemsdelta: None, client: Client) -> None:
    page = _page(client, "GM0010", "")
    assert "Delfzijl bestaat niet meer. Na 2020 ging het op in GM1979." in page
    assert "/gebieden/GM1979?jaar=2024" in page
    asked = client.get("/gebieden/GM0010?jaar=2024")
    assert asked.status_code == 404
    assert "Delfzijl bestaat niet meer." in asked.content.decode()
    assert "/gebieden/GM1979?jaar=2024" in asked.content.decode()
    assert "/gebieden/GM0010?jaar=2020" in asked.content.decode()


def test_the_same_code_with_another_name_is_not_compared_and_offers_the_other_place(tmp_path: Path, client: Client) -> None:
    _figures(tmp_path, 2020, {"BU02330001": ("Ermelo-Oost", 4_000, 900)})
    _figures(tmp_path, 2024, {"BU02330001": ("Ermelo - Noord", 4_000, 900)})
    page = _page(client, "BU02330001")
    assert "Niet te vergelijken." in page
    assert "Bekijk Ermelo-Oost zoals het in 2020 was" in page
    earlier = [row for row in _csv(client, "BU02330001") if row["vergelijkbaar"]]
    assert earlier
    assert {(row["waarde"], row["reden"], row["vergelijkbaar"]) for row in earlier} == {("", "gebied-gewijzigd", "nee")}


def test_the_same_borders_are_compared_and_say_how_that_is_known(tmp_path: Path, client: Client) -> None:
    shapes = [shapely.box(200_000, 440_000, 201_000, 441_000), shapely.box(201_000, 440_000, 202_000, 441_000)]
    for year in (2020, 2024):
        import_areas(actor=CLI, path=a_border_file(tmp_path, year=year, name=f"{year}.gpkg", shapes=shapes))
        _figures(tmp_path, year, {"BU18760002": ("Veldhoek", 120 if year == 2020 else 400, 30)})
    page = _page(client, "BU18760002")
    assert "De grenzen van 2020 en 2024 vallen voor 100 procent samen." in page
    assert "120\u00a0inwoners" in page
    assert "omgerekend" not in page
    earlier = next(row for row in _csv(client, "BU18760002") if row["vergelijkbaar"] and row["indicator"] == "inwoners")
    assert (earlier["waarde"], earlier["vergelijkbaar"], earlier["omgerekend"]) == ("120.0", "ja", "")


def test_without_figures_of_an_earlier_year_the_page_is_silent(tmp_path: Path, client: Client) -> None:
    import_areas(actor=CLI, path=a_list_of_areas(tmp_path, NAMES), year=2020)
    _figures(tmp_path, 2024, {"GM1876": ("Bronckhorst", 36_119, 10_000)})
    assert 'id="toen"' not in _page(client, "GM1876")


def test_the_page_opens_on_the_newest_year_that_has_figures(tmp_path: Path, client: Client) -> None:
    _figures(tmp_path, 2024, {"GM1876": ("Bronckhorst", 36_119, 10_000)})
    import_areas(actor=CLI, path=a_list_of_areas(tmp_path, NAMES), year=2025)
    assert "36.119\u00a0inwoners" in _page(client, "GM1876", "")


def test_an_older_year_points_to_the_newer(tmp_path: Path, client: Client) -> None:
    for year in (2020, 2024):
        _figures(tmp_path, year, {"GM1876": ("Bronckhorst", 34_000 + year, 10_000)})
    assert "Bekijk Bronckhorst in 2024" in _page(client, "GM1876", "jaar=2020")
    assert "U kijkt naar" not in _page(client, "GM1876")


def test_looking_for_a_municipality_that_ended_finds_its_page(tmp_path: Path, client: Client) -> None:
    older = [(2020, "GM0010", "Delfzijl", "PV20")]
    import_areas(actor=CLI, path=provinces_of(tmp_path, [*older, (2024, "GM1979", "Eemsdelta", "PV20")]))
    import_areas(actor=CLI, path=links_of(tmp_path, [(2020, 2022, "GM0010", "GM1979", 1)]))
    page = client.get("/zoeken?q=delfzijl").content.decode()
    assert "/gebieden/GM0010?jaar=2020" in page
    assert "gemeente tot en met 2020" in page


@pytest.mark.parametrize(("old_name", "compared"), [("Verspreide huizen Steenderen", True), ("Een andere plek", False)])
def test_a_village_is_compared_when_each_of_its_neighbourhoods_is(
    old_name: str, compared: bool, tmp_path: Path, client: Client
) -> None:
    now = {"BU18760300": ("Steenderen", 1_850, 560), "BU18760310": ("Verspreide huizen Steenderen", 275, 60)}
    _figures(tmp_path, 2020, {"BU18760300": ("Steenderen", 1_870, 530), "BU18760310": (old_name, 280, 50)})
    _figures(tmp_path, 2024, now)
    import_area_sets(actor=CLI, path=area_sets.shipped()["bronckhorst-kernen"])
    page = _page(client, "KN18760300")
    assert "Bij benadering." in page
    assert ("2.150\u00a0inwoners" in page) is compared
    assert ("Elk van de 2 buurten van deze kern is te vergelijken met 2020." in page) is compared
    rows = _csv(client, "KN18760300")
    assert {row["let_op"] for row in rows if row["gebiedscode"] == "KN18760300"} == {"bij benadering"}


def test_an_estimate_of_another_table_is_not_compared_and_a_count_is() -> None:
    old = ReleaseInfo("a", "Oud", "50090NED", "bron", "licentie", date(2024, 1, 1), "definitief", 2020, "", made_up=False)
    then = Figure(indicators()["goede-gezondheid"], "2020", Estimate(81.4), old)
    now = replace(then, period="2024", estimate=Estimate(76.7), release=replace(old, id="b", table="50150NED"))
    assert earlier.by_the_same_method(then, now).estimate.missing is Missing.OTHER_METHOD
    assert earlier.by_the_same_method(then, replace(now, release=old)) is then
    count = replace(then, indicator=indicators()["inwoners"])
    assert earlier.by_the_same_method(count, replace(now, indicator=indicators()["inwoners"])) is count
