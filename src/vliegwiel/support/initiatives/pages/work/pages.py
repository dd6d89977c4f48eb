"""What advisers and municipalities do: look at flagged texts, merge, thank, enter meeting places, announce offers."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Fields, demand_somewhere, may_filter, signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Difference, Problem, date_of, revision_in
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotValid, Refusal
from vliegwiel.see.areas.public import places_named
from vliegwiel.see.facilities.public import places_to_tie
from vliegwiel.support.initiatives import queries
from vliegwiel.support.initiatives.actions.guard_initiative import clean_initiative, clear_initiative, merge_initiatives
from vliegwiel.support.initiatives.actions.keep_meeting_place import enter_meeting_place
from vliegwiel.support.initiatives.actions.offer_to_volunteers import cancel_offer, make_offer, thank_initiative
from vliegwiel.support.initiatives.models import Initiative, MeetingPlace, VolunteerOffer
from vliegwiel.support.initiatives.rules import CONCERNS
from vliegwiel.support.initiatives.standing import find, may_move
from vliegwiel.support.initiatives.texts_of import PUBLIC_TEXTS
from vliegwiel.support.initiatives.words import OFFER_KINDS, PLACE_KINDS, THANKS_KINDS

_FOLDER = "support/initiatives/pages/work"
_SHOWN = 50


def guard_page(request: HttpRequest) -> HttpResponse:
    """`/werk/initiatieven?q=`: what waits for a look, oldest first, and the newest on the site."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    demand_somewhere(actor, "guard-initiatives")
    words = request.GET.get("q", "").strip()[:80]
    newest = queries.guarded(actor)
    newest = newest.filter(title__icontains=words) if words else newest
    context = {
        "flagged": [(item, _concerns(item)) for item in queries.flagged(actor)[:_SHOWN]],
        "newest": list(newest[:_SHOWN]),
        "words": words,
    }
    return render(request, f"{_FOLDER}/guard.html", context)


def guarded_page(request: HttpRequest, initiative: str) -> HttpResponse:
    """`/werk/initiatieven/<id>`: its texts to clean, what may be the same, and thanks."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = find(initiative)
    may_guard, may_thank = may_move(actor, "clean-initiative", found), may_move(actor, "thank-initiative", found)
    if not (may_guard or may_thank):
        raise NotAllowed(may_guard.reasons[0].text, code=may_guard.reasons[0].code)
    problems: list[Problem] = []
    stale: list[Difference] = []
    if request.method == "POST":
        try:
            kept = _act(request, actor, initiative)
        except Refusal as refusal:
            found = find(initiative)
            stale = _differences(request, found) if refusal.code == "stale" else []
            problems = [] if stale else [Problem(refusal.message, "")]
        else:
            return redirect("guarded_initiative", initiative=kept)
    given = request.POST if problems or stale else None
    labels = _labels()
    texts = [(key, labels[key], given[key] if given and key in given else getattr(found, key)) for key in PUBLIC_TEXTS]
    context = {
        "initiative": found,
        "concerns": _concerns(found),
        "texts": [row for row in texts if row[2] or row[0] == "title"],
        "alike": queries.likeness(found) if may_guard and found.is_shown else [],
        "guards": bool(may_guard),
        "thanker": bool(may_thank),
        "thanks": list(found.thanks.all()),
        "kinds": THANKS_KINDS.items(),
        "offers": list(queries.coming_offers(found.province)[:20]),
        "problems": problems,
        "differences": stale,
        "given": given or {},
    }
    return render(request, f"{_FOLDER}/guarded.html", context, status=400 if problems or stale else 200)


def _differences(request: HttpRequest, found: Initiative) -> list[Difference]:
    """What is kept now beside what was typed, where they differ."""
    labels, given = _labels(), request.POST
    pairs = [(labels[key], str(getattr(found, key)), given[key]) for key in PUBLIC_TEXTS if key in given]
    return [Difference(str(label), there, yours) for label, there, yours in pairs if there.strip() != yours.strip()]


def places_page(request: HttpRequest) -> HttpResponse:
    """`/werk/ontmoetingsplekken`: the register, and a new place."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    demand_somewhere(actor, "keep-meeting-places")
    problems: list[Problem] = []
    given = request.POST
    there: list[Any] = []
    if request.method == "POST":
        named = places_named(given.get("plaats", "").strip()[:80], settings.VLIEGWIEL_PROVINCE, limit=1)
        if "voorziening" not in given and named and named[0].point is not None and given.get("naam", "").strip():
            there = places_to_tie(settings.VLIEGWIEL_PROVINCE, named[0].point, metres=3_000)
    if request.method == "POST" and not there:
        chosen = given.get("voorziening", "")
        try:
            made = enter_meeting_place(
                actor=actor,
                province=settings.VLIEGWIEL_PROVINCE,
                name=given.get("naam", ""),
                kind=given.get("soort", ""),
                area=named[0].code if named else "",
                facility="" if chosen == "nieuw" else chosen,
                made_up=settings.VLIEGWIEL_DEMO,
            )
        except Refusal as refusal:
            problems = [Problem(refusal.message, "plaats" if isinstance(refusal, NotFound) else "naam")]
        else:
            return redirect(made.own_path)
    found = MeetingPlace.objects.filter(province=settings.VLIEGWIEL_PROVINCE).select_related("facility").order_by("name", "pk")
    found = found.annotate(board=Count("keepers", filter=~Q(keepers__person="")))
    kept = may_filter(actor, "keep-meeting-places", found, Fields(province="province", municipality="municipality"))
    context = {
        "rows": list(kept[:_SHOWN]),
        "kinds": PLACE_KINDS.items(),
        "there": there,
        "problems": problems,
        "given": given,
    }
    return render(request, f"{_FOLDER}/places.html", context, status=400 if problems else 200)


