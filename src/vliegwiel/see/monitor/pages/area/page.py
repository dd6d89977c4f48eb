"""The area page: in one screen how a place is doing, and the same as a file."""

import csv
import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures.describe import MADE_UP, described
from vliegwiel.see.figures.queries import indicators
from vliegwiel.see.monitor import drawing, queries

_MAP_DEFAULT = "aandeel-65-plus"


def area_page(request: HttpRequest, code: str) -> HttpResponse:
    """`/gebieden/{code}?jaar=2024&kaart=afstand-huisarts`."""
    area = find_area(request, code)
    profile = queries.profile_of(area)
    key = request.GET.get("kaart", _MAP_DEFAULT)
    if key not in indicators():
        raise NotFound(f"De indicator {key} kennen we niet.", nearest=(("Terug naar " + area.name, drawing.page_of(area)),))
    context: dict[str, Any] = {
        "area": area,
        "profile": profile,
        "made_up": profile.made_up,
        "level": Level(area.level),
        "path": path_of(area),
        "part_count": _part_count(area),
        "rows": {row.indicator.key: row for row in profile.rows},
        "map": drawing.map_of(area, key),
        "locator": drawing.locator_of(area),
        "map_choices": [row.indicator for row in profile.rows],
        "theme_links": True,
        "years": [year for year in areas.years() if areas.area(area.code, year)],
    }
    return render(request, "see/monitor/pages/area/page.html", context)


def area_csv(request: HttpRequest, code: str) -> HttpResponse:
    """`/gebieden/{code}/cijfers.csv`: exactly the figures of the page, with comma, point and UTF-8 (RFC 4180)."""
    area = find_area(request, code)
    profile = queries.profile_of(area)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    fields = [
        "indicator",
        "naam",
        "periode",
        "waarde",
        "eenheid",
        "status",
        "reden",
        "soort",
        "berekend",
        "levering",
        "bron",
        "licentie",
    ]
    writer.writerow(["gebiedscode", "gebied", "jaar", *fields, "let_op"])
    for row in profile.rows:
        for place, figure in zip((area, *profile.around), (row.figure, *row.around), strict=True):
            found = described(figure)
            let_op = MADE_UP if profile.made_up else ""
            writer.writerow(
                [place.code, place.name, place.year, *("" if found[name] is None else found[name] for name in fields), let_op]
            )
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{area.code}-{area.year}.csv"'
    return response


def find_area(request: HttpRequest, code: str) -> Area:
    """The area of an address, or a refusal that offers the nearest."""
    known = areas.years()
    asked = request.GET.get("jaar", str(known[0]) if known else "")
    if not asked.isdigit() or int(asked) not in known:
        offered = next(((year, found) for year in known if (found := areas.area(code, year))), None)
        nearest = ((f"{offered[1].name} in {offered[0]}", drawing.page_of(offered[1])),) if offered else ()
        raise NotFound(f"Van het jaar {asked} hebben we geen gebieden.", nearest=nearest)
    area = areas.area(code, int(asked))
    if area is None:
        elsewhere = [found for year in known if (found := areas.area(code, year))]
        near = elsewhere or areas.nearest_codes(code, int(asked))
        offers = tuple((f"{found.name} ({found.level}, {found.year})", drawing.page_of(found)) for found in near)
        raise NotFound(f"Het gebied {code} bestaat niet in {asked}.", nearest=offers)
    return area


def path_of(area: Area) -> list[Area]:
    """The areas that this one lies in, largest first, for the crumbs."""
    larger = list(reversed(queries.areas_around(area)))
    district = areas.area(area.district_code, area.year) if area.district_code and area.district_code != area.code else None
    return [*larger, *([district] if district else [])]


def _part_count(area: Area) -> str:
    """How many parts the area has, in words."""
    level = Level.MUNICIPALITY if area.level == Level.PROVINCE.value else Level.NEIGHBOURHOOD
    count = areas.parts_of(area, level).count()
    return f"{count} {level.plural if count != 1 else level.value}" if count else ""
