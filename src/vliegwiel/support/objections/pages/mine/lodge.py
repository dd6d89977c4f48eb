"""Object to a decision: in one's own words, with papers, without needing the grounds at once."""

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
from vliegwiel.support.objections.actions.lodge_objection import lodge_objection, objectable
from vliegwiel.support.objections.actions.repair_objection import add_paper
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
    decision = objectable(grant.id)
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
    return render(request, "support/objections/pages/mine/lodge.html", _context(request, grant, problems))


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


def _context(request: HttpRequest, grant: GrantFacts, problems: list[Problem]) -> dict[str, Any]:
    decision = objectable(grant.id)
    lodged = objections_of(grant.id)
    waits = any(item.closed_on is None for item in lodged)
    sent = decision.sent_on if decision else None
    return {
        "grant": grant,
        "decision": decision,
        "why": why_until(sent) if sent else "",
        "late": bool(sent and clock.today() > until_when(sent)),
        "lodged": lodged,
        "waits": waits,
        "files": list(enumerate(FILES, start=1)),
        "given": request.POST,
        "late_reason": request.POST.get("te-laat-reden", ""),
        "problems": problems,
    }
