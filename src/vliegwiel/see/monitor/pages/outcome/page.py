"""Outcomes of the index before everybody sees them: releasing one, and the note of a municipality."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vliegwiel.catalogue import indices
from vliegwiel.engines.terms import after_ordinary_days
from vliegwiel.foundation.people.public import actor_of, demand, demand_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound, NotValid
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.monitor import outcomes, pressure
from vliegwiel.see.monitor.actions.release_index import release_index
from vliegwiel.see.monitor.actions.write_note import LONGEST, write_note
from vliegwiel.see.monitor.models import IndexNote, IndexRelease
from vliegwiel.see.monitor.outcomes import Standing
from vliegwiel.see.monitor.pages.start.page import home_province

_FOLDER = "see/monitor/pages/outcome"


@dataclass(frozen=True)
class Year:
    """One year of the index: in how many areas it is known, and how it stands."""

    year: int
    known: int
    standing: Standing


@dataclass(frozen=True)
class Note:
    """The place for the note of one municipality, with what was written."""

    code: str
    name: str
    note: IndexNote | None


@require_GET
def outcomes_page(request: HttpRequest) -> HttpResponse:
    """`/beheer/uitkomsten`: each year with an outcome, and a button to lay it before the municipalities."""
    demand(actor_of(request), "publish-figures")
    province = home_province()
    context = {
        "province": province,
        "years": _years(province) if province else [],
        "public_from": after_ordinary_days(clock.today(), outcomes.AHEAD),
        "ahead": outcomes.AHEAD,
        "made_up": bool(province and province.made_up),
    }
    return render(request, f"{_FOLDER}/release.html", context)


@require_POST
def outcome_released(request: HttpRequest) -> HttpResponse:
    """`/beheer/uitkomsten/vrijgeven`."""
    actor, year, province = actor_of(request), request.POST.get("jaar", ""), home_province()
    demand(actor, "publish-figures")
    if province is None or not (year.isdecimal() and len(year) == 4):
        raise NotValid(_("Kies eerst een jaar."), code="no-year")
    release_index(actor=actor, province=province.code, year=int(year))
    return redirect("outcomes")


@require_GET
def shown_page(request: HttpRequest) -> HttpResponse:
    """`/gemeente/uitkomsten`: what a municipality may see before others, the newest first."""
    actor = actor_of(request)
    demand_somewhere(actor, "write-note")
    found = IndexRelease.objects.order_by("-shown_on", "-pk")
    mine = [(release, release.public_from <= clock.today()) for release in found if outcomes.municipalities_of(actor, release)]
    return render(request, f"{_FOLDER}/shown.html", {"releases": mine, "made_up": any(one.made_up for one, _public in mine)})


@require_http_methods(["GET", "POST"])
def note_page(request: HttpRequest, release: str) -> HttpResponse:
    """`/gemeente/uitkomsten/<id>`: look ahead, and write the note of a municipality."""
    actor = actor_of(request)
    demand_somewhere(actor, "write-note")
    found = IndexRelease.objects.filter(public_id=release).first()
    notes = _notes(actor, found) if found else []
    if found is None or not notes:
        raise NotFound(_("Deze uitkomst bestaat niet."), nearest=((_("Uitkomsten vooraf bekijken"), "/gemeente/uitkomsten"),))
    chosen = request.POST.get("gemeente") or request.GET.get("gemeente", "")
    chosen = chosen if chosen in {note.code for note in notes} else notes[0].code
    wrong: NotValid | None = None
    if request.method == "POST":
        try:
            write_note(actor=actor, release=release, municipality=chosen, text=request.POST.get("toelichting", ""))
        except NotValid as refusal:
            wrong = refusal
        else:
            return redirect(f"{request.path}?gemeente={chosen}")
    mine = next(note for note in notes if note.code == chosen)
    context = {
        "release": found,
        "notes": notes,
        "mine": mine,
        "public": found.public_from <= clock.today(),
        "longest": LONGEST,
        "wrong": wrong,
        "given": request.POST.get("toelichting", "") if wrong else (mine.note.text if mine.note else ""),
        "made_up": found.made_up,
    }
    return render(request, f"{_FOLDER}/note.html", context)


def _years(province: Area) -> list[Year]:
    level = Level(indices.vulnerability().level)
    found = []
    for year in areas.years():
        if areas.codes_of(level, year, province=province.code):
            known = pressure.picture_of(year, province.code).known_areas
            if known:
                found.append(Year(year, known, outcomes.standing_of(province.code, year)))
    return found


def _notes(actor: Actor, release: IndexRelease) -> list[Note]:
    written = {note.municipality: note for note in release.notes.all()}
    return [Note(code, name, written.get(code)) for code, name in outcomes.municipalities_of(actor, release)]
