"""Linear and logistic regression with standard errors of the design (Binder 1983)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from vliegwiel.engines.estimation import notes
from vliegwiel.engines.estimation.answers import receipt_of
from vliegwiel.engines.estimation.forms import TOTAL, Item
from vliegwiel.engines.estimation.intervals import checked, limits
from vliegwiel.engines.estimation.linear import Linear
from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.result import Estimates
from vliegwiel.engines.estimation.sample import Sample
from vliegwiel.engines.estimation.table import Floats
from vliegwiel.kernel import clock

FAMILIES = ("gaussian", "logistic")
_ROUNDS, _STOP = 25, 1e-8
#: A logit beyond this is no estimate but a share of none or all.
_FAR = 25


@dataclass(frozen=True)
class Model:
    """The terms of a formula, laid out as columns: per column its variable, its category and its values (NaN where missing)."""

    outcome: str
    terms: tuple[tuple[str, str | None], ...]
    columns: tuple[str, ...]
    x: Floats
    y: Floats


def regression(design: Sample, formula: str, family: str, confidence: float) -> Estimates:
    """One row per coefficient; `df` is that of the design less the number of coefficients beyond the first."""
    if family not in FAMILIES:
        raise NotPossible(f"De familie {family!r} bestaat niet.", todo=f"Kies uit {some(FAMILIES)}.")
    model = laid_out(design, formula)
    inside = np.ones(design.rows, dtype=np.bool_) if design.inside is None else design.inside
    used = np.flatnonzero(inside & ~np.isnan(model.y) & ~np.isnan(model.x).any(axis=1))
    x, y = model.x[used], model.y[used]
    if family == "logistic" and not np.isin(y, (0, 1)).all():
        raise NotPossible(
            f"De uitkomst {model.outcome} is niet overal 0 of 1.", todo="Maak er een ja/nee-vraag van, of kies gaussian."
        )
    if len(used) <= x.shape[1] or np.linalg.matrix_rank(x / np.maximum(np.abs(x).max(axis=0, initial=0), 1e-300)) < x.shape[1]:
        raise NotPossible(
            "De coëfficiënten zijn niet te scheiden.",
            where=f"Het gaat om {some([name + (f' {level}' if level else '') for name, level in model.terms], 8)}.",
            todo="Laat een achtergrond weg die uit de andere volgt, of waarin te weinig mensen zitten.",
        )
    scale = design.weights[inside].sum() / (design.rows if design.calibrations else inside.sum())
    weights = design.weights[used] / scale
    beta, bread, score = _fitted(x, y, weights, family)
    nothing = np.full(len(beta), np.nan)
    se, df, working = nothing, nothing, None
    if design.margins:
        working = _Sandwich(design, used, score @ bread, model, family, scale)
        degrees = Linear(design, [Item(TOTAL, "", None, np.ones(design.rows))], _code(design, used), 1).df[0, 0] + 1 - len(beta)
        se, df = np.sqrt(np.diag(working.covariance())), np.full(len(beta), float(degrees))
    lower, upper = limits("t", beta, se, df, np.full(len(beta), len(used)), checked(confidence))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = beta / se
        p = np.asarray(2 * special.stdtr(np.where(df >= 1, df, np.nan), -np.abs(t)))
    started = clock.now()
    parameters = {"formula": formula, "family": family, "confidence": confidence}
    kish = float(design.weights[used].sum() ** 2 / (design.weights[used] ** 2).sum())
    note = notes.joined(design.note, notes.NO_DF if design.margins and df[0] < 1 else None)
    return Estimates(
        "regression", (), (), tuple(name for name, _level in model.terms), tuple(level for _name, level in model.terms), beta, se, lower,
        upper, df, np.full(len(beta), len(used)), np.full(len(beta), kish), nothing, (note,) * len(beta), confidence, "t",
        {**design.about, "t": t.tolist(), "p": p.tolist(), "family": family}, design.margins,
        lambda: receipt_of(design, "regression", model.columns, parameters, started), working,
    )  # fmt: skip


@dataclass
class _Sandwich:
    """Influence of rows on coefficients, summed over units; in replicates the model is fitted again."""

    design: Sample
    used: np.ndarray
    influence: Floats
    model: Model
    family: str
    scale: float

    def covariance(self) -> Floats:
        replication = self.design.replication
        if replication:
            x, y = self.model.x[self.used], self.model.y[self.used]
            again = []
            for weights in replication.weighted(self.design.weights, self.design.structure):
                there = weights[self.used] > 0
                chosen = weights[self.used][there]
                again.append(_fitted(x[there], y[there], chosen / chosen.mean(), self.family)[0])
            return replication.covariance(np.array(again).T)
        items = []
        for column in self.influence.T:
            values = np.zeros(self.design.rows)
            values[self.used] = column / self.design.weights[self.used]
            items.append(Item(TOTAL, "", None, values, complete=True))
        linear = Linear(self.design, items, _code(self.design, self.used), 1)
        return self.design.structure.covariance(linear.influence())

    def rest(self) -> tuple[Floats, Floats]:
        raise NotPossible("Coëfficiënten hebben geen rest.", todo="Vergelijk gemiddelden of aandelen.")


def _code(design: Sample, used: np.ndarray) -> np.ndarray:
    code = np.full(design.rows, -1, dtype=np.int64)
    code[used] = 0
    return code


def _fitted(x: Floats, y: Floats, weights: Floats, family: str) -> tuple[Floats, Floats, Floats]:
    """Coefficients, the inverse of the information, and the score of each row."""
    if family == "gaussian":
        root = np.sqrt(weights)[:, None]
        q, r = np.linalg.qr(x * root)
        beta = np.linalg.solve(r, q.T @ (y * root[:, 0]))
        back = np.linalg.inv(r)
        return beta, back @ back.T, x * ((y - x @ beta) * weights)[:, None]
    return _logistic(x, y, weights)


def _logistic(x: Floats, y: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Reweighted least squares with the start and the stop of R, so that the last digits are the same."""
    middle = (weights * y + 0.5) / (weights + 1)
    score, before = special.logit(middle), _deviance(y, middle, weights)
    for _round in range(_ROUNDS):
        share = special.expit(score)
        slope = np.maximum(share * (1 - share), 1e-300)
        q, r = np.linalg.qr(x * np.sqrt(weights * slope)[:, None])
        beta = np.linalg.solve(r, q.T @ ((score + (y - share) / slope) * np.sqrt(weights * slope)))
        score = x @ beta
        now = _deviance(y, special.expit(score), weights)
        if abs(now - before) / (abs(now) + 0.1) < _STOP:
            break
        before = now
    if not np.isfinite(beta).all() or np.abs(score).max() > _FAR:
        raise NotPossible(
            "De logistische regressie komt niet tot rust.",
            where="Een achtergrond voorspelt het antwoord helemaal.",
            todo="Voeg categorieën samen of laat de achtergrond weg.",
            code="no-convergence",
        )
    share = special.expit(score)
    back = np.linalg.inv(r)
    return beta, back @ back.T, x * ((y - share) / (share * (1 - share)) * weights * slope)[:, None]


