"""Object to a decision: in one's own words, with papers, without needing the grounds at once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Problem
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, Refusal
from vliegwiel.support.grants.public import GrantFacts, demand_reading
from vliegwiel.support.objections.actions.lodge_objection import lodge_objection
from vliegwiel.support.objections.actions.repair_objection import add_paper
from vliegwiel.support.objections.contested import Contested, objectable
from vliegwiel.support.objections.lifecycle import State
from vliegwiel.support.objections.models import Objection
from vliegwiel.support.objections.queries import objections_of
from vliegwiel.support.objections.terms import until_when, why_until

FILES = ("stuk-1", "stuk-2", "stuk-3")
_FIELDS = {"late": "te-laat-reden"}


def lodge_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/mijn/aanvragen/{id}/bezwaar`: the day until which one can object with its reason first; then the form, or what was lodged."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    grant = demand_reading(actor, application)
    if actor.id not in grant.applicants:
        raise NotAllowed(_("Bezwaar maken doet de aanvrager zelf. Kwam er een brief? Voer die in bij Bezwaren."), code="not-own")
    choices = choices_of(grant)
    decision = chosen(request, choices)
    problems: list[Problem] = []
    if request.method == "POST" and decision is not None:
        try:
            found = lodge_objection(
                actor=actor,
                decision=decision.id,
                grounds=request.POST.get("gronden", ""),
                late_reason=request.POST.get("te-laat-reden", ""),
                wants_costs=request.POST.get("kosten") == "1",
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            problems.append(Problem(refusal.message, _FIELDS.get(refusal.code, "gronden")))
        else:
            return _with_papers(request, actor, found.public_id)
    return render(request, "support/objections/pages/mine/lodge.html", _context(request, grant, choices, problems))


def _with_papers(request: HttpRequest, actor: Actor, objection: str) -> HttpResponse:
    """The objection counts, whatever happens to its papers: what could not be kept is told on its page."""
    lost = kept_papers(request, actor, objection)
    if lost:
        request.session["bezwaar-stukken"] = lost
    return redirect("my_objection", objection=objection)


def kept_papers(request: HttpRequest, actor: Actor, objection: str) -> list[str]:
    """Keep each file of the form; returns a line for each that could not be kept."""
    lost = []
    for name in FILES:
        upload = request.FILES.get(name)
        if upload is not None:
            try:
                add_paper(actor=actor, objection=objection, upload=upload)
            except Refusal as refusal:
                lost.append(f"{upload.name}: {refusal.message}")
    return lost


@dataclass(frozen=True)
class Choice:
    """A decision one can object to: until which day, whether that passed, and the objection that was made against it, if any."""

    decision: Contested
    until: date
    late: bool
    lodged: Objection | None


def choices_of(grant: GrantFacts) -> list[Choice]:
    """The decisions on an application that one can object to, the newest first."""
    made = {item.decision: item for item in reversed(objections_of(grant.id)) if item.stands is not State.WITHDRAWN}
    today = clock.today()
    return [
        Choice(item, until_when(item.sent_on), today > until_when(item.sent_on), made.get(item.id))
        for item in objectable(grant.id)
        if item.sent_on is not None
    ]


def chosen(request: HttpRequest, choices: list[Choice]) -> Contested | None:
    """The one that was chosen, else the newest without an objection, else none."""
    named = request.POST.get("besluit") or request.GET.get("besluit", "")
    open_ones = [choice for choice in choices if choice.lodged is None]
    found = next((choice for choice in open_ones if choice.decision.id == named), None) or next(iter(open_ones), None)
    return found.decision if found else None


def _context(request: HttpRequest, grant: GrantFacts, choices: list[Choice], problems: list[Problem]) -> dict[str, Any]:
    decision = chosen(request, choices)
    lodged = objections_of(grant.id)
    sent = decision.sent_on if decision else None
    return {
        "grant": grant,
        "decision": decision,
        "choices": [choice for choice in choices if choice.lodged is None],
        "why": why_until(sent) if sent else "",
        "late": bool(sent and clock.today() > until_when(sent)),
        "lodged": lodged,
        "waits": decision is None and bool(choices),
        "files": list(enumerate(FILES, start=1)),
        "given": request.POST,
        "late_reason": request.POST.get("te-laat-reden", ""),
        "problems": problems,
    }
