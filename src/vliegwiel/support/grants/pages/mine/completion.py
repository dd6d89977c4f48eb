"""Complete an application: what was asked, by when, and everything in one go."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Problem, Question, drawn, problems_of, read
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, Refusal
from vliegwiel.support.grants.actions.attach_document import COMPLETION, attach_document
from vliegwiel.support.grants.actions.supply_completion import supply_completion
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.models import ClockEvent
from vliegwiel.support.grants.pages.visitors import readable
from vliegwiel.support.grants.readiness import documents_of
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.terms import events_of, items_of, open_request


def completion_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/mijn/aanvragen/{id}/aanvullen`: each file is kept at once; the term runs again when everything is sent."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    draft = Draft(readable(actor, application))
    asked = open_request(events_of(draft.application))
    if asked is None:
        return redirect("my_application", application=application)
    sent, context = asked_again(
        request,
        actor,
        draft,
        asked,
        lambda answers: supply_completion(
            actor=actor, application=application, text=request.POST.get("tekst", ""), answers=answers
        ),
    )
    if sent:
        return redirect("my_application", application=application)
    context["too_late"] = bool(asked.until and clock.today() > asked.until)
    return render(request, "support/grants/pages/mine/completion.html", context)


def asked_again(
    request: HttpRequest,
    actor: Actor,
    draft: Draft,
    asked: ClockEvent,
    send: Callable[[Mapping[str, Any]], object],
    fields_of: Mapping[str, str] = MappingProxyType({}),
) -> tuple[bool, dict[str, Any]]:
    """Read a form with what was asked again: each file is kept at once, then `send` gets the answers. Whether it was sent, and what the
    page shows otherwise; `fields_of` says by the code of a refusal at which field it stands."""
    application = draft.application.public_id
    uploads, questions = _uploads(draft, asked), _questions(draft, asked)
    reading = read(questions, request.POST) if request.method == "POST" else None
    wrong: list[Problem] = []
    if reading is not None:
        wrong = [Problem(text, f"v-{key}") for key, text in reading.problems.items()]
        for key, name in uploads:
            if upload := request.FILES.get(f"stuk-{key}"):
                try:
                    attach_document(actor=actor, application=application, key=key, upload=upload)
                except NotAllowed:
                    raise
                except Refusal as refusal:
                    wrong.append(Problem(f"{name}: {refusal.message}", f"stuk-{key}"))
        if not wrong:
            try:
                send(reading.values)
            except NotAllowed:
                raise
            except Refusal as refusal:
                wrong.append(Problem(refusal.message, fields_of.get(refusal.code, "tekst")))
            else:
                return True, {}
        draft = Draft(find(application))
    fields = drawn(questions, draft.application.answers, reading=reading)
    there = {paper.kind: paper for paper in draft.papers if paper.received_at >= asked.at}
    return False, {
        "application": draft.application,
        "asked": asked,
        "items": items_of(asked),
        "uploads": [
            (key, name, there.get(key), next((p.text for p in wrong if p.field == f"stuk-{key}"), "")) for key, name in uploads
        ],
        "fields": fields,
        "problems": wrong or problems_of(fields),
        "given": request.POST,
    }


def _uploads(draft: Draft, asked: ClockEvent) -> list[tuple[str, str]]:
    """The documents that were asked, and room for one more."""
    names = {item.key: item.name for item in documents_of(draft)}
    keys = [item["key"].removeprefix("document:") for item in items_of(asked)]
    return [(key, names[key]) for key in dict.fromkeys(keys) if key in names] + [(COMPLETION, "")]


def _questions(draft: Draft, asked: ClockEvent) -> list[Question]:
    """The questions that were asked again."""
    keys = {item["key"].removeprefix("question:") for item in items_of(asked) if item["key"].startswith("question:")}
    return [question for question in draft.form.whole if question.key in keys]
