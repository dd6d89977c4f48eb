"""Where a new one comes: found by the name of a place, a postcode or an address, or pointed at on a map, also without script."""

from typing import Any

import numpy as np
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound
from vliegwiel.see.areas.public import PlaceFacts, place_of, places_named
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.ground import ground_of
from vliegwiel.see.facilities.models import Facility
from vliegwiel.see.facilities.outcome import Point
from vliegwiel.see.facilities.pages import told
from vliegwiel.see.facilities.pages.asked import choices
from vliegwiel.see.facilities.pages.what_if.asked import AskedWhatIf, Chosen, asked_by, point_in
from vliegwiel.see.facilities.where import Grounds, grounds_of
from vliegwiel.see.monitor.public import Sketch, sketch_of

_FOLDER = "see/facilities/pages/what_if"
#: Small enough for every phone, so that nothing scales and a touch lands where it was meant.
_WIDTH = 280
_MOST_FOUND, _MOST_ROADS = 8, 6_000
#: Colours of the small map: an image of its own cannot read the tokens, so these are the same values.
_LAND, _EDGE, _ROAD, _THERE, _NEW = "#dfeae8", "#ffffff", "#6b7c83", "#08393d", "#bf4408"


@require_GET
def place_page(request: HttpRequest) -> HttpResponse:
    """`/voorzieningen/wat-als/plek?…&zoek=&gebied=&punt=`: first the place, then the spot; what is pointed at goes into the question."""
    asked, given, province = asked_by(request), request.GET, settings.VLIEGWIEL_PROVINCE
    code = given.get("gebied", "").upper()[:12] or asked.municipality or _of_what_closes(asked)
    spot = place_of(code, province) if code else None
    grounds = grounds_of(province)
    sketch = _sketch(grounds, code)
    wrong = ""
    if sketch is not None and grounds is not None and "punt.x" in given:
        point = _touched(sketch, given.get("punt.x", ""), given.get("punt.y", ""))
        place = int(grounds.of([point[0]], [point[1]])[0]) if point else -1
        if point is None or place < 0:
            wrong = _("Deze plek ligt niet in de provincie. Wijs een andere aan.")
        elif code.startswith("BU"):
            return redirect(f"/voorzieningen/wat-als?{_with(asked, point)}")
        else:
            close_by = {"gebied": grounds.codes[place], "punt": f"{point[0]:.0f},{point[1]:.0f}"}
            return redirect(f"{request.path}?{asked.address()}&{urlencode(close_by)}")
    words = " ".join(given.get("zoek", "").split())[:80]
    pointed = point_in(given.get("punt", ""))
    context: dict[str, Any] = {
        **choices(),
        "asked": asked,
        "parts": [*asked.about(), *asked.chosen.parts(), *asked.beside.parts("naast", "naast-open")],
        "address": asked.address(),
        "moves": len(asked.chosen.close) == 1 and not asked.chosen.opens,
        "kind_name": told.kind(asked.kind),
        "words": words,
        "found": _found(asked, words) if words else [],
        "spot": spot,
        "sketch": sketch,
        "close_by": code.startswith("BU"),
        "neighbourhoods": _neighbourhoods(grounds, code),
        "map_address": f"/voorzieningen/kaart/{code}.svg?"
        + urlencode({"soort": asked.kind, **({"punt": f"{pointed[0]:.0f},{pointed[1]:.0f}"} if pointed else {})}),
        "here": _with(asked, pointed) if pointed else "",
        "middle": _with(asked, (float(spot.point[0]), float(spot.point[1]))) if spot and spot.point else "",
        "wrong": wrong,
        "made_up": bool(grounds and grounds.made_up),
    }
    return render(request, f"{_FOLDER}/place.html", context, status=400 if wrong else 200)


@require_GET
def place_map(request: HttpRequest, code: str) -> HttpResponse:
    """`/voorzieningen/kaart/<gemeente of buurt>.svg?soort=&punt=`: borders, roads, what is there, and what was pointed at."""
    sketch = _sketch(grounds_of(settings.VLIEGWIEL_PROVINCE), code.upper()[:12])
    if sketch is None:
        raise NotFound(_("Hiervan hebben wij geen kaart."))
    kind, pointed = request.GET.get("soort", ""), point_in(request.GET.get("punt", ""))
    there = queries.facilities(settings.VLIEGWIEL_PROVINCE, queries.Filter(kind=kind)).values_list("x", "y") if kind else []
    dots = [sketch.place(x, y) for x, y in there]
    inside = [(x, y) for x, y in dots if 0 <= x <= sketch.width and 0 <= y <= sketch.height]
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sketch.width}" height="{sketch.height}" '
        f'viewBox="0 0 {sketch.width} {sketch.height}">',
        f'<g fill="{_LAND}" stroke="{_EDGE}" stroke-width="1">',
        *(f'<path d="{path}"/>' for path in sketch.paths.values()),
        "</g>",
        _roads(sketch) if code.upper().startswith("BU") else "",
        *(f'<circle cx="{x}" cy="{y}" r="5" fill="{_THERE}" stroke="{_EDGE}"/>' for x, y in inside),
    ]
    if pointed is not None:
        x, y = sketch.place(*pointed)
        body.append(f'<rect x="{x - 6}" y="{y - 6}" width="12" height="12" fill="{_NEW}" stroke="{_EDGE}" stroke-width="2"/>')
    return HttpResponse("".join([*body, "</svg>"]), content_type="image/svg+xml")


