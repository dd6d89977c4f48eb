"""The page of one's own initiative: what to do now, people, photos, messages, its end, and its certificate."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vliegwiel.foundation.people.public import known_person, signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Problem
from vliegwiel.kernel.errors import NotFound, NotValid, Refusal
from vliegwiel.support.initiatives.actions.add_photo import add_photo, remove_photo
from vliegwiel.support.initiatives.actions.guard_initiative import merge_initiatives
from vliegwiel.support.initiatives.actions.publish_initiative import (
    discard_initiative,
    end_initiative,
    withdraw_initiative,
)
from vliegwiel.support.initiatives.actions.send_message import answer_message, decline_message, report_message
from vliegwiel.support.initiatives.actions.take_part import invitation_of, invite_person, join_initiative, remove_person
from vliegwiel.support.initiatives.contact_pages import contact_inbox
from vliegwiel.support.initiatives.models import ContactMessage
from vliegwiel.support.initiatives.pages.mine.steps import hints_of
from vliegwiel.support.initiatives.pages.mine.visitors import own
from vliegwiel.support.initiatives.queries import mine
from vliegwiel.support.initiatives.standing import has_role
from vliegwiel.support.initiatives.words import ENDED, PHASES, ROLES

_FOLDER = "support/initiatives/pages/mine"
_MESSAGES = 100


def own_page(request: HttpRequest, initiative: str) -> HttpResponse:
    """`/mijn/initiatieven/<id>`: where it stands, and everything one can do with it."""
    return _page(request, initiative, {})


@require_POST
def act(request: HttpRequest, initiative: str) -> HttpResponse:
    """`/mijn/initiatieven/<id>/doe`: one of the small acts of the page; what is refused is told on it, with what was typed."""
    who = own(request, initiative)
    if who is None:
        return to_sign_in(request)
    actor, found = who
    given = request.POST
    try:
        key = given.get("doe", "")
        if key == "van-de-site":
            withdraw_initiative(actor=actor, initiative=initiative)
        elif key == "weggooien":
            discard_initiative(actor=actor, initiative=initiative)
            return redirect("my_initiatives")
        elif key == "einde":
            end_initiative(
                actor=actor,
                initiative=initiative,
                phase=given.get("hoe", ""),
                brought=given.get("bracht", ""),
                reached=_whole(given.get("bereikt", "")),
            )
        elif key == "vraag":
            invite_person(actor=actor, initiative=initiative, email=given.get("adres", ""), role=given.get("rol", ""))
        elif key == "weg":
            remove_person(actor=actor, initiative=initiative, participant=given.get("wie", ""))
        elif key == "foto":
            upload = request.FILES.get("foto")
            if upload is None:
                raise NotValid(_("Kies eerst een foto."), code="photo")
            add_photo(actor=actor, initiative=initiative, upload=upload, described=given.get("wat", ""))
        elif key == "foto-weg":
            remove_photo(actor=actor, initiative=initiative, photo=given.get("foto", ""))
        elif key == "samen":
            kept = merge_initiatives(actor=actor, initiative=initiative, into=given.get("met", ""), why=given.get("waarom", ""))
            return redirect(kept.own_path)
        else:
            raise NotFound(_("Dit kan hier niet."))
    except Refusal as refusal:
        return _page(request, initiative, {"problems": [Problem(refusal.message, "")], "given": given})
    if not found.people.filter(person=actor.id).exists():
        return redirect("my_initiatives")
    return redirect(found.own_path)


def messages_page(request: HttpRequest, initiative: str) -> HttpResponse:
    """`/mijn/initiatieven/<id>/berichten`: what people wrote; answer, do not go into it, or report abuse."""
    who = own(request, initiative)
    if who is None:
        return to_sign_in(request)
    actor, found = who

    def do(key: str, message: str, text: str) -> None:
        if key == "antwoord":
            answer_message(actor=actor, initiative=initiative, message=message, text=text)
        elif key == "misbruik":
            report_message(actor=actor, initiative=initiative, message=message)
        else:
            decline_message(actor=actor, initiative=initiative, message=message)

    def messages() -> list[ContactMessage]:
        return list(found.messages.exclude(state="unconfirmed").order_by("-pk")[:_MESSAGES])

    crumbs = ((_("Mijn initiatieven"), "/mijn/initiatieven"), (found.title, found.own_path))
    return contact_inbox(request, crumbs, messages, has_role(actor, found, ("taker", "contact")), do)


def join_page(request: HttpRequest, initiative: str, token: str) -> HttpResponse:
    """`/mijn/initiatieven/<id>/meedoen/<sleutel>`: the invitation; one takes the role with one's own account."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    invited = invitation_of(initiative, token)
    if request.method == "POST":
        join_initiative(actor=actor, initiative=initiative, token=token)
        return redirect(invited.initiative.own_path)
    return render(request, f"{_FOLDER}/join.html", {"initiative": invited.initiative, "role": invited.get_role_display()})


@require_GET
def certificate_page(request: HttpRequest, initiative: str, thanks: str) -> HttpResponse:
    """`/mijn/initiatieven/<id>/certificaat/<dank>`: to print; the name on it is that of who opens it, for themselves alone."""
    who = own(request, initiative)
    if who is None:
        return to_sign_in(request)
    actor, found = who
    given = found.thanks.filter(public_id=thanks[:12]).first()
    if given is None:
        raise NotFound(_("Dit certificaat is er niet."))
    person = known_person(actor.id)
    context = {"initiative": found, "thanks": given, "name": person.name if person else ""}
    return render(request, f"{_FOLDER}/certificate.html", context)


def _page(request: HttpRequest, initiative: str, told: dict[str, Any]) -> HttpResponse:
    who = own(request, initiative)
    if who is None:
        return to_sign_in(request)
    actor, found = who
    people = [
        (
            item,
            item.get_role_display(),
            _("uzelf") if item.person == actor.id else _("mee") if item.person else _("nog niet geantwoord"),
        )
        for item in found.people.order_by("pk")
    ]
    takes = has_role(actor, found, ("taker",))
    others = [item for item, _role in mine(actor) if takes and item.pk != found.pk and item.stands is found.stands]
    context = {
        "initiative": found,
        "hints": hints_of(found),
        "people": people,
        "photos": list(found.photos.all()),
        "takes": takes,
        "waiting": found.messages.filter(state="waiting").count(),
        "thanks": list(found.thanks.all()),
        "roles": ROLES.items(),
        "endings": [(key, PHASES[key]) for key in ENDED],
        "others": [item for item in others if has_role(actor, item, ("taker",))][:20],
        "published": request.GET.get("op-de-site") == "ja",
        "problems": [],
        "given": {},
        **told,
    }
    return render(request, f"{_FOLDER}/own.html", context, status=400 if context["problems"] else 200)


def _whole(text: str) -> int | None:
    plain = text.strip().replace(".", "")
    if not plain:
        return None
    if not plain.isdecimal() or len(plain) > 7:
        raise NotValid(_("Gebruik alleen cijfers, bijvoorbeeld 40."), code="reached")
    return int(plain)
