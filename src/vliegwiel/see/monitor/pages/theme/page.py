"""The theme page: everything we know of one place about one theme."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.design.page_cache import kept
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound
from vliegwiel.see.monitor import drawing, queries
from vliegwiel.see.monitor.pages.area.page import find_area, path_of


@kept
def theme_page(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """`/gebieden/{code}/thema/{thema}?jaar=2024`."""
    area = find_area(request, code)
    theme = themes().get(key)
    if theme is None:
        nearest = tuple((item.name, f"/gebieden/{area.code}/thema/{item.key}?jaar={area.year}") for item in themes().values())
        raise NotFound(_("Het thema {key} kennen we niet.").format(key=key), nearest=nearest)
    profile = queries.theme_of(area, theme)
    context = {
        "area": area,
        "level": Level(area.level),
        "theme": theme,
        "themes": list(themes().values()),
        "profile": profile,
        "path": [*path_of(area, profile.around), area],
        "made_up": profile.made_up,
        "back": drawing.page_of(area),
    }
    return render(request, "see/monitor/pages/theme/page.html", context)
