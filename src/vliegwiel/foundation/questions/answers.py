"""Answers: read from a form, kept as plain JSON values, handed to the rulebook, and told in words."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from vliegwiel.engines.rulebook.conditions import holds
from vliegwiel.foundation.design.dutch import day, number
from vliegwiel.foundation.questions.schema import Kind, Question
from vliegwiel.foundation.questions.typed import amount_of, date_of, number_of
from vliegwiel.kernel.money import Money

Answers = Mapping[str, Any]
#: In the names of fields: who does not want to say, and why.
REFUSED = "niet-"
_MOST_SIGNS_TYPED = 20_000


@dataclass(frozen=True)
class Reading:
    """What came in with a form: the values that could be read (None where the field was emptied), the text as it was typed, what is
    wrong per question, and the reasons of who does not want to answer (Awb 4:3)."""

    values: Mapping[str, Any]
    typed: Mapping[str, list[str]]
    problems: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


def read(questions: Iterable[Question], data: MultiValueDict[str, str]) -> Reading:
    """Read the answers to these questions from a form. A field that was not sent at all is left out, an empty one is None."""
    values: dict[str, Any] = {}
    typed: dict[str, list[str]] = {}
    problems: dict[str, str] = {}
    refused: dict[str, str] = {}
    for question in questions:
        if question.kind is Kind.FILE:
            continue
        given = [text[:_MOST_SIGNS_TYPED] for text in data.getlist(question.key)]
        choosing = question.kind in (Kind.MULTIPLE, Kind.SINGLE, Kind.YES_NO, Kind.SCALE)
        if not given and not choosing:
            continue
        typed[question.key] = given
        value, problem = value_of(question, given)
        if problem:
            problems[question.key] = problem
        else:
            values[question.key] = value
        reason = data.get(f"{REFUSED}{question.key}", "").strip()
        if question.may_refuse:
            refused[question.key] = reason[:500] if value is None and not problem else ""
    return Reading(values, typed, problems, refused)


def value_of(question: Question, given: list[str]) -> tuple[Any, str]:
    """The value of an answer as it was typed, or what is wrong with it in one Dutch sentence."""
    first = given[0].strip() if given else ""
    if question.kind is Kind.MULTIPLE:
        keys = {option.key for option in question.options}
        chosen = [key for key in dict.fromkeys(given) if key]
        return (None, _("Kies uit de lijst.")) if set(chosen) - keys else (chosen or None, "")
    if not first:
        return None, ""
    if question.kind in (Kind.TEXT, Kind.LONG_TEXT):
        text = first if question.kind is Kind.LONG_TEXT else " ".join(first.split())
        if len(text) > question.most_signs:
            more = len(text) - question.most_signs
            most = number(question.most_signs)
            return None, _("Maak uw antwoord {more} tekens korter. Er passen {most} tekens in.").format(more=more, most=most)
        return text, ""
    return _read_one(question, first)


def _read_one(question: Question, text: str) -> tuple[Any, str]:
    if question.kind is Kind.YES_NO:
        return {"ja": (True, ""), "nee": (False, "")}.get(text, (None, _("Kies ja of nee.")))
    if question.kind is Kind.SINGLE:
        return (text, "") if any(option.key == text for option in question.options) else (None, _("Kies uit de lijst."))
    if question.kind is Kind.SCALE:
        fits = text.isdecimal() and question.low <= int(text) <= question.high
        scale = _("Kies een cijfer van {low} tot en met {high}.").format(low=question.low, high=question.high)
        return (int(text), "") if fits else (None, scale)
    if question.kind is Kind.AMOUNT:
        money = amount_of(text)
        return (money.cents, "") if money else (None, _("Schrijf het bedrag in cijfers, bijvoorbeeld 6.000 of 6.000,50."))
    if question.kind is Kind.DATE:
        found = date_of(text)
        return (found.isoformat(), "") if found else (None, _("Schrijf de datum zo: 16-3-2026."))
    value = number_of(text)
    return (value, "") if value is not None else (None, _("Gebruik alleen cijfers, bijvoorbeeld 12."))


def fits(question: Question, value: Any) -> bool:
    """Whether a plain value is an answer to this question: for who hands in values instead of a form."""
    if value is None:
        return True
    if question.kind is Kind.MULTIPLE:
        return isinstance(value, list) and value_of(question, [str(item) for item in value])[1] == ""
    if question.kind in (Kind.YES_NO, Kind.FILE):
        return question.kind is Kind.YES_NO and isinstance(value, bool)
    if question.kind in (Kind.SCALE, Kind.AMOUNT, Kind.NUMBER):
        numeric = isinstance(value, int | float) and not isinstance(value, bool)
        whole = question.kind is Kind.NUMBER or (isinstance(value, int) and value >= 0)
        return numeric and whole and (question.kind is not Kind.SCALE or question.low <= value <= question.high)
    return isinstance(value, str) and value_of(question, [value])[1] == ""


def as_facts(questions: Iterable[Question], answers: Answers) -> dict[str, Any]:
    """The answers in the kinds of the rulebook: amounts as Money, dates as dates; without what was not answered."""
    found: dict[str, Any] = {}
    for question in questions:
        value = answers.get(question.key)
        if value is None:
            continue
        if question.kind is Kind.AMOUNT:
            found[question.key] = Money(value)
        elif question.kind is Kind.DATE:
            found[question.key] = date.fromisoformat(value)
        else:
            found[question.key] = value
    return found


def shown(questions: Iterable[Question], answers: Answers, whole: Iterable[Question] | None = None) -> list[Question]:
    """The questions that are there with these answers: without a condition, or with one that holds. Unknown is not there yet.

    `whole` is the form they are part of, when a condition may look at other blocks. A question hangs on what is itself there: what nobody
    sees any more shows nothing either. With fewer answers a condition can only become unknown, so this comes to rest.
    """
    wanted = list(questions)
    form = wanted if whole is None else list(whole)
    there = list(form)
    while True:
        facts = as_facts(there, answers)
        now = [question for question in form if question.show_if is None or holds(question.show_if, facts) is True]
        if now == there:
            keys = {question.key for question in now}
            return [question for question in wanted if question.key in keys]
        there = now


def kept(whole: Iterable[Question], answers: Answers) -> dict[str, Any]:
    """The answers without those to questions that are not asked (any more): what we do not need we do not keep."""
    there = {question.key for question in shown(whole, answers)}
    return {key: value for key, value in answers.items() if key in there and value is not None}


def missing(
    questions: Iterable[Question], answers: Answers, *, whole: Iterable[Question] | None = None, refused: Container[str] = ()
) -> list[Question]:
    """The questions that must be answered and are not; files are counted by who keeps them."""
    return [
        question
        for question in shown(questions, answers, whole)
        if question.required
        and question.kind is not Kind.FILE
        and answers.get(question.key) is None
        and question.key not in refused
    ]


def in_words(question: Question, value: Any) -> str:
    """An answer as a person reads it; empty without one.

    >>> in_words(Question("a", Kind.AMOUNT, "Hoeveel?"), 600050)
    '€\\xa06.000,50'
    """
    if value is None:
        return ""
    if question.kind is Kind.YES_NO:
        return str(_("Ja") if value else _("Nee"))
    names = {option.key: option.name for option in question.options}
    if question.kind is Kind.SINGLE:
        return names.get(str(value), str(value))
    if question.kind is Kind.MULTIPLE:
        return ", ".join(names.get(str(key), str(key)) for key in value)
    if question.kind is Kind.AMOUNT:
        return Money(value).dutch()
    if question.kind is Kind.DATE:
        return day(date.fromisoformat(value), "full")
    if question.kind in (Kind.NUMBER, Kind.SCALE):
        return number(value, 0 if float(value).is_integer() else 2)
    return str(value)
