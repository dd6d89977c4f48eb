"""Begin an application: what it asks, how long it takes, who reads it, and what was already begun."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Kind, Question, read
from vliegwiel.support.grants.actions.discard_application import draft_term
from vliegwiel.support.grants.actions.start_application import start_application
from vliegwiel.support.grants.drafts import applications_for
from vliegwiel.support.grants.form import ApplicationForm, form_of
from vliegwiel.support.grants.lifecycle import UNSENT
from vliegwiel.support.grants.pages.apply.steps import FOLDER
from vliegwiel.support.schemes.public import call_of, regulation_of


def start_page(request: HttpRequest, call: str) -> HttpResponse:
    """`/aanvragen/nieuw/{call}`: the answers of the check come along in the address and go on into the draft."""
    facts = call_of(call)
    form = form_of(regulation_of(facts.version))
    actor = signed_in(request)
    if request.method == "POST":
        if actor is None:
            return to_sign_in(request)
        draft = start_application(actor=actor, call=call, answers=_carried(request, form))
        return redirect("apply_step", application=draft.public_id, step="plan")
    context = {
        "kept_days": draft_term().kept.days,
        "call": facts,
        "rules": facts.rules,
        "carried": len(_carried(request, form)),
        "documents": facts.rules.documents,
        "questions": sum(len(block.questions) for block in form.blocks),
        "open": facts.state in ("announced", "open"),
        "begun": applications_for(actor).filter(call=call, state__in=[state.value for state in UNSENT]) if actor else [],
        "sign_in": actor is None,
    }
    return render(request, f"{FOLDER}/start.html", context)


def _carried(request: HttpRequest, form: ApplicationForm) -> dict[str, Any]:
    """The answers of the check, as plain values."""
    given = request.GET if request.method == "GET" else request.POST
    asked = [*form.facts, *(Question(key, Kind.AMOUNT, "") for key in (form.asked, form.costs) if key)]
    return {key: value for key, value in read(asked, given).values.items() if value is not None}
