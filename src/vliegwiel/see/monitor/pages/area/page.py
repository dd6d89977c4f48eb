"""The area page: in one screen how a place is doing, and the same as a file."""

import io
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.foundation.design.page_cache import kept
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.see.areas import history
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.areas.sets import made_of
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.describe import MADE_UP, described
from vliegwiel.see.figures.queries import indicators
from vliegwiel.see.monitor import drawing, queries, stages
from vliegwiel.see.monitor.earlier import Earlier, earlier_of, newest_year
from vliegwiel.see.monitor.pages.area.beside import beside_of
from vliegwiel.see.monitor.queries import Profile
from vliegwiel.see.monitor.trend import Trend, trend_of

_MAP_DEFAULT = "aandeel-65-plus"
#: From so many years with a figure there is a trend worth a place on the page.
_LONG = 3
_FIELDS = (
    "indicator",
    "naam",
    "periode",
    "waarde",
    "eenheid",
    "status",
    "reden",
    "soort",
    "berekend",
    "omgerekend",
    "levering",
    "bron",
    "licentie",
)


@kept
def area_page(request: HttpRequest, code: str) -> HttpResponse:
    """`/gebieden/{code}?jaar=2024&kaart=afstand-huisarts&toen=2020&vergelijk=lijkt-op`."""
    area = find_area(request, code)
    beside = beside_of(area, request.GET.get("vergelijk", ""))
    profile = queries.profile_of(area, beside.group)
    key = request.GET.get("kaart", _MAP_DEFAULT)
    if key not in indicators():
        raise NotFound(
            _("De indicator {key} kennen we niet.").format(key=key),
            nearest=((_("Terug naar {name}").format(name=area.name), drawing.page_of(area)),),
        )
    newest = newest_year()
    later = newest if newest and newest > area.year else None
    place = stages.place_of(area)
    context: dict[str, Any] = {
        "area": area,
        "profile": profile,
        "made_up": profile.made_up,
        "level": Level(area.level),
        "path": path_of(area, profile.around),
        "part_count": _part_count(area),
        "rows": (rows := {row.indicator.key: row for row in profile.rows}),
        "older": rows.get("aandeel-65-plus"),
        "map": drawing.map_of(area, key),
        "locator": drawing.locator_of(area),
        "map_choices": [row.indicator for row in profile.current],
        "theme_links": True,
        "made_of": (own := made_of(area)),
        "members": areas.parts_of(area, areas.level_of_parts(area)) if own else [],
        "regions": areas.of_level(Level.REGION, area.year, province=area.code) if Level(area.level) is Level.PROVINCE else [],
        "asked_then": "toen" in request.GET,
        "earlier": _earlier(request, area, profile),
        "ending": history.ending_of(area.code, later) if later else None,
        "newer": areas.area(area.code, later) if later else None,
        "beside": beside,
        "trend": _trend(area, profile),
        "stages": stages.stages_of(place, _counted(profile)),
        "sections": stages.sections_of(place),
    }
    response = render(request, "see/monitor/pages/area/page.html", context)
    if any(section.failed for section in context["sections"]):
        response.headers["Cache-Control"] = "no-store"
    return response


@kept
def area_csv(request: HttpRequest, code: str) -> HttpResponse:
    """`/gebieden/{code}/cijfers.csv`: exactly the figures of the page, with comma, point and UTF-8 (RFC 4180).

    Figures of an earlier year stand on the borders of this year, with the verdict whether they may be compared.
    """
    area = find_area(request, code)
    profile = queries.profile_of(area)
    earlier = _earlier(request, area, profile)
    text = io.StringIO()
    writer = Rows(text)
    own = made_of(area)
    let_op = "; ".join([MADE_UP] * profile.made_up + ([_("bij benadering")] if own and own.approximate else []))
    around = MADE_UP if profile.made_up else ""
    writer.write(["gebiedscode", "gebied", "jaar", *_FIELDS, "vergelijkbaar", "uitleg_vergelijking", "let_op"])
    for row in profile.rows:
        for place, figure in zip((area, *profile.around), (row.figure, *row.around), strict=True):
            writer.write(
                [place.code, place.name, row.year, *_cells(described(figure)), "", "", let_op if place is area else around]
            )
    for pair in earlier.pairs if earlier else ():
        answer = "na omrekening" if pair.then.carried else earlier.verdict.answer.value if earlier else ""
        verdict = [answer, earlier.why if earlier else ""]
        writer.write([area.code, area.name, area.year, *_cells(described(pair.then)), *verdict, let_op])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{area.code}-{area.year}.csv"'
    return response


def find_area(request: HttpRequest, code: str) -> Area:
    """The area of an address; one that ended keeps its page of the last year. Otherwise a refusal that offers the nearest."""
    known, newest = areas.years(), newest_year()
    asked = request.GET.get("jaar", str(newest or ""))
    if not asked.isdigit() or int(asked) not in known:
        lives = history.lives_of(code)
        offered = [found for found in (lives.get(newest or 0), *lives.values()) if found][:1]
        offers = tuple((f"{found.name} in {found.year}", drawing.page_of(found)) for found in offered)
        raise NotFound(_("Van het jaar {asked} hebben we geen gebieden.").format(asked=asked), nearest=offers)
    area = areas.area(code, int(asked))
    if area is not None:
        return area
    lives, ending = history.lives_of(code), history.ending_of(code, int(asked))
    if ending is not None and "jaar" not in request.GET:
        return ending.last
    near = [*ending.successors, ending.last] if ending else [*lives.values()] or areas.nearest_codes(code, int(asked))
    offers = tuple((f"{found.name} ({found.level}, {found.year})", drawing.page_of(found)) for found in near)
    raise NotFound(
        ending.reason if ending else _("Het gebied {code} bestaat niet in {asked}.").format(code=code, asked=asked),
        nearest=offers,
    )


def path_of(area: Area, around: Sequence[Area]) -> list[Area]:
    """The areas that this one lies in, largest first, for the crumbs; `around` are its municipality and province."""
    larger = list(reversed(around))
    district = areas.area(area.district_code, area.year) if area.district_code and area.district_code != area.code else None
    return [*larger, *([district] if district else [])]


def _trend(area: Area, profile: Profile) -> Trend | None:
    """The first figure of the page of which we have three or more years, through time."""
    long = (row.indicator.key for row in profile.current if len(figures.periods(row.indicator.key, area.year)) >= _LONG)
    trends = (trend_of(key, area) for key in long)
    return next((trend for trend in trends if len(trend.known) >= _LONG), None)


def _counted(profile: Profile) -> stages.StageCount | None:
    """What is counted under *zien*: the figures of this page that have a value."""
    known = sum(row.figure.estimate.value is not None for row in profile.rows)
    what = ngettext("cijfer", "cijfers", known)
    return stages.StageCount(str(known), what, "#zien") if known else None


def _part_count(area: Area) -> str:
    """How many parts the area has, in words."""
    level = areas.level_of_parts(area)
    count = areas.parts_of(area, level).count()
    return f"{count} {level.plural if count != 1 else level.value}" if count else ""


def _earlier(request: HttpRequest, area: Area, profile: Profile) -> Earlier | None:
    asked = request.GET.get("toen", "")
    now = tuple(row.figure for row in profile.current)
    if asked.isdigit():
        return earlier_of(area, now, int(asked))
    found = earlier_of(area, now)
    if found is None or found.known:
        return found
    others = (earlier_of(area, now, year) for year in sorted(found.other_years))
    return next((other for other in others if other and other.known), found)


def _cells(found: dict[str, Any]) -> list[Any]:
    return ["" if found[name] is None else found[name] for name in _FIELDS]
