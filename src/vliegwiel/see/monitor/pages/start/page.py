"""The first page: three doors, the map of the province, what can be seen and what was loaded last."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vliegwiel.foundation.design.page_cache import kept
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.models import Release
from vliegwiel.see.monitor import drawing
from vliegwiel.see.monitor.earlier import newest_year

_NEWEST = 5


@kept
def start_page(request: HttpRequest) -> HttpResponse:
    """`/`."""
    province = home_province()
    context = {
        "province": province,
        "made_up": bool(province and province.made_up),
        "map": drawing.map_of(province, "aandeel-65-plus", width=420) if province else None,
        "counts": [
            (level.plural, areas.of_level(level, province.year, province=province.code).count())
            for level in (Level.MUNICIPALITY, Level.DISTRICT, Level.NEIGHBOURHOOD)
        ]
        if province
        else [],
        "kinds": len(figures.loaded_indicators()),
        "loaded": _loaded_last(),
    }
    return render(request, "see/monitor/pages/start/page.html", context)


def _loaded_last() -> list[Release]:
    """The deliveries that came in last, newest first; of several files with one title the newest."""
    by_title: dict[str, Release] = {}
    for release in sorted(figures.releases(), key=lambda release: release.imported_at, reverse=True):
        by_title.setdefault(release.title, release)
    return list(by_title.values())[:_NEWEST]


def home_province() -> Area | None:
    """The province of this installation in the newest year that has figures: the one that is set, or the one whose borders were loaded."""
    newest = newest_year()
    for year in [newest, *areas.years()] if newest else []:
        found = areas.of_level(Level.PROVINCE, year)
        chosen = (
            found.filter(code=settings.VLIEGWIEL_PROVINCE).first()
            if settings.VLIEGWIEL_PROVINCE
            else found.order_by("pk").first()
        )
        if chosen:
            return chosen
    return None
