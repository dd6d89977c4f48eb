"""A form as its template needs it: each question with its field, what was typed, what is wrong, and what belongs to it for a screen
reader."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.answers import REFUSED, Answers, Reading, in_words, shown
from vliegwiel.foundation.questions.schema import Kind, Question
from vliegwiel.foundation.questions.typed import as_typed
from vliegwiel.kernel.money import Money

#: From this many choices on they stand in a list that opens.
_LONG_LIST = 8


@dataclass(frozen=True)
class Choice:
    """A choice on screen."""

    id: str
    value: str
    name: str
    hint: str
    chosen: bool


@dataclass(frozen=True)
class KeptFile:
    """A file that was kept for a question: its name, where it opens, and in words what the scanner said."""

    name: str
    path: str
    words: str


@dataclass(frozen=True)
class Field:
    """A question on screen. `look` names the piece of template; `described_by` the ids of hint and error; `id` that of its first field."""

    question: Question
    look: str
    id: str
    value: str
    problem: str
    choices: tuple[Choice, ...]
    refusal: str
    described_by: str
    files: tuple[KeptFile, ...] = ()

    @property
    def refusal_name(self) -> str:
        """The name of the field in which someone says why they do not answer."""
        return f"{REFUSED}{self.question.key}"


@dataclass(frozen=True)
class Problem:
    """A line of the list of errors: the sentence, and the id of the field it leads to."""

    text: str
    field: str


@dataclass(frozen=True)
class Told:
    """A question with its answer in words, for who checks it; `refused` is the reason of who does not want to say."""

    question: Question
    words: str
    refused: str = ""


@dataclass(frozen=True)
class Difference:
    """Two texts of one answer: what stands here now, and what someone else had not seen yet and typed."""

    question: str
    there: str
    yours: str


def drawn(
    questions: Iterable[Question],
    answers: Answers,
    *,
    whole: Iterable[Question] | None = None,
    reading: Reading | None = None,
    refused: Mapping[str, str] | None = None,
    files: Mapping[str, Sequence[KeptFile]] | None = None,
) -> list[Field]:
    """The questions that are there with these answers, as fields. What was just typed goes before what was kept."""
    known = {**answers, **(reading.values if reading else {})}
    return [
        _field(question, known, reading, refused or {}, tuple((files or {}).get(question.key, ())))
        for question in shown(questions, known, whole)
    ]


def problems_of(fields: Iterable[Field]) -> list[Problem]:
    """The lines of the list of errors, in the order of the page."""
    return [Problem(field.problem, field.id) for field in fields if field.problem]


def told(
    questions: Iterable[Question],
    answers: Answers,
    *,
    whole: Iterable[Question] | None = None,
    refused: Mapping[str, str] | None = None,
) -> list[Told]:
    """Every question that is there with its answer in words."""
    why = refused or {}
    return [
        Told(question, in_words(question, answers.get(question.key)), why.get(question.key, ""))
        for question in shown(questions, answers, whole)
    ]


def differences(questions: Iterable[Question], there: Answers, yours: Answers) -> list[Difference]:
    """Where the answers that are kept and those that were typed differ: both texts, so that nobody loses anything."""
    return [
        Difference(question.text, in_words(question, there.get(question.key)), in_words(question, yours.get(question.key)))
        for question in questions
        if question.key in yours and there.get(question.key) != yours.get(question.key)
    ]


def _field(
    question: Question, answers: Answers, reading: Reading | None, refused: Mapping[str, str], files: tuple[KeptFile, ...]
) -> Field:
    name = f"v-{question.key}"
    typed = reading.typed.get(question.key) if reading else None
    problem = reading.problems.get(question.key, "") if reading else ""
    refusal = reading.refused.get(question.key, "") if reading else refused.get(question.key, "")
    chosen = set(typed) if typed is not None else _chosen(question, answers.get(question.key))
    described = [f"{name}-{part}" for part, there in (("uitleg", question.hint), ("fout", problem)) if there]
    return Field(
        question=question,
        look=_look(question),
        id=name,
        value=(typed[0] if typed else "") if typed is not None and problem else _written(question, answers.get(question.key)),
        problem=problem,
        choices=_choices(question, name, chosen),
        refusal=refusal,
        described_by=" ".join(described),
        files=files,
    )


def _look(question: Question) -> str:
    if question.kind is Kind.SINGLE:
        return "select" if len(question.options) >= _LONG_LIST else "radios"
    looks = {Kind.YES_NO: "radios", Kind.MULTIPLE: "boxes", Kind.SCALE: "scale", Kind.LONG_TEXT: "area", Kind.FILE: "file"}
    return looks.get(question.kind, "line")


def _written(question: Question, value: Any) -> str:
    if value is None or isinstance(value, list | bool):
        return ""
    if question.kind is Kind.AMOUNT:
        return as_typed(Money(value))
    return as_typed(date.fromisoformat(value)) if question.kind is Kind.DATE else as_typed(value)


def _chosen(question: Question, value: Any) -> set[str]:
    if value is None:
        return set()
    if question.kind is Kind.YES_NO:
        return {"ja" if value else "nee"}
    return {str(item) for item in value} if isinstance(value, list) else {str(value)}


def _choices(question: Question, name: str, chosen: set[str]) -> tuple[Choice, ...]:
    """The first choice has the id of the question itself, so that a link to the question finds it."""
    if question.kind is Kind.YES_NO:
        named = [("ja", _("Ja"), ""), ("nee", _("Nee"), "")]
    elif question.kind is Kind.SCALE:
        named = [(str(step), str(step), "") for step in range(question.low, question.high + 1)]
    elif question.kind in (Kind.SINGLE, Kind.MULTIPLE):
        named = [(option.key, option.name, option.hint) for option in question.options]
    else:
        return ()
    return tuple(
        Choice(f"{name}-{place}" if place else name, key, words, hint, key in chosen)
        for place, (key, words, hint) in enumerate(named)
    )
