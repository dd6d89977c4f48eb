"""What surveys say, for everybody: the list, one survey with its newest or another wave, how it was made, and the download."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vliegwiel.foundation.api.rows import csv_text
from vliegwiel.foundation.people.public import Subject, actor_of, may
from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.errors import NotFound
from vliegwiel.kernel.made_up import MADE_UP
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.see.monitor.public import may_see_ahead, notes_beside
from vliegwiel.see.surveys import queries, telling
from vliegwiel.see.surveys.models import Review, Run, Survey
from vliegwiel.see.surveys.publishing import page_note_of

_FOLDER = "see/surveys/pages/public"
_STATS = {
    "mean": "gemiddelde",
    "spread": "spreiding",
    "share": "aandeel onder de grens",
    "size": "aantal onder de grens",
    "make_up": "deel van de groep onder de grens",
    "model_mean": "gemiddelde, modelschatting",
    "model_share": "aandeel onder de grens, modelschatting",
}
_HEAD = (
    "enquete", "meting", "vraag", "wat", "niveau", "gebied", "achtergrond", "groep", "waarde", "marge_onder", "marge_boven", "antwoorden",
    "effectief", "toelichting", "steekproef", "gevraagd_via", "let_op",
)  # fmt: skip


@require_GET
def surveys_page(request: HttpRequest) -> HttpResponse:
    """`/enquetes`: every survey of which something is public."""
    rows: dict[str, list[Review]] = {}
    for review in queries.public_reviews(settings.VLIEGWIEL_PROVINCE):
        rows.setdefault(review.run.wave.survey.public_id, []).append(review)
    context = {"surveys": list(rows.values()), "made_up": any(one[0].run.wave.made_up for one in rows.values())}
    return render(request, f"{_FOLDER}/list.html", context)


@require_GET
def survey_page(request: HttpRequest, survey: str) -> HttpResponse:
    """`/enquetes/<id>?meting=&vraag=`: one score of one wave."""
    found, reviews = queries.public_survey(settings.VLIEGWIEL_PROVINCE, survey[:12])
    review = _wave(reviews, request.GET.get("meting", ""))
    return _survey(request, found, reviews, review, ahead=False)


@require_GET
def ahead_page(request: HttpRequest, survey: str, review: str) -> HttpResponse:
    """`/enquetes/<id>/vooraf/<voorstel>?vraag=`: what was released, before everybody may see it: for municipalities and who released it."""
    actor, found = actor_of(request), queries.review_named(review[:12])
    wave = found.run.wave
    there = found.state == Review.State.RELEASED and wave.survey.public_id == survey
    may_look = may(actor, "work-on-surveys", Subject(province=wave.survey.province)) or may_see_ahead(actor, found.shown)
    if not there or not may_look:
        raise NotFound(_("Dit is er niet, of u mag het nog niet zien."), nearest=((_("Alle enquêtes"), "/enquetes"),))
    if found.release:
        return redirect(f"/enquetes/{survey}?meting={wave.period}")
    answer = _survey(request, wave.survey, [found], found, ahead=True)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _survey(request: HttpRequest, found: Survey, reviews: list[Review], review: Review, *, ahead: bool) -> HttpResponse:
    published = queries.published(review)
    scores = telling.scores_in(published)
    score = next((one for one in scores if one.name == request.GET.get("vraag")), scores[0])
    wave = review.run.wave
    names = dict(municipalities_of(wave.survey.province))
    context = {
        "survey": found,
        "ahead": ahead,
        "notes": [(names.get(one.municipality, one.municipality), one.text) for one in notes_beside(review.shown)],
        "reviews": reviews,
        "review": review,
        "wave": wave,
        "scores": scores,
        "story": telling.story_of(published, score),
        "note": page_note_of(wave),
        "made_up": wave.made_up,
    }
    return render(request, f"{_FOLDER}/survey.html", context)


@require_GET
def account_page(request: HttpRequest, survey: str) -> HttpResponse:
    """`/enquetes/<id>/verantwoording?meting=`: how the wave was drawn, weighted, estimated and protected."""
    found, reviews = queries.public_survey(settings.VLIEGWIEL_PROVINCE, survey[:12])
    review = _wave(reviews, request.GET.get("meting", ""))
    run, wave = review.run, review.run.wave
    context = {
        "survey": found,
        "review": review,
        "wave": wave,
        "run": run,
        "margins": list(run.weighting.ordered.values()) if run.weighting else [],
        "diagnostics": run.weighting.diagnostics if run.weighting else None,
        "bounds": _bounds(run),
        "profile": run.profile,
        "note": page_note_of(wave),
        "breaks": list(wave.breaks.all()),
        "models": telling.models_in(queries.published(review)),
        "made_up": wave.made_up,
    }
    return render(request, f"{_FOLDER}/account.html", context)


@require_GET
def survey_file(request: HttpRequest, survey: str) -> HttpResponse:
    """`/enquetes/<id>/uitkomsten.csv?meting=`: every row that may be shown, with the note that its margin needs."""
    found, reviews = queries.public_survey(settings.VLIEGWIEL_PROVINCE, survey[:12])
    review = _wave(reviews, request.GET.get("meting", ""))
    wave = review.run.wave
    titles = dict(wave.columns.values_list("name", "title"))
    published = queries.published(review)
    rows = [_cells(found.title, wave, titles, row) for row in published.rows]
    rows += [_cells(found.title, wave, titles, _as_row(row)) for one in published.small for row in one["rows"]]
    answer = HttpResponse(csv_text(_HEAD, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="enquete-{wave.period}.csv"'
    return answer


def _cells(title: str, wave: Any, titles: dict[str, str], row: dict[str, Any]) -> list[Any]:
    from vliegwiel.engines.estimation import notes

    return [
        title, wave.period, titles[row["item"]], _STATS[row["stat"]], row["level"], row["area"],
        titles.get(row["background"], ""), row["group"], row["estimate"], row["lower"], row["upper"], row["n"],
        row["n_effective"], notes.dutch(row["note"]), wave.get_sample_display(), wave.channels, MADE_UP if wave.made_up else "",
    ]  # fmt: skip


def _as_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a model as others are: without numbers of people, because its estimate is not of them alone."""
    blank = {"background": "", "group": "", "n": None, "n_effective": None}
    return {**row, **blank, "level": Level.MUNICIPALITY.value, "stat": f"model_{row['stat']}"}


def _bounds(run: Run) -> tuple[float, float] | None:
    """The least and most that a weight was changed by, when bounds were chosen."""
    way = run.weighting.way if run.weighting else {}
    if way.get("low") is None and way.get("high") is None:
        return None
    factors = run.weighting.diagnostics["g_weights"] if run.weighting else {}
    return factors["lowest"], factors["highest"]


def _wave(reviews: list[Review], period: str) -> Review:
    if not period:
        return reviews[0]
    found = next((review for review in reviews if review.run.wave.period == period), None)
    if found is None:
        nearest = tuple((str(review.run.wave), f"/enquetes/{review.run.wave.survey.public_id}") for review in reviews[:1])
        raise NotFound(_("Van dit jaar is er geen meting."), nearest=nearest)
    return found
