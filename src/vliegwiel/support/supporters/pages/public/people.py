"""Supporters for everyone: found by village, their page, and a message through the site."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.foundation.people.public import actor_of
from vliegwiel.kernel.errors import NotFound
from vliegwiel.see.areas.public import nearest_places, place_named
from vliegwiel.support.initiatives.public import ContactMessage, Written, confirm_contact_page, write_contact
from vliegwiel.support.supporters import queries
from vliegwiel.support.supporters.actions.write_to_supporter import (
    confirm_to_supporter,
    mailbox_of,
    message_to,
    write_to_supporter,
)
from vliegwiel.support.supporters.models import Supporter
from vliegwiel.support.supporters.standing import supporter_named

_FOLDER = "support/supporters/pages/public"


@require_GET
def supporters_page(request: HttpRequest) -> HttpResponse:
    """`/dorpsondersteuners?plaats=`: who is there for a village; without a place everyone, by municipality."""
    province = settings.VLIEGWIEL_PROVINCE
    typed = request.GET.get("plaats", "").strip()[:80]
    place = place_named(typed, province) if typed else None
    found = queries.found_at(place.code, province) if place else queries.shown(province)
    rows = [] if typed and place is None else list(found[: queries.MOST])
    context = {
        "typed": place.full_name if place else typed,
        "place": place,
        "near": nearest_places(typed, province) if typed and place is None else [],
        "rows": rows,
        "groups": [] if place else queries.by_place(rows),
    }
    return render(request, f"{_FOLDER}/supporters.html", context)


@require_GET
def supporter_page(request: HttpRequest, supporter: str) -> HttpResponse:
    """`/dorpsondersteuners/<id>`: what someone chose to show, and the way to reach them."""
    found = supporter_named(supporter)
    actor = actor_of(request)
    own = actor.kind == "person" and actor.id == found.person
    if not found.is_shown and not own:
        raise _not_shown()
    return render(request, f"{_FOLDER}/supporter.html", {"supporter": found, "villages": list(found.villages.all()), "own": own})


def message_page(request: HttpRequest, supporter: str) -> HttpResponse:
    """`/dorpsondersteuners/<id>/bericht`: write to them; neither side sees the address of the other."""
    found = supporter_named(supporter)
    if not found.is_shown:
        raise _not_shown()

    def send(written: Written) -> ContactMessage:
        return write_to_supporter(actor=actor_of(request), supporter=supporter, written=written)

    return write_contact(request, mailbox_of(found), _crumbs(found), send)


def confirm_page(request: HttpRequest, supporter: str, message: str, key: str) -> HttpResponse:
    """`/dorpsondersteuners/<id>/bericht/<bericht>/<sleutel>`: the link in the message to who wrote."""
    found = message_to(supporter, message, key)
    to = mailbox_of(supporter_named(supporter))
    return confirm_contact_page(
        request,
        found,
        to,
        lambda: confirm_to_supporter(actor=actor_of(request), supporter=supporter, message=message, key=key),
    )


def _crumbs(found: Supporter) -> tuple[tuple[str, str], ...]:
    return ((_("Dorpsondersteuners"), "/dorpsondersteuners"), (found.title, found.path))


def _not_shown() -> NotFound:
    return NotFound(
        _("Deze dorpsondersteuner is nu niet te vinden."), nearest=((_("Alle dorpsondersteuners"), "/dorpsondersteuners"),)
    )
