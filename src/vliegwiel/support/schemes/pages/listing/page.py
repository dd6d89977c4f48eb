"""`/regelingen`: the schemes that are open, coming and closed, found by words, applicant and theme."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.people.public import actor_of, demand
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.schemes.crisis import crisis_now
from vliegwiel.support.schemes.overview import Shown, applicants, listed, matching, state_words

_COLUMNS = (
    "regeling",
    "naam",
    "waarvoor",
    "voor wie",
    "laagste bedrag",
    "hoogste bedrag",
    "stand",
    "open vanaf",
    "open tot en met",
    "verdeling",
    "plafond",
    "nog vrij",
    "versie",
    "adres",
    "let op",
)
_FOLDER = "support/schemes/pages/listing"


def listing_page(request: HttpRequest) -> HttpResponse:
    """The list. Every wish stands in the address, so that it can be kept and sent."""
    demand(actor_of(request), "read-public")
    everything = listed(settings.VLIEGWIEL_PROVINCE)
    wish = {name: request.GET.get(name, "").strip() for name in ("q", "wie", "thema", "stand")}
    found = matching(everything, words=wish["q"], applicant=wish["wie"], theme=wish["thema"], state=wish["stand"])
    if request.GET.get("formaat") == "csv":
        return _file(found)
    used = {theme for item in everything for theme in item.rules.themes}
    context = {
        "groups": [
            (name, words, [item for item in found if item.state == name])
            for name, words in state_words().items()
            if any(item.state == name for item in found)
        ],
        "count": len(found),
        "everything": len(everything),
        "wish": wish,
        "wished": any(wish.values()),
        "applicants": applicants(),
        "themes": [theme for theme in themes().values() if theme.key in used],
        "states": state_words(),
        "download": f"?{urlencode({**{key: value for key, value in wish.items() if value}, 'formaat': 'csv'})}",
        "crisis": crisis_now(settings.VLIEGWIEL_PROVINCE),
        "made_up": any(item.scheme.made_up for item in everything),
    }
    return render(request, f"{_FOLDER}/page.html", context)


def _file(items: list[Shown]) -> HttpResponse:
    """The same list as CSV: amounts in whole euros, moments with their offset."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="regelingen.csv"'
    answer.write("\ufeff")
    rows = Rows(answer)
    rows.write(_COLUMNS)
    for item in items:
        rules, call, left = item.rules, item.call, item.left
        rows.write(
            [item.scheme.key, rules.title, rules.summary, rules.for_whom, rules.least.cents // 100]
            + [rules.most.cents // 100 if rules.most else "", state_words()[item.state]]
            + ([call.opens_at.isoformat(), call.closes_at.isoformat(), call.method] if call else ["", "", ""])
            + ([left.ceiling.amount.cents // 100, left.ceiling.free.cents // 100] if left else ["", ""])
            + [item.version.hash, item.path, MADE_UP if item.scheme.made_up else ""]
        )
    return answer
