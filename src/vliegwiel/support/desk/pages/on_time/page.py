"""`/loket/op-tijd`: how often each organisation answered within the promised time, per quarter, for everyone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vliegwiel.foundation.people.public import actor_of, demand
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.desk.queries import OnTime, on_time

_COLUMNS = ("jaar", "kwartaal", "organisatie", "beloofd", "op tijd", "procent op tijd", "let op")


@require_GET
def on_time_page(request: HttpRequest) -> HttpResponse:
    """The table, the newest quarter first."""
    demand(actor_of(request), "read-public")
    rows = on_time(settings.VLIEGWIEL_PROVINCE)
    quarters: dict[tuple[int, int], list[OnTime]] = {}
    for row in rows:
        quarters.setdefault((row.year, row.quarter), []).append(row)
    return render(request, "support/desk/pages/on_time/page.html", {"quarters": list(quarters.items())})


@require_GET
def on_time_file(request: HttpRequest) -> HttpResponse:
    """`/loket/op-tijd.csv`: the same."""
    demand(actor_of(request), "read-public")
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="loket-op-tijd.csv"'
    answer.write("\ufeff")
    lines = Rows(answer)
    lines.write(_COLUMNS)
    note = MADE_UP if settings.VLIEGWIEL_DEMO else ""
    for row in on_time(settings.VLIEGWIEL_PROVINCE):
        lines.write([row.year, row.quarter, row.organisation_name, row.promised, row.kept, f"{row.share:.1f}", note])
    return answer
