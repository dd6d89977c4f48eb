"""A request as an expert sees it: whether it fits and why, I can do this, and the work when it is theirs."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from vliegwiel.catalogue.experts import experts
from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import day_in, minutes_in, whole_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid, Refusal
from vliegwiel.support.experts import queries
from vliegwiel.support.experts.actions.answer_request import Said, answer_invitation, offer_help, withdraw_help
from vliegwiel.support.experts.actions.book_hours import ask_more_hours, book_hours, correct_hours
from vliegwiel.support.experts.actions.finish_request import HowItWent, finish_request, tell_work
from vliegwiel.support.experts.actions.give_back import give_back_request
from vliegwiel.support.experts.lifecycle import REQUEST_MOVES
from vliegwiel.support.experts.models import ExpertRequest, Helped
from vliegwiel.support.experts.standing import current, expert_of, find, may_move, may_read


def _said(form: QueryDict) -> Said:
    conflict = {"ja": True, "nee": False}.get(form.get("belang", ""))
    return Said(form.get("tekst", ""), conflict, form.get("welk", ""))


ACTS: Mapping[str, Callable[[Actor, str, QueryDict], object]] = {
    "kan": lambda actor, name, form: offer_help(actor=actor, request=name, said=_said(form)),
    "kan-niet": lambda actor, name, form: withdraw_help(actor=actor, request=name, why=form.get("tekst", "")),
    "ja": lambda actor, name, form: answer_invitation(actor=actor, request=name, willing=True, said=_said(form)),
    "nee": lambda actor, name, form: answer_invitation(actor=actor, request=name, willing=False, said=_said(form)),
    "uren": lambda actor, name, form: book_hours(
        actor=actor,
        request=name,
        minutes=minutes_in(form.get("uren", "")),
        on=day_in(form, "dag"),
        what=form.get("wat", ""),
    ),
    "uren-fout": lambda actor, name, form: correct_hours(
        actor=actor, request=name, entry=whole_in(form, "regel"), why=form.get("waarom", "")
    ),
    "meer": lambda actor, name, form: ask_more_hours(
        actor=actor, request=name, hours=whole_in(form, "meer"), why=form.get("waarom", "")
    ),
    "terug": lambda actor, name, form: give_back_request(actor=actor, request=name, why=form.get("waarom", "")),
    "klaar": lambda actor, name, form: finish_request(actor=actor, request=name, said=form.get("tekst", "")),
    "hoe": lambda actor, name, form: tell_work(
        actor=actor, request=name, went=HowItWent(form.get("helped", ""), form.get("again", ""), form.get("tekst", ""))
    ),
}


@never_cache
def own_request(request: HttpRequest, request_id: str) -> HttpResponse:
    """`/mijn/deskundige/verzoeken/<id>`."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = find(request_id)
    _demand(actor, found)
    wrong: Refusal | None = None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("doe", ""))
        if act is None:
            raise NotValid(_("Kies wat u wilt doen."), code="no-act")
        try:
            act(actor, found.public_id, request.POST)
            return redirect("my_expert_request", request_id=found.public_id)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
        found = find(request_id)
    context = _context(actor, found)
    typed = {key.replace("-", "_"): value for key, value in request.POST.items()} if wrong else {}
    context |= {"wrong": wrong, "typed": typed}
    return render(request, "support/experts/pages/mine/request.html", context, status=400 if wrong else 200)


def _demand(actor: Actor, found: ExpertRequest) -> None:
    verdict = may_read(actor, found)
    if not verdict or expert_of(actor, found.province) is None:
        reason = verdict.reasons[0] if not verdict else None
        raise NotAllowed(reason.text if reason else _("Deze pagina is voor wie in de pool zit."), code="no-expert")


def _context(actor: Actor, found: ExpertRequest) -> dict[str, Any]:
    expert = expert_of(actor, found.province)
    task = found.tasks.filter(expert=expert).order_by("-pk").first()
    now = current(found)
    mine = task is not None and now is not None and now.pk == task.pk
    interest = found.interests.filter(expert=expert).first()
    moves = {key for key, move in REQUEST_MOVES.items() if found.stands in move.sources and may_move(actor, key, found)}
    return {
        "request_": found,
        "skills": queries.names_of(found.skills),
        "language_name": experts().languages.get(found.language, ""),
        "found": queries.match_of(expert, found) if expert is not None and found.state == "open" else None,
        "interest": interest,
        "task": task,
        "mine": mine,
        "hours": list(task.hours.select_related("corrected_by")) if task else [],
        "more": list(task.more.all()) if task else [],
        "waits": task is not None and task.more.filter(granted=None).exists(),
        "answer": task.answers.filter(side="expert").first() if task else None,
        "can": moves if mine or found.state == "open" else set(),
        "questions": experts().questions["expert"],
        "said_choices": Helped.choices,
        "today": clock.today(),
    }
