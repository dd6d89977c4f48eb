"""`/werk/deskundigen/mensen`: who wants to join, who is in the pool, and who stopped."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, actor_of, demand, to_sign_in
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid, Refusal
from vliegwiel.support.experts import queries
from vliegwiel.support.experts.actions.admit_expert import admit_expert, decline_expert
from vliegwiel.support.experts.actions.stop_expert import end_expert
from vliegwiel.support.experts.lifecycle import ExpertState
from vliegwiel.support.experts.models import Expert
from vliegwiel.support.experts.standing import COORDINATES

_MOST = 500
ACTS: Mapping[str, Callable[[Actor, str, QueryDict], object]] = {
    "toelaten": lambda actor, name, _form: admit_expert(actor=actor, expert=name),
    "afwijzen": lambda actor, name, form: decline_expert(actor=actor, expert=name, why=form.get("waarom", "")),
    "stoppen": lambda actor, name, form: end_expert(actor=actor, expert=name, why=form.get("waarom", "")),
}


def people_page(request: HttpRequest) -> HttpResponse:
    """Lists by state; each act comes back here."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, COORDINATES, Subject(province=province))
    wrong: Refusal | None = None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("doe", ""))
        if act is None:
            raise NotValid(_("Kies wat u wilt doen."), code="no-act")
        try:
            act(actor, request.POST.get("wie", ""), request.POST)
            return redirect("expert_people")
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    found = Expert.objects.filter(province=province).exclude(person="")
    busy = found.annotate(running=Count("tasks", filter=Q(tasks__ended_on=None))).prefetch_related("times")
    rows = [(expert, queries.names_of(expert.skills)) for expert in busy.order_by("name", "pk")[:_MOST]]
    judges = queries.judges_in(province)
    context = {
        "asked": [(expert, names) for expert, names in rows if expert.stands is ExpertState.ASKED],
        "inside": [(expert, names, expert.person in judges) for expert, names in rows if expert.stands is ExpertState.ADMITTED],
        "outside": [expert for expert, _names in rows if expert.stands in (ExpertState.STOPPED, ExpertState.DECLINED)],
        "wrong": wrong,
        "typed": request.POST if wrong else {},
    }
    return render(request, "support/experts/pages/work/people.html", context, status=400 if wrong else 200)
