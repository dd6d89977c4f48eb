"""How far it is from one's own village or postcode: the nearest of each kind, in every way of travelling, open when and at what cost."""

from typing import Any

import numpy as np
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from numpy.typing import NDArray

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.see.areas.public import PlaceFacts, codes_inside, nearest_places, place_named, place_of, places_named
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.distances import Times, times_of
from vliegwiel.see.facilities.ground import ground_of
from vliegwiel.see.facilities.models import Facility
from vliegwiel.see.facilities.pages import told
from vliegwiel.see.facilities.pages.asked import choices, profile_of
from vliegwiel.see.facilities.pages.maps import FacilityMap, Legend, Mark, map_of
from vliegwiel.see.facilities.where import Grounds, grounds_of

_FOLDER = "see/facilities/pages/nearby"
_MOST_FOUND = 12


@require_GET
def nearby_page(request: HttpRequest) -> HttpResponse:
    """`/voorzieningen/dichtbij?plaats=&gebied=`: `plaats` is what somebody types, `gebied` the code of the place that was chosen."""
    province, given = settings.VLIEGWIEL_PROVINCE, request.GET
    words = " ".join(given.get("plaats", "").split())[:80]
    code, profile = given.get("gebied", "").upper()[:12], profile_of(request)
    found = [] if code or not words else places_named(words, province, limit=_MOST_FOUND)
    place = place_of(code, province) if code else place_named(words, province) if words else None
    exact = [one for one in found if one.name.casefold() == words.casefold()] or found
    if place is None and len(exact) == 1:
        place = exact[0]
    grounds = grounds_of(province)
    inside = _inside(grounds, place) if grounds and place else np.zeros(0, dtype=np.int64)
    rows = _rows(province, profile, inside) if profile and len(inside) else []
    ground = ground_of(province, profile) if rows else None
    context: dict[str, Any] = {
        **choices(),
        "profile": profile,
        "words": words or (place.full_name if place else ""),
        "place": place,
        "others": [one for one in found if place is None or one.code != place.code],
        "near_names": nearest_places(words, province) if words and place is None and not found else [],
        "rows": rows,
        "how": told.how(profile),
        "map": _map(grounds, place, rows) if rows and place else None,
        "map_title": _("Waar de dichtstbijzijnde van elke soort is"),
        "vintage": told.vintage(ground.vintage) if ground else [],
        "made_up": bool(ground and ground.made_up),
    }
    return render(request, f"{_FOLDER}/page.html", context)


def _inside(grounds: Grounds, place: PlaceFacts) -> NDArray[np.int64]:
    """The neighbourhoods of a place; of one that has none of its own the one in which it lies."""
    codes = set(codes_inside(place.code))
    owners = zip(grounds.codes, grounds.municipalities, strict=True)
    found = np.array([at for at, pair in enumerate(owners) if codes & set(pair)], dtype=np.int64)
    if len(found) or place.point is None:
        return found
    at = grounds.of([place.point[0]], [place.point[1]])
    return at[at >= 0]


def _rows(province: str, profile: str, inside: NDArray[np.int64]) -> list[dict[str, Any]]:
    """Per kind that is there: where most people go, and how long it is for them in every way of travelling."""
    ways: list[tuple[str, str]] = choices()["profiles"]
    rows: list[dict[str, Any]] = []
    for key in queries.counts_by_kind(province):
        times = {way: times_of(province, way, key) for way, _name in ways}
        chosen = times.get(profile)
        rows.append(
            {
                "kind": facility_words().kinds[key],
                "nearest": _most(chosen, inside) if chosen else "",
                "cells": [(name, _cell(times[way], inside)) for way, name in ways],
            }
        )
    items = {item.public_id: item for item in queries.facilities_named(province, [row["nearest"] for row in rows])}
    return [row | _about(items.get(row["nearest"])) for row in rows]


def _most(times: Times, inside: NDArray[np.int64]) -> str:
    """The facility to which most people in these neighbourhoods go, by public id; empty when nobody gets to any."""
    goes = times.goes[inside]
    if not (goes >= 0).any():
        return ""
    many = np.bincount(goes[goes >= 0], weights=np.maximum(times.persons[inside][goes >= 0], 1.0))
    return times.spots[int(many.argmax())].id


def _cell(times: Times | None, inside: NDArray[np.int64]) -> str:
    if times is None:
        return _("niet bekend")
    mean = times.mean(inside)
    return told.minutes(mean) if mean is not None else _("niet bereikbaar")


def _about(item: Facility | None) -> dict[str, Any]:
    if item is None:
        return {"item": None, "facts": []}
    cost = told.value_text(item, "cost")
    return {"item": item, "facts": [text for text in (item.area_name, item.opening, cost) if text]}


def _map(grounds: Grounds | None, place: PlaceFacts, rows: list[dict[str, Any]]) -> FacilityMap | None:
    marks = [
        Mark(row["item"].x, row["item"].y, "dot-place", f"{row['item'].name}, {row['kind'].name}", row["item"].path)
        for row in rows
        if row["item"] is not None
    ]
    if place.point is not None:
        marks.append(Mark(*place.point, "here", place.name, f"/gebieden/{place.code}"))
    near = {place.municipality, *(row["item"].municipality for row in rows if row["item"] is not None)}
    return map_of(grounds, near, marks, keys=(Legend("here", place.name), Legend("dot-place", _("de dichtstbijzijnde"))))
