"""From group sums to estimates with their errors: linearisation, residuals of calibration, or replicates."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from scipy import sparse

from vliegwiel.engines.estimation.forms import Form, Item
from vliegwiel.engines.estimation.refusals import NotPossible
from vliegwiel.engines.estimation.sample import Sample
from vliegwiel.engines.estimation.sums import Sums, by_domain, sums_of
from vliegwiel.engines.estimation.swift import Swift, can_be_swift, swift
from vliegwiel.engines.estimation.table import Floats, Ints
from vliegwiel.engines.estimation.weighting import Replication

#: As many influence values are held at a time.
_AT_A_TIME = 2**23
_IN_CACHE = 2**17


@dataclass
class Linear:
    """Estimates of items (columns) in domains (rows). `domain` of each row of the data; −1 is outside all of them."""

    design: Sample
    items: Sequence[Item]
    domain: Ints
    domains: int

    @cached_property
    def parts(self) -> list[Sums]:
        """The group sums."""
        structure = self.design.structure
        return sums_of(self.items, self.design.weights, self.domain, structure.unit, self.domains, structure.units)

    def form(self, sums: Sums) -> Form:
        """Items of one question share their form."""
        return self.items[sums.places[0]].form

    def empty(self) -> Floats:
        """A table of domains × items."""
        return np.full((self.domains, len(self.items)), np.nan)

    @cached_property
    def swift(self) -> Swift | None:
        """What the compiled loop finds, when it can."""
        return swift(self.design, self.items, self.domain, self.domains) if can_be_swift(self.design, self.items) else None

    @cached_property
    def estimate(self) -> Floats:
        """Domains × items."""
        if self.swift:
            return self.swift.estimate
        found = self.empty()
        for sums in self.parts:
            value = self.form(sums).value(*sums.totals(self.domains), sums.centre)
            found[:, sums.places] = np.where(sums.n[:, None] > 0, value, np.nan)
        return found

    @cached_property
    def n(self) -> Ints:
        """Answers per domain and item."""
        if self.swift:
            return self.swift.n
        found = np.zeros((self.domains, len(self.items)), dtype=np.int64)
        for sums in self.parts:
            found[:, sums.places] = sums.n[:, None]
        return found

    @cached_property
    def df(self) -> Ints:
        """Degrees of freedom per domain and item."""
        if self.swift:
            return self.swift.df
        found = np.zeros((self.domains, len(self.items)), dtype=np.int64)
        for sums in self.parts:
            found[:, sums.places] = self.design.structure.degrees(sums.domain, sums.unit, self.domains)[:, None]
        replication = self.design.replication
        return np.minimum(found + replication.extra, replication.count - 1) if replication else found

    @cached_property
    def variance(self) -> Floats:
        """Domains × items."""
        if self.swift:
            return self.swift.variance
        found = self.empty()
        structure, replication = self.design.structure, self.design.replication
        for sums in self.parts:
            if replication:
                value = self._between_replicates(sums, replication)
            elif self.design.calibrations:
                value = np.concatenate(
                    [
                        structure.variances(np.zeros(structure.units, dtype=np.int64), np.arange(structure.units), block, 1)[0]
                        for block in self._residual_blocks(sums)
                    ]
                ).reshape(self.domains, -1)
            else:
                value = structure.variances(sums.domain, sums.unit, self._influence(sums), self.domains)
            found[:, sums.places] = np.where(sums.n[:, None] > 0, value, np.nan)
        return found

    def _between_replicates(self, sums: Sums, replication: Replication) -> Floats:
        """Variances by replicates, so many domains at a time as stay in the cache of a processor."""
        size = max(1, _IN_CACHE // (replication.count * len(sums.places)))
        edges = [*range(0, self.domains, size), self.domains]

        def some(block: tuple[int, int]) -> Floats:
            return replication.variance(self._replicated(sums, *block))

        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            return np.concatenate(list(pool.map(some, pairwise(edges))))

    @cached_property
    def kish(self) -> Floats:
        """Σw² over (Σw)², as an effective size."""
        if self.swift:
            with np.errstate(divide="ignore", invalid="ignore"):
                return self.swift.weight**2 / self.swift.squares
        found = self.empty()
        for sums in self.parts:
            with np.errstate(divide="ignore", invalid="ignore"):
                found[:, sums.places] = (sums.weight**2 / sums.squares)[:, None]
        return found

    @cached_property
    def deff(self) -> Floats:
        """Variance over that of a simple random sample without replacement, of the same size and population (as R survey)."""
        found = self.empty()
        if self.swift:
            move = self.swift.top / np.where(self.swift.weight > 0, self.swift.weight, np.nan)
            spread = self.swift.spread - move * self.swift.top
            mean_below = 1.0 if self.items[0].form.ratio else 1 / np.where(self.swift.weight > 0, self.swift.weight, np.nan)
            return _over_simple(self.variance, spread, self.swift.weight, self.swift.n, mean_below)
        for sums in self.parts:
            a, b = sums.totals(self.domains)
            form, weight, n = self.form(sums), sums.weight[:, None], sums.n[:, None]
            with np.errstate(divide="ignore", invalid="ignore"):
                move, mean_below = (a / b, b / weight) if form.ratio else (a / weight, 1 / weight)
                squares, cross, below = np.moveaxis(sums.spread, 2, 0)
                spread = squares - 2 * move * cross + move**2 * below
            found[:, sums.places] = _over_simple(self.variance[:, sums.places], spread, weight, n, mean_below)
        return found

    def _influence(self, sums: Sums) -> Floats:
        """What each pair of domain and unit adds to the error (pairs × items)."""
        slopes = self.form(sums).slope(*sums.totals(self.domains))
        found: Floats = slopes[0][sums.domain] * sums.a + slopes[1][sums.domain] * sums.b
        return found

    def _dense(self, sums: Sums, influence: Floats, first: int, last: int) -> Floats:
        """Influence of domains first … last − 1 on all units: units × (domains · items)."""
        inside = slice(*np.searchsorted(sums.domain, (first, last)))
        width = influence.shape[1]
        found = np.zeros((self.design.structure.units, last - first, width))
        found[sums.unit[inside], sums.domain[inside] - first] = influence[inside]
        return found.reshape(len(found), -1)

    def _residual_blocks(self, sums: Sums) -> Iterator[Floats]:
        """The same less what calibration explains, some domains at a time."""
        influence, width = self._influence(sums), len(sums.places)
        explained = [explained.reshape(explained.shape[0], -1) for explained in self._explained(sums)]
        size = max(1, _AT_A_TIME // max(self.design.structure.units * width, 1))
        for first in range(0, self.domains, size):
            last = min(first + size, self.domains)
            block = self._dense(sums, influence, first, last)
            for calibration, part in zip(self.design.calibrations, explained, strict=True):
                block -= calibration.unit_sums @ part[:, first * width : last * width]
            yield block

    def _explained(self, sums: Sums) -> list[Floats]:
        """Per calibration its coefficients (variables × domains × items), each on what earlier ones left."""
        slopes = self.form(sums).slope(*sums.totals(self.domains))
        heavy = self.design.weights[sums.rows]
        found: list[Floats] = []
        for place, calibration in enumerate(self.design.calibrations):
            pulled = calibration.pull[sums.rows] * heavy
            drawn = calibration.variables[sums.rows]
            explained = np.zeros((drawn.shape[1], self.domains, len(sums.places)))
            for column, item in enumerate(self.items[one] for one in sums.places):
                low = np.ones(len(heavy)) if item.bottom is None else item.bottom[sums.rows]
                top = item.top[sums.rows] - sums.centre[column] * low
                for values, slope in ((top, slopes[0]), (low, slopes[1])):
                    if not slope.any():
                        continue
                    chosen = sparse.csr_matrix(
                        (pulled * values, (sums.row_domain, np.arange(len(heavy)))), shape=(self.domains, len(heavy))
                    )
                    explained[:, :, column] += (chosen @ drawn).toarray().T * slope[:, column]
            flat = explained.reshape(len(explained), -1)
            for earlier, coefficients in zip(self.design.calibrations[:place], found, strict=True):
                flat = flat - calibration.cross(earlier) @ coefficients.reshape(len(coefficients), -1)
            found.append(calibration.solve(flat).reshape(explained.shape))
        return found

    def _replicated(self, sums: Sums, first: int, last: int) -> Floats:
        """The estimates of domains first … last − 1 per replicate (domains × items × replicates)."""
        replication, form, width = self.design.replication, self.form(sums), len(sums.places)
        if replication is None:
            raise NotPossible("Er zijn geen replicaten.", todo="Maak ze met replicates.")
        if replication.weights is not None:
            a, b = self._summed_again(sums, replication.weights, first, last)
        else:
            domain, psu, both = self._by_psu(sums)
            found = np.empty((last - first, both.shape[1], replication.count))
            edges = np.searchsorted(domain, np.arange(first, last + 1))
            for place, (start, end) in enumerate(pairwise(edges.tolist())):
                np.matmul(both[start:end].T, replication.factors[psu[start:end]], out=found[place])
            a, b = found[:, :width], found[:, width:]
        return form.value(a, b, sums.centre[:, None])

    def _summed_again(self, sums: Sums, weights: Sequence[Floats], first: int, last: int) -> tuple[Floats, Floats]:
        """A and B of some domains with the weights of each replicate (domains × items × replicates)."""
        edges = np.concatenate([[0], np.cumsum(sums.n)])
        inside = slice(edges[first], edges[last])
        rows, domain = sums.rows[inside], sums.row_domain[inside] - first
        found = np.empty((2, last - first, len(sums.places), len(weights)))
        for column, item in enumerate(self.items[one] for one in sums.places):
            low = np.ones(len(rows)) if item.bottom is None else item.bottom[rows]
            top = item.top[rows] - sums.centre[column] * low
            for place, again in enumerate(weights):
                heavy = again[rows]
                for side, values in enumerate((top, low)):
                    found[side, :, column, place] = by_domain(domain, heavy * values, last - first)
        return found[0], found[1]

    def _by_psu(self, sums: Sums) -> tuple[Ints, Ints, Floats]:
        """Group sums per domain and primary cluster: both, and A of every item with B behind it (once when it is the same for all)."""
        psu = self.design.structure.stages[0].cluster[sums.unit]
        starts = np.flatnonzero(np.append(True, (sums.domain[1:] != sums.domain[:-1]) | (psu[1:] != psu[:-1])))[: len(psu)]
        both = np.concatenate([sums.a, sums.b if sums.b.strides[1] else sums.b[:, :1]], axis=1)
        return sums.domain[starts], psu[starts], np.add.reduceat(both, starts, axis=0) if len(starts) < len(psu) else both

    def covariance(self) -> Floats:
        """Covariance of all estimates, domain by domain and item by item within."""
        size = self.domains * len(self.items)
        if self.design.replication:
            again = np.full((self.domains, len(self.items), self.design.replication.count), np.nan)
            for sums in self.parts:
                again[:, list(sums.places)] = self._replicated(sums, 0, self.domains)
            return self.design.replication.covariance(again.reshape(size, -1))
        return self.design.structure.covariance(self.influence())

    def influence(self) -> Floats:
        """Influence of all units on all estimates (units × (domains · items)), what calibration explains taken off."""
        units = self.design.structure.units
        found = np.zeros((units, self.domains, len(self.items)))
        for sums in self.parts:
            whole = [self._dense(sums, self._influence(sums), 0, self.domains)]
            blocks = list(self._residual_blocks(sums)) if self.design.calibrations else whole
            found[:, :, list(sums.places)] = np.concatenate(blocks, axis=1).reshape(units, self.domains, -1)
        return found.reshape(units, -1)

    def rest(self) -> tuple[Floats, Floats]:
        """Each domain less all others together: the difference and its standard error (domains × items)."""
        difference, error = self.empty(), self.empty()
        for sums in self.parts:
            form = self.form(sums)
            if not form.ratio:
                raise NotPossible(
                    "Een totaal van de een tegen dat van de rest zegt niets.",
                    todo="Vergelijk gemiddelden of aandelen met de rest.",
                )
            a, b = sums.totals(self.domains)
            rest_a, rest_b = a.sum(axis=0) - a, b.sum(axis=0) - b
            places = list(sums.places)
            difference[:, places] = form.value(a, b, sums.centre) - form.value(rest_a, rest_b, sums.centre)
            error[:, places] = self._rest_error(sums, (a, b), (rest_a, rest_b))
        return difference, error

    def _rest_error(self, sums: Sums, own: tuple[Floats, Floats], others: tuple[Floats, Floats]) -> Floats:
        form, width = self.form(sums), len(sums.places)
        if self.design.replication or self.design.calibrations:
            return self._rest_by_domain(sums)
        mine, theirs = form.slope(*own), form.slope(*others)
        units = self.design.structure.units
        order = np.argsort(sums.unit, kind="stable")
        all_a, all_b = (by_domain(sums.unit[order], values[order], units) for values in (sums.a, sums.b))
        found = np.empty((self.domains, width))
        size = max(1, _AT_A_TIME // max(units * width, 1))
        influence = sum((mine[k] + theirs[k])[sums.domain] * values for k, values in enumerate((sums.a, sums.b)))
        for first in range(0, self.domains, size):
            last = min(first + size, self.domains)
            block = self._dense(sums, np.asarray(influence), first, last).reshape(units, last - first, width)
            block = block - theirs[0][None, first:last] * all_a[:, None] - theirs[1][None, first:last] * all_b[:, None]
            flat = block.reshape(units, -1)
            zeros = np.zeros(units, dtype=np.int64)
            found[first:last] = self.design.structure.variances(zeros, np.arange(units), flat, 1)[0].reshape(last - first, width)
        return np.sqrt(found)

    def _rest_by_domain(self, sums: Sums) -> Floats:
        """The slow way, which any design can go: a domain and its rest as two domains."""
        found = np.empty((self.domains, len(sums.places)))
        items = [self.items[place] for place in sums.places]
        for one in range(self.domains):
            pair = Linear(self.design, items, np.where(self.domain < 0, -1, np.where(self.domain == one, 0, 1)), 2)
            cov = pair.covariance().reshape(2, len(items), 2, len(items))
            found[one] = [cov[0, k, 0, k] + cov[1, k, 1, k] - 2 * cov[0, k, 1, k] for k in range(len(items))]
        return np.sqrt(np.maximum(found, 0))


def _over_simple(variance: Floats, spread: Floats, weight: Floats, n: Ints, mean_below: Floats | float) -> Floats:
    """A variance over that of a simple random sample, from the weighted squared distances in it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        simple = spread / weight * n / (n - 1) / mean_below**2 * (weight - n) / (weight * n)
        ratio = variance / simple
    return np.where(np.isfinite(ratio) & (simple > 0), ratio, np.nan)
