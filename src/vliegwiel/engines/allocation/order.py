"""In which order applications come: by day, by score, by lot. A lot is a hash of a published seed, so anyone can draw it again."""

import hashlib
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import groupby
from math import lcm

from vliegwiel.engines.allocation.model import Application, Criterion, Rules
from vliegwiel.engines.allocation.pots import Pots
from vliegwiel.kernel.verdict import Reason

Refusals = dict[str, tuple[Reason, ...]]


def lot(seed: str, key: str) -> str:
    """The lot of an application: SHA-256 of seed, newline and id. The lowest comes first; it does not depend on who else takes part.

    >>> lot("2026-11-21/1", "a") < lot("2026-11-21/1", "b")
    True
    """
    return hashlib.sha256(f"{seed}\n{key}".encode()).hexdigest()


def drawn_order(applications: Sequence[Application], seed: str) -> list[Application]:
    """By lot."""
    return sorted(applications, key=lambda item: lot(seed, item.id))


def first_come_order(
    applications: Sequence[Application], seed: str, fits: Pots
) -> tuple[list[Application], list[tuple[str, ...]]]:
    """By the legal day of completeness; a day that does not fit as a whole is drawn, and that draw is kept.

    Whether a day fits is judged on the ceilings as they stand after the days before it, by `fits`, which is used up on the way.
    """
    ordered: list[Application] = []
    draws: list[tuple[str, ...]] = []
    for _day, group in groupby(sorted(applications, key=_day_then_id), key=lambda item: item.complete_on):
        same_day = list(group)
        if len(same_day) > 1 and not _fit_together(same_day, fits):
            same_day = drawn_order(same_day, seed)
            draws.append(tuple(item.id for item in same_day))
        for item in same_day:
            fits.take(item.ceiling, min(item.amount.cents, fits.room(item.ceiling)))
        ordered += same_day
    return ordered, draws


def ranked_order(
    applications: Sequence[Application], rules: Rules, seed: str
) -> tuple[list[Application], dict[str, Fraction], Refusals, list[tuple[str, ...]]]:
    """Tender: weighted totals, high to low; below a minimum is refused; equal totals by the named criteria, then by lot."""
    marks = _Marks(applications, rules)
    refusals = {item.id: reasons for item in applications if (reasons := _below_minimum(item, rules, marks))}
    kept = [item for item in applications if item.id not in refusals]
    ordered: list[Application] = []
    draws: list[tuple[str, ...]] = []
    for _merit, group in groupby(sorted(kept, key=marks.merit, reverse=True), key=marks.merit):
        equal = drawn_order(list(group), seed)
        if len(equal) > 1:
            draws.append(tuple(item.id for item in equal))
        ordered += equal
    return ordered, {item.id: marks.total(item) for item in applications}, refusals, draws


class _Marks:
    """Scores and totals as whole numbers on one scale: as exact as the fractions they stand for, and much faster to compare."""

    def __init__(self, applications: Sequence[Application], rules: Rules) -> None:
        scores = {score.denominator for item in applications for score in item.scores.values()}
        lowest = {value.denominator for value in (rules.minimum_total, *(item.minimum for item in rules.criteria))}
        self._scale = lcm(*scores, *lowest)
        self._parts = lcm(*(item.weight.denominator for item in rules.criteria))
        self._weights = [(item.key, self._whole(item.weight, self._parts)) for item in rules.criteria]
        self._least = {item.key: self._whole(item.minimum, self._scale) for item in rules.criteria}
        self._ties = rules.tie_criteria
        self._points = {
            item.id: {key: self._whole(score, self._scale) for key, score in item.scores.items()} for item in applications
        }
        self._totals = {
            key: sum(weight * points.get(name, 0) for name, weight in self._weights) for key, points in self._points.items()
        }

    def total(self, item: Application) -> Fraction:
        """The weighted total."""
        return Fraction(self._totals[item.id], self._scale * self._parts)

    def merit(self, item: Application) -> tuple[int, ...]:
        """What decides the order: the total, then the criteria that decide equal totals."""
        points = self._points[item.id]
        return (self._totals[item.id], *(points.get(key, 0) for key in self._ties))

    def below(self, item: Application, criterion: Criterion) -> bool:
        """Whether a score that is given is lower than the minimum of its criterion."""
        return self._points[item.id][criterion.key] < self._least[criterion.key]

    def total_below(self, item: Application, minimum: Fraction) -> bool:
        """Whether the total is lower than the minimum."""
        return self._totals[item.id] < self._whole(minimum, self._scale) * self._parts

    @staticmethod
    def _whole(value: Fraction, scale: int) -> int:
        return value.numerator * (scale // value.denominator)


def _below_minimum(item: Application, rules: Rules, marks: _Marks) -> tuple[Reason, ...]:
    found = [
        Reason("no-score", f"Op “{criterion.called}” is geen cijfer gegeven.", facts={"criterion": criterion.key})
        if criterion.key not in item.scores
        else Reason(
            "below-criterion",
            f"Het cijfer op “{criterion.called}” is lager dan het minimum.",
            facts={"criterion": criterion.key, "score": item.scores[criterion.key], "minimum": criterion.minimum},
        )
        for criterion in rules.criteria
        if criterion.key not in item.scores or marks.below(item, criterion)
    ]
    if not found and marks.total_below(item, rules.minimum_total):
        facts = {"total": marks.total(item), "minimum": rules.minimum_total}
        found.append(Reason("below-total", "Het totaal is lager dan het minimum.", facts=facts))
    return tuple(found)


def _fit_together(same_day: Sequence[Application], pots: Pots) -> bool:
    needed: dict[str, int] = {}
    for item in same_day:
        for part in pots.chain(item.ceiling):
            needed[part] = needed.get(part, 0) + item.amount.cents
    return all(pots.left[part] >= cents for part, cents in needed.items())


_day_then_id: Callable[[Application], tuple[object, str]] = lambda item: (item.complete_on, item.id)  # noqa: E731 - a named key
