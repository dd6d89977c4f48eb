"""Every answer equals what scipy finds by itself, on every origin of random networks."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel.engines.travel import Network, Origins, labels
from vliegwiel.engines.travel.tests.given import Town, in_order, towns


@pytest.fixture(params=[0, 2, 14], autouse=True, scope="module")
def block(request: pytest.FixtureRequest) -> Iterator[None]:
    """Blocks of one node, of four, and as large as they are in use: the answers are the same."""
    usual, labels.BLOCK_BITS = labels.BLOCK_BITS, request.param
    yield
    labels.BLOCK_BITS = usual


OFTEN = settings(max_examples=100, deadline=None)


@OFTEN
@given(towns())
def test_the_nearest_facility_of_every_origin_is_the_one_scipy_finds(town: Town) -> None:
    found = town.network.nearest(town.facilities, town.origins)
    cost, facility = in_order(np.column_stack([town.distances(), np.full(len(town.who), np.inf)]))
    assert found.milliseconds.tolist() == cost[:, 0].tolist()
    assert found.facility.tolist() == facility[:, 0].tolist()
    assert found.reachable.tolist() == (facility[:, 0] >= 0).tolist()


@OFTEN
@given(towns(), st.integers(1, 6))
def test_the_k_nearest_facilities_are_those_scipy_finds_in_that_order(town: Town, k: int) -> None:
    found = town.network.k_nearest(town.facilities, town.origins, k=k)
    cost, facility = in_order(np.column_stack([town.distances(), np.full((len(town.who), k), np.inf)]))
    assert found.milliseconds.tolist() == cost[:, :k].tolist()
    assert found.facility.tolist() == facility[:, :k].tolist()


@OFTEN
@given(towns())
def test_every_closure_costs_what_doing_it_again_without_that_facility_costs(town: Town) -> None:
    found = town.network.closures(town.facilities, town.origins)
    now, user = in_order(np.column_stack([town.distances(), np.full(len(town.who), np.inf)]))
    for position in range(len(town.facilities)):
        left = [-1 if place == position else node for place, node in enumerate(town.facilities)]
        then, _ = in_order(np.column_stack([town.distances(left), np.full(len(town.who), np.inf)]))
        persons = np.array(town.persons)
        uses, gone = user[:, 0] == position, (now[:, 0] >= 0) & (then[:, 0] < 0)
        more = np.where(gone, 0, then[:, 0] - now[:, 0])
        for losses, people in ((found, persons), (found.groups["65+"], persons // 2)):
            assert losses.persons[position] == people[uses].sum()
            assert losses.unreachable[position] == people[gone].sum()
            assert losses.extra[position] == (people * more).sum()
            assert losses.longer[position] == people[more > 0].sum()
            assert losses.worst[position] == more[people > 0].max(initial=0)


@OFTEN
@given(towns(), st.data())
def test_a_scenario_gives_what_the_whole_search_gives_afterwards(town: Town, data: st.DataObject) -> None:
    positions = st.integers(0, len(town.facilities) - 1)
    close = data.draw(st.lists(positions, unique=True, max_size=4)) if town.facilities else []
    moved = [one for one in range(len(town.facilities)) if one not in close]
    nodes = st.integers(-1, town.nodes - 1)
    move = data.draw(st.dictionaries(st.sampled_from(moved), nodes, max_size=2)) if moved else {}
    opened = data.draw(st.lists(nodes, max_size=3))
    then = [-1 if one in close else move.get(one, node) for one, node in enumerate(town.facilities)] + opened
    network = town.network
    found = network.scenario(town.facilities, town.origins, close=close, open=opened, move=move)
    cost, facility = in_order(np.column_stack([town.distances(then), np.full(len(town.who), np.inf)]))
    assert found.after.milliseconds.tolist() == cost[:, 0].tolist()
    assert found.after.facility.tolist() == facility[:, 0].tolist()
    before = network.nearest(town.facilities, town.origins)
    assert found.before.milliseconds.tolist() == before.milliseconds.tolist()
    differs = (found.after.cost != before.cost) | (found.after.facility != before.facility)
    assert found.changed.tolist() == np.flatnonzero(differs).tolist()
    persons, both = np.array(town.persons), (before.cost >= 0) & (found.after.cost >= 0)
    more = np.where(both, found.after.cost.astype(np.int64) - before.cost, 0)
    assert found.groups["all"].extra == (persons * more).sum()
    assert found.groups["all"].lost == persons[(before.cost >= 0) & (found.after.cost < 0)].sum()


@OFTEN
@given(towns(), st.lists(st.sampled_from([0, 0.00005, 0.01, 0.3, 1, 20, 3000]), min_size=1, max_size=3))
def test_what_is_within_some_minutes_is_what_scipy_counts(town: Town, minutes: list[float]) -> None:
    found = town.network.within(town.facilities, town.origins, minutes=minutes, amount=range(len(town.facilities)))
    near = town.distances()[:, :, None] <= np.array(minutes) * 60_000
    expected = (near * np.arange(len(town.facilities))[None, :, None]).sum(axis=1)
    assert found.reached.tolist() == expected.tolist()


@OFTEN
@given(towns(), st.sampled_from([0, 0.01, 0.3, 20]))
def test_capacity_is_shared_by_all_who_can_reach_it(town: Town, minutes: float) -> None:
    capacity = np.arange(len(town.facilities)) + 1.0
    found = town.network.two_step_catchment(town.facilities, town.origins, capacity=capacity, minutes=minutes)
    near = town.distances() <= minutes * 60_000
    people = (near * np.array(town.persons, dtype=float).reshape(-1, 1)).sum(axis=0)
    assert found.people.tolist() == people.tolist()
    share = np.array([holds / number if number else 0.0 for holds, number in zip(capacity, people, strict=True)])
    assert np.allclose(found.access, near @ share)
    assert np.isnan(found.per_person).tolist() == (people == 0).tolist()


@OFTEN
@given(towns())
def test_the_matrix_of_costs_is_that_of_scipy(town: Town) -> None:
    assert np.array_equal(town.network.costs(town.origins, town.facilities), town.distances())


def test_the_one_nearest_of_k_is_the_nearest_whatever_was_asked_before() -> None:
    network = Network.from_edges(nodes=3, tail=[0, 1], head=[1, 2], milliseconds=[5, 0], directed=False)
    who = Origins(node=[0, 1, -1])
    for _again in range(2):
        assert network.nearest([2], who).milliseconds.tolist() == [5, 0, -1]
        assert network.k_nearest([2], who, k=1).milliseconds.tolist() == [[5], [0], [-1]]
