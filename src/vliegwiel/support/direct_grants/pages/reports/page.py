"""The yearly report of grants that rest on no scheme, for everybody (Awb 4:23(4))."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.direct_grants.models import Ground, YearReport
from vliegwiel.support.direct_grants.queries import total_of

_FOLDER = "support/direct_grants/pages/reports"


@require_GET
def reports_page(request: HttpRequest) -> HttpResponse:
    """`/subsidies-zonder-regeling`: the years that were reported."""
    found = YearReport.objects.filter(province=settings.VLIEGWIEL_PROVINCE)
    rows = [(report, len(report.rows), total_of(report.rows)) for report in found]
    return render(request, f"{_FOLDER}/list.html", {"rows": rows, "made_up": settings.VLIEGWIEL_DEMO})


@require_GET
def report_page(request: HttpRequest, year: int) -> HttpResponse:
    """`/subsidies-zonder-regeling/<jaar>`: each grant with its ground and why."""
    report = _report(year)
    context = {
        "report": report,
        "rows": [_row(item) for item in report.rows],
        "total": total_of(report.rows),
        "made_up": settings.VLIEGWIEL_DEMO,
    }
    return render(request, f"{_FOLDER}/report.html", context)


@require_GET
def report_file(request: HttpRequest, year: int) -> HttpResponse:
    """`/subsidies-zonder-regeling/<jaar>.csv`."""
    report = _report(year)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="subsidies-zonder-regeling-{year}.csv"'
    writer = Rows(answer)
    writer.write(["nummer", "ontvanger", "waarvoor", "grond", "waarom", "van", "tot", "bedrag"])
    for item in report.rows:
        texts = [item[key] for key in ("number", "recipient", "title", "ground", "why")]
        writer.write([*texts, item["starts"], item["ends"], f"{item['cents'] // 100}.{item['cents'] % 100:02d}"])
    return answer


def _report(year: int) -> YearReport:
    found = YearReport.objects.filter(province=settings.VLIEGWIEL_PROVINCE, year=year).first() if year < 10_000 else None
    if found is None:
        nearest = ((_("Alle verslagen"), "/subsidies-zonder-regeling"),)
        raise NotFound(_("Van dit jaar is er geen verslag."), nearest=nearest)
    return found


def _row(item: dict[str, Any]) -> dict[str, Any]:
    return {
        **item,
        "ground": Ground(item["ground"]).label,
        "starts": date.fromisoformat(item["starts"]),
        "ends": date.fromisoformat(item["ends"]),
        "money": Money(item["cents"]),
    }
