"""`/loket`: two lines about an idea, what helps at once, and the way to a person. What is typed goes with the form, never in the
address."""

import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.foundation.people.public import actor_of, demand, network_code
from vliegwiel.foundation.questions.public import Problem
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.areas.public import place_of
from vliegwiel.support.desk import links
from vliegwiel.support.desk.actions.ask_question import LONGEST, Asked, ask_question
from vliegwiel.support.desk.around import links_for
from vliegwiel.support.desk.limits import demand_room
from vliegwiel.support.desk.matching import help_for
from vliegwiel.support.desk.models import DeskContact, Route
from vliegwiel.support.desk.pages import choices
from vliegwiel.support.desk.recognition import recognise

_TEMPLATE = "support/desk/pages/ask/page.html"


def desk_page(request: HttpRequest) -> HttpResponse:
    """The form; after it was sent what was understood and found; or the question, asked of a person."""
    actor = actor_of(request)
    demand(actor, "read-public")
    if request.method != "POST":
        return render(request, _TEMPLATE, _context(request, []))
    text = request.POST.get("tekst", "").strip()[:LONGEST]
    if not text:
        problem = Problem("Schrijf in een paar woorden wat u wilt of zoekt.", "tekst")
        return render(request, _TEMPLATE, _context(request, [problem]), status=400)
    try:
        demand_room(limit="looks_per_hour", whose=network_code(request))
    except NotNow as refusal:
        return render(request, _TEMPLATE, _context(request, [Problem(refusal.message, "")]), status=429)
    problems, status = [], 200
    if request.POST.get("doe") == "vragen":
        try:
            return _asked(request, text)
        except NotValid as refusal:
            problems, status = [Problem(line, _field(line)) for line in refusal.details or (refusal.message,)], 400
        except NotNow as refusal:
            problems, status = [Problem(refusal.message, "")], 429
    return render(request, _TEMPLATE, {**_context(request, problems), **_found(request, text)}, status=status)


def _asked(request: HttpRequest, text: str) -> HttpResponse:
    form = request.POST
    found = ask_question(
        actor=actor_of(request),
        province=settings.VLIEGWIEL_PROVINCE,
        connection=network_code(request),
        asked=Asked(
            text,
            kind=form.get("hulp", "anders"),
            theme=form.get("thema", ""),
            place=form.get("plaats-code", ""),
            name=form.get("naam", ""),
            email=form.get("e-mail", ""),
            phone=form.get("telefoon", ""),
            form=form.get("formulier", "")[:40],
        ),
    )
    if found.person:
        return redirect("my_enquiry", enquiry=found.public_id)
    return redirect(links.path_of(found))


def _found(request: HttpRequest, text: str) -> dict[str, Any]:
    form, province = request.POST, settings.VLIEGWIEL_PROVINCE
    chosen = place_of(form.get("plaats-keuze", "") or form.get("plaats-code", ""), province)
    understood = recognise(
        text,
        province,
        theme=form.get("thema", ""),
        kind=form.get("hulp", ""),
        place=chosen.code if chosen else form.get("plaats", "")[:80],
    )
    return {
        "looked": True,
        "understood": understood,
        "theme_name": choices.theme_name(understood.theme.key),
        "kind_name": choices.kind_name(understood.kind.key),
        "links": links_for(actor_of(request), understood.kind.key),
        "found": help_for(text, understood, province, actor_of(request)),
        "place_typed": understood.place.name if understood.place else form.get("plaats", ""),
    }


def _context(request: HttpRequest, problems: list[Problem]) -> dict[str, Any]:
    routes = Route.objects.filter(province=settings.VLIEGWIEL_PROVINCE, ended_at=None)
    helping = routes.order_by("organisation_name").values_list("organisation", "organisation_name").distinct()
    reached = {row.organisation: row for row in DeskContact.objects.filter(province=settings.VLIEGWIEL_PROVINCE)}
    return {
        "text": request.POST.get("tekst", ""),
        "place_typed": request.POST.get("plaats", ""),
        "given": {key.replace("-", "_"): value for key, value in request.POST.items()},
        "form_key": request.POST.get("formulier") or secrets.token_urlsafe(18),
        "themes": choices.themes(),
        "kinds": choices.kinds(),
        "organisations": [(name, reached.get(key)) for key, name in dict(helping).items()],
        "problems": problems,
        "account": actor_of(request).kind == "person",
        "longest": LONGEST,
    }


def _field(line: str) -> str:
    """Which field a problem belongs to."""
    if "telefoonnummer klopt" in line:
        return "telefoon"
    return "e-mail" if "e-mailadres" in line else ""
