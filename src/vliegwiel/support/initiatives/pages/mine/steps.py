"""Make an initiative in small steps that are kept at once: also on a phone, also when one stops half-way."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Problem, Reading, differences, drawn, problems_of, read
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid, Refusal
from vliegwiel.see.areas.public import home_of, places_named
from vliegwiel.support.initiatives.actions.publish_initiative import lacking, publish_initiative
from vliegwiel.support.initiatives.actions.write_initiative import place_initiative, start_initiative, write_initiative
from vliegwiel.support.initiatives.form import STEPS, answers_of, form, problem_with
from vliegwiel.support.initiatives.lifecycle import State
from vliegwiel.support.initiatives.models import Initiative
from vliegwiel.support.initiatives.pages.maps import sketch_to_click
from vliegwiel.support.initiatives.pages.mine.visitors import own
from vliegwiel.support.initiatives.queries import kept_places, mine
from vliegwiel.support.initiatives.rules import CONCERNS
from vliegwiel.support.initiatives.standing import find
from vliegwiel.support.initiatives.words import PRECISIONS

_FOLDER = "support/initiatives/pages/mine"
#: Colours of the small map: an image of its own cannot read the tokens, so these are the same values.
_LAND, _EDGE, _POINT = "#b4d5d2", "#ffffff", "#bf4408"


def list_page(request: HttpRequest) -> HttpResponse:
    """`/mijn/initiatieven`: what one makes or helps with, and a new one that needs a name only."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            made = start_initiative(
                actor=actor,
                province=settings.VLIEGWIEL_PROVINCE,
                title=request.POST.get("titel", ""),
                made_up=settings.VLIEGWIEL_DEMO,
            )
        except Refusal as refusal:
            problems = [Problem(refusal.message, "titel")]
        else:
            return redirect("my_initiative_step", initiative=made.public_id, step=STEPS[0])
    context = {"rows": mine(actor), "places": kept_places(actor), "problems": problems, "given": request.POST}
    return render(request, f"{_FOLDER}/list.html", context, status=400 if problems else 200)


def step_page(request: HttpRequest, initiative: str, step: str) -> HttpResponse:
    """`/mijn/initiatieven/<id>/<stap>`: a block of questions. What someone else saved first is laid beside what was typed."""
    who = own(request, initiative)
    if who is None:
        return to_sign_in(request)
    actor, found = who
    block = form().block(step)
    if block is None:
        raise NotFound(_("Deze stap bestaat niet."), nearest=((found.title, found.own_path),))
    there = answers_of(found)
    reading: Reading | None = None
    stale: list[Any] = []
    problems: list[Problem] = []
    if request.method == "POST":
        reading = read(block.questions, request.POST)
        wrong = {**reading.problems, **{key: text for key, text in problem_with(reading.values).items() if key in reading.typed}}
        reading = Reading(reading.values, reading.typed, wrong, reading.refused)
        if not wrong:
            try:
                seen = request.POST.get("versie", "")
                saved = write_initiative(
                    actor=actor, initiative=initiative, answers=reading.values, seen=int(seen) if seen.isdecimal() else None
                )
            except NotNow as refusal:
                if refusal.code != "stale":
                    raise
                found = find(initiative)
                there = answers_of(found)
                stale = differences(block.questions, there, reading.values)
            except NotValid as refusal:
                problems = [Problem(refusal.message, "")]
            else:
                return _onward(request, saved, step)
    fields = drawn(block.questions, there, reading=reading)
    context = {
        "initiative": found,
        "part": block,
        "step": step,
        "number": STEPS.index(step) + 1,
        "count": len(STEPS),
        "fields": fields,
        "problems": [*problems_of(fields), *problems],
        "differences": stale,
        "hints": hints_of(found),
    }
    return render(request, f"{_FOLDER}/step.html", context, status=400 if context["problems"] or stale else 200)


