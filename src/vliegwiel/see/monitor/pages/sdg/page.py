"""The Sustainable Development Goals: which of our figures say something about each goal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from vliegwiel.catalogue.frames import goals
from vliegwiel.foundation.design.page_cache import kept
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.queries import indicators

_CLUSTERS = {
    "social": gettext_lazy("Mensen en samenleven"),
    "physical": gettext_lazy("Leefomgeving"),
    "economic": gettext_lazy("Werk en economie"),
}
_DIRECTIONS = {
    "higher_is_better": gettext_lazy("hoger is gunstiger"),
    "lower_is_better": gettext_lazy("lager is gunstiger"),
    "neutral": "",
}


@kept
def goals_page(request: HttpRequest) -> HttpResponse:
    """`/duurzame-doelen`: per cluster and goal the indicators, with those that are loaded first. A goal without figures says so."""
    loaded = figures.loaded_indicators()
    rows = []
    for goal in goals().values():
        found = [item for item in indicators().values() if goal.number in item.sdgs]
        found.sort(key=lambda item: (item.key not in loaded, item.name))
        rows.append((goal, [(item, _DIRECTIONS[item.direction], item.key in loaded) for item in found]))
    clusters = [(name, [row for row in rows if row[0].cluster == key]) for key, name in _CLUSTERS.items()]
    return render(request, "see/monitor/pages/sdg/page.html", {"clusters": clusters})
