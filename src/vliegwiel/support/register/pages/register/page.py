"""The public register: search, one subsidy, and the whole of it as a file."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from vliegwiel.kernel.errors import NotFound
from vliegwiel.support.register import queries
from vliegwiel.support.register.exchange import csv_lines, package_360

_FOLDER = "support/register/pages/register"
PAGE = 50
_LAST_PAGE = 200


@require_GET
def register_page(request: HttpRequest) -> HttpResponse:
    """`/subsidieregister?q=&regeling=&jaar=&gemeente=&pagina=`: newest first; the address holds the question."""
    province, chosen = settings.VLIEGWIEL_PROVINCE, _chosen(request.GET)
    found = queries.entries(province, chosen)
    total, more = queries.count(found)
    last = min(max(-(-total // PAGE), 1), _LAST_PAGE)
    page = min(max(_whole(request.GET.get("pagina", "")) or 1, 1), last)
    rows = list(found[(page - 1) * PAGE : page * PAGE])
    givers = queries.givers_of(province, [row.number for row in rows])
    schemes, years = queries.choices(province)
    asked = {key: value for key, value in _asked(chosen).items() if value}
    context: dict[str, Any] = {
        "rows": [(row, givers.get(row.number, [])) for row in rows],
        "total": total,
        "more": more,
        "page": page,
        "pages": last,
        "chosen": chosen,
        "schemes": schemes,
        "years": years,
        "query": f"?{urlencode(asked)}" if asked else "",
        "earlier": f"?{urlencode({**asked, 'pagina': page - 1})}" if page > 1 else "",
        "later": f"?{urlencode({**asked, 'pagina': page + 1})}" if page < last else "",
        "counts": queries.counted(province) if not asked and page == 1 else [],
        "made_up": settings.VLIEGWIEL_DEMO,
    }
    return render(request, f"{_FOLDER}/list.html", context)


@require_GET
def entry_page(request: HttpRequest, number: str) -> HttpResponse:
    """`/subsidieregister/<nummer>`: one subsidy with what happened to it."""
    found = queries.entry(settings.VLIEGWIEL_PROVINCE, number[:11])
    if found is None:
        raise NotFound("Deze subsidie staat niet in het register.", nearest=(("Het subsidieregister", "/subsidieregister"),))
    changes = list(found.changes.all())
    context = {
        "entry": found,
        "changes": changes,
        "now": changes[-1].money if changes else found.money,
        "givers": queries.givers_of(found.province, [found.number]).get(found.number, []),
        "made_up": settings.VLIEGWIEL_DEMO,
    }
    return render(request, f"{_FOLDER}/entry.html", context)


@require_GET
def csv_file(request: HttpRequest) -> HttpResponseBase:
    """`/subsidieregister.csv`: the same question as the page, everything at once."""
    found = queries.entries(settings.VLIEGWIEL_PROVINCE, _chosen(request.GET))
    answer = StreamingHttpResponse(csv_lines(queries.all_of(found)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="subsidieregister.csv"'
    return answer


@require_GET
def package_file(request: HttpRequest) -> HttpResponse:
    """`/subsidieregister/360giving.json`: all awards by the 360Giving standard. Raises NotFound while there are none: a package holds
    at least one."""
    found = queries.entries(settings.VLIEGWIEL_PROVINCE, _chosen(request.GET))
    address = request.build_absolute_uri(request.path)
    package = package_360(queries.all_of(found), address)
    if not package["grants"]:
        raise NotFound("Er is nog geen subsidie om te laten zien.", nearest=(("Het subsidieregister", "/subsidieregister"),))
    answer = JsonResponse(package, json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="subsidieregister-360giving.json"'
    return answer


def _chosen(asked: QueryDict) -> queries.Filter:
    return queries.Filter(
        words=asked.get("q", "").strip()[:80],
        scheme=asked.get("regeling", "")[:60],
        year=_whole(asked.get("jaar", "")),
        municipality=asked.get("gemeente", "")[:6],
    )


def _asked(chosen: queries.Filter) -> dict[str, str | int]:
    names = {"words": "q", "scheme": "regeling", "year": "jaar", "municipality": "gemeente"}
    return {names[key]: value for key, value in asdict(chosen).items()}


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 6 else None
