"""Everything that is published about the same people, as sums over the smallest groups that any of it can tell apart.

Two tables are linked when they count the same people: over waves, filters, backgrounds and every set of areas. So a cell is a set of
smallest groups (*atoms*), and all relations between cells follow from which atoms they share. Nothing else needs to be declared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

import numpy as np
from scipy import sparse

from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.table import Bools, Floats, Ints, Table

Where = Mapping[str, Any]
_MOST = 500_000


@dataclass(frozen=True)
class Cell:
    """One number that may be shown: a value or a set of values per column; a column that is not named is summed over.

    `of`: the cell of which this one is a part with one answer (its denominator), when it is shown as a share. `label` for the log.
    """

    label: str
    where: tuple[tuple[str, tuple[str, ...]], ...]
    of: tuple[tuple[str, tuple[str, ...]], ...] | None = None

    @classmethod
    def at(cls, where: Where, of: Where | None = None, label: str = "") -> "Cell":
        """From plain values: `Cell.at({"muni": "G01", "age": ["55-74", "75+"]})`."""
        fixed = _fixed(where)
        named = label or ", ".join(f"{column} {'+'.join(values)}" for column, values in fixed) or "totaal"
        return cls(named, fixed, None if of is None else _fixed(of))


@dataclass(frozen=True)
class Universe:
    """The atoms of some people: the values of the columns, how many answers, the weighted amount, and the largest single part of it.

    All combinations are atoms, also those that nobody is in: an attacker does not know which those are.
    """

    columns: tuple[str, ...]
    levels: Mapping[str, tuple[str, ...]]
    codes: Ints
    n: Floats
    amount: Floats
    largest: Floats
    whole: bool

    @classmethod
    def of(cls, data: Any, columns: Sequence[str], weights: str | None = None, amount: str | None = None) -> "Universe":
        """From answers: a row per person. `amount`: a number column that is summed with `weights`; left out, people are counted.

        Rows without a value in one of the columns, or without an amount, are in no table and in no atom.
        """
        table = Table.of(data)
        coded = [table.coded(name, shown=True) for name in columns]
        there = np.logical_and.reduce([column.codes >= 0 for column in coded]) if coded else np.ones(table.rows, dtype=np.bool_)
        heavy = np.ones(table.rows) if weights is None else table.numbers(weights)
        value = heavy if amount is None else heavy * table.numbers(amount)
        there &= ~np.isnan(value)
        sizes = [len(column.levels) for column in coded]
        count = prod(sizes)
        if count > _MOST:
            raise NotPossible(
                f"De kolommen {some(columns)} hebben samen {count:,} combinaties; dat is te veel om als één geheel te beveiligen.",
                todo="Noem alleen kolommen die in een tabel staan, of deel ze grover in.",
            )
        atom = np.zeros(int(there.sum()), dtype=np.int64)
        for column, size in zip(coded, sizes, strict=True):
            atom = atom * size + column.codes[there]
        codes = np.stack(np.unravel_index(np.arange(count), sizes), axis=1) if sizes else np.zeros((1, 0), dtype=np.int64)
        value = value[there]
        if (value < 0).any():
            raise NotPossible(f"Het bedrag {amount} is soms negatief.", todo="Beveilig bedragen onder nul apart van die erboven.")
        largest = np.zeros(len(codes))
        np.maximum.at(largest, atom, value)
        levels = {name: column.labels for name, column in zip(columns, coded, strict=True)}
        size = len(codes)
        return cls(
            tuple(columns), levels, codes, np.bincount(atom, minlength=size).astype(np.float64),
            np.bincount(atom, value, size).astype(np.float64), largest, weights is None and amount is None,
        )  # fmt: skip

    def table(
        self, by: Sequence[str], sets: Mapping[str, Mapping[str, Iterable[str]]] | None = None, answer: str | None = None
    ) -> list[Cell]:
        """All cells of a table with its margins. `sets`: named unions of values of a column (regions, villages, own selections) that stand
        beside those values. `answer`: a column that is shown as shares within each cell."""
        choices: list[list[tuple[str, Where]]] = []
        for column in by:
            self._need([column])
            own: list[tuple[str, Where]] = [("", {})] + [(value, {column: value}) for value in self.levels[column]]
            own += [(name, {column: tuple(values)}) for name, values in (sets or {}).get(column, {}).items()]
            choices.append(own)
        found = []
        for parts in product(*choices):
            where = {column: value for _name, part in parts for column, value in part.items()}
            label = ", ".join(name for name, _part in parts if name) or "totaal"
            found.append(Cell.at(where, label=label))
            if answer is not None:
                self._need([answer])
                found += [Cell.at({**where, answer: value}, where, f"{label}: {answer} {value}") for value in self.levels[answer]]
        return found

    def incidence(self, cells: Sequence[Cell]) -> sparse.csr_matrix:
        """Which atoms are in which cell (cells × atoms)."""
        rows = []
        place = {name: index for index, name in enumerate(self.columns)}
        for cell in cells:
            self._need([column for column, _values in cell.where])
            inside: Bools = np.ones(len(self.codes), dtype=np.bool_)
            for column, values in cell.where:
                known = {label: code for code, label in enumerate(self.levels[column])}
                inside &= np.isin(self.codes[:, place[column]], [known[value] for value in values if value in known])
            rows.append(sparse.csr_matrix(inside.astype(np.float64)))
        return sparse.csr_matrix(sparse.vstack(rows, format="csr")) if rows else sparse.csr_matrix((0, len(self.codes)))

    def _need(self, columns: Sequence[str]) -> None:
        unknown = [column for column in columns if column not in self.columns]
        if unknown:
            raise NotPossible(
                f"Er is geen kolom {some(unknown)} in deze tabellen.",
                where=f"Wel: {some(self.columns)}.",
                todo="Noem haar bij Universe.of.",
            )


def _fixed(where: Where) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (column, (str(value),) if isinstance(value, str | int | float | bool) else tuple(sorted(map(str, value))))
        for column, value in sorted(where.items())
    )
