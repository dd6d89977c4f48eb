"""The later steps of a wave: weighting, estimating with what is hidden and why, and releasing by a second person."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from vliegwiel.foundation.api.rows import csv_text
from vliegwiel.foundation.people.public import Subject, may
from vliegwiel.foundation.questions.public import Kind, Option, Question, ask
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.actions.describe_figures import unanswered
from vliegwiel.see.surveys.actions.review_run import RELEASE, propose_review, release_review, send_back_review
from vliegwiel.see.surveys.actions.run_wave import ask_run
from vliegwiel.see.surveys.actions.weigh_wave import weigh_wave
from vliegwiel.see.surveys.comparing import newest_weighting
from vliegwiel.see.surveys.frames import PLACE, in_words
from vliegwiel.see.surveys.models import Review, Run, Wave, WaveColumn, Weighting
from vliegwiel.see.surveys.pages.work.wave import FOLDER, opened
from vliegwiel.see.surveys.queries import models_of, profiles_of
from vliegwiel.see.surveys.rules import levels_carried, profile_in
from vliegwiel.see.surveys.telling import names_of
from vliegwiel.see.surveys.totals import Chosen, offered_for
from vliegwiel.see.surveys.weights import METHODS, REPLICATES, Way

_SHOWN = 60
_CODE = re.compile(r"\b[A-Z]{2}\w{2,10}\b")
_RULES = {
    "threshold": gettext_lazy("Te weinig mensen"),
    "domain": gettext_lazy("Te kleine groep"),
    "group": gettext_lazy("Bijna iedereen gaf hetzelfde antwoord"),
    "dominance": gettext_lazy("Eén deelnemer weegt te zwaar"),
    "complementary": gettext_lazy("Anders is een verborgen getal uit te rekenen"),
    "earlier": gettext_lazy("Eerder al besloten"),
}


@require_http_methods(["GET", "POST"])
def weights_page(request: HttpRequest, wave: str) -> HttpResponse:
    """`/werk/enquetes/<id>/wegen`: which margins, and what the weighting did."""
    actor, found = opened(request, wave)
    offers = _offers(found)

    def act(given: dict[str, Any]) -> Weighting:
        bridged = set(given.get("verhouding") or [])
        chosen = [Chosen(name, given[name], name in bridged) for name, _title, _margins in offers if given.get(name, "-") != "-"]
        way = Way(
            given["hoe"], _number(given.get("onder")), _number(given.get("boven")), "" if given["marges"] == "-" else given["marges"],
            int(given.get("trekkingen") or 200),
        )  # fmt: skip
        return weigh_wave(actor=actor, wave=found.public_id, margins=sorted(chosen, key=lambda one: one.bridged), way=way)

    weighting = newest_weighting(found)
    before = {name: about["margin"] for name, about in weighting.margins.items()} if weighting else {}
    bridges = [name for name, about in weighting.margins.items() if about["bridged"]] if weighting else []
    asked = ask(
        request, "weeg", _margin_questions(offers), act,
        before={**{name: "-" for name, _title, _margins in offers}, **before, "verhouding": bridges, **_way_before(weighting)},
    )  # fmt: skip
    if asked.done:
        return redirect("wave_weights", wave=found.public_id)
    context = {
        "wave": found,
        "weighting": weighting,
        "margins": list(weighting.ordered.values()) if weighting else [],
        "diagnostics": weighting.diagnostics if weighting else None,
        "errors": _errors(weighting) if weighting else [],
        "way": _way_told(weighting) if weighting else None,
        "factors": [(round(100 * share), factor) for share, factor in weighting.diagnostics["factors"]] if weighting else [],
        "fields": asked.fields,
        "problems": asked.problems,
        "made_up": found.made_up,
    }
    return render(request, f"{FOLDER}/weights.html", context, status=400 if asked.problems else 200)


@require_http_methods(["GET", "POST"])
def run_page(request: HttpRequest, wave: str) -> HttpResponse:
    """`/werk/enquetes/<id>/rekenen?regel=`: run, see what is hidden and why, propose, release."""
    actor, found = opened(request, wave)
    run = found.runs.select_related("weighting").order_by("-asked_at").first()
    review = Review.objects.filter(run__wave=found).order_by("-proposed_at").first()
    running = ask(
        request,
        "reken",
        _run_questions(found.survey.province),
        lambda given: ask_run(actor=actor, wave=found.public_id, profile=given["profiel"]),
        before={"profiel": "ggd-30-5-90"},
    )
    proposing = ask(request, "voorstel", [], lambda _given: propose_review(actor=actor, run=run.public_id if run else ""))
    releasing = ask(
        request, "vrijgeven", [], lambda _given: release_review(actor=actor, review=review.public_id if review else "")
    )
    back = ask(
        request,
        "terug",
        _back_questions(),
        lambda given: send_back_review(actor=actor, review=review.public_id if review else "", reason=given["reden"]),
    )
    if running.done or proposing.done or releasing.done or back.done:
        return redirect("wave_run", wave=found.public_id)
    waits = review is not None and review.state == Review.State.PROPOSED
    context = {
        "wave": found,
        "run": run,
        "busy": bool(run and run.state in (Run.State.WAITING, Run.State.RUNNING)),
        "review": review,
        "waits": waits,
        "own": bool(waits and review and review.proposed_by == actor.id),
        "may_release": bool(may(actor, RELEASE, Subject(province=found.survey.province))),
        "can_propose": bool(run and run.state == Run.State.DONE and not waits and (review is None or review.run_id != run.pk)),
        "running": running,
        "back": back,
        "lacking": unanswered(found),
        "models": models_of(found, newest_weighting(found)),
        "ahead": bool(review and review.state == Review.State.RELEASED and not review.release),
        "problems": [*running.problems, *proposing.problems, *releasing.problems, *back.problems],
        "made_up": found.made_up,
        **(_hidden(run, request.GET.get("regel", "")) if run and run.state == Run.State.DONE else {}),
    }
    return render(request, f"{FOLDER}/run.html", context, status=400 if context["problems"] else 200)


@require_GET
def decisions_file(request: HttpRequest, wave: str) -> HttpResponse:
    """`/werk/enquetes/<id>/besluiten.csv`: every decision about a cell of the newest run."""
    _actor, found = opened(request, wave)
    run = found.runs.filter(state=Run.State.DONE).order_by("-asked_at").first()
    cells = stored.read_json(run.cells) if run else []
    titles = dict(found.columns.values_list("name", "title"))
    rows = [
        (titles.get(one["question"], ""), one["cell"], "ja" if one["shown"] else "nee", one["rule"], one["text"]) for one in cells
    ]
    answer = HttpResponse(csv_text(("vraag", "vak", "getoond", "regel", "waarom"), rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="besluiten-{found.period}.csv"'
    return answer


def _hidden(run: Run, rule: str) -> dict[str, Any]:
    titles = dict(run.wave.columns.values_list("name", "title"))
    cells = stored.read_json(run.cells)
    counts: dict[str, int] = {}
    for one in cells:
        if not one["shown"]:
            counts[one["rule"]] = counts.get(one["rule"], 0) + 1
    hidden = [one for one in cells if not one["shown"] and (not rule or one["rule"] == rule)]
    named = _with_names(run.wave.area_year, hidden[:_SHOWN])
    rows = stored.read_json(run.results)["rows"]
    levels = levels_carried(rows, by_chance=run.wave.by_chance, profile=profile_in(run.profile))
    return {
        "rules": [(key, str(_RULES.get(key, key)), count) for key, count in sorted(counts.items(), key=lambda item: -item[1])],
        "rule": rule,
        "hidden": [{**one, "title": titles.get(one["question"], _("Aantal mensen"))} for one in named],
        "more": max(len(hidden) - _SHOWN, 0),
        "levels": levels,
    }


def _with_names(year: int, decisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same decisions with the names of areas where they are kept with their codes."""
    texts = [one[key] for one in decisions for key in ("cell", "text")]
    names = names_of(year, {code for text in texts for code in _CODE.findall(text)})

    def name(found: re.Match[str]) -> str:
        return names.get(found[0], found[0])

    return [{**one, "cell": _CODE.sub(name, one["cell"]), "text": _CODE.sub(name, one["text"])} for one in decisions]


