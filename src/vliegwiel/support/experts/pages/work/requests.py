"""`/werk/deskundigen`: requests for experts, by heap, with a download."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.catalogue.experts import experts
from vliegwiel.foundation.people.public import Subject, actor_of, demand_somewhere, may, to_sign_in
from vliegwiel.kernel import clock
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.kernel.spreadsheet import Rows
from vliegwiel.support.experts import queries
from vliegwiel.support.experts.models import ExpertRequest
from vliegwiel.support.experts.standing import ASKS, COORDINATES

_SIZE, _MOST = 50, 5_000
_COLUMNS = ("verzoek", "voor", "organisatie", "nodig", "plaats", "uren", "uiterlijk", "stand", "open sinds", "let op")


@require_GET
def requests_page(request: HttpRequest) -> HttpResponse:
    """The chosen heap; words and skill narrow it, and stand in the address."""
    actor = actor_of(request)
    if actor.kind != "person":
        return to_sign_in(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    coordinates = may(actor, COORDINATES, Subject(province=province))
    if not coordinates:
        demand_somewhere(actor, ASKS)
    names = {
        "lopend": _("lopend"),
        "wensen": _("gevraagd door een initiatief"),
        "zoekt": _("zoekt iemand"),
        "kiezen": _("kiezen"),
        "uren": _("meer uren gevraagd"),
        "helpt": _("iemand helpt"),
        "klaar": _("klaar"),
    }
    heaps = queries.heaps(queries.requests_of(actor, province))
    heap = request.GET.get("stapel", "")
    heap = heap if heap in heaps else "lopend"
    found, words, skill = heaps[heap], request.GET.get("q", "").strip()[:60], request.GET.get("kan", "")
    if words:
        found = found.filter(title__icontains=words)
    rows = [row for row in found[:_MOST] if skill not in experts().skills or skill in row.skills]
    if request.GET.get("formaat") == "csv":
        return _file(rows)
    asked = request.GET.get("pagina", "")
    page = max(int(asked), 1) if asked.isdecimal() and len(asked) < 5 else 1
    shown = rows[(page - 1) * _SIZE : page * _SIZE]
    kept = {key: value for key, value in (("q", words), ("kan", skill)) if value}
    here: dict[str, str | int] = {"stapel": heap, **kept}
    context = {
        "heaps": [(key, name, heaps[key].order_by().count()) for key, name in names.items()],
        "heap": heap,
        "heap_name": names[heap],
        "rows": [(row, queries.names_of(row.skills), row.by < clock.today() and row.ended_on is None) for row in shown],
        "words": words,
        "skill": skill,
        "skills": experts().skills.values(),
        "kept": urlencode(kept),
        "download": f"?{urlencode({**here, 'formaat': 'csv'})}",
        "earlier": f"?{urlencode({**here, 'pagina': page - 1})}" if page > 1 else "",
        "later": f"?{urlencode({**here, 'pagina': page + 1})}" if page * _SIZE < len(rows) else "",
        "coordinates": bool(coordinates),
    }
    return render(request, "support/experts/pages/work/requests.html", context)


def _file(rows: list[ExpertRequest]) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="verzoeken-deskundigen.csv"'
    answer.write("\ufeff")
    lines = Rows(answer)
    lines.write(_COLUMNS)
    for row in rows:
        texts = (row.title, row.about_title, row.organisation_name)
        about = ["; ".join(queries.names_of(row.skills)), row.place_name, row.hours, row.by.isoformat()]
        since = row.opened_on.isoformat() if row.opened_on else ""
        lines.write([*texts, *about, row.get_state_display(), since, MADE_UP if row.made_up else ""])
    return answer
