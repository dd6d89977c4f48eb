"""`/uitdagingen`: every challenge with its state and reasons, as a page, as CSV, and one by one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.catalogue.challenges import challenges
from vliegwiel.foundation.people.public import actor_of, demand
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound
from vliegwiel.support.challenges import queries
from vliegwiel.support.challenges.csv_files import csv_lines
from vliegwiel.support.challenges.lifecycle import NAMES, PENDING, State
from vliegwiel.support.challenges.models import Challenge
from vliegwiel.support.challenges.standing import find
from vliegwiel.support.challenges.terms import answer_for

_FOLDER, _SIZE = "support/challenges/pages/public", 25


def _asked(request: HttpRequest) -> dict[str, str]:
    state, authority = request.GET.get("stand", ""), request.GET.get("overheid", "")[:120]
    asked = {"stand": state if state in set(State) else "", "overheid": authority}
    return {name: value for name, value in asked.items() if value}


@require_GET
def challenges_page(request: HttpRequest) -> HttpResponse:
    """`?stand=&overheid=&pagina=`: the newest first; and how it goes."""
    demand(actor_of(request), "read-public")
    province, asked = settings.VLIEGWIEL_PROVINCE, _asked(request)
    found = queries.sent(province, state=asked.get("stand", ""), organisation=asked.get("overheid", ""))
    total = found.order_by().count()
    parts: dict[str, str | int] = dict(asked)
    typed = request.GET.get("pagina", "")
    page = max(int(typed), 1) if typed.isdecimal() and len(typed) < 5 else 1
    rows = list(found[(page - 1) * _SIZE : page * _SIZE])
    context = {
        "rows": [(row, str(NAMES[row.stands]), row.stands in PENDING) for row in rows],
        "total": total,
        "asked": asked,
        "states": [(state.value, NAMES[state]) for state in State if state is not State.DRAFT],
        "authorities": queries.authorities(province),
        "query": f"?{urlencode(asked)}" if asked else "",
        "earlier": f"?{urlencode({**parts, 'pagina': page - 1})}" if page > 1 else "",
        "later": f"?{urlencode({**parts, 'pagina': page + 1})}" if page * _SIZE < total else "",
    }
    return render(request, f"{_FOLDER}/list.html", context)


@require_GET
def challenges_csv(request: HttpRequest) -> HttpResponseBase:
    """`/uitdagingen.csv`: the same question, everything at once."""
    demand(actor_of(request), "read-public")
    asked = _asked(request)
    found = queries.sent(settings.VLIEGWIEL_PROVINCE, state=asked.get("stand", ""), organisation=asked.get("overheid", ""))
    answer = StreamingHttpResponse(csv_lines(queries.shown(found[: queries.MOST])), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="uitdagingen.csv"'
    return answer


@require_GET
def challenge_page(request: HttpRequest, challenge: str) -> HttpResponse:
    """`/uitdagingen/<id>`: what both sides said for everyone to read; a draft is no page."""
    demand(actor_of(request), "read-public")
    found = find(challenge)
    if found.stands is State.DRAFT or found.province != settings.VLIEGWIEL_PROVINCE:
        raise NotFound(_("Deze uitdaging kennen we niet."), nearest=((_("Alle uitdagingen"), "/uitdagingen"),))
    return render(request, f"{_FOLDER}/one.html", context_of(found))


def context_of(found: Challenge) -> dict[str, object]:
    """What every page of a challenge shows of it."""
    names = challenges()
    return {
        "challenge": found,
        "item": queries.shown_one(found),
        "grounds": [
            (names.grounds[row.ground].name, row.met, row.reason) for row in found.grounds.all() if row.ground in names.grounds
        ],
        "talks": [(talk, names.steps.get(talk.kind, talk.kind)) for talk in found.talks.all()],
        "answer": answer_for(found),
        "pending": found.stands in PENDING,
        "late": found.stands in PENDING and found.due_on is not None and clock.today() > found.due_on,
    }
