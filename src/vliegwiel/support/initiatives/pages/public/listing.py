"""The public lists: initiatives and meeting places, with a map and as CSV."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from vliegwiel.foundation.design.page_cache import kept
from vliegwiel.support.initiatives import queries
from vliegwiel.support.initiatives.csv_files import csv_lines, place_lines, themes_of
from vliegwiel.support.initiatives.models import Initiative, MeetingPlace
from vliegwiel.support.initiatives.pages.maps import map_of
from vliegwiel.support.initiatives.pages.public.asked import PAGE, Asked, asked_by, choices, page_number, turning
from vliegwiel.support.initiatives.rules import distance, told_distance
from vliegwiel.support.initiatives.words import ACCESS, PLACE_KINDS

_FOLDER = "support/initiatives/pages/public"


@kept
@require_GET
def initiatives_page(request: HttpRequest) -> HttpResponse:
    """`/initiatieven?plaats=&binnen=&thema=&fase=&vraag=&volgorde=&pagina=`: list and map; the address holds the question."""
    province, asked = settings.VLIEGWIEL_PROVINCE, asked_by(request)
    found = queries.found_by(province, asked.filter, asked.middle)
    counts = None if asked.middle else queries.per_municipality(found)
    total, more = queries.counted(found, counts)
    page, last = page_number(request, total)
    rows = list(found.prefetch_related("themes", "wants")[(page - 1) * PAGE : page * PAGE])
    context: dict[str, Any] = {
        **choices(),
        **turning(asked.parts, page, last),
        "asked": asked,
        "chosen": asked.filter,
        "rows": [(item, _how_far(item, asked), themes_of(item)) for item in rows],
        "total": total,
        "more": more,
        "map": map_of(found, province, asked.middle, _base("/initiatieven", asked.parts), counts) if total else None,
    }
    return render(request, f"{_FOLDER}/initiatives.html", context)


@require_GET
def initiatives_csv(request: HttpRequest) -> HttpResponseBase:
    """`/initiatieven.csv`: the same question as the page, everything at once."""
    asked = asked_by(request)
    found = queries.found_by(settings.VLIEGWIEL_PROVINCE, asked.filter, asked.middle)
    return _as_file(csv_lines(queries.all_of(found)), "initiatieven")


@kept
@require_GET
def places_page(request: HttpRequest) -> HttpResponse:
    """`/ontmoetingsplekken?plaats=&binnen=&soort=&volgorde=&pagina=`."""
    province, asked = settings.VLIEGWIEL_PROVINCE, asked_by(request)
    kind = request.GET.get("soort", "")
    kind = kind if kind in PLACE_KINDS else ""
    found = queries.places_found(province, asked.filter, asked.middle, kind)
    total, more = queries.counted(found)
    page, last = page_number(request, total)
    parts = {**asked.parts, **({"soort": kind} if kind else {})}
    rows = list(found[(page - 1) * PAGE : page * PAGE])
    context: dict[str, Any] = {
        **choices(),
        **turning(parts, page, last),
        "asked": asked,
        "chosen": asked.filter,
        "kind": kind,
        "kinds": PLACE_KINDS.items(),
        "query": f"?{urlencode(parts)}" if parts else "",
        "rows": [(item, _how_far(item, asked), [ACCESS[key] for key in item.access if key in ACCESS]) for item in rows],
        "total": total,
        "more": more,
        "map": map_of(found, province, asked.middle, _base("/ontmoetingsplekken", parts)) if total else None,
    }
    return render(request, f"{_FOLDER}/places.html", context)


@require_GET
def places_csv(request: HttpRequest) -> HttpResponseBase:
    """`/ontmoetingsplekken.csv`: the same question as the page."""
    asked = asked_by(request)
    found = queries.places_found(settings.VLIEGWIEL_PROVINCE, asked.filter, asked.middle, request.GET.get("soort", ""))
    return _as_file(place_lines(found.iterator(chunk_size=1000)), "ontmoetingsplekken")


def _as_file(lines: Iterator[str], name: str) -> HttpResponseBase:
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _how_far(item: Initiative | MeetingPlace, asked: Asked) -> str:
    """How far from the place that was asked, by the published point."""
    point = asked.middle.point if asked.middle else None
    if point is None or not (asked.filter.radius or asked.filter.sort == "dichtbij"):
        return ""
    return told_distance(distance((item.x or 0, item.y or 0), point))


def _base(path: str, parts: dict[str, str]) -> str:
    others = {name: value for name, value in parts.items() if name not in ("plaats", "binnen")}
    return f"{path}?{urlencode(others)}{'&' if others else ''}plaats="