def place_step(request: HttpRequest, initiative: str) -> HttpResponse:
    """`/mijn/initiatieven/<id>/plek?zoek=&gebied=`: find the place by name, and point at it on a small map if one likes."""
    who = own(request, initiative)
    if who is None:
        return to_sign_in(request)
    actor, found = who
    province, problems = found.province, []
    code = request.GET.get("gebied", "").upper()[:12] or found.area
    if request.method == "POST":
        code = request.POST.get("gebied", "").upper()[:12]
        precision = request.POST.get("precisie", "area")
        try:
            saved = place_initiative(
                actor=actor,
                initiative=initiative,
                precision=precision,
                area=code,
                point=_clicked(request, code, province) if precision != "area" else None,
            )
        except Refusal as refusal:
            problems = [Problem(refusal.message, "v-zoek")]
        else:
            if precision != "area":
                return redirect(f"{found.own_path}/plek?gekozen=ja")
            return _onward(request, saved, "plek")
    words = request.GET.get("zoek", "").strip()[:80]
    spot = home_of(code, province) if code else None
    sketch = sketch_to_click(spot.municipality) if spot else None
    context = {
        "initiative": found,
        "number": STEPS.index("plek") + 1,
        "count": len(STEPS),
        "words": words,
        "results": places_named(words, province) if words else [],
        "spot": spot,
        "sketch": sketch,
        "precisions": [(key, name) for key, name in PRECISIONS.items() if key != "area"],
        "chosen": request.GET.get("gekozen") == "ja",
        "problems": problems,
    }
    return render(request, f"{_FOLDER}/place.html", context, status=400 if problems else 200)


@require_GET
def place_map(request: HttpRequest, municipality: str) -> HttpResponse:
    """`/mijn/initiatieven/kaart/<gemeente>.svg?x=&y=`: the small map to point at, with the published point when there is one."""
    sketch = sketch_to_click(municipality.upper()[:6])
    if sketch is None:
        raise NotFound(_("Van deze gemeente hebben wij geen kaart."))
    paths = "".join(f'<path d="{path}"/>' for path in sketch.paths.values())
    x, y = request.GET.get("x", ""), request.GET.get("y", "")
    dot = ""
    if x.isdecimal() and y.isdecimal() and len(x) < 8 and len(y) < 8:
        across, down = sketch.place(int(x), int(y))
        dot = f'<circle cx="{across}" cy="{down}" r="6" fill="{_POINT}" stroke="{_EDGE}" stroke-width="2"/>'
    body = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sketch.width}" height="{sketch.height}" '
        f'viewBox="0 0 {sketch.width} {sketch.height}"><g fill="{_LAND}" stroke="{_EDGE}" stroke-width="1">{paths}</g>{dot}</svg>'
    )
    return HttpResponse(body, content_type="image/svg+xml")


def show_page(request: HttpRequest, initiative: str) -> HttpResponse:
    """`/mijn/initiatieven/<id>/op-de-site`: read it over, and put it on the site."""
    who = own(request, initiative)
    if who is None:
        return to_sign_in(request)
    actor, found = who
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            publish_initiative(actor=actor, initiative=initiative)
        except NotValid as refusal:
            problems = [Problem(line, "") for line in refusal.details]
        else:
            return redirect(f"{found.own_path}?op-de-site=ja")
    context = {"initiative": found, "lacking": lacking(found), "problems": problems, "hints": hints_of(found)}
    return render(request, f"{_FOLDER}/show.html", context, status=400 if problems else 200)


def hints_of(found: Initiative) -> list[tuple[str, bool]]:
    """What in the texts needs a look: the sentence, and whether it hides the initiative."""
    return [(CONCERNS[code].text, CONCERNS[code].hides and found.hidden) for code in found.concerns if code in CONCERNS]


def _onward(request: HttpRequest, found: Initiative, step: str) -> HttpResponse:
    """The next step for a draft; back to its page for what is on the site already, or for who stops here."""
    place = STEPS.index(step) + 1
    if found.stands is not State.DRAFT or request.POST.get("later"):
        return redirect("my_initiative", initiative=found.public_id)
    if place == len(STEPS):
        return redirect("show_initiative", initiative=found.public_id)
    if STEPS[place] == "plek":
        return redirect("my_initiative_place", initiative=found.public_id)
    return redirect("my_initiative_step", initiative=found.public_id, step=STEPS[place])


def _clicked(request: HttpRequest, code: str, province: str) -> tuple[float, float] | None:
    """The point that was touched on the small map, in metres (RD); None when it was not touched but chosen by a key."""
    across, down = request.POST.get("punt.x", ""), request.POST.get("punt.y", "")
    spot = home_of(code, province)
    sketch = sketch_to_click(spot.municipality) if spot else None
    if sketch is None or not (across.isdecimal() and down.isdecimal()) or (across, down) == ("0", "0"):
        return None
    return sketch.point(float(across[:4]), float(down[:4]))
