"""Answers in words: each is looked at by two persons, and only then may others on surveys read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from vliegwiel.foundation.questions.public import Problem, whole_in
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.see.surveys.actions.screen_answer import screen_answer
from vliegwiel.see.surveys.open_answers import open_answers_of
from vliegwiel.see.surveys.pages.work.wave import FOLDER, opened


@require_http_methods(["GET", "POST"])
def open_page(request: HttpRequest, wave: str) -> HttpResponse:
    """`/werk/enquetes/<id>/open-antwoorden`. Each reading stands in the trail."""
    actor, found = opened(request, wave)
    problems: list[Problem] = []
    if request.method == "POST":
        answer = request.POST.get("antwoord", "")[:12]
        try:
            screen_answer(
                actor=actor,
                answer=answer,
                readable=request.POST.get("besluit") == "lezen",
                text=request.POST.get("tekst", "")[:2000],
                seen=request.POST.get("stand", "")[:8],
            )
        except (NotAllowed, NotNow, NotValid) as refusal:
            problems = [Problem(refusal.message, f"antwoord-{answer}")]
        else:
            return redirect("wave_open", wave=found.public_id)
    titles = found.code_book["titles"]
    told = open_answers_of(actor, found, whole_in(request.GET, "blad") or 1)
    context = {
        "wave": found,
        "waiting": [(one, titles.get(one.column) or one.column) for one in told.waiting],
        "readable": [(one, titles.get(one.column) or one.column) for one in told.readable],
        "counts": told.counts,
        "page": told.page,
        "pages": told.pages,
        "left": told.counts.get("new", 0) + told.counts.get("once", 0),
        "problems": problems,
        "made_up": found.made_up,
    }
    return render(request, f"{FOLDER}/screening.html", context, status=400 if problems else 200)
