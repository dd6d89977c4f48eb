"""Taking part: come in, read what it is about, answer a page at a time, stop and go on later, look it over and send."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.foundation.people.public import actor_of, count_use, network_code
from vliegwiel.foundation.questions.public import Problem, Question, drawn, missing, problems_of, read, shown, told
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.see.fieldwork import codes
from vliegwiel.see.fieldwork.actions.answer_questions import Begun, answers_so_far, begin, come_in, save_answers, send_answers
from vliegwiel.see.fieldwork.models import Fielding, Panel
from vliegwiel.see.fieldwork.pages.answering.visit import Visit, end_visit, keep_visit, visit_of
from vliegwiel.see.fieldwork.queries import fielding_named, open_to_all, takes_answers

FOLDER = "see/fieldwork/pages/answering"
#: Nobody who answers is known here, also not when they signed in for something else.
SOMEONE = Actor("visitor")
_WRONG_CODES = 30
#: How often in an hour one network begins by open links: room for an evening in a village hall, none for a machine.
_BEGUN = 60


@never_cache
@require_http_methods(["GET", "POST"])
def door_page(request: HttpRequest) -> HttpResponse:
    """`/meedoen`: a code from a letter, and what everybody may take part in."""
    problems: list[Problem] = []
    typed = request.POST.get("code", "")[:40]
    if request.method == "POST":
        try:
            begun = come_in(actor=SOMEONE, typed=typed)
            return keep_visit(redirect("take_part_start", begun.fielding.public_id), Visit(begun.fielding.public_id, begun.code))
        except (NotFound, NotNow) as refusal:
            problems = [Problem(wrong_code(request, refusal, typed), "code")]
    context = {
        "open": list(open_to_all(settings.VLIEGWIEL_PROVINCE)),
        "panels": list(Panel.objects.filter(province=settings.VLIEGWIEL_PROVINCE).order_by("title")),
        "typed": typed,
        "problems": problems,
    }
    return render(request, f"{FOLDER}/door.html", context, status=400 if problems else 200)


def wrong_code(request: HttpRequest, refusal: NotFound | NotNow, typed: str) -> str:
    """Wrong codes are counted per network and hour, so that nobody tries them all."""
    if not codes.read_code(typed):
        return refusal.message
    try:
        with transaction.atomic():
            count_use(what="survey-code", whose=network_code(request), most=_WRONG_CODES, hourly=True)
    except NotNow as too_often:
        return too_often.message
    return refusal.message


@never_cache
@require_http_methods(["GET", "POST"])
def start_page(request: HttpRequest, fielding: str) -> HttpResponse:
    """`/meedoen/<id>`: who asks, why, how long, and what becomes of the answers. Consent where the law wants it (AVG 9)."""
    found = fielding_named(fielding)
    visit = visit_of(request, found.public_id)
    problems: list[Problem] = []
    if request.method == "POST" and not visit:
        try:
            with transaction.atomic():
                new = begin(actor=SOMEONE, fielding=found.public_id, agreed=request.POST.get("akkoord") == "ja")
                count_use(what="survey-begun", whose=network_code(request), most=_BEGUN, hourly=True, refusal=_too_many())
            return keep_visit(redirect("take_part_page", found.public_id, 1), Visit(found.public_id, new.code))
        except NotValid as refusal:
            problems = [Problem(refusal.message, "akkoord")]
        except NotNow as refusal:
            problems = [Problem(refusal.message, "")]
    begun = answers_so_far(fielding=found, code=visit.code) if visit else None
    document = found.document
    context = {
        **_shell(found, visit),
        "visit": visit,
        "going_on": bool(begun and begun.values),
        "takes": takes_answers(found),
        "document": document,
        "minutes": max(2, round(sum(1 for _item in document) / 4)),
        "problems": problems,
    }
    return render(request, f"{FOLDER}/start.html", context, status=400 if problems else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def questions_page(request: HttpRequest, fielding: str, place: int) -> HttpResponse:
    """`/meedoen/<id>/<blad>`: the questions of one page. Everything is saved at each step, also when one goes back or stops."""
    found, visit, begun = _answering(request, fielding)
    if visit is None or begun is None:
        return redirect("take_part_start", found.public_id)
    pages, form = found.document.pages, found.document.form()
    if not 1 <= place <= len(pages):
        return redirect("take_part_check", found.public_id)
    whole, block = list(form), form.blocks[place - 1]
    there = shown(block.questions, begun.values, whole)
    reading = None
    problems: list[Problem] = []
    if request.method == "POST":
        reading = read(there, request.POST)
        begun = save_answers(actor=SOMEONE, fielding=found.public_id, code=visit.code, values=reading.values)
        step = request.POST.get("doe", "verder")
        if step == "later":
            return redirect("take_part_later", found.public_id)
        if step == "terug":
            return _to(found, _previous(form, begun, place))
        now = shown(block.questions, begun.values, whole)
        appeared = [one for one in now if one not in there]
        lacks = [one for one in missing(there, begun.values, whole=whole) if one.key not in reading.problems]
        if not lacks and not reading.problems and not appeared:
            return _to(found, _next(form, begun, place))
        if not lacks and not reading.problems:
            return redirect(f"{request.path}#v-{appeared[0].key}")
        empty = {one.key: _lacking(one) for one in lacks}
        reading = type(reading)(reading.values, reading.typed, {**empty, **reading.problems}, reading.refused)
    fields = drawn(block.questions, begun.values, whole=whole, reading=reading)
    problems = list(problems_of(fields))
    if not fields and not block.intro and not problems:
        return _to(found, _next(form, begun, place))
    context = {
        **_shell(found, visit), "page": pages[place - 1], "place": place, "count": len(pages), "fields": fields, "problems": problems,
        "done": 100 * (place - 1) // len(pages),
    }  # fmt: skip
    return render(request, f"{FOLDER}/questions.html", context, status=400 if problems else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def check_page(request: HttpRequest, fielding: str) -> HttpResponse:
    """`/meedoen/<id>/nakijken`: all answers in words, and the button that sends them."""
    found, visit, begun = _answering(request, fielding)
    if visit is None or begun is None:
        return redirect("take_part_start", found.public_id)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            actor = actor_of(request) if visit.by_phone else SOMEONE
            send_answers(actor=actor, fielding=found.public_id, code=visit.code, by_phone=visit.by_phone)
            page = reverse("fielding_phone" if visit.by_phone else "take_part_thanks", args=[found.public_id])
            return end_visit(redirect(f"{page}?verstuurd=ja" if visit.by_phone else page))
        except NotValid as refusal:
            problems = [Problem(text, "") for text in refusal.details or (refusal.message,)]
    form = found.document.form()
    whole = list(form)
    parts = [
        (number, page, told(block.questions, begun.values, whole=whole))
        for number, (page, block) in enumerate(zip(found.document.pages, form.blocks, strict=True), 1)
    ]
    context = {**_shell(found, visit), "parts": [one for one in parts if one[2]], "count": len(parts), "problems": problems}
    return render(request, f"{FOLDER}/check.html", context, status=400 if problems else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def later_page(request: HttpRequest, fielding: str) -> HttpResponse:
    """`/meedoen/<id>/later`: the code with which one goes on, here or on another device."""
    found = fielding_named(fielding)
    visit = visit_of(request, found.public_id)
    if request.method == "POST" or visit is None:
        return end_visit(redirect("take_part"))
    context = {**_shell(found, visit), "code": codes.spelled(visit.code)}
    return render(request, f"{FOLDER}/later.html", context)


@never_cache
@require_GET
def thanks_page(request: HttpRequest, fielding: str) -> HttpResponse:
    """`/meedoen/<id>/bedankt`."""
    found = fielding_named(fielding)
    panel = Panel.objects.filter(province=found.province).order_by("pk").first()
    context = {
        **_shell(found, None),
        "document": found.document,
        "panel": panel if not found.special and not found.panel_id else None,
    }
    return render(request, f"{FOLDER}/thanks.html", context)


def _too_many() -> str:
    return _("Vanaf dit netwerk begonnen dit uur al veel mensen. Probeer het over een uur, of met een ander netwerk.")


def _answering(request: HttpRequest, fielding: str) -> tuple[Fielding, Visit | None, Begun | None]:
    found = fielding_named(fielding)
    visit = visit_of(request, found.public_id)
    return found, visit, answers_so_far(fielding=found, code=visit.code) if visit else None


def _shell(found: Fielding, visit: Visit | None) -> dict[str, Any]:
    return {"fielding": found, "by_phone": bool(visit and visit.by_phone), "made_up": found.made_up}


def _lacking(question: Question) -> str:
    return _("Deze vraag hoort een antwoord te hebben.") if question.text else ""


def _next(form: Any, begun: Begun, place: int) -> int:
    """The next page with something to answer or read; one past the last when there is none."""
    whole = list(form)
    for number in range(place + 1, len(form.blocks) + 1):
        block = form.blocks[number - 1]
        if block.intro or shown(block.questions, begun.values, whole):
            return number
    return len(form.blocks) + 1


def _previous(form: Any, begun: Begun, place: int) -> int:
    whole = list(form)
    for number in range(place - 1, 0, -1):
        block = form.blocks[number - 1]
        if block.intro or shown(block.questions, begun.values, whole):
            return number
    return 0


def _to(found: Fielding, place: int) -> HttpResponse:
    if place < 1:
        return redirect("take_part_start", found.public_id)
    if place > len(found.document.pages):
        return redirect("take_part_check", found.public_id)
    return redirect("take_part_page", found.public_id, place)
