"""The first page: three doors, the map of the province, what can be seen and what was loaded last."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import number
from vliegwiel.foundation.design.page_cache import kept
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.models import Release
from vliegwiel.see.monitor import drawing, stages
from vliegwiel.see.monitor.earlier import newest_year
from vliegwiel.see.monitor.stages import StageCount

_NEWEST = 5


@kept
def start_page(request: HttpRequest) -> HttpResponse:
    """`/`."""
    province = home_province()
    context = {
        "province": province,
        "made_up": bool(province and province.made_up),
        "map": drawing.map_of(province, "aandeel-65-plus", width=420) if province else None,
        "stages": stages.stages_of(stages.place_of(province), _counted(province)) if province else [],
        "loaded": _loaded_last(),
    }
    return render(request, "see/monitor/pages/start/page.html", context)


def _counted(province: Area) -> StageCount | None:
    """What is counted under *zien*: the neighbourhoods we have a page of, and how many kinds of figures there are."""
    count = len(areas.codes_of(Level.NEIGHBOURHOOD, province.year, province=province.code))
    if not count:
        return None
    kinds = number(len(figures.loaded_indicators()))
    sentence = _("Kijk hoe het gaat, met {kinds} soorten cijfers. Elk cijfer heeft een bron en een uitleg.").format(kinds=kinds)
    return StageCount(number(count), _("buurten in beeld"), "/methoden", sentence, _("Bekijk wat we meten"))


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
