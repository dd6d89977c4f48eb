"""Looking for a place by name or postcode, and for everything else by words."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.foundation.search.public import found_for, narrowed
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import history
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.areas.names import search_name
from vliegwiel.see.monitor import drawing
from vliegwiel.see.monitor.pages.start.page import home_province


def search_page(request: HttpRequest) -> HttpResponse:
    """`/zoeken?q=Vorden`: straight to the page when there is one place with exactly this name, otherwise places and texts.

    Who narrows the texts stays here.
    """
    text = request.GET.get("q", "").strip()[:80]
    home = home_province()
    found = areas.areas_named(text, home.year) if home else []
    ended = history.ended_before(home.year, text) if home else []
    if home is not None:
        found.sort(key=lambda area: area.province_code != home.code)
    exact = [
        area for area in found if area.search_name == search_name(text) and (home is None or area.province_code == home.code)
    ]
    postcode = areas.POSTCODE.match(text)
    if not ended and not narrowed(request) and (len(exact) == 1 or (len(found) == 1 and not postcode)):
        return redirect(drawing.page_of((exact or found)[0]))
    context = {
        "text": text,
        "found": [(area, Level(area.level).value) for area in found],
        "ended": ended,
        "postcode": postcode[1] if postcode else "",
        "made_up": bool(home and home.made_up),
        **found_for(request, settings.VLIEGWIEL_PROVINCE),
    }
    return render(request, "see/monitor/pages/search/page.html", context)
