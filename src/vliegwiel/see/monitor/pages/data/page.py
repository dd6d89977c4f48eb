"""The data catalogue: what is open here, how it came to us, and how to take it along."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vliegwiel.foundation.api.problems import VERSION
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures.queries import withdrawals
from vliegwiel.see.monitor import open_data
from vliegwiel.see.monitor.open_data import Dataset
from vliegwiel.see.monitor.pages.start.page import home_province

FORMS = [("csv", "CSV"), ("json", "JSON"), ("json-stat", "JSON-stat"), ("parquet", "Parquet")]


def data_page(request: HttpRequest) -> HttpResponse:
    """`/data`."""
    found, borders, home = open_data.datasets(), open_data.borders(), home_province()
    tables = open_data.open_tables()
    context = {
        "datasets": found,
        "borders": borders,
        "tables": tables,
        "withdrawals": withdrawals(),
        "forms": FORMS,
        "made_up": any(item.made_up() for item in tables)
        or any(item.newest.made_up for item in found)
        or any(item.made_up for item in borders),
        "version": VERSION,
        "contact": settings.VLIEGWIEL_API_CONTACT,
        "site": request.build_absolute_uri("/").rstrip("/"),
        "examples": _examples(found, home),
    }
    return render(request, "see/monitor/pages/data/page.html", context)


def _examples(found: list[Dataset], home: Area | None) -> list[tuple[str, str]]:
    """Questions that can be asked right away: what it gives, and the address below the site."""
    holds = [(item, indicator) for item in found for indicator in item.indicators]
    if not holds or home is None:
        return []
    chosen, indicator = next(((item, each) for item, each in holds if each.key == "inwoners"), holds[0])
    year = chosen.newest.area_year
    query = f"indicator={indicator.key}&jaar={year}&niveau=buurt&binnen={home.code}&formaat=csv&dialect=excel"
    return [
        (
            _("{name} van alle buurten van {home_name}, voor Excel").format(name=indicator.name, home_name=home.name),
            f"/api/v1/cijfers?{query}",
        ),
        (_("Alle cijfers van {name}").format(name=home.name), f"/api/v1/gebieden/{home.code}/cijfers?jaar={year}"),
        (_("Wat we meten en hoe"), "/api/v1/indicatoren"),
    ]
