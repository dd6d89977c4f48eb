"""Two choices beside each other: what each asks of whom, and where. The address is both questions, so that it can be shared."""

from collections.abc import Mapping
from math import inf
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.kernel.errors import NotNow, NotValid, Refusal
from vliegwiel.see.facilities.outcome import demanded_ground, is_large, refuse_too_many, what_if
from vliegwiel.see.facilities.pages import told
from vliegwiel.see.facilities.pages.asked import choices
from vliegwiel.see.facilities.pages.what_if.asked import AskedWhatIf, Chosen, asked_by, chosen_in, listed
from vliegwiel.see.facilities.pages.what_if.page import outcome_map
from vliegwiel.see.facilities.pages.what_if.shown import shown, title_of

_FOLDER = "see/facilities/pages/what_if"
_NAMES = ("een", "twee")
_MOST_PLACES = 60


@require_GET
def compare_page(request: HttpRequest) -> HttpResponse:
    """`/voorzieningen/wat-als/vergelijk?soort=&vervoer=&gemeente=&een=&een-open=&twee=&twee-open=`."""
    asked = asked_by(request)
    sets = [chosen_in(request.GET, name, f"{name}-open") for name in _NAMES]
    found: list[dict[str, Any]] = []
    wrong: Refusal | None = None
    if all(sets) and asked.profile:
        try:
            found = [_worked_out(asked, chosen) for chosen in sets]
        except (NotValid, NotNow) as refusal:
            wrong = refusal
    items = listed(asked, (*sets[0].close, *sets[1].close))
    places = _places(found)
    context = {
        **choices(),
        "asked": asked,
        "items": [(item, *(item.public_id in chosen.close for chosen in sets)) for item in items],
        "columns": [_column(asked, outcome, place, sets, items) for place, outcome in enumerate(found)],
        "rows": _beside(found),
        "places": places[:_MOST_PLACES],
        "all_places": len(places) if len(places) > _MOST_PLACES else 0,
        "best": _best(found),
        "change": [f"?{_changed(asked, sets, place)}" for place in range(2)],
        "points": [(f"{name}-open", point) for name, chosen in zip(_NAMES, sets, strict=True) for point in chosen.points],
        "wrong": wrong,
        "kind_name": told.kind(asked.kind),
        "how": told.how(asked.profile),
        "vintage": told.vintage(demanded_ground(settings.VLIEGWIEL_PROVINCE, asked.profile).vintage) if found else [],
        "made_up": any(outcome["made_up"] for outcome in found),
    }
    return render(request, f"{_FOLDER}/compare.html", context, status=400 if wrong else 200)


def _worked_out(asked: AskedWhatIf, chosen: Chosen) -> dict[str, Any]:
    refuse_too_many(chosen.close, chosen.opens)
    if is_large(settings.VLIEGWIEL_PROVINCE, asked.profile, chosen.close, chosen.opens):
        raise NotNow(_("Deze keuzes zijn te groot om meteen naast elkaar te leggen. Bewaar ze eerst elk apart."), code="large")
    return what_if(settings.VLIEGWIEL_PROVINCE, asked.profile, asked.kind, chosen.close, chosen.opens)


def _column(asked: AskedWhatIf, outcome: dict[str, Any], place: int, sets: list[Chosen], items: list[Any]) -> dict[str, Any]:
    own = AskedWhatIf(asked.kind, asked.profile, asked.municipality, sets[place])
    return {
        "name": title_of(outcome),
        "whole": f"?{own.address()}",
        "map": outcome_map(outcome, items, lambda item: item.path),
        "map_title": _("Keuze {number}: hoeveel minuten langer, per buurt").format(number=place + 1),
        **shown(outcome),
    }


def _changed(asked: AskedWhatIf, sets: list[Chosen], place: int) -> str:
    """The address on which one of the two is chosen anew, with the other kept beside it."""
    return AskedWhatIf(asked.kind, asked.profile, asked.municipality, sets[place], sets[1 - place]).address()


def _beside(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Per group the numbers of both."""
    if len(found) < 2:
        return []
    pairs = zip(*(shown(outcome)["groups"] for outcome in found), strict=True)
    return [{"name": one["name"], "pair": (one, other)} for one, other in pairs]


def _places(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Per neighbourhood how much longer in both; those that notice neither are left out."""
    if len(found) < 2:
        return []
    more = [{row["code"]: _longer(row) for row in outcome["places"]} for outcome in found]
    names = {row["code"]: (row["name"], row["municipality_name"]) for outcome in found for row in outcome["places"]}
    order = sorted(names, key=lambda code: (-max(one.get(code) or 0 for one in more), names[code]))
    return [
        {
            "code": code,
            "name": names[code][0],
            "owner": names[code][1],
            "pair": [_longer_text(one[code]) if code in one else _("merkt niets") for one in more],
        }
        for code in order
    ]


def _longer(row: Mapping[str, Any]) -> float | None:
    """Minutes longer; infinite where nobody arrives any more, and None where those who notice are too few to tell."""
    if row["after"] is not None:
        return round(float(row["after"] - row["before"]), 1)
    return inf if row["lost"] != 0 and row["persons"] is not None else None


def _longer_text(more: float | None) -> str:
    return _("niet bereikbaar") if more == inf else told.minutes(more)


def _best(found: list[dict[str, Any]]) -> str:
    """Which of the two asks less of people, in one sentence."""
    if len(found) < 2 or not all(outcome["groups"][0]["known"] for outcome in found):
        return ""
    one, other = (outcome["person_minutes"] for outcome in found)
    lost_one, lost_other = (outcome["groups"][0].get("lost") for outcome in found)
    if lost_one != lost_other:
        return _("Let op: mensen raken hun laatste kwijt, en niet bij beide evenveel. Kijk eerst daarnaar.")
    if one == other:
        return _("Beide vragen samen evenveel reistijd.")
    return _("Keuze {name} vraagt samen minder reistijd.").format(name=1 if one < other else 2)
