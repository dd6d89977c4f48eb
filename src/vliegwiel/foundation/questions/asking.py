"""One form on a page: questions as data, drawn and read, and the act that answers them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.answers import Reading, as_facts, missing, read
from vliegwiel.foundation.questions.drawn import Field, Problem, drawn, problems_of
from vliegwiel.foundation.questions.schema import Question
from vliegwiel.kernel.errors import NotNow, NotValid


@dataclass
class Asked:
    """What is asked and what came of it: `done` is the answer of the act, `problems` what stands in the way, with the fields as typed."""

    fields: list[Field]
    problems: list[Problem] = field(default_factory=list)
    done: Any = None


def ask(
    request: HttpRequest,
    name: str,
    questions: Sequence[Question],
    act: Callable[[dict[str, Any]], Any],
    *,
    before: Mapping[str, Any] | None = None,
) -> Asked:
    """Draw a form with what stood there `before`, or read it when `doe` says that it was sent, and act. What is refused stands above it,
    with all that was typed."""
    if request.method != "POST" or request.POST.get("doe") != name:
        return Asked(drawn(questions, before or {}))
    reading: Reading = read(questions, request.POST)
    lacks = [item for item in missing(questions, reading.values) if item.key not in reading.problems]
    empty = {item.key: _("Vul dit in: {text}").format(text=item.text) for item in lacks}
    reading = replace(reading, problems={**empty, **reading.problems})
    fields = drawn(questions, {}, reading=reading)
    if reading.problems:
        return Asked(fields, list(problems_of(fields)))
    try:
        return Asked(fields, done=act(as_facts(questions, reading.values)))
    except (NotValid, NotNow) as refusal:
        return Asked(fields, [Problem(text, "") for text in refusal.details or (refusal.message,)])
