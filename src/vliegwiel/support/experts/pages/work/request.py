"""A request at work: who fits and why, who is willing, what was agreed, and how it went."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.catalogue.experts import experts
from vliegwiel.foundation.people.pages.logbook.words import ACTIONS
from vliegwiel.foundation.people.public import actor_of, to_sign_in
from vliegwiel.foundation.questions.public import whole_in
from vliegwiel.foundation.trail import queries as trail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid, Refusal
from vliegwiel.support.experts import queries
from vliegwiel.support.experts.actions.answer_request import invite_expert
from vliegwiel.support.experts.actions.assign_expert import assign_expert
from vliegwiel.support.experts.actions.book_hours import answer_more_hours
from vliegwiel.support.experts.actions.finish_request import HowItWent, finish_request, note_help
from vliegwiel.support.experts.actions.give_back import give_back_request
from vliegwiel.support.experts.actions.make_request import change_request, open_request, withdraw_request
from vliegwiel.support.experts.forms import wish_in
from vliegwiel.support.experts.lifecycle import REQUEST_MOVES, InterestState
from vliegwiel.support.experts.models import ExpertRequest, Helped
from vliegwiel.support.experts.standing import current, find, may_ask_for, may_move

_MOST = 30


ACTS: Mapping[str, Callable[[Actor, str, QueryDict], object]] = {
    "openen": lambda actor, name, form: open_request(actor=actor, request=name, wish=wish_in(form)),
    "wijzigen": lambda actor, name, form: change_request(actor=actor, request=name, wish=wish_in(form)),
    "intrekken": lambda actor, name, form: withdraw_request(actor=actor, request=name, why=form.get("waarom", "")),
    "uitnodigen": lambda actor, name, form: invite_expert(
        actor=actor, request=name, expert=form.get("wie", ""), text=form.get("tekst", "")
    ),
    "kiezen": lambda actor, name, form: assign_expert(
        actor=actor,
        request=name,
        expert=form.get("wie", ""),
        hours=whole_in(form, "uren"),
        despite=form.get("toch", ""),
    ),
    "meer-ja": lambda actor, name, form: answer_more_hours(
        actor=actor, request=name, more=form.get("meer", ""), granted=True, answer=form.get("antwoord", "")
    ),
    "meer-nee": lambda actor, name, form: answer_more_hours(
        actor=actor, request=name, more=form.get("meer", ""), granted=False, answer=form.get("antwoord", "")
    ),
    "terug": lambda actor, name, form: give_back_request(actor=actor, request=name, why=form.get("waarom", "")),
    "klaar": lambda actor, name, form: finish_request(actor=actor, request=name, said=form.get("tekst", "")),
    "hielp": lambda actor, name, form: note_help(
        actor=actor, request=name, went=HowItWent(form.get("helped", ""), form.get("again", ""), form.get("tekst", ""))
    ),
}


def request_page(request: HttpRequest, request_id: str) -> HttpResponse:
    """`/werk/deskundigen/verzoeken/<id>`."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    found = find(request_id)
    verdict = may_ask_for(actor, found)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    wrong: Refusal | None = None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("doe", ""))
        if act is None:
            raise NotValid(_("Kies wat u wilt doen."), code="no-act")
        try:
            act(actor, found.public_id, request.POST)
            return redirect("expert_request", request_id=found.public_id)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
        found = find(request_id)
    typed = {key.replace("-", "_"): value for key, value in request.POST.items()} if wrong else {}
    context = {**_context(actor, found), "wrong": wrong, "typed": typed}
    if wrong and "kan" in request.POST:
        context["chosen"] = request.POST.getlist("kan")
    return render(request, "support/experts/pages/work/request.html", context, status=400 if wrong else 200)


def _context(actor: Actor, found: ExpertRequest) -> dict[str, Any]:
    rules = experts()
    interests = list(found.interests.select_related("expert"))
    spoken = {interest.expert_id for interest in interests}
    judges = queries.judges_in(found.province)
    laid = queries.candidates_for(found) if found.state == "open" else []
    matches = {expert.pk: one for expert, one in laid}
    tasks = list(found.tasks.select_related("expert").prefetch_related("hours", "more", "answers"))
    now = current(found)
    return {
        "request_": found,
        "skill_names": queries.names_of(found.skills),
        "language_name": rules.languages.get(found.language, ""),
        "can": {key for key, move in REQUEST_MOVES.items() if found.stands in move.sources and may_move(actor, key, found)},
        "willing": [
            (item, matches.get(item.expert_id) or queries.match_of(item.expert, found), item.expert.person in judges)
            for item in interests
            if item.stands is InterestState.WILLING
        ],
        "others": [item for item in interests if item.stands is not InterestState.WILLING],
        "candidates": [
            (expert, one, expert.person in judges)
            for expert, one in laid
            if expert.pk not in spoken and expert.person != actor.id
        ][:_MOST],
        "tasks": [(task, [more for more in task.more.all() if more.granted is None]) for task in tasks],
        "now": now,
        "helped": now.answers.filter(side="initiative").exists() if now else False,
        "questions": rules.questions["initiative"],
        "said_choices": Helped.choices,
        "skills": rules.skills.values(),
        "languages": rules.languages.items(),
        "chosen": found.skills,
        "entries": [
            (entry, ACTIONS.get(entry.action, entry.action)) for entry in trail.entries(trail.Filter(object=found.public_id))[:40]
        ],
    }
