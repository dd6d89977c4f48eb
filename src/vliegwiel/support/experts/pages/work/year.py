"""`/werk/deskundigen/jaar`: the pool in figures, as a page and as CSV, and the hours of a year."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vliegwiel.foundation.budgets.public import lines_without_ceiling
from vliegwiel.foundation.people.public import Subject, actor_of, demand, may, to_sign_in
from vliegwiel.foundation.questions.public import whole_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid, Refusal
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.experts import queries
from vliegwiel.support.experts.actions.keep_pool import agree_pool_hours
from vliegwiel.support.experts.queries import Year
from vliegwiel.support.experts.standing import ASKS, COORDINATES

_YEARS, _READS = 5, (COORDINATES, ASKS, "read-support-hours")
_COLUMNS = (
    "jaar",
    "verzoeken",
    "iemand gevonden",
    "gevonden binnen {days} dagen",
    "klaar",
    "uren gewerkt",
    "uren afgesproken",
    "uren over",
    "antwoorden van initiatieven",
    "hielp",
    "let op",
)


def year_page(request: HttpRequest) -> HttpResponse:
    """`?jaar=2026`, `?formaat=csv` for all years that are shown."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    if not any(may(actor, verb, Subject(province=province)) for verb in _READS):
        demand(actor, "read-support-hours", Subject(province=province))
    this = clock.today().year
    typed = request.GET.get("jaar", "")
    year = int(typed) if typed.isdecimal() and len(typed) == 4 else this
    agrees = may(actor, "agree-support-hours", Subject(province=province))
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            agree_pool_hours(
                actor=actor,
                province=province,
                year=year,
                hours=whole_in(request.POST, "uren"),
                line=request.POST.get("post", ""),
            )
            return redirect(f"{request.path}?jaar={year}")
        except (NotValid, NotNow, NotFound) as refusal:
            wrong = refusal
    years = list(range(this, this - _YEARS, -1))
    if request.GET.get("formaat") == "csv":
        return _file([queries.year_of(province, one) for one in years])
    lines = lines_without_ceiling(province, clock.today())
    context = {
        "year": year,
        "years": years,
        "row": queries.year_of(province, year),
        "agrees": bool(agrees),
        "lines": [(key, title) for key, title, _free in lines] if agrees else [],
        "wrong": wrong,
        "typed": request.POST if wrong else {},
    }
    return render(request, "support/experts/pages/work/year.html", context, status=400 if wrong else 200)


def _file(rows: list[Year]) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="deskundigen-per-jaar.csv"'
    answer.write("\ufeff")
    lines = Rows(answer)
    lines.write([name.format(days=rows[0].within) for name in _COLUMNS])
    note = MADE_UP if settings.VLIEGWIEL_DEMO else ""
    for row in rows:
        found = [row.year, row.requested, row.matched, row.in_time, row.finished, f"{row.worked:.2f}"]
        lines.write([*found, row.hours, row.left, row.answered, row.helped, note])
    return answer
