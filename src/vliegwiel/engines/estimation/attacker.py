"""The intruder: somebody with every published number who works out what a hidden one can be, by linear programming (HiGHS)."""

from dataclasses import dataclass, field
from itertools import pairwise

import highspy
import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from vliegwiel.engines.estimation.table import Bools, Floats, Ints

INFINITE = float(highspy.kHighsInf)


@dataclass
class _Component:
    """Unknown atoms that hang together, and the published cells that say something about them."""

    atoms: Ints
    rows: Ints
    solver: highspy.Highs


@dataclass
class _View:
    """What is left to find out with some cells hidden: atoms that follow at once (with the cell that gives them), and the rest."""

    known: Bools
    steps: list[tuple[int, int]]
    components: list[_Component]
    owner: Ints
    ends: dict[tuple[int, bool], tuple[float, Floats]] = field(default_factory=dict)


class Attacker:
    """All relations between cells, as unknown amounts of atoms that are not below zero.

    `cells`: cells × atoms; `amounts`: the true amounts of atoms; `slack`: half the base to which cells are rounded when shown. Atoms in
    the same cells are one. Published cells with one unknown atom give it away; the rest falls apart into small programmes.
    """

    def __init__(self, cells: sparse.csr_matrix, amounts: Floats, slack: float = 0.0) -> None:
        self.cells, self.amounts = merged(cells, amounts)
        self.values: Floats = self.cells @ self.amounts
        self.slack = slack
        self._by_atom = sparse.csc_matrix(self.cells)
        self._view: _View | None = None
        self._hidden: Bools = np.zeros(0, dtype=np.bool_)

    def hide(self, hidden: Bools) -> None:
        """What is not published, from now on."""
        if self._view is None or not np.array_equal(hidden, self._hidden):
            self._hidden, self._view = hidden.copy(), None

    def interval(self, cell: int) -> tuple[float, float]:
        """The smallest and the largest amount that fit with everything published."""
        view = self._looked()
        return self._end_of(view, cell, largest=False)[0], self._end_of(view, cell, largest=True)[0]

    def moves(self, cell: int, *, largest: bool) -> Floats:
        """By how much one end of the interval moves with each published cell; what gives atoms away comes after what uses them."""
        view = self._looked()
        duals = self._end_of(view, cell, largest=largest)[1].copy()
        wanted = np.zeros(self.cells.shape[1])
        wanted[self._atoms(cell)] = 1.0
        for row, atom in reversed(view.steps):
            inside = self._by_atom.indices[self._by_atom.indptr[atom] : self._by_atom.indptr[atom + 1]]
            duals[row] += wanted[atom] - duals[inside].sum()
        return duals

    def _atoms(self, cell: int) -> Ints:
        found: Ints = self.cells.indices[self.cells.indptr[cell] : self.cells.indptr[cell + 1]].astype(np.int64)
        return found

    def _end_of(self, view: _View, cell: int, *, largest: bool) -> tuple[float, Floats]:
        if (cell, largest) not in view.ends:
            view.ends[cell, largest] = self._solve(view, cell, largest=largest)
        return view.ends[cell, largest]

    def _solve(self, view: _View, cell: int, *, largest: bool) -> tuple[float, Floats]:
        atoms = self._atoms(cell)
        duals = np.zeros(self.cells.shape[0])
        free = atoms[~view.known[atoms]]
        found = float(self.amounts[atoms[view.known[atoms]]].sum())
        for number in np.unique(view.owner[free]):
            part = view.components[number]
            end = _end(part, np.isin(part.atoms, free).astype(np.float64), largest=largest)
            if end is None:
                return np.inf, duals
            found += end[0]
            duals[part.rows] = end[1]
        return found, duals

    def _looked(self) -> _View:
        if self._view is None:
            known, steps = self._given_away()
            self._view = self._apart(known, steps)
        return self._view

    def _given_away(self) -> tuple[Bools, list[tuple[int, int]]]:
        """Atoms that follow one by one: a published cell with one unknown atom gives that one."""
        known = np.zeros(self.cells.shape[1], dtype=np.bool_)
        steps: list[tuple[int, int]] = []
        if self.slack:
            return known, steps
        unknown = np.diff(self.cells.indptr).astype(np.int64)
        shown = ~self._hidden
        queue = list(np.flatnonzero(shown & (unknown == 1)))
        while queue:
            row = int(queue.pop())
            if unknown[row] != 1:
                continue
            atoms = self.cells.indices[self.cells.indptr[row] : self.cells.indptr[row + 1]]
            atom = int(atoms[~known[atoms]][0])
            known[atom] = True
            steps.append((row, atom))
            inside = self._by_atom.indices[self._by_atom.indptr[atom] : self._by_atom.indptr[atom + 1]]
            unknown[inside] -= 1
            queue.extend(one for one in inside if shown[one] and unknown[one] == 1)
        return known, steps

    def _apart(self, known: Bools, steps: list[tuple[int, int]]) -> _View:
        """Split what is unknown into parts that have no published cell in common."""
        free = np.flatnonzero(~known)
        shown = np.flatnonzero(~self._hidden)
        part = self.cells[shown][:, free]
        busy = np.diff(part.indptr) > 0
        part, shown = part[busy], shown[busy]
        count, label = csgraph.connected_components(sparse.csr_matrix(part.T @ part), directed=False) if len(free) else (0, free)
        owner = np.full(len(known), -1, dtype=np.int64)
        owner[free] = label
        components: list[_Component] = []
        row_label = label[part.indices[part.indptr[:-1]]] if len(shown) else np.zeros(0, dtype=np.int64)
        at_zero = np.where(known, self.amounts, 0.0)
        order, row_order = np.argsort(label, kind="stable"), np.argsort(row_label, kind="stable")
        atom_edges, row_edges = (
            np.searchsorted(one[which], np.arange(count + 1)) for one, which in ((label, order), (row_label, row_order))
        )
        for number in range(count):
            atoms = free[order[atom_edges[number] : atom_edges[number + 1]]]
            rows = shown[row_order[row_edges[number] : row_edges[number + 1]]]
            left = self.values[rows] - self.cells[rows] @ at_zero
            components.append(
                _Component(atoms, rows, _programme(self.cells[rows][:, atoms], left - self.slack, left + self.slack))
            )
        return _View(known, steps, components, owner)


