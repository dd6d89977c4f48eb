"""Where officers publish the yearly report and record reports on effects."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vliegwiel.foundation.people.public import Subject, actor_of, demand
from vliegwiel.foundation.questions.public import Kind, Option, Question, ask
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.direct_grants import queries
from vliegwiel.support.direct_grants.actions.make_direct_grant import VERB
from vliegwiel.support.direct_grants.actions.publish_report import publish_year_report, record_effect_report
from vliegwiel.support.direct_grants.models import EffectReport, YearReport
from vliegwiel.support.schemes.public import effect_reports


@require_http_methods(["GET", "POST"])
def reports_work_page(request: HttpRequest) -> HttpResponse:
    """`/werk/directe-subsidies/verslagen`."""
    actor = actor_of(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, VERB, Subject(province=province))
    published = list(YearReport.objects.filter(province=province))
    done = {report.year for report in published}
    years = [year for year in queries.years_of(province) if year < clock.today().year and year not in done]
    schemes = effect_reports(province)
    yearly = ask(request, "jaar", _year_question(years), lambda given: _publish(actor, province, given)) if years else None
    effect = (
        ask(request, "werking", _effect_questions(schemes), lambda given: _record(actor, province, given)) if schemes else None
    )
    if (yearly and yearly.done) or (effect and effect.done):
        return redirect("direct_reports_work")
    problems = [*(yearly.problems if yearly else []), *(effect.problems if effect else [])]
    context: dict[str, Any] = {
        "published": published,
        "yearly": yearly,
        "effect": effect,
        "schemes": schemes,
        "effects": list(EffectReport.objects.filter(province=province)),
        "today": clock.today(),
        "problems": problems,
    }
    return render(request, "support/direct_grants/pages/reports/office.html", context, status=400 if problems else 200)


def _publish(actor: Actor, province: str, given: dict[str, Any]) -> bool:
    publish_year_report(actor=actor, province=province, year=int(given["welk"]))
    return True


def _record(actor: Actor, province: str, given: dict[str, Any]) -> bool:
    record_effect_report(actor=actor, province=province, scheme=given["regeling"], published_on=given["op"], place=given["waar"])
    return True


def _year_question(years: list[int]) -> list[Question]:
    options = tuple(Option(str(year), str(year)) for year in years)
    return [Question("welk", Kind.SINGLE, _("Van welk jaar?"), options=options, required=True)]


def _effect_questions(schemes: list[tuple[str, str, Any]]) -> list[Question]:
    options = tuple(Option(key, title) for key, title, _day in schemes)
    return [
        Question("regeling", Kind.SINGLE, _("Over welke regeling gaat het?"), options=options, required=True),
        Question("op", Kind.DATE, _("Wanneer is het gepubliceerd?"), required=True),
        Question(
            "waar",
            Kind.TEXT,
            _("Waar staat het?"),
            hint=_("Een adres op internet, of een nummer."),
            required=True,
        ),
    ]
