"""Are two backgrounds unrelated? Pearson's test on the weighted table, adjusted for the design (Rao and Scott 1984, second order)."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from vliegwiel.engines.estimation.answers import receipt_of
from vliegwiel.engines.estimation.forms import SHARE, Item
from vliegwiel.engines.estimation.linear import Linear
from vliegwiel.engines.estimation.refusals import NotPossible
from vliegwiel.engines.estimation.sample import Sample
from vliegwiel.engines.estimation.table import Floats
from vliegwiel.kernel.receipt import Receipt


@dataclass(frozen=True)
class ChiSquare:
    """`statistic` is F with `ndf` and `ddf` degrees of freedom; `table` holds the estimated shares (rows: the first background)."""

    statistic: float
    ndf: float
    ddf: float
    p: float
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    table: Floats
    n: int
    note: str | None
    receipt: Receipt


def chi_square(design: Sample, first: str, second: str) -> ChiSquare:
    """Test of independence. Raises for a sample without margins, and when a background has only one category."""
    if not design.margins:
        raise NotPossible(
            "Een toets is er niet: dit is geen kanssteekproef.",
            todo='Noem de aanname met assume="quasi-random"; elke uitkomst vermeldt haar dan.',
            code="not-a-probability-sample",
        )
    one, two = (design.table.coded(name, shown=True) for name in (first, second))
    used = (one.codes >= 0) & (two.codes >= 0)
    if design.inside is not None:
        used &= design.inside
    rows, columns = (np.unique(coded.codes[used]) for coded in (one, two))
    if len(rows) < 2 or len(columns) < 2:
        name = first if len(rows) < 2 else second
        raise NotPossible(
            f"De kolom {name} heeft hier maar één categorie.", todo="Kies een achtergrond met ten minste twee categorieën."
        )
    count = int(used.sum())
    items = [
        Item(SHARE, "", None, ((one.codes == row) & (two.codes == column)).astype(np.float64), complete=True)
        for column in columns
        for row in rows
    ]
    linear = Linear(design, items, np.where(used, 0, -1), 1)
    shares, spread, df = linear.estimate[0], linear.covariance(), int(linear.df[0, 0])
    table = shares.reshape(len(columns), len(rows)).T
    expected = np.outer(table.sum(axis=1), table.sum(axis=0))
    pearson = count * ((table - expected) ** 2 / expected).sum()
    spaces = [np.eye(len(values))[:, 1:] for values in (rows, columns)]
    ones = [np.ones((len(values), 1)) for values in (rows, columns)]
    main = np.hstack([np.kron(ones[1], ones[0]), np.kron(ones[1], spaces[0]), np.kron(spaces[1], ones[0])])
    both = np.kron(spaces[1], spaces[0])
    contrast = both - main @ np.linalg.lstsq(main, both, rcond=None)[0]
    inverse = np.diag(np.where(shares == 0, 0.0, 1 / np.where(shares == 0, 1.0, shares)))
    below = contrast.T @ (inverse / count) @ contrast
    delta = np.linalg.solve(below, contrast.T @ inverse @ spread @ inverse @ contrast)
    trace = np.trace(delta)
    ndf = float(trace**2 / np.trace(delta @ delta))
    statistic = float(pearson / trace)
    receipt = receipt_of(design, "chi_square", [first, second], {"variables": [first, second]})
    labels = [tuple(coded.labels[place] for place in values) for coded, values in ((one, rows), (two, columns))]
    p = float(special.fdtrc(ndf, ndf * df, statistic)) if df > 0 else np.nan
    return ChiSquare(statistic, ndf, ndf * df, p, labels[0], labels[1], table, count, design.note, receipt)
