"""The network of supporters: who knows about what, and what they ask each other. Nobody else opens it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Kind, Option, Question, ask
from vliegwiel.support.supporters import queries
from vliegwiel.support.supporters.actions.ask_network import answer_network, ask_network, close_network, network_question
from vliegwiel.support.supporters.models import NetworkAnswer, NetworkQuestion
from vliegwiel.support.supporters.standing import demand, may_join

_FOLDER = "support/supporters/pages/network"
_PAGE = 50


@never_cache
def network_page(request: HttpRequest) -> HttpResponse:
    """`/dorpsondersteuners/netwerk?thema=`: questions, people, and a question of one's own."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    province = settings.VLIEGWIEL_PROVINCE
    demand(may_join(actor, province))
    options = tuple(Option(key, theme.name) for key, theme in themes().items())
    questions = (
        Question("titel", Kind.TEXT, _("Uw vraag in een regel"), required=True, longest=120),
        Question("tekst", Kind.LONG_TEXT, _("Wat speelt er?"), _("Noem niemand bij naam."), longest=4000),
        Question("thema", Kind.SINGLE, _("Waar gaat het over?"), options=options),
    )

    def act(facts: dict[str, Any]) -> NetworkQuestion:
        text, about = facts.get("tekst", ""), facts.get("thema", "")
        return ask_network(actor=actor, province=province, title=facts["titel"], text=text, theme=about)

    asked = ask(request, "vraag", questions, act)
    if asked.done:
        return redirect("network_question", question=asked.done.public_id)
    theme = request.GET.get("thema", "")
    theme = theme if theme in themes() else ""
    context = {
        "rows": list(queries.network_questions(province, theme)[:_PAGE]),
        "people": queries.in_network(province, theme),
        "themes": themes().values(),
        "theme": theme,
        "fields": asked.fields,
        "problems": asked.problems,
    }
    return render(request, f"{_FOLDER}/list.html", context, status=400 if asked.problems else 200)


@never_cache
def question_page(request: HttpRequest, question: str) -> HttpResponse:
    """`/dorpsondersteuners/netwerk/<id>`: a question with its answers."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = network_question(question)
    demand(may_join(actor, found.province))
    if request.method == "POST" and request.POST.get("doe") == "klaar":
        close_network(actor=actor, question=question)
        return redirect(request.path)
    questions = (Question("tekst", Kind.LONG_TEXT, _("Uw antwoord"), required=True, longest=4000),)

    def act(facts: dict[str, Any]) -> NetworkAnswer:
        return answer_network(actor=actor, question=question, text=facts["tekst"])

    asked = ask(request, "antwoord", questions, act)
    if asked.done:
        return redirect(request.path)
    context = {
        "question": found,
        "answers": list(found.answers.all()),
        "own": found.person == actor.id,
        "fields": asked.fields,
        "problems": asked.problems,
    }
    return render(request, f"{_FOLDER}/question.html", context, status=400 if asked.problems else 200)
