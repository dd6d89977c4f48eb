"""Raking (*iteratief passend wegen*): factors per category of every margin in turn until all margins are met (Deming and Stephan 1940).

Respondents of the same categories get the same factor, so only their cells take part. While all combinations are few beside the
respondents, cells are a block with one side per margin: what a margin adds up to is then a product of that block with the factors of the
others, and no respondent or cell is looked up. Otherwise the cells that occur are a list.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from vliegwiel.engines.estimation.margins import Fitted, compact
from vliegwiel.engines.estimation.refusals import NotPossible, some
from vliegwiel.engines.estimation.table import Floats, Ints

_ROUNDS = 2000
#: Factors of margins that contradict each other grow without end.
_WILD = 1e100
#: A block may have so many times as many cells as there are respondents.
_ROOM = 8
_AT_A_TIME = 2**15


@dataclass(frozen=True)
class Cells(ABC):
    """The cell of every respondent (`code`), of `count` cells."""

    margins: Sequence[Fitted]
    code: Ints
    count: int

    def raked(self, sums: Floats) -> tuple[Floats, int, list[float]]:
        """From the sums of weights per cell: a factor per cell, in how many rounds, and how far off each margin is, as a share."""
        factors = [np.ones(len(one.totals)) for one in self.margins]
        worst, at_rest, rounds = np.inf, False, 0
        while not at_rest and rounds < _ROUNDS and all(((one > 1 / _WILD) & (one < _WILD)).all() for one in factors):
            apart = self._round(sums, factors)
            rounds += 1
            at_rest = apart < 1e-13 or (apart < 1e-11 and apart >= worst)
            worst = apart
        every = self._spread(factors)
        heavy = sums * every
        if not at_rest:
            raise NotPossible(
                "Het wegen komt niet tot rust: de marges spreken elkaar tegen in deze steekproef.",
                where=f"Na {rounds} rondes wijkt {_worst(self._totals(heavy), self.margins)} nog af.",
                todo="Voeg categorieën samen waarin weinig respondenten zitten, of laat een marge weg.",
                code="no-convergence",
            )
        off = [np.abs(there / one.totals - 1).max() for there, one in zip(self._totals(heavy), self.margins, strict=True)]
        return every, rounds, list(map(float, off))

    @abstractmethod
    def _round(self, sums: Floats, factors: list[Floats]) -> float:
        """Every margin met once, in place; returns the largest change of a factor, as a share."""

    @abstractmethod
    def _spread(self, factors: list[Floats]) -> Floats:
        """The product of factors per cell."""

    @abstractmethod
    def _totals(self, heavy: Floats) -> list[Floats]:
        """What cells add up to per category of each margin."""


class Block(Cells):
    """All combinations, the margin with most categories as the last side."""

    @property
    def _order(self) -> list[int]:
        return sorted(range(len(self.margins)), key=lambda place: len(self.margins[place].totals))

    def _round(self, sums: Floats, factors: list[Floats]) -> float:
        *others, last = self._order
        table = sums.reshape(-1, len(factors[last]))
        product = _outer([factors[place] for place in others])
        heavy = np.einsum("ij,j->i", table, factors[last]) * product
        apart, after = 0.0, len(heavy)
        for place in others:
            width = len(factors[place])
            after //= width
            change = _change(self.margins[place], heavy.reshape(-1, width, after).sum(axis=(0, 2)))
            apart = max(apart, float(np.abs(change - 1).max()))
            factors[place] *= change
            for one in (heavy, product):
                one.reshape(-1, width, after)[...] *= change[:, None]
        change = _change(self.margins[last], np.einsum("i,ij->j", product, table) * factors[last])
        factors[last] *= change
        return max(apart, float(np.abs(change - 1).max()))

    def _spread(self, factors: list[Floats]) -> Floats:
        return _outer([factors[place] for place in self._order])

    def _totals(self, heavy: Floats) -> list[Floats]:
        shape = [len(self.margins[place].totals) for place in self._order]
        table = heavy.reshape(shape)
        found: dict[int, Floats] = {}
        for side, place in enumerate(self._order):
            found[place] = table.sum(axis=tuple(other for other in range(len(shape)) if other != side))
        return [found[place] for place in range(len(shape))]


@dataclass(frozen=True)
class Listed(Cells):
    """The combinations that occur; per margin the category of each in `categories`."""

    categories: Sequence[Ints]

    def _round(self, sums: Floats, factors: list[Floats]) -> float:
        heavy = sums * self._spread(factors)
        apart = 0.0
        for code, one, factor in zip(self.categories, self.margins, factors, strict=True):
            change = _change(one, _added(code, heavy, one))
            apart = max(apart, float(np.abs(change - 1).max()))
            factor *= change
            heavy *= change[code]
        return apart

    def _spread(self, factors: list[Floats]) -> Floats:
        found = np.ones(self.count)
        for code, factor in zip(self.categories, factors, strict=True):
            found *= factor[code]
        return found

    def _totals(self, heavy: Floats) -> list[Floats]:
        return [_added(code, heavy, one) for code, one in zip(self.categories, self.margins, strict=True)]


def cells_of(margins: Sequence[Fitted]) -> Cells:
    """The cells of margins that lie on the sample."""
    rows, count = len(margins[0].code), prod(len(one.totals) for one in margins)
    if count <= _ROOM * rows + 1024:
        ordered = sorted(margins, key=lambda one: len(one.totals))
        code = np.empty(rows, dtype=np.int64)
        for first in range(0, rows, _AT_A_TIME):
            part = code[first : first + _AT_A_TIME]
            part[...] = 0
            for one in ordered:
                part *= len(one.totals)
                part += one.code[first : first + _AT_A_TIME]
        return Block(margins, code, count)
    code, size = margins[0].code.astype(np.int64), len(margins[0].totals)
    categories = [np.arange(size)]
    for one in margins[1:]:
        width = len(one.totals)
        cells, code = compact(code * width + one.code, size * width)
        categories = [own[cells // width] for own in categories] + [cells % width]
        size = len(cells)
    return Listed(margins, code, size, categories)


def _added(code: Ints, heavy: Floats, margin: Fitted) -> Floats:
    return np.asarray(np.bincount(code, heavy, len(margin.totals)), dtype=np.float64)


def _outer(factors: Sequence[Floats]) -> Floats:
    """All products of one factor of each, the last running fastest."""
    found = np.ones(1)
    for factor in factors:
        found = (found[:, None] * factor).ravel()
    return found


def _change(margin: Fitted, there: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        change: Floats = margin.totals / there
    if not np.isfinite(change).all():
        empty = [margin.labels[place] for place in np.flatnonzero(~np.isfinite(change))]
        raise NotPossible(
            f"In {some(empty)} van {margin.name} is niemand meer over.",
            todo="Voeg categorieën samen, of gebruik een andere soort replicaten.",
            code="no-convergence",
        )
    return change


def _worst(totals: Sequence[Floats], margins: Sequence[Fitted]) -> str:
    off = [
        (abs(there / total - 1), f"{one.name} {label} ({there / total - 1:+.2%})")
        for sums, one in zip(totals, margins, strict=True)
        for label, there, total in zip(one.labels, sums, one.totals, strict=True)
    ]
    return max(off)[1]
