"""One form on a page of its own: questions as data, drawn and read by `foundation/questions`, and an act that answers them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.public import Kind, Problem, Question, Reading, as_facts, drawn, missing, problems_of, read
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.ids import public_id


@dataclass(frozen=True)
class Asked:
    """A form: its title, one sentence above it, its questions, the word on its button, and the pages above it as (name, address).

    `given` holds what stands in it at first; `notes` are lines that the person must know before they do this;
    `in_columns` lays short choices side by side.
    """

    title: str
    questions: Sequence[Question]
    button: str
    above: Sequence[tuple[str, str]]
    lead: str = ""
    notes: Sequence[str] = ()
    given: Mapping[str, Any] = field(default_factory=dict)
    in_columns: bool = False
    made_up: bool = False


def ask(request: HttpRequest, asked: Asked, act: Callable[[dict[str, Any], str], str]) -> HttpResponse:
    """Show the form, or read it and act. `act` gets the answers (Money, date, text, keys) and the key of this form, so that a form that
    is sent twice counts once; it returns the address to go to. What it refuses stands above the form, with all that was typed."""
    reading: Reading | None = None
    problems: list[Problem] = []
    key = request.POST.get("formulier", "")[:12] or public_id()
    if request.method == "POST":
        reading = read(asked.questions, request.POST)
        empty = {question.key: _("Vul dit in: {text}").format(text=question.text) for question in _missing(asked, reading)}
        reading = replace(reading, problems={**empty, **reading.problems})
        if not reading.problems:
            try:
                return redirect(act(as_facts(asked.questions, reading.values), key))
            except (NotValid, NotNow) as refusal:
                problems = [Problem(text, "") for text in refusal.details or (refusal.message,)]
    fields = drawn(asked.questions, asked.given, reading=reading)
    context = {"asked": asked, "fields": fields, "problems": [*problems_of(fields), *problems], "key": key}
    return render(request, "foundation/budgets/pages/asking.html", context)


def _missing(asked: Asked, reading: Reading) -> list[Question]:
    return [question for question in missing(asked.questions, reading.values) if question.key not in reading.problems]


def amount(text: str = "") -> Question:
    """The question for an amount that must be given."""
    return Question("bedrag", Kind.AMOUNT, text or _("Bedrag"), required=True)
