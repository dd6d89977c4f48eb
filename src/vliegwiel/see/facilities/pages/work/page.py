"""For who keeps the register: lists that came in, reports, norms, one facility, and what the answers rest on."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.design.uploads import takes_files
from vliegwiel.foundation.papers.public import safe_name
from vliegwiel.foundation.people.public import Subject, actor_of, demand, demand_somewhere, may, may_somewhere
from vliegwiel.foundation.questions.public import date_of, number_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow, NotValid, Refusal
from vliegwiel.see.facilities import queries, tables
from vliegwiel.see.facilities.actions.edit_facility import close_facility, edit_facility, open_facility
from vliegwiel.see.facilities.actions.import_facilities import VERB, ImportedFacilities, import_facilities
from vliegwiel.see.facilities.actions.release_distances import release_distances
from vliegwiel.see.facilities.actions.report_mistake import ABOUT, answer_report
from vliegwiel.see.facilities.actions.set_norm import end_norm, set_norm
from vliegwiel.see.facilities.models import (
    AddressSet,
    DistanceRelease,
    Facility,
    FacilityImport,
    FacilityNorm,
    MistakeReport,
    RoadNetwork,
)
from vliegwiel.see.facilities.pages import told
from vliegwiel.see.facilities.pages.asked import choices

_FOLDER = "see/facilities/pages/work"
_SHOWN = 50


def _too_large(request: HttpRequest, refusal: NotValid) -> HttpResponse:
    return _overview(request, refusal, None)


@takes_files("VLIEGWIEL_LARGEST_PAPER", _too_large)
@require_http_methods(["GET", "POST"])
def office_page(request: HttpRequest) -> HttpResponse:
    """`/werk/voorzieningen`: bring in a list; see roads, addresses, norms and reports that wait."""
    wrong: Refusal | None = None
    done: ImportedFacilities | None = None
    if request.method == "POST":
        demand_somewhere(actor_of(request), VERB)
        try:
            done = _import(request)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    return _overview(request, wrong, done)


@require_GET
def template_file(request: HttpRequest) -> HttpResponse:
    """`/werk/voorzieningen/sjabloon.csv`."""
    demand_somewhere(actor_of(request), VERB)
    answer = HttpResponse(tables.template(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="sjabloon-voorzieningen.csv"'
    return answer


@require_http_methods(["POST"])
def norm_deed(request: HttpRequest) -> HttpResponse:
    """`/werk/voorzieningen/normen`: lay down a norm, or end one."""
    actor, given = actor_of(request), request.POST
    try:
        if given.get("norm"):
            end_norm(actor=actor, norm=given["norm"])
        else:
            minutes = number_of(given.get("minuten", ""))
            set_norm(
                actor=actor, province=settings.VLIEGWIEL_PROVINCE, kind=given.get("soort", ""), profile=given.get("vervoer", ""),
                minutes=minutes if isinstance(minutes, int) else 0, source=given.get("bron", ""), status=given.get("status", ""),
                valid_from=date_of(given.get("vanaf", "")),
            )  # fmt: skip
    except (NotValid, NotNow) as refusal:
        return _overview(request, refusal, None)
    return redirect("facilities_office")


@require_http_methods(["POST"])
def release_deed(request: HttpRequest) -> HttpResponse:
    """`/werk/voorzieningen/cijfers`: make figures of the distances."""
    try:
        release_distances(actor=actor_of(request), province=settings.VLIEGWIEL_PROVINCE)
    except (NotValid, NotNow) as refusal:
        return _overview(request, refusal, None)
    return redirect("facilities_office")


@require_http_methods(["GET", "POST"])
def reports_page(request: HttpRequest) -> HttpResponse:
    """`/werk/voorzieningen/meldingen`: what residents said, the oldest first, and a place to answer."""
    actor = actor_of(request)
    demand_somewhere(actor, VERB)
    wrong: Refusal | None = None
    given = request.POST
    if request.method == "POST":
        try:
            answer_report(
                actor=actor, report=given.get("melding", ""), state=given.get("stand", ""), answer=given.get("antwoord", "")
            )
            return redirect("facility_reports")
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    found = queries.reports_for(actor)
    context = {
        "waiting": [(row, ABOUT.get(row.about, "")) for row in found.filter(state="open")[:_SHOWN]],
        "answered": [(row, ABOUT.get(row.about, "")) for row in found.exclude(state="open").order_by("-answered_at", "-pk")[:10]],
        "states": [(key, name) for key, name in MistakeReport.STATES if key != "open"],
        "wrong": wrong,
        "typed": given if wrong else {},
    }
    return render(request, f"{_FOLDER}/reports.html", context, status=400 if wrong else 200)


@require_http_methods(["GET", "POST"])
def edit_page(request: HttpRequest, facility: str) -> HttpResponse:
    """`/werk/voorzieningen/<id>`: what is known of one facility, who said it, and whether it is still there."""
    actor, item = actor_of(request), queries.facility_named(facility)
    demand(actor, VERB, Subject(province=item.province, municipality=item.municipality))
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            _deed(request, item)
            return redirect(item.path)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    context = {
        "item": item,
        "kind": item.kind_of,
        "fields": _fields(item, request.POST if wrong else None),
        "access": facility_words().access.items(),
        "costs": facility_words().costs.items(),
        "details": [
            (key, name, key in (request.POST.getlist("toegang") if wrong else item.access_details))
            for key, name in facility_words().access_details.items()
        ],
        "chosen": _chosen(item, request.POST if wrong else None),
        "typed": request.POST if wrong else {},
        "today": clock.today(),
        "wrong": wrong,
        "made_up": item.made_up,
    }
    return render(request, f"{_FOLDER}/edit.html", context, status=400 if wrong else 200)


#: Fields of the form: column of the spreadsheet, name of the value, and its label.
_FIELDS = (
    ("naam", "name", "Naam"), ("adres", "address", "Adres"), ("postcode", "postcode", "Postcode"), ("open", "opening", "Open"),
    ("capaciteit", "capacity", "Plaats voor hoeveel mensen"), ("toelichting kosten", "cost_note", "Meer over de kosten"),
    ("ruimtes", "rooms", "Ruimtes"), ("wachttijd", "waiting_days", "Wachttijd in dagen"),
)  # fmt: skip


def _chosen(item: Facility, typed: Any) -> dict[str, str]:
    """What is chosen in the lists of the form."""
    columns = {"cost": "kosten", "accessible": "toegankelijk", "takes_new": "nieuwe klanten"}
    kept = {name: str(getattr(item, name)) for name in columns}
    return kept if typed is None else {name: typed.get(column, kept[name]) for name, column in columns.items()}


def _fields(item: Facility, typed: Any) -> list[dict[str, Any]]:
    rows = []
    for column, name, label in _FIELDS[1:] if item.more_at else _FIELDS:
        kept = getattr(item, name)
        value = typed.get(column, "") if typed is not None else "" if kept is None else kept
        rows.append(
            {"column": column, "id": column.replace(" ", "-"), "label": _(label), "value": value, "told": item.told_by(name)}
        )
    return rows


def _deed(request: HttpRequest, item: Facility) -> None:
    given, actor = request.POST, actor_of(request)
    version = number_of(given.get("versie", ""))
    seen = version if isinstance(version, int) else 0
    if given.get("wat") == "sluit":
        day = date_of(given.get("dag", ""))
        if day is None:
            raise NotValid(_("Vul de dag in waarop de voorziening sloot."), code="no-day")
        close_facility(actor=actor, facility=item.public_id, version=seen, closed_on=day)
    elif given.get("wat") == "open":
        open_facility(actor=actor, facility=item.public_id, version=seen)
    else:
        columns = (*(column for column, _name, _label in _FIELDS), "kosten", "toegankelijk", "nieuwe klanten")
        cells = {column: given.get(column, "") for column in columns}
        cells["naam"] = given.get("naam", item.name)  # not asked of what has a page of its own
        cells["toegang"] = "; ".join(given.getlist("toegang"))
        cells["nieuwe klanten"] = given.get("nieuwe klanten", item.takes_new)  # not asked of every kind
        edit_facility(actor=actor, facility=item.public_id, version=seen, cells=cells, source=given.get("bron", ""))


def _import(request: HttpRequest) -> ImportedFacilities:
    upload = request.FILES.get("bestand")
    if upload is None:
        raise NotValid(_("Kies een bestand."), code="no-file")
    name = safe_name(upload.name or "", "voorzieningen")
    if name.endswith(".pbf") and not name.endswith(".osm.pbf"):
        name = f"{name[:-4]}.osm.pbf"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        return import_facilities(
            actor=actor_of(request), province=settings.VLIEGWIEL_PROVINCE, path=path, source=request.POST.get("van", ""),
            kind=request.POST.get("soort", ""), checked_on=date_of(request.POST.get("dag", "")), file_name=name,
            made_up=settings.VLIEGWIEL_DEMO,
        )  # fmt: skip


def _overview(request: HttpRequest, wrong: Refusal | None, done: ImportedFacilities | None) -> HttpResponse:
    actor, province = actor_of(request), settings.VLIEGWIEL_PROVINCE
    verbs = (VERB, "weigh-facilities", "import-roads")
    if not any(may_somewhere(actor, verb) for verb in verbs):
        demand_somewhere(actor, VERB)
    words = facility_words()
    context: dict[str, Any] = {
        **choices(),
        "done": done,
        "wrong": wrong,
        "typed": request.POST if wrong else {},
        "may_keep": bool(may_somewhere(actor, VERB)),
        "may_set": bool(may(actor, "set-norms", Subject(province=province))),
        "may_release": bool(may(actor, "import-figures")),
        "may_weigh": bool(may_somewhere(actor, "weigh-facilities")),
        "waiting": queries.reports_for(actor).filter(state="open").count(),
        "imports": list(FacilityImport.objects.filter(province=province).order_by("-imported_at", "-pk")[:10]),
        "counts": [(words.kinds[key].plural, count) for key, count in queries.counts_by_kind(province).items()],
        "roads": [
            (told.how(row.profile), row)
            for row in RoadNetwork.objects.filter(province=province).order_by("profile", "-imported_at")[:9]
        ],
        "addresses": AddressSet.objects.filter(province=province).order_by("-imported_at", "-pk").first(),
        "norms": [(told.kind(norm.kind), told.how(norm.profile), norm) for norm in queries.norms_of(province)],
        "all_profiles": [(key, profile.name) for key, profile in words.profiles.items()],
        "statuses": FacilityNorm.STATUSES,
        "released": DistanceRelease.objects.filter(province=province).order_by("-made_at").first(),
    }
    return render(request, f"{_FOLDER}/page.html", context, status=400 if wrong else 200)
