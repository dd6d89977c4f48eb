"""Regions and villages are data: they add up, say where they come from, and never guess a member."""

from pathlib import Path

import pytest
import yaml

from vliegwiel.catalogue import area_sets
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotValid
from vliegwiel.see.areas import history, queries
from vliegwiel.see.areas.actions.import_area_sets import import_area_sets
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.areas.sets import MadeOf, made_of
from vliegwiel.see.areas.tests.given import a_list_of_areas, provinces_of

pytestmark = pytest.mark.django_db
CLI = Actor.system("cli")
AREAS = {"GM1876": "Bronckhorst", "GM0197": "Aalten", "BU18760300": "Steenderen", "BU18760310": "Verspreide huizen Steenderen"}


def _file(folder: Path, **changes: object) -> Path:
    document = {
        "kind": "regio",
        "title": "Streken van Gelderland",
        "province": "PV25",
        "origin": "Vastgesteld door de provincie.",
        "years": [2024],
        "sets": [{"code": "RGOOST", "name": "Oost", "members": ["GM1876", "GM0197"]}],
        **changes,
    }
    path = folder / "sets.yml"
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    return path


@pytest.fixture
def bronckhorst(tmp_path: Path) -> None:
    import_areas(actor=CLI, path=a_list_of_areas(tmp_path, AREAS), year=2024)
    rows = [(2024, "GM1876", "Bronckhorst", "PV25"), (2024, "GM0197", "Aalten", "PV25")]
    import_areas(actor=CLI, path=provinces_of(tmp_path, rows))


def test_a_region_is_an_area_with_municipalities_and_repeating_the_file_changes_nothing(
    bronckhorst: None, tmp_path: Path
) -> None:
    path = _file(tmp_path)
    assert import_area_sets(actor=CLI, path=path).counts == {2024: 1}
    region = Area.objects.get(code="RGOOST", year=2024)
    assert [part.name for part in queries.parts_of(region, Level.MUNICIPALITY)] == ["Aalten", "Bronckhorst"]
    assert import_area_sets(actor=CLI, path=path).already_there


def test_a_set_that_changed_in_the_file_gets_its_new_members(bronckhorst: None, tmp_path: Path) -> None:
    import_area_sets(actor=CLI, path=_file(tmp_path))
    import_area_sets(actor=CLI, path=_file(tmp_path, sets=[{"code": "RGOOST", "name": "Oost", "members": ["GM0197"]}]))
    assert queries.members_of(Area.objects.get(code="RGOOST")) == ("GM0197",)


def test_a_set_without_members_and_a_year_without_areas_are_left_out_and_said(bronckhorst: None, tmp_path: Path) -> None:
    sets = [{"code": "RGOOST", "name": "Oost", "members": ["GM1876"]}, {"code": "RGWEST", "name": "West", "members": []}]
    done = import_area_sets(actor=CLI, path=_file(tmp_path, years=[2020, 2024], sets=sets))
    assert done.left_out == ("West: de bron noemt de leden niet", "2020: van dit jaar zijn geen gemeenten geladen")
    assert not Area.objects.filter(code="RGWEST").exists()


WRONG = {
    "a member that does not exist": ({"sets": [{"code": "RGOOST", "name": "Oost", "members": ["GM9999"]}]}, "bestaat niet"),
    "another province": ({"province": "PV26"}, "ligt niet in PV26"),
    "one member twice": (
        {"sets": [{"code": f"RG{n}{n}", "name": "Oost", "members": ["GM1876"]} for n in (1, 2)]},
        "meer dan één keer",
    ),
    "a neighbourhood in a region": ({"sets": [{"code": "RGOOST", "name": "Oost", "members": ["BU18760300"]}]}, "geen gemeente"),
    "a village code for a region": (
        {"sets": [{"code": "KN1876", "name": "Oost", "members": ["GM1876"]}]},
        "geen code van een regio",
    ),
    "no origin": ({"origin": ""}, "origin"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_whole(name: str, bronckhorst: None, tmp_path: Path) -> None:
    changes, words = WRONG[name]
    with pytest.raises(NotValid) as refused:
        import_area_sets(actor=CLI, path=_file(tmp_path, **changes))
    assert any(words in line for line in refused.value.details)
    assert not Area.objects.filter(level="regio").exists()


def test_a_village_says_how_it_fits_and_under_ninety_percent_it_is_an_approximation(bronckhorst: None) -> None:
    import_area_sets(actor=CLI, path=area_sets.shipped()["bronckhorst-kernen"])
    village = Area.objects.get(code="KN18760300")
    assert (village.municipality_code, village.province_code) == ("GM1876", "PV25")
    found = made_of(village)
    assert found is not None
    assert found.approximate
    assert found.fit_in_words == "Van de inwoners in deze cijfers woont 13 procent buiten het dorp."


@pytest.mark.parametrize(
    ("outside_village", "outside_set", "approximate"),
    [
        (0.0, 0.0, False),
        (0.1, 0.0, False),
        (0.0, 0.1, False),
        (0.11, 0.0, True),
        (0.0, 0.11, True),
        (None, 0.0, True),
        (None, None, True),
    ],
)
def test_the_fit_that_is_not_known_is_not_good(
    outside_village: float | None, outside_set: float | None, approximate: bool
) -> None:
    assert MadeOf("", True, outside_village, outside_set).approximate is approximate
    assert not MadeOf("", False, None, None).approximate


def test_every_list_that_ships_is_right() -> None:
    for path in area_sets.shipped().values():
        assert area_sets.read(path).sets


@pytest.mark.data
@pytest.mark.parametrize(("name", "regions", "last"), [("veiligheidsregios", 3, "RGVR08"), ("programma", 4, "RGGLD4")])
def test_the_regions_hold_every_real_municipality_of_gelderland_once_in_each_year(
    data: Path, name: str, regions: int, last: str
) -> None:
    import_areas(actor=CLI, path=data / "regio/gemeenten_per_provincie_2018_2025.csv")
    done = import_area_sets(actor=CLI, path=area_sets.shipped()[f"gelderland-{name}"])
    assert done.counts == dict.fromkeys((2019, 2020, 2022, 2024, 2025), regions)
    for year in done.counts:
        found = Area.objects.filter(level="regio", year=year)
        members = sorted(code for region in found for code in queries.members_of(region))
        assert members == sorted(queries.codes_of(Level.MUNICIPALITY, year, province="PV25"))
    one = Area.objects.get(code=last, year=2024)
    assert history.verdict_of(one, Area.objects.get(code=last, year=2020), 2020, marks={})


@pytest.mark.data
def test_the_fit_of_the_example_is_that_of_the_real_figures(data: Path) -> None:
    rows = (data / "kwb/kwb_2024_85984NED_selectie.csv").read_text(encoding="utf-8").splitlines()
    people = {row.split(",")[0]: int(row.split(",")[7]) for row in rows if row.startswith(("BU18760300", "BU18760310"))}
    village = area_sets.read(area_sets.shipped()["bronckhorst-kernen"]).sets[0]
    assert village.fit is not None
    assert village.fit.outside_village == round(people["BU18760310"] / sum(people[code] for code in village.members), 3)
