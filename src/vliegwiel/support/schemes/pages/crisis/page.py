"""`/beheer/crisis`: which crisis there is, and in which phase."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.foundation.people.public import Fields, actor_of, demand_somewhere, may_filter
from vliegwiel.kernel.errors import Refusal
from vliegwiel.support.schemes.actions.steer_crisis import change_phase, end_crisis, start_crisis
from vliegwiel.support.schemes.models import Crisis, Phase, SchemeVersion

_FOLDER = "support/schemes/pages/crisis"


def crisis_page(request: HttpRequest) -> HttpResponse:
    """Begin one, go to another phase with a reason, or end it; and which schemes follow."""
    actor = actor_of(request)
    demand_somewhere(actor, "manage-schemes")
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            _act(request)
        except Refusal as refusal:
            wrong = refusal
        else:
            return redirect("crisis")
    found = may_filter(actor, "manage-schemes", Crisis.objects.prefetch_related("changes"), Fields(province="province"))
    context = {
        "rows": [(crisis, _schemes(crisis)) for crisis in found.order_by("-started_on")],
        "phases": Phase.choices,
        "wrong": wrong,
        "given": request.POST if wrong else {},
        "made_up": settings.VLIEGWIEL_DEMO,
    }
    return render(request, f"{_FOLDER}/page.html", context, status=400 if wrong else 200)


def _act(request: HttpRequest) -> None:
    posted, actor = request.POST, actor_of(request)
    reason, crisis = posted.get("reden", ""), posted.get("crisis", "")
    if posted.get("daad") == "begin":
        start_crisis(actor=actor, province=actor.province, name=posted.get("naam", ""), reason=reason)
    elif posted.get("daad") == "voorbij":
        end_crisis(actor=actor, crisis=crisis)
    else:
        change_phase(actor=actor, crisis=crisis, phase=posted.get("fase", ""), reason=reason)


def _schemes(crisis: Crisis) -> list[tuple[str, str, list[str]]]:
    """The schemes that follow this crisis: title, path, and the names of the phases in which they are shown."""
    found = {}
    for version in SchemeVersion.objects.filter(scheme__province=crisis.province).select_related("scheme").order_by("number"):
        phases = version.document.get("phases", {})
        if phases.get("crisis") == crisis.key:
            names = [str(Phase(phase).label) for phase in phases["shown_in"]]
            found[version.scheme.key] = (version.scheme.title, f"/regelingen/{version.scheme.key}", names)
    return list(found.values())