def _offers(wave: Wave) -> list[tuple[str, str, list[tuple[str, str]]]]:
    if wave.answers_gone_at is not None:
        return []
    table, words = stored.answers_of(wave), wave.words
    columns = {
        column.name: (column.title, sorted(set(in_words(table[column.name], words.get(column.name, {})))))
        for column in wave.columns.filter(role=WaveColumn.Role.BACKGROUND).order_by("pk")
    }
    return offered_for({**columns, **({PLACE: (_("Gemeente"), [])} if wave.area else {})})


def _margin_questions(offers: list[tuple[str, str, list[tuple[str, str]]]]) -> list[Question]:
    found = [
        Question(
            name,
            Kind.SINGLE,
            _("Waarop wegen we {title}?").format(title=title),
            options=(Option("-", _("Niet wegen op deze vraag")), *(Option(key, words) for key, words in margins)),
            required=True,
        )
        for name, title, margins in offers
    ]
    options = tuple(Option(name, title) for name, title, _margins in offers)
    bridge = Question(
        "verhouding", Kind.MULTIPLE, _("Bij welke vraag gebruiken we alleen de verdeling?"),
        hint=_("Alleen als de marge over andere mensen gaat, en u denkt dat de verdeling gelijk is. Dat staat dan in de verantwoording."),
        options=options,
    )  # fmt: skip
    return [*found, *([bridge] if options else []), *_way_questions()]


