"""The work of officers on direct grants: the list with what must be done by when, one grant, and a series."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.foundation.budgets.public import entries_of
from vliegwiel.foundation.people.public import Subject, actor_of, demand
from vliegwiel.foundation.questions.public import Kind, Option, Question, ask
from vliegwiel.support.direct_grants import queries
from vliegwiel.support.direct_grants.actions.keep_terms import give_notice, settle_proviso
from vliegwiel.support.direct_grants.actions.make_direct_grant import VERB, ground_in_words, propose_direct_grant
from vliegwiel.support.direct_grants.rules import CONSECUTIVE, PROVISO_TERM, consecutive
from vliegwiel.support.grants.lifecycle import DECIDABLE, State
from vliegwiel.support.grants.public import decisions_of, grant_of

_FOLDER = "support/direct_grants/pages/office"


@require_GET
def list_page(request: HttpRequest) -> HttpResponse:
    """`/werk/directe-subsidies?jaar=`: tasks with their day first, then the grants of a year."""
    actor = actor_of(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, VERB, Subject(province=province))
    years = queries.years_of(province)
    asked = request.GET.get("jaar", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else (years[0] if years else None)
    rows = queries.rows_of(province, year)
    total = sum((row.file.awarded.cents for row in rows), 0)
    context = {
        "todos": queries.todos_of(province),
        "rows": rows,
        "years": years,
        "year": year,
        "total": total,
        "made_up": any(row.file.made_up for row in rows),
    }
    return render(request, f"{_FOLDER}/list.html", context)


@require_http_methods(["GET", "POST"])
def grant_page(request: HttpRequest, number: str) -> HttpResponse:
    """`/werk/directe-subsidies/<nummer>`: the ground, the file, and what can be done now."""
    actor, found = actor_of(request), queries.grant_named(number[:12])
    demand(actor, VERB, Subject(province=found.province))
    file = grant_of(found.application)
    proposing = ask(request, "voorstel", _proposal_questions(), lambda given: _propose(actor, found.public_id, given))
    proviso = ask(request, "voorbehoud", _proviso_questions(), lambda given: _settle(actor, found.public_id, given))
    if proposing.done or proviso.done:
        return redirect("direct_grant", number=found.number)
    context: dict[str, Any] = {
        "grant": found,
        "file": file,
        "ground": ground_in_words(found),
        "can_propose": file.state in DECIDABLE,
        "waits": file.state is State.PROPOSED,
        "decisions": decisions_of(found.application),
        "entries": entries_of(file.about),
        "proviso_until": found.adopted_on + PROVISO_TERM if found.adopted_on else None,
        "proviso_open": found.adopted_on is not None and found.proviso_settled_on is None,
        "proposing": proposing,
        "proviso": proviso,
        "problems": [*proposing.problems, *proviso.problems],
        "made_up": file.made_up,
    }
    return render(request, f"{_FOLDER}/grant.html", context, status=400 if context["problems"] else 200)


@require_http_methods(["GET", "POST"])
def series_page(request: HttpRequest, series: str) -> HttpResponse:
    """`/werk/directe-subsidies/reeksen/<id>`: what came year after year, what the recipient may count on, and notices."""
    actor, found = actor_of(request), queries.series_named(series[:12])
    demand(actor, VERB, Subject(province=found.province))
    asked = ask(request, "aankondiging", _notice_questions(), lambda given: _notice(actor, found.public_id, given))
    if asked.done:
        return redirect("direct_series", series=found.public_id)
    given = queries.given_in(found)
    ends = max((item.ends for item in given), default=None)
    years = consecutive(given, ends.replace(year=ends.year + 1, month=1, day=1)) if ends else 0
    context = {
        "series": found,
        "rows": [row for row in queries.rows_of(found.province) if row.grant.series_id == found.pk],
        "notices": list(found.notices.all()),
        "years": years,
        "counts": years >= CONSECUTIVE,
        "ends": ends,
        "fields": asked.fields,
        "problems": asked.problems,
    }
    return render(request, f"{_FOLDER}/series.html", context, status=400 if asked.problems else 200)


def _propose(actor: Any, grant: str, given: dict[str, Any]) -> bool:
    propose_direct_grant(actor=actor, grant=grant, summary=given["kort"], motivation=given["waarom"])
    return True


def _settle(actor: Any, grant: str, given: dict[str, Any]) -> bool:
    settle_proviso(actor=actor, grant=grant, invoke=given["gebruik"] == "ja")
    return True


def _notice(actor: Any, series: str, given: dict[str, Any]) -> bool:
    give_notice(actor=actor, series=series, told_on=given["op"], until=given["tot"], reason=given["reden"])
    return True


def _proposal_questions() -> list[Question]:
    return [
        Question(
            "kort",
            Kind.TEXT,
            _("Wat is het besluit, in gewone woorden?"),
            hint=_("Bijvoorbeeld: U krijgt € 40.000."),
            required=True,
        ),
        Question(
            "waarom",
            Kind.LONG_TEXT,
            _("Waarom geeft u deze subsidie?"),
            hint=_("De grond van de wet zetten wij er zelf bij."),
            required=True,
        ),
    ]


def _proviso_questions() -> list[Question]:
    options = (Option("nee", _("Nee, er is genoeg geld")), Option("ja", _("Ja, er is niet genoeg geld")))
    return [Question("gebruik", Kind.SINGLE, _("Gebruikt u het begrotingsvoorbehoud?"), options=options, required=True)]


def _notice_questions() -> list[Question]:
    return [
        Question("reden", Kind.LONG_TEXT, _("Wat verandert er en waarom?"), required=True),
        Question("op", Kind.DATE, _("Wanneer is het de ontvanger verteld?"), required=True),
        Question("tot", Kind.DATE, _("Tot en met welke dag loopt de redelijke termijn?"), required=True),
    ]
