"""The page with open data says what is there, and says so plainly when nothing is."""

from pathlib import Path

import pytest
from django.test import Client

from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import a_border_file
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.tests.given import ROWS, a_delivery, changed, published
from vliegwiel.see.monitor import open_data

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")


@pytest.fixture(autouse=True)
def _plain_static_files(settings: object) -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


def _page() -> str:
    answer = Client().get("/data")
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_installation_without_figures_says_so() -> None:
    text = _page()
    assert "Er zijn nog geen cijfers geladen" in text
    assert "Download" not in text
    assert "/api/v1/openapi.json" in text


def test_each_table_stands_there_once_with_its_newest_release_and_the_earlier_ones(tmp_path: Path) -> None:
    import_areas(actor=CLI, path=a_border_file(tmp_path), year=2024)
    first = import_release(actor=CLI, path=a_delivery(tmp_path)).release
    later = changed("BU18760000", "AantalInwoners_5", "4400")
    second = import_release(
        actor=CLI, path=a_delivery(tmp_path, name="later_85984NED.csv", rows=later), told=published("2026-08-01")
    ).release
    (found,) = open_data.datasets()
    assert (found.newest, found.earlier) == (second, (first,))
    assert (found.known, found.missing) == (11, 1)
    text = _page()
    assert second.content_hash in text
    assert f"/api/v1/leveringen/{first.public_id}" in text
    assert "#grenzen-2024" in text


def test_two_files_of_one_table_with_other_figures_are_two_datasets(tmp_path: Path) -> None:
    people = [{name: cell for name, cell in row.items() if "Afstand" not in name} for row in ROWS]
    doctors = [{name: cell for name, cell in row.items() if not name.startswith(("Aantal", "k_", "Huis"))} for row in ROWS]
    for name, rows in (("inwoners_85984NED.csv", people), ("huisarts_85984NED.csv", doctors)):
        import_release(actor=CLI, path=a_delivery(tmp_path, name=name, rows=rows))
    found = open_data.datasets()
    assert sorted(len(item.indicators) for item in found) == [1, 3]
    assert len({item.key for item in found}) == 2
    assert not any(item.earlier for item in found)


def test_a_made_up_release_says_so(tmp_path: Path) -> None:
    import_release(actor=CLI, path=a_delivery(tmp_path), made_up=True)
    assert "VERZONNEN VOORBEELD" in _page()