def _way_questions() -> list[Question]:
    return [
        Question(
            "hoe", Kind.SINGLE, _("Hoe wegen we?"), options=tuple(Option(key, str(words)) for key, words in METHODS.items()), required=True,
            hint=_("Met grenzen telt niemand veel zwaarder of lichter dan in de steekproef."),
        ),
        Question("onder", Kind.NUMBER, _("Ondergrens van de factor"), hint=_("Bijvoorbeeld 0,5. Leeg: geen grens.")),
        Question("boven", Kind.NUMBER, _("Bovengrens van de factor"), hint=_("Bijvoorbeeld 2. Leeg: geen grens.")),
        Question(
            "marges", Kind.SINGLE, _("Waar komen de marges vandaan?"), required=True,
            options=tuple(Option(key or "-", str(words)) for key, words in REPLICATES.items()),
        ),
        Question("trekkingen", Kind.NUMBER, _("Hoeveel trekkingen?"), hint=_("Alleen bij bootstrap: 20 tot 500.")),
    ]  # fmt: skip


def _way_before(weighting: Weighting | None) -> dict[str, Any]:
    way = Way(**weighting.way) if weighting else Way()
    return {"hoe": way.method, "onder": way.low, "boven": way.high, "marges": way.replicates or "-", "trekkingen": way.draws}


def _way_told(weighting: Weighting) -> dict[str, Any]:
    way = Way(**weighting.way)
    return {"method": METHODS[way.method], "low": way.low, "high": way.high, "replicates": REPLICATES[way.replicates]}


def _errors(weighting: Weighting) -> list[tuple[str, float]]:
    """Per margin, by its name, how far the weights are off, as a share."""
    names = {column: about["name"] for column, about in weighting.ordered.items()}
    off: dict[str, float] = {}
    for key, value in weighting.diagnostics["margin_errors"].items():
        name = names.get(key) or names.get(key.partition("=")[0], key)
        off[name] = max(off.get(name, 0.0), float(value))
    return list(off.items())


def _number(value: Any) -> float | None:
    return None if value in (None, "") else float(value)


def _run_questions(province: str) -> list[Question]:
    options = tuple(Option(one.name, one.title, hint=one.source) for one in profiles_of(province).values())
    return [Question("profiel", Kind.SINGLE, _("Hoe beschermen we mensen?"), options=options, required=True)]


def _back_questions() -> list[Question]:
    return [Question("reden", Kind.TEXT, _("Waarom stuurt u het terug?"), required=True, longest=300)]
