"""Where a source gives nothing on the borders of now, the page shows its last figure: only of the same place, with its year."""

import csv
import io
from pathlib import Path

import pytest
from django.test import Client

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.figure import Missing
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.tests.given import HEALTH, a_delivery, a_health_row, a_table, published
from vliegwiel.see.monitor import last_known, queries

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")
SAME, MOVED, HOME = "BU18760001", "BU18760002", "GM1876"


def _people(folder: Path, year: int, rows: dict[str, tuple[str, int]]) -> None:
    table = {2020: "84799NED", 2024: "85984NED"}[year]
    cells = [
        {
            "WijkenEnBuurten": code,
            "Naam": name,
            "Provinciecode": "PV25",
            "AantalInwoners_5": str(people),
            "k_65JaarOfOuder_12": "90",
        }
        for code, (name, people) in rows.items()
    ]
    import_release(actor=CLI, path=a_delivery(folder, name=f"kwb_{year}_{table}.csv", rows=cells))


@pytest.fixture(autouse=True)
def two_years(tmp_path: Path) -> None:
    """One neighbourhood kept its name and people; the code of the other was used for another place."""
    _people(tmp_path, 2020, {HOME: ("Bronckhorst", 36_000), SAME: ("Vorden", 4_000), MOVED: ("Veldhoek", 300)})
    _people(tmp_path, 2024, {HOME: ("Bronckhorst", 36_100), SAME: ("Vorden", 4_050), MOVED: ("Nieuwstad", 2_500)})
    rows = [a_health_row(code, value) for code, value in ((HOME, "40.8"), (SAME, "38.0"), (MOVED, "55.5"))]
    path = a_table(tmp_path, "gezondheid_50090NED.csv", HEALTH, rows)
    import_release(actor=CLI, path=path, told=published("2022-10-01"))


def _row(code: str, key: str = "eenzaam") -> queries.Row:
    area = areas.area(code, 2024)
    assert area is not None
    return next(row for row in queries.profile_of(area).rows if row.indicator.key == key)


def test_the_goal_of_the_programme_stands_first_with_the_last_figure_of_the_same_place() -> None:
    area = areas.area(SAME, 2024)
    assert area is not None
    profile = queries.profile_of(area)
    assert profile.themes[0][0].key == "samenleven"
    row = _row(SAME)
    assert (row.figure.estimate.value, row.figure.period, row.year) == (38.0, "2020", 2020)
    assert [figure.estimate.value for figure in row.around][:1] == [40.8]


def test_a_code_that_is_another_place_now_gets_no_figure_of_then() -> None:
    row = _row(MOVED)
    assert row.figure.estimate.missing is Missing.AREA_CHANGED
    assert row.strip is None
    assert last_known.same_place(areas.area(MOVED, 2024), 2020) is None


def test_page_says_how_old_it_is_and_leads_to_the_page_of_that_year(client: Client) -> None:
    text = client.get(f"/gebieden/{SAME}?jaar=2024").content.decode()
    assert "Nieuwer dan 2020 is er niet" in text
    assert f'href="/gebieden/{SAME}/eenzaam?jaar=2020"' in text
    assert client.get(f"/gebieden/{SAME}/eenzaam?jaar=2020").status_code == 200
    other = client.get(f"/gebieden/{MOVED}?jaar=2024").content.decode()
    assert "De grens van dit gebied is veranderd." in other
    assert "55,5" not in other


def test_the_download_gives_the_year_of_the_borders_and_nothing_is_compared_with_itself(client: Client) -> None:
    text = client.get(f"/gebieden/{SAME}/cijfers.csv?jaar=2024").content.decode()
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["indicator"] == "eenzaam"]
    assert next((row["gebiedscode"], row["jaar"], row["waarde"]) for row in rows) == (SAME, "2020", "38.0")
    assert all(row["vergelijkbaar"] == "" for row in rows)


def test_what_is_loaded_on_the_borders_of_now_is_never_pushed_aside_by_an_older_figure() -> None:
    assert last_known.year_of_last("inwoners", Area(code=SAME, year=2024)) is None
    assert last_known.year_of_last("eenzaam", Area(code=SAME, year=2024)) == 2020
    assert last_known.year_of_last("eenzaam", Area(code=SAME, year=2020)) is None
    too_old = last_known.year_of_last("eenzaam", Area(code=SAME, year=2031))
    assert too_old is None, "more than five years back says too little of now"


def test_a_newer_figure_of_districts_does_not_hide_the_last_one_of_neighbourhoods(tmp_path: Path, client: Client) -> None:
    path = a_table(tmp_path, "wijken_50090NED.csv", HEALTH, [a_health_row("WK187600", "33.0", period="2024JJ00")])
    import_release(actor=CLI, path=path, told=published("2025-10-01", 2024))
    assert (_row(SAME).figure.estimate.value, _row(SAME).year) == (38.0, 2020)
    assert "38,0" in client.get(f"/gebieden/{SAME}/thema/samenleven?jaar=2024").content.decode()
