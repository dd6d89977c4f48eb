"""What the figures of a wave mean: a theme, a direction, a unit and goals per score. Nothing is filled in but what a person said before."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vliegwiel.catalogue.frames import goals
from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.questions.public import Kind, Option, Question, ask
from vliegwiel.see.surveys.actions.describe_figures import DIRECTIONS, Meaning, describe_figures
from vliegwiel.see.surveys.models import Wave, WaveColumn
from vliegwiel.see.surveys.pages.work.wave import FOLDER, opened


@require_http_methods(["GET", "POST"])
def meaning_page(request: HttpRequest, wave: str) -> HttpResponse:
    """`/werk/enquetes/<id>/betekenis`."""
    actor, found = opened(request, wave)
    scores = list(found.columns.filter(role=WaveColumn.Role.SCORE).order_by("pk"))

    def act(given: dict[str, Any]) -> Wave:
        return describe_figures(
            actor=actor, wave=found.public_id, meanings=[_read(given, place, one) for place, one in enumerate(scores)]
        )

    asked = ask(request, "betekenis", _questions(scores), act, before=_before(found, scores))
    if asked.done:
        return redirect("wave", wave=found.public_id)
    context = {"wave": found, "scores": scores, "fields": asked.fields, "problems": asked.problems, "made_up": found.made_up}
    return render(request, f"{FOLDER}/meaning.html", context, status=400 if asked.problems else 200)


def _questions(scores: list[WaveColumn]) -> list[Question]:
    words = dict(
        zip(DIRECTIONS, (_("Hoger is beter"), _("Lager is beter"), _("Geen van beide: het is anders, niet beter")), strict=True)
    )
    every = tuple(Option(key, one.name) for key, one in themes().items())
    sdgs = tuple(Option(str(number), f"{number}. {goal.name}") for number, goal in goals().items())
    found: list[Question] = []
    for place, one in enumerate(scores):
        found += [
            Question(f"thema{place}", Kind.SINGLE, _("{title}: bij welk thema?").format(title=one.title), options=every, required=True),
            Question(
                f"richting{place}", Kind.SINGLE, _("{title}: wat is beter?").format(title=one.title),
                options=tuple(Option(key, text) for key, text in words.items()), required=True,
            ),
            Question(
                f"eenheid{place}", Kind.TEXT, _("{title}: in welke eenheid?").format(title=one.title), required=True, longest=40,
                hint=_("Bijvoorbeeld: cijfer van 0 tot 10. Dit staat bij elk gemiddelde."),
            ),
            Question(
                f"doelen{place}", Kind.MULTIPLE, _("{title}: welke doelen (SDG)?").format(title=one.title), options=sdgs, required=True
            ),
        ]  # fmt: skip
    return found


def _read(given: dict[str, Any], place: int, one: WaveColumn) -> Meaning:
    sdgs = tuple(int(number) for number in given.get(f"doelen{place}") or [])
    return Meaning(one.name, given[f"thema{place}"], given[f"richting{place}"], given[f"eenheid{place}"], sdgs)


def _before(wave: Wave, scores: list[WaveColumn]) -> dict[str, Any]:
    """What was said of these questions in this wave, else in the newest one before it."""
    told: dict[str, WaveColumn] = {}
    names = [one.name for one in scores]
    earlier = WaveColumn.objects.filter(wave__survey=wave.survey, wave__period__lte=wave.period, name__in=names).exclude(theme="")
    for one in earlier.order_by("wave__period"):
        told[one.name] = one
    found: dict[str, Any] = {}
    for place, one in enumerate(scores):
        if (known := told.get(one.name)) is not None:
            found |= {
                f"thema{place}": known.theme, f"richting{place}": known.direction, f"eenheid{place}": known.unit,
                f"doelen{place}": [str(number) for number in known.sdgs],
            }  # fmt: skip
    return found
