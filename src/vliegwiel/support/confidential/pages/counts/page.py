"""`/vertrouwelijk-werk`: how many cases were begun and ended per municipality and finished year, for everybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.catalogue.confidential import threshold
from vliegwiel.foundation.people.public import actor_of, demand
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.confidential.models import ConfidentialCount
from vliegwiel.support.confidential.queries import public_counts

_COLUMNS = ("jaar", "gemeentecode", "gemeente", "begonnen", "afgesloten", "let op")


@require_GET
def counts_page(request: HttpRequest) -> HttpResponse:
    """The counts, the newest year first."""
    demand(actor_of(request), "read-public")
    years: dict[int, list[ConfidentialCount]] = {}
    for row in public_counts(settings.VLIEGWIEL_PROVINCE):
        years.setdefault(row.year, []).append(row)
    context = {
        "years": list(years.items()),
        "least": threshold(),
        "made_up": any(row.made_up for rows in years.values() for row in rows),
    }
    return render(request, "support/confidential/pages/counts/page.html", context)


@require_GET
def counts_file(request: HttpRequest) -> HttpResponse:
    """`/vertrouwelijk-werk.csv`: the same."""
    demand(actor_of(request), "read-public")
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="vertrouwelijk-werk.csv"'
    answer.write("\ufeff")
    lines = Rows(answer)
    lines.write(_COLUMNS)
    for row in public_counts(settings.VLIEGWIEL_PROVINCE):
        note = MADE_UP if row.made_up else ""
        lines.write([row.year, row.municipality, row.municipality_name, _told(row.begun), _told(row.ended), note])
    return answer


def _told(number: int | None) -> str:
    return _("minder dan {least}").format(least=threshold()) if number is None else str(number)
