"""What a regulation asks of who applies (*lasten*): the questions and attachments at an amount, against a budget.

The budget: under 5,000 euros at most ten questions and one attachment, under 25,000 at most 25 questions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from vliegwiel.engines.rulebook.conditions import holds
from vliegwiel.engines.rulebook.parts import FactRule, QuestionRule, SchemeRules
from vliegwiel.kernel.money import Money

#: Up to which amount (exclusive) how many questions and attachments are at most asked; None: no limit.
BUDGET: Sequence[tuple[Money, int, int | None]] = ((Money.euros(5_000), 10, 1), (Money.euros(25_000), 25, None))


#: The step "who can take part, who is missing?" has so many questions.
INCLUSION_QUESTIONS = 3


@dataclass(frozen=True)
class Burden:
    """What is asked at most of who applies for less than `below`: questions of check and application together, and attachments."""

    below: Money
    questions: int
    attachments: int
    most_questions: int
    most_attachments: int | None

    @property
    def fits(self) -> bool:
        """Whether it stays within the budget."""
        return self.questions <= self.most_questions and (
            self.most_attachments is None or self.attachments <= self.most_attachments
        )


def burden_of(rules: SchemeRules) -> list[Burden]:
    """The burden per band of amounts that the regulation can grant. A question counts unless its condition cannot hold there."""
    found = []
    for below, questions, attachments in BUDGET:
        if rules.least >= below:
            continue
        asked = below - Money(1)
        facts = {rules.asked: min(asked, rules.most) if rules.most else asked} if rules.asked else {}
        asked_of: list[FactRule | QuestionRule] = [*rules.facts, *rules.questions]
        shown = [row for row in asked_of if row.show_if is None or holds(row.show_if, facts) is not False]
        files = sum(row.type == "file" for row in shown)
        step = INCLUSION_QUESTIONS if rules.inclusion else 0
        found.append(Burden(below, len(shown) - files + step, len(rules.documents) + files, questions, attachments))
    return found
