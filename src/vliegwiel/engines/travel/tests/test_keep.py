"""Which ones to keep: equal to trying every choice, and to the known optima of the OR-Library."""

import csv
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse.csgraph import shortest_path

from tests.requirements import SHARED
from vliegwiel.engines.travel import Network, Origins, keep

OR_LIBRARY = SHARED / "reference" / "pmedian"
OPTIMA = OR_LIBRARY / "optima.csv"
OBJECTIVES = st.sampled_from(["p-median", "p-centre", "coverage"])


def instance(path: Path) -> tuple[NDArray[np.float64], int]:
    """Shortest paths between all nodes; of repeated edges the last cost counts."""
    nodes, edges, number, *rest = map(int, path.read_text(encoding="ascii").split())
    matrix = np.full((nodes, nodes), np.inf)
    for one, other, cost in np.array(rest[: 3 * edges]).reshape(-1, 3):
        matrix[one - 1, other - 1] = matrix[other - 1, one - 1] = cost
    return shortest_path(matrix, method="D"), number


def optima() -> Iterator[tuple[str, int, int]]:
    if OPTIMA.is_file():
        with OPTIMA.open(encoding="ascii") as file:
            for row in csv.DictReader(file):
                yield row["instance"], int(row["p_median_optimum"]), int(row["p_center_optimum"])


#: In every check; `bench --proofs` reaches every optimum that is known, also the ones that take long.
IN_CHECK = {f"pmed{number}" for number in (1, 2, 3, 5, 6, 8, 11, 16)}


@pytest.mark.data
@pytest.mark.parametrize(("name", "median", "centre"), [row for row in optima() if row[0] in IN_CHECK])
def test_a_known_optimum_is_reached_with_its_proof(name: str, median: int, centre: int) -> None:
    matrix, number = instance(OR_LIBRARY / f"{name}.txt")
    for objective, optimum in (("p-median", median), ("p-centre", centre)):
        found = keep(matrix, np.ones(len(matrix)), p=number, objective=objective, seconds=300)
        assert (found.objective, found.bound, found.proven) == (optimum, optimum, True), objective
        assert len(found.chosen) == number


@pytest.mark.data
@pytest.mark.parametrize("name", ["pmed7", "pmed14"])
def test_instances_without_a_stated_optimum_are_proven_as_well(name: str) -> None:
    matrix, number = instance(OR_LIBRARY / f"{name}.txt")
    assert keep(matrix, np.ones(len(matrix)), p=number, seconds=300).proven


@st.composite
def questions(draw: st.DrawFn, objectives: st.SearchStrategy[str] = OBJECTIVES) -> dict[str, object]:
    """Small tables with everything: no way, no persons, nothing to travel, candidates that are the same, pinned ones."""
    demand, candidates = draw(st.integers(1, 9)), draw(st.integers(1, 7))
    cost = st.one_of(st.integers(0, 3).map(float), st.integers(0, 90_000).map(float), st.just(np.inf), st.floats(0, 1e6))
    costs = draw(st.lists(st.lists(cost, min_size=candidates, max_size=candidates), min_size=demand, max_size=demand))
    weight = st.one_of(st.integers(0, 50).map(float), st.floats(0, 1e4, allow_subnormal=False))
    pinned = draw(st.lists(st.integers(0, candidates - 1), max_size=4, unique=True))
    split = draw(st.integers(0, len(pinned)))
    objective = draw(objectives)
    found = {
        "costs": np.array(costs),
        "weights": draw(st.lists(weight, min_size=demand, max_size=demand)),
        "p": draw(st.integers(1, candidates + 1)),
        "objective": objective,
        "always": pinned[:split],
        "never": pinned[split:],
    }
    return {**found, "reach": float(draw(st.sampled_from([0, 2, 5000])))} if objective == "coverage" else found


def _all_choices(question: dict[str, object]) -> list[tuple[float, tuple[int, ...]]]:
    costs, weights = question["costs"], np.array(question["weights"])
    allowed = [one for one in range(costs.shape[1]) if one not in question["never"]]
    rows = (weights > 0) & np.isfinite(costs[:, allowed]).any(axis=1)
    found = []
    for chosen in combinations(allowed, question["p"]):
        if set(question["always"]) <= set(chosen):
            near = costs[np.ix_(rows, chosen)].min(axis=1)
            if question["objective"] == "p-median":
                value = (weights[rows] * near).sum()
            elif question["objective"] == "p-centre":
                value = near.max(initial=0)
            else:
                value = -weights[rows][near <= question["reach"]].sum()
            if np.isfinite(value):
                found.append((float(value), chosen))
    return sorted(found)


