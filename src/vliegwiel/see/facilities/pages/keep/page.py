"""Ask which buildings to keep: first where and what kind, then which of them and what counts."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from vliegwiel.foundation.people.public import actor_of, demand_somewhere
from vliegwiel.foundation.questions.public import number_of
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotNow, NotValid, Refusal
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.actions.ask_keep import MOST_CANDIDATES, ask_keep
from vliegwiel.see.facilities.models import Facility, KeepQuestion
from vliegwiel.see.facilities.pages.asked import choices, filter_of, profile_of
from vliegwiel.see.facilities.standing import VERB, may_read, readable_by

_FOLDER = "see/facilities/pages/keep"
_USUAL = "ontmoetingsplek"


@require_http_methods(["GET", "POST"])
def keep_choose(request: HttpRequest) -> HttpResponse:
    """`/voorzieningen/houden?gemeente=&soort=`: for who weighs facilities for an organisation."""
    actor = actor_of(request)
    demand_somewhere(actor, VERB)
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            return redirect(_asked(request).path)
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    asked = filter_of(request)
    kind = asked.kind or _USUAL
    chosen = queries.Filter(kind=kind, municipality=asked.municipality, words=asked.words)
    items = list(queries.facilities(settings.VLIEGWIEL_PROVINCE, chosen)[:MOST_CANDIDATES]) if asked.municipality else []
    typed = request.POST if wrong else _earlier(actor, request.GET.get("van", ""))
    usual = "niet" if "van" in typed else "mee"
    context: dict[str, Any] = {
        **choices(),
        "asked": asked,
        "kind": kind,
        "profile": profile_of(request),
        "parts": _parts(asked.municipality),
        "items": [(item, typed.get(f"g-{item.public_id}", usual), _fits(typed, item)) for item in items],
        "wrong": wrong,
        "typed": typed,
        "saved": readable_by(actor, KeepQuestion, settings.VLIEGWIEL_PROVINCE),
        "made_up": any(item.made_up for item in items),
    }
    return render(request, f"{_FOLDER}/page.html", context, status=400 if wrong else 200)


def _parts(municipality: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Villages and neighbourhoods of a municipality whose residents can count alone: a heading with codes and names below it."""
    rows = []
    for level in (Level.VILLAGE, Level.NEIGHBOURHOOD) if municipality else ():
        for year in areas.years():  # the newest that has this level
            found = areas.of_level(level, year, province=settings.VLIEGWIEL_PROVINCE).filter(municipality_code=municipality)
            if names := list(found.values_list("code", "name")):
                rows.append((level.plural.capitalize(), names))
                break
    return rows


def _earlier(actor: Actor, name: str) -> Mapping[str, str]:
    """What was filled in for a question that was asked before and may be read, to ask it otherwise; nothing without one."""
    found = KeepQuestion.objects.filter(public_id=name, province=settings.VLIEGWIEL_PROVINCE).first() if name else None
    if found is None or not may_read(actor, found):
        return {}
    states = {name: "blijft" if name in found.always else "weg" if name in found.never else "mee" for name in found.candidates}
    return {
        "van": name,
        "titel": found.title,
        "toelichting": found.note,
        "gebied": found.area,
        "vervoer": found.profile,
        "aantal": str(found.number),
        "doel": found.objective,
        "minuten": str(found.reach or ""),
        "plaats": "ja" if found.by_capacity else "",
        **{f"g-{name}": state for name, state in states.items()},
        **{f"p-{name}": str(most) for name, most in found.capacities.items()},
    }


def _fits(given: Mapping[str, str], item: Facility) -> str:
    """How many people fit in: what somebody typed, or what the register says."""
    return given.get(f"p-{item.public_id}", "" if item.capacity is None else str(item.capacity))


def _asked(request: HttpRequest) -> KeepQuestion:
    given = request.POST
    rooms = {key[2:14]: _room(value) for key, value in given.items() if key.startswith("p-") and str(value).strip()}
    known = {item.public_id: item.capacity for item in queries.facilities_named(settings.VLIEGWIEL_PROVINCE, rooms)}
    otherwise = {name: most for name, most in rooms.items() if most != known.get(name)}
    states = {key[2:14]: value for key, value in given.items() if key.startswith("g-") and isinstance(value, str)}
    return ask_keep(
        actor=actor_of(request),
        province=settings.VLIEGWIEL_PROVINCE,
        title=given.get("titel", ""),
        note=given.get("toelichting", ""),
        area=(given.get("gebied", "") or request.GET.get("gemeente", ""))[:12],
        profile=given.get("vervoer", ""),
        candidates=[name for name, state in states.items() if state != "niet"],
        number=_whole(given.get("aantal", "")) or 0,
        objective=given.get("doel", ""),
        reach=_whole(given.get("minuten", "")),
        always=[name for name, state in states.items() if state == "blijft"],
        never=[name for name, state in states.items() if state == "weg"],
        by_capacity=given.get("plaats") == "ja" or bool(otherwise),
        capacities=otherwise,
    )


def _room(text: object) -> int:
    """How many people fit in, as somebody typed it; −1 for what is no whole number, which the action refuses."""
    found = number_of(str(text))
    return found if isinstance(found, int) else -1


def _whole(text: str) -> int | None:
    found = number_of(text)
    return found if isinstance(found, int) and 0 < found < 10_000 else None
