"""`/regelingen`: the schemes that are open, coming and closed, found by words, applicant and theme."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.people.public import actor_of, demand
from vliegwiel.support.schemes.crisis import crisis_now
from vliegwiel.support.schemes.overview import applicants, listed, matching, state_words

_FOLDER = "support/schemes/pages/listing"


def listing_page(request: HttpRequest) -> HttpResponse:
    """The list. Every wish stands in the address, so that it can be kept and sent."""
    demand(actor_of(request), "read-public")
    everything = listed(settings.VLIEGWIEL_PROVINCE)
    wish = {name: request.GET.get(name, "").strip() for name in ("q", "wie", "thema", "stand")}
    found = matching(everything, words=wish["q"], applicant=wish["wie"], theme=wish["thema"], state=wish["stand"])
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
        "crisis": crisis_now(settings.VLIEGWIEL_PROVINCE),
        "made_up": any(item.scheme.made_up for item in everything),
    }
    return render(request, f"{_FOLDER}/page.html", context)
