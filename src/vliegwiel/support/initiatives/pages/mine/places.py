"""The page of a meeting place for its board: keep it up to date, look once a year whether it can go on, ask someone to help."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Difference, Problem, inclusion_part, read_inclusion, revision_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, Refusal
from vliegwiel.support.initiatives.actions.keep_meeting_place import (
    LONGEST,
    TEXTS,
    check_viability,
    close_meeting_place,
    edit_meeting_place,
    find_place,
    invite_keeper,
    join_keepers,
    keeps,
    may_keep,
    may_see_check,
    remove_keeper,
)
from vliegwiel.support.initiatives.models import MeetingPlace
from vliegwiel.support.initiatives.rules import CONCERNS
from vliegwiel.support.initiatives.viability import ANSWERS, LOOKED
from vliegwiel.support.initiatives.words import ACCESS

_FOLDER = "support/initiatives/pages/mine"


def own_place(request: HttpRequest, place: str) -> HttpResponse:
    """`/mijn/ontmoetingsplekken/<id>`: everything the public reads, in one form; and who keeps it."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = find_place(place)
    _demand(actor, found)
    problems: list[Problem] = []
    differences: list[Difference] = []
    if request.method == "POST":
        try:
            _act(request, actor, place)
        except Refusal as refusal:
            found = find_place(place)
            stale = refusal.code == "stale"
            problems = [] if stale else [Problem(refusal.message, _FIELDS.get(refusal.code, ""))]
            differences = _differences(request, found) if stale else []
        else:
            if keeps(actor, found) or may_keep(actor, found):
                return redirect(f"{found.own_path}?bewaard=ja")
            return redirect("mine")
    wrong = bool(problems or differences)
    context = {**_context(request, actor, found, problems, typed=wrong), "differences": differences}
    return render(request, f"{_FOLDER}/own_place.html", context, status=400 if wrong else 200)


def check_page(request: HttpRequest, place: str) -> HttpResponse:
    """`/mijn/ontmoetingsplekken/<id>/zelfcheck`: six questions, once a year; read by the board and its adviser only."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = find_place(place)
    verdict = may_see_check(actor, found)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    problems: list[Problem] = []
    if request.method == "POST":
        answers = {item.key: request.POST.get(item.key, "") for item in LOOKED}
        try:
            check_viability(actor=actor, place=place, answers=answers, note=request.POST.get("opmerking", ""))
        except Refusal as refusal:
            problems = [Problem(refusal.message, LOOKED[0].key)]
        else:
            return redirect(f"{found.own_path}/zelfcheck?bewaard=ja")
    checks = list(found.checks.all())
    this_year = next((check for check in checks if check.year == clock.today().year), None)
    given = request.POST if problems else (this_year.answers if this_year else {})
    context = {
        "place": found,
        "year": clock.today().year,
        "asked": [(item, [(key, name, given.get(item.key) == key) for key, name in ANSWERS.items()]) for item in LOOKED],
        "told": [
            (
                check,
                [
                    (item, ANSWERS.get(check.answers.get(item.key, ""), ""), check.answers.get(item.key) == "worry")
                    for item in LOOKED
                ],
            )
            for check in checks
        ],
        "note": request.POST.get("opmerking", "") if problems else (this_year.note if this_year else ""),
        "board": keeps(actor, found),
        "kept": request.GET.get("bewaard") == "ja" and not problems,
        "problems": problems,
    }
    return render(request, f"{_FOLDER}/check.html", context, status=400 if problems else 200)


def join_place(request: HttpRequest, place: str, token: str) -> HttpResponse:
    """`/mijn/ontmoetingsplekken/<id>/beheer/<sleutel>`: the invitation to keep the page."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = find_place(place)
    if request.method == "POST":
        join_keepers(actor=actor, place=place, token=token)
        return redirect(found.own_path)
    return render(request, f"{_FOLDER}/join.html", {"place": found})


_FIELDS = {"name": "name", "number": "seats", "address": "adres", "concern": "opening"}


def _act(request: HttpRequest, actor: Actor, place: str) -> None:
    given = request.POST
    if given.get("doe") == "vraag":
        invite_keeper(actor=actor, place=place, email=given.get("adres", ""))
    elif given.get("doe") == "weg":
        keeper = given.get("wie", "")
        remove_keeper(actor=actor, place=place, keeper=int(keeper) if keeper.isdecimal() and len(keeper) < 16 else 0)
    elif given.get("doe") == "sluit":
        close_meeting_place(actor=actor, place=place)
    elif given.get("doe") == "bewaar":
        changes: dict[str, Any] = {key: given[key] for key in (*TEXTS, "seats", "visits") if key in given}
        changes["access"] = given.getlist("access")
        changes["inclusion"] = read_inclusion(given)
        edit_meeting_place(actor=actor, place=place, changes=changes, seen=revision_in(given))
    else:
        raise NotFound(_("Dit kan hier niet."))


def _demand(actor: Actor, found: MeetingPlace) -> None:
    verdict = may_keep(actor, found)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)


def _differences(request: HttpRequest, found: MeetingPlace) -> list[Difference]:
    """What is kept now beside what was typed, where they differ."""
    labels, given = _labels(), request.POST
    pairs = [(labels[key], "" if getattr(found, key) is None else str(getattr(found, key)), given.get(key, "")) for key in labels]
    access = [", ".join(str(ACCESS[key]) for key in keys if key in ACCESS) for keys in (found.access, given.getlist("access"))]
    pairs.append((_("Toegankelijk"), access[0], access[1]))
    return [Difference(label, there, yours) for label, there, yours in pairs if there.strip() != yours.strip()]


def _labels() -> dict[str, str]:
    return {
        "name": _("Naam"),
        "run_by": _("Wie beheert de plek?"),
        "about": _("Wat is het voor plek?"),
        "activities": _("Wat gebeurt er, en wanneer?"),
        "opening": _("Wanneer is hij open?"),
        "rooms": _("Welke ruimtes zijn er?"),
        "seats": _("Hoeveel mensen kunnen erin?"),
        "visits": _("Hoeveel mensen komen er in een gewone week?"),
    }


def _context(request: HttpRequest, actor: Actor, found: MeetingPlace, problems: list[Problem], *, typed: bool) -> dict[str, Any]:
    given = request.POST if typed else None
    labels = _labels()
    values = {key: (given.get(key, "") if given else getattr(found, key)) for key in labels}
    chosen = given.getlist("access") if given else found.access
    return {
        "place": found,
        "lines": [(key, labels[key], values[key]) for key in ("name", "run_by")],
        "texts": [(key, labels[key], values[key], LONGEST.get(key, 2000)) for key in ("about", "activities", "opening", "rooms")],
        "numbers": [(key, labels[key], "" if values[key] is None else values[key]) for key in ("seats", "visits")],
        "access": [(key, name, key in chosen) for key, name in ACCESS.items()],
        "inclusion": inclusion_part(found.inclusion, typed=given),
        "hints": [CONCERNS[code].text for code in found.concerns if code in CONCERNS],
        "keepers": [
            (item, _("uzelf") if item.person == actor.id else _("beheert mee") if item.person else _("nog niet geantwoord"))
            for item in found.keepers.order_by("pk")
        ],
        "me": actor.id,
        "of_board": keeps(actor, found),
        "may_check": bool(may_see_check(actor, found)),
        "checked": found.checks.filter(year=clock.today().year).exists(),
        "kept": request.GET.get("bewaard") == "ja",
        "problems": problems,
        "given": given or {},
    }
