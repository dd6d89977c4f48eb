"""How a figure is made: one page per indicator, and the list of all."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.catalogue.frames import frames_of, goals
from vliegwiel.catalogue.reader import Indicator, limits_of, themes
from vliegwiel.foundation.design.page_cache import kept
from vliegwiel.kernel.errors import NotFound
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.figures.queries import indicators

_KINDS = {
    "register": gettext_lazy("Telling uit registers"),
    "survey": gettext_lazy("Uitkomst van een enquête"),
    "model": gettext_lazy("Schatting met een model"),
}
_WORDS = {"register": "register", "survey": "enquête", "model": "model"}
_AGGREGATIONS = {
    "count": gettext_lazy("We tellen de aantallen van kleinere gebieden bij elkaar op."),
    "rate": gettext_lazy("We rekenen het aandeel opnieuw uit. Dat kan alleen als teller en noemer bekend zijn."),
    "mean": gettext_lazy("Een gemiddelde combineren we alleen met een gewicht. Zonder gewicht doen we het niet."),
    "median": gettext_lazy("Een middelste waarde kunnen we niet uit kleinere gebieden halen."),
    "index": gettext_lazy("Een index of klasse kunnen we niet uit kleinere gebieden halen."),
}
_NO_FORMULA = gettext_lazy("Dit aandeel kunnen we niet zelf uitrekenen. We tonen alleen gebieden die de bron geeft.")
_DIRECTIONS = {
    "higher_is_better": gettext_lazy("Een hoger cijfer vinden de meeste mensen gunstiger."),
    "lower_is_better": gettext_lazy("Een lager cijfer vinden de meeste mensen gunstiger."),
    "neutral": gettext_lazy("Hoog of laag is op zich niet goed of slecht."),
}


@kept
def methods_page(request: HttpRequest) -> HttpResponse:
    """`/methoden?q=eenzaam`: every indicator by theme, with those that are loaded first."""
    text = request.GET.get("q", "").strip()[:60]
    found = [item for item in indicators().values() if text.casefold() in f"{item.name} {item.method}".casefold()]
    loaded = figures.loaded_indicators()
    groups = [
        (theme, sorted((item for item in found if item.theme == theme.key), key=lambda item: (item.key not in loaded, item.name)))
        for theme in themes().values()
    ]
    context = {"groups": [group for group in groups if group[1]], "loaded": loaded, "text": text, "count": len(found)}
    return render(request, "see/monitor/pages/method/list.html", context)


@kept
def method_page(request: HttpRequest, key: str) -> HttpResponse:
    """`/methoden/{indicator}`."""
    indicator = indicators().get(key)
    if indicator is None:
        raise NotFound(
            _("De indicator {key} kennen we niet.").format(key=key),
            nearest=((_("Alle cijfers en hoe ze zijn gemaakt"), "/methoden"),),
        )
    known = indicators()
    formula = indicator.formula
    releases = figures.releases_of(key) or (figures.releases_of(formula.numerator) if formula else [])
    context = {
        "indicator": indicator,
        "theme": themes()[indicator.theme],
        "kind": _KINDS[indicator.kind],
        "word": _WORDS[indicator.kind],
        "aggregation": _NO_FORMULA if indicator.aggregation == "rate" and not formula else _AGGREGATIONS[indicator.aggregation],
        "direction": _DIRECTIONS[indicator.direction],
        "weight": known.get(indicator.weight),
        "successors": [known[one] for one in indicator.successors if one in known],
        "parts": (known[formula.numerator], known[formula.denominator]) if formula else None,
        "releases": releases,
        "limits": [(release.title, sentences) for release, _period in releases if (sentences := limits_of(release.table))],
        "withdrawals": figures.withdrawn_from(key),
        "frames": frames_of(key),
        "goals": [goals()[number] for number in indicator.sdgs],
        "certainty": _certainty(indicator),
    }
    return render(request, "see/monitor/pages/method/page.html", context)


def _certainty(indicator: Indicator) -> str:
    return {
        "register": _(
            "Het is een telling. Er is geen steekproef en dus geen marge. Fouten in het register kunnen er wel in zitten."
        ),
        "survey": _("Het is een schatting uit antwoorden. Alleen als de bron een marge geeft, tonen we die."),
        "model": _(
            "Het is een schatting met een model. Per buurt kan die ernaast zitten. Geeft de bron een marge, dan tonen we die."
        ),
    }[indicator.kind]
