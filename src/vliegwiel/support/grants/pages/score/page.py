"""The score sheet: say first that you have no interest, score alone, and see what others found once all are in."""

from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.engines.rulebook.parts import CriterionRule
from vliegwiel.foundation.design.dutch import number as in_dutch
from vliegwiel.foundation.people.public import InterestKind, actor_of, demand_somewhere
from vliegwiel.foundation.questions.public import amount_of, as_typed
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid, Refusal
from vliegwiel.support.grants.actions.assign_application import declare_free, declare_interest
from vliegwiel.support.grants.actions.score_application import Points, score_application
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.form import WHO
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, Assessment, Assignment
from vliegwiel.support.grants.models.assessment import OUTCOMES, Task
from vliegwiel.support.grants.pages.apply.review import sections_of, seen_whole
from vliegwiel.support.grants.regulation import call_for, rules_for
from vliegwiel.support.grants.scores import Scorecard, all_in, apart, cards_of, visible_to
from vliegwiel.support.grants.standing import find

_FOLDER = "support/grants/pages/score"
_VERB = "score-applications"


@dataclass(frozen=True)
class Field:
    """A criterion on the sheet, with what was given and what is wrong with it."""

    key: str
    name: str
    hint: str
    weight: str
    minimum: str
    points: str
    reason: str
    wrong: str


def assignments_page(request: HttpRequest) -> HttpResponse:
    """`/beoordelen`: what I have to assess, what I did, and which files wait for a colleague."""
    actor = actor_of(request)
    demand_somewhere(actor, _VERB)
    mine = Assignment.objects.filter(person=actor.id, task=Task.ASSESSOR, ended_at=None).select_related("application")
    scored = set(Assessment.objects.filter(assessor=actor.id).values_list("application_id", flat=True))
    rows = [(given, given.application, given.application_id in scored) for given in mine.order_by("application__due_on", "pk")]
    context = {
        "to_do": [row for row in rows if not row[2] and row[1].stands in (State.COMPLETE, State.IN_ASSESSMENT)],
        "done": [row for row in rows if row[2]],
        "made_up": any(application.made_up for _given, application, _done in rows),
    }
    return render(request, f"{_FOLDER}/list.html", context)


def score_page(request: HttpRequest, number: str) -> HttpResponse:
    """`/beoordelen/<nummer>`: first the declaration, then the plan with the sheet beside it."""
    actor, found = actor_of(request), find(number)
    given = _assignment(actor, found)
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            back = _act(request, actor, found)
        except NotAllowed:
            raise
        except (NotNow, NotValid) as refusal:
            wrong = refusal
        else:
            return redirect(*back)
    return render(request, f"{_FOLDER}/page.html", _context(request, actor, found, given, wrong))


def _assignment(actor: Actor, found: Application) -> Assignment:
    """The assignment of this person; nobody else learns that the file exists."""
    given = (
        found.assignments.filter(person=actor.id, task=Task.ASSESSOR, ended_at=None).first() if actor.kind == "person" else None
    )
    if given is None:
        raise NotFound(_("Deze aanvraag is niet aan u toegewezen."), nearest=((_("Wat u beoordeelt"), "/beoordelen"),))
    return given


def _act(request: HttpRequest, actor: Actor, found: Application) -> tuple[str, ...]:
    act = request.POST.get("daad")
    if act == "vrij":
        declare_free(actor=actor, application=found.public_id)
        return "score", found.number or ""
    if act == "belang":
        declare_interest(actor=actor, application=found.public_id, kind=request.POST.get("soort", ""))
        return ("my_assessments",)
    scores, problems = _read(request, found)
    amount = amount_of(request.POST.get("bedrag", "")) if request.POST.get("bedrag", "").strip() else None
    if request.POST.get("bedrag", "").strip() and amount is None:
        problems.append(_("Schrijf het bedrag zo: 12.500,00."))
    if problems:
        raise NotValid(_("Uw beoordeling is nog niet compleet."), code="not-complete", details=tuple(problems))
    score_application(
        actor=actor,
        application=found.public_id,
        scores=scores,
        outcome=request.POST.get("oordeel", ""),
        motivation=request.POST.get("motivering", ""),
        amount=amount,
        why=request.POST.get("waarom", ""),
    )
    return "score", found.number or ""


