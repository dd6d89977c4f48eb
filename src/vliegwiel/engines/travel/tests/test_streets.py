"""Streets on disk and places laid along them: nothing moves, and no trip gets longer or shorter."""

from pathlib import Path

import numpy as np
import pytest

from tests.requirements import DATA
from vliegwiel.engines.travel import Network, Origins
from vliegwiel.engines.travel.streets import Streets, made_up_streets, streets_from_osm


def _streets(seed: int = 1, pace: float | None = None) -> Streets:
    def inside(x: np.ndarray, y: np.ndarray) -> np.ndarray:  # a round island
        return np.asarray(np.hypot(x - 1500, y - 1500) < 1200)

    return made_up_streets(corner=(0, 0), rows=30, spacing=100, inside=inside, pace=pace, seed=seed)


@pytest.mark.parametrize("seed", range(3))
def test_a_place_halfway_an_edge_is_as_far_as_the_edge_says(seed: int) -> None:
    streets, chance = _streets(seed), np.random.default_rng(seed)
    edge, offset = chance.integers(0, len(streets.tail), 40), chance.random(40)
    edge[:10] = edge[10]  # several places along one edge, two of them on one spot
    offset[:2] = 0.25
    whole = streets.lay([], []).network
    laid = streets.lay(edge, offset)
    from_edge, at = chance.integers(0, len(streets.tail), 200), chance.random(200)
    who = Origins(edge=from_edge, offset=at)
    before = whole.costs(who, np.arange(len(streets.x)))
    moved = laid.along(from_edge, at)
    after = laid.network.costs(Origins(edge=moved[0], offset=moved[1]), laid.nodes)
    by_tail = before[:, streets.tail[edge]] + streets.there[edge] * offset
    by_head = before[:, streets.head[edge]] + streets.back[edge] * (1 - offset)
    expected = np.minimum(by_tail, by_head)
    same = from_edge[:, None] == edge[None, :]
    expected = np.where(same, np.minimum(expected, np.abs(at[:, None] - offset[None, :]) * streets.there[edge]), expected)
    assert np.abs(after - expected).max() <= 4  # milliseconds: each piece is rounded by itself
    assert (laid.nodes >= 0).all() and len(set(laid.nodes[:2])) == 1


def test_a_piece_in_one_direction_stays_closed_in_the_other() -> None:
    streets = _streets()
    closed = Streets(**{**vars(streets), "back": np.full(len(streets.tail), -1, dtype=np.int32)})
    laid = closed.lay([0], [0.5])
    tail, head = int(streets.tail[0]), int(streets.head[0])
    costs = laid.network.costs(Origins(node=[tail, head, int(laid.nodes[0])]), [int(laid.nodes[0]), head])
    assert costs[0, 0] == pytest.approx(streets.there[0] / 2, abs=1) and costs[2, 1] == pytest.approx(streets.there[0] / 2, abs=1)
    assert costs[1, 0] > streets.there[0] / 2  # not back through the same street


def test_off_the_road_stays_off_the_road() -> None:
    laid = _streets().lay([-1, 3], [0.0, 0.5])
    edge, offset = laid.along([-1, 3], [0.0, 0.9])
    assert laid.nodes[0] == -1 and edge[0] == -1 and edge[1] >= len(_streets().tail) and 0.79 < offset[1] < 0.81


def test_streets_are_the_same_after_a_night_on_disk(tmp_path: Path) -> None:
    streets = _streets()
    streets.save(tmp_path / "straten.npz")
    kept = Streets.load(tmp_path / "straten.npz")
    assert kept.lay([], []).network.hash == streets.lay([], []).network.hash and kept.ways == streets.ways
    (tmp_path / "half.npz").write_bytes((tmp_path / "straten.npz").read_bytes()[:2000])
    with pytest.raises(ValueError, match="holds no streets"):
        Streets.load(tmp_path / "half.npz")


def test_made_up_streets_stay_inside_and_hang_together() -> None:
    streets, walking = _streets(), _streets(pace=720)
    assert (np.hypot(streets.x - 1500, streets.y - 1500) < 1200).all()
    near = streets.lay([], []).network.nearest([0], Origins(node=np.arange(len(streets.x))))
    assert near.reachable.all() and (streets.tail == walking.tail).all()
    assert walking.there.sum() == pytest.approx(walking.metres.sum() * 720, rel=1e-6)
    with pytest.raises(ValueError, match="inside"):
        made_up_streets(corner=(0, 0), rows=5, spacing=100, inside=lambda x, _y: x < -1)


def test_a_place_is_dropped_where_it_lies() -> None:
    streets = _streets()
    middle = (streets.first[7] + streets.second[7]) / 2
    found = streets.locate([middle[0], 9e5], [middle[1], 9e5], furthest=300)
    assert found.edge.tolist() == [7, -1] and found.offset[0] == pytest.approx(0.5) and found.metres[1] == np.inf


@pytest.mark.data
def test_an_extract_gives_the_same_trips_as_its_network() -> None:
    from pyproj import Transformer

    path = DATA / "osm" / "wechel_be.osm.pbf"
    project = Transformer.from_crs("OGC:CRS84", "EPSG:28992", always_xy=True).transform
    streets = streets_from_osm(path, profile="bike", project=project)
    network = streets.lay([], []).network
    direct = Network.from_osm(path, profile="bike")
    assert network.hash == direct.hash and direct.roads is not None and streets.ways == direct.roads.ways
    spread = np.hypot(streets.x - streets.x.mean(), streets.y - streets.y.mean())
    assert 500 < spread.max() < 20_000
