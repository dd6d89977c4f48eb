"""The map page: any figure at any level and year, two beside each other, with the table and the files behind it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from vliegwiel.foundation.design.page_cache import kept
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.figure import Missing
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.describe import MADE_UP
from vliegwiel.see.figures.queries import Figure
from vliegwiel.see.monitor.files import csv_of
from vliegwiel.see.monitor.pages.map.background import path_when_on
from vliegwiel.see.monitor.pages.map.choice import (
    LEVELS,
    SORTS,
    Choice,
    chosen,
    levels_within,
    levels_without_borders,
    offered,
    years_with_borders,
)
from vliegwiel.see.monitor.pages.map.drawing import Map, map_of
from vliegwiel.see.monitor.pages.map.live import bounds_of, live_of, names_of
from vliegwiel.see.monitor.pages.start.page import home_province


@kept
def map_page(request: HttpRequest) -> HttpResponse:
    """`/kaart?indicator=afstand-huisarts&niveau=buurten&jaar=2024&periode=2024&binnen=PV25&naast=koopwoningen&volgorde=laag`.

    Before there is anything to draw, the page says what is missing.
    """
    home = home_province()
    if not request.GET and not (home and offered(home.year) and levels_within(home)):
        return render(
            request, "see/monitor/pages/map/nothing.html", {"province": home, "figures": bool(home and offered(home.year))}
        )
    choice = chosen(request.GET)
    maps = [map_of(choice, key) for key in choice.keys]
    context: dict[str, Any] = {
        "choice": choice,
        "maps": maps,
        "table": _table(maps),
        "made_up": any(one.made_up for one in maps),
        "offered": offered(choice.year),
        "levels": [(name, level.value) for name, level in LEVELS.items() if level in levels_within(choice.within)],
        "years": years_with_borders(choice.within),
        "not_drawn": [level.plural for level in levels_without_borders(choice.within)],
        "periods": figures.periods(choice.indicator.key, choice.year),
        "places": _places(choice),
        "sorts": [(words, choice.sorted_by(sort), sort == choice.sort) for sort, words in SORTS.items()],
        "share": request.build_absolute_uri(choice.address()),
        "live": live_of(choice),
        "background": path_when_on(),
        "elsewhere": _elsewhere(choice, maps[0]),
    }
    return render(request, "see/monitor/pages/map/page.html", context)


@kept
def map_csv(request: HttpRequest) -> HttpResponse:
    """`/kaart/cijfers.csv?…`: the table of the page, one line per area and figure."""
    choice = chosen(request.GET)
    rows = []
    for one in (map_of(choice, key) for key in choice.keys):
        view = one.view
        rows += [(row.area, Figure(view.indicator, view.period, row.estimate, view.release)) for row in one.rows]
    return csv_of(rows, f"kaart-{choice.indicator.key}-{choice.level.plural}-{choice.within.code}-{choice.year}")


@kept
def map_json(request: HttpRequest) -> JsonResponse:
    """`/kaart/cijfers.json?…`: what the live map joins to its tiles: per figure the colour class and the words of each area."""
    choice = chosen(request.GET)
    maps = [map_of(choice, key) for key in choice.keys]
    codes = tuple(sorted(row.area.code for row in maps[0].rows))
    found = [
        {
            "indicator": one.indicator.key,
            "naam": one.indicator.name,
            "periode": one.view.period,
            "gebieden": {row.area.code: [row.css, row.title] for row in one.rows},
        }
        for one in maps
    ]
    document: dict[str, Any] = {"jaar": choice.year, "grenzen": bounds_of(choice, codes), "namen": names_of(choice)}
    document["gemeenten"] = sorted({code[2:6] for code in codes})
    if any(one.made_up for one in maps):
        document["letOp"] = MADE_UP
    return JsonResponse(document | {"kaarten": found})


def _table(maps: list[Map]) -> list[tuple[Any, ...]]:
    """The rows of the first map, each with the row of the second beside it."""
    beside = {row.area.code: row for row in maps[1].rows} if len(maps) > 1 else {}
    return [(row, beside.get(row.area.code)) for row in maps[0].rows]


def _places(choice: Choice) -> list[Area]:
    """The province and its municipalities, to choose from."""
    code = choice.within.province_code or choice.within.code
    province = areas.area(code, choice.year)
    inside = areas.of_level(Level.MUNICIPALITY, choice.year, province=code)
    return [*([province] if province else []), *inside]


def _elsewhere(choice: Choice, drawn: Map) -> str:
    """Which level does have this figure, when the chosen one has none."""
    if drawn.known or not drawn.rows:
        return ""
    for level in levels_within(choice.within):
        codes = [area.code for area in areas.parts_of(choice.within, level)]
        view = figures.view(choice.indicator.key, choice.year, codes, choice.period)
        if level is not choice.level and len(view.known()):
            return level.value
    return "" if all(row.estimate.missing is not Missing.NOT_COLLECTED for row in drawn.rows) else "geen"
