"""The short step "who can take part, who is missing?" as questions: one part for desk, applications, initiatives and meeting places.

There is no score and nothing is required: it helps to think. Answers are plain values by key, kept by the room that asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from vliegwiel.catalogue.inclusion import InclusionGroup, inclusion
from vliegwiel.foundation.questions.answers import in_words, read
from vliegwiel.foundation.questions.drawn import Field, Told, drawn
from vliegwiel.foundation.questions.schema import Block, Kind, Option, Question
from vliegwiel.kernel.errors import NotValid

#: Keys of the answers: who can take part, which groups are missing, and what would help.
JOINS, GROUPS, MISSES = "meedoen", "ontbreekt", "mist"
_LONGEST = 1000


def inclusion_question(key: str, *, hint: str = "") -> Question:
    """One of the two open questions (JOINS or MISSES), for a form that asks it among others; `hint` goes before the usual one."""
    text, usual = inclusion().joins if key == JOINS else inclusion().misses
    return Question(key, Kind.LONG_TEXT, text, " ".join(part for part in (hint, usual) if part), longest=_LONGEST)


def inclusion_questions() -> tuple[Question, ...]:
    """The whole step: who can take part, which groups are missing, what would help."""
    groups = tuple(Option(group.key, group.name) for group in inclusion().groups)
    return (
        inclusion_question(JOINS),
        Question(GROUPS, Kind.MULTIPLE, inclusion().groups_text, options=groups),
        inclusion_question(MISSES),
    )


def inclusion_block() -> Block:
    """The step as a page of an application."""
    intro = _("Twee korte vragen die helpen. U krijgt er geen punten voor, en u mag ze leeg laten.")
    return Block("meedoen", _("Wie kan meedoen, wie ontbreekt?"), inclusion_questions(), intro)


def read_inclusion(form: QueryDict) -> dict[str, Any]:
    """What was filled in, without what was left empty. Raises NotValid for a text that is too long and for what is no choice."""
    reading = read(inclusion_questions(), form)
    for problem in reading.problems.values():
        raise NotValid(problem, code="inclusion")
    return {key: value for key, value in reading.values.items() if value}


@dataclass(frozen=True)
class InclusionPart:
    """The step on a page: its fields, what was answered, and tips; for `parts/inclusion.html` and `parts/inclusion_told.html`."""

    fields: list[Field]
    told: list[Told]
    tips: tuple[InclusionGroup, ...]


def inclusion_part(answers: Mapping[str, Any], *, typed: QueryDict | None = None) -> InclusionPart:
    """The step with what is known; its fields with what was just `typed` and could not be kept."""
    reading = read(inclusion_questions(), typed) if typed is not None else None
    return InclusionPart(
        drawn(inclusion_questions(), {} if reading else dict(answers), reading=reading),
        [
            Told(question, in_words(question, answers[question.key]))
            for question in inclusion_questions()
            if answers.get(question.key)
        ],
        inclusion().chosen(answers.get(GROUPS) or ()),
    )
