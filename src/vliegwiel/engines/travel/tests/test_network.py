"""Networks and origins: what cannot be is refused by name, what cannot be reached is never a large distance, and order does not matter."""

import subprocess
import sys
from dataclasses import fields

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from vliegwiel.engines.travel import Network, Origins
from vliegwiel.engines.travel.synthetic import Made, made_up

STREET = {"nodes": 4, "tail": [0, 1, 2], "head": [1, 2, 3], "milliseconds": [1000, 2000, 4000]}


@pytest.fixture(scope="module")
def town() -> Made:
    """Six blocks of memory, so that the search crosses from one to the other."""
    return made_up(rows=310, origins=60_000)


def network_of(made: Made, *, places: bool = True) -> Network:
    where = {"x": made.x, "y": made.y} if places else {}
    ends = {"tail": made.tail, "head": made.head, "milliseconds": made.milliseconds, "metres": made.metres}
    return Network.from_edges(nodes=made.nodes, directed=False, **ends, **where)


@pytest.mark.parametrize("count", [1, 30, 2000])
def test_a_town_of_many_blocks_is_searched_as_scipy_does(town: Made, count: int) -> None:
    facilities = np.random.default_rng(count).integers(0, town.nodes, count)
    ends = (np.concatenate([town.tail, town.head]), np.concatenate([town.head, town.tail]))
    graph = coo_array((np.tile(town.milliseconds, 2).astype(float), ends), shape=(town.nodes, town.nodes)).tocsr()
    expected = dijkstra(graph, indices=np.unique(facilities), min_only=True)[town.origins]
    found = network_of(town).nearest(facilities, Origins(node=town.origins, persons=town.persons))
    assert np.array_equal(found.milliseconds, expected)


def test_the_answer_does_not_depend_on_how_the_network_lies_in_memory(town: Made) -> None:
    facilities, who = np.arange(0, town.nodes, 700), Origins(node=town.origins[:5000])
    one, other = network_of(town), network_of(town, places=False)
    for by in ("milliseconds", "metres"):
        first, second = (net.k_nearest(facilities, who, k=3, by=by) for net in (one, other))
        assert np.array_equal(first.cost, second.cost)
        assert np.array_equal(first.facility, second.facility)
    turned = Network.from_edges(
        nodes=town.nodes, tail=town.head[::-1], head=town.tail[::-1], milliseconds=town.milliseconds[::-1], directed=False
    )  # fmt: skip
    assert np.array_equal(turned.nearest(facilities, who).cost, one.nearest(facilities, who).cost)


def test_a_made_up_network_is_the_same_each_time() -> None:
    first, second, other = (made_up(rows=30, origins=100, seed=seed) for seed in (1, 1, 2))
    assert all(np.array_equal(getattr(first, field.name), getattr(second, field.name)) for field in fields(Made))
    assert not np.array_equal(first.tail, other.tail)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"milliseconds": [1000, -1, 1]}, "milliseconds lies between 0 and .*; at 1 it is -1"),
        ({"milliseconds": [1000, np.nan, 1]}, "milliseconds is a whole number; at 1 it is nan"),
        ({"milliseconds": [1000, 0.5, 1]}, "at 1 it is 0.5"),
        ({"milliseconds": [1000, 2**31, 1]}, "at 1 it is 2147483648"),
        ({"milliseconds": [1000]}, "row of 3 numbers"),
        ({"milliseconds": ["1", "2", "3"]}, "holds numbers"),
        ({"tail": [0, 4, 1]}, "tail lies between 0 and 3; at 1 it is 4"),
        ({"head": [0, -1, 1]}, "head lies between 0 and 3"),
        ({"nodes": 0}, "at least one node"),
        ({"x": [0, 1, 2, 3]}, "x and y belong together"),
        ({"x": [0, 1, 2, np.nan], "y": [0, 1, 2, 3]}, "finite"),
        ({"metres": [1, 2, -3]}, "metres"),
        ({"back": [1, 2, -3]}, "back"),
    ],
)
def test_a_network_that_cannot_be_is_refused_with_the_place_that_is_wrong(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Network.from_edges(**{**STREET, **wrong})


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"node": [0], "persons": [-1]}, "persons is known, finite and not below zero; at 0 it is -1"),
        ({"node": [0], "persons": [np.nan]}, "at 0 it is nan"),
        ({"node": [0], "persons": [1, 2]}, "1 numbers"),
        ({"node": [0], "groups": {"65+": [np.inf]}}, "persons in 65"),
        ({"node": [0], "groups": {"all": [1]}}, "another name"),
        ({"node": [-2]}, "node lies between"),
        ({}, "on a node or along an edge"),
        ({"edge": [0]}, "belong together"),
        ({"edge": [0], "offset": [1.5]}, "between 0 and 1"),
    ],
)
def test_origins_that_cannot_be_are_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Origins(**wrong)


