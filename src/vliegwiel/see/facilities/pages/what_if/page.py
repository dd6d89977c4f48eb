"""What if a facility closes, opens or moves: choose on the map or in the list, see who notices, and save it."""

from collections.abc import Sequence
from html import escape
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.api.rows import csv_text
from vliegwiel.foundation.people.public import actor_of, may_somewhere
from vliegwiel.kernel.errors import NotNow, NotValid, Refusal
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.see.facilities import nearby, queries
from vliegwiel.see.facilities.actions.save_scenario import save_scenario
from vliegwiel.see.facilities.models import ClosureScenario, Facility
from vliegwiel.see.facilities.outcome import demanded_ground, in_every_way, is_large, refuse_too_many
from vliegwiel.see.facilities.pages import told
from vliegwiel.see.facilities.pages.asked import choices
from vliegwiel.see.facilities.pages.maps import FacilityMap, Legend, Mark, map_of
from vliegwiel.see.facilities.pages.what_if.asked import (
    MOST_LISTED,
    AskedWhatIf,
    Chosen,
    Item,
    asked_by,
    chosen_in,
    listed,
    toggled,
)
from vliegwiel.see.facilities.pages.what_if.shown import shown, title_of
from vliegwiel.see.facilities.rules import AT_ONCE_FACILITIES
from vliegwiel.see.facilities.standing import VERB, readable_by
from vliegwiel.see.facilities.where import grounds_of

_FOLDER = "see/facilities/pages/what_if"


@require_GET
def what_if_page(request: HttpRequest) -> HttpResponse:
    """`/voorzieningen/wat-als?soort=&vervoer=&gemeente=&sluit=&open=&naast=`: the link is the question, so that it can be shared."""
    return _page(request, asked_by(request), None)


@require_GET
def what_if_csv(request: HttpRequest) -> HttpResponse:
    """`/voorzieningen/wat-als.csv`: the neighbourhoods that notice, as on the page."""
    asked = asked_by(request)
    return as_csv(_worked_out(asked), "wat-als")


@require_POST
def what_if_saved(request: HttpRequest) -> HttpResponse:
    """`/voorzieningen/wat-als/bewaar`: the same question, kept with its answer."""
    given = request.POST
    chosen = chosen_in(given, "sluit", "open")
    asked = AskedWhatIf(given.get("soort", ""), given.get("vervoer", ""), given.get("gemeente", "")[:6], chosen)
    try:
        saved = save_scenario(
            actor=actor_of(request), province=settings.VLIEGWIEL_PROVINCE, title=given.get("titel", ""), note=given.get("toelichting", ""),
            kind=asked.kind, profile=asked.profile, close=chosen.close, opens=chosen.opens,
        )  # fmt: skip
    except (NotValid, NotNow) as refusal:
        if asked.kind not in facility_words().kinds:
            raise
        return _page(request, asked, refusal)
    return redirect(saved.path)


