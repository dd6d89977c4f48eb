"""The two-minute check as steps: one question or one short block at a time, all answers in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from vliegwiel.engines.rulebook.parts import FactRule, SchemeRules
from vliegwiel.foundation.questions.public import Kind, Option, Question, as_facts, read, shown

_KINDS = {
    "yes_no": Kind.YES_NO,
    "number": Kind.NUMBER,
    "money": Kind.AMOUNT,
    "date": Kind.DATE,
    "choice": Kind.SINGLE,
    "choices": Kind.MULTIPLE,
}
#: Names in the address that are no answers: what someone does not know, the step on screen, the furthest step, when it began.
UNKNOWN, STEP, FURTHEST, SINCE = "weet-niet", "stap", "ver", "sinds"
_OWN = (UNKNOWN, STEP, FURTHEST, SINCE)


@dataclass(frozen=True)
class Step:
    """Questions on one screen; `key` is that of the first, `title` the name of the block (empty for one question)."""

    key: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Answers:
    """The answers that an address holds: as typed values, and which questions someone said not to know."""

    values: Mapping[str, Any]
    unknown: frozenset[str]
    data: QueryDict

    def answered(self, question: Question) -> bool:
        """Whether this question was answered or passed."""
        return question.key in self.unknown or self.values.get(question.key) is not None


def question_of(fact: FactRule) -> Question:
    """A fact of the regulation as a question on screen."""
    return Question(
        key=fact.key,
        kind=_KINDS[fact.type],
        text=fact.question,
        hint=fact.help,
        required=True,
        options=tuple(Option(option.key, option.name) for option in fact.options),
        show_if=fact.show_if,
        purpose=fact.purpose,
        basis=fact.basis,
    )


def questions_of(rules: SchemeRules) -> list[Question]:
    """The questions of the check in order."""
    return [question_of(fact) for fact in rules.facts]


def steps_of(rules: SchemeRules) -> list[Step]:
    """The questions grouped: what has the same block and stands together is one step."""
    found: list[tuple[str, list[Question]]] = []
    for fact in rules.facts:
        if fact.block and found and found[-1][0] == fact.block:
            found[-1][1].append(question_of(fact))
        else:
            found.append((fact.block, [question_of(fact)]))
    return [Step(questions[0].key, title, tuple(questions)) for title, questions in found]


def answers_in(rules: SchemeRules, data: QueryDict) -> Answers:
    """What an address says; what cannot be read is left out, so that an old link still works."""
    reading = read(questions_of(rules), data)
    values = {key: value for key, value in reading.values.items() if value is not None and key not in reading.problems}
    known = {fact.key for fact in rules.facts}
    return Answers(values, frozenset(data.getlist(UNKNOWN)) & known - set(values), data)


def there(rules: SchemeRules, answers: Answers) -> list[Step]:
    """The steps that are asked with these answers, each with only the questions that are asked."""
    questions = questions_of(rules)
    keys = {question.key for question in shown(questions, answers.values)}
    steps = []
    for step in steps_of(rules):
        asked = tuple(question for question in step.questions if question.key in keys)
        if asked:
            steps.append(Step(step.key, step.title, asked))
    return steps


def next_step(steps: Sequence[Step], answers: Answers) -> int | None:
    """The place of the first step that still has an open question; None when all were answered."""
    open_steps = (place for place, step in enumerate(steps) if not all(answers.answered(question) for question in step.questions))
    return next(open_steps, None)


def facts_of_answers(rules: SchemeRules, answers: Answers) -> dict[str, Any]:
    """The answers in the kinds of the rulebook, without those to questions that are not asked (any more)."""
    asked = [question for step in there(rules, answers) for question in step.questions]
    return as_facts(asked, answers.values)


def address(data: QueryDict, **own: object) -> str:
    """The answers as the end of an address; `own` sets the names that are no answers, None takes one away."""
    pairs = [(key, value) for key, values in data.lists() for value in values if key not in _OWN and value]
    pairs += [(UNKNOWN, value) for value in data.getlist(UNKNOWN)]
    kept = {name: data.get(name) for name in (FURTHEST, SINCE) if data.get(name)} | own
    pairs += [(name, str(value)) for name, value in kept.items() if value is not None]
    return f"?{urlencode(pairs)}" if pairs else ""


def only_answers(data: QueryDict, keys: Sequence[str]) -> str:
    """Only the answers to these questions, to take along to another page."""
    pairs = [(key, value) for key in keys for value in data.getlist(key) if value]
    return f"?{urlencode(pairs)}" if pairs else ""


def step_words(step: Step) -> str:
    """What a step is called in a list of counts."""
    return step.title or step.questions[0].text or _("Vraag")
