"""Disclosure control: the rules, the further cells, the log, and an intruder who must not find what is hidden."""

from itertools import product

import numpy as np
import pytest

from vliegwiel.engines.estimation import Design, NotPossible, notes
from vliegwiel.engines.estimation.cells import Cell, Universe
from vliegwiel.engines.estimation.disclosure import protect
from vliegwiel.engines.estimation.profiles import PROFILES, Profile
from vliegwiel.engines.estimation.tests.given import a_survey
from vliegwiel.engines.estimation.tests.intruder import attack_area_sets, attack_tables, broken, people

OWN = {"name": "own", "minimum": 5, "interval": 5}


def _people(table: dict[tuple[str, str], int]) -> dict[str, list[str]]:
    rows = [pair for pair, count in table.items() for _ in range(count)]
    return {"town": [town for town, _age in rows], "age": [age for _town, age in rows]}


SMALL = _people({("A", "young"): 3, ("A", "old"): 20, ("B", "young"): 18, ("B", "old"): 22, ("C", "young"): 30, ("C", "old"): 25})


def test_one_small_cell_takes_a_rectangle_along_and_the_log_says_why() -> None:
    universe = Universe.of(SMALL, ["town", "age"])
    found = protect(universe, universe.table(["town", "age"]), OWN)
    hidden = {cell.label for cell, gone in zip(found.cells, found.hidden, strict=True) if gone}
    assert "A, young" in hidden
    assert len(hidden) == 4, "a small cell, another in its row and its column, and the corner"
    assert found.method == "exact"
    assert found.cost == pytest.approx(found.fewest)
    by_cell = {one.cell: one for one in found.log}
    assert len(by_cell) == len(found.cells), "every cell has a decision"
    assert by_cell["A, young"].rule == "threshold"
    assert by_cell["A, young"].text == "3 antwoorden, minder dan 5."
    assert by_cell["A, old"].rule == "complementary"
    assert "Zonder dit is A, young te berekenen" in by_cell["A, old"].text
    assert by_cell["totaal"].shown
    assert not broken(found)
    assert found.share_hidden == 4 / 12
    assert found.receipt.parameters["profile"].name == "own"


def test_every_whole_number_that_fits_lies_in_the_interval_that_is_reported() -> None:
    universe = Universe.of(_people({("A", "x"): 1, ("A", "y"): 4, ("B", "x"): 3, ("B", "y"): 2}), ["town", "age"])
    cells = universe.table(["town", "age"])
    found = protect(universe, cells, {"name": "own", "minimum": 2, "interval": 2})
    shown = [place for place, gone in enumerate(found.hidden) if not gone]
    inside = universe.incidence(found.cells).toarray()
    fitting = [table for table in product(range(11), repeat=4) if all(inside[place] @ table == found.n[place] for place in shown)]
    for place in np.flatnonzero(found.hidden):
        possible = [inside[place] @ table for table in fitting]
        assert max(possible) - min(possible) >= 2
        assert found.lower[place] <= min(possible)
        assert found.upper[place] >= max(possible) or max(possible) >= 10


def test_the_profiles_hide_what_they_say() -> None:
    ages = {("A", "yes"): 2, ("A", "no"): 60, ("B", "yes"): 10, ("B", "no"): 15, ("C", "yes"): 40, ("C", "no"): 45}
    rows = [pair for pair, count in ages.items() for _ in range(count)]
    universe = Universe.of({"town": [town for town, _ in rows], "low": [low for _, low in rows]}, ["town", "low"])
    found = protect(universe, universe.table(["town"], answer="low"), "ggd-30-5-90")
    rule = {one.cell: one.rule for one in found.log}
    assert rule["A: low yes"] == "threshold"
    assert rule["A: low no"] == "group", "97% gave the same answer"
    assert rule["B: low yes"] == rule["B: low no"] == "domain"
    assert found.shows({"town": "C"})
    group = [cell.label for cell in found.cells].index("A: low no")
    assert found.lower[group] <= 0.9 * 62, "nor may it follow that more than 90% did"
    assert PROFILES["cbs-income"].minimum_domain == 100


def test_one_respondent_may_not_dominate_a_sum() -> None:
    data = {"town": ["A"] * 120 + ["B"] * 150 + ["C"] * 130 + ["D"] * 110, "income": [100.0] * 119 + [9000.0] + [100.0] * 390}
    universe = Universe.of(data, ["town"], amount="income")
    found = protect(universe, universe.table(["town"]), "cbs-income")
    rule = {one.cell: one for one in found.log}
    assert rule["A"].rule == "dominance"
    assert "43%" in rule["A"].text
    assert sum(one.rule == "complementary" for one in found.log) >= 1
    shown = found.values[~found.hidden]
    assert (shown % 100 == 0).all(), "rounded after suppression"


