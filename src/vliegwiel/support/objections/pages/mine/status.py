"""My objection: the day first and why, what is asked of me, what happened, and what I can still do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.papers.public import letters_of, papers_of
from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Problem, date_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotValid, Refusal
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.objections.actions.ask_costs import ask_costs
from vliegwiel.support.objections.actions.handle_objection import agree_postponement
from vliegwiel.support.objections.actions.hear_objection import hearing_of
from vliegwiel.support.objections.actions.repair_objection import add_grounds, supply_repair
from vliegwiel.support.objections.actions.withdraw_objection import withdraw_objection
from vliegwiel.support.objections.costs import costs_owed
from vliegwiel.support.objections.lifecycle import PENDING, State, moves_from
from vliegwiel.support.objections.models import Objection, ObjectionEventKind
from vliegwiel.support.objections.pages.mine.lodge import FILES, kept_papers
from vliegwiel.support.objections.pages.visitors import readable
from vliegwiel.support.objections.queries import notice_of
from vliegwiel.support.objections.standing import is_objector, may_move, reference
from vliegwiel.support.objections.terms import events_of, open_request, why_due

Act = Callable[[HttpRequest, Actor, Objection], object]


@dataclass(frozen=True)
class ObjectionMoment:
    """What happened on a day, as the timeline tells it."""

    on: date
    title: str
    text: str = ""
    letter: str = ""


def objection_page(request: HttpRequest, objection: str) -> HttpResponse:
    """`/mijn/bezwaren/{id}`: a form on it does one act and comes back here."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = readable(actor, objection)
    if not is_objector(actor, found):
        return redirect("objection_file", number=found.number)
    problems: list[Problem] = [Problem(text, "stuk-1") for text in request.session.pop("bezwaar-stukken", [])]
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("doe", ""))
        if act is None:
            raise NotValid(_("Kies wat u wilt doen."), code="no-act")
        problems = _done(request, act, actor, found)
        if not problems:
            return redirect("my_objection", objection=objection)
        found = readable(actor, objection)
    typed = {"given": request.POST, "costs_typed": request.POST.get("kosten-tekst", "")}
    context = {**_context(actor, found), **typed, "problems": problems}
    return render(request, "support/objections/pages/mine/status.html", context)


def _done(request: HttpRequest, act: Act, actor: Actor, found: Objection) -> list[Problem]:
    """Files first, each on its own; then the act. Only files is an answer too."""
    sent = [name for name in FILES if request.FILES.get(name)]
    lost = kept_papers(request, actor, found.public_id) if sent else []
    problems = [Problem(text, "stuk-1") for text in lost]
    only_papers = bool(sent) and request.POST["doe"] == "aanvullen" and not request.POST.get("tekst", "").strip()
    if problems or only_papers:
        return problems
    try:
        act(request, actor, found)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return [Problem(refusal.message, _FIELDS.get(request.POST["doe"], "tekst"))]
    return []


def _add(request: HttpRequest, actor: Actor, found: Objection) -> object:
    return add_grounds(actor=actor, objection=found.public_id, text=request.POST.get("tekst", ""))


def _repair(request: HttpRequest, actor: Actor, found: Objection) -> object:
    text = request.POST.get("tekst", "")
    signed = request.POST.get("tekenen") == "1" or any(request.FILES.get(name) for name in FILES)
    return supply_repair(actor=actor, objection=found.public_id, text=text, signed=signed)


def _withdraw(request: HttpRequest, actor: Actor, found: Objection) -> object:
    if request.POST.get("zeker") != "1":
        raise NotValid(_("Zet een vinkje als u het zeker weet."), code="not-sure")
    return withdraw_objection(actor=actor, objection=found.public_id)


def _postpone(request: HttpRequest, actor: Actor, found: Objection) -> object:
    until = date_of(request.POST.get("dag", ""))
    if until is None:
        raise NotValid(_("Vul een datum in, zoals 16-3-2026."), code="no-day")
    return agree_postponement(actor=actor, objection=found.public_id, until=until)


def _costs(request: HttpRequest, actor: Actor, found: Objection) -> object:
    return ask_costs(actor=actor, objection=found.public_id, text=request.POST.get("kosten-tekst", ""))