def offers_page(request: HttpRequest) -> HttpResponse:
    """`/werk/vrijwilligers`: what one's organisation offers, with how many come; and a new one for everybody."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    demand_somewhere(actor, "share-offers")
    problems: list[Problem] = []
    given = request.POST
    if request.method == "POST":
        try:
            if given.get("doe") == "afzeggen":
                cancel_offer(actor=actor, offer=given.get("aanbod", ""))
            else:
                _make(actor, given)
        except Refusal as refusal:
            problems = [Problem(refusal.message, _FIELDS.get(refusal.code, ""))]
        else:
            return redirect("work_offers")
    context = {
        "rows": list(VolunteerOffer.objects.filter(organisation=actor.organisation).order_by("-on", "-pk")[:_SHOWN]),
        "kinds": OFFER_KINDS.items(),
        "problems": problems,
        "given": given,
    }
    return render(request, f"{_FOLDER}/offers.html", context, status=400 if problems else 200)


_FIELDS = {"title": "naam", "on": "dag", "seats": "plaatsen"}


def _make(actor: Actor, given: Any) -> None:
    on: date | None = date_of(given.get("dag", ""))
    seats = given.get("plaatsen", "").strip()
    if seats and (not seats.isdecimal() or len(seats) > 5):
        raise NotValid(_("Schrijf hoeveel plaatsen er zijn, of laat het leeg."), code="seats")
    make_offer(
        actor=actor,
        province=settings.VLIEGWIEL_PROVINCE,
        kind=given.get("soort", ""),
        title=given.get("naam", ""),
        about=given.get("uitleg", ""),
        on=on,
        time=given.get("tijd", ""),
        where=given.get("waar", ""),
        seats=int(seats) if seats else None,
        made_up=settings.VLIEGWIEL_DEMO,
    )


def _act(request: HttpRequest, actor: Actor, initiative: str) -> str:
    """Do what was asked; returns the id of the page to go on with."""
    given = request.POST
    key = given.get("doe", "")
    if key == "goed":
        return clear_initiative(actor=actor, initiative=initiative).public_id
    if key == "opschonen":
        texts = {name: given[name] for name in PUBLIC_TEXTS if name in given}
        return clean_initiative(actor=actor, initiative=initiative, texts=texts, seen=revision_in(given)).public_id
    if key == "samen":
        into, why = given.get("met", "").strip(), given.get("waarom", "")
        return merge_initiatives(actor=actor, initiative=initiative, into=into, why=why).public_id
    if key == "dank":
        thank_initiative(
            actor=actor,
            initiative=initiative,
            kind=given.get("soort", ""),
            text=given.get("tekst", ""),
            skills=given.get("geleerd", ""),
            offer=given.get("aanbod", ""),
        )
        return initiative
    raise NotFound(_("Dit kan hier niet."))


def _concerns(found: Initiative) -> list[str]:
    return [CONCERNS[code].text for code in found.concerns if code in CONCERNS]


def _labels() -> dict[str, str]:
    return {
        "title": _("Naam"),
        "summary": _("In één zin"),
        "story": _("Verhaal"),
        "seeks_about": _("Wat het zoekt"),
        "offers_about": _("Wat het biedt"),
        "who_joins": _("Wie kan meedoen"),
        "group_name": _("Naam van de groep"),
        "brought": _("Wat het bracht"),
    }
