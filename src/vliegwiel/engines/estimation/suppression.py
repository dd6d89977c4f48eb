"""Which further cells to hide so that no hidden cell can be worked out: as few as possible, proven, or good enough with an audit.

Exact: Fischetti and Salazar-González (2001). A master problem chooses cells; the attacker's linear programmes say which hidden cells it
leaves too narrow, and each gives a cut. Large tables: Kelly, Golden and Assad (1992), one cell after the other, then taking back what
turned out not to be needed. Both end with the same audit, so what comes out is always safe.
"""

import time
from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse

from vliegwiel.engines.estimation.attacker import Attacker, model_of, quiet
from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.table import Bools, Floats

_CLOSE = 1e-6


@dataclass(frozen=True)
class Question:
    """Cells × atoms, the amounts of atoms, and per cell how wide the interval must be when hidden. whole: only whole numbers are possible.

    `low`: what the interval must reach down to (infinite: no matter). Several questions about the same cells (numbers of answers,
    amounts) must all be safe. `slack` is half the base of rounding.
    """

    cells: sparse.csr_matrix
    amounts: Floats
    width: Floats
    low: Floats
    whole: bool
    slack: float = 0.0

    @property
    def values(self) -> Floats:
        """What each cell is."""
        found: Floats = self.cells @ self.amounts
        return found

    def too_narrow(self, cell: int, low: float, high: float) -> bool:
        """Whether an interval of a hidden cell gives too much away."""
        return bool(width_of(low, high, whole=self.whole) < self.width[cell] - _CLOSE or low > self.low[cell] + _CLOSE)

    @property
    def reach(self) -> float:
        """No hidden cell is thought to be larger than everything together and twice what is asked."""
        return float(self.values.max(initial=0.0) + 2 * self.width.max(initial=0.0) + 1.0)


@dataclass(frozen=True)
class Pattern:
    """What is hidden, why each further cell was chosen (for which hidden cell), and how the choice was made.

    `lower`, `upper`: the attacker's interval per hidden cell for the first question. `fewest`: a proven lower bound on the cost.
    """

    hidden: Bools
    because: dict[int, int]
    method: str
    cost: float
    fewest: float | None
    lower: Floats
    upper: Floats


def suppress(
    questions: list[Question], primary: Bools, fixed: Bools, costs: Floats, labels: list[str], *, exact: bool, seconds: float
) -> Pattern:
    """Hide `primary` and what that needs. `fixed` cells are published already and stay. Raises when that cannot be made safe."""
    if (primary & fixed).any():
        raise NotPossible(
            f"{some([labels[place] for place in np.flatnonzero(primary & fixed)])} is al gepubliceerd en had verborgen moeten zijn.",
            todo="Trek die levering eerst in.",
            code="already-published",
        )
    attackers = [Attacker(one.cells, one.amounts, one.slack) for one in questions]
    hidden, because = _one_by_one(questions, attackers, primary, fixed, costs, labels)
    hidden = _taken_back(questions, attackers, hidden, primary, costs)
    method, fewest = "heuristic", None
    if exact and (hidden & ~primary).any():
        hidden, fewest, proven = _fewest(questions, attackers, hidden, primary, fixed, costs, seconds)
        method = "exact" if proven else "heuristic"
    elif exact:
        method, fewest = "exact", float(costs[primary].sum())
    lower, upper = np.full(len(primary), np.nan), np.full(len(primary), np.nan)
    attackers[0].hide(hidden)
    for cell in np.flatnonzero(hidden):
        lower[cell], upper[cell] = attackers[0].interval(int(cell))
    _must_be_safe(questions, attackers, hidden, labels)
    kept = {cell: owner for cell, owner in because.items() if hidden[cell]}
    return Pattern(hidden, kept, method, float(costs[hidden].sum()), fewest, lower, upper)


def narrow(
    questions: list[Question], attackers: list[Attacker], hidden: Bools, *, first_only: bool = False
) -> list[tuple[int, int]]:
    """Hidden cells (question, cell) that an attacker can find within too narrow an interval."""
    found = []
    for number, (question, attacker) in enumerate(zip(questions, attackers, strict=True)):
        attacker.hide(hidden)
        for cell in np.flatnonzero(hidden & (question.width > 0)):
            if question.too_narrow(int(cell), *attacker.interval(int(cell))):
                found.append((number, int(cell)))
                if first_only:
                    return found
    return found


def width_of(low: float, high: float, *, whole: bool) -> float:
    """How wide an interval is; of whole numbers only those count."""
    if not np.isfinite(high):
        return np.inf
    return float(np.floor(high + _CLOSE) - np.ceil(low - _CLOSE)) if whole else high - low


