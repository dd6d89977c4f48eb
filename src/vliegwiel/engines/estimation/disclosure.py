"""Disclosure control (*statistische beveiliging*): what may be shown, what is hidden, why, and the proof that it stays hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from vliegwiel.engines.estimation import notes
from vliegwiel.engines.estimation.cells import Cell, Universe
from vliegwiel.engines.estimation.profiles import Profile, profile_of
from vliegwiel.engines.estimation.refusals import NotPossible
from vliegwiel.engines.estimation.result import Estimates
from vliegwiel.engines.estimation.suppression import Pattern, Question, suppress
from vliegwiel.engines.estimation.table import Bools, Floats
from vliegwiel.kernel import clock
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.receipt import Receipt

if TYPE_CHECKING:
    import pandas as pd

#: Up to so many cells the fewest are sought and proven.
EXACT = 3000


@dataclass(frozen=True)
class Decision:
    """What was decided about a cell: `rule` (threshold, domain, dominance, group, complementary, earlier,
    shown), and the facts in Dutch."""

    cell: str
    rule: str
    shown: bool
    text: str


@dataclass(frozen=True)
class Protected:
    """All cells with what may be shown. `hidden` per cell; `values` are the amounts that may be shown (NaN: hidden; rounded).

    `lower`, `upper`: what an attacker can find of the number of answers of a hidden cell. `cost`: what hiding costs (1 per cell, up to
    twice that for a cell about many people); `fewest`: a proven lower bound on it. `method`: "exact" (the least cost, proven) or
    "heuristic" (audited).
    """

    universe: Universe
    cells: tuple[Cell, ...]
    profile: Profile
    hidden: Bools
    n: Floats
    values: Floats
    lower: Floats
    upper: Floats
    method: str
    cost: float
    fewest: float | None
    log: tuple[Decision, ...]
    receipt: Receipt

    @cached_property
    def _shown(self) -> frozenset[Any]:
        return frozenset(cell.where for cell, hidden in zip(self.cells, self.hidden, strict=True) if not hidden)

    @property
    def share_hidden(self) -> float:
        """Hidden cells over all cells."""
        return float(self.hidden.mean()) if len(self.hidden) else 0.0

    def shows(self, where: Mapping[str, Any]) -> bool:
        """Whether a cell may be shown; a cell that was never checked may not."""
        return Cell.at(where).where in self._shown

    def apply(self, estimates: Estimates, answer: str | None = None) -> Estimates:
        """The same result without the rows that may not be shown. `answer`: the column whose categories are rows, when it is one of the
        table."""
        hidden = np.array(
            [
                not self.shows(
                    {
                        **{name: str(column[row]) for name, column in zip(estimates.by, estimates.domains, strict=True)},
                        **({answer: str(estimates.category[row])} if answer else {}),
                    }
                )
                for row in range(len(estimates))
            ],
            dtype=np.bool_,
        )
        blank: dict[str, Any] = {
            name: np.where(hidden, np.nan, getattr(estimates, name))
            for name in ("estimate", "se", "lower", "upper", "df", "n", "n_effective", "deff")
        }
        note = tuple(
            notes.joined(one, notes.SUPPRESSED if gone else None) for one, gone in zip(estimates.note, hidden, strict=True)
        )
        return replace(estimates, **blank, note=note, _working=None, _kept={})

    def to_pandas(self) -> "pd.DataFrame":
        """A row per cell."""
        import pandas as pd

        why = {decision.cell: decision for decision in self.log}
        return pd.DataFrame(
            {
                "cell": [cell.label for cell in self.cells], "shown": ~self.hidden, "value": self.values,
                "rule": [why[cell.label].rule for cell in self.cells], "lower": self.lower, "upper": self.upper,
            }
        )  # fmt: skip


def protect(
    universe: Universe, cells: Sequence[Cell], profile: Profile | str | Mapping[str, Any], earlier: Sequence[Protected] = (), *,
    seconds: float = 20.0, exact: int = EXACT,
) -> Protected:  # fmt: skip
    """Decide about all cells at once, together with everything that was published `earlier` about the same people.

    What was shown stays shown and what was hidden stays hidden; only new cells can be hidden. Raises `NotPossible` when earlier
    publications already give something away.
    """
    rules = profile_of(profile)
    known = {
        cell.where: (cell, bool(hidden))
        for release in earlier
        for cell, hidden in zip(release.cells, release.hidden, strict=True)
    }
    for release in earlier:
        if release.universe is not universe and content_hash(_about(release.universe)) != content_hash(_about(universe)):
            raise NotPossible(
                "De eerdere publicatie gaat over andere mensen.",
                todo="Bouw één Universe met alle kolommen die in een tabel staan.",
            )
    every = list(dict.fromkeys([*(cell for cell, _hidden in known.values()), *cells]))
    unique: dict[Any, Cell] = {}
    for cell in every:
        unique.setdefault(cell.where, cell)
    every = list(unique.values())
    incidence = universe.incidence(every)
    n, amount = incidence @ universe.n, incidence @ universe.amount
    by_where = {cell.where: place for place, cell in enumerate(every)}
    reasons = _primary(universe, every, rules, n, amount, incidence)
    empty = np.diff(incidence.indptr) == 0
    fixed = np.array([cell.where in known and not known[cell.where][1] for cell in every], dtype=np.bool_) | empty
    stays = np.array([cell.where in known and known[cell.where][1] for cell in every], dtype=np.bool_)
    primary = np.array([reason is not None for reason in reasons], dtype=np.bool_) & ~fixed | stays
    labels = [cell.label for cell in every]
    anything = np.full(len(every), np.inf)
    low = np.array(
        [
            rules.group * n[by_where[cell.of]] if reason and reason[0] == "group" and cell.of in by_where else np.inf
            for cell, reason in zip(every, reasons, strict=True)
        ]
    )
    questions = [Question(incidence, universe.n, np.full(len(every), rules.interval), low, whole=True)]
    if not universe.whole:
        width = np.maximum(rules.interval_share * amount, 0.0)
        questions.append(Question(incidence, universe.amount, width, anything, whole=False, slack=rules.rounding / 2))
    elif rules.rounding:
        questions = [replace(questions[0], slack=rules.rounding / 2)]
    # A cell about everybody is worth up to twice a small one.
    costs = 1.0 + n / max(n.max(initial=1.0), 1.0)
    pattern = suppress(questions, primary, fixed, costs, labels, exact=len(every) <= exact, seconds=seconds)
    shown = amount if not rules.rounding else np.round(amount / rules.rounding) * rules.rounding
    inputs = {"data": content_hash(_about(universe)), "cells": content_hash([cell.where for cell in every])}
    parameters = {"profile": rules, "earlier": [release.receipt.hash for release in earlier]}
    return Protected(
        universe, tuple(every), rules, pattern.hidden, n, np.where(pattern.hidden, np.nan, shown), pattern.lower, pattern.upper,
        pattern.method,
        pattern.cost,
        pattern.fewest, _logged(every, reasons, pattern, fixed, stays, rules),
        Receipt("estimation.protect", "1", inputs, parameters, clock.now()),
    )  # fmt: skip


def _primary(
    universe: Universe, cells: list[Cell], rules: Profile, n: Floats, amount: Floats, incidence: Any
) -> list[tuple[str, str] | None]:
    """Per cell the first rule that hides it, with the facts."""
    by_where = {cell.where: place for place, cell in enumerate(cells)}
    parts: dict[int, list[int]] = {}
    for place, cell in enumerate(cells):
        if cell.of is not None and cell.of in by_where:
            parts.setdefault(by_where[cell.of], []).append(place)
    largest = np.array([universe.largest[incidence.indices[a:b]].max(initial=0.0) for a, b in pairwise(incidence.indptr)])
    found: list[tuple[str, str] | None] = []
    for place, cell in enumerate(cells):
        owner = by_where.get(cell.of) if cell.of is not None else None
        base = n[owner] if owner is not None else (n[place] if not universe.whole else np.inf)
        few = n[place] < rules.minimum and (n[place] > 0 or rules.zero_hidden)
        if few:
            found.append(("threshold", f"{_answers(n[place])}, minder dan {rules.minimum}."))
        elif base < rules.minimum_domain and (base > 0 or rules.zero_hidden):
            found.append(("domain", f"De groep telt {_answers(base)}, minder dan {rules.minimum_domain}."))
        elif not universe.whole and amount[place] > 0 and largest[place] > rules.dominance * amount[place]:
            found.append(
                (
                    "dominance",
                    f"Eén deelnemer heeft {largest[place] / amount[place]:.0%} van het bedrag, meer dan {rules.dominance:.0%}.",
                )
            )
        elif owner is not None and n[owner] > 0 and max(n[one] for one in parts[owner]) > rules.group * n[owner]:
            top = max(n[one] for one in parts[owner]) / n[owner]
            found.append(("group", f"{top:.0%} van de groep gaf hetzelfde antwoord, meer dan {rules.group:.0%}."))
        else:
            found.append(None)
    return found


def _answers(number: float) -> str:
    return "1 antwoord" if number == 1 else f"{number:g} antwoorden"


def _logged(
    cells: list[Cell], reasons: list[tuple[str, str] | None], pattern: Pattern, fixed: Bools, stays: Bools, rules: Profile
) -> tuple[Decision, ...]:
    log = []
    for place, cell in enumerate(cells):
        reason = reasons[place]
        if fixed[place]:
            log.append(
                Decision(cell.label, "earlier", True, "Al eerder gepubliceerd." + (f" Let op: {reason[1]}" if reason else ""))
            )
        elif not pattern.hidden[place]:
            rounded = f" Afgerond op {rules.rounding:g}." if rules.rounding else ""
            log.append(Decision(cell.label, "shown", True, f"Mag getoond worden.{rounded}"))
        elif reason is not None:
            log.append(Decision(cell.label, reason[0], False, reason[1]))
        elif stays[place]:
            log.append(Decision(cell.label, "earlier", False, "Al eerder verborgen."))
        else:
            owner = pattern.because.get(place)
            what = f" Zonder dit is {cells[owner].label} te berekenen." if owner is not None else ""
            log.append(Decision(cell.label, "complementary", False, f"Meeverborgen.{what}"))
    return tuple(log)


def _about(universe: Universe) -> dict[str, Any]:
    return {
        "columns": universe.columns,
        "levels": universe.levels,
        "codes": universe.codes.tolist(),
        "n": universe.n.tolist(),
        "amount": universe.amount.tolist(),
    }
