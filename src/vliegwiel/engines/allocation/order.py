"""In which order applications come: by day, by score, by lot. A lot is a hash of a published seed, so anyone can draw it again."""

import hashlib
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import groupby

from vliegwiel.engines.allocation.model import Application, Rules
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
    totals = {
        item.id: sum((c.weight * item.scores.get(c.key, Fraction(0)) for c in rules.criteria), Fraction(0))
        for item in applications
    }
    refusals = {item.id: reasons for item in applications if (reasons := _below_minimum(item, rules, totals[item.id]))}
    kept = [item for item in applications if item.id not in refusals]

    def merit(item: Application) -> tuple[Fraction, ...]:
        return (totals[item.id], *(item.scores.get(key, Fraction(0)) for key in rules.tie_criteria))

    ordered: list[Application] = []
    draws: list[tuple[str, ...]] = []
    for _merit, group in groupby(sorted(kept, key=merit, reverse=True), key=merit):
        equal = drawn_order(list(group), seed)
        if len(equal) > 1:
            draws.append(tuple(item.id for item in equal))
        ordered += equal
    return ordered, totals, refusals, draws


def _below_minimum(item: Application, rules: Rules, total: Fraction) -> tuple[Reason, ...]:
    found = [
        Reason("no-score", f"Op “{criterion.called}” is geen cijfer gegeven.", facts={"criterion": criterion.key})
        if criterion.key not in item.scores
        else Reason(
            "below-criterion",
            f"Het cijfer op “{criterion.called}” is lager dan het minimum.",
            facts={"criterion": criterion.key, "score": item.scores[criterion.key], "minimum": criterion.minimum},
        )
        for criterion in rules.criteria
        if criterion.key not in item.scores or item.scores[criterion.key] < criterion.minimum
    ]
    if not found and total < rules.minimum_total:
        found.append(
            Reason("below-total", "Het totaal is lager dan het minimum.", facts={"total": total, "minimum": rules.minimum_total})
        )
    return tuple(found)


def _fit_together(same_day: Sequence[Application], pots: Pots) -> bool:
    needed: dict[str, int] = {}
    for item in same_day:
        for part in pots.chain(item.ceiling):
            needed[part] = needed.get(part, 0) + item.amount.cents
    return all(pots.left[part] >= cents for part, cents in needed.items())


_day_then_id: Callable[[Application], tuple[object, str]] = lambda item: (item.complete_on, item.id)  # noqa: E731 - a named key
