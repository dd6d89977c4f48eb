"""Models for municipalities that are too small for their own answers: choose one, and judge it beside the direct estimates."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.catalogue.reader import themes
from vliegwiel.engines.estimation import notes
from vliegwiel.foundation.api.rows import csv_text
from vliegwiel.foundation.questions.public import Kind, Option, Question, ask
from vliegwiel.kernel.area_code import Level
from vliegwiel.see.areas import queries as areas
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.actions.fit_areas import drop_model, fit_areas
from vliegwiel.see.surveys.comparing import newest_weighting
from vliegwiel.see.surveys.drawing import RowOf, quantile_plot, rows_of
from vliegwiel.see.surveys.estimates import MEAN, SHARE
from vliegwiel.see.surveys.modelled import METHODS, NOTHING, PROVINCE, REGION, UNIT, ModelChoice, covariate_of
from vliegwiel.see.surveys.models import AreaModel, Wave, WaveColumn
from vliegwiel.see.surveys.pages.work.wave import FOLDER, opened
from vliegwiel.see.surveys.queries import models_of
from vliegwiel.see.surveys.telling import names_of

_HEAD = (
    "vraag", "wat", "gemeente", "antwoorden", "eigen_schatting", "eigen_fout", "model", "fout", "marge_onder", "marge_boven",
    "gewicht_eigen_schatting", "toelichting",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
def areas_page(request: HttpRequest, wave: str) -> HttpResponse:
    """`/werk/enquetes/<id>/kleine-gebieden?thema=&model=`."""
    actor, found = opened(request, wave)
    models = models_of(found, newest_weighting(found))
    model = next((one for one in models if one.public_id == request.GET.get("model")), models[-1] if models else None)
    theme = request.GET.get("thema", "")
    questions = _questions(found, theme, model)

    def act(given: dict[str, Any]) -> AreaModel:
        item, _sep, stat = str(given["vraag"]).rpartition(":")
        chosen = given.get("achtergronden") if given["methode"] == UNIT else given.get("kenmerken")
        choice = ModelChoice(item, stat, given["methode"], tuple(chosen or ()), given["optellen"])
        return fit_areas(actor=actor, wave=found.public_id, choice=choice)

    fitting = ask(request, "model", questions, act, before=_before(model))
    dropping = ask(request, "weg", [], lambda _given: drop_model(actor=actor, model=model.public_id if model else ""))
    if fitting.done or dropping.done:
        return redirect("wave_areas", wave=found.public_id)
    context = {
        "wave": found,
        "models": models,
        "model": model,
        "themes": themes(),
        "theme": theme,
        "fields": fitting.fields,
        "problems": [*fitting.problems, *dropping.problems],
        "made_up": found.made_up,
        **(_judged(found, model) if model else {}),
    }
    return render(request, f"{FOLDER}/areas.html", context, status=400 if context["problems"] else 200)


@require_GET
def areas_file(request: HttpRequest, wave: str) -> HttpResponse:
    """`/werk/enquetes/<id>/kleine-gebieden.csv`: every model of the wave, with the direct estimates beside it."""
    _actor, found = opened(request, wave)
    titles = {one.name: one.title for one in found.columns.all()}
    rows = [
        (
            titles.get(row["item"], row["item"]), row["stat"], row["area"], row["n"], row["direct"], row["direct_se"], row["estimate"],
            row["se"], row["lower"], row["upper"], row["shrinkage"], notes.dutch(row["note"]),
        )
        for model in models_of(found, newest_weighting(found))
        for row in stored.read_json(model.fitted)["rows"]
    ]  # fmt: skip
    answer = HttpResponse(csv_text(_HEAD, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="kleine-gemeenten-{found.period}.csv"'
    return answer


def _judged(wave: Wave, model: AreaModel) -> dict[str, Any]:
    kept = stored.read_json(model.fitted)
    score = next(one for one in wave.columns.all() if one.name == model.item)
    names = names_of(wave.area_year, [row["area"] for row in kept["rows"]])
    rows: list[RowOf] = rows_of(kept["rows"], names, share=model.stat == SHARE, low=score.low or 0.0, high=score.high or 10.0)
    return {
        "score": score, "kept": kept, "rows": rows, "plot": quantile_plot(kept["model"]["residuals"]),
        "method": METHODS[kept["choice"]["method"]], "synthetic": sum(row["synthetic"] for row in kept["rows"]),
        "beyond": round(100 * kept["model"]["checks"]["beyond_two"]),
    }  # fmt: skip


def _questions(wave: Wave, theme: str, model: AreaModel | None) -> list[Question]:
    asked: list[Option] = []
    for one in wave.columns.filter(role=WaveColumn.Role.SCORE).order_by("pk"):
        asked.append(Option(f"{one.name}:{MEAN}", _("{title}: gemiddelde").format(title=one.title)))
        if one.cut is not None:
            asked.append(Option(f"{one.name}:{SHARE}", _("{title}: deel onder de grens").format(title=one.title)))
    codes = areas.codes_of(Level.MUNICIPALITY, wave.area_year, province=wave.survey.province)
    chosen = list(model.choice["covariates"]) if model else []
    known = figures.indicators()
    keys = [key for key, one in known.items() if key in chosen or (theme and one.theme == theme)]
    loaded = figures.loaded_indicators()
    found = [fitting for key in keys if key in loaded and (fitting := covariate_of(key, wave.area_year, codes)) is not None]
    options = tuple(Option(one.key, f"{one.name} ({one.period})", hint=one.source) for one in found)
    weighting = newest_weighting(wave)
    backgrounds = {one.name: one.title for one in wave.columns.filter(role=WaveColumn.Role.BACKGROUND)}
    people = tuple(Option(name, backgrounds[name]) for name in (weighting.ordered if weighting else {}) if name in backgrounds)
    sums = (
        Option(PROVINCE, _("Tot het cijfer van de provincie")), Option(REGION, _("Tot het cijfer van elke regio")),
        Option(NOTHING, _("Niet laten optellen")),
    )  # fmt: skip
    questions = [
        Question("vraag", Kind.SINGLE, _("Welk cijfer?"), options=tuple(asked) or (Option("-", "-"),), required=True),
        Question(
            "methode", Kind.SINGLE, _("Welke methode?"), required=True,
            options=tuple(Option(key, str(words)) for key, words in METHODS.items()),
        ),
    ]  # fmt: skip
    if options:
        questions.append(
            Question(
                "kenmerken",
                Kind.MULTIPLE,
                _("Welke kenmerken van gemeenten?"),
                options=options,
                hint=_("Hoogstens vijf. Kies wat met de vraag samenhangt, van voor of rond het jaar van de meting."),
            )
        )
    if people:
        questions.append(
            Question(
                "achtergronden",
                Kind.MULTIPLE,
                _("Welke achtergronden van mensen?"),
                options=people,
                hint=_("Alleen bij de methode op antwoorden van mensen."),
            )
        )
    return [*questions, Question("optellen", Kind.SINGLE, _("Moeten de gemeenten optellen?"), options=sums, required=True)]


def _before(model: AreaModel | None) -> dict[str, Any]:
    if model is None:
        return {"methode": "REML", "optellen": PROVINCE}
    choice = ModelChoice.of(model.choice)
    which = "achtergronden" if choice.method == UNIT else "kenmerken"
    return {
        "vraag": f"{choice.item}:{choice.stat}",
        "methode": choice.method,
        which: list(choice.covariates),
        "optellen": choice.benchmark,
    }
