"""Say that a decision is late, and see what it costs since."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import signed_in, to_sign_in
from vliegwiel.foundation.questions.public import Problem
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, Refusal
from vliegwiel.support.grants.public import GrantFacts, demand_reading, grant_of
from vliegwiel.support.objections.actions.divide_penalty import give_share_account, why_no_share
from vliegwiel.support.objections.actions.give_notice import give_notice
from vliegwiel.support.objections.lifecycle import PENDING
from vliegwiel.support.objections.models import Objection
from vliegwiel.support.objections.pages.visitors import readable
from vliegwiel.support.objections.penalties import facts_of
from vliegwiel.support.objections.queries import notice_of
from vliegwiel.support.objections.terms import steps_of


def notice_page(request: HttpRequest, application: str) -> HttpResponse:
    """`/mijn/aanvragen/{id}/te-laat`: about the decision on an application."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    return _page(request, actor, demand_reading(actor, application), None)


def objection_notice_page(request: HttpRequest, objection: str) -> HttpResponse:
    """`/mijn/bezwaren/{id}/te-laat`: about the decision on an objection."""
    actor = signed_in(request)
    if actor is None:
        return to_sign_in(request)
    found = readable(actor, objection)
    return _page(request, actor, grant_of(found.application), found)


def _page(request: HttpRequest, actor: Actor, grant: GrantFacts, objection: Objection | None) -> HttpResponse:
    if actor.id not in grant.applicants:
        raise NotAllowed(_("Dit is voor wie op het besluit wacht. Kwam er een brief? Voer die in bij Bezwaren."), code="not-own")
    problems: list[Problem] = []
    if request.method == "POST":
        name = objection.public_id if objection else ""
        notice = notice_of(grant.id, objection)
        try:
            if notice is not None and request.POST.get("doe") == "rekening":
                give_share_account(actor=actor, notice=notice.public_id, account=request.POST.get("rekening", ""))
            else:
                give_notice(actor=actor, application=grant.id, text=request.POST.get("tekst", ""), objection=name)
        except NotAllowed:
            raise
        except Refusal as refusal:
            problems.append(Problem(refusal.message, "rekening" if request.POST.get("doe") == "rekening" else "tekst"))
        else:
            return redirect(request.path)
    due = objection.due_on if objection else grant.due_on
    pending = objection.stands in PENDING if objection else grant.pending
    notice = notice_of(grant.id, objection)
    facts = facts_of(notice) if notice else None
    share = facts.share_of(actor.id) if facts else None
    context = {
        "share": share,
        "asks_account": bool(
            share and share.to_pay.cents and share.share.person != grant.applicant and why_no_share(grant, share.share)
        ),
        "grant": grant,
        "objection": objection,
        "due": due,
        "late": bool(due and clock.today() > due and pending),
        "pending": pending,
        "notice": facts,
        "steps": steps_of(notice.received_on if notice else clock.today()),
        "given": request.POST,
        "account_typed": request.POST.get("rekening", ""),
        "problems": problems,
    }
    return render(request, "support/objections/pages/mine/notice.html", context)
