"""A draw for everybody to make again: the published seed, how a lot is made of it, and the order that came out, without names."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.engines.allocation import lot
from vliegwiel.foundation.people.public import actor_of, demand
from vliegwiel.kernel.errors import NotFound
from vliegwiel.support.grants.actions.divide_call import seeds_of
from vliegwiel.support.grants.turn import newest_division
from vliegwiel.support.schemes.public import call_of


@require_GET
def draw_page(request: HttpRequest, call: str) -> HttpResponse:
    """`/lotingen/<openstelling>`: the lot of an application is its number in our administration, which says nothing about who asks."""
    demand(actor_of(request), "read-public")
    found, seeds = call_of(call), seeds_of(call)
    if found.method != "lottery" and not seeds:
        raise NotFound(_("Bij deze openstelling is niet geloot."), nearest=((_("Alle regelingen"), "/regelingen"),))
    division = newest_division(call)
    drawn = [key for group in division.drawn for key in group] if division and division.seed else []
    seed = division.seed if division else ""
    ordered = sorted(drawn, key=lambda key: lot(seed, key)) if found.method == "lottery" else drawn
    context = {
        "call": found,
        "seeds": seeds,
        "rows": [(place, key, lot(seed, key)) for place, key in enumerate(ordered, start=1)],
        "drawn_on": division.at if drawn and division else None,
        "made_up": found.made_up,
    }
    return render(request, "support/grants/pages/draw/page.html", context)
