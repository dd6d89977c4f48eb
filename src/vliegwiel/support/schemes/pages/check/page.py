"""`/regelingen/<scheme>/check`: does my plan fit, in two minutes, without signing in. The answers stand in the address and nowhere else."""

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from vliegwiel.foundation.people.public import actor_of
from vliegwiel.foundation.questions.public import Problem, Reading, drawn, problems_of, read, told
from vliegwiel.kernel import clock
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.support.schemes.actions.count_steps import count_outcome, count_steps
from vliegwiel.support.schemes.check_form import (
    FURTHEST,
    SINCE,
    STEP,
    UNKNOWN,
    Answers,
    Step,
    address,
    answers_in,
    facts_of_answers,
    next_step,
    only_answers,
    there,
)
from vliegwiel.support.schemes.overview import Shown, others_that_fit, shared
from vliegwiel.support.schemes.pages.scheme.page import public_scheme
from vliegwiel.support.schemes.pages.typed import small_number

_FOLDER = "support/schemes/pages/check"


@csrf_exempt  # a check asks no right of anybody: it works without a cookie, and a stranger's form could only add to a count
def check_page(request: HttpRequest, key: str) -> HttpResponse:
    """A question at a time; then the outcome, which can be kept, sent and made again from its address."""
    item = public_scheme(request, key)
    if request.method == "POST":
        return _answer(request, item)
    data = request.GET.copy()
    answers = answers_in(item.rules, data)
    steps = there(item.rules, answers)
    wanted = small_number(data.get(STEP)) or 0
    chosen = wanted - 1 if 0 < wanted <= len(steps) else next_step(steps, answers)
    if chosen is None:
        return _outcome(request, item, answers, data)
    return _question(request, item, steps, chosen, answers, data)


def proof(request: HttpRequest, key: str) -> HttpResponse:
    """`/regelingen/<scheme>/check/bewijs`: the receipt of an outcome, to make it again: rule, hash, facts and verdict."""
    item = public_scheme(request, key)
    facts = facts_of_answers(item.rules, answers_in(item.rules, request.GET.copy()))
    outcome = item.regulation.evaluate(facts, on=item.day)
    answer = {
        "regeling": item.regulation.name,
        "versie": item.regulation.version,
        "uitkomst": outcome.verdict.answer.value,
        "bedrag": outcome.most.cents if outcome.most else None,
        "redenen": [{"code": reason.code, "artikel": reason.article, "tekst": reason.text} for reason in outcome.reasons],
        "bewijs": outcome.receipt.to_json(),
        **({"let-op": MADE_UP} if item.scheme.made_up else {}),
    }
    return JsonResponse(answer, json_dumps_params={"indent": 1, "ensure_ascii": False})


def _answer(request: HttpRequest, item: Shown) -> HttpResponse:
    """Read one step, count it, and go on to the next; what cannot be read comes back with what was typed."""
    data = request.POST.copy()
    kept = answers_in(item.rules, data)
    steps = there(item.rules, kept)
    place = min(max(small_number(data.get(STEP)) or 1, 1), len(steps)) - 1
    step = steps[place]
    if data.get("actie") == UNKNOWN:
        for question in step.questions:
            data.setlist(question.key, [])
        data.setlist(UNKNOWN, [*data.getlist(UNKNOWN), *(question.key for question in step.questions)])
    else:
        reading = read(step.questions, data)
        known = {**kept.values, **reading.values}
        wrong = {
            question.key: reading.problems.get(question.key) or _("Geef een antwoord, of kies: dat weet ik nog niet.")
            for question in step.questions
            if question.key in reading.problems or known.get(question.key) is None
        }
        if wrong:
            return _question(request, item, steps, place, kept, data, Reading(reading.values, reading.typed, wrong))
        passed = {question.key for question in step.questions}
        data.setlist(UNKNOWN, [key for key in data.getlist(UNKNOWN) if key not in passed])
    return redirect(request.path + _counted(request, item, steps, place, data))


def _counted(request: HttpRequest, item: Shown, steps: list[Step], place: int, data: QueryDict) -> str:
    """Count each step once per walk: the address carries how far this one came and when it began, and nothing about who walks."""
    actor, scheme = actor_of(request), item.scheme.key
    now = int(clock.now().timestamp())
    seen, began = small_number(data.get(FURTHEST)) or 0, small_number(data.get(SINCE))
    since = now if began is None else min(began, now)
    answers = answers_in(item.rules, data)
    after = there(item.rules, answers)
    following = next_step(after, answers)
    if place + 1 > seen:
        reached = (steps[place].key,) if place == 0 else ()
        onward = (after[following].key,) if following is not None and following > place else ()
        count_steps(actor=actor, scheme=scheme, part="check", reached=(*reached, *onward), answered=(steps[place].key,))
        if following is None:
            verdict = item.regulation.evaluate(facts_of_answers(item.rules, answers), on=item.day).verdict
            count_outcome(actor=actor, scheme=scheme, part="check", verdict=verdict.answer.value, seconds=now - since)
    return address(data, **{FURTHEST: max(seen, place + 1), SINCE: since})


def _question(
    request: HttpRequest,
    item: Shown,
    steps: list[Step],
    place: int,
    answers: Answers,
    data: QueryDict,
    reading: Reading | None = None,
) -> HttpResponse:
    step = steps[place]
    fields = drawn(step.questions, answers.values, whole=[one for each in steps for one in each.questions], reading=reading)
    if reading is None and not data.get(SINCE):
        data[SINCE] = str(int(clock.now().timestamp()))
    own = {question.key for question in step.questions}
    problems: list[Problem] = problems_of(fields)
    context = {
        "item": item,
        "step": step,
        "number": place + 1,
        "total": len(steps),
        "fields": fields,
        "problems": problems,
        "hidden": [
            (key, value)
            for key, values in data.lists()
            for value in values
            if key not in own and key not in (STEP, "actie", "csrfmiddlewaretoken")
        ],
        "back": address(data, **{STEP: place}) if place else "",
        "made_up": item.scheme.made_up,
    }
    return render(request, f"{_FOLDER}/question.html", context, status=400 if problems else 200)


def _outcome(request: HttpRequest, item: Shown, answers: Answers, data: QueryDict) -> HttpResponse:
    facts = facts_of_answers(item.rules, answers)
    outcome = item.regulation.evaluate(facts, on=item.day)
    steps = there(item.rules, answers)
    amount = outcome.most
    asked = facts.get(item.rules.asked)
    others = others_that_fit(item, facts)
    open_questions = {question.key: question.text for step in steps for question in step.questions}
    context = {
        "item": item,
        "outcome": outcome,
        "answer": outcome.verdict.answer.name.lower(),
        "amount": amount,
        "less": bool(amount is not None and asked is not None and amount < asked),
        "asked": asked,
        "account": next((row for row in item.rules.arrangements if row.key == outcome.arrangement), None),
        "open": [open_questions[key] for key in outcome.open_questions if key in open_questions],
        "told": [
            (line, address(data, **{STEP: number}))
            for number, step in enumerate(steps, start=1)
            for line in told(step.questions, answers.values)
        ],
        "unknown": answers.unknown,
        "others": [
            (other, other_outcome, f"{other.path}/check{only_answers(data, list(shared(other.regulation, facts)))}")
            for other, other_outcome in others
        ],
        "apply": f"/aanvragen/nieuw/{item.call.id}{only_answers(data, list(facts))}" if item.call else "",
        "proof": f"{request.path}/bewijs{only_answers(data, list(facts))}",
        "again": request.path,
        "made_up": item.scheme.made_up,
    }
    return render(request, f"{_FOLDER}/outcome.html", context)
