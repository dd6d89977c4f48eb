"""Quantiles of weighted answers, with the interval of Woodruff (1952): the limits of the share below, read back as answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from vliegwiel.engines.estimation import notes
from vliegwiel.engines.estimation.answers import Domains, domains_of, receipt_of
from vliegwiel.engines.estimation.forms import SHARE, Item
from vliegwiel.engines.estimation.intervals import checked, quantile_of_t
from vliegwiel.engines.estimation.linear import Linear
from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.result import Estimates, objects
from vliegwiel.engines.estimation.sample import Sample
from vliegwiel.engines.estimation.table import Floats, Ints
from vliegwiel.kernel import clock

RULES = ("math", "school", "hf7")
#: Shares that differ by less are the same share, written in binary.
_SAME = 1e-12


@dataclass(frozen=True)
class Sorted:
    """Answers of one domain in order, with the weight up to and including each."""

    values: Floats
    upto: Floats

    def quantile(self, share: float, rule: str) -> float:
        """The answer at a share; NaN outside 0 to 1."""
        if not len(self.values) or not 0 <= share <= 1:
            return np.nan
        if rule == "hf7":
            return self._interpolated(share)
        place = share * self.upto[-1]
        after = int(np.searchsorted(self.upto, place * (1 + _SAME), side="right"))
        exact = after > 0 and abs(self.upto[after - 1] - place) <= _SAME * self.upto[-1]
        here = self.values[min(after, len(self.values) - 1)]
        if not exact:
            return float(here)
        before = self.values[after - 1]
        return float(before if rule == "math" else (before + here) / 2)

    def _interpolated(self, share: float) -> float:
        """Hyndman and Fan's seventh, with weights: each answer stands at the weight before it, the last one at 1. Equal answers with
        unequal weights stand in the order of the rows, as in R survey."""
        if len(self.values) == 1:
            return float(self.values[0])
        places = np.append(0.0, self.upto[:-1]) / self.upto[-2]
        return float(np.interp(share, places, self.values))


def quantiles(
    design: Sample, variables: list[str], shares: Sequence[float], by: list[str], rule: str, confidence: float
) -> Estimates:
    """One row per domain, variable and share (in the column category)."""
    if rule not in RULES:
        raise NotPossible(f"De regel {rule!r} bestaat niet.", todo=f"Kies uit {some(RULES)}.")
    wrong = [share for share in shares if not 0 <= share <= 1]
    if wrong or not shares:
        raise NotPossible(f"Een kwantiel bij {some(wrong) or 'niets'} bestaat niet.", todo="Geef getallen van 0 tot en met 1.")
    domains = domains_of(design, by)
    columns = [(name, share) for name in variables for share in shares]
    answers = {name: design.table.numbers(name) for name in dict.fromkeys(variables)}
    sorted_by = {name: _sorted(values, design.weights, domains) for name, values in answers.items()}
    estimate = np.array([[sorted_by[name][one].quantile(share, rule) for name, share in columns] for one in range(domains.count)])
    items = [_below(answers[name], estimate[:, place], domains.code, name) for place, (name, _share) in enumerate(columns)]
    linear = Linear(design, items, domains.code, domains.count)
    point, n, kish = linear.estimate.ravel(), linear.n.ravel(), linear.kish.ravel()
    nothing = np.full(len(point), np.nan)
    error, df = nothing, nothing
    if design.margins:
        error, df = np.sqrt(np.maximum(linear.variance, 0)).ravel(), linear.df.ravel().astype(np.float64)
    owners = [(one, name) for one in range(domains.count) for name, _share in columns]

    def limits(at: float) -> tuple[Floats, Floats]:
        reach = quantile_of_t(df, at) * error
        sides: list[Floats] = []
        for side in (point - reach, point + reach):
            side = np.where(np.abs(side - 1) < _SAME, 1.0, np.where(np.abs(side) < _SAME, 0.0, side))
            sides.append(
                np.array([sorted_by[name][one].quantile(share, rule) for (one, name), share in zip(owners, side, strict=True)])
            )
        return sides[0], sides[1]

    lower, upper = limits(checked(confidence))
    se = (upper - lower) / (2 * quantile_of_t(df, confidence))
    started = clock.now()
    parameters = {"variables": variables, "shares": list(shares), "by": by, "rule": rule, "confidence": confidence}
    own = [
        notes.joined(
            design.note,
            notes.NO_ANSWERS if not count else None,
            notes.NO_DF if design.margins and count and degrees < 1 else None,
            notes.OUT_OF_RANGE if design.margins and count and degrees >= 1 and not np.isfinite(low + high) else None,
        )
        for count, degrees, low, high in zip(n, df, lower, upper, strict=True)
    ]
    width = len(columns)
    return Estimates(
        "quantile", domains.names, tuple(objects([value for value in column for _ in range(width)]) for column in domains.values),
        tuple(name for name, _share in columns) * domains.count, tuple(f"{share:g}" for _name, share in columns) * domains.count,
        estimate.ravel(), se, lower, upper, df, n, kish, nothing, tuple(own), confidence, "woodruff", design.about, design.margins,
        lambda: receipt_of(design, "quantile", [*variables, *by], parameters, started), None, {"limits": limits},
    )  # fmt: skip


def _sorted(values: Floats, weights: Floats, domains: Domains) -> list[Sorted]:
    known = np.flatnonzero((domains.code >= 0) & ~np.isnan(values))
    order = known[np.lexsort((values[known], domains.code[known]))]
    edges = np.searchsorted(domains.code[order], np.arange(domains.count + 1))
    found = []
    for first, last in pairwise(edges):
        rows = order[first:last]
        found.append(Sorted(values[rows], np.cumsum(weights[rows])))
    return found


def _below(values: Floats, limit: Floats, code: Ints, name: str) -> Item:
    reach = np.where(code >= 0, limit[np.maximum(code, 0)], np.nan)
    return Item(SHARE, name, None, np.where(np.isnan(values), np.nan, (values <= reach).astype(np.float64)))
