"""Regions that came after figures of a survey were released: checked against all of those before they may be used."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vliegwiel.foundation.people.public import Subject, actor_of, demand
from vliegwiel.foundation.questions.public import Problem
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.see.surveys.actions.check_area_set import check_area_set
from vliegwiel.see.surveys.actions.import_wave import VERB
from vliegwiel.see.surveys.area_sets import standings, years_with_releases
from vliegwiel.see.surveys.models import WaveColumn
from vliegwiel.see.surveys.pages.work.wave import FOLDER


@require_http_methods(["GET", "POST"])
def regions_page(request: HttpRequest) -> HttpResponse:
    """`/werk/enquetes/regios`: how each region stands, by year of areas."""
    actor = actor_of(request)
    province = actor.province or settings.VLIEGWIEL_PROVINCE
    demand(actor, VERB, Subject(province=province))
    problems: list[Problem] = []
    if request.method == "POST":
        code, _sep, year = request.POST.get("regio", "").partition(" ")
        try:
            check_area_set(actor=actor, province=province, code=code[:12], year=int(year) if year.isdecimal() else 0)
        except (NotFound, NotNow) as refusal:
            problems = [Problem(refusal.message, "regios")]
        else:
            return redirect("survey_regions")
    titles = dict(WaveColumn.objects.filter(wave__survey__province=province).values_list("name", "title"))
    years = [
        (
            year,
            [
                (
                    one,
                    [{**row, "title": titles.get(row["question"]) or _("Aantal mensen")} for row in one.check.outcome]
                    if one.check
                    else [],
                )
                for one in standings(province, year)
            ],
        )
        for year in years_with_releases(province)
    ]
    context = {"years": years, "problems": problems}
    return render(request, f"{FOLDER}/regions.html", context, status=400 if problems else 200)
