"""Roads and addresses: a real extract is loaded end to end, a damaged one leaves nothing, made-up roads never replace real ones."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from click.testing import CliRunner

from tests.requirements import DATA
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import a_border_file
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.actions.import_addresses import import_addresses
from vliegwiel.see.facilities.actions.import_roads import import_roads, make_up_roads
from vliegwiel.see.facilities.cli import facilities
from vliegwiel.see.facilities.distances import distances_of, times_of
from vliegwiel.see.facilities.ground import ground_of
from vliegwiel.see.facilities.models import AddressSet, Facility, RoadNetwork
from vliegwiel.see.facilities.outcome import what_if
from vliegwiel.see.facilities.tests.given import PROVINCE, SYSTEM, a_village, areas_and_people, facilities_from, named
from vliegwiel.see.facilities.where import to_rd
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.tests.given import a_delivery

pytestmark = pytest.mark.django_db
WECHEL = DATA / "osm" / "wechel_be.osm.pbf"
LON, LAT = 4.7846, 51.2627


@pytest.mark.data
def test_a_province_loads_its_own_extract_from_the_command_line(own_home: Path, settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    own_home.mkdir(parents=True, exist_ok=True)
    x, y = (float(axis[0]) for axis in to_rd([LON], [LAT]))
    shapes = [shapely.box(x - 8000, y - 8000, x, y + 8000), shapely.box(x, y - 8000, x + 8000, y + 8000)]
    import_areas(actor=SYSTEM, path=a_border_file(own_home, shapes=shapes), year=2024)
    import_release(actor=SYSTEM, path=a_delivery(own_home))
    areas.stamp.forget()
    figures.stamp.forget()
    done = CliRunner().invoke(facilities, ["network", "import", str(WECHEL), "--vintage", "2020-01-01"], catch_exceptions=False)
    assert done.exit_code == 0 and done.output.count("wegen van 2020-01-01") == 3, done.output
    assert "In 2 van de 2 buurten komen wegen samen" in done.output
    again = CliRunner().invoke(facilities, ["network", "import", str(WECHEL)], catch_exceptions=False)
    assert again.output.count("was er al") == 3 and RoadNetwork.objects.filter(made_up=False).count() == 3
    file = own_home / "lijst.csv"
    file.write_text(
        f"naam;soort;lon;lat\nSchool;school;{LON};{LAT}\nSchool twee;school;{LON + 0.02};{LAT}\nVer weg;school;{LON + 0.1};{LAT}\n"
    )
    read = CliRunner().invoke(facilities, ["import", str(file), "--source", "Proef"], catch_exceptions=False)
    assert "Nieuw: 3" in read.output, read.output
    queries.stamp.forget()
    ground = ground_of(PROVINCE, "foot")
    assert ground is not None and not ground.roads.made_up and ground.roads.left_out > 0
    assert ground.laid.nodes.tolist()[2] == -1 and (ground.laid.nodes[:2] >= 0).all()
    found = what_if(PROVINCE, "foot", "basisschool", [named("School").public_id])
    everybody = found["groups"][0]
    assert everybody["longer"] + (everybody["lost"] or 0) > 0 and found["made_up"] is False
    assert found["off_road"] == 0 or found["off_road"] is None or found["off_road"] < 4510
    with pytest.raises(NotValid) as refusal:
        what_if(PROVINCE, "foot", "basisschool", [named("Ver weg").public_id])
    assert refusal.value.code == "off-the-road"
    with pytest.raises(NotNow):
        make_up_roads(actor=SYSTEM, province=PROVINCE)


@pytest.mark.data
def test_roads_of_another_place_are_refused_and_those_that_are_there_stay(own_home: Path) -> None:
    own_home.mkdir(parents=True, exist_ok=True)
    import_areas(actor=SYSTEM, path=a_border_file(own_home), year=2024)
    areas.stamp.forget()
    make_up_roads(actor=SYSTEM, province=PROVINCE)
    with pytest.raises(NotValid, match=r"wechel_be\.osm\.pbf liggen niet in deze provincie"):
        import_roads(actor=SYSTEM, province=PROVINCE, path=WECHEL)
    assert not RoadNetwork.objects.filter(made_up=False).exists()


@pytest.mark.data
def test_an_extract_that_is_cut_off_leaves_nothing(own_home: Path, tmp_path: Path) -> None:
    half = tmp_path / "half.osm.pbf"
    half.write_bytes(WECHEL.read_bytes()[:20_000])
    with pytest.raises(NotValid):
        import_roads(actor=SYSTEM, province=PROVINCE, path=half)
    with pytest.raises(NotValid):
        import_roads(actor=SYSTEM, province=PROVINCE, path=tmp_path / "weg.osm.pbf")
    with pytest.raises(NotValid):
        import_roads(actor=SYSTEM, province=PROVINCE, path=WECHEL, profiles=["vliegtuig"])
    assert not RoadNetwork.objects.exists() and not (own_home / "roads").exists()


def test_made_up_roads_say_so_and_are_the_same_each_time(own_home: Path) -> None:
    with pytest.raises(NotNow):
        make_up_roads(actor=SYSTEM, province=PROVINCE)
    a_village(own_home)
    assert list(RoadNetwork.objects.values_list("made_up", flat=True)) == [True] * 3
    assert make_up_roads(actor=SYSTEM, province=PROVINCE).already_there == ("foot", "bike", "car")
    ground = ground_of(PROVINCE, "bike")
    assert ground is not None and ground.made_up and ground.vintage["roads_made_up"]


def test_loaded_addresses_take_the_place_of_spread_homes_and_a_kind_that_is_not_there_gives_no_figure(own_home: Path) -> None:
    areas_and_people(own_home)
    make_up_roads(actor=SYSTEM, province=PROVINCE)
    facilities_from(own_home, [{"naam": "School", "soort": "school", "x": "201000", "y": "441500"}])
    homes = own_home / "bag.csv"
    _addresses(homes, [(205_990, 442_990, "woonfunctie", "in gebruik")])
    import_addresses(actor=SYSTEM, province=PROVINCE, path=homes)
    queries.stamp.forget()
    ground, found = ground_of(PROVINCE, "bike"), distances_of(PROVINCE, "bike", "basisschool")
    assert ground is not None and found is not None and ground.homes.real
    assert np.isfinite(found.minutes).all() and distances_of(PROVINCE, "bike", "huisarts") is None
    times = times_of(PROVINCE, "bike", "basisschool")
    assert (
        times is not None
        and times.minutes.tolist() == found.minutes.tolist()
        and times.spots[int(times.goes[0])].name == "School"
    )
    assert times.mean(np.arange(2)) == pytest.approx(found.whole(np.arange(2)).minutes)
    assert times_of(PROVINCE, "bike", "huisarts") is None


def _addresses(
    path: Path, rows: list[tuple[object, ...]], header: tuple[str, ...] = ("x", "y", "gebruiksdoel", "status")
) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def test_addresses_keep_only_places_of_homes_in_use(own_home: Path) -> None:
    a_village(own_home)
    path = own_home / "bag.csv"
    rows: list[tuple[object, ...]] = [
        (200_500, 441_000, "woonfunctie", "Verblijfsobject in gebruik"),
        (200_600, 441_000, "winkelfunctie,woonfunctie", "Verblijfsobject in gebruik"),
        (200_700, 441_000, "winkelfunctie", "Verblijfsobject in gebruik"),
        (200_800, 441_000, "woonfunctie", "Verblijfsobject gevormd"),
        (100_000, 441_000, "woonfunctie", "Verblijfsobject in gebruik"),
        ("", 441_000, "woonfunctie", "Verblijfsobject in gebruik"),
        (203_500, 441_000, "woonfunctie", "Verblijfsobject in gebruik"),
    ]
    _addresses(path, rows)
    done = import_addresses(actor=SYSTEM, province=PROVINCE, path=path)
    assert (done.addresses.count, done.left_out) == (3, 4)
    assert import_addresses(actor=SYSTEM, province=PROVINCE, path=path).already_there and AddressSet.objects.count() == 1
    queries.stamp.forget()
    ground = ground_of(PROVINCE, "bike")
    assert ground is not None and ground.homes.real and len(ground.homes) == 3
    assert ground.homes.persons.tolist() == [2185, 2185, 140] and "BAG" in ground.homes.addresses


_BAG = (
    "identificatie",
    "oppervlakte",
    "status",
    "gebruiksdoel",
    "openbare_ruimte_naam",
    "huisnummer",
    "postcode",
    "woonplaats_naam",
)
_IN_USE, _PLACED = "Verblijfsobject in gebruik", "Plaats aangewezen"


def _layer_of(path: Path, layer: str, rows: list[tuple[float, float, str, str]], crs: str = "EPSG:28992") -> None:
    """A layer as the BAG has it: places of homes, with more columns than we use."""
    points = np.array([shapely.Point(x, y) for x, y, _status, _use in rows], dtype=object)
    shapes = points if layer == "verblijfsobject" else shapely.buffer(points, 4)
    about = [
        [f"{number:016d}" for number in range(len(rows))], [90] * len(rows), [row[2] for row in rows], [row[3] for row in rows],
        ["Verzonnenstraat"] * len(rows), list(range(len(rows))), ["0000AB"] * len(rows), ["Nergens"] * len(rows),
    ]  # fmt: skip
    columns = [np.array(values, dtype=object if isinstance(values[0], str) else np.int64) for values in about]
    kept = [place for place, name in enumerate(_BAG) if layer == "verblijfsobject" or name != "gebruiksdoel"]
    pyogrio.raw.write(
        path, shapely.to_wkb(shapes), [columns[place] for place in kept], [_BAG[place] for place in kept], layer=layer, crs=crs,
        geometry_type="Point" if layer == "verblijfsobject" else "Polygon", append=path.exists(),
    )  # fmt: skip


def test_the_bag_as_it_is_handed_out_gives_the_homes_of_the_province_alone(own_home: Path) -> None:
    a_village(own_home)
    path = own_home / "bag-light.gpkg"
    _layer_of(path, "pand", [(200_500, 441_000, "Pand in gebruik", "")])
    _layer_of(
        path,
        "verblijfsobject",
        [
            (200_500, 441_000, _IN_USE, "woonfunctie"),
            (200_600, 441_000, f"{_IN_USE} (niet ingemeten)", "kantoorfunctie,woonfunctie"),
            (200_700, 441_000, _IN_USE, "winkelfunctie"),
            (200_800, 441_000, "Verblijfsobject gevormd", "woonfunctie"),
            (100_000, 441_000, _IN_USE, "woonfunctie"),
        ],
    )
    _layer_of(path, "standplaats", [(203_500, 441_000, _PLACED, ""), (203_600, 441_000, "Plaats ingetrokken", "")])
    done = CliRunner().invoke(facilities, ["addresses", str(path), "--province", PROVINCE, "--vintage", "2026-01-01"])
    assert "Geladen: 3 woningen. Weggelaten: 3." in done.output, done.output
    queries.stamp.forget()
    ground = ground_of(PROVINCE, "bike")
    assert ground is not None and ground.homes.real and ground.homes.persons.tolist() == [2185, 2185, 140]
    assert "2026-01-01" in ground.vintage["addresses"] and ground.homes.x.tolist() == [200_500, 200_600, 203_500]


def test_a_map_file_that_is_no_bag_is_refused_in_words(own_home: Path) -> None:
    areas_and_people(own_home)
    broken, other = own_home / "kapot.gpkg", own_home / "anders.gpkg"
    broken.write_bytes(b"SQLite format 3\x00 en niet meer")
    _layer_of(other, "pand", [(200_500, 441_000, "Pand in gebruik", "")])
    for path, told in ((broken, "geen GeoPackage"), (other, "gebruiksdoel ontbreekt")):
        with pytest.raises(NotValid) as refusal:
            import_addresses(actor=SYSTEM, province=PROVINCE, path=path)
        assert told in refusal.value.message
    assert not AddressSet.objects.exists()


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (("x", "gebruiksdoel"), (1, "woonfunctie")),
        (("x", "y"), (200_500, 441_000)),
        (("x", "y", "gebruiksdoel"), (5, 5, "woonfunctie")),
    ],
)
def test_a_file_without_homes_changes_nothing(own_home: Path, header: tuple[str, ...], row: tuple[object, ...]) -> None:
    areas_and_people(own_home)
    path = own_home / "bag.csv"
    _addresses(path, [row], header)
    with pytest.raises(NotValid):
        import_addresses(actor=SYSTEM, province=PROVINCE, path=path)
    assert not AddressSet.objects.exists() and not Facility.objects.exists()
