"""What a changed regulation would have done with a past round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vliegwiel.engines.rulebook.evaluate import Evaluation
from vliegwiel.engines.rulebook.regulation import Regulation


@dataclass(frozen=True)
class Change:
    """An application whose outcome differs between two versions."""

    application: str
    before: Evaluation
    after: Evaluation


def simulate(
    before: Regulation, after: Regulation, round_facts: Mapping[str, Mapping[str, Any]], *, on: date, then: date
) -> list[Change]:
    """Evaluate every application of a round (id → facts) under both versions and give those whose verdict or amount changes.

    Questions that the new version does not ask are left out; new questions have no answer and so give unknown.
    """
    asked = {fact["key"] for fact in after.document["facts"]}
    changes = []
    for application, facts in sorted(round_facts.items()):
        old = before.evaluate(facts, on=on)
        new = after.evaluate({key: value for key, value in facts.items() if key in asked}, on=then)
        if (old.verdict.answer, old.most) != (new.verdict.answer, new.most):
            changes.append(Change(application, old, new))
    return changes
