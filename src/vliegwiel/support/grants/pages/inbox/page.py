"""The inbox of officers: what is urgent first, what it waits for, and whose it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from vliegwiel.foundation.people.public import actor_of, demand_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.grants import inbox
from vliegwiel.support.grants.inbox import HEAPS, MOST_COUNTED, Chosen
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application

_FOLDER = "support/grants/pages/inbox"
PAGE = 50
_LAST_PAGE = 200
_MOST_ROWS = 10_000


@dataclass(frozen=True)
class Row:
    """A file in the list: `urgency` is late, soon or calm; `time` says in words how long there is."""

    application: Application
    handler: str
    urgency: str
    time: str


@require_GET
def inbox_page(request: HttpRequest) -> HttpResponse:
    """`/werk/aanvragen?stapel=&q=&regeling=&van=&pagina=`: the first legal day first; the address holds what was asked."""
    actor, today = actor_of(request), clock.today()
    demand_somewhere(actor, inbox.VERB)
    chosen, everything = _chosen(request.GET), inbox.waiting_for(actor)
    found = inbox.narrowed(everything, chosen, actor=actor, today=today)
    page = min(max(_whole(request.GET.get("pagina", "")), 1), _LAST_PAGE)
    files = list(found[(page - 1) * PAGE : page * PAGE + 1])
    shown, more = files[:PAGE], len(files) > PAGE
    handlers = inbox.handlers_of(shown)
    asked: dict[str, str | int] = dict(_asked(chosen))
    context: dict[str, Any] = {
        "rows": [_row(item, handlers.get(item.pk, ""), today) for item in shown],
        "heaps": [
            (heap, name, count, count > MOST_COUNTED, f"?{urlencode({**asked, 'stapel': heap})}")
            for heap, name, count in inbox.counted(everything, chosen, actor=actor, today=today)
        ],
        "coming_back": inbox.coming_back(actor) if chosen.heap in ("open", "tekenen") else [],
        "most": MOST_COUNTED,
        "chosen": chosen,
        "heap_name": HEAPS[chosen.heap],
        "schemes": inbox.schemes_waiting(everything),
        "query": f"?{urlencode(asked)}" if asked else "",
        "earlier": f"?{urlencode({**asked, 'pagina': page - 1})}" if page > 1 else "",
        "later": f"?{urlencode({**asked, 'pagina': page + 1})}" if more and page < _LAST_PAGE else "",
        "page": page,
        "made_up": any(item.made_up for item in shown),
    }
    return render(request, f"{_FOLDER}/page.html", context)


@require_GET
def inbox_file(request: HttpRequest) -> HttpResponse:
    """`/werk/aanvragen.csv`: the same list, at most ten thousand rows."""
    actor, today = actor_of(request), clock.today()
    demand_somewhere(actor, inbox.VERB)
    found = inbox.narrowed(inbox.waiting_for(actor), _chosen(request.GET), actor=actor, today=today)[:_MOST_ROWS]
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="aanvragen.csv"'
    writer = Rows(answer)
    writer.write(
        ["nummer", "titel", "regeling", "gevraagd", "ontvangen", "compleet", "uiterlijk beslissen", "stand", "behandelaar"]
    )
    files = list(found)
    handlers = inbox.handlers_of(files)
    for item in files:
        days = (item.received_on, item.complete_on, item.due_on)
        writer.write(
            [
                item.number,
                item.title,
                item.scheme_title,
                f"{item.asked // 100}.{item.asked % 100:02d}",
                *(day.isoformat() if day else "" for day in days),
                item.get_state_display(),
                handlers.get(item.pk, ""),
            ]
        )
    return answer


def _row(application: Application, handler: str, today: date) -> Row:
    if application.due_on is None:
        return Row(application, handler, "calm", "")
    left = (application.due_on - today).days
    if left < 0:
        words = ngettext("%(days)s dag te laat", "%(days)s dagen te laat", -left) % {"days": -left}
        return Row(application, handler, "late", words)
    if application.stands is State.INCOMPLETE:
        return Row(application, handler, "calm", _("de termijn staat stil"))
    words = _("vandaag") if left == 0 else ngettext("nog %(days)s dag", "nog %(days)s dagen", left) % {"days": left}
    return Row(application, handler, "soon" if left <= 7 else "calm", words)


def _chosen(given: QueryDict) -> Chosen:
    heap = given.get("stapel", "")
    whose = given.get("van", "")
    return Chosen(
        heap if heap in HEAPS else "open",
        given.get("q", "").strip()[:60],
        given.get("regeling", "")[:120],
        whose if whose in ("mij", "niemand") else "",
    )


def _asked(chosen: Chosen) -> dict[str, str]:
    named = {
        "stapel": chosen.heap if chosen.heap != "open" else "",
        "q": chosen.words,
        "regeling": chosen.scheme,
        "van": chosen.whose,
    }
    return {name: value for name, value in named.items() if value}


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1
