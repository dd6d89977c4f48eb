"""An expert's own page: what fits, what they have, when they have time; and the form about themselves."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from vliegwiel.catalogue.experts import experts
from vliegwiel.foundation.people.public import known_person, signed_in, to_sign_in
from vliegwiel.foundation.questions.public import day_in, whole_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid, Refusal
from vliegwiel.see.areas.public import place_named
from vliegwiel.support.experts import queries
from vliegwiel.support.experts.actions.stop_expert import stop_expert
from vliegwiel.support.experts.actions.write_expert import About, ask_admission, offer_time, take_time_back, write_expert
from vliegwiel.support.experts.lifecycle import EXPERT_MOVES, InterestState, RequestState
from vliegwiel.support.experts.models import Expert, ExpertInterest, ExpertTask, PaidBy
from vliegwiel.support.experts.rules import DAY
from vliegwiel.support.experts.standing import expert_of

_FOLDER, _HOURS_OF_A_DAY, _LISTED = "support/experts/pages/mine", DAY // 60, 50


def _time(actor: Actor, expert: Expert, request: HttpRequest) -> object:
    form = request.POST
    in_days = form.get("eenheid") == "dagen"
    amount = whole_in(form, "hoeveel")
    return offer_time(
        actor=actor,
        expert=expert.public_id,
        first_day=day_in(form, "van"),
        last_day=day_in(form, "tot"),
        hours=amount * (_HOURS_OF_A_DAY if in_days else 1),
        in_days=in_days,
    )


ACTS: Mapping[str, Callable[[Actor, Expert, HttpRequest], object]] = {
    "toelating": lambda actor, expert, _request: ask_admission(actor=actor, expert=expert.public_id),
    "tijd": _time,
    "tijd-weg": lambda actor, expert, request: take_time_back(
        actor=actor, expert=expert.public_id, time=whole_in(request.POST, "tijd")
    ),
    "stoppen": lambda actor, expert, request: stop_expert(
        actor=actor, expert=expert.public_id, why=request.POST.get("waarom", "")
    ),
}


@never_cache
def own_page(request: HttpRequest) -> HttpResponse:
    """`/mijn/deskundige`: without a page yet it leads to the form."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    expert = expert_of(actor, settings.VLIEGWIEL_PROVINCE)
    if expert is None:
        return redirect("my_expert_form")
    wrong: Refusal | None = None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("doe", ""))
        if act is None:
            raise NotValid(_("Kies wat u wilt doen."), code="no-act")
        try:
            act(actor, expert, request)
            return redirect("my_expert_page")
        except (NotValid, NotNow) as refusal:
            wrong = refusal
        expert.refresh_from_db()
    return render(request, f"{_FOLDER}/own.html", _context(request, expert, wrong), status=400 if wrong else 200)


def _context(request: HttpRequest, expert: Expert, wrong: Refusal | None) -> dict[str, Any]:
    inside = expert.stands.value == "admitted"
    laid = queries.requests_for(expert) if inside else []
    tasks = list(ExpertTask.objects.filter(expert=expert).select_related("request").order_by("-pk")[:_LISTED])
    spoken = ExpertInterest.objects.filter(expert=expert, request__state=RequestState.OPEN.value).select_related("request")
    said = list(spoken.order_by("request__by", "pk"))
    return {
        "expert": expert,
        "inside": inside,
        "skills": queries.names_of(expert.skills),
        "languages": [experts().languages[key] for key in expert.languages if key in experts().languages],
        "times": list(expert.times.filter(last_day__gte=clock.today())),
        "invited": [item for item in said if item.stands is InterestState.INVITED],
        "offered": [item for item in said if item.stands is InterestState.WILLING],
        "fitting": [(item, found) for item, found in laid if found.fits][:_LISTED],
        "nearly": [(item, found) for item, found in laid if not found.fits][:_LISTED],
        "running": [task for task in tasks if task.ended_on is None],
        "past": [task for task in tasks if task.ended_on is not None],
        "can": {key for key, move in EXPERT_MOVES.items() if expert.stands in move.sources},
        "wrong": wrong,
        "typed": request.POST if wrong else {},
        "hours_of_a_day": _HOURS_OF_A_DAY,
    }


@never_cache
def own_form(request: HttpRequest) -> HttpResponse:
    """`/mijn/deskundige/gegevens`: what one can do, where, and who pays."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    province = settings.VLIEGWIEL_PROVINCE
    expert = expert_of(actor, province)
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            write_expert(actor=actor, province=province, told=_told(request, province))
            return redirect("my_expert_page")
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    rules = experts()
    given = _given(request, actor, expert) if wrong is None else _typed(request)
    context = {
        "expert": expert,
        "given": given,
        "skills": list(rules.skills.values()),
        "languages": list(rules.languages.items()),
        "reaches": rules.reaches,
        "paid": PaidBy.choices,
        "wrong": wrong,
    }
    return render(request, f"{_FOLDER}/form.html", context, status=400 if wrong else 200)


def _told(request: HttpRequest, province: str) -> About:
    form = request.POST
    typed = form.get("plaats", "").strip()[:80]
    place = place_named(typed, province) if typed else None
    if typed and place is None:
        raise NotValid(_("Wij kennen {name} niet. Kies een plaats in deze provincie.").format(name=typed), code="place")
    return About(
        name=form.get("naam", ""),
        skills=tuple(form.getlist("kan")),
        languages=tuple(form.getlist("taal")),
        place=place.code if place else "",
        reach=whole_in(form, "komt"),
        remote=form.get("afstand") == "ja",
        employer=form.get("werkt", ""),
        about=form.get("over", ""),
        paid_by=form.get("betaalt", ""),
        shows_name=form.get("naam-tonen") == "ja",
    )


def _given(request: HttpRequest, actor: Actor, expert: Expert | None) -> dict[str, Any]:
    if expert is None:
        known = known_person(actor.id)
        name = known.name if known and known.name != known.email else ""
        return {"naam": name, "kan": [], "taal": ["nl"], "komt": 20, "betaalt": PaidBy.POOL.value}
    return {
        "naam": expert.name,
        "kan": expert.skills,
        "taal": expert.languages,
        "plaats": expert.place_name,
        "komt": expert.reach,
        "afstand": expert.remote,
        "werkt": expert.employer,
        "over": expert.about,
        "betaalt": expert.paid_by,
        "tonen": expert.shows_name,
    }


def _typed(request: HttpRequest) -> dict[str, Any]:
    form = request.POST
    lists = {"kan": form.getlist("kan"), "taal": form.getlist("taal"), "komt": whole_in(form, "komt")}
    ticks = {"afstand": form.get("afstand") == "ja", "tonen": form.get("naam-tonen") == "ja"}
    return {**{key: form.get(key, "") for key in ("naam", "plaats", "werkt", "over", "betaalt")}, **lists, **ticks}
