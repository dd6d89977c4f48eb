"""The municipality's workspace for consents: what waits, and answering in two clicks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.foundation.people.public import Subject, actor_of, demand, demand_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.consents.actions.answer_consent import answer_consent
from vliegwiel.support.consents.models import AnswerKind
from vliegwiel.support.consents.queries import answer_of, question, questions_for

_FOLDER = "support/consents/pages/answers"


def questions_page(request: HttpRequest) -> HttpResponse:
    """`/gemeente/instemming`: what waits for an answer, the first day first, and what was answered."""
    actor = actor_of(request)
    demand_somewhere(actor, "give-consent")
    found = [(item, answer_of(item)) for item in questions_for(actor)[:500]]
    context = {
        "waiting": [item for item, answer in found if answer is None and item.closed_at is None],
        "answered": [(item, answer) for item, answer in found if answer is not None or item.closed_at is not None][::-1],
        "today": clock.today(),
    }
    return render(request, f"{_FOLDER}/list.html", context)


def answer_page(request: HttpRequest, consent: str) -> HttpResponse:
    """`/gemeente/instemming/{id}`: read and choose; `?antwoord=` says what the choice means and asks to confirm it."""
    actor, asked = actor_of(request), question(consent)
    demand(actor, "give-consent", Subject(province=asked.province, municipality=asked.municipality))
    wrong: NotValid | None = None
    chosen = request.POST.get("antwoord") or request.GET.get("antwoord", "")
    if request.method == "POST":
        try:
            answer_consent(
                actor=actor,
                consent=consent,
                kind=chosen,
                wish=request.POST.get("voorwaarde", ""),
                why=request.POST.get("reden", ""),
            )
        except NotValid as refusal:
            wrong = refusal
        else:
            return redirect("consent_question", consent=consent)
    context = {
        "consent": asked,
        "kinds": AnswerKind,
        "chosen": AnswerKind(chosen) if chosen in AnswerKind.values else None,
        "answers": list(asked.answers.all()),
        "late": clock.today() > asked.due,
        "wrong": wrong,
        "given": request.POST if wrong else {},
    }
    return render(request, f"{_FOLDER}/answer.html", context)