def _deviance(y: Floats, share: Floats, weights: Floats) -> float:
    return float(2 * (weights * (special.rel_entr(y, share) + special.rel_entr(1 - y, 1 - share))).sum())


def laid_out(design: Sample, formula: str) -> Model:
    """Read `outcome ~ a + b + a:b`. Text columns become a column per category but the first; `- 1` leaves the intercept out."""
    left, tilde, right = formula.partition("~")
    outcome = left.strip()
    if not tilde or not outcome or not right.strip():
        raise NotPossible(f"De formule {formula!r} is niet te lezen.", todo="Schrijf haar als: score ~ leeftijd + opleiding.")
    intercept = not re.search(r"(-\s*1|\+\s*0|^\s*0)\s*(?=\+|$)", right)
    right = re.sub(r"(-\s*1|(?<=[+~])\s*0|^\s*0)\s*(?=\+|$)", "", right)
    pieces = [piece.strip() for piece in right.split("+") if piece.strip() not in ("", "1")]
    terms: list[tuple[str, ...]] = []
    for piece in pieces:
        starred = [part.strip() for part in piece.split("*")]
        single = [tuple(part.strip() for part in one.split(":")) for one in starred]
        terms += [one for one in single if one not in terms]
        if len(starred) == 2:
            terms.append((single[0][0], single[1][0]))
        elif len(starred) > 2:
            raise NotPossible(f"De term {piece!r} is te ingewikkeld.", todo="Kruis er twee tegelijk.")
    columns: list[Floats] = [np.ones(design.rows)] if intercept else []
    labels: list[tuple[str, str | None]] = [("(intercept)", None)] if intercept else []
    for term in sorted(terms, key=len):
        for name, level, values in _crossed(design, term, whole=not intercept and term == terms[0]):
            labels.append((name, level))
            columns.append(values)
    used = tuple(dict.fromkeys([outcome, *(name for term in terms for name in term)]))
    return Model(outcome, tuple(labels), used, np.column_stack(columns), _outcome(design, outcome))


def _outcome(design: Sample, name: str) -> Floats:
    if design.table.is_number(name):
        return design.table.numbers(name)
    coded = design.table.coded(name)
    if len(coded.levels) != 2:
        raise NotPossible(
            f"De uitkomst {name} heeft geen getallen en geen twee categorieën.", todo="Maak er getallen of een ja/nee-vraag van."
        )
    return np.where(coded.codes < 0, np.nan, coded.codes.astype(np.float64))


def _crossed(design: Sample, names: Sequence[str], *, whole: bool) -> list[tuple[str, str | None, Floats]]:
    found: list[tuple[str, str | None, Floats]] = [("", None, np.ones(design.rows))]
    for name in names:
        design.table.need([name])
        if design.table.is_number(name):
            own: list[tuple[str | None, Floats]] = [(None, design.table.numbers(name))]
        else:
            coded = design.table.coded(name, shown=True)
            first = 0 if whole else 1
            own = [
                (coded.labels[place], np.where(coded.codes < 0, np.nan, (coded.codes == place).astype(np.float64)))
                for place in range(first, len(coded.levels))
            ]
        found = [
            (f"{before}:{name}" if before else name, ":".join(filter(None, (earlier, level))) or None, values * column)
            for level, column in own
            for before, earlier, values in found
        ]
    return found
