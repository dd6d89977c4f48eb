"""Follow a place or a theme: ask, confirm, stop."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from vliegwiel.foundation.people.public import actor_of, network_code
from vliegwiel.foundation.questions.public import Problem
from vliegwiel.kernel.errors import Refusal
from vliegwiel.see.areas.public import home_of, places_named
from vliegwiel.support.initiatives.actions.follow_place import (
    confirm_follow,
    follow_behind,
    follow_place,
    stop_following,
    theme_name,
)
from vliegwiel.support.initiatives.models import Follow
from vliegwiel.support.initiatives.pages.public.asked import asked_by, choices

_FOLDER = "support/initiatives/pages/public"
_FIELDS = {"address": "adres", "radius": "binnen", "theme": "thema", "not-found": "plaats", "nothing": "plaats"}


def follow_page(request: HttpRequest) -> HttpResponse:
    """`/volgen?plaats=&binnen=&thema=`: what to follow comes from the address; then an e-mail address, or one's account."""
    actor, asked = actor_of(request), asked_by(request)
    problems: list[Problem] = []
    made = None
    if request.method == "POST":
        radius = request.POST.get("binnen", "")
        try:
            made = follow_place(
                actor=actor,
                province=settings.VLIEGWIEL_PROVINCE,
                area=_area(request),
                radius=int(radius) if radius.isdecimal() and len(radius) < 6 else None,
                theme=request.POST.get("thema", "")[:40],
                address=request.POST.get("adres", ""),
                network=network_code(request),
            )
        except Refusal as refusal:
            problems = [Problem(refusal.message, _FIELDS.get(refusal.code, ""))]
    context = {
        **choices(),
        "asked": asked,
        "chosen": asked.filter,
        "given": request.POST,
        "made": made,
        "made_theme": theme_name(made) if made else "",
        "problems": problems,
        "wrong": {problem.field: problem.text for problem in problems},
        "has_account": actor.kind == "person",
        "mine": [(item, theme_name(item)) for item in Follow.objects.filter(person=actor.id).order_by("-pk")[:50]]
        if actor.kind == "person"
        else [],
    }
    return render(request, f"{_FOLDER}/follow.html", context, status=400 if problems else 200)


def follow_key_page(request: HttpRequest, follow: str, key: str) -> HttpResponse:
    """`/volgen/<id>/<sleutel>`: the link in a message, with which one confirms or stops; a press of the button does it."""
    found = follow_behind(follow, key)
    stopped = False
    if request.method == "POST" and request.POST.get("doe") == "stop":
        stop_following(actor=actor_of(request), follow=follow, key=key)
        stopped = True
    elif request.method == "POST":
        found = confirm_follow(actor=actor_of(request), follow=follow, key=key)
    context = {"follow": found, "theme": theme_name(found), "stopped": stopped}
    return render(request, f"{_FOLDER}/follow_key.html", context)


@require_POST
def stop_page(request: HttpRequest, follow: str) -> HttpResponse:
    """`/volgen/<id>/stop`: stop what one follows with an account."""
    stop_following(actor=actor_of(request), follow=follow)
    return redirect("follow")


def _area(request: HttpRequest) -> str:
    """The code of the place: of the page one came from while its name still stands there, else the best place of that name."""
    typed = request.POST.get("plaats", "").strip()[:80]
    came = home_of(request.POST.get("gebied", "")[:12], settings.VLIEGWIEL_PROVINCE)
    if came is not None and came.name == typed:
        return came.code
    named = places_named(typed, settings.VLIEGWIEL_PROVINCE, limit=1) if typed else []
    return named[0].code if named else typed[:12]
