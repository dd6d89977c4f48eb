"""An extract of OpenStreetMap becomes a network: who may go where, what the border cuts, where places fall."""

from pathlib import Path

import numpy as np
import osmium
import pytest

from tests.requirements import DATA
from vliegwiel.engines.travel import Network, Origins
from vliegwiel.engines.travel.profiles import Pace, pace_of, stops

#: Metres of a degree of latitude at 52°.
DEGREE = 111_267
Way = tuple[list[int], dict[str, str]]
WECHEL = DATA / "osm" / "wechel_be.osm.pbf"


def extract(path: Path, nodes: dict[int, tuple[float, float]], ways: list[Way], **tags: dict[str, str]) -> Path:
    """Write an extract; `tags` are those of nodes, by "n" and their number."""
    writer = osmium.SimpleWriter(str(path))
    for number, (east, north) in sorted(nodes.items()):
        place = (6 + east / (DEGREE * np.cos(np.radians(52))), 52 + north / DEGREE)
        writer.add_node(osmium.osm.mutable.Node(id=number, location=place, tags=tags.get(f"n{number}", {})))
    for number, (refs, about) in enumerate(ways, start=1):
        writer.add_way(osmium.osm.mutable.Way(id=number, nodes=refs, tags=about))
    writer.close()
    return path


def lon_lat(east: float, north: float) -> tuple[list[float], list[float]]:
    return [6 + east / (DEGREE * np.cos(np.radians(52)))], [52 + north / DEGREE]


SQUARE = {1: (0, 0), 2: (1000, 0), 3: (1000, 1000), 4: (0, 1000)}


def minutes(net: Network, start: int, end: int) -> float:
    found = net.nearest([end], Origins(node=[start]))
    return float(found.milliseconds[0]) / 60_000


def node_at(net: Network, east: float, north: float) -> int:
    return int(net.roads.locate(*lon_lat(east, north), furthest=50).node[0])


@pytest.mark.parametrize(
    ("tags", "foot", "bike", "car"),
    [
        ({"highway": "residential"}, True, True, True),
        ({"highway": "motorway"}, False, False, True),
        ({"highway": "footway"}, True, False, False),
        ({"highway": "footway", "bicycle": "yes"}, True, True, False),
        ({"highway": "cycleway"}, True, True, False),
        ({"highway": "cycleway", "foot": "no"}, False, True, False),
        ({"highway": "residential", "access": "private"}, False, False, False),
        ({"highway": "service", "access": "private", "foot": "yes"}, True, False, False),
        ({"highway": "residential", "motor_vehicle": "no"}, True, True, False),
        ({"highway": "primary", "bicycle": "use_sidepath"}, True, False, True),
        ({"highway": "steps"}, True, False, False),
        ({"highway": "construction"}, False, False, False),
        ({"highway": "pedestrian", "area": "yes"}, False, False, False),
        ({"route": "ferry"}, True, True, False),
        ({"route": "ferry", "motor_vehicle": "yes"}, True, True, True),
        ({"route": "ferry", "foot": "no"}, False, True, False),
        ({"building": "yes"}, False, False, False),
    ],
)
def test_who_may_use_a_way(tags: dict[str, str], foot: bool, bike: bool, car: bool) -> None:
    found = [pace_of(tags, profile) is not None for profile in ("foot", "bike", "car")]
    assert found == [foot, bike, car]


@pytest.mark.parametrize(
    ("tags", "profile", "directions"),
    [
        ({"oneway": "yes"}, "car", (True, False)),
        ({"oneway": "-1"}, "car", (False, True)),
        ({"oneway": "yes"}, "foot", (True, True)),
        ({"oneway": "yes"}, "bike", (True, False)),
        ({"oneway": "yes", "oneway:bicycle": "no"}, "bike", (True, True)),
        ({"oneway": "yes", "cycleway": "opposite_lane"}, "bike", (True, True)),
        ({"junction": "roundabout"}, "car", (True, False)),
        ({"junction": "roundabout", "oneway": "no"}, "car", (True, True)),
    ],
)
def test_one_way_streets_are_one_way_for_those_they_bind(
    tags: dict[str, str], profile: str, directions: tuple[bool, bool]
) -> None:
    pace = pace_of({"highway": "residential", **tags}, profile)
    assert (pace.there >= 0, pace.back >= 0) == directions


def test_a_limit_is_driven_at_85_percent_and_a_ferry_keeps_its_timetable() -> None:
    assert pace_of({"highway": "tertiary", "maxspeed": "80"}, "car").there == pytest.approx(3600 / 68)
    assert pace_of({"route": "ferry", "duration": "00:20"}, "foot") == Pace(360.0, 360.0, 1_200_000.0)
    assert stops({"barrier": "bollard"}, "car")
    assert not stops({"barrier": "bollard"}, "bike")
    assert stops({"barrier": "gate", "access": "private"}, "foot")