def _read(request: HttpRequest, found: Application) -> tuple[dict[str, Points], list[str]]:
    """The points as they were typed: 8,5 is 85 tenths. What is no number is a problem; what is empty is left out."""
    scores, problems = {}, []
    for item in rules_for(found).criteria:
        typed = request.POST.get(f"punten-{item.key}", "").strip().replace(",", ".")
        if not typed:
            continue
        try:
            tenths = Fraction(typed) * 10
        except (ValueError, ZeroDivisionError):
            tenths = Fraction(1, 2)
        if tenths.denominator != 1:
            problems.append(_("{name}: schrijf een cijfer zoals 7 of 7,5.").format(name=item.name))
        else:
            scores[item.key] = Points(int(tenths), request.POST.get(f"reden-{item.key}", ""))
    return scores, problems


def _context(
    request: HttpRequest, actor: Actor, found: Application, given: Assignment, wrong: Refusal | None
) -> dict[str, object]:
    rules, draft = rules_for(found), Draft(found)
    own = found.assessments.filter(assessor=actor.id).order_by("-revision").first()
    kept = request.POST if wrong else None
    details = list(wrong.details) if wrong else []
    fields = [_field(item, own, kept, details) for item in rules.criteria]
    whole = all_in(found, rules)
    cards = visible_to(actor, found, rules)
    return {
        "application": found,
        "call": call_for(found),
        "free": given.free_at is not None,
        "interests": InterestKind.choices,
        "fields": fields,
        "outcomes": OUTCOMES,
        "own": own,
        "outcome": kept.get("oordeel") if kept else own.outcome if own else "",
        "motivation": kept.get("motivering") if kept else own.motivation if own else "",
        "amount": kept.get("bedrag") if kept else as_typed(own.money if own else found.asked_money),
        "why": kept.get("waarom", "") if kept else "",
        "wrong": wrong,
        "open": found.stands is State.IN_ASSESSMENT,
        "whole": whole,
        "cards": [(card, in_dutch(float(card.total), 1), _outcome(card.outcome)) for card in cards] if whole else [],
        "compared": [(item.name, [_given(item, card) for card in cards]) for item in rules.criteria] if whole else [],
        "apart": in_dutch(float(apart(cards)), 1) if whole else "",
        "together": len(cards_of(found, rules)),
        **seen_whole(draft),
        "sections": [section for section in sections_of(draft) if section.key != WHO],
        "participants": (),
        "change": False,
        "made_up": found.made_up,
    }


def _given(item: CriterionRule, card: Scorecard) -> tuple[str, str]:
    """What an assessor gave for a criterion: the mark and why."""
    points = card.scores.get(item.key)
    return "" if points is None else in_dutch(float(points), 1), card.reasons.get(item.key, "")


def _outcome(key: str) -> str:
    return str(dict(OUTCOMES).get(key, key))


def _field(item: CriterionRule, own: Assessment | None, kept: QueryDict | None, details: list[str]) -> Field:
    before = own.scores.get(item.key) if own else None
    points, reason = (in_dutch(int(before["points"]) / 10, 1), str(before["reason"])) if before else ("", "")
    if kept is not None:
        points, reason = kept.get(f"punten-{item.key}", ""), kept.get(f"reden-{item.key}", "")
    return Field(
        item.key,
        item.name,
        item.hint,
        in_dutch(float(item.weight * 100)),
        in_dutch(float(item.minimum), 1) if item.minimum else "",
        points,
        reason,
        next((line for line in details if line.startswith(f"{item.name}:")), ""),
    )
