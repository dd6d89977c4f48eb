"""The public page of an initiative and of a meeting place, their photos, and what a visitor can do there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.foundation.papers.public import open_paper
from vliegwiel.foundation.people.public import Subject, actor_of, may, signed_in, to_sign_in
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import Gone, NotFound
from vliegwiel.see.areas.public import home_of
from vliegwiel.support.initiatives.actions.adopt_initiative import adopt_initiative
from vliegwiel.support.initiatives.actions.keep_meeting_place import find_place, may_keep
from vliegwiel.support.initiatives.actions.send_message import confirm_message, message_behind, write_message
from vliegwiel.support.initiatives.contact import Written, mailbox_of
from vliegwiel.support.initiatives.contact_pages import confirm_contact_page, write_contact
from vliegwiel.support.initiatives.csv_files import themes_of
from vliegwiel.support.initiatives.lifecycle import State
from vliegwiel.support.initiatives.models import ContactMessage, Initiative, InitiativePhoto
from vliegwiel.support.initiatives.pages.maps import map_of
from vliegwiel.support.initiatives.standing import find, makes, may_see
from vliegwiel.support.initiatives.words import ACCESS, GROUPS, WANTS

_FOLDER = "support/initiatives/pages/public"


def initiative_page(request: HttpRequest, initiative: str) -> HttpResponse:
    """`/initiatieven/<id>`: a stable address; of what was merged it leads on for ever (301), of what was taken off it says so (410)."""
    found = find(initiative)
    if found.stands is State.MERGED and found.merged_into is not None:
        return redirect(found.merged_into.path, permanent=True)
    actor = actor_of(request)
    if not may_see(actor, found):
        raise _not_shown(found)
    return render(request, f"{_FOLDER}/initiative.html", _context(actor, found))


def message_page(request: HttpRequest, initiative: str) -> HttpResponse:
    """`/initiatieven/<id>/bericht`: write to its people; neither side sees the address of the other."""
    found = find(initiative)
    if not found.is_shown:
        raise _not_shown(found)

    def send(written: Written) -> ContactMessage:
        return write_message(actor=actor_of(request), initiative=initiative, written=written)

    crumbs = ((_("Initiatieven"), "/initiatieven"), (found.title, found.path))
    return write_contact(request, mailbox_of(found), crumbs, send)


def confirm_page(request: HttpRequest, initiative: str, message: str, key: str) -> HttpResponse:
    """`/initiatieven/<id>/bericht/<bericht>/<sleutel>`: the link in the message to who wrote; a press of the button sends it on."""
    found = message_behind(message, key)
    if found.initiative is None:
        raise NotFound(_("Deze link klopt niet, of het bericht is al opgeruimd."))
    to = mailbox_of(found.initiative)
    return confirm_contact_page(request, found, to, lambda: confirm_message(actor=actor_of(request), message=message, key=key))


def adopt(request: HttpRequest, initiative: str) -> HttpResponse:
    """`/initiatieven/<id>/ook`: begin the same elsewhere, after signing in if need be."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    if request.method != "POST":
        return render(request, f"{_FOLDER}/adopt.html", {"initiative": find(initiative)})
    made = adopt_initiative(actor=actor, initiative=initiative)
    return redirect("my_initiative_place", initiative=made.public_id)


@require_GET
def photo_file(request: HttpRequest, photo: str) -> HttpResponse:
    """`/initiatieven/fotos/<id>`: a photo, to who may see the initiative."""
    found = InitiativePhoto.objects.filter(public_id=photo[:12]).select_related("initiative").first()
    actor = actor_of(request)
    if found is None or not may_see(actor, found.initiative):
        raise NotFound(_("Deze foto is er niet, of staat niet op de site."))
    opened = open_paper(actor=actor, paper=found.paper)
    answer = HttpResponse(opened.data, content_type=opened.facts.media_type)
    answer["Content-Disposition"] = "inline"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "public, max-age=300" if found.initiative.is_shown else "private, no-store"
    return answer


@require_GET
def place_page(request: HttpRequest, place: str) -> HttpResponse:
    """`/ontmoetingsplekken/<id>`: what a visitor wants to know of a meeting place."""
    found = find_place(place)
    actor = actor_of(request)
    keeps = bool(may_keep(actor, found))
    if found.hidden and not keeps:
        raise NotFound(_("Deze plek staat nu niet op de site."), nearest=((_("Alle ontmoetingsplekken"), "/ontmoetingsplekken"),))
    spot = home_of(found.area, found.province)
    here = type(found).objects.filter(pk=found.pk)
    context = {
        "place": found,
        "access": [ACCESS[key] for key in ACCESS if key in found.access],
        "keeps": keeps,
        "map": map_of(here, found.province, spot, "") if spot else None,
    }
    return render(request, f"{_FOLDER}/place.html", context)


def _not_shown(found: Initiative) -> NotFound:
    nearest = ((_("Alle initiatieven"), "/initiatieven"),)
    if found.stands is State.WITHDRAWN:
        return Gone(_("De mensen van dit initiatief haalden het van de site."), nearest=nearest)
    return NotFound(_("Dit initiatief staat niet op de site."), nearest=nearest)


def _context(actor: Actor, found: Initiative) -> dict[str, Any]:
    wants = list(found.wants.all())
    links = list(found.came_from.select_related("source"))
    spot = home_of(found.area, found.province) if found.area else None
    here = Initiative.objects.filter(pk=found.pk)
    guards = bool(may(actor, "guard-initiatives", Subject(province=found.province, municipality=found.municipality)))
    return {
        "initiative": found,
        "themes": themes_of(found),
        "groups": [GROUPS[key] for key in found.target_groups if key in GROUPS],
        "seeks": [WANTS[item.what] for item in wants if not item.offers],
        "offers": [WANTS[item.what] for item in wants if item.offers],
        "photos": list(found.photos.all()),
        "merged": [link for link in links if link.kind == "merged"],
        "idea_of": [link.source for link in links if link.kind == "adopted"],
        "adopted_by": _shown_targets(found),
        "thanks": found.thanks.first(),
        "own": makes(actor, found),
        "guards": guards,
        "has_account": actor.kind == "person",
        "map": map_of(here, found.province, spot, "") if spot else None,
    }


def _shown_targets(found: Initiative) -> list[Initiative]:
    links = found.gave.filter(kind="adopted", target__state=State.PUBLIC.value, target__hidden=False)
    return [link.target for link in links.select_related("target").order_by("-pk")[:10]]
