"""What assessors found: who counts, who may see what when, how points become a total, and how strict each was."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from vliegwiel.engines.rulebook import SchemeRules
from vliegwiel.engines.rulebook.parts import CriterionRule
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.reading import once
from vliegwiel.support.grants.models import Application, Assessment, Assignment
from vliegwiel.support.grants.models.assessment import EndReason, Task

#: Points are kept in whole tenths: 85 is 8.5 on a scale from 0 to 10.
MOST = 100
#: From this difference in total between two assessors the page says so.
LARGE = Fraction(3, 2)


@dataclass(frozen=True)
class Scorecard:
    """The newest assessment of one assessor: scores per criterion (0 to 10) with reasons, the weighted total, outcome and amount."""

    assessor: str
    name: str
    revision: int
    scores: Mapping[str, Fraction]
    reasons: Mapping[str, str]
    total: Fraction
    outcome: str
    amount: Money | None
    motivation: str
    why: str
    at: datetime


def scale(points: int) -> Fraction:
    """Tenths as a score.

    >>> scale(85)
    Fraction(17, 2)
    """
    return Fraction(points, 10)


def weighted(scores: Mapping[str, Fraction], criteria: Sequence[CriterionRule]) -> Fraction:
    """The weighted total, on the same scale as the scores."""
    return sum((item.weight * scores.get(item.key, Fraction(0)) for item in criteria), Fraction(0))


def needed(rules: SchemeRules) -> int:
    """How many assessors must have scored, independently of each other; none for a scheme without criteria."""
    return rules.assessors if rules.criteria else 0


def counting(application: Application) -> list[Assignment]:
    """The assessors whose assessment counts: everyone but who left because of an interest."""
    found = application.assignments.filter(task=Task.ASSESSOR).exclude(ended_why__in=[EndReason.INTEREST, EndReason.HANDED_OVER])
    return once(("counting", application.pk), lambda: list(found.order_by("place", "pk")))


def cards_of(application: Application, rules: SchemeRules) -> list[Scorecard]:
    """The newest assessment of each assessor who counts."""
    every = once(("assessments", application.pk), lambda: list(application.assessments.order_by("revision")))
    newest = {item.assessor: item for item in every}
    return [as_card(newest[item.person], rules.criteria) for item in counting(application) if item.person in newest]


def all_in(application: Application, rules: SchemeRules) -> bool:
    """Whether every assessor has scored, and there are enough of them: from then on they see each other's."""
    counts = counting(application)
    return len(cards_of(application, rules)) >= max(needed(rules), len(counts))


def visible_to(actor: Actor, application: Application, rules: SchemeRules) -> list[Scorecard]:
    """What this person may see: their own at any time, that of others only once all are in."""
    cards = cards_of(application, rules)
    return cards if all_in(application, rules) else [card for card in cards if card.assessor == actor.id]


def together(cards: Sequence[Scorecard]) -> dict[str, Fraction]:
    """The score per criterion of all assessors together: the mean. A criterion that someone did not score is left out."""
    keys = [key for key in (cards[0].scores if cards else {}) if all(key in card.scores for card in cards)]
    return {key: sum((card.scores[key] for card in cards), Fraction(0)) / len(cards) for key in keys}


def apart(cards: Sequence[Scorecard]) -> Fraction:
    """How far the totals of the assessors lie apart."""
    totals = [card.total for card in cards]
    return max(totals) - min(totals) if len(totals) > 1 else Fraction(0)


@dataclass(frozen=True)
class Strictness:
    """How one assessor scored against who scored the same applications (*strengheid*): the mean difference of totals, over how many."""

    assessor: str
    name: str
    difference: Fraction
    applications: int


def strictness(files: Iterable[Sequence[Scorecard]]) -> list[Strictness]:
    """Per assessor the mean of (own total − mean total of the others on the same file), the strictest first. It corrects nothing: it is
    for the talk of the panel, as scores change only by who gave them."""
    differences: dict[str, list[Fraction]] = {}
    names: dict[str, str] = {}
    for cards in files:
        if len(cards) < 2:
            continue
        for card in cards:
            others = [other.total for other in cards if other.assessor != card.assessor]
            differences.setdefault(card.assessor, []).append(card.total - sum(others, Fraction(0)) / len(others))
            names[card.assessor] = card.name
    found = [Strictness(key, names[key], sum(rows, Fraction(0)) / len(rows), len(rows)) for key, rows in differences.items()]
    return sorted(found, key=lambda item: (item.difference, item.assessor))


def as_card(found: Assessment, criteria: Sequence[CriterionRule]) -> Scorecard:
    """An assessment with its total."""
    points = {key: scale(int(value["points"])) for key, value in found.scores.items()}
    return Scorecard(
        found.assessor,
        found.name,
        found.revision,
        points,
        {key: str(value["reason"]) for key, value in found.scores.items()},
        weighted(points, criteria),
        found.outcome,
        found.money,
        found.motivation,
        found.why,
        found.at,
    )
