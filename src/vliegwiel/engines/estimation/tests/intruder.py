"""An intruder of our own: random linked tables are protected, and then attacked by another programme than the one that protected them."""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from scipy import optimize

from vliegwiel.engines.estimation import NotPossible
from vliegwiel.engines.estimation.cells import Cell, Universe
from vliegwiel.engines.estimation.disclosure import Protected, protect


@dataclass
class Attack:
    """What came of it: tables, cells, hidden cells, how many an intruder found within too narrow an interval, and refusals."""

    tables: int = 0
    cells: int = 0
    hidden: int = 0
    primary: int = 0
    broken: int = 0
    refused: int = 0
    exact: int = 0
    fewest: float = 0.0
    cost: float = 0.0
    small_cells: int = 0
    least_hidden: int = 0
    quickly_hidden: int = 0

    def __str__(self) -> str:
        share = self.hidden / max(self.cells, 1)
        more = self.cost / self.fewest - 1 if self.fewest else 0.0
        return (
            f"{self.tables:,} tables with {self.cells:,} cells: {self.broken} broken, {self.hidden:,} hidden ({share:.1%}), of which "
            f"{self.primary:,} by rule; {self.exact:,} proven to cost the least (in all {more:.1%} above the proven bound); "
            f"{self.refused:,} refused"
        ) + (
            f"; of {self.small_cells:,} cells of small tables the exact optimum hides {self.least_hidden / self.small_cells:.1%} and the "
            f"heuristic {self.quickly_hidden / self.small_cells:.1%}"
            if self.small_cells
            else ""
        )


def people(stream: np.random.Generator) -> tuple[dict[str, list[str]], list[str]]:
    """Made-up answers, with small groups."""
    columns = ["area", "age", "answer"][: int(stream.integers(2, 4))]
    size = int(stream.integers(30, 300))
    data = {}
    for name in columns:
        levels = int(stream.integers(2, 6))
        chance = stream.dirichlet(np.full(levels, 0.8))
        data[name] = [f"{name}{one}" for one in stream.choice(levels, size, p=chance)]
    return data, columns


def attack_tables(count: int, seed: int = 1, seconds: float = 5.0) -> Attack:
    """Protect random tables (every other one linked to an earlier release of the same people) and attack them."""
    found = Attack()
    for number in range(count):
        stream = np.random.default_rng([seed, number])
        data, columns = people(stream)
        universe = Universe.of(data, columns)
        own = {"name": "own", "minimum": int(stream.integers(3, 8)), "interval": float(stream.integers(2, 6))}
        sets = {
            "area": {f"set{one}": list(stream.choice(universe.levels["area"], 2)) for one in range(int(stream.integers(0, 3)))}
        }
        releases: list[Protected] = []
        asked: list[list[Cell]] = [universe.table(columns[:2], sets=sets)]
        if len(columns) == 3 and number % 2:
            asked.append(universe.table(columns[1:]))
        for cells in asked:
            try:
                releases = [protect(universe, cells, own, earlier=releases, seconds=seconds)]
            except NotPossible:
                found.refused += 1
                break
        if releases:
            count_in(found, releases[-1])
        if len(asked) == 1 and releases and releases[0].method == "exact":
            quick = protect(universe, asked[0], own, seconds=seconds, exact=0)
            found.small_cells += len(quick.cells)
            found.least_hidden += int(releases[0].hidden.sum())
            found.quickly_hidden += int(quick.hidden.sum())
            found.broken += len(broken(quick))
    return found


def count_in(found: Attack, release: Protected) -> None:
    """Attack a release and add what came of it."""
    found.tables += 1
    found.cells += len(release.cells)
    found.hidden += int(release.hidden.sum())
    found.primary += sum(not one.shown and one.rule in ("threshold", "domain", "group", "dominance") for one in release.log)
    found.broken += len(broken(release))
    if release.method == "exact" and release.fewest is not None:
        found.exact += 1
    if release.fewest is not None:
        found.fewest += release.fewest
        found.cost += release.cost


def broken(release: Protected) -> list[str]:
    """Hidden cells that an intruder finds too closely: all published cells as equations over all smallest groups, nothing clever."""
    universe = release.universe
    inside = np.array([member(universe, cell) for cell in release.cells], dtype=float)
    n = inside @ universe.n
    shown = ~release.hidden
    found = []
    for place in np.flatnonzero(release.hidden):
        ends = []
        for sign in (1, -1):
            done = optimize.linprog(sign * inside[place], A_eq=inside[shown], b_eq=n[shown], bounds=(0, None), method="highs")
            ends.append(np.inf if done.status == 3 else sign * done.fun)
        low, high = np.ceil(ends[0] - 1e-6), np.floor(ends[1] + 1e-6) if np.isfinite(ends[1]) else np.inf
        assert low <= n[place] <= high, "an intruder must at least find the truth possible"
        if high - low < release.profile.interval:
            found.append(release.cells[place].label)
    return found


def member(universe: Universe, cell: Cell) -> list[bool]:
    """Which of all combinations of values belong to a cell, read from its own words."""
    wanted: dict[str, Any] = dict(cell.where)
    every = product(*(universe.levels[name] for name in universe.columns))
    return [
        all(name not in wanted or value in wanted[name] for name, value in zip(universe.columns, one, strict=True))
        for one in every
    ]


def attack_area_sets(count: int, seed: int = 1, areas: int = 20, seconds: float = 5.0) -> Attack:
    """Publish a table by area; then add overlapping sets of areas one by one, each checked against all that was published before."""
    stream = np.random.default_rng(seed)
    chance = stream.dirichlet(np.full(areas, 1.2))
    data = {
        "area": [f"A{one:02}" for one in stream.choice(areas, 900, p=chance)],
        "low": ["yes" if one else "no" for one in stream.random(900) < 0.16],
    }
    universe = Universe.of(data, ["area", "low"])
    own = {"name": "own", "minimum": 5, "interval": 5.0}
    release = protect(universe, universe.table(["area"], answer="low"), own, seconds=seconds)
    found = Attack()
    for _number in range(count):
        chosen = stream.choice(universe.levels["area"], int(stream.integers(2, areas // 2)), replace=False).tolist()
        new = [Cell.at({"area": chosen}), *(Cell.at({"area": chosen, "low": value}, {"area": chosen}) for value in ("yes", "no"))]
        try:
            release = protect(universe, new, own, earlier=[release], seconds=seconds)
        except NotPossible:
            found.refused += 1
    count_in(found, release)
    return found
