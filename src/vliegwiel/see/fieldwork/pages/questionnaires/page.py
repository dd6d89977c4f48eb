"""Questionnaires: all of them, one with its pages and questions, how it will look, and SurveyJS in and out."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.catalogue.locked_scales import locked_scales
from vliegwiel.catalogue.questionnaires import questionnaires
from vliegwiel.foundation.people.public import Subject, actor_of, demand, may
from vliegwiel.foundation.questions.public import Kind, Option, Problem, Question, ask, drawn, read, revision_in
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.see.fieldwork import changing
from vliegwiel.see.fieldwork.actions.edit_questionnaire import save_questionnaire, start_questionnaire
from vliegwiel.see.fieldwork.document import Document, problems_of
from vliegwiel.see.fieldwork.models import Questionnaire
from vliegwiel.see.fieldwork.queries import MAKE, RUN, fielded_before, questionnaire_named, questionnaires_of
from vliegwiel.see.fieldwork.steady import changes_since, example, locked_problems
from vliegwiel.see.fieldwork.surveyjs import read_surveyjs, to_surveyjs

FOLDER = "see/fieldwork/pages/questionnaires"
_LARGEST = 2_000_000


def opened(request: HttpRequest, questionnaire: str) -> tuple[Actor, Questionnaire]:
    """Who asks, and the questionnaire; raises NotAllowed for who does not make them in its province."""
    actor, found = actor_of(request), questionnaire_named(questionnaire)
    demand(actor, MAKE, Subject(province=found.province))
    return actor, found


@require_http_methods(["GET", "POST"])
def list_page(request: HttpRequest) -> HttpResponse:
    """`/werk/vragenlijsten`: all, a new one, and one from SurveyJS."""
    actor = actor_of(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, MAKE, Subject(province=province))
    asked = ask(
        request,
        "begin",
        _begin_questions(),
        lambda given: start_questionnaire(actor=actor, province=province, document=_begun(given)),
        before={"voorbeeld": "-"},
    )
    if asked.done:
        return redirect("questionnaire", asked.done.public_id)
    context: dict[str, Any] = {"text": "", "left_out": (), "problems": list(asked.problems)}
    if request.method == "POST" and request.POST.get("doe") == "surveyjs":
        made = _from_surveyjs(request, actor, province, context)
        if made is not None:
            return redirect("questionnaire", made.public_id)
    context |= {"questionnaires": list(questionnaires_of(province)), "fields": asked.fields}
    refused = bool(context["problems"] or context["left_out"])
    return render(request, f"{FOLDER}/list.html", context, status=400 if refused else 200)


def _begin_questions() -> list[Question]:
    examples = tuple(
        Option(key, _("{title}, een voorbeeld").format(title=record["title"])) for key, record in questionnaires().items()
    )
    return [
        Question("naam", Kind.TEXT, _("Hoe heet de vragenlijst?"), required=True, longest=120),
        Question(
            "voorbeeld", Kind.SINGLE, _("Waarmee begint u?"), options=(Option("-", _("Een leeg blad")), *examples), required=True
        ),
    ]


def _begun(given: dict[str, Any]) -> Document:
    empty = given.get("voorbeeld") not in questionnaires()
    return replace(Document("") if empty else example(str(given["voorbeeld"])), title=str(given["naam"]))


def _from_surveyjs(request: HttpRequest, actor: Actor, province: str, context: dict[str, Any]) -> Questionnaire | None:
    """Make one of the file or the text; first name what we do not ask, and go on only when that was seen."""
    upload = request.FILES.get("bestand")
    text = request.POST.get("tekst", "")
    try:
        if upload is not None:
            text = upload.read(_LARGEST + 1).decode("utf-8-sig", errors="replace")
        context["text"] = text
        found = read_surveyjs(text)
        if found.left_out and request.POST.get("gezien") != "ja":
            context["left_out"] = found.left_out
            return None
        return start_questionnaire(actor=actor, province=province, document=found.document)
    except (NotValid, NotNow) as refusal:
        context["problems"] = [Problem(line, "bestand") for line in (refusal.message, *refusal.details)]
    return None


@require_http_methods(["GET", "POST"])
def questionnaire_page(request: HttpRequest, questionnaire: str) -> HttpResponse:
    """`/werk/vragenlijsten/<id>`: pages and questions in order, what is still wrong, and moving, taking out, adding a fixed scale."""
    actor, found = opened(request, questionnaire)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            document = changing.changed(found.document, request.POST)
            save_questionnaire(
                actor=actor, questionnaire=found.public_id, document=document, revision=revision_in(request.POST) or 0
            )
            return redirect("questionnaire", found.public_id)
        except (NotValid, NotNow) as refusal:
            problems = [Problem(line, "") for line in refusal.details or (refusal.message,)]
    document = found.document
    before = fielded_before(found)
    todo = [*problems_of(document), *locked_problems(document), *changes_since(document, before)]
    context = {
        "questionnaire": found,
        "document": document,
        "scales": locked_scales(),
        "free_scales": [one for one in locked_scales().values() if not any(item.scale == one.key for item in document)],
        "problems": problems,
        "todo": todo,
        "versions": list(found.versions.order_by("-number")),
        "fieldings": list(found.fieldings.order_by("-period")),
        "may_run": bool(may(actor, RUN, Subject(province=found.province))),
    }
    return render(request, f"{FOLDER}/questionnaire.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "POST"])
def preview_page(request: HttpRequest, questionnaire: str) -> HttpResponse:
    """`/werk/vragenlijsten/<id>/voorbeeld`: as people will see it, all on one page; nothing that is filled in is kept."""
    _actor, found = opened(request, questionnaire)
    document = found.document
    form = document.form()
    whole = list(form)
    reading = read(whole, request.POST) if request.method == "POST" else None
    values = dict(reading.values) if reading else {}
    pages = [
        (page, drawn(block.questions, values, whole=whole, reading=reading))
        for page, block in zip(document.pages, form.blocks, strict=True)
    ]
    context = {"questionnaire": found, "document": document, "pages": pages}
    return render(request, f"{FOLDER}/preview.html", context)


@require_GET
def surveyjs_file(request: HttpRequest, questionnaire: str) -> HttpResponse:
    """`/werk/vragenlijsten/<id>/surveyjs.json`."""
    _actor, found = opened(request, questionnaire)
    answer = JsonResponse(to_surveyjs(found.document), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="vragenlijst-{found.public_id}.json"'
    return answer
