"""An application filled in as a person would at the form, by the real actions: for the demo and for tests."""

from collections.abc import Mapping
from typing import Any

from vliegwiel.foundation.questions.public import Kind, Question, shown
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.fill_in_application import fill_in_answers, fill_in_budget, fill_in_own
from vliegwiel.support.grants.budget_plan import ASKED, COST, COVER, OWN
from vliegwiel.support.grants.content import answers_part, budget_part, own_part, version_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.rules import Row
from vliegwiel.support.grants.standing import find

#: An account number that passes the check digits and belongs to nobody.
ACCOUNT = "NL91ABNA0417164300"
_WORDS = "Wij doen dit samen met het hele dorp."


def a_budget(application: Application, asked: Money) -> list[Row]:
    """A budget that balances: what is asked, and a third of it of one's own."""
    kinds = Draft(application).rules.cost_kinds
    own = Money(asked.cents // 3)
    return [
        Row(COST, kinds[0] if kinds else "kosten", "Hout en stenen", asked + own),
        Row(COVER, OWN, "", own),
        Row(COVER, ASKED, "", asked),
    ]


def fill_in_costs(actor: Actor, name: str, asked: Money) -> None:
    """Fill in that budget for the draft with this public id."""
    rows = a_budget(find(name), asked)
    fill_in_budget(actor=actor, application=name, version=version_of(budget_part(find(name))), rows=rows)


def fill_in_block(actor: Actor, name: str, block: str, values: Mapping[str, Any]) -> None:
    """Fill in a block of the draft's own form (the plan, or who asks)."""
    found = find(name)
    asked = Draft(found).form.own.block(block)
    keys = tuple(question.key for question in asked.questions) if asked else ()
    version = version_of(own_part(found, keys))
    given = {key: value for key, value in values.items() if key in keys}
    fill_in_own(actor=actor, application=name, block=block, version=version, answers=given)


def answer_everything(actor: Actor, name: str, good: Mapping[str, Any]) -> None:
    """Answer every block of the scheme until nothing new is asked: an answer may bring up another question."""
    draft, before = Draft(find(name)), None
    while before != draft.application.answers:
        before = draft.application.answers
        for block in draft.form.blocks:
            values = {
                question.key: _answer(question, good)
                for question in shown(block.questions, draft.known, draft.form.whole)
                if question.kind is not Kind.FILE
            }
            if any(draft.application.answers.get(key) != value for key, value in values.items()):
                version = version_of(answers_part(draft.application, tuple(question.key for question in block.questions)))
                fill_in_answers(actor=actor, application=name, block=block.key, version=version, answers=values)
                draft = Draft(find(name))


def _answer(question: Question, good: Mapping[str, Any]) -> Any:
    if question.key in good:
        return good[question.key]
    plain = {Kind.YES_NO: True, Kind.NUMBER: 10, Kind.AMOUNT: 100_00, Kind.SCALE: question.low, Kind.DATE: "2026-12-01"}
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE):
        first = question.options[0].key
        return [first] if question.kind is Kind.MULTIPLE else first
    return plain.get(question.kind, _WORDS)