def test_times_lengths_and_directions_come_from_the_ways(tmp_path: Path) -> None:
    street, one_way = {"highway": "residential"}, {"highway": "residential", "oneway": "-1"}
    path = extract(tmp_path / "a.osm.pbf", SQUARE, [([1, 2, 3], street), ([3, 4], street), ([1, 4], one_way)])
    foot, bike = (Network.from_osm(path, profile=profile) for profile in ("foot", "bike"))
    first, last = node_at(foot, 0, 0), node_at(foot, 0, 1000)
    assert minutes(foot, first, last) == pytest.approx(12, rel=0.01)
    assert minutes(bike, node_at(bike, 0, 0), node_at(bike, 0, 1000)) == pytest.approx(3 * 3.75, rel=0.01)
    assert minutes(bike, node_at(bike, 0, 1000), node_at(bike, 0, 0)) == pytest.approx(3.75, rel=0.01)
    metres = foot.nearest([last], Origins(node=[first]), by="metres").metres[0]
    assert metres == pytest.approx(1000, rel=0.005)


def test_a_way_that_leaves_the_extract_is_cut_there(tmp_path: Path) -> None:
    street = {"highway": "residential"}
    path = extract(tmp_path / "a.osm.pbf", SQUARE, [([1, 2, 99, 98, 3], street), ([2, 3], street), ([4, 97], street)])
    found = Network.from_osm(path, profile="foot")
    assert (found.roads.ways, found.roads.cut) == (3, 2)
    assert found.nodes == 3
    assert minutes(found, node_at(found, 0, 0), node_at(found, 1000, 1000)) == pytest.approx(24, rel=0.01)


def test_only_the_largest_part_that_hangs_together_stays(tmp_path: Path) -> None:
    street, nodes = {"highway": "residential"}, {**SQUARE, 5: (5000, 0), 6: (5100, 0)}
    path = extract(tmp_path / "a.osm.pbf", nodes, [([1, 2, 3, 4], street), ([5, 6], street)])
    found = Network.from_osm(path, profile="foot", places=([*lon_lat(5050, 0)[0], 6.0], [*lon_lat(5050, 0)[1], 52.0]))
    assert found.roads.left_out == 2
    assert found.roads.nodes_of_places[0] == -1
    assert minutes(found, node_at(found, 0, 0), int(found.roads.nodes_of_places[1])) == 0


def test_a_place_gets_a_node_on_the_road_and_an_address_lies_along_it(tmp_path: Path) -> None:
    street = {"highway": "residential"}
    path = extract(tmp_path / "a.osm.pbf", SQUARE, [([1, 2, 3], street)])
    at_sea = lon_lat(-9000, 0)
    east, north = (first + second for first, second in zip(lon_lat(250, 30), at_sea, strict=True))
    found = Network.from_osm(path, profile="foot", places=(east, north))
    assert found.roads.nodes_of_places[1] == -1
    home = found.roads.locate(*lon_lat(1020, 500), furthest=100)
    assert home.metres[0] == pytest.approx(20, abs=1)
    near = found.nearest(found.roads.nodes_of_places, Origins(edge=home.edge, offset=home.offset))
    assert near.facility.tolist() == [0]
    assert near.milliseconds[0] == pytest.approx(1250 / 5 * 3600, rel=0.01)
    away = found.roads.locate(*at_sea, furthest=100)
    assert (away.edge[0], away.node[0]) == (-1, -1)
    assert not found.nearest([0], Origins(edge=away.edge, offset=away.offset)).reachable[0]


def test_a_bollard_stops_a_car_and_lets_a_bicycle_pass(tmp_path: Path) -> None:
    street, nodes = {"highway": "residential"}, {**SQUARE, 5: (500, 0)}
    ways = [([1, 5, 2], street), ([2, 3], street), ([3, 4], street), ([4, 1], street)]
    path = extract(tmp_path / "a.osm.pbf", nodes, ways, n5={"barrier": "bollard"})
    bike, car = (Network.from_osm(path, profile=profile) for profile in ("bike", "car"))
    assert minutes(bike, node_at(bike, 0, 0), node_at(bike, 1000, 0)) == pytest.approx(3.75, rel=0.01)
    assert minutes(car, node_at(car, 0, 0), node_at(car, 1000, 0)) == pytest.approx(3 * 60 / 28, rel=0.01)


def test_a_file_that_is_no_extract_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.osm.pbf").write_bytes(b"no extract at all")
    with pytest.raises(ValueError, match="not an extract"):
        Network.from_osm(tmp_path / "a.osm.pbf", profile="foot")
    with pytest.raises(ValueError, match="there is no extract"):
        Network.from_osm(tmp_path / "b.osm.pbf", profile="foot")
    path = extract(tmp_path / "c.osm.pbf", SQUARE, [([1, 2], {"building": "yes"})])
    with pytest.raises(ValueError, match="no road for car"):
        Network.from_osm(path, profile="car")


@pytest.mark.data
@pytest.mark.parametrize("profile", ["foot", "bike", "car"])
def test_a_real_extract_is_read_from_end_to_end(profile: str) -> None:
    lon, lat = [4.7846, 4.79, 3.0], [51.2627, 51.2650, 51.0]
    found = Network.from_osm(WECHEL, profile=profile, places=(lon, lat))
    assert found.roads.ways > 100
    assert found.roads.cut > 0
    assert found.roads.nodes_of_places[2] == -1
    homes = found.roads.locate(np.linspace(4.775, 4.80, 200), np.linspace(51.256, 51.275, 200), furthest=300)
    who = Origins(edge=homes.edge, offset=homes.offset)
    near = found.nearest(found.roads.nodes_of_places, who)
    assert (near.reachable == (homes.edge >= 0)).all()
    assert near.reachable.sum() > 50
    assert 0 < near.milliseconds[near.reachable].mean() < 3_600_000
