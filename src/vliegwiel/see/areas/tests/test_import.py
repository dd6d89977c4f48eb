"""Areas and borders come in whole or not at all."""

from pathlib import Path

import pytest
import shapely

from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas import queries
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.models import Area, BorderSet
from vliegwiel.see.areas.tests.given import a_border_file

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")


def test_a_file_gives_areas_with_their_place_in_larger_ones_and_the_province_by_name(tmp_path: Path) -> None:
    done = import_areas(actor=CLI, path=a_border_file(tmp_path), year=2024)
    assert done.counts == {Level.MUNICIPALITY: 1, Level.NEIGHBOURHOOD: 2}
    area = queries.area("BU18760002", 2024)
    assert area is not None
    assert (area.name, area.municipality_name, area.province_code) == ("Veldhoek", "Bronckhorst", "PV25")
    assert queries.area("PV25", 2024).name == "Gelderland"


def test_importing_twice_changes_nothing_and_says_so(tmp_path: Path) -> None:
    path = a_border_file(tmp_path)
    import_areas(actor=CLI, path=path, year=2024)
    before = list(Area.objects.values_list("pk", "name")), BorderSet.objects.count()
    assert import_areas(actor=CLI, path=path, year=2024).already_there
    assert (list(Area.objects.values_list("pk", "name")), BorderSet.objects.count()) == before


def test_the_same_code_in_another_year_is_another_area(tmp_path: Path) -> None:
    import_areas(actor=CLI, path=a_border_file(tmp_path), year=2024)
    import_areas(actor=CLI, path=a_border_file(tmp_path, year=2020, name="2020.gpkg"), year=2020)
    assert Area.objects.filter(code="BU18760002").count() == 2


def test_borders_in_degrees_become_metres_in_rd(tmp_path: Path) -> None:
    degrees = [shapely.box(6.30, 52.05, 6.31, 52.06), shapely.box(6.31, 52.05, 6.32, 52.06)]
    import_areas(actor=CLI, path=a_border_file(tmp_path, crs="EPSG:4326", shapes=degrees), year=2024)
    border = queries.borders_of(["BU18760002"], Level.NEIGHBOURHOOD, 2024)["BU18760002"]
    west, south, east, north = border.bounds
    assert 200_000 < west < east < 240_000
    assert 440_000 < south < north < 470_000
    assert 600 < east - west < 800


def _crossing(folder: Path) -> Path:
    bow = shapely.Polygon([(200_000, 440_000), (201_000, 441_000), (201_000, 440_000), (200_000, 441_000)])
    return a_border_file(folder, shapes=[bow, shapely.box(201_000, 440_000, 202_000, 441_000)])


def _truncated(folder: Path) -> Path:
    path = a_border_file(folder)
    path.write_bytes(path.read_bytes()[:30_000])
    return path


BAD = {
    "truncated": (_truncated, "beschadigd"),
    "degrees that claim to be RD": (
        lambda f: a_border_file(f, shapes=[shapely.box(6, 52, 7, 53), shapely.box(7, 52, 8, 53)]),
        "Nederland",
    ),
    "self-intersecting": (_crossing, "snijdt zichzelf"),
    "duplicate codes": (lambda f: a_border_file(f, codes=["BU18760000", "BU18760000"]), "meer dan één keer"),
    "without names": (lambda f: a_border_file(f, without=("buurtnaam",)), "laag buurten: de kolom buurtnaam ontbreekt"),
    "without codes": (lambda f: a_border_file(f, without=("buurtcode",)), "laag buurten: de kolom buurtcode ontbreekt"),
    "numbers for names": (lambda f: a_border_file(f, names=[1.0, 2.0]), "buurtnaam staan getallen"),
    "number for a code": (lambda f: a_border_file(f, codes=["1876", "1877"]), "geen gebiedscode"),
    "another year": (lambda f: a_border_file(f, year=2023), "hoort bij 2023"),
    "absent": (lambda f: f / "er-is-niets.gpkg", "bestaat niet"),
    "another format": (lambda f: _written(f / "grenzen.shp"), "kennen we niet"),
}


def _written(path: Path) -> Path:
    path.write_text("geen grenzen")
    return path


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_dutch_and_leaves_the_data_as_they_were(name: str, tmp_path: Path) -> None:
    make, words = BAD[name]
    with pytest.raises(NotValid, match=words):
        import_areas(actor=CLI, path=make(tmp_path), year=2024)
    assert not Area.objects.exists()
    assert not BorderSet.objects.exists()


def test_a_place_is_found_by_name_without_accents_by_postcode_and_whole_names_come_first(tmp_path: Path) -> None:
    import_areas(actor=CLI, path=a_border_file(tmp_path), year=2024)
    Area.objects.filter(code="BU18760002").update(postcode="7255")
    assert [area.code for area in queries.areas_named("véldhoek", 2024)] == ["BU18760002"]
    assert [area.code for area in queries.areas_named("7255 AB", 2024)] == ["BU18760002"]
    assert queries.areas_named("e", 2024)[0].name == "Gelderland"
    assert queries.areas_named("  ", 2024) == []
    assert [area.code for area in queries.nearest_codes("BU18769999", 2024)] == ["BU18760000", "BU18760002"]
