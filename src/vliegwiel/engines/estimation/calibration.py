"""Weights that meet population totals: post-stratification, raking and calibration with bounds, with what each does to the error.

Deville and Särndal (1992). A calibrated estimator has the variance of its residuals: what the calibration variables explain of an
influence is taken off. As in R survey, residuals are taken with the weights before calibration, and after raking without weights.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from vliegwiel.engines.estimation.margins import Fitted, compact, fitted
from vliegwiel.engines.estimation.newton import DISTANCES, solved
from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.table import Floats, Ints

if TYPE_CHECKING:
    from vliegwiel.engines.estimation.design import Design

#: Margins are met to this share.
MET = 1e-10
_ROUNDS = 2000


@dataclass(frozen=True)
class Calibration:
    """What was calibrated on.

    `make` gives the `variables` (rows × variables); `pull` are weights for the residuals over the new weights; the `weights` it
    gave and those `before`, and how to do it `again` with other weights."""

    make: Callable[[], sparse.csr_matrix]
    pull: Floats
    weights: Floats
    before: Floats
    again: Callable[[Floats], Floats]
    unit: Ints
    units: int
    receipt: Mapping[str, Any]

    @cached_property
    def variables(self) -> sparse.csr_matrix:
        """Rows × variables; made when an error is asked for the first time."""
        return self.make()

    @cached_property
    def unit_sums(self) -> Floats:
        """New weight times variables, per unit (units × variables)."""
        rows = np.arange(len(self.unit))
        chosen = sparse.csr_matrix((self.weights, (self.unit, rows)), shape=(self.units, len(rows)))
        found: Floats = (chosen @ self.variables).toarray()
        return found

    @cached_property
    def _gram(self) -> tuple[Floats, Floats, Floats]:
        weighted = self.variables.multiply((self.pull * self.weights)[:, None])
        gram = (self.variables.T @ weighted).toarray()
        size = np.sqrt(np.diag(gram))
        size = np.where(size > 0, size, 1.0)
        scaled = gram / np.outer(size, size)
        return scaled, np.linalg.pinv(scaled, rcond=1e-12, hermitian=True), size

    def solve(self, sums: Floats) -> Floats:
        """Coefficients from sums of variables times what is explained, refined once so that rounding does not add up."""
        scaled, inverse, size = self._gram
        right = sums / size[:, None]
        found = inverse @ right
        found += inverse @ (right - scaled @ found)
        return found / size[:, None]

    def cross(self, earlier: "Calibration") -> Floats:
        """Sums of these variables times those of an earlier calibration."""
        weighted = earlier.variables.multiply((self.pull * earlier.weights)[:, None])
        found: Floats = (self.variables.T @ weighted).toarray()
        return found


Solver = Callable[[Floats], tuple[Floats, dict[str, Any]]]


def poststratified(design: "Design", margins: Mapping[Any, Any]) -> "Design":
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


def raked(design: "Design", margins: Mapping[Any, Any], *, rescale: bool = False) -> "Design":
    """Every margin in turn until all are met (Deming and Stephan 1940), on the distinct cells."""
    found, scaled = fitted(design, margins, rescale=rescale)
    cell, codes = _cells(found)
    cells = len(codes[0])

    def solve(weights: Floats) -> tuple[Floats, dict[str, Any]]:
        sums = np.bincount(cell, weights, cells).astype(np.float64)
        factors, rounds = _rake_cells(sums, codes, found)
        off = {
            one.name: float(np.max(np.abs(np.bincount(code, sums * factors, len(one.totals)) / one.totals - 1)))
            for code, one in zip(codes, found, strict=True)
        }
        return weights * factors[cell], {"iterations": rounds, "cells": cells, "margin_errors": off}

    about = {"method": "rake", "margins": {one.name: dict(zip(one.labels, one.totals.tolist(), strict=True)) for one in found}}
    return _calibrated(design, solve, lambda: _dummies(found), found, base=np.ones(design.rows), about=about, scaled=scaled)


def calibrated(design: "Design", totals: Mapping[str, Any], method: str, bounds: tuple[float, float] | None) -> "Design":
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
    design: "Design", solve: Solver, make: Callable[[], sparse.csr_matrix], margins: list[Fitted], *, base: Floats, about: dict[str, Any],
    scaled: Mapping[str, float], wanted: Floats | None = None, names: list[str] | None = None, bounds: tuple[float, float] | None = None,
) -> "Design":  # fmt: skip
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
        "bounds_kept": kept, "rescaled": dict(scaled), "kish_deff": float(len(weights) * (weights**2).sum() / weights.sum() ** 2),
        "weights_total": {"before": float(design.weights.sum()), "after": float(weights.sum())},
    }  # fmt: skip
    unit, units = design.structure.unit, design.structure.units
    calibration = Calibration(
        make,
        base / weights,
        weights,
        design.weights,
        lambda other: solve(other)[0],
        unit,
        units,
        {**about, "rescaled": dict(scaled)},
    )
    replication = design.replication
    if replication is not None:
        again = [solve(one)[0] for one in replication.weighted(design)]
        replication = replication.with_weights(again)
    made: Design = design._with(
        weights=weights, calibrations=(*design.calibrations, calibration), diagnostics=diagnostics, replication=replication
    )
    return made


def _met(weights: Floats, margin: Fitted) -> Floats:
    there = np.bincount(margin.code, weights, len(margin.totals))
    if not (there > 0).all():
        empty = some([margin.labels[place] for place in np.flatnonzero(there <= 0)])
        raise NotPossible(
            f"In een replicaat heeft {empty} van {margin.name} geen respondenten.",
            todo="Voeg categorieën samen, of gebruik een andere soort replicaten.",
        )
    return weights * (margin.totals / there)[margin.code]


def _dummies(margins: list[Fitted]) -> sparse.csr_matrix:
    """A column per category of every margin."""
    columns = []
    for one in margins:
        rows = len(one.code)
        columns.append(sparse.csr_matrix((np.ones(rows), one.code, np.arange(rows + 1)), shape=(rows, len(one.totals))))
    return sparse.csr_matrix(sparse.hstack(columns, format="csr"))


def _cells(margins: list[Fitted]) -> tuple[Ints, list[Ints]]:
    """The combination of categories of each row, and per margin the category of each combination that occurs."""
    code, size = margins[0].code, len(margins[0].totals)
    codes = [np.arange(size)]
    for one in margins[1:]:
        width = len(one.totals)
        cells, code = compact(code * width + one.code, size * width)
        codes = [own[cells // width] for own in codes] + [cells % width]
        size = len(cells)
    return code, codes


def _rake_cells(sums: Floats, codes: list[Ints], margins: list[Fitted]) -> tuple[Floats, int]:
    factors = np.ones(len(sums))
    worst = np.inf
    for rounds in range(1, _ROUNDS + 1):
        heavy = sums * factors
        apart = 0.0
        for code, one in zip(codes, margins, strict=True):
            there = np.bincount(code, heavy, len(one.totals))
            with np.errstate(divide="ignore", invalid="ignore"):
                change = one.totals / there
            if not np.isfinite(change).all():
                empty = [one.labels[place] for place in np.flatnonzero(~np.isfinite(change))]
                raise NotPossible(
                    f"In {some(empty)} van {one.name} is niemand meer over.",
                    todo="Voeg categorieën samen, of gebruik een andere soort replicaten.",
                    code="no-convergence",
                )
            apart = max(apart, float(np.abs(change - 1).max()))
            factors *= change[code]
            heavy = sums * factors
        if apart < 1e-13 or (apart < 1e-11 and apart >= worst):
            return factors, rounds
        worst = apart
    raise NotPossible(
        "Het wegen komt niet tot rust: de marges spreken elkaar tegen in deze steekproef.",
        where=f"Na {_ROUNDS} rondes wijkt {_worst(sums * factors, codes, margins)} nog af.",
        todo="Voeg categorieën samen waarin weinig respondenten zitten, of laat een marge weg.",
        code="no-convergence",
    )


def _worst(heavy: Floats, codes: list[Ints], margins: list[Fitted]) -> str:
    off = [
        (abs(there / total - 1), f"{one.name} {label} ({there / total - 1:+.2%})")
        for code, one in zip(codes, margins, strict=True)
        for label, there, total in zip(one.labels, np.bincount(code, heavy, len(one.totals)), one.totals, strict=True)
    ]
    return max(off)[1]


def _variables(design: "Design", totals: Mapping[str, Any]) -> tuple[list[str], list[sparse.csr_matrix], Floats]:
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
