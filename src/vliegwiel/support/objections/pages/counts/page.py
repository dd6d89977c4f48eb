"""Objections in numbers, for everyone: per scheme and outcome, without names."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.objections.queries import counts


@require_GET
def counts_page(request: HttpRequest) -> HttpResponse:
    """`/bezwaren`: how many objections there were and what came of them."""
    context = {"rows": counts(settings.VLIEGWIEL_PROVINCE), "made_up": settings.VLIEGWIEL_DEMO}
    return render(request, "support/objections/pages/counts/page.html", context)


@require_GET
def counts_file(request: HttpRequest) -> HttpResponse:
    """`/bezwaren.csv`: the same numbers."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="bezwaren.csv"'
    writer = Rows(answer)
    writer.write(["regeling", "bezwaren", "loopt", "gegrond", "deels_gegrond", "ongegrond", "niet_ontvankelijk", "ingetrokken"])
    for row in counts(settings.VLIEGWIEL_PROVINCE):
        numbers = (row.lodged, row.waiting, row.upheld, row.partly, row.dismissed, row.inadmissible, row.withdrawn)
        writer.write([row.scheme_title, *numbers])
    return answer
