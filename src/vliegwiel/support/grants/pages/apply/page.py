"""One address for every page of a draft; each kind of page has a module of its own."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models.application import Channel
from vliegwiel.support.grants.pages.apply.budget import budget_page
from vliegwiel.support.grants.pages.apply.documents import documents_page
from vliegwiel.support.grants.pages.apply.questions import questions_page
from vliegwiel.support.grants.pages.apply.review import review_page, sign_page
from vliegwiel.support.grants.pages.apply.steps import REVIEW, demand_step
from vliegwiel.support.grants.pages.apply.together import together_page
from vliegwiel.support.grants.pages.visitors import readable
from vliegwiel.support.grants.readiness import BUDGET, DOCUMENTS, TOGETHER

Page = Callable[[HttpRequest, Draft, str, Actor], HttpResponse]
_PAGES: dict[str, Page] = {BUDGET: budget_page, DOCUMENTS: documents_page, TOGETHER: together_page, REVIEW: review_page}


def step_page(request: HttpRequest, application: str, step: str) -> HttpResponse:
    """`/aanvragen/{id}/{step}`: a page of a draft. What is being signed or was sent is not changed here."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    draft = Draft(readable(actor, application))
    demand_step(draft, step)
    if draft.application.stands is State.SIGNING:
        return redirect("apply_sign", application=application)
    if draft.application.stands is not State.DRAFT:
        return redirect("my_application", application=application)
    if step == REVIEW and draft.application.channel != Channel.WEB:
        return redirect("enter_register", application=application)
    return _PAGES.get(step, questions_page)(request, draft, step, actor)


def signing_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/aanvragen/{id}/ondertekenen`."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    draft = Draft(readable(actor, application))
    if draft.application.stands not in (State.DRAFT, State.SIGNING):
        return redirect("my_application", application=application)
    return sign_page(request, draft, actor)