def _end(part: _Component, costs: Floats, *, largest: bool) -> tuple[float, Floats] | None:
    """The largest or smallest weighted sum of atoms with its duals; None when there is no largest."""
    solver = part.solver
    solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize if largest else highspy.ObjSense.kMinimize)
    solver.run()
    status = solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return None if largest else (0.0, np.zeros(len(part.rows)))
    if status != highspy.HighsModelStatus.kOptimal:
        solver.clearSolver()
        solver.run()
    return float(solver.getInfo().objective_function_value), np.asarray(solver.getSolution().row_dual, dtype=np.float64)


def _programme(cells: sparse.csr_matrix, lower: Floats, upper: Floats) -> highspy.Highs:
    solver = quiet()
    solver.passModel(model_of(cells, lower, upper, np.zeros(cells.shape[1]), np.zeros(cells.shape[1])))
    return solver


def model_of(matrix: sparse.csr_matrix, lower: Floats, upper: Floats, costs: Floats, floor: Floats) -> highspy.HighsLp:
    """A linear programme with rows between `lower` and `upper` and columns from `floor` up."""
    matrix = sparse.csr_matrix(matrix)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_, model.col_lower_ = costs, floor
    model.col_upper_ = np.full(matrix.shape[1], INFINITE)
    model.row_lower_, model.row_upper_ = lower, upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data.astype(np.float64)
    return model


def merged(cells: sparse.csr_matrix, amounts: Floats) -> tuple[sparse.csr_matrix, Floats]:
    """Atoms that are in exactly the same cells cannot be told apart: one column for them, with their amounts together."""
    by_atom = sparse.csc_matrix(cells)
    by_atom.sort_indices()
    seen: dict[bytes, int] = {}
    owner = np.full(by_atom.shape[1], -1, dtype=np.int64)
    for atom, (first, last) in enumerate(pairwise(by_atom.indptr)):
        if last > first:
            owner[atom] = seen.setdefault(by_atom.indices[first:last].tobytes(), len(seen))
    there = np.flatnonzero(owner >= 0)
    firsts = there[np.unique(owner[there], return_index=True)[1]]
    return sparse.csr_matrix(by_atom[:, firsts]), np.bincount(owner[there], amounts[there], len(seen)).astype(np.float64)


class _Silent(highspy.Highs):
    """HiGHS introduces itself when it is made, before it can be told to be quiet; so it is told a moment earlier."""

    def enableCallbacks(self) -> None:  # noqa: N802  # its name there
        """Be quiet first."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]  # HiGHS has no types here


def quiet() -> highspy.Highs:
    """A solver that says nothing and gives the same answer each time."""
    solver = _Silent()  # type: ignore[no-untyped-call]  # the same
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 1)
    return solver