#: The field at which a refusal is told, where it is not the text.
_FIELDS = {"uitstel": "dag", "kosten": "kosten-tekst"}
_ACTS: dict[str, Act] = {"kosten": _costs, "aanvullen": _add, "herstellen": _repair, "intrekken": _withdraw, "uitstel": _postpone}


def _context(actor: Actor, found: Objection) -> dict[str, Any]:
    hearing = hearing_of(found)
    decision = found.decisions.filter(taken_at__isnull=False).first()
    asked = open_request(found)
    late = found.stands in PENDING and clock.today() > found.due_on
    letters = [item for item in letters_of(grant_of(found.application).about) if found.number in item.html]
    if decision:
        letters += [item for item in letters_of(grant_of(found.application).about) if item.id == decision.letter]
    return {
        "objection": found,
        "grant": grant_of(found.application),
        "can": {move.key for move in moves_from(found.stands) if may_move(actor, move.key, found)},
        "pending": found.stands in PENDING,
        "left": (found.due_on - clock.today()).days,
        "late": late,
        "why": why_due(found),
        "asked": asked if found.stands is State.REPAIRING else None,
        "hearing": hearing if hearing and hearing.planned_on and hearing.held_on is None else None,
        "decision": decision,
        "owed": costs_owed(found),
        "moments": moments_of(found),
        "papers": papers_of(reference(found)),
        "letters": list(dict.fromkeys(letters)),
        "files": list(enumerate(FILES, start=1)),
        "notice": notice_of(found.application, found),
        "appeals": found.appeals.all(),
    }


def moments_of(found: Objection) -> list[ObjectionMoment]:
    """Everything that happened with an objection, the newest first."""
    told = [ObjectionMoment(found.received_on, _("Wij kregen het bezwaar"))]
    kind = ObjectionEventKind
    titles = {
        kind.COMMITTEE: _("Een commissie geeft advies"),
        kind.ASKED: _("Wij vroegen om een aanvulling"),
        kind.REPAIRED: _("De aanvulling kwam binnen"),
        kind.LAPSED: _("De tijd om aan te vullen ging voorbij"),
        kind.ADJOURNED: _("Wij hebben meer tijd nodig"),
        kind.POSTPONED: _("Uitstel met instemming"),
    }
    for event in events_of(found):
        until = _("Tot en met {day}.").format(day=day(event.until)) if event.until else ""
        text = " ".join(filter(None, (*event.items, event.reason, until)))
        told.append(ObjectionMoment(event.on, titles[kind(event.kind)], text, event.letter))
    if found.excused is not None and found.excused_on:
        judged = _("Te laat, maar dat is verschoonbaar") if found.excused else _("Te laat, en niet verschoonbaar")
        told.append(ObjectionMoment(found.excused_on, judged, found.excused_why))
    for hearing in found.hearings.all():
        if hearing.ground:
            told.append(ObjectionMoment(clock.legal_date(hearing.at), _("Niet gehoord"), hearing.why))
        elif hearing.held_on:
            told.append(ObjectionMoment(hearing.held_on, _("Gehoord"), hearing.report))
        else:
            told.append(ObjectionMoment(clock.legal_date(hearing.at), _("Uitgenodigd om te vertellen"), letter=hearing.letter))
    for advice in found.advices.all():
        told.append(
            ObjectionMoment(advice.given_on, _("Advies van de commissie: {what}").format(what=advice.get_outcome_display()))
        )
    for taken in found.decisions.filter(taken_at__isnull=False):
        title = _("Besluit: {what}").format(what=taken.get_outcome_display())
        on = clock.legal_date(taken.taken_at or found.changed_at)
        told.append(ObjectionMoment(on, title, taken.summary, taken.letter))
    if found.stands is State.WITHDRAWN and found.closed_on:
        told.append(ObjectionMoment(found.closed_on, _("Ingetrokken")))
    for appeal in found.appeals.all():
        told.append(ObjectionMoment(appeal.lodged_on, _("Beroep bij {court}").format(court=appeal.court), appeal.outcome))
    return sorted(told, key=lambda item: item.on, reverse=True)
