"""What one asked of authorities, a new question for backing or room, and what one says of them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Kind, Option, Problem, Question, ask
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotValid
from vliegwiel.support.initiatives.public import made_by
from vliegwiel.support.supporters.actions.ask_authority import (
    BackingWish,
    RoomWish,
    ask_backing,
    ask_room,
    withdraw_backing,
    withdraw_room,
)
from vliegwiel.support.supporters.actions.rate_authority import own_answers, rate_authority, rated_by
from vliegwiel.support.supporters.authorities import asked_in
from vliegwiel.support.supporters.lifecycle import MOVES
from vliegwiel.support.supporters.models import BackingRequest, RoomRequest
from vliegwiel.support.supporters.rules import ASKED, Answers, last_day, period_of
from vliegwiel.support.supporters.standing import backing_named
from vliegwiel.support.supporters.words import ASKED as QUESTIONS
from vliegwiel.support.supporters.words import SAID

_FOLDER = "support/supporters/pages/mine"


def mine_page(request: HttpRequest) -> HttpResponse:
    """`/mijn/rugdekking`: one's own questions, the newest first."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    if request.method == "POST":
        withdraw_room(actor=actor, request=request.POST.get("vraag", ""))
        return redirect("my_backing")
    context = {
        "backing": list(BackingRequest.objects.filter(person=actor.id).order_by("-pk")[:100]),
        "rooms": list(RoomRequest.objects.filter(person=actor.id).order_by("-pk")[:100]),
        "rates": bool(rated_by(actor, settings.VLIEGWIEL_PROVINCE)),
    }
    return render(request, f"{_FOLDER}/asked.html", context)


def backing_page(request: HttpRequest, request_id: str) -> HttpResponse:
    """`/mijn/rugdekking/<id>`: what was promised by whom, and the answer."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = backing_named(request_id)
    if found.person != actor.id:
        raise NotAllowed(_("Dit is de vraag van iemand anders."), code="not-own")
    if request.method == "POST":
        withdraw_backing(actor=actor, request=request_id)
        return redirect(request.path)
    context = {
        "asked": found,
        "may_withdraw": found.state in MOVES["withdraw-backing"].sources,
        "late": found.state == "promised" and found.promised_on is not None and found.promised_on < clock.today(),
    }
    return render(request, f"{_FOLDER}/backing.html", context)


def ask_backing_page(request: HttpRequest) -> HttpResponse:
    """`/mijn/rugdekking/vraag`: a question to an authority or organisation."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    province = settings.VLIEGWIEL_PROVINCE
    questions = (
        _whom(province),
        Question("vraag", Kind.TEXT, _("Wat vraagt u, in een regel?"), required=True, longest=120),
        Question("verhaal", Kind.LONG_TEXT, _("Wat speelt er?"), required=True, longest=4000),
        _initiative(actor, province, _("Gaat het over een initiatief?")),
        Question("naam", Kind.TEXT, _("Hoe mogen zij u noemen?"), longest=60),
    )

    def act(facts: dict[str, Any]) -> BackingRequest:
        wish = BackingWish(facts["wie"], facts["vraag"], facts["verhaal"], facts.get("naam", ""), facts.get("initiatief", ""))
        return ask_backing(actor=actor, province=province, wish=wish, made_up=settings.VLIEGWIEL_DEMO)

    asked = ask(request, "vraag", questions, act)
    if asked.done:
        return redirect("my_backing_one", request_id=asked.done.public_id)
    context = {"asked": asked, "problems": asked.problems, "fields": asked.fields}
    return render(request, f"{_FOLDER}/ask_backing.html", context, status=400 if asked.problems else 200)


def ask_room_page(request: HttpRequest) -> HttpResponse:
    """`/mijn/ruimte/vraag`: a rule stands in the way; public from the start."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    province = settings.VLIEGWIEL_PROVINCE
    questions = (
        _whom(province),
        Question("titel", Kind.TEXT, _("Waar gaat het over, in een paar woorden?"), required=True, longest=120),
        Question("regel", Kind.LONG_TEXT, _("Welke regel staat in de weg?"), required=True, longest=400),
        Question("vraagt", Kind.LONG_TEXT, _("Wat vraagt u?"), required=True, longest=4000),
        Question(
            "groep",
            Kind.TEXT,
            _("Hoe heet uw groep of dorp?"),
            _("Iedereen leest dit. Zet hier geen naam van iemand."),
            longest=120,
        ),
    )

    def act(facts: dict[str, Any]) -> RoomRequest:
        wish = RoomWish(facts["wie"], facts["titel"], facts["regel"], facts["vraagt"], facts.get("groep", ""))
        return ask_room(actor=actor, province=province, wish=wish, made_up=settings.VLIEGWIEL_DEMO)

    asked = ask(request, "vraag", questions, act)
    if asked.done:
        return redirect(asked.done.path)
    context = {"asked": asked, "problems": asked.problems, "fields": asked.fields}
    return render(request, f"{_FOLDER}/ask_room.html", context, status=400 if asked.problems else 200)


def rate_page(request: HttpRequest) -> HttpResponse:
    """`/mijn/oordeel`: three questions about each authority of one's own place; to change until the half-year is over."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    province = settings.VLIEGWIEL_PROVINCE
    problems: list[Problem] = []
    key = request.POST.get("overheid", "")[:12]
    if request.method == "POST":
        said = Answers(*(request.POST.get(name, "") for name in ASKED))
        try:
            rate_authority(actor=actor, province=province, authority=key, answers=said)
        except NotValid as refusal:
            problems = [Problem(refusal.message, f"{key}-{ASKED[0]}-yes")]
        else:
            return redirect(f"{request.path}?bewaard={key}")
    given = own_answers(actor, province)
    rows = []
    for one in rated_by(actor, province):
        mine = given.get(one.key)
        asked = [
            (name, text, [(value, word, getattr(mine, name, "") == value) for value, word in SAID.items()])
            for name, text in QUESTIONS.items()
        ]
        rows.append((one, asked, mine is not None))
    context = {
        "rows": rows,
        "until": last_day(period_of(clock.today())),
        "saved": request.GET.get("bewaard", "")[:12],
        "problems": problems,
    }
    return render(request, f"{_FOLDER}/rate.html", context, status=400 if problems else 200)


def _whom(province: str) -> Question:
    options = tuple(Option(one.key, one.name) for one in asked_in(province))
    return Question("wie", Kind.SINGLE, _("Aan wie vraagt u het?"), required=True, options=options)


def _initiative(actor: Actor, province: str, text: str) -> Question:
    options = tuple(Option(one.title, one.title) for one in made_by(actor.id, province))
    return Question("initiatief", Kind.SINGLE if options else Kind.TEXT, text, options=options, longest=120)
