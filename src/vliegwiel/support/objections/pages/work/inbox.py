"""What waits for who works on objections: by legal clock, with the notices of default that cost money first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from vliegwiel.foundation.people.public import actor_of, demand_somewhere, may_somewhere, to_sign_in
from vliegwiel.foundation.questions.public import Problem, date_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotValid, Refusal
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.objections import queries
from vliegwiel.support.objections.actions.give_notice import register_notice
from vliegwiel.support.objections.actions.lodge_objection import Arrived, objectable, register_objection
from vliegwiel.support.objections.lifecycle import PENDING, State
from vliegwiel.support.objections.models import Channel, Objection
from vliegwiel.support.objections.pages.mine.lodge import kept_papers
from vliegwiel.support.objections.queries import HEAPS
from vliegwiel.support.objections.standing import WORKING, find

_MOST = 200
_SOON = 14


@dataclass(frozen=True)
class ObjectionRow:
    """An objection in the list: `urgency` is late, soon or calm; `time` says in words how long there is."""

    objection: Objection
    urgency: str
    time: str


@require_GET
def inbox_page(request: HttpRequest) -> HttpResponse:
    """`/werk/bezwaren?stapel=`: the first legal day first."""
    actor, today = actor_of(request), clock.today()
    if actor.kind != "person":
        return to_sign_in(request)
    demand_working(actor)
    heap = request.GET.get("stapel", "open")
    chosen = heap if heap in HEAPS else "open"
    everything = queries.at_work_on(actor)
    rows = [_row(item, today) for item in queries.heap_of(everything, chosen, today)[:_MOST]]
    context: dict[str, Any] = {
        "rows": rows,
        "heaps": queries.counted(everything, today),
        "chosen": chosen,
        "heap_name": HEAPS[chosen],
        "notices": queries.notices_waiting(actor),
        "may_enter": bool(may_somewhere(actor, "handle-objections")),
        "closed": chosen == "klaar",
    }
    return render(request, "support/objections/pages/work/inbox.html", context)


def demand_working(actor: Actor) -> None:
    """Go on only for who works on objections somewhere; raises NotAllowed."""
    if not any(may_somewhere(actor, verb) for verb in WORKING):
        demand_somewhere(actor, WORKING[0])


def enter_page(request: HttpRequest) -> HttpResponse:
    """`/werk/bezwaren/invoeren`: what came on paper, by phone or at the desk: an objection, or a letter that we are late."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    demand_somewhere(actor, "handle-objections")
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            return _entered(request, actor)
        except NotAllowed:
            raise
        except Refusal as refusal:
            problems.append(Problem(refusal.message, _FIELDS.get(refusal.code, "nummer")))
    context = {
        "channels": [choice for choice in Channel.choices if choice[0] != Channel.WEB],
        "given": request.POST,
        "late_reason": request.POST.get("te-laat-reden", ""),
        "problems": problems,
    }
    return render(request, "support/objections/pages/work/enter.html", context)


_FIELDS = {"stamp": "stempel", "postmark": "poststempel", "channel": "hoe", "no-day": "stempel", "not-late": "stempel"}


def _entered(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = request.POST
    number = form.get("nummer", "").strip()
    received, posted = date_of(form.get("stempel", "")), date_of(form.get("poststempel", ""))
    if not number:
        raise NotValid(_("Vul het nummer in dat op het besluit staat."), code="no-number")
    if received is None:
        raise NotValid(_("Schrijf de datum van de stempel zo: 16-3-2026."), code="no-day")
    if form.get("soort") == "te-laat":
        objection = number if number.startswith("B") else ""
        application = find(number).application if objection else grant_of(number).id
        notice = register_notice(
            actor=actor,
            application=application,
            received_on=received,
            channel=form.get("hoe", ""),
            text=form.get("gronden", ""),
            objection=objection,
        )
        return redirect("default_notice", number=notice.number)
    decision = objectable(grant_of(number).id)
    if decision is None:
        raise NotValid(_("Op deze aanvraag is nog geen besluit verstuurd waartegen bezwaar kan."), code="no-decision")
    arrived = Arrived(
        form.get("hoe", ""),
        received,
        by_post=form.get("per-post") == "1",
        posted_on=posted,
        name=form.get("naam", ""),
        signed=form.get("getekend") == "1",
    )
    found = register_objection(
        actor=actor,
        decision=decision.id,
        arrived=arrived,
        grounds=form.get("gronden", ""),
        late_reason=form.get("te-laat-reden", ""),
        wants_costs=form.get("kosten") == "1",
    )
    kept_papers(request, actor, found.public_id)
    return redirect("objection_file", number=found.number)


def _row(found: Objection, today: date) -> ObjectionRow:
    if found.stands not in PENDING:
        return ObjectionRow(found, "calm", "")
    left = (found.due_on - today).days
    if left < 0:
        return ObjectionRow(found, "late", ngettext("%(days)s dag te laat", "%(days)s dagen te laat", -left) % {"days": -left})
    if found.stands is State.REPAIRING:
        return ObjectionRow(found, "calm", _("de termijn staat stil"))
    words = _("vandaag") if left == 0 else ngettext("nog %(days)s dag", "nog %(days)s dagen", left) % {"days": left}
    return ObjectionRow(found, "soon" if left <= _SOON else "calm", words)
