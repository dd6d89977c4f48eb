"""What volunteers are offered: the list, one of them, and coming to it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from vliegwiel.foundation.people.public import actor_of, signed_in, to_sign_in
from vliegwiel.kernel import clock
from vliegwiel.support.initiatives import queries
from vliegwiel.support.initiatives.actions.offer_to_volunteers import find_offer, register_for_offer, unregister_from_offer

_FOLDER = "support/initiatives/pages/public"
_SHOWN = 100


@require_GET
def offers_page(request: HttpRequest) -> HttpResponse:
    """`/vrijwilligers`: what comes, of every organisation."""
    rows = list(queries.coming_offers(settings.VLIEGWIEL_PROVINCE)[:_SHOWN])
    return render(request, f"{_FOLDER}/offers.html", {"rows": rows})


def offer_page(request: HttpRequest, offer: str) -> HttpResponse:
    """`/vrijwilligers/<id>`: one of them; with an account one takes a seat, or gives it back."""
    found = find_offer(offer)
    actor = actor_of(request)
    if request.method == "POST":
        person = signed_in(request)
        if person is None:
            return to_sign_in(request)
        act = unregister_from_offer if request.POST.get("doe") == "af" else register_for_offer
        act(actor=person, offer=offer)
        return redirect(found.path)
    comes = actor.kind == "person" and found.registrations.filter(person=actor.id).exists()
    context = {
        "offer": found,
        "comes": comes,
        "has_account": actor.kind == "person",
        "past": found.on < clock.today(),
        "left": None if found.seats is None else max(found.seats - found.taken, 0),
    }
    return render(request, f"{_FOLDER}/offer.html", context)
