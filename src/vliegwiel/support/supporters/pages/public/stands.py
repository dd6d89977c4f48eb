"""What the public reads of authorities: promises kept, room given, and what people say of them; with files."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vliegwiel.foundation.people.public import actor_of
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.supporters import queries
from vliegwiel.support.supporters.lifecycle import ROOM_NAMES, Room
from vliegwiel.support.supporters.standing import room_named
from vliegwiel.support.supporters.words import SAID

_FOLDER = "support/supporters/pages/public"
_PAGE = 50


@require_GET
def stands_page(request: HttpRequest) -> HttpResponse:
    """`/ruimte-en-rugdekking?stand=`: every authority that was asked or rated, and the questions for room."""
    province = settings.VLIEGWIEL_PROVINCE
    state = request.GET.get("stand", "")
    rooms = queries.rooms_of(province, state)
    stands = queries.stands_of(province)
    context = {
        "stands": [one for one in stands if one.was_asked],
        "rated": [one for one in stands if one.ratings],
        "rooms": list(rooms[:_PAGE]),
        "more": rooms.count() > _PAGE,
        "state": state if state in set(Room) else "",
        "states": list(ROOM_NAMES.items()),
        "said": list(SAID.values()),
    }
    return render(request, f"{_FOLDER}/stands.html", context)


@require_GET
def room_page(request: HttpRequest, request_id: str) -> HttpResponse:
    """`/ruimte-en-rugdekking/<id>`: which rule stands in the way, what is asked, and what was answered."""
    found = room_named(request_id)
    actor = actor_of(request)
    own = actor.kind == "person" and bool(actor.id) and actor.id == found.person
    return render(request, f"{_FOLDER}/room.html", {"room": found, "own": own})


@require_GET
def stands_file(request: HttpRequest) -> HttpResponse:
    """`/ruimte-en-rugdekking.csv`: a row per authority."""
    columns = ("overheid", "op tijd", "te laat", "nog open", "ruimte gegeven", "voor een deel", "niet gegeven", "wacht")
    rows = (
        (one.name, one.kept, one.missed, one.open, one.given, one.partly, one.refused, one.waiting)
        for one in queries.stands_of(settings.VLIEGWIEL_PROVINCE)
        if one.was_asked
    )
    return _file("ruimte-en-rugdekking", columns, rows)


@require_GET
def ratings_file(request: HttpRequest) -> HttpResponse:
    """`/ruimte-en-rugdekking/oordelen.csv`: per authority, half-year and question; nothing of fewer than ten people."""
    columns = ("overheid", "halfjaar", "mensen", "vraag", *SAID.values())
    rows: list[tuple[Any, ...]] = []
    for one in queries.stands_of(settings.VLIEGWIEL_PROVINCE):
        for rating in one.ratings:
            rows += [(one.name, rating.period, rating.number, question, *counts) for question, counts in rating.rows]
    return _file("oordelen", columns, rows)


@require_GET
def rooms_file(request: HttpRequest) -> HttpResponse:
    """`/ruimte-en-rugdekking/vragen.csv`: every question for room."""
    columns = ("vraag", "regel", "gevraagd aan", "door", "gevraagd op", "stand", "beantwoord op", "reden")
    rows = (
        (
            one.title,
            one.rule,
            one.authority_name,
            one.group,
            one.asked_on,
            one.get_state_display(),
            one.ended_on or "",
            one.reason,
        )
        for one in queries.rooms_of(settings.VLIEGWIEL_PROVINCE).iterator(chunk_size=500)
    )
    return _file("vragen-om-ruimte", columns, rows)


def _file(name: str, columns: Iterable[Any], rows: Iterable[tuple[Any, ...]]) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.write("\ufeff")
    lines = Rows(answer)
    lines.write([*columns, "let op"])
    note = MADE_UP if settings.VLIEGWIEL_DEMO else ""
    for row in rows:
        lines.write([*row, note])
    return answer
