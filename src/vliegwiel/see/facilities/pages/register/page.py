"""The register for everybody: map and list, one facility, and what is wrong with it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.design.page_cache import kept
from vliegwiel.foundation.people.public import Subject, actor_of, may, network_code
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.actions.report_mistake import ABOUT, key_of, report_mistake, report_opened
from vliegwiel.see.facilities.csv_files import facility_lines
from vliegwiel.see.facilities.distances import times_of
from vliegwiel.see.facilities.losses import loss_of
from vliegwiel.see.facilities.models import Facility
from vliegwiel.see.facilities.pages import told
from vliegwiel.see.facilities.pages.asked import PAGE, choices, filter_of, page_number, parts_of, profile_of
from vliegwiel.see.facilities.pages.maps import FacilityMap, Legend, Mark, map_of
from vliegwiel.see.facilities.where import grounds_of

_FOLDER = "see/facilities/pages/register"


@kept
@require_GET
def list_page(request: HttpRequest) -> HttpResponse:
    """`/voorzieningen?soort=&gemeente=&toegankelijk=&kosten=&naam=&vervoer=&pagina=`: the address holds the question."""
    province, asked, profile = settings.VLIEGWIEL_PROVINCE, filter_of(request), profile_of(request)
    found = queries.facilities(province, asked)
    total = found.count()
    page, last = page_number(request, total)
    parts = parts_of(asked) | ({"vervoer": profile} if asked.kind and profile else {})
    context: dict[str, Any] = {
        **choices(),
        "asked": asked,
        "profile": profile,
        "rows": [_row(item) for item in found[(page - 1) * PAGE : page * PAGE]],
        "total": total,
        "query": f"?{urlencode(parts)}" if parts else "",
        "map": _map(province, asked, profile, found) if total else None,
        "map_title": _map_title(asked.kind, profile),
        "page": page,
        "pages": last,
        "earlier": f"?{urlencode({**parts, 'pagina': str(page - 1)})}" if page > 1 else "",
        "later": f"?{urlencode({**parts, 'pagina': str(page + 1)})}" if page < last else "",
    }
    return render(request, f"{_FOLDER}/list.html", context)


@require_GET
def list_csv(request: HttpRequest) -> HttpResponseBase:
    """`/voorzieningen.csv`: the same question as the page, everything at once."""
    found = queries.facilities(settings.VLIEGWIEL_PROVINCE, filter_of(request))
    answer = StreamingHttpResponse(facility_lines(found.iterator(chunk_size=1000)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="voorzieningen.csv"'
    return answer


@require_GET
def facility_page(request: HttpRequest, facility: str) -> HttpResponse:
    """`/voorzieningen/<id>`: what we know of it and since when, who it is nearest for, and a way to say that something is wrong."""
    return _facility(request, queries.facility_named(facility), None)


@require_http_methods(["POST"])
def mistake(request: HttpRequest, facility: str) -> HttpResponse:
    """`/voorzieningen/<id>/klopt-niet`: who reports gets a link to the answer."""
    found = queries.facility_named(facility)
    try:
        report = report_mistake(
            actor=actor_of(request), facility=facility, about=request.POST.get("wat", ""), text=request.POST.get("tekst", ""),
            network=network_code(request),
        )  # fmt: skip
    except (NotValid, NotNow) as refusal:
        return _facility(request, found, refusal)
    return redirect("facility_report", report=report.public_id, key=key_of(report))


@require_GET
def report_page(request: HttpRequest, report: str, key: str) -> HttpResponse:
    """`/voorzieningen/meldingen/<id>/<key>`: what was reported and what we did with it."""
    found = report_opened(report, key)
    context = {
        "report": found,
        "facility": found.facility,
        "about": ABOUT.get(found.about, ""),
        "made_up": found.facility.made_up,
    }
    return render(request, f"{_FOLDER}/report.html", context)


def _facility(request: HttpRequest, item: Facility, wrong: NotValid | NotNow | None) -> HttpResponse:
    actor, profile = actor_of(request), profile_of(request)
    mine = bool(may(actor, "keep-facilities", Subject(province=item.province, municipality=item.municipality)))
    loss = loss_of(item.province, profile, item.kind, item.public_id) if profile and item.closed_on is None else None
    context = {
        "item": item,
        "kind": item.kind_of,
        "values": told.values(item),
        "profile": profile,
        "profiles": choices()["profiles"],
        "how": told.how(profile),
        "loss": loss,
        "loss_people": told.people(loss.persons) if loss else "",
        "loss_longer": told.people(loss.longer) if loss else "",
        "loss_lost": told.people(loss.unreachable) if loss and loss.unreachable != 0 else "",
        "loss_mean": told.minutes(loss.mean) if loss and loss.mean is not None else "",
        "map": _small_map(item),
        "map_title": _("Waar het is"),
        "about": ABOUT.items(),
        "wrong": wrong,
        "typed": request.POST if wrong else {},
        "mine": mine,
        "made_up": item.made_up,
    }
    return render(request, f"{_FOLDER}/one.html", context, status=400 if wrong else 200)


def _row(item: Facility) -> dict[str, Any]:
    access = told.value_text(item, "accessible")
    cost = told.value_text(item, "cost")
    return {"item": item, "kind": told.kind(item.kind), "facts": [text for text in (item.opening, access, cost) if text]}


def _map(province: str, asked: queries.Filter, profile: str, found: Any) -> FacilityMap | None:
    """Coloured by minutes when one kind is asked and roads are there; otherwise marks alone."""
    grounds = grounds_of(province)
    marks = [Mark(item.x, item.y, "dot-place", f"{item.name}, {told.kind(item.kind)}", item.path) for item in found[:1000]]
    distances = times_of(province, profile, asked.kind) if asked.kind and profile else None
    values = None
    if distances is not None and grounds is not None:
        pairs = zip(grounds.codes, grounds.municipalities, distances.minutes.tolist(), strict=True)
        chosen = [(code, value) for code, owner, value in pairs if not asked.municipality or owner == asked.municipality]
        values = {code: None if value != value else round(value, 1) for code, value in chosen}  # NaN is not itself
    return map_of(grounds, asked.municipality, marks, values, (Legend("dot-place", _("een voorziening")),))


def _map_title(kind: str, profile: str) -> str:
    if not kind or not profile:
        return _("Waar ze zijn")
    return _("Hoeveel minuten {how} het is naar {kind}").format(how=told.how(profile), kind=facility_words().kinds[kind].the)


def _small_map(item: Facility) -> FacilityMap | None:
    mark = Mark(item.x, item.y, "here", item.name, item.path)
    return map_of(grounds_of(item.province), item.municipality, [mark])