def test_costs_as_small_as_a_number_can_be_beside_large_ones_are_compared_and_not_overflown() -> None:
    least = 5e-324
    found = keep(np.array([[1.0, 1e10, least, 1e10], [1e6, 1e10, least, 1e6]]), [1.0, 1.0], p=1)
    assert list(found.chosen) == [2]
    assert found.proven


@settings(max_examples=300, deadline=None)
@given(questions())
def test_the_choice_is_as_good_as_the_best_of_all_choices(question: dict[str, object]) -> None:
    every, found = _all_choices(question), keep(**question)
    costs, weights = question["costs"], np.array(question["weights"])
    reaches_somebody = np.isfinite(np.delete(costs, question["never"], axis=1)).any(axis=1)
    assert found.left_out.tolist() == np.flatnonzero((weights > 0) & ~reaches_somebody).tolist()
    if not every or (weights.any() and not reaches_somebody[weights > 0].any()):
        assert not found.feasible
        assert found.why
        assert found.proven
        return
    sign = -1 if question["objective"] == "coverage" else 1
    assert found.objective == pytest.approx(sign * every[0][0], rel=1e-9, abs=1e-9)
    assert found.bound == pytest.approx(found.objective, rel=1e-9, abs=1e-9)
    assert found.proven
    assert set(question["always"]) <= set(found.chosen)
    assert not set(question["never"]) & set(found.chosen)
    assert len(found.chosen) == question["p"]
    for row, candidate in enumerate(found.assignment):
        near = costs[row, list(found.chosen)].min()
        assert (candidate == -1) == np.isinf(near)
        assert candidate == -1 or costs[row, candidate] == near == found.cost[row]
    values = {chosen: sign * value for value, chosen in every}
    for other in found.alternatives(within=0.05):
        assert values[other.chosen] == pytest.approx(other.objective, rel=1e-9, abs=1e-9)
        assert sign * other.objective <= sign * found.objective * (1 + sign * 0.05) + 1e-6
        assert other.chosen != found.chosen


def _least_with_capacities(question: dict[str, object], chosen: tuple[int, ...]) -> float:
    """The transport problem of one choice by scipy; infinity when it does not fit. p-centre: the least limit that fits."""
    costs, weights = question["costs"], np.array(question["weights"])
    allowed = [one for one in range(costs.shape[1]) if one not in question["never"]]
    rows = np.flatnonzero((weights > 0) & np.isfinite(costs[:, allowed]).any(axis=1))
    part = costs[np.ix_(rows, chosen)]
    limits = np.unique(part[np.isfinite(part)]) if question["objective"] == "p-centre" else [question.get("reach", np.inf)]
    for limit in limits if len(rows) else []:
        ways = np.argwhere(np.isfinite(part) & (part <= limit))
        if not len(ways):
            if question["objective"] == "coverage":
                return 0.0
            continue
        people = np.zeros((len(rows), len(ways)))
        people[ways[:, 0], np.arange(len(ways))] = 1
        held = np.zeros((len(chosen), len(ways)))
        held[ways[:, 1], np.arange(len(ways))] = weights[rows[ways[:, 0]]]
        room = np.array(question["capacities"])[list(chosen)]
        amount = weights[rows[ways[:, 0]]]
        if question["objective"] == "coverage":
            solved = linprog(-amount, A_ub=np.vstack([held, people]), b_ub=[*room, *np.ones(len(rows))])
            return float(solved.fun)
        value = amount * part[ways[:, 0], ways[:, 1]] if question["objective"] == "p-median" else np.zeros(len(ways))
        solved = linprog(value, A_ub=held, b_ub=room, A_eq=people, b_eq=np.ones(len(rows)))
        if solved.status == 0:
            return float(limit) if question["objective"] == "p-centre" else float(solved.fun)
    return np.inf if len(rows) else 0.0


@settings(max_examples=150, deadline=None)
@given(questions(), st.data())
def test_with_capacities_nobody_is_sent_where_there_is_no_room(question: dict[str, object], data: st.DataObject) -> None:
    question["weights"] = [float(round(weight)) for weight in question["weights"]]
    size = question["costs"].shape[1]
    question["capacities"] = data.draw(st.lists(st.integers(0, 120).map(float), min_size=size, max_size=size))
    allowed = [one for one in range(size) if one not in question["never"]]
    choices = [one for one in combinations(allowed, question["p"]) if set(question["always"]) <= set(one)]
    least = min((_least_with_capacities(question, one) for one in choices), default=np.inf)
    found = keep(**question)
    weights = np.array(question["weights"])
    if np.isinf(least) or (len(found.left_out) and len(found.left_out) == (weights > 0).sum()):
        assert not found.feasible
        assert found.why
        return
    sign = -1 if question["objective"] == "coverage" else 1
    assert found.objective == pytest.approx(sign * least, rel=1e-6, abs=1e-3)
    assert found.proven
    if found.shares is None:
        assert not (weights > 0).any()
        return
    rows, candidates, parts = found.shares
    sent = np.bincount(candidates, weights=weights[rows] * parts, minlength=size)
    assert (sent <= np.array(question["capacities"]) + 1e-4).all()


