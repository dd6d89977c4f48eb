"""`/werk/uitdagingen/<id>`: the file of a challenge for the authority; a form on it does one act and comes back here."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.catalogue.challenges import challenges
from vliegwiel.foundation.papers.public import papers_of
from vliegwiel.foundation.people.pages.logbook.words import ACTIONS
from vliegwiel.foundation.people.public import actor_of, organisations_who_may, to_sign_in
from vliegwiel.foundation.questions.public import day_in
from vliegwiel.foundation.trail import queries as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid, Refusal
from vliegwiel.support.challenges.actions.answer_challenge import (
    agree_challenge,
    end_challenge,
    refuse_challenge,
    try_challenge,
)
from vliegwiel.support.challenges.actions.judge_challenge import (
    Judged,
    ask_challengers,
    extend_challenge,
    forward_challenge,
    grounds_for,
    judge_challenge,
    show_challenge,
)
from vliegwiel.support.challenges.actions.talk_about_it import plan_talk, report_talk, weigh_challenge
from vliegwiel.support.challenges.lifecycle import MOVES, Side
from vliegwiel.support.challenges.models import Challenge
from vliegwiel.support.challenges.pages.public.pages import context_of
from vliegwiel.support.challenges.standing import ANSWERS, find, may_answer, reference

Act = Callable[[Actor, str, HttpRequest], object]


def _judge(actor: Actor, name: str, request: HttpRequest) -> object:
    form = request.POST
    answers = {key: form.get(f"grond-{key}", "") for key in challenges().grounds}
    judged = {
        key: Judged(answer == "ja", form.get(f"reden-{key}", "")) for key, answer in answers.items() if answer in ("ja", "nee")
    }
    return judge_challenge(actor=actor, challenge=name, judged=judged)


def _agree(actor: Actor, name: str, request: HttpRequest) -> object:
    upload = request.FILES.get("afspraak")
    if upload is None:
        raise NotValid(_("Voeg de getekende afspraak toe, als PDF."), code="no-file")
    form = request.POST
    return agree_challenge(
        actor=actor,
        challenge=name,
        agreed_on=day_in(form, "dag"),
        upload=upload,
        reasons=form.get("redenen", ""),
        way_back=form.get("terug", ""),
    )


ACTS: Mapping[str, Act] = {
    "tonen": lambda actor, name, _request: show_challenge(actor=actor, challenge=name, shown=True),
    "verbergen": lambda actor, name, _request: show_challenge(actor=actor, challenge=name, shown=False),
    "doorsturen": lambda actor, name, request: forward_challenge(
        actor=actor, challenge=name, organisation=request.POST.get("naar", ""), why=request.POST.get("waarom", "")
    ),
    "vragen": lambda actor, name, request: ask_challengers(actor=actor, challenge=name, text=request.POST.get("tekst", "")),
    "later": lambda actor, name, request: extend_challenge(
        actor=actor, challenge=name, until=day_in(request.POST, "dag"), why=request.POST.get("waarom", "")
    ),
    "gronden": _judge,
    "gesprek": lambda actor, name, request: plan_talk(
        actor=actor,
        challenge=name,
        kind=request.POST.get("soort", ""),
        on=day_in(request.POST, "dag"),
        about=request.POST.get("waarover", ""),
    ),
    "verslag": lambda actor, name, request: report_talk(
        actor=actor, challenge=name, talk=request.POST.get("gesprek", ""), outcome=request.POST.get("tekst", "")
    ),
    "afwegen": lambda actor, name, request: weigh_challenge(
        actor=actor, challenge=name, what=request.POST.get("wat", ""), text=request.POST.get("tekst", "")
    ),
    "proef": lambda actor, name, request: try_challenge(
        actor=actor,
        challenge=name,
        until=day_in(request.POST, "dag"),
        reasons=request.POST.get("redenen", ""),
        way_back=request.POST.get("terug", ""),
    ),
    "afspraak": _agree,
    "afwijzen": lambda actor, name, request: refuse_challenge(
        actor=actor, challenge=name, reasons=request.POST.get("redenen", "")
    ),
    "stoppen": lambda actor, name, request: end_challenge(actor=actor, challenge=name, why=request.POST.get("waarom", "")),
}


def work_page(request: HttpRequest, challenge: str) -> HttpResponse:
    """The file; for who answers for the authority."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    found = find(challenge)
    verdict = may_answer(actor, found)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    wrong: Refusal | None = None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("doe", ""))
        if act is None:
            raise NotValid(_("Kies wat u wilt doen."), code="no-act")
        try:
            act(actor, found.public_id, request)
            done = find(challenge)
            return redirect("work_challenge", challenge=challenge) if may_answer(actor, done) else redirect("work_challenges")
        except (NotValid, NotNow) as refusal:
            wrong = refusal
        found = find(challenge)
    typed = {key.replace("-", "_"): value for key, value in request.POST.items()} if wrong else {}
    context = {**_context(found), "wrong": wrong, "typed": typed}
    return render(request, "support/challenges/pages/work/one.html", context, status=400 if wrong else 200)


def _context(found: Challenge) -> dict[str, Any]:
    data = challenges()
    others = [pair for pair in organisations_who_may(ANSWERS, found.province) if pair[0] != found.organisation]
    weighed = {row.what: row.text for row in found.weighings.all()}
    return {
        **context_of(found),
        "can": {key for key, move in MOVES.items() if move.side is Side.AUTHORITY and found.stands in move.sources},
        "to_judge": [data.grounds[key] for key in grounds_for(found)],
        "checks": [(check, weighed.get(key, "")) for key, check in data.checks.items()],
        "weighed": set(weighed) == set(data.checks),
        "kinds": data.steps.items(),
        "others": others,
        "events": list(found.events.all()),
        "papers": papers_of(reference(found)) if found.paper else [],
        "entries": [
            (entry, ACTIONS.get(entry.action, entry.action)) for entry in trail.entries(trail.Filter(object=found.public_id))[:40]
        ],
    }
