"""One figure of one area: through time, beside larger areas, with its method and source."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.design.dutch import with_unit
from vliegwiel.foundation.design.page_cache import kept
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.describe import MADE_UP
from vliegwiel.see.figures.queries import Figure, indicators
from vliegwiel.see.monitor import drawing, queries
from vliegwiel.see.monitor.files import csv_of
from vliegwiel.see.monitor.last_known import is_given
from vliegwiel.see.monitor.pages.area.page import find_area
from vliegwiel.see.monitor.trend import Trend, moment_of, trend_of

_KINDS = {
    "register": gettext_lazy("Dit cijfer komt uit een register. Een register heeft geen marge, maar er kunnen fouten in staan."),
    "survey": gettext_lazy("Dit cijfer komt uit een enquête."),
    "model": gettext_lazy("Dit cijfer is berekend met een model."),
}


@kept
def indicator_page(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """`/gebieden/GM1876/afstand-huisarts?jaar=2024`."""
    area = find_area(request, code)
    trend = _find(area, key)
    siblings = [
        item
        for item in indicators().values()
        if item.theme == trend.indicator.theme and item.key != key and is_given(item.key, area)
    ]
    context = {
        "area": area,
        "level": Level(area.level),
        "trend": trend,
        "made_up": trend.made_up,
        "theme": themes()[trend.indicator.theme],
        "siblings": siblings,
        "larger": list(reversed(queries.areas_around(area))),
        "kind": _kind(trend),
        "map": _map(area, key),
    }
    return render(request, "see/monitor/pages/indicator/page.html", context)


@kept
def indicator_csv(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """`/gebieden/GM1876/afstand-huisarts/cijfers.csv`: the table of the page."""
    area = find_area(request, code)
    trend = _find(area, key)
    rows = [(place, figure) for place, line in zip(trend.areas, trend.figures, strict=True) for figure in line]
    return csv_of(rows, f"{area.code}-{area.year}-{key}")


@kept
def indicator_json(request: HttpRequest, code: str, key: str) -> JsonResponse:
    """`/gebieden/GM1876/afstand-huisarts/cijfers.json`: what the live chart draws; a missing figure has no value and its reason."""
    area = find_area(request, code)
    trend = _find(area, key)
    rows = []
    for place, line in zip(trend.areas, trend.figures, strict=True):
        last = next((figure.period for figure in reversed(line) if figure.estimate.value is not None), None)
        for figure in line:
            estimate = figure.estimate
            text = with_unit(estimate.value, trend.indicator) if estimate.missing is None else estimate.missing.sentence
            rows.append(
                {
                    "gebied": place.name,
                    "periode": figure.period,
                    "moment": moment_of(figure.period),
                    "waarde": estimate.value,
                    "laag": estimate.lower,
                    "hoog": estimate.upper,
                    "laatste": figure.period == last,
                    "woorden": f"{place.name}, {figure.period}: {text}",
                }
            )
    document = {
        "gebieden": [place.name for place, line in zip(trend.areas, trend.figures, strict=True) if _known(line)],
        "momenten": [moment_of(period) for period in trend.periods],
        "vanafNul": bool(trend.wide and trend.wide.from_zero),
        "cijfers": rows,
    }
    return JsonResponse(document | ({"letOp": MADE_UP} if trend.made_up else {}))


def _known(line: tuple[Figure, ...]) -> bool:
    return any(figure.estimate.value is not None for figure in line)


def _find(area: Area, key: str) -> Trend:
    if key in indicators() and figures.periods(key, area.year):
        return trend_of(key, area)
    there = [item for item in indicators().values() if item.profile and figures.periods(item.key, area.year)]
    near = tuple((item.name, f"/gebieden/{area.code}/{item.key}?jaar={area.year}") for item in there[:5])
    name = indicators()[key].name if key in indicators() else key
    raise NotFound(
        _("Het cijfer {name} hebben we niet voor {area_name}.").format(name=name, area_name=area.name),
        nearest=(*near, (area.name, drawing.page_of(area))),
    )


def _kind(trend: Trend) -> str:
    text = str(_KINDS.get(trend.indicator.kind, ""))
    if trend.margins:
        return _("{text} De vlakken tonen de marge die de bron geeft. Overlappen ze, dan kan het verschil toeval zijn.").format(
            text=text
        )
    if trend.indicator.kind == "register":
        return text
    return _("{text} De bron geeft geen marge. Of een verschil toeval is, weten we dus niet.").format(text=text)


def _map(area: Area, key: str) -> str:
    """The map on which this area can be seen beside others of its kind."""
    within = area.province_code if area.level == Level.MUNICIPALITY.value else area.municipality_code
    level = Level.MUNICIPALITY if area.level in (Level.PROVINCE.value, Level.MUNICIPALITY.value) else Level(area.level)
    within = area.code if area.level == Level.PROVINCE.value else within
    return f"/kaart?indicator={key}&niveau={level.plural}&jaar={area.year}&binnen={within}" if within else ""