def test_what_does_not_lie_on_this_network_is_refused() -> None:
    net = Network.from_edges(**STREET)
    for who, message in ((Origins(node=[4]), "node lies"), (Origins(edge=[3], offset=[0]), "edge lies")):
        with pytest.raises(ValueError, match=message):
            net.nearest([0], who)
    with pytest.raises(ValueError, match="facilities lies between -1 and 3; at 1 it is 9"):
        net.nearest([0, 9], Origins(node=[0]))
    with pytest.raises(ValueError, match="knows milliseconds, not metres"):
        net.nearest([0], Origins(node=[0]), by="metres")
    with pytest.raises(ValueError, match="ask again"):
        net.nearest([0], Origins(node=[0])).metres  # noqa: B018  # asking is what is tested
    with pytest.raises(ValueError, match="k is at least 1"):
        net.k_nearest([0], Origins(node=[0]), k=0)
    with pytest.raises(ValueError, match="minutes or metres"):
        net.within([0], Origins(node=[0]))
    for change, text in (
        ({"close": [7]}, "no facility 7"),
        ({"close": [0], "move": {0: 1}}, "close and move"),
        ({"open": [9]}, "opens"),
    ):
        with pytest.raises(ValueError, match=text):
            net.scenario([0], Origins(node=[0]), **change)


def test_without_a_road_or_a_facility_nobody_arrives_and_no_number_says_otherwise() -> None:
    lonely = Network.from_edges(nodes=3, tail=[], head=[], milliseconds=[])
    who = Origins(node=[0, 2, -1], persons=[1, 2, 3])
    found = lonely.nearest([0, -1], who)
    assert found.milliseconds.tolist() == [0, -1, -1]
    assert found.reachable.tolist() == [True, False, False]
    assert found.groups["all"].unreachable == 5
    assert np.isnan(lonely.nearest([], who).groups["all"].mean)
    assert lonely.closures([0, -1], who).unreachable.tolist() == [1.0, 0.0]
    assert lonely.closures([], who).persons.tolist() == []
    assert np.isinf(lonely.costs(who, [0, -1])).sum() == 5
    nobody = lonely.nearest([0], Origins(node=[]))
    assert len(nobody.milliseconds) == 0


def test_a_trip_that_takes_too_long_to_count_is_refused_and_not_left_out() -> None:
    days = 2**31 - 2
    net = Network.from_edges(nodes=4, tail=[0, 1, 2], head=[1, 2, 3], milliseconds=[days, days, 5], directed=False)
    with pytest.raises(ValueError, match="more than 24 days"):
        net.nearest([0], Origins(node=[3]))


def test_a_receipt_says_what_an_answer_was_made_of() -> None:
    net, who = Network.from_edges(**STREET, directed=False), Origins(node=[0, 1], persons=[2, 3])
    one, same, other = net.nearest([2], who), net.nearest([2], who), net.nearest([3], who)
    assert one.receipt.hash == same.receipt.hash != other.receipt.hash
    assert set(one.receipt.inputs) == {"network", "facilities", "origins"}
    assert one.receipt.inputs["origins"] != Origins(node=[0, 1], persons=[2, 4]).hash
    scenario = net.scenario([2, 3], who, close=[0])
    assert scenario.after.receipt.parameters["close"] == [0]


def test_origins_are_kept_as_they_were_handed_in() -> None:
    persons = np.array([1.0, 2.0])
    who = Origins(node=[0, 1], persons=persons)
    persons[0] = 9
    assert who.persons.tolist() == [1.0, 2.0]
    with pytest.raises(ValueError, match="read-only"):
        who.persons[0] = 9


def test_a_page_without_travel_times_does_not_wait_for_the_compiler() -> None:
    code = (
        "import sys, vliegwiel.engines.travel as t; t.Origins(node=[0]);"
        "print([name for name in ('numba', 'scipy', 'highspy', 'osmium', 'django', 'shapely') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
