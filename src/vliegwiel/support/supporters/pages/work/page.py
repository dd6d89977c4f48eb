"""For who answers for an authority: what was asked of it. For an adviser: who waits until someone says that they know them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import demand_somewhere, signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Asked, Kind, Option, Question, ask
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed
from vliegwiel.support.supporters import queries
from vliegwiel.support.supporters.actions.answer_asked import answer_backing, answer_room, promise_backing
from vliegwiel.support.supporters.actions.keep_supporter import confirm_supporter, doubt_supporter
from vliegwiel.support.supporters.authorities import answers_somewhere
from vliegwiel.support.supporters.lifecycle import MOVES
from vliegwiel.support.supporters.models import Supporter
from vliegwiel.support.supporters.standing import backing_named, demand, may_move, room_named
from vliegwiel.support.supporters.words import OUTCOMES

_FOLDER = "support/supporters/pages/work"
_PAGE = 100


def inbox_page(request: HttpRequest) -> HttpResponse:
    """`/werk/rugdekking`: questions for backing by the promised day, and questions for room by age."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    if not answers_somewhere(actor):
        raise NotAllowed(_("Dit is voor wie namens een overheid of organisatie antwoordt."), code="no-role")
    context = {
        "backing": list(queries.backing_for(actor)[:_PAGE]),
        "rooms": list(queries.rooms_for(actor)[:_PAGE]),
        "today": clock.today(),
    }
    return render(request, f"{_FOLDER}/inbox.html", context)


def backing_page(request: HttpRequest, request_id: str) -> HttpResponse:
    """`/werk/rugdekking/<id>`: promise a day, or answer."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = backing_named(request_id)
    demand(may_move(actor, "answer-backing", found))
    day = (Question("dag", Kind.DATE, _("Op welke dag antwoordt u?"), _("Uw naam staat erbij."), required=True),)
    text = (Question("tekst", Kind.LONG_TEXT, _("Uw antwoord"), required=True, longest=4000),)
    promise = ask(request, "beloof", day, lambda facts: promise_backing(actor=actor, request=request_id, on=facts["dag"]))
    answer = ask(request, "antwoord", text, lambda facts: answer_backing(actor=actor, request=request_id, text=facts["tekst"]))
    if promise.done or answer.done:
        return redirect("backing_inbox" if answer.done else request.path)
    context: dict[str, Any] = {
        "asked": found,
        "promise": promise if found.state in MOVES["promise-backing"].sources else None,
        "answer": answer if found.state in MOVES["answer-backing"].sources else None,
    }
    return _answer(request, "backing", context, promise, answer)


def room_page(request: HttpRequest, request_id: str) -> HttpResponse:
    """`/werk/ruimte/<id>`: give room or not, with the reason that everybody reads."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = room_named(request_id)
    demand(may_move(actor, "answer-room", found))
    questions = (
        Question(
            "besluit",
            Kind.SINGLE,
            _("Wat besluit u?"),
            required=True,
            options=tuple(Option(key, str(name).capitalize()) for key, name in OUTCOMES.items()),
        ),
        Question("reden", Kind.LONG_TEXT, _("Waarom?"), _("Iedereen leest dit. Noem geen namen."), required=True, longest=4000),
    )

    def act(facts: dict[str, Any]) -> object:
        return answer_room(actor=actor, request=request_id, outcome=facts["besluit"], reason=facts["reden"])

    asked = ask(request, "besluit", questions, act)
    if asked.done:
        return redirect(found.path)
    context = {"room": found, "answer": asked if found.state in MOVES["answer-room"].sources else None}
    return _answer(request, "room", context, asked)


def confirm_page(request: HttpRequest) -> HttpResponse:
    """`/werk/dorpsondersteuners`: say that one knows someone, or take it back."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    demand_somewhere(actor, "confirm-supporters")
    if request.method == "POST":
        act = doubt_supporter if request.POST.get("doe") == "terug" else confirm_supporter
        act(actor=actor, supporter=request.POST.get("wie", ""))
        return redirect("confirm_supporters")
    province = settings.VLIEGWIEL_PROVINCE
    known = Supporter.objects.filter(province=province, known_at__isnull=False).order_by("first_name", "pk")
    context = {
        "waiting": queries.unconfirmed(actor, province),
        "known": list(known.prefetch_related("villages")[:_PAGE]),
    }
    return render(request, f"{_FOLDER}/confirm.html", context)


def _answer(request: HttpRequest, name: str, context: dict[str, Any], *asked: Asked) -> HttpResponse:
    problems = [problem for one in asked for problem in one.problems]
    return render(request, f"{_FOLDER}/{name}.html", {**context, "problems": problems}, status=400 if problems else 200)