def test_with_capacities_a_person_who_goes_a_little_further_counts_beside_many_who_go_far() -> None:
    best = keep([[0.0, 0.0, 1.0, 13_514.0]], [37.0], p=3, capacities=[1.0, 1.0, 1.0, 36.0])
    assert (best.chosen, best.objective, best.proven) == ((0, 1, 3), pytest.approx(35 * 13_514, abs=1e-3), True)


def test_what_cannot_be_says_why() -> None:
    table = [[1, 5, np.inf], [np.inf, 2, np.inf], [np.inf, np.inf, 3]]
    few = keep(table, [10, 10, 10], p=2, always=[0])
    assert [reason.code for reason in few.why] == ["too-few-to-reach-all"]
    assert few.chosen == ()
    assert keep(table, [10, 10, 10], p=4).why[0].code == "too-few-candidates"
    assert keep(table, [10, 10, 10], p=1, always=[0, 1]).why[0].code == "too-many-pinned"
    full = keep(table, [10, 10, 10], p=3, capacities=[9, 9, 9])
    assert full.why[0].code == "capacity"
    assert full.why[0].facts == {"held": 27.0, "needed": 30.0}
    assert keep(table, [10, 10, 10], p=3, capacities=[5, 15, 15]).objective == 10 * 1 * 0.5 + 5 * 5 + 20 + 30
    assert keep(table, [10, 10, 10], p=3, capacities=[50, 9, 15]).why[0].code == "capacity-within-reach"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"costs": [[1, np.nan]]}, "known"),
        ({"costs": [[1, -1]]}, "below zero"),
        ({"costs": [1, 2]}, "table"),
        ({"weights": [np.nan]}, "known"),
        ({"weights": [-1]}, "below zero"),
        ({"weights": [1, 2]}, "1 numbers"),
        ({"p": 0}, "at least 1"),
        ({"objective": "p-mean"}, "objective is one of"),
        ({"objective": "coverage"}, "reach"),
        ({"always": [0], "never": [0]}, "both"),
        ({"always": [7]}, "always lies between"),
        ({"capacities": [1]}, "2 numbers"),
    ],
)
def test_nonsense_is_refused_with_what_is_wrong(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        keep(**{"costs": [[1, 2]], "weights": [1], "p": 1, **wrong})


def test_rows_nobody_can_serve_are_told_and_are_no_large_distance() -> None:
    found = keep([[1.0, 2.0], [np.inf, np.inf]], [5, 7], p=1)
    assert found.left_out.tolist() == [1]
    assert found.objective == 5.0
    assert found.assignment.tolist() == [0, -1]
    assert found.fairness({"65+": [1, 3]})["65+"].unreachable == 3
    assert keep([[np.inf, np.inf]], [7], p=1).why[0].code == "nobody-arrives"


def test_fairness_says_the_mean_the_worst_and_each_group() -> None:
    net = Network.from_edges(nodes=5, tail=[0, 1, 2, 3], head=[1, 2, 3, 4], milliseconds=[60_000] * 4, directed=False)
    who = Origins(node=range(5), persons=[10, 10, 10, 10, 10])
    best = keep(net.costs(who, [0, 2, 4]), who.persons, p=1)
    assert best.chosen == (1,)
    fair = best.fairness({"65+": [10, 0, 0, 0, 0]})
    assert (fair["all"].mean, fair["all"].longest, fair["65+"].mean) == (1.2, 120_000, 2.0)
    assert {other.chosen for other in best.alternatives(within=0.7)} == {(0,), (2,)}


def test_the_bound_holds_when_time_runs_out() -> None:
    chance = np.random.default_rng(3)
    costs, told = np.round(chance.uniform(0, 1e6, (300, 120))), []
    found = keep(costs, chance.uniform(1, 9, 300), p=12, seconds=0.3)
    longer = keep(costs, found.problem.weights, p=12, seconds=3, progress=lambda best, bound: told.append((best, bound)))
    assert found.bound <= longer.objective <= found.objective
    assert found.bound <= longer.bound + 1e-6
    assert told
    assert 0 <= longer.gap <= found.gap < 0.5
