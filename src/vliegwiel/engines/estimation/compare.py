"""Differences between estimates, with their covariance and a guard against finding something by looking often (Holm 1979)."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
from scipy import special

from vliegwiel.engines.estimation import notes
from vliegwiel.engines.estimation.intervals import quantile_of_t
from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.result import Estimates, label_parts, objects
from vliegwiel.engines.estimation.table import Floats, Ints

ADJUSTMENTS = ("holm", "bonferroni", "none")


def contrast(estimates: Estimates, weights: Mapping[str, Mapping[Any, float]]) -> Estimates:
    """One row per name and per group of rows that share what the keys do not name."""
    labels = label_parts(estimates)
    groups: dict[tuple[str, str | None], list[int]] = {}
    for row, (variable, category) in enumerate(zip(estimates.variable, estimates.category, strict=True)):
        groups.setdefault((variable, category), []).append(row)
    made: list[tuple[str, tuple[str, str | None], Floats]] = []
    for name, wanted in weights.items():
        if _on_domains(wanted, labels):
            for group, rows in groups.items():
                made.append((name, group, _row_weights(name, wanted, [(row, labels[row]) for row in rows], len(estimates))))
        else:
            for where in dict.fromkeys(labels):
                own = [
                    (row, tuple(filter(None, (estimates.variable[row], estimates.category[row]))))
                    for row in range(len(estimates))
                    if labels[row] == where
                ]
                made.append((" ".join((name, *where)), ("contrast", None), _row_weights(name, wanted, own, len(estimates))))
    matrix = np.array([row for _name, _group, row in made])
    value = _product(matrix, estimates.estimate)
    error = _error(estimates, matrix)
    df = np.array([_degrees(estimates.df, row) for row in matrix])
    n = np.array([int(estimates.n[row != 0].sum()) for row in matrix])
    result = _result(
        estimates, "contrast", [name for name, _group, _row in made], [group for _name, group, _row in made], value, error, df, n
    )
    return replace(
        result,
        diagnostics={
            **estimates.diagnostics,
            "weights": {name: {str(k): v for k, v in w.items()} for name, w in weights.items()},
        },
    )


def compare(estimates: Estimates, against: Any, adjust: str) -> Estimates:
    """Differences per variable and category, with the words that may be used in `note`."""
    if adjust not in ADJUSTMENTS:
        raise NotPossible(f"De bijstelling {adjust!r} bestaat niet.", todo=f"Kies uit {some(ADJUSTMENTS)}.")
    estimates._need_margins("Een vergelijking")
    if not estimates.by:
        raise NotPossible("Er zijn geen groepen om te vergelijken.", todo='Vraag de schatting per groep, zoals by="wave".')
    labels = [" × ".join(parts) for parts in label_parts(estimates)]
    groups: dict[tuple[str, str | None], list[int]] = {}
    for row, (variable, category) in enumerate(zip(estimates.variable, estimates.category, strict=True)):
        groups.setdefault((variable, category), []).append(row)
    names: list[str] = []
    owners: list[tuple[str, str | None]] = []
    if against == "rest":
        if estimates._working is None:
            raise NotPossible("Bij deze uitkomst is geen rest te maken.", todo="Vraag haar bij gemiddelden of aandelen.")
        value, error = (table.ravel() for table in estimates._working.rest())
        names, owners = labels, list(zip(estimates.variable, estimates.category, strict=True))
        df, n = estimates.df, estimates.n
    else:
        pairs: list[tuple[int, int]] = []
        for rows in groups.values():
            pairs += _pairs(rows, labels, against)
        matrix = np.zeros((len(pairs), len(estimates)))
        for place, (one, other) in enumerate(pairs):
            matrix[place, one], matrix[place, other] = 1.0, -1.0
        names = [f"{labels[one]} − {labels[other]}" for one, other in pairs]
        owners = [(estimates.variable[one], estimates.category[one]) for one, _other in pairs]
        value, error = _product(matrix, estimates.estimate), _error(estimates, matrix)
        df = np.array([_degrees(estimates.df, row) for row in matrix])
        n = np.array([int(estimates.n[one] + estimates.n[other]) for one, other in pairs])
    result = _result(estimates, "comparison", names, owners, value, error, df, n)
    return _guarded(result, adjust, str(against))


def _guarded(result: Estimates, adjust: str, against: str) -> Estimates:
    """Limits and words after the guard, per variable and category: a word only when the limits leave zero out."""
    level = np.full(len(result), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        plain = np.asarray(2 * special.stdtr(np.where(result.df >= 1, result.df, np.nan), -np.abs(result.estimate / result.se)))
    adjusted = np.full(len(result), np.nan)
    owners: dict[tuple[str, str | None], list[int]] = {}
    for row, owner in enumerate(zip(result.variable, result.category, strict=True)):
        if np.isfinite(plain[row]):
            owners.setdefault(owner, []).append(row)
    alpha = 1 - result.confidence
    for rows in owners.values():
        order = np.array(rows)[np.argsort(plain[rows], kind="stable")]
        count = len(order)
        factors = {"none": np.ones(count), "bonferroni": np.full(count, float(count)), "holm": np.arange(count, 0, -1.0)}[adjust]
        raw = np.minimum(plain[order] * factors, 1.0)
        adjusted[order] = np.maximum.accumulate(raw)
        failed = np.flatnonzero(plain[order] * factors > alpha)
        used = factors.copy()
        if len(failed) and adjust == "holm":
            used[failed[0] :] = factors[failed[0]]
        level[order] = 1 - alpha / used
    reach = np.array(
        [quantile_of_t(np.array([d]), c)[0] if np.isfinite(c) else np.nan for d, c in zip(result.df, level, strict=True)]
    )
    lower, upper = result.estimate - reach * result.se, result.estimate + reach * result.se
    words = [
        None if not np.isfinite(low + high) else notes.HIGHER if low > 0 else notes.LOWER if high < 0 else notes.NO_DIFFERENCE
        for low, high in zip(lower, upper, strict=True)
    ]
    diagnostics = {
        **result.diagnostics,
        "against": against,
        "adjust": adjust,
        "p": plain.tolist(),
        "p_adjusted": adjusted.tolist(),
    }
    told = tuple(notes.joined(note, word) for note, word in zip(result.note, words, strict=True))
    return replace(result, lower=lower, upper=upper, note=told, diagnostics=diagnostics)


def _result(
    estimates: Estimates,
    kind: str,
    names: list[str],
    owners: list[tuple[str, str | None]],
    value: Floats,
    error: Floats,
    df: Floats,
    n: Ints | Floats,
) -> Estimates:
    reach = quantile_of_t(df, estimates.confidence)
    nothing = np.full(len(value), np.nan)
    kind_of_sample = notes.joined(
        *(note for one in estimates.note for note in (one or "").split("; ") if note in (notes.NO_MARGIN, notes.QUASI_RANDOM))
    )
    return Estimates(
        kind, (kind,), (objects(names),), tuple(variable for variable, _ in owners), tuple(category for _, category in owners),
        value, error, value - reach * error, value + reach * error, df, n, nothing, nothing, (kind_of_sample,) * len(value),
        estimates.confidence, "t", estimates.diagnostics, estimates.margins, estimates._receipt,
    )  # fmt: skip


def _on_domains(wanted: Mapping[Any, float], labels: list[tuple[str, ...]]) -> bool:
    if not labels or not labels[0]:
        return False
    known = {part for parts in labels for part in (parts, *((one,) for one in parts if len(parts) == 1))}
    return any(_key(key) in known for key in wanted)


def _row_weights(name: str, wanted: Mapping[Any, float], rows: list[tuple[int, tuple[str, ...]]], length: int) -> Floats:
    found = np.zeros(length)
    for key, weight in wanted.items():
        parts = _key(key)
        matching = [row for row, own in rows if own == parts or (len(parts) == 1 and parts[0] in own)]
        if len(matching) != 1:
            wrong = " × ".join(parts)
            listed = some(dict.fromkeys(" × ".join(own) for _row, own in rows), 8)
            raise NotPossible(
                f"In het contrast {name} {f'staan meer rijen met {wrong}' if matching else f'is {wrong} er niet'}.",
                where=f"Er is: {listed}.",
                todo="Noem elke groep zoals zij in de tabel staat; bij meer achtergronden als (een, ander).",
                code="contrast",
            )
        found[matching[0]] += float(weight)
    return found


def _key(key: Any) -> tuple[str, ...]:
    return tuple(map(str, key)) if isinstance(key, tuple) else (str(key),)


def _pairs(rows: list[int], labels: list[str], against: Any) -> list[tuple[int, int]]:
    if against == "all":
        return [(other, one) for one, other in combinations(rows, 2)]
    wanted = " × ".join(_key(against))
    base = [row for row in rows if labels[row] == wanted]
    if not base:
        raise NotPossible(
            f"Er is geen groep {wanted}.",
            where=f"Wel: {some([labels[row] for row in rows], 8)}.",
            todo='Kies er een, of "rest" of "all".',
        )
    return [(row, base[0]) for row in rows if row != base[0]]


def _product(matrix: Floats, values: Floats) -> Floats:
    """Weighted sums in which a missing value counts only where it has a weight."""
    found: Floats = (matrix * np.where(matrix != 0, values, 0.0)).sum(axis=1)
    return found


def _error(estimates: Estimates, matrix: Floats) -> Floats:
    if not estimates.margins:
        return np.full(len(matrix), np.nan)
    covariance = estimates.covariance()
    missing = ~np.isfinite(estimates.estimate)
    covariance[missing] = covariance[:, missing] = 0.0
    found = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", matrix, covariance, matrix), 0))
    return np.where((matrix[:, missing] != 0).any(axis=1), np.nan, found)


def _degrees(df: Floats, weights: Floats) -> float:
    """A contrast has the degrees of freedom of the design that its rows share: the highest of theirs, at most their sum."""
    there = df[weights != 0]
    return float(there.max()) if len(there) else np.nan
