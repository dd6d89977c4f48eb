"""HiGHS for what is left: a linear objective over columns that are whole or not, rows with a lowest and a highest value."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
INFEASIBLE, OPTIMAL, STOPPED = "infeasible", "optimal", "stopped"


@dataclass
class Model:
    """Minimise `cost` · columns. Columns are added in order, rows as entries (column, value) between bounds."""

    cost: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    is_whole: list[bool] = field(default_factory=list)
    first: list[int] = field(default_factory=lambda: [0])
    column: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    row_low: list[float] = field(default_factory=list)
    row_high: list[float] = field(default_factory=list)

    def add_column(self, cost: float, *, low: float = 0.0, high: float = 1.0, whole: bool = False) -> int:
        """A column; returns its number."""
        self.cost.append(cost)
        self.low.append(low)
        self.high.append(high)
        self.is_whole.append(whole)
        return len(self.cost) - 1

    def add_row(self, columns: Sequence[int], values: Sequence[float], *, low: float = -np.inf, high: float = np.inf) -> None:
        """low ≤ sum of values · columns ≤ high."""
        self.column.extend(columns)
        self.value.extend(values)
        self.first.append(len(self.column))
        self.row_low.append(low)
        self.row_high.append(high)


@dataclass(frozen=True)
class Solved:
    """How it ended, the columns (empty without a solution), their objective, and the proven bound under every objective."""

    status: str
    columns: Floats
    objective: float
    bound: float


def solve(model: Model, *, seconds: float, gap: float = 0.0, enough: float | None = None) -> Solved:
    """Solve within some seconds. `gap`: how far from the bound is good enough; `enough`: stop at a solution that is at most this."""
    import highspy

    solver: highspy.Highs = highspy._Highs()  # type: ignore[attr-defined]  # its subclass prints a banner before it can be silenced
    problem = highspy.HighsLp()
    problem.num_col_, problem.num_row_ = len(model.cost), len(model.row_low)
    problem.col_cost_, problem.col_lower_, problem.col_upper_ = map(np.array, (model.cost, model.low, model.high))
    problem.row_lower_, problem.row_upper_ = np.array(model.row_low, dtype=float), np.array(model.row_high, dtype=float)
    problem.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    problem.a_matrix_.start_ = np.array(model.first, dtype=np.int32)
    problem.a_matrix_.index_ = np.array(model.column, dtype=np.int32)
    problem.a_matrix_.value_ = np.array(model.value, dtype=float)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    problem.integrality_ = [kinds[whole] for whole in model.is_whole]
    options = {"output_flag": False, "threads": 1, "random_seed": 0, "time_limit": max(seconds, 0.01)}
    for name, value in (options | {"mip_rel_gap": 0.0, "mip_abs_gap": max(gap, 1e-9)}).items():
        solver.setOptionValue(name, value)
    if enough is not None:
        solver.setOptionValue("objective_target", enough)
    solver.passModel(problem)
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solved(INFEASIBLE, np.zeros(0), np.inf, np.inf)
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    columns = np.array(solver.getSolution().col_value) if found else np.zeros(0)
    objective = float(info.objective_function_value) if found else np.inf
    mixed = any(model.is_whole)
    bound = float(info.mip_dual_bound) if mixed else objective if status == highspy.HighsModelStatus.kOptimal else -np.inf
    ended = OPTIMAL if status == highspy.HighsModelStatus.kOptimal else STOPPED
    return Solved(ended, columns, objective, bound)
