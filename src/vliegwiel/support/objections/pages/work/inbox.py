"""What waits for who works on objections: by legal clock, with the notices of default that cost money first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from vliegwiel.foundation.api.rows import csv_text
from vliegwiel.foundation.people.public import actor_of, demand_somewhere, may_somewhere, to_sign_in
from vliegwiel.foundation.questions.public import Problem, date_of, whole_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotValid, Refusal
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.objections import queries
from vliegwiel.support.objections.actions.give_notice import register_notice
from vliegwiel.support.objections.actions.lodge_objection import Arrived, register_objection
from vliegwiel.support.objections.contested import Contested, objectable
from vliegwiel.support.objections.lifecycle import NAMES, PENDING, State
from vliegwiel.support.objections.models import Channel, Matter, Objection, Outcome
from vliegwiel.support.objections.pages.mine.lodge import kept_papers
from vliegwiel.support.objections.queries import HEAPS, ORDERS, Chosen, CostsWaiting
from vliegwiel.support.objections.standing import WORKING, find

PAGE = 50
_LAST_PAGE = 200
_MOST_ROWS = 10_000
_SOON = 14


@dataclass(frozen=True)
class ObjectionRow:
    """An objection in the list: `urgency` is late, soon or calm; `time` says in words how long there is; `costs` is what must be paid."""

    objection: Objection
    urgency: str
    time: str
    costs: CostsWaiting | None = None


@require_GET
def inbox_page(request: HttpRequest) -> HttpResponse:
    """`/werk/bezwaren?stapel=&q=&regeling=&stand=&van=&volgorde=&pagina=`: the first legal day first; the address holds what was asked."""
    actor, today = actor_of(request), clock.today()
    if actor.kind != "person":
        return to_sign_in(request)
    demand_working(actor)
    chosen, everything = _chosen(request.GET), queries.at_work_on(actor)
    page = min(max(whole_in(request.GET, "pagina"), 1), _LAST_PAGE)
    found = list(queries.listed(everything, chosen, actor=actor, today=today)[(page - 1) * PAGE : page * PAGE + 1])
    asked, to_pay = _asked(chosen), queries.costs_waiting(actor) if chosen.heap == "betalen" else []
    costs = {item.objection.pk: item for item in to_pay}
    narrow = queries.narrowed(everything, chosen, actor=actor)
    schemes, handlers = queries.choices_in(everything)
    context: dict[str, Any] = {
        "rows": [_row(item, today, costs.get(item.pk)) for item in found[:PAGE]],
        "heaps": [
            (heap, name, count, _to({**asked, "stapel": heap}, drop="volgorde"))
            for heap, name, count in queries.counted(narrow, today)
        ],
        "chosen": chosen,
        "heap_name": HEAPS[chosen.heap],
        "schemes": schemes,
        "handlers": [pair for pair in handlers if pair[0] != actor.id],
        "states": [(state.value, NAMES[state]) for state in State],
        "columns": [_column(key, name, chosen, asked) for key, name in COLUMNS.items()],
        "query": _to(asked),
        "narrowed": chosen != Chosen(chosen.heap),
        "earlier": _to({**asked, "pagina": str(page - 1)}) if page > 1 else "",
        "later": _to({**asked, "pagina": str(page + 1)}) if len(found) > PAGE and page < _LAST_PAGE else "",
        "page": page,
        "notices": queries.notices_waiting(actor),
        "may_enter": bool(may_somewhere(actor, "handle-objections")),
        "closed": chosen.heap in ("klaar", "betalen"),
    }
    return render(request, "support/objections/pages/work/inbox.html", context)


@require_GET
def inbox_file(request: HttpRequest) -> HttpResponse:
    """`/werk/bezwaren.csv`: the same list, at most ten thousand rows."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    demand_working(actor)
    found = queries.listed(queries.at_work_on(actor), _chosen(request.GET), actor=actor, today=clock.today())[:_MOST_ROWS]
    rows = (
        (
            item.number,
            item.title,
            item.objector_name,
            item.get_matter_display(),
            item.scheme_title,
            item.received_on.isoformat(),
            item.due_on.isoformat(),
            item.closed_on.isoformat() if item.closed_on else "",
            item.get_state_display(),
            dict(Outcome.choices).get(item.outcome, item.outcome),
            item.handler_name,
        )
        for item in found
    )
    answer = HttpResponse(csv_text(_FILE_COLUMNS, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="bezwaren-aan-het-werk.csv"'
    return answer


#: The columns of the list that sort it, with their names.
COLUMNS: Mapping[str, Promise] = {
    "dag": _lazy("Beslissen voor"),
    "bezwaar": _lazy("Bezwaar"),
    "ontvangen": _lazy("Ontvangen"),
    "regeling": _lazy("Regeling"),
    "stand": _lazy("Stand"),
    "behandelaar": _lazy("Behandelaar"),
}
_FILE_COLUMNS = (
    *("nummer", "titel", "van", "waartegen", "regeling", "ontvangen", "beslissen voor"),
    *("afgerond", "stand", "uitkomst", "behandelaar"),
)


@dataclass(frozen=True)
class Sorter:
    """The head of a column that sorts the list: its name, where a click leads, and how it sorts now (a value of aria-sort)."""

    name: str
    path: str
    sorts: str


def _column(key: str, name: Promise, chosen: Chosen, asked: dict[str, str]) -> Sorter:
    now = {key: "ascending", f"-{key}": "descending"}.get(chosen.order, "none")
    turned = f"-{key}" if now == "ascending" else key
    days = {"klaar": _("Afgerond"), "betalen": _("Betalen voor")}
    shown = days.get(chosen.heap, str(name)) if key == "dag" else str(name)
    return Sorter(shown, _to({**asked, "volgorde": turned}), now)


def _chosen(given: QueryDict) -> Chosen:
    heap, state, order = given.get("stapel", ""), given.get("stand", ""), given.get("volgorde", "")
    return Chosen(
        heap=heap if heap in HEAPS else "open",
        words=given.get("q", "").strip()[:60],
        scheme=given.get("regeling", "")[:60],
        state=state if state in {item.value for item in State} else "",
        whose=given.get("van", "")[:12],
        order=order if order.removeprefix("-") in ORDERS else "",
    )


def _asked(chosen: Chosen) -> dict[str, str]:
    """What was chosen as the address holds it, so that it survives a reload."""
    named = {
        "stapel": chosen.heap if chosen.heap != "open" else "",
        "q": chosen.words,
        "regeling": chosen.scheme,
        "stand": chosen.state,
        "van": chosen.whose,
        "volgorde": chosen.order,
    }
    return {name: value for name, value in named.items() if value}


def _to(asked: dict[str, str], *, drop: str = "") -> str:
    kept = {name: value for name, value in asked.items() if name != drop}
    return f"?{urlencode(kept)}" if kept else "?"


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
        "matters": Matter.choices,
        "channels": [choice for choice in Channel.choices if choice[0] != Channel.WEB],
        "given": request.POST,
        "late_reason": request.POST.get("te-laat-reden", ""),
        "problems": problems,
    }
    return render(request, "support/objections/pages/work/enter.html", context)


_FIELDS = {
    "stamp": "stempel",
    "postmark": "poststempel",
    "channel": "hoe",
    "no-day": "stempel",
    "not-late": "stempel",
    "no-decision": "besluit",
    "which-decision": "besluit",
}


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
    decision = _decision(grant_of(number).id, form.get("besluit", ""))
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


def _decision(application: str, matter: str) -> Contested:
    """The newest decision of the kind that was chosen; without a choice the only one there is. Raises NotValid."""
    found = [item for item in objectable(application) if not matter or item.matter == matter]
    if not found:
        raise NotValid(_("Op deze aanvraag is zo’n besluit niet verstuurd, of bezwaar kan niet meer."), code="no-decision")
    if not matter and len(found) > 1:
        names = ", ".join(item.matter.label for item in found)
        raise NotValid(_("Kies tegen welk besluit: {names}.").format(names=names), code="which-decision")
    return found[0]


def _row(found: Objection, today: date, costs: CostsWaiting | None) -> ObjectionRow:
    if costs is not None:
        left = (costs.pay_by - today).days
        return ObjectionRow(found, *_left(left), costs)
    if found.stands not in PENDING:
        return ObjectionRow(found, "calm", "")
    left = (found.due_on - today).days
    if found.stands is State.REPAIRING and left >= 0:
        return ObjectionRow(found, "calm", _("de termijn staat stil"))
    return ObjectionRow(found, *_left(left))


def _left(left: int) -> tuple[str, str]:
    """How urgent so many days are, and in words."""
    if left < 0:
        return "late", ngettext("%(days)s dag te laat", "%(days)s dagen te laat", -left) % {"days": -left}
    words = _("vandaag") if left == 0 else ngettext("nog %(days)s dag", "nog %(days)s dagen", left) % {"days": left}
    return "soon" if left <= _SOON else "calm", words
