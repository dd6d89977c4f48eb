"""A plan as another funder may read it: what it is, what it costs and who pays, without accounts, addresses and names of people."""

from dataclasses import dataclass

from vliegwiel.foundation.questions.public import Kind, told
from vliegwiel.support.grants import standing
from vliegwiel.support.grants.budget_plan import rows_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.rules import Row


@dataclass(frozen=True)
class PlanFacts:
    """The one plan of an application: the rows of its budget with the cover, and the answers about the plan as question and words."""

    rows: tuple[Row, ...]
    answers: tuple[tuple[str, str], ...]


def plan_of(name: str) -> PlanFacts:
    """The plan of an application by public id or number; what someone keeps to themselves stays out. Raises NotFound."""
    found = standing.find(name)
    draft = Draft(found)
    asked = [question for block in draft.form.blocks for question in block.questions if question.kind is not Kind.FILE]
    lines = told(asked, draft.known, whole=draft.form.whole)
    answers = tuple((line.question.text, line.words) for line in lines if line.question.key not in found.withheld)
    return PlanFacts(tuple(rows_of(found)), answers)