def _must_be_safe(questions: list[Question], attackers: list[Attacker], hidden: Bools, labels: list[str]) -> None:
    unsafe = narrow(questions, attackers, hidden)
    if unsafe:
        raise NotPossible(
            f"{some([labels[cell] for _number, cell in unsafe])} is niet te beveiligen: wat al gepubliceerd is, verraadt te veel.",
            todo="Voeg gebieden of categorieën samen, of trek een eerdere levering in.",
            code="cannot-be-made-safe",
        )


def _one_by_one(
    questions: list[Question], attackers: list[Attacker], primary: Bools, fixed: Bools, costs: Floats, labels: list[str]
) -> tuple[Bools, dict[int, int]]:
    """Each narrow cell in turn: the cheapest set of cells that must move along when it moves."""
    hidden = primary.copy()
    because: dict[int, int] = {}
    extra = np.zeros(len(primary))
    for _round in range(4 * len(primary) + 4):
        unsafe = narrow(questions, attackers, hidden)
        if not unsafe:
            return hidden, because
        number, cell = max(unsafe, key=lambda one: (questions[one[0]].width[one[1]], -one[1]))
        wanted = questions[number].width[cell] + extra[cell] + (1.0 if questions[number].whole else 0.0)
        chosen = _moving_along(questions[number], attackers[number], hidden, fixed, costs, cell, wanted)
        if chosen is None:
            break
        new = chosen & ~hidden
        if not new.any():
            extra[cell] += 1.0
            if extra[cell] > 8:
                break
        hidden |= new
        because |= {int(place): cell for place in np.flatnonzero(new)}
    for place in np.flatnonzero(~fixed & ~hidden):
        hidden[place], because[int(place)] = True, int(np.flatnonzero(primary)[0])
    _must_be_safe(questions, attackers, hidden, labels)
    return hidden, because


def _moving_along(
    question: Question, attacker: Attacker, hidden: Bools, fixed: Bools, costs: Floats, cell: int, wanted: float
) -> Bools | None:
    """A way up and a way down for one cell, `wanted` apart, that changes the cheapest set of cells that are still published."""
    cells, start = attacker.cells, attacker.amounts
    atoms, rows = cells.shape[1], cells.shape[0]
    shown = np.flatnonzero(~hidden & ~fixed)
    stuck = np.flatnonzero(~hidden & fixed)
    # Columns: atoms up, atoms down, then per shown cell the size of its change up and down.
    part = cells[shown]
    nothing = sparse.csr_matrix((len(shown), atoms))
    unit = sparse.identity(len(shown), format="csr")
    empty = sparse.csr_matrix((len(shown), len(shown)))
    still = cells[stuck]
    blank = sparse.csr_matrix((len(stuck), 2 * len(shown) + atoms))
    left = sparse.csr_matrix((len(stuck), atoms))
    own = sparse.csr_matrix(cells[[cell]])
    matrix = sparse.vstack(
        [
            sparse.hstack([part, nothing, -unit, empty]), sparse.hstack([part, nothing, unit, empty]),
            sparse.hstack([nothing, part, empty, -unit]), sparse.hstack([nothing, part, empty, unit]),
            sparse.hstack([still, blank]), sparse.hstack([left, still, sparse.csr_matrix((len(stuck), 2 * len(shown)))]),
            sparse.hstack([own, -own, sparse.csr_matrix((1, 2 * len(shown)))]),
            sparse.hstack([sparse.csr_matrix((1, atoms)), own, sparse.csr_matrix((1, 2 * len(shown)))]),
        ],
        format="csr",
    )  # fmt: skip
    infinite = float(highspy.kHighsInf)
    size = len(shown)
    slack = np.full(len(stuck), question.slack)
    down = float(min(question.low[cell] - attacker.values[cell], 0.0)) if np.isfinite(question.low[cell]) else 0.0
    lower = np.concatenate(
        [np.full(size, -infinite), np.zeros(size), np.full(size, -infinite), np.zeros(size), -slack, -slack, [wanted, -infinite]]
    )
    upper = np.concatenate(
        [np.zeros(size), np.full(size, infinite), np.zeros(size), np.full(size, infinite), slack, slack, [infinite, down]]
    )
    objective = np.concatenate([np.zeros(2 * atoms), costs[shown], costs[shown]])
    solution = _solved(matrix, lower, upper, objective, np.concatenate([-start, -start, np.zeros(2 * size)]))
    if solution is None:
        return None
    moved = np.zeros(rows, dtype=np.bool_)
    change = np.maximum(solution[2 * atoms : 2 * atoms + size], solution[2 * atoms + size :])
    moved[shown] = change > _CLOSE * max(1.0, wanted)
    return moved


def _solved(matrix: sparse.csr_matrix, lower: Floats, upper: Floats, objective: Floats, floor: Floats) -> Floats | None:
    solver = quiet()
    solver.passModel(model_of(matrix, lower, upper, objective, floor))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.asarray(solver.getSolution().col_value, dtype=np.float64)