def _with(asked: AskedWhatIf, point: Point) -> str:
    """The question with a new one at this point."""
    return asked.address(chosen=Chosen(asked.chosen.close, (*asked.chosen.opens, point)))


def _of_what_closes(asked: AskedWhatIf) -> str:
    """The municipality of the first one that closes: what moves often stays near."""
    first = queries.facilities_named(settings.VLIEGWIEL_PROVINCE, asked.chosen.close[:1])
    return first[0].municipality if first else ""


def _sketch(grounds: Grounds | None, code: str) -> Sketch | None:
    """A municipality with its neighbourhoods, or one neighbourhood, small enough to point at."""
    if grounds is None:
        return None
    codes = tuple(one for one, owner in zip(grounds.codes, grounds.municipalities, strict=True) if code in (one, owner))
    return sketch_of(codes, Level.NEIGHBOURHOOD, grounds.year, _WIDTH)


def _neighbourhoods(grounds: Grounds | None, code: str) -> list[tuple[str, str]]:
    """The neighbourhoods of the municipality that is shown, or in which the one that is shown lies, by name."""
    if grounds is None:
        return []
    rows = list(zip(grounds.codes, grounds.names, grounds.municipalities, strict=True))
    owners = {owner for one, _name, owner in rows if code in (one, owner)}
    return sorted(((one, name) for one, name, owner in rows if owner in owners), key=lambda row: (row[1], row[0]))


def _found(asked: AskedWhatIf, words: str) -> list[dict[str, str]]:
    """Places with this name or postcode, and addresses of the register: each leads to its map, or straight into the question."""
    province = settings.VLIEGWIEL_PROVINCE
    rows = [
        {"name": place.full_name, "address": f"?{asked.address()}&{shown}", "about": _("kies de plek op de kaart")}
        for place in places_named(words, province, limit=_MOST_FOUND)
        if (shown := _shown_at(place))
    ]
    known = Facility.objects.filter(province=province, closed_on=None)
    for item in (known.filter(address__icontains=words) | known.filter(name__icontains=words)).order_by("name", "pk")[
        :_MOST_FOUND
    ]:
        where = f"{item.address}, {item.area_name}" if item.address else item.area_name
        rows.append(
            {
                "name": where,
                "address": f"/voorzieningen/wat-als?{_with(asked, (item.x, item.y))}",
                "about": _("bij {name}").format(name=item.name),
            }
        )
    return rows


def _shown_at(place: PlaceFacts) -> str:
    """Which map shows a place: its own, or for a village the neighbourhood in which it lies, with its middle pointed at."""
    if place.code.startswith(("GM", "BU")):
        return urlencode({"gebied": place.code})
    grounds = grounds_of(place.province)
    if grounds is None or place.point is None:
        return ""
    at = int(grounds.of([place.point[0]], [place.point[1]])[0])
    return urlencode({"gebied": grounds.codes[at], "punt": f"{place.point[0]},{place.point[1]}"}) if at >= 0 else ""


def _touched(sketch: Sketch, across: str, down: str) -> Point | None:
    """The point that was touched, in metres (RD); None when it was chosen by a key, which gives no place."""
    if not (across.isdecimal() and down.isdecimal()) or (across, down) == ("0", "0"):
        return None
    return sketch.point(float(across[:4]), float(down[:4]))


def _roads(sketch: Sketch) -> str:
    """The roads that are loaded, inside the drawing."""
    ground = ground_of(settings.VLIEGWIEL_PROVINCE, "car") or ground_of(settings.VLIEGWIEL_PROVINCE, "foot")
    if ground is None:
        return ""
    west, north = sketch.west, sketch.north
    east, south = sketch.point(sketch.width, sketch.height)
    first, second = ground.streets.first, ground.streets.second
    low, high = np.minimum(first, second), np.maximum(first, second)
    inside = (high[:, 0] >= west) & (low[:, 0] <= east) & (high[:, 1] >= south) & (low[:, 1] <= north)
    chosen = np.flatnonzero(inside)[:_MOST_ROADS]
    lines = (
        "M{} {}L{} {}".format(*sketch.place(*start), *sketch.place(*end))
        for start, end in zip(first[chosen].tolist(), second[chosen].tolist(), strict=True)
    )
    return f'<path d="{"".join(lines)}" fill="none" stroke="{_ROAD}" stroke-width="1"/>'
