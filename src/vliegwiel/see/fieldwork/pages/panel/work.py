"""Panels at work: beginning one, its members, and erasing who asks for it. Answers are nowhere here."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vliegwiel.foundation.people.public import Subject, actor_of, demand
from vliegwiel.foundation.questions.public import Kind, Problem, Question, ask
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.errors import NotFound, NotValid
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.see.fieldwork.actions.keep_panel import erase_member, start_panel
from vliegwiel.see.fieldwork.models import Fielding
from vliegwiel.see.fieldwork.pages.panel.page import FOLDER
from vliegwiel.see.fieldwork.panel import panels_of, standing_of
from vliegwiel.see.fieldwork.queries import KEEP, panel_named

_ON_ONE_PAGE = 50


@require_http_methods(["GET", "POST"])
def panels_page(request: HttpRequest) -> HttpResponse:
    """`/werk/panels`."""
    actor = actor_of(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, KEEP, Subject(province=province))
    questions = [
        Question("naam", Kind.TEXT, _("Hoe heet het panel?"), required=True, longest=120),
        Question(
            "over",
            Kind.LONG_TEXT,
            _("Waarover vraagt u leden iets?"),
            hint=_("Dit lezen mensen voordat ze lid worden."),
            required=True,
            longest=400,
        ),
        Question(
            "hoe_vaak",
            Kind.NUMBER,
            _("Hoe vaak per jaar hoogstens?"),
            hint=_("Wie zo vaak is gevraagd, laten we met rust."),
            required=True,
        ),
    ]

    def act(given: dict[str, Any]) -> Any:
        often = int(given["hoe_vaak"])
        return start_panel(actor=actor, province=province, title=given["naam"], about=given["over"], most_per_year=often)

    asked = ask(request, "begin", questions, act, before={"hoe_vaak": 4})
    if asked.done:
        return redirect("panel", asked.done.public_id)
    context = {"panels": panels_of(province), "fields": asked.fields, "problems": asked.problems}
    return render(request, f"{FOLDER}/panels.html", context, status=400 if asked.problems else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def members_page(request: HttpRequest, panel: str) -> HttpResponse:
    """`/werk/panels/<id>`: how many, how they come and go, and the members. Each reading is kept in the trail."""
    actor, found = actor_of(request), panel_named(panel)
    demand(actor, KEEP, Subject(province=found.province))
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            _demand_sure(request)
            erase_member(actor=actor, panel=found.public_id, member=request.POST.get("lid", ""))
            return redirect("panel", found.public_id)
        except (NotValid, NotFound) as refusal:
            problems = [Problem(refusal.message, "")]
    wanted = " ".join(request.GET.get("zoek", "").replace("\x00", "").split())[:60]
    members = found.members.filter(name__icontains=wanted) if wanted else found.members.all()
    shown = Paginator(members, _ON_ONE_PAGE).get_page(request.GET.get("bladzijde"))
    subject = Reference("panel", found.public_id, "", "")
    trail.record(
        actor=actor, action="read-members", subject=subject, result=trail.Result.READ, facts={"rows": len(shown.object_list)},
        province=found.province,
    )  # fmt: skip
    names = dict(municipalities_of(found.province))
    waves = Fielding.objects.filter(panel=found).order_by("-period", "title")
    context = {
        "panel": found,
        "standing": standing_of(found),
        "members": [(one, names.get(one.municipality, one.municipality)) for one in shown.object_list],
        "shown": shown,
        "wanted": wanted,
        "waves": [one for one in waves if one.response],
        "year": clock.today().year,
        "problems": problems,
    }
    return render(request, f"{FOLDER}/members.html", context, status=400 if problems else 200)


def _demand_sure(request: HttpRequest) -> None:
    if request.POST.get("zeker") != "ja":
        raise NotValid(_("Zet een vinkje dat u het zeker weet. Wissen kan niet terug."), code="not-sure")