def _taken_back(questions: list[Question], attackers: list[Attacker], hidden: Bools, primary: Bools, costs: Floats) -> Bools:
    """Show again what need not be hidden, the dearest first."""
    found = hidden.copy()
    extra = np.flatnonzero(hidden & ~primary)
    for place in extra[np.argsort(-costs[extra], kind="stable")]:
        found[place] = False
        if narrow(questions, attackers, found, first_only=True):
            found[place] = True
    return found


def _fewest(
    questions: list[Question],
    attackers: list[Attacker],
    start: Bools,
    primary: Bools,
    fixed: Bools,
    costs: Floats,
    seconds: float,
) -> tuple[Bools, float, bool]:
    """The cheapest safe pattern by cutting planes; after `seconds` the best that was found, with the bound that was proven."""
    master = _master(primary, fixed, costs)
    widths = [one.width.copy() for one in questions]
    best, best_cost = start, float(costs[start].sum())
    bound, until = float(costs[primary].sum()), time.monotonic() + seconds
    while time.monotonic() < until:
        master.setOptionValue("time_limit", max(until - time.monotonic(), 0.1) + master.getRunTime())
        master.run()
        if master.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            break
        bound = max(bound, float(master.getInfo().objective_function_value))
        if bound >= best_cost - _CLOSE:
            return best, bound, True
        chosen = np.asarray(master.getSolution().col_value) > 0.5
        cuts = 0
        for question, attacker, width in zip(questions, attackers, widths, strict=True):
            attacker.hide(chosen)
            for cell in np.flatnonzero(chosen & (width > 0)):
                cuts += _cut(master, question, attacker, int(cell), float(width[cell]), primary)
        if not cuts:
            unsafe = narrow(questions, attackers, chosen)
            if not unsafe:
                return chosen, bound, True
            for number, narrow_cell in unsafe:
                widths[number][narrow_cell] += 0.5
    return best, bound, False


def _master(primary: Bools, fixed: Bools, costs: Floats) -> highspy.Highs:
    solver = quiet()
    model = highspy.HighsLp()
    count = len(costs)
    model.num_col_, model.num_row_ = count, 0
    model.col_cost_ = costs
    model.col_lower_, model.col_upper_ = primary.astype(np.float64), (~fixed | primary).astype(np.float64)
    model.row_lower_ = model.row_upper_ = np.zeros(0)
    model.a_matrix_.start_ = np.zeros(count + 1, dtype=np.int32)
    model.integrality_ = [highspy.HighsVarType.kInteger] * count
    solver.passModel(model)
    solver.setOptionValue("mip_rel_gap", 0.0)
    return solver


def _cut(master: highspy.Highs, question: Question, attacker: Attacker, cell: int, width: float, primary: Bools) -> int:
    """If a hidden cell is too narrow: how much hiding each other cell could widen it at most, as rows of the master."""
    low, high = attacker.interval(cell)
    if not (width_of(low, high, whole=question.whole) < width - _CLOSE or low > question.low[cell] + _CLOSE):
        return 0
    up, down = (attacker.moves(cell, largest=largest) for largest in (True, False))
    up, down = (np.where(np.abs(one) < 1e-9, 0.0, one) for one in (up, down))
    slack, values = question.slack, attacker.values
    above, below = question.reach - slack, np.maximum(values - slack, 0.0)
    rise = np.maximum(up, 0) * above + np.maximum(-up, 0) * below
    drop = np.maximum(down, 0) * below + np.maximum(-down, 0) * above
    made = 0
    if width_of(low, high, whole=question.whole) < width - _CLOSE:
        already = float((up - down) @ values) + slack * float(np.abs(up).sum() + np.abs(down).sum())
        made += _row(master, cell, rise + drop, width - already, primary)
    if low > question.low[cell] + _CLOSE:
        already = float(down @ values) - slack * float(np.abs(down).sum())
        made += _row(master, cell, drop, already - question.low[cell], primary)
    return made


def _row(master: highspy.Highs, cell: int, gain: Floats, wanted: float, primary: Bools) -> int:
    """Gains of hiding cells must add up to what is wanted, when this cell is hidden."""
    gain = np.minimum(np.maximum(gain, 0.0), max(wanted, 0.0))
    need = wanted - gain[cell]
    gain[cell] = 0.0
    if need <= _CLOSE:
        return 0
    index = np.flatnonzero(gain > 1e-12).astype(np.int32)
    values = gain[index]
    if primary[cell]:
        master.addRow(need, float(highspy.kHighsInf), len(index), index, values)
    else:
        index, values = np.append(index, np.int32(cell)).astype(np.int32), np.append(values, -need)
        master.addRow(0.0, float(highspy.kHighsInf), len(index), index, values)
    return 1
