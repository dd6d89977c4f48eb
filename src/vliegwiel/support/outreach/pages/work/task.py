"""Asking for a task from a row of the list, and the task itself: quick to use on a phone, on the way."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vliegwiel.catalogue.inclusion import inclusion
from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.people.public import Subject, actor_of, colleagues, demand, may, to_sign_in
from vliegwiel.foundation.questions.public import day_in, day_or_none, whole_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid, Refusal
from vliegwiel.support.outreach.actions.ask_outreach import OutreachWish, ask_outreach, pass_outreach
from vliegwiel.support.outreach.actions.do_outreach import link_result, note_contact, stop_outreach, take_outreach
from vliegwiel.support.outreach.lifecycle import ASK, DO, MOVES
from vliegwiel.support.outreach.models import ContactMoment, OutreachPartner, OutreachTask
from vliegwiel.support.outreach.reach import reach_of
from vliegwiel.support.outreach.standing import task_for

_FOLDER = "support/outreach/pages/work"


@require_http_methods(["GET", "POST"])
def ask_page(request: HttpRequest, area: str) -> HttpResponse:
    """`/werk/bereik/vraag/<buurtcode>`: who goes there, for what, by when, and with whom."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    province = actor.province or str(settings.VLIEGWIEL_PROVINCE)
    found = reach_of(province, area[:12])
    if found is None:
        raise NotFound(_("Deze buurt staat niet op de lijst."), nearest=((_("Waar niemand iets vroeg"), "/werk/bereik"),))
    where = Subject(province=province, municipality=found.municipality)
    demand(actor, ASK, where)
    wrong: Refusal | None = None
    if request.method == "POST":
        form = request.POST
        try:
            wish = OutreachWish(
                found.code,
                form.get("wie", ""),
                day_or_none(form, "dag"),
                form.get("thema", ""),
                form.getlist("groep"),
                form.get("partner", ""),
                form.get("wens", ""),
            )
            return redirect("outreach_task", task=ask_outreach(actor=actor, province=province, wish=wish).public_id)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    context = {
        "area": found,
        "pressing": [themes()[key] for key in found.themes],
        "advisers": colleagues([DO], where),
        "partners": OutreachPartner.objects.filter(province=province, ended_on=None),
        "groups": inclusion().groups,
        "ticked": request.POST.getlist("groep"),
        "wrong": wrong,
        "typed": request.POST if wrong else {},
        "made_up": found.made_up,
    }
    return render(request, f"{_FOLDER}/ask.html", context, status=400 if wrong else 200)


@require_http_methods(["GET", "POST"])
def task_page(request: HttpRequest, task: str) -> HttpResponse:
    """`/werk/bereik/<id>`: a form on it does one act and comes back here."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    found = task_for(actor, task[:12])
    wrong: Refusal | None = None
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("doe", ""))
        if act is None:
            raise NotValid(_("Kies wat u wilt doen."), code="no-act")
        try:
            act(actor, found, request.POST)
            return redirect("outreach_task", task=found.public_id)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    where = Subject(province=found.province, municipality=found.municipality)
    can = {
        key
        for key, move in MOVES.items()
        if found.stands in move.sources
        and may(actor, move.verb, where)
        and (move.verb != DO or actor.organisation == found.organisation)
    }
    context: dict[str, Any] = {
        "task": found,
        "theme": themes()[found.theme].name if found.theme in themes() else "",
        "groups": inclusion().chosen(found.groups),
        "moments": list(found.moments.all()),
        "hows": ContactMoment.How.choices,
        "can": can,
        "goes": bool(may(actor, DO, where)) and actor.organisation == found.organisation,
        "advisers": [item for item in colleagues([DO], where) if item.id != found.adviser] if "pass-outreach" in can else [],
        "today": clock.today(),
        "wrong": wrong,
        "typed": request.POST if wrong else {},
        "made_up": found.made_up,
    }
    return render(request, f"{_FOLDER}/task.html", context, status=400 if wrong else 200)


def _take(actor: Actor, found: OutreachTask, form: QueryDict) -> object:
    return take_outreach(actor=actor, task=found.public_id)


def _pass(actor: Actor, found: OutreachTask, form: QueryDict) -> object:
    return pass_outreach(actor=actor, task=found.public_id, person=form.get("aan", ""))


def _contact(actor: Actor, found: OutreachTask, form: QueryDict) -> object:
    people = whole_in(form, "mensen") if form.get("mensen", "").strip() else None
    return note_contact(
        actor=actor,
        task=found.public_id,
        on=day_in(form, "dag"),
        how=form.get("hoe", ""),
        told=form.get("verteld", ""),
        people=people,
    )


def _link(actor: Actor, found: OutreachTask, form: QueryDict) -> object:
    return link_result(actor=actor, task=found.public_id, result=form.get("nummer", ""), came_of_it=form.get("kwam", ""))


def _stop(actor: Actor, found: OutreachTask, form: QueryDict) -> object:
    return stop_outreach(actor=actor, task=found.public_id, reason=form.get("reden", ""))


_ACTS: Mapping[str, Callable[[Actor, OutreachTask, QueryDict], object]] = MappingProxyType(
    {"gaan": _take, "doorgeven": _pass, "contact": _contact, "koppelen": _link, "stoppen": _stop}
)
