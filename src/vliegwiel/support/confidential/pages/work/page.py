"""The pages of a team: its cases, a new one, and a file that asks why it is opened before it shows anything."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.catalogue.confidential import purposes, rules_on
from vliegwiel.foundation.people.public import Dossier, actor_of, demand_somewhere, of_form, show_dossier, to_sign_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotValid
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.confidential.actions.open_confidential import CaseFacts, open_confidential
from vliegwiel.support.confidential.actions.read_case import find_case, list_cases, read_case
from vliegwiel.support.confidential.models import ConfidentialCase
from vliegwiel.support.confidential.pages.work.acts import ACTS
from vliegwiel.support.confidential.pages.work.parts import PARTS, around
from vliegwiel.support.confidential.queries import HEAPS, destroyed_for
from vliegwiel.support.confidential.standing import WORK, teams_of

_FOLDER = "support/confidential/pages/work"
#: Where the session keeps why each file was opened; a session ends within a day.
_WHY = "confidential"


@require_GET
def list_page(request: HttpRequest) -> HttpResponse:
    """`/werk/vertrouwelijk?stapel=`: the cases of the own teams. There is no file of this list to download, on purpose."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    demand_somewhere(actor, WORK)
    asked = request.GET.get("stapel", "open")
    heap = asked if asked in HEAPS else "open"
    rules = rules_on(clock.today())
    kinds = {kind.key: kind.name for kind in rules.kinds}
    rows = [(case, kinds.get(case.kind, case.kind)) for case in list_cases(actor=actor, heap=heap)]
    context = {
        "rows": rows,
        "heaps": [(key, name, key == heap) for key, name in HEAPS.items()],
        "heap_name": HEAPS[heap],
        "teams": list(teams_of(actor)),
        "gone": destroyed_for(actor) if heap == "weg" else [],
        "made_up": any(case.made_up for case, _kind in rows),
    }
    return render(request, f"{_FOLDER}/list.html", context)


@require_http_methods(["GET", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """`/werk/vertrouwelijk/nieuw`: begin a case; the page says what is asked and what may not be written."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    demand_somewhere(actor, WORK)
    teams = list(teams_of(actor))
    wrong: NotValid | None = None
    if request.method == "POST":
        sent = request.POST
        facts = CaseFacts(
            sent.get("soort", ""),
            sent.get("gemeente", ""),
            sent.get("naam", ""),
            sent.get("buurt", ""),
            sent.get("adres", ""),
            sent.get("wens", ""),
            sent.get("bekend", ""),
        )
        try:
            made = open_confidential(
                actor=actor, team=sent.get("team", ""), facts=facts, looked_again=sent.get("nagekeken") == "ja"
            )
        except NotValid as refusal:
            wrong = refusal
        else:
            _remember(request, made.public_id, "take-step")
            return redirect("confidential_case", number=made.public_id)
    context = {
        "teams": teams,
        "kinds": rules_on(clock.today()).kinds,
        "municipalities": municipalities_of(teams[0].province) if teams else [],
        "wrong": wrong,
        "typed": request.POST if wrong else {},
        "made_up": any(team.made_up for team in teams),
    }
    return render(request, f"{_FOLDER}/new.html", context, status=400 if wrong else 200)


@require_http_methods(["GET", "POST"])
def case_page(request: HttpRequest, number: str, part: str = "zaak") -> HttpResponse:
    """`/werk/vertrouwelijk/<id>/<deel>`: first why, then the file; each time it is read is kept with that reason."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    found = find_case(actor=actor, case=number[:12])
    purpose = request.session.get(_WHY, {}).get(found.public_id, "")
    if request.method == "POST" and request.POST.get("doe") == "openen":
        purpose = request.POST.get("waarvoor", "")
        if purpose in purposes():
            _remember(request, found.public_id, purpose)
            return redirect("confidential_part", number=found.public_id, part=part)
    if purpose not in purposes():
        asked = request.method == "POST"
        context = {"case": found, "purposes": purposes(), "wrong": asked, "made_up": found.made_up}
        return render(request, f"{_FOLDER}/why.html", context, status=400 if asked else 200)
    return show_dossier(request, _dossier(purpose), found.public_id, part)


@require_GET
def access_file(request: HttpRequest, number: str, request_id: str) -> HttpResponse:
    """What somebody got who asked for access, exactly as it was given; reading it is kept."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    found = read_case(actor=actor, case=number[:12], purpose="answer-request")
    asked = found.requests.filter(public_id=request_id[:12]).exclude(answered_on=None).first()
    if asked is None:
        raise NotFound(_("Deze pagina bestaat niet."))
    answer = HttpResponse(asked.given, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="inzage.txt"'
    return answer


def _remember(request: HttpRequest, name: str, purpose: str) -> None:
    request.session[_WHY] = {**request.session.get(_WHY, {}), name: purpose}


def _dossier(purpose: str) -> Dossier[ConfidentialCase]:
    def _around(actor: Actor, found: ConfidentialCase) -> dict[str, Any]:
        return {**around(actor, found), "purpose": purposes()[purpose]}

    return Dossier(
        folder=_FOLDER,
        route="confidential_part",
        opened=lambda actor, name: read_case(actor=actor, case=name, purpose=purpose),
        number=lambda found: found.public_id,
        parts=PARTS,
        acts={key: of_form(act) for key, act in ACTS.items()},
        around=_around,
        templates={},
        after=lambda act: "/werk/vertrouwelijk" if act == "vernietigen" else "",
    )
