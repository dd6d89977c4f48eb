"""The inbox of an adviser: what waits, the first promised day first; filters in the address; the same list as a file."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from vliegwiel.foundation.people.public import actor_of, demand_somewhere, may_somewhere, to_sign_in
from vliegwiel.foundation.questions.public import Problem
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.see.areas.public import municipalities_of, nearest_places, place_named
from vliegwiel.support.desk import queries
from vliegwiel.support.desk.actions.ask_question import Asked, enter_question
from vliegwiel.support.desk.around import heaps_for
from vliegwiel.support.desk.lifecycle import NAMES, State
from vliegwiel.support.desk.models import Enquiry, EnquiryChannel
from vliegwiel.support.desk.pages import choices
from vliegwiel.support.desk.queries import HEAPS

_PAGE = 25
_MOST_ROWS = 5_000
_WISHES = ("van", "thema", "hulp", "gemeente", "q")
_COLUMNS = (
    "nummer",
    "stand",
    "ontvangen",
    "beloofd",
    "beantwoord",
    "thema",
    "hulp",
    "gemeente",
    "organisatie",
    "adviseur",
    "let op",
)


@dataclass(frozen=True)
class DeskRow:
    """A question in the list: `urgency` is late, soon or calm, `time` says in words how long there is."""

    enquiry: Enquiry
    urgency: str
    time: str
    theme_name: str


@require_GET
def inbox_page(request: HttpRequest) -> HttpResponse:
    """`/werk/loket?stapel=&van=&thema=&hulp=&gemeente=&q=&pagina=`; `formaat=csv` gives the whole heap as a file."""
    actor, today = actor_of(request), clock.today()
    if actor.kind != "person":
        return to_sign_in(request)
    demand_somewhere(actor, "read-shared-files")
    asked = request.GET.get("stapel", "open")
    heap = asked if asked in HEAPS else "open"
    wish = {name: request.GET.get(name, "").strip()[:80] for name in _WISHES}
    everything = queries.narrowed(queries.visible_to(actor), wish, actor)
    found = queries.with_case(queries.heap_of(everything, heap, today))
    if request.GET.get("formaat") == "csv":
        return _file(found)
    typed = request.GET.get("pagina", "")
    page = int(typed) if typed.isdecimal() and 0 < len(typed) < 4 else 1
    rows = list(found[(max(page, 1) - 1) * _PAGE : max(page, 1) * _PAGE + 1])
    kept = {name: value for name, value in wish.items() if value}
    context: dict[str, Any] = {
        "rows": [_row(item, today) for item in rows[:_PAGE]],
        "heaps": queries.counted(everything, today),
        "other_heaps": heaps_for(actor),
        "heap": heap,
        "heap_name": HEAPS[heap],
        "wish": wish,
        "wished": bool(kept),
        "kept": urlencode(kept),
        "themes": choices.themes(),
        "kinds": choices.kinds(),
        "municipalities": municipalities_of(settings.VLIEGWIEL_PROVINCE),
        "download": f"?{urlencode({**kept, 'stapel': heap, 'formaat': 'csv'})}",
        "later": f"?{urlencode({**kept, 'stapel': heap, 'pagina': page + 1})}" if len(rows) > _PAGE else "",
        "earlier": f"?{urlencode({**kept, 'stapel': heap, 'pagina': page - 1})}" if page > 1 else "",
        "may_enter": bool(may_somewhere(actor, "do-casework")),
    }
    return render(request, "support/desk/pages/work/inbox.html", context)


def enter_page(request: HttpRequest) -> HttpResponse:
    """`/werk/loket/invoeren`: what came by phone, on paper or at the desk."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    demand_somewhere(actor, "do-casework")
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            return redirect("desk_file", number=_entered(request, actor).number)
        except NotValid as refusal:
            problems = [Problem(line, "") for line in refusal.details or (refusal.message,)]
    context = {
        "channels": [choice for choice in EnquiryChannel.choices if choice[0] != EnquiryChannel.WEB],
        "themes": choices.themes(),
        "kinds": choices.kinds(),
        "given": {key.replace("-", "_"): value for key, value in request.POST.items()},
        "problems": problems,
    }
    return render(request, "support/desk/pages/work/enter.html", context, status=400 if problems else 200)


def _entered(request: HttpRequest, actor: Actor) -> Enquiry:
    form, province = request.POST, settings.VLIEGWIEL_PROVINCE
    typed = form.get("plaats", "").strip()
    place = place_named(typed, province) if typed else None
    if typed and place is None:
        near = ", ".join(item.full_name for item in nearest_places(typed, province))
        text = _("Wij kennen {name} niet.").format(name=typed)
        raise NotValid(_("{text} Bedoelt u: {near}?").format(text=text, near=near) if near else text, code="place")
    return enter_question(
        actor=actor,
        province=province,
        channel=form.get("hoe", ""),
        asked=Asked(
            form.get("tekst", ""),
            kind=form.get("hulp", "anders"),
            theme=form.get("thema", ""),
            place=place.code if place else "",
            name=form.get("naam", ""),
            email=form.get("e-mail", ""),
            phone=form.get("telefoon", ""),
            post=form.get("adres", ""),
        ),
    )


def _row(found: Enquiry, today: date) -> DeskRow:
    theme = choices.theme_name(found.theme)
    if found.stands is not State.RECEIVED:
        return DeskRow(found, "calm", "", theme)
    left = (found.promised_on - today).days
    if left < 0:
        return DeskRow(found, "late", ngettext("%(days)s dag te laat", "%(days)s dagen te laat", -left) % {"days": -left}, theme)
    words = _("vandaag") if left == 0 else ngettext("nog %(days)s dag", "nog %(days)s dagen", left) % {"days": left}
    return DeskRow(found, "soon" if left <= 1 else "calm", words, theme)


def _file(found: QuerySet[Enquiry]) -> HttpResponse:
    """The heap as CSV, without names and texts of who asked."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="loket.csv"'
    answer.write("\ufeff")
    rows = Rows(answer)
    rows.write(_COLUMNS)
    names = {state.value: str(name) for state, name in NAMES.items()}
    for item in found[:_MOST_ROWS]:
        moments = (
            item.received_on.isoformat(),
            item.promised_on.isoformat(),
            item.answered_on.isoformat() if item.answered_on else "",
        )
        about = (choices.theme_name(item.theme), choices.kind_name(item.kind), item.municipality_name)
        who = (item.organisation_name, item.adviser_name, MADE_UP if item.made_up else "")
        rows.write([item.number, names[item.state], *moments, *about, *who])
    return answer
