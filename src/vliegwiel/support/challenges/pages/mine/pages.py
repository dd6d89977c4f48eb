"""One's own challenges: written, sent, answered when the authority asks, or withdrawn. An adviser uses the same pages on a question."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from vliegwiel.foundation.papers.public import papers_of
from vliegwiel.foundation.people.public import known_person, organisations_who_may, signed_in, to_sign_in
from vliegwiel.foundation.questions.public import money_or_none, whole_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid, Refusal
from vliegwiel.kernel.money import Money
from vliegwiel.support.challenges import queries
from vliegwiel.support.challenges.actions.write_challenge import (
    LONGEST,
    Told,
    add_to_challenge,
    discard_challenge,
    send_challenge,
    start_challenge,
    withdraw_challenge,
    write_challenge,
)
from vliegwiel.support.challenges.lifecycle import MOVES, State
from vliegwiel.support.challenges.models import Challenge
from vliegwiel.support.challenges.pages.public.pages import context_of
from vliegwiel.support.challenges.standing import ANSWERS, find, is_challenger, reference
from vliegwiel.support.challenges.terms import rules_on

_FOLDER = "support/challenges/pages/mine"


def told_in(form: QueryDict) -> Told:
    """What a form tells. Raises NotValid for what is no amount."""
    people = form.get("mensen", "").strip()
    return Told(
        organisation=form.get("overheid", ""),
        title=form.get("titel", ""),
        task=form.get("taak", ""),
        better=form.get("beter", ""),
        behind=form.get("wie", ""),
        people=whole_in(form, "mensen") if people else None,
        cost=money_or_none(form, "kosten"),
        cost_from=form.get("bron", ""),
        name=form.get("naam", ""),
        shows_name=form.get("naam-tonen") == "ja",
    )


ACTS: Mapping[str, Callable[[Actor, str, QueryDict], object]] = {
    "bewaren": lambda actor, name, form: write_challenge(actor=actor, challenge=name, told=told_in(form)),
    "versturen": lambda actor, name, _form: send_challenge(actor=actor, challenge=name),
    "weggooien": lambda actor, name, _form: discard_challenge(actor=actor, challenge=name),
    "antwoord": lambda actor, name, form: add_to_challenge(actor=actor, challenge=name, text=form.get("tekst", "")),
    "intrekken": lambda actor, name, form: withdraw_challenge(actor=actor, challenge=name, why=form.get("waarom", "")),
}


@never_cache
def my_challenges(request: HttpRequest) -> HttpResponse:
    """`/mijn/uitdagingen`."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    return render(request, f"{_FOLDER}/list.html", {"rows": queries.written_by(actor)[:100]})


@never_cache
def new_challenge(request: HttpRequest) -> HttpResponse:
    """`/mijn/uitdagingen/nieuw?vraag=`: a draft; with a question at the desk by its adviser."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    wrong: Refusal | None = None
    file = request.GET.get("vraag", "")[:12]
    if request.method == "POST":
        try:
            made = start_challenge(actor=actor, province=settings.VLIEGWIEL_PROVINCE, told=told_in(request.POST), enquiry=file)
            return redirect("my_challenge", challenge=made.public_id)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    known = known_person(actor.id)
    name = known.name if known and not file and known.name != known.email else ""
    given = request.POST if wrong else {"naam": name}
    context = {**_form(given), "wrong": wrong, "new": True}
    return render(request, f"{_FOLDER}/form.html", context, status=400 if wrong else 200)


@never_cache
def my_challenge(request: HttpRequest, challenge: str) -> HttpResponse:
    """`/mijn/uitdagingen/<id>`: a draft as a form, and after sending how it stands."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = find(challenge)
    verdict = is_challenger(actor, found)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code="not-own")
    wrong: Refusal | None = None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("doe", ""))
        if act is None:
            raise NotValid(_("Kies wat u wilt doen."), code="no-act")
        try:
            act(actor, found.public_id, request.POST)
            if request.POST.get("doe") == "weggooien":
                return redirect("my_challenges")
            return redirect("my_challenge", challenge=found.public_id)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
        found = find(challenge)
    if found.stands is State.DRAFT:
        given = request.POST if wrong and "taak" in request.POST else _given(found)
        rules = rules_on(found.organisation, clock.today())
        context: dict[str, Any] = {**_form(given), "challenge": found, "rules": rules, "wrong": wrong}
        return render(request, f"{_FOLDER}/form.html", context, status=400 if wrong else 200)
    papers = papers_of(reference(found)) if found.paper else []
    context = {
        **context_of(found),
        "events": list(found.events.all()),
        "can": {key for key, move in MOVES.items() if found.stands in move.sources},
        "papers": papers,
        "wrong": wrong,
        "typed": request.POST if wrong else {},
    }
    return render(request, f"{_FOLDER}/one.html", context, status=400 if wrong else 200)


def _form(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "authorities": organisations_who_may(ANSWERS, settings.VLIEGWIEL_PROVINCE),
        "given": given,
        "shows_name": given.get("naam-tonen") == "ja",
        "longest": LONGEST,
    }


def _given(found: Challenge) -> dict[str, Any]:
    return {
        "overheid": found.organisation,
        "titel": found.title,
        "taak": found.task,
        "beter": found.better,
        "wie": found.behind,
        "mensen": found.people or "",
        "kosten": Money(found.cents).dutch().removeprefix("€\u00a0") if found.cents is not None else "",
        "bron": found.cents_from,
        "naam": found.name,
        "naam-tonen": "ja" if found.shows_name else "",
    }
