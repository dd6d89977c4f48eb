"""A page with questions: the plan, the facts and questions of the scheme, who asks."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.questions.public import (
    Difference,
    Kind,
    Question,
    Reading,
    differences,
    drawn,
    problems_of,
    read,
    shown,
)
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, Refusal
from vliegwiel.support.grants.actions.fill_in_application import fill_in_answers, fill_in_own
from vliegwiel.support.grants.content import answers_part, own_part, version_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.form import own_problems, own_values
from vliegwiel.support.grants.pages.apply.steps import FOLDER, context_of, onward
from vliegwiel.support.grants.standing import find


@dataclass
class Part:
    """One half of a page: the columns of the application itself, or the answers to the scheme, each with a version of its own."""

    own: bool
    questions: tuple[Question, ...]
    reading: Reading | None = None
    problem: str = ""
    texts: tuple[Difference, ...] = ()

    @property
    def field(self) -> str:
        """The name of the field that carries the version."""
        return "versie-eigen" if self.own else "versie"

    @property
    def keys(self) -> tuple[str, ...]:
        """The questions by key."""
        return tuple(question.key for question in self.questions)

    def version(self, draft: Draft) -> str:
        """The version of this half now."""
        part = own_part(draft.application, self.keys) if self.own else answers_part(draft.application, self.keys)
        return version_of(part)

    def there(self, draft: Draft) -> dict[str, Any]:
        """The answers that are kept now."""
        return own_values(draft.application) if self.own else dict(draft.known)

    def whole(self, draft: Draft) -> tuple[Question, ...]:
        """What a condition may look at."""
        return self.questions if self.own else draft.form.whole


def questions_page(request: HttpRequest, draft: Draft, step: str, actor: Actor) -> HttpResponse:
    """`/aanvragen/{id}/{step}`: read, keep what is right, say what is not."""
    parts, first = _parts(draft, step), draft
    if request.method == "POST":
        before = _there(draft, parts)
        for part in parts:
            _save(request, draft, step, part, actor)
        draft = Draft(find(draft.application.public_id))
        if not any(part.problem or part.texts or (part.reading and part.reading.problems) for part in parts):
            if "later" not in request.POST and (new := [key for key in _there(draft, parts) if key not in before]):
                return redirect(f"{request.path}?nieuw=ja#v-{new[0]}")
            return onward(request, first, draft, step, actor)
    fields = [field for part in parts for field in _fields(draft, part)]
    context = {
        **context_of(draft, step, actor),
        "fields": fields,
        "versions": [(part.field, part.version(draft)) for part in parts],
        "problems": [*problems_of(fields), *({"text": part.problem, "field": ""} for part in parts if part.problem)],
        "differences": [text for part in parts for text in part.texts],
        "new": "nieuw" in request.GET,
    }
    return render(request, f"{FOLDER}/questions.html", context)


def _parts(draft: Draft, step: str) -> list[Part]:
    own, scheme = draft.form.own.block(step), draft.form.block(step)
    asked = tuple(question for question in scheme.questions if question.kind is not Kind.FILE) if scheme else ()
    return [
        *([Part(True, own.questions)] if own else []),
        *([Part(False, asked)] if asked else []),
    ]


def _there(draft: Draft, parts: list[Part]) -> list[str]:
    """The questions that are on the page now."""
    return [question.key for part in parts for question in shown(part.questions, part.there(draft), part.whole(draft))]


def _save(request: HttpRequest, draft: Draft, step: str, part: Part, actor: Actor) -> None:
    """Keep what could be read; what could not stays in its field with a sentence beside it."""
    part.reading = read(part.questions, request.POST)
    values, problems = dict(part.reading.values), dict(part.reading.problems)
    if part.own:
        problems |= own_problems(values)
        values = {key: value for key, value in values.items() if key not in problems}
        part.reading = Reading(values, part.reading.typed, problems, part.reading.refused)
    name, version = draft.application.public_id, request.POST.get(part.field, "")
    try:
        if part.own:
            fill_in_own(actor=actor, application=name, block=step, version=version, answers=values)
        else:
            fill_in_answers(
                actor=actor, application=name, block=step, version=version, answers=values, refused=part.reading.refused
            )
    except NotAllowed:
        raise
    except Refusal as refusal:
        now = Draft(find(name))
        part.texts = tuple(differences(part.questions, part.there(now), values)) if refusal.code == "stale" else ()
        if isinstance(refusal, NotNow) and refusal.code != "stale":
            raise
        part.problem = _("Sla nog eens op: uw tekst is nog niet bewaard.") if part.texts else ""
        if not part.texts and refusal.code != "stale":
            part.problem = "; ".join(refusal.details) or refusal.message


def _fields(draft: Draft, part: Part) -> list[Any]:
    reading = part.reading if part.reading and (part.reading.problems or part.texts or part.problem) else None
    return drawn(
        part.questions,
        part.there(draft),
        whole=part.whole(draft),
        reading=reading,
        refused={} if part.own else draft.application.withheld,
    )
