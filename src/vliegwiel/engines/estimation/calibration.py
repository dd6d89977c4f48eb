"""Weights that meet population totals: post-stratification, raking and calibration with bounds, with what each does to the error.

Deville and Särndal (1992). A calibrated estimator has the variance of its residuals: what the calibration variables explain of an
influence is taken off. As in R survey, residuals are taken with the weights before calibration, and after raking without weights.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import numpy as np
from scipy import sparse

from vliegwiel.engines.estimation.margins import Fitted, fitted
from vliegwiel.engines.estimation.newton import DISTANCES, solved
from vliegwiel.engines.estimation.raking import cells_of
from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.sample import Sample
from vliegwiel.engines.estimation.table import Floats
from vliegwiel.engines.estimation.weighting import Calibration

Drawn = TypeVar("Drawn", bound=Sample)
#: Margins are met to this share.
MET = 1e-10


Solver = Callable[[Floats], tuple[Floats, dict[str, Any]]]


def poststratified(design: Drawn, margins: Mapping[Any, Any]) -> Drawn:
    """One margin, met at once."""
    if len(margins) != 1:
        raise NotPossible(
            f"Poststratificeren gaat met één marge, niet met {len(margins)}.",
            todo='Gebruik rake voor meer marges, of kruis ze: {("leeftijd", "geslacht"): {("18-34", "man"): 100, …}}.',
        )
    (margin,), scaled = fitted(design, margins, rescale=False)

    def solve(weights: Floats) -> tuple[Floats, dict[str, Any]]:
        return _met(weights, margin), {"iterations": 1}

    return _calibrated(
        design, solve, lambda: _dummies([margin]), [margin], base=design.weights, about={"method": "poststratify"}, scaled=scaled
    )


def raked(design: Drawn, margins: Mapping[Any, Any], *, rescale: bool = False) -> Drawn:
    """Every margin in turn until all are met (Deming and Stephan 1940), on the distinct cells."""
    found, scaled = fitted(design, margins, rescale=rescale)
    cells = cells_of(found)

    def solve(weights: Floats) -> tuple[Floats, dict[str, Any]]:
        factors, rounds, off = cells.raked(np.bincount(cells.code, weights, cells.count).astype(np.float64))
        errors = {one.name: error for one, error in zip(found, off, strict=True)}
        changed = factors[cells.code]
        changed *= weights
        return changed, {"iterations": rounds, "cells": cells.count, "margin_errors": errors}

    about = {"method": "rake", "margins": {one.name: dict(zip(one.labels, one.totals.tolist(), strict=True)) for one in found}}
    return _calibrated(design, solve, lambda: _dummies(found), found, base=None, about=about, scaled=scaled)


def calibrated(design: Drawn, totals: Mapping[str, Any], method: str, bounds: tuple[float, float] | None) -> Drawn:
    """Generalised regression and its relatives. A total of a number column is one number; of a category column one per category."""
    if method not in DISTANCES:
        raise NotPossible(f"De methode {method!r} bestaat niet.", todo=f"Kies uit {some(DISTANCES)}.")
    if bounds is not None and not (len(bounds) == 2 and bounds[0] < 1 < bounds[1]):
        raise NotPossible(
            f"De grenzen {bounds} kunnen niet.", todo="Geef een ondergrens onder 1 en een bovengrens boven 1.", code="bounds"
        )
    if method == "logit" and (bounds is None or not np.isfinite(bounds).all()):
        raise NotPossible(
            "De methode logit heeft twee grenzen nodig.", todo="Geef ze op, zoals bounds=(0.7, 1.7).", code="bounds"
        )
    names, columns, wanted = _variables(design, totals)
    variables = sparse.csr_matrix(sparse.hstack(columns, format="csr"))
    low, high = bounds or (-np.inf, np.inf)

    def solve(weights: Floats) -> tuple[Floats, dict[str, Any]]:
        factors, rounds = solved(variables, weights, wanted, names, DISTANCES[method], low, high)
        return weights * factors, {"iterations": rounds}

    about: dict[str, Any] = {"method": method, "bounds": [low if np.isfinite(low) else None, high if np.isfinite(high) else None]}
    about["totals"] = dict(zip(names, wanted.tolist(), strict=True))
    return _calibrated(
        design,
        solve,
        lambda: variables,
        [],
        base=design.weights,
        about=about,
        scaled={},
        wanted=wanted,
        names=names,
        bounds=bounds,
    )


def _calibrated(
    design: Drawn, solve: Solver, make: Callable[[], sparse.csr_matrix], margins: list[Fitted], *, base: Floats | None,
    about: dict[str, Any], scaled: Mapping[str, float], wanted: Floats | None = None, names: list[str] | None = None,
    bounds: tuple[float, float] | None = None,
) -> Drawn:  # fmt: skip
    weights, found = solve(design.weights)
    factors = weights / design.weights
    if "margin_errors" in found:
        errors = found["margin_errors"]
    elif wanted is None:
        errors = {one.name: float(np.max(np.abs(np.bincount(one.code, weights) / one.totals - 1))) for one in margins}
    else:
        reached = make().T @ weights
        errors = {
            name: float(abs(one - aim) / max(abs(aim), 1.0)) for name, one, aim in zip(names or [], reached, wanted, strict=True)
        }
    kept = None if bounds is None else bool(factors.min() >= bounds[0] - 1e-12 and factors.max() <= bounds[1] + 1e-12)
    diagnostics = {
        **about, **found,
        "g_weights": {
            "lowest": float(factors.min()), "highest": float(factors.max()), "mean": float(factors.mean()),
            "negative": int((factors < 0).sum()),
        },
        "margins_met": max(errors.values()) <= MET, "largest_margin_error": max(errors.values()), "margin_errors": errors,
        "bounds_kept": kept, "rescaled": dict(scaled),
        "kish_deff": float(len(weights) * np.einsum("i,i->", weights, weights) / weights.sum() ** 2),
        "weights_total": {"before": float(design.weights.sum()), "after": float(weights.sum())},
    }  # fmt: skip
    unit, units = design.structure.unit, design.structure.units
    calibration = Calibration(
        make,
        base,
        weights,
        design.weights,
        lambda other: solve(other)[0],
        unit,
        units,
        {**about, "rescaled": dict(scaled)},
    )
    replication = design.replication
    if replication is not None:
        again = [solve(one)[0] for one in replication.weighted(design.weights, design.structure)]
        replication = replication.with_weights(again)
    return design.having(
        weights=weights, calibrations=(*design.calibrations, calibration), diagnostics=diagnostics, replication=replication
    )


def _met(weights: Floats, margin: Fitted) -> Floats:
    there = np.bincount(margin.code, weights, len(margin.totals))
    if not (there > 0).all():
        empty = some([margin.labels[place] for place in np.flatnonzero(there <= 0)])
        raise NotPossible(
            f"In een replicaat heeft {empty} van {margin.name} geen respondenten.",
            todo="Voeg categorieën samen, of gebruik een andere soort replicaten.",
        )
    found: Floats = weights * (margin.totals / there)[margin.code]
    return found


def _dummies(margins: list[Fitted]) -> sparse.csr_matrix:
    """A column per category of every margin."""
    columns = []
    for one in margins:
        rows = len(one.code)
        columns.append(sparse.csr_matrix((np.ones(rows), one.code, np.arange(rows + 1)), shape=(rows, len(one.totals))))
    return sparse.csr_matrix(sparse.hstack(columns, format="csr"))


def _variables(design: Sample, totals: Mapping[str, Any]) -> tuple[list[str], list[sparse.csr_matrix], Floats]:
    """Columns and their totals. "(intercept)" is one for everybody. A category that is not named has no total of its own."""
    names: list[str] = []
    columns: list[sparse.csr_matrix] = []
    wanted: list[float] = []
    for name, total in totals.items():
        if str(name).lower() == "(intercept)":
            pieces = [("(intercept)", np.ones(design.rows), float(total))]
        elif hasattr(total, "items"):
            coded = design.table.coded(name)
            labels = dict(zip(coded.labels, range(len(coded.labels)), strict=True))
            unknown = [str(key) for key in total if str(key) not in labels]
            if unknown:
                raise NotPossible(
                    f"In de steekproef komt {some(unknown)} van {name} niet voor.",
                    where=f"De steekproef kent {some(coded.labels, 8)}.",
                    todo="Voeg de categorie samen met een andere, of maak de namen gelijk.",
                    code="sample-lacks-level",
                )
            _refuse_missing(name, coded.codes < 0)
            pieces = [
                (f"{name}={key}", (coded.codes == labels[str(key)]).astype(np.float64), float(value))
                for key, value in total.items()
            ]
        else:
            values = design.table.numbers(name)
            _refuse_missing(name, np.isnan(values))
            pieces = [(name, values, float(total))]
        for label, values, value in pieces:
            if not np.isfinite(value):
                raise NotPossible(f"Het totaal van {label} is geen getal.", todo="Geef het populatietotaal.", code="margins")
            names.append(label)
            columns.append(sparse.csr_matrix(values[:, None]))
            wanted.append(value)
    if not names:
        raise NotPossible("Er zijn geen totalen.", todo='Geef bijvoorbeeld {"(intercept)": 6194}.', code="margins")
    return names, columns, np.array(wanted)


def _refuse_missing(name: str, missing: Any) -> None:
    if missing.any():
        rows = (np.flatnonzero(missing) + 1).tolist()
        raise NotPossible(
            f"In de kolom {name} ontbreekt het antwoord van {len(rows)} respondenten.",
            where=f"Zie rij {some(rows)}.",
            todo="Vul het in; wegen kan niet zonder.",
            code="margins-missing",
        )
