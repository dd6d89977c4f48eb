"""`/werk/vertrouwelijke-teams`: the teams of an organisation. A coordinator sees people, never cases; a member can leave here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vliegwiel.foundation.people.public import actor_of, demand_somewhere, may_somewhere, to_sign_in
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid, Refusal
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.confidential.actions.keep_team import add_team_member, end_team_member, open_team
from vliegwiel.support.confidential.queries import own_teams, teams_kept_by
from vliegwiel.support.confidential.standing import COORDINATE, WORK


@require_http_methods(["GET", "POST"])
def teams_page(request: HttpRequest) -> HttpResponse:
    """The page, and its forms."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    coordinates = bool(may_somewhere(actor, COORDINATE))
    if not coordinates:
        demand_somewhere(actor, WORK)
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            _act(actor, request)
            return redirect("confidential_teams")
        except (NotValid, NotNow, NotAllowed) as refusal:
            wrong = refusal
    context = {
        "coordinates": coordinates,
        "stands": teams_kept_by(actor),
        "own": own_teams(actor),
        "me": actor.id,
        "municipalities": municipalities_of(actor.province) if coordinates else [],
        "wrong": wrong,
        "typed": request.POST if wrong else {},
    }
    return render(request, "support/confidential/pages/teams/page.html", context, status=400 if wrong else 200)


def _act(actor: Actor, request: HttpRequest) -> None:
    form = request.POST
    team, person = form.get("team", ""), form.get("persoon", "")
    asked = form.get("doe", "")
    if asked == "team":
        open_team(actor=actor, province=actor.province, name=form.get("naam", ""), municipality=form.get("gemeente", ""))
    elif asked == "erbij":
        add_team_member(actor=actor, team=team, person=person)
    elif asked == "eruit":
        end_team_member(actor=actor, team=team, person=person)
    elif asked == "weggaan":
        end_team_member(actor=actor, team=team, person=actor.id, to=form.get("aan", ""))
    else:
        raise NotValid(_("Kies wat u wilt doen."), code="no-act")