def as_csv(outcome: dict[str, Any], name: str) -> HttpResponse:
    """The neighbourhoods of an outcome; an empty cell is what is not shown."""
    header = [
        "buurtcode", "buurt", "gemeente", "mensen die het merken", "minuten eerst", "minuten straks", "kan er geen meer bereiken",
        "vervoer", "let op",
    ]  # fmt: skip
    mark = MADE_UP if outcome["made_up"] else ""
    rows = [
        [
            row["code"], row["name"], row["municipality_name"], told.count(row["persons"]), row["before"], row["after"],
            told.count(row["lost"]), told.how(outcome["profile"]), mark,
        ]
        for row in outcome["places"]
    ]  # fmt: skip
    answer = HttpResponse(csv_text(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def outcome_map(outcome: dict[str, Any], items: Sequence[Item | Facility], href: Any) -> FacilityMap | None:
    """The neighbourhoods by how many minutes longer, what closes, what opens, and where people go instead."""
    closed = {item["id"] for item in outcome["closed"]}
    goes = {row["id"] for row in outcome["instead"]}
    marks = [
        Mark(item.x, item.y, "goes" if item.public_id in goes else "dot-place", item.name, href(item))
        for item in items
        if item.public_id not in closed
    ]
    marks += [
        Mark(item.x, item.y, "closes", _("{name} sluit").format(name=item.name), href(item))
        for item in items
        if item.public_id in closed
    ]
    marks += [
        Mark(one["x"], one["y"], "keeps", _("nieuw in {place}").format(place=one["name"]), "#uitkomst")
        for one in outcome["opened"]
    ]
    values = {
        row["code"]: round(row["after"] - row["before"], 1) if row["after"] is not None else None for row in outcome["places"]
    }
    keys = [Legend("closes", _("sluit")), Legend("goes", _("hier gaan mensen dan heen")), Legend("dot-place", _("blijft"))]
    keys += [Legend("keeps", _("nieuw"))] if outcome["opened"] else []
    noticed = {row["municipality"] for row in outcome["places"]} | {
        item.municipality for item in items if item.public_id in closed
    }
    noticed |= {one["municipality"] for one in outcome["opened"]}
    return map_of(grounds_of(settings.VLIEGWIEL_PROVINCE), noticed, marks, values or None, tuple(keys), differences=True)


def near_of(outcome: dict[str, Any]) -> list[nearby.Found]:
    """What is near the facilities that close, and near what opens."""
    names = [item["id"] for item in outcome["closed"]]
    points = [(item.x, item.y) for item in queries.facilities_named(settings.VLIEGWIEL_PROVINCE, names)]
    points += [(one["x"], one["y"]) for one in outcome["opened"]]
    return nearby.near(settings.VLIEGWIEL_PROVINCE, points, without=names)


def _worked_out(asked: AskedWhatIf) -> dict[str, Any]:
    """The answer at once. Raises NotValid, and NotNow (code "large") for a question that is work for the background."""
    province, chosen = settings.VLIEGWIEL_PROVINCE, asked.chosen
    refuse_too_many(chosen.close, chosen.opens)
    if is_large(province, asked.profile, chosen.close, chosen.opens):
        text = _(
            "Dit is een grote vraag: meer dan {count} tegelijk, of heel veel adressen. Die rekenen wij op de achtergrond uit."
        )
        raise NotNow(text.format(count=AT_ONCE_FACILITIES), code="large")
    return in_every_way(province, asked.profile, asked.kind, chosen.close, chosen.opens)


def _page(request: HttpRequest, asked: AskedWhatIf, wrong: Refusal | None) -> HttpResponse:
    actor, province, chosen = actor_of(request), settings.VLIEGWIEL_PROVINCE, asked.chosen
    outcome: dict[str, Any] | None = None
    large: Refusal | None = None
    if asked.profile and chosen:
        try:
            outcome = _worked_out(asked)
        except (NotValid, NotNow) as refusal:
            large = refusal if refusal.code == "large" else None
            wrong = wrong or (None if large else refusal)
    items = listed(asked, chosen.close)
    context: dict[str, Any] = {
        **choices(),
        "asked": asked,
        "items": items,
        "picks": _picks(items, chosen),
        "kind_name": told.kind(asked.kind),
        "listed": MOST_LISTED if len(items) >= MOST_LISTED else 0,
        "wrong": wrong,
        "large": large,
        "may_save": bool(actor.organisation and may_somewhere(actor, VERB)),
        "saved": readable_by(actor, ClosureScenario, province),
        "typed": request.POST if wrong and request.method == "POST" else {},
        "address": asked.address(),
        "compare": asked.compared(),
        "without_new": asked.address(chosen=Chosen(chosen.close)) if chosen.opens and outcome is None else "",
    }
    if outcome is not None:
        context |= outcome_context(outcome, items, toggled(asked))
        context["others"] = [row | {"address": asked.address(profile=row["profile"])} for row in context["others"]]
        context["vintage"] = told.vintage(demanded_ground(province, asked.profile).vintage)
        context["title"] = title_of(outcome)
        context["opened"] = [
            (one["name"], asked.address(chosen=chosen.without_point(place))) for place, one in enumerate(outcome["opened"])
        ]
    elif large:
        context["title"] = _("{count} tegelijk").format(count=len(chosen.close) + len(chosen.opens))
    else:
        href, closes = toggled(asked), _("Sluit {name}")
        marks = [Mark(item.x, item.y, "dot-place", closes.format(name=item.name), href(item)) for item in items]
        context["map"] = map_of(grounds_of(province), asked.municipality, marks) if items else None
        context["map_title"] = _("Klik op een stip om te zien wat er gebeurt als die sluit")
        context["made_up"] = any(item.made_up for item in items)
    return render(request, f"{_FOLDER}/page.html", context, status=400 if wrong else 200)


def _picks(items: Sequence[Item], chosen: Chosen) -> SafeString:
    """A box to tick per facility, in one pass: a template takes ten times as long over hundreds."""
    rows = (
        f'<label><input type="checkbox" name="sluit" value="{item.public_id}"{" checked" if item.public_id in chosen.close else ""}>'
        f'<span>{escape(item.name)}<span class="mark">{escape(f"{item.area_name}, {item.municipality_name}")}</span></span></label>'
        for item in items
    )
    name = escape(_("Welke sluit?"))
    return mark_safe(f'<div class="pick-list" role="group" aria-label="{name}">{"".join(rows)}</div>')  # noqa: S308 - escaped here


def outcome_context(outcome: dict[str, Any], items: Sequence[Item | Facility], href: Any) -> dict[str, Any]:
    """Everything that the outcome part of a page needs."""
    return {
        "outcome": shown(outcome),
        "others": [_other(row, outcome["profile"]) for row in outcome["others"]],
        "near": near_of(outcome),
        "map": outcome_map(outcome, items, href),
        "map_title": _("Hoeveel minuten langer, per buurt"),
        "made_up": outcome["made_up"],
    }


def _other(row: dict[str, Any], profile: str) -> dict[str, Any]:
    """The same question for another way of travelling, in words."""
    return {
        "profile": row["profile"],
        "name": told.how(row["profile"]),
        "here": row["profile"] == profile,
        "longer": told.count(row["longer"]),
        "mean": told.minutes(row["mean_more"]) if row["mean_more"] is not None else "–",
        "worst": told.minutes(row["worst"]) if row["worst"] is not None else "–",
        "lost": told.count(row["lost"]),
    }
