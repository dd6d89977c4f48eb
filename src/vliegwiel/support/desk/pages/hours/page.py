"""`/werk/loket/uren`: the year of each organisation at the desk; one's own, or all of them for who agrees on the hours."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, actor_of, colleagues, may, may_somewhere, to_sign_in
from vliegwiel.foundation.questions.public import revision_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid, Refusal
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.desk.actions.note_hours import agree_year_hours, agreed_in
from vliegwiel.support.desk.models import CaseOutcome
from vliegwiel.support.desk.queries import YearPosition, year_of

_COLUMNS = (
    "organisatie",
    "jaar",
    "afgesproken uren",
    "gewerkte uren",
    "over",
    "subsidie",
    "trajecten begonnen",
    "trajecten afgerond",
)


def hours_page(request: HttpRequest) -> HttpResponse:
    """`?jaar=`; `formaat=csv` gives it as a file; a form agrees on the hours of an organisation."""
    actor, province = actor_of(request), settings.VLIEGWIEL_PROVINCE
    if actor.kind != "person":
        return to_sign_in(request)
    if not any(may_somewhere(actor, verb) for verb in ("record-hours", "read-support-hours")):
        raise NotAllowed(_("U hebt geen rol die dit mag."), code="no-role")
    typed = request.GET.get("jaar", "")
    this_year = clock.today().year
    year = int(typed) if typed.isdecimal() and len(typed) == 4 else this_year
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            _agree(request, actor, province, year)
        except (NotValid, NotFound, NotNow) as refusal:
            wrong = refusal
        else:
            return redirect(f"{request.path}?jaar={year}")
    rows = year_of(actor, province, year)
    if request.GET.get("formaat") == "csv":
        return _file(rows, year)
    names = dict(CaseOutcome.choices)
    agrees = bool(may(actor, "agree-support-hours", Subject(province=province)))
    helping = colleagues(["do-casework"], Subject(province=province)) if agrees else []
    context: dict[str, Any] = {
        "year": year,
        "years": [this_year - back for back in range(4)],
        "rows": [(row, [(names.get(outcome, outcome), count) for outcome, count in row.outcomes]) for row in rows],
        "agrees": agrees,
        "seen": agreed_in(province, year).count() if agrees else 0,
        "organisations": sorted({(item.organisation, item.organisation_name) for item in helping}, key=lambda pair: pair[1]),
        "wrong": wrong,
        "given": request.POST if wrong else {},
    }
    return render(request, "support/desk/pages/hours/page.html", context, status=400 if wrong else 200)


def _agree(request: HttpRequest, actor: Actor, province: str, year: int) -> None:
    typed = request.POST.get("uren", "").strip().replace(".", "")
    if not (typed.isdecimal() and len(typed) < 7):
        raise NotValid(_("Schrijf de uren als getal, zoals 1.600."), code="hours")
    agree_year_hours(
        actor=actor,
        province=province,
        organisation=request.POST.get("organisatie", ""),
        year=year,
        hours=int(typed),
        grant=request.POST.get("subsidie", ""),
        seen=revision_in(request.POST),
    )


def _file(rows: list[YearPosition], year: int) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="loket-uren-{year}.csv"'
    answer.write("\ufeff")
    lines = Rows(answer)
    lines.write((*_COLUMNS, "let op"))
    for row in rows:
        left = "" if row.left is None else f"{row.left:.2f}"
        agreed = "" if row.agreed is None else row.agreed
        note = MADE_UP if settings.VLIEGWIEL_DEMO else ""
        lines.write([row.name, year, agreed, f"{row.worked:.2f}", left, row.grant, row.opened, row.closed, note])
    return answer
