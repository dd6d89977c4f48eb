"""One wave: how far it is and what is odd about it; its description; the first answers, of which each reading is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.foundation.people.public import Subject, actor_of, demand
from vliegwiel.foundation.questions.public import Kind, Option, Problem, Question, ask
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.surveys.actions.describe_figures import unanswered
from vliegwiel.see.surveys.actions.describe_wave import describe_wave, note_break
from vliegwiel.see.surveys.actions.discard_wave import discard_wave, may_go
from vliegwiel.see.surveys.actions.import_wave import VERB
from vliegwiel.see.surveys.checks import findings_of
from vliegwiel.see.surveys.comparing import label_changes, newest_weighting, wave_before
from vliegwiel.see.surveys.models import Review, Run, Wave
from vliegwiel.see.surveys.pages.work import description
from vliegwiel.see.surveys.queries import first_answers, models_of, wave_named

FOLDER = "see/surveys/pages/work"


def opened(request: HttpRequest, wave: str) -> tuple[Actor, Wave]:
    """Who asks, and the wave; raises NotAllowed for who does not work on surveys of its province."""
    actor, found = actor_of(request), wave_named(wave[:12])
    demand(actor, VERB, Subject(province=found.survey.province))
    return actor, found


@require_http_methods(["GET", "POST"])
def wave_page(request: HttpRequest, wave: str) -> HttpResponse:
    """`/werk/enquetes/<id>`: each step with how it stands, and everything odd."""
    actor, found = opened(request, wave)
    unsure = request.method == "POST" and request.POST.get("doe") == "gooi-weg"
    if unsure and request.POST.get("zeker") == "ja":
        discard_wave(actor=actor, wave=found.public_id)
        return redirect("waves")
    before = wave_before(found) if found.described_at else None
    questions = _break_questions(found)
    asked = ask(
        request,
        "breuk",
        questions,
        lambda given: note_break(actor=actor, wave=found.public_id, name=given["vraag"], reason=given["reden"]),
    )
    if asked.done:
        return redirect("wave", wave=found.public_id)
    weighting = newest_weighting(found)
    run = found.runs.order_by("-asked_at").first()
    findings = findings_of(found) if found.described_at and found.answers_gone_at is None else []
    problems = list(asked.problems)
    if unsure:
        problems = [Problem(_("Zet een vinkje dat u het zeker weet. Weggooien kan niet terug."), "zeker")]
    context = {
        "wave": found,
        "findings": findings,
        "stops": sum(one.stops for one in findings),
        "discardable": may_go(found),
        "unsure": unsure,
        "columns": list(found.columns.order_by("pk")),
        "weighting": weighting,
        "models": models_of(found, weighting),
        "lacking": unanswered(found),
        "open_count": found.open_answers.count(),
        "run": run,
        "released": Review.objects.filter(run__wave=found, state=Review.State.RELEASED).order_by("-answered_at").first(),
        "done": bool(run and run.state == Run.State.DONE),
        "before": before,
        "changes": label_changes(found, before) if before else [],
        "breaks": list(found.breaks.all()),
        "fields": asked.fields,
        "problems": problems,
        "made_up": found.made_up,
    }
    return render(request, f"{FOLDER}/wave.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "POST"])
def description_page(request: HttpRequest, wave: str) -> HttpResponse:
    """`/werk/enquetes/<id>/beschrijving`."""
    actor, found = opened(request, wave)
    offer = description.offer_of(found)

    def act(given: dict[str, Any]) -> Wave:
        drawn, columns = description.read(found, given)
        return describe_wave(actor=actor, wave=found.public_id, drawn=drawn, columns=columns)

    asked = ask(request, "beschrijf", description.questions(offer), act, before=description.before(found, offer))
    if asked.done:
        return redirect("wave", wave=found.public_id)
    context = {"wave": found, "fields": asked.fields, "problems": asked.problems, "made_up": found.made_up}
    return render(request, f"{FOLDER}/description.html", context, status=400 if asked.problems else 200)


@require_GET
def answers_page(request: HttpRequest, wave: str) -> HttpResponse:
    """`/werk/enquetes/<id>/antwoorden`: the first rows. Each reading stands in the trail."""
    actor, found = opened(request, wave)
    names, rows = first_answers(actor, found)
    return render(request, f"{FOLDER}/answers.html", {"wave": found, "names": names, "rows": rows, "made_up": found.made_up})


def _break_questions(wave: Wave) -> list[Question]:
    options = tuple(Option(column.name, column.title) for column in wave.columns.order_by("pk")) or (Option("-", "-"),)
    return [
        Question("vraag", Kind.SINGLE, _("Bij welke vraag breekt de reeks?"), options=options, required=True),
        Question(
            "reden",
            Kind.TEXT,
            _("Waarom?"),
            hint=_("Bijvoorbeeld: de antwoorden zijn anders verwoord."),
            required=True,
            longest=300,
        ),
    ]