def test_thresholds_count_answers_not_weights() -> None:
    data = {"town": ["A"] * 3 + ["B"] * 40 + ["C"] * 40, "w": [1000.0] * 3 + [1.0] * 80}
    universe = Universe.of(data, ["town"], weights="w")
    found = protect(universe, universe.table(["town"]), OWN)
    assert not found.shows({"town": "A"})


def test_what_is_published_stays_and_new_cells_give_nothing_away() -> None:
    universe = Universe.of(SMALL, ["town", "age"])
    first = protect(universe, universe.table(["town"]), OWN)
    assert first.share_hidden == 0
    second = protect(universe, universe.table(["town", "age"]), OWN, earlier=[first])
    assert all(second.shows(dict(cell.where)) for cell in first.cells)
    assert not broken(second)
    assert {one.rule for one in second.log if one.cell in ("A", "B", "C")} == {"earlier"}
    sets = [Cell.at({"town": ["A", "B"], "age": "young"}), Cell.at({"town": "B", "age": "young"})]
    third = protect(universe, sets, OWN, earlier=[second])
    assert not broken(third)
    assert not third.shows({"town": ["A", "B"], "age": "young"}) or not third.shows({"town": "B", "age": "young"})


def test_a_set_that_would_give_a_small_group_away_is_refused() -> None:
    data = {"town": ["A"] * 40 + ["B"] * 3 + ["C"] * 30}
    universe = Universe.of(data, ["town"])
    first = protect(
        universe,
        [Cell.at({"town": ["A", "B"]}), Cell.at({"town": "A"}), Cell.at({})],
        {"name": "own", "minimum": 2, "interval": 2},
    )
    with pytest.raises(NotPossible, match="verraadt te veel"):
        protect(universe, [Cell.at({"town": "B"})], OWN, earlier=[first])


def test_suppressed_rows_are_gone_everywhere() -> None:
    data = a_survey(200)
    design = Design(data, weights="weight", strata="stratum", clusters="psu")
    universe = Universe.of(data, ["town", "age"])
    found = protect(universe, universe.table(["town", "age"]), {"name": "own", "minimum": 12, "interval": 4})
    safe = found.apply(design.mean("score", by=["town", "age"]))
    hidden = [row for row, note in enumerate(safe.note) if note == notes.SUPPRESSED]
    assert hidden
    table = safe.to_arrow()
    for column in ("estimate", "se", "lower", "upper", "n", "n_effective", "deff"):
        assert all(table.column(column)[row].as_py() is None for row in hidden)
    shown = [row for row in range(len(safe)) if row not in hidden]
    assert np.isfinite(safe.estimate[shown]).all()
    with pytest.raises(NotPossible):
        safe.covariance()
    unknown = found.apply(design.mean("score", by=["town", "wave"]))
    assert all(note == notes.SUPPRESSED for note in unknown.note), "a cell that was never checked is not shown"
    shares = protect(universe, universe.table(["town"], answer="age"), OWN).apply(
        design.proportion("age", by="town"), answer="age"
    )
    assert np.isfinite(shares.estimate).any()


def test_a_profile_of_your_own_is_checked() -> None:
    assert Profile.of({"name": "ours", "minimum": 8}).minimum == 8
    universe = Universe.of(SMALL, ["town"])
    for wrong in ({"name": "x", "treshold": 3}, {"minimum": 3}, {"name": "x", "group": 1.5}, {"name": "x", "interval": 0}):
        with pytest.raises(NotPossible):
            protect(universe, universe.table(["town"]), wrong)
    with pytest.raises(NotPossible, match="bestaat niet"):
        protect(universe, universe.table(["town"]), "strictest")
    with pytest.raises(NotPossible, match="geen kolom"):
        universe.table(["planet"])


def test_an_intruder_does_not_break_random_linked_tables() -> None:
    found = attack_tables(10, seed=7)
    assert found.broken == 0
    assert found.hidden > 30, "there was something to find"
    assert found.exact >= 8


def test_an_intruder_does_not_break_overlapping_area_sets() -> None:
    found = attack_area_sets(8, seed=3, areas=8)
    assert found.broken == 0
    assert found.tables == 1


def test_the_heuristic_costs_little_more_than_the_proven_best() -> None:
    best = cost = 0.0
    for number in range(6):
        data, columns = people(np.random.default_rng([5, number]))
        universe = Universe.of(data, columns)
        cells = universe.table(columns[:2])
        exact, quick = (protect(universe, cells, OWN, exact=most) for most in (3000, 0))
        assert exact.method == "exact"
        assert not broken(quick)
        best, cost = best + exact.cost, cost + quick.cost
    assert best <= cost <= 1.25 * best


def test_the_heuristic_is_safe_too() -> None:
    universe = Universe.of(SMALL, ["town", "age"])
    found = protect(universe, universe.table(["town", "age"]), OWN, exact=0)
    assert found.method == "heuristic"
    assert not broken(found)
    assert found.hidden.sum() >= 4
