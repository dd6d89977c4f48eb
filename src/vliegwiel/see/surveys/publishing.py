"""The figures of a released review as a release: scores and shares, for the areas that the wave carries, with the note they need."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import number
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.figure import Estimate, Missing
from vliegwiel.kernel.receipt import Receipt
from vliegwiel.see.areas.models import Area
from vliegwiel.see.figures.models import Release
from vliegwiel.see.figures.public import EstimatedColumn, Origin, publish_estimates
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.estimates import MEAN, SHARE
from vliegwiel.see.surveys.models import Review, Wave, WaveColumn

CONFIDENCE = 0.95
#: Above this half width, as a share of the scale, a margin says too little for a figure.
_TOO_WIDE = 0.15
#: A share below the cut is good when it is low, where a high score is good.
_OTHER_WAY = {"higher_is_better": "lower_is_better", "lower_is_better": "higher_is_better", "neutral": "neutral"}
#: So many areas without answers are named in a note.
_NAMED = 6


def publish(actor: Actor, review: Review) -> tuple[Release, Release | None]:
    """Make the release, and one of its own for models of small areas, if any; part of the caller's transaction."""
    wave = review.run.wave
    shown = stored.read_json(review.run.shown)
    rows = [row for row in shown["rows"] if not row["background"]]
    receipt = Receipt(
        "surveys.publish",
        "1",
        {"results": review.run.results, "shown": review.run.shown, "cells": review.run.cells},
        {"profile": review.run.profile, "floor": review.run.floor, "run": review.run.receipt.get("hash", "")},
        clock.now(),
    )
    made = publish_estimates(actor=actor, origin=origin_of(wave), estimated=list(_columns(wave, rows)), receipt=receipt)
    models = shown.get("small", [])
    modelled = list(_model_columns(wave, models))
    if not modelled:
        return made, None
    origin = replace(origin_of(wave), table=f"{table_of(wave)}-model"[-40:], note=model_note_of(wave, models))
    return made, publish_estimates(
        actor=actor, origin=origin, estimated=modelled, receipt=replace(receipt, method="surveys.models")
    )


def origin_of(wave: Wave) -> Origin:
    """Where these figures come from, and what must stand beside each."""
    return Origin(
        table=table_of(wave),
        title=wave.survey.title,
        source=_("Enquête {title}").format(title=wave.survey.title),
        licence="CC BY 4.0",
        area_year=wave.area_year,
        note=note_of(wave),
        made_up=wave.made_up,
    )


def table_of(wave: Wave) -> str:
    """The name of the series: the same for waves that may stand in one line, another one from a break or another kind of sample on."""
    broken = wave.survey.waves.filter(period__lte=wave.period, breaks__isnull=False).order_by("-period").first()
    kind = "" if wave.by_chance else "-open"
    return f"enquete-{wave.survey.public_id}{kind}{f'-{broken.period}' if broken else ''}"


def page_note_of(wave: Wave) -> str:
    """The same on the pages of the survey, where a margin that rests on a model is shown too."""
    if wave.assume and not wave.by_chance:
        return _("Deze {rows} mensen meldden zich zelf of zitten in een panel. De marge rust op een model.").format(
            rows=number(wave.rows)
        )
    return note_of(wave)


def note_of(wave: Wave) -> str:
    """What a reader must know of this kind of sample."""
    if wave.special:
        return _("Alleen van de {rows} deelnemers. Dit zegt niets over anderen, en heeft geen marge. {how}").format(
            rows=number(wave.rows), how=channels_of(wave)
        )
    if wave.by_chance:
        return _("Uit een steekproef van {rows} mensen. De marge geldt voor toeval.").format(rows=number(wave.rows))
    return _("Geen marge: deze {rows} mensen meldden zich zelf of zitten in een panel. Dit is geen kanssteekproef. {how}").format(
        rows=number(wave.rows), how=channels_of(wave)
    )


def channels_of(wave: Wave) -> str:
    """How people were asked, as a sentence."""
    return _("Zo deden mensen mee: {how}.").format(how=wave.channels.rstrip("."))


def model_note_of(wave: Wave, models: list[dict[str, Any]]) -> str:
    """What must stand beside every figure of a model: that it is one, and which areas had no answers of their own."""
    synthetic = sorted({row["area"] for one in models for row in one["rows"] if row["synthetic"]})
    said = _("Modelschatting: antwoorden uit de gemeente samen met andere cijfers van de gemeente.")
    if not wave.by_chance:
        said += " " + _("Geen kanssteekproef, dus zonder marge.")
    if synthetic:
        named = [names.get(code, code) for names in (_names(wave.area_year, synthetic),) for code in synthetic]
        few, more = named[:_NAMED], len(named) - _NAMED
        some = ", ".join(few) + (_(" en {more} andere").format(more=more) if more > 0 else "")
        said += " " + _("Synthetisch, dus zonder eigen antwoorden: {some}.").format(some=some)
    return said[:300]


def _names(year: int, codes: list[str]) -> dict[str, str]:
    return dict(Area.objects.filter(year=year, code__in=codes).values_list("code", "name"))


def key_of(wave: Wave, score: WaveColumn, stat: str, *, model: bool = False) -> str:
    """The key of the indicator: the same in every wave of the survey, and never that of another survey or question."""
    kind = ("gem-model" if stat == MEAN else "onv-model") if model else "gemiddeld" if stat == MEAN else "onvoldoende"
    return f"{_short(wave.survey.title, 24)}-{_short(score.name, 20)}-{kind}"


def _short(text: str, most: int) -> str:
    """A text as part of a key; with a mark of its own when the key leaves something of it out."""
    plain = text.lower().replace("_", "-").replace(" ", "-")
    slug = slugify(plain)
    if slug == plain and len(slug) <= most:
        return slug
    return f"{slug[: most - 5].strip('-') or 'vraag'}-{hashlib.sha256(text.encode()).hexdigest()[:4]}"


def _columns(wave: Wave, rows: list[dict[str, Any]]) -> Iterator[EstimatedColumn]:
    """An opt-in sample gets no margin outside its own pages, also when it has one that rests on a model: there it cannot be told apart."""
    for score in wave.columns.filter(role=WaveColumn.Role.SCORE).order_by("pk"):
        for stat in (MEAN, SHARE):
            own = [row for row in rows if (row["item"], row["stat"]) == (score.name, stat)]
            if own:
                times = 1.0 if stat == MEAN else 100.0
                cells = {row["area"]: _estimate(row, times, margins=wave.by_chance, scale=_scale(score, stat)) for row in own}
                yield EstimatedColumn(_record(wave, score, stat), wave.period, cells, CONFIDENCE if wave.by_chance else None)


def _model_columns(wave: Wave, models: list[dict[str, Any]]) -> Iterator[EstimatedColumn]:
    """A model is an indicator of its own: it never stands in one line with estimates from answers alone."""
    scores = {score.name: score for score in wave.columns.filter(role=WaveColumn.Role.SCORE)}
    for one in models:
        score, stat = scores[one["choice"]["item"]], one["choice"]["stat"]
        times = 1.0 if stat == MEAN else 100.0
        cells = {row["area"]: _estimate(row, times, margins=wave.by_chance, scale=_scale(score, stat)) for row in one["rows"]}
        yield EstimatedColumn(_model_record(wave, score, stat, one), wave.period, cells, CONFIDENCE if wave.by_chance else None)


def _model_record(wave: Wave, score: WaveColumn, stat: str, model: Mapping[str, Any]) -> dict[str, Any]:
    record = _record(wave, score, stat)
    used = ", ".join(f"{one['name']} ({one['period']})" for one in model["covariates"]) or _("geen andere cijfers")
    return {
        **record,
        "key": key_of(wave, score, stat, model=True),
        "name": _("{title}, met een model").format(title=record["name"][:42]),
        "kind": "model",
        "method": _("{method} Een model vult aan wat de antwoorden uit de gemeente zelf niet zeggen, met: {used}.").format(
            method=record["method"], used=used
        ),
        "caveats": _("Dit is een modelschatting, geen telling. Van een gemeente zonder eigen antwoorden is zij synthetisch."),
    }


def _scale(score: WaveColumn, stat: str) -> float:
    return (10.0 if score.high is None else score.high) - (score.low or 0.0) if stat == MEAN else 100.0


def _estimate(row: Mapping[str, Any], times: float, *, margins: bool, scale: float) -> Estimate:
    if row["estimate"] is None:
        return Estimate(missing=Missing.SUPPRESSED if "suppressed" in row["note"] else Missing.NOT_COLLECTED)
    if not margins or row["lower"] is None:
        return Estimate(row["estimate"] * times) if not margins else Estimate(missing=Missing.UNRELIABLE)
    low, high = row["lower"] * times, row["upper"] * times
    if (high - low) / 2 > _TOO_WIDE * scale:
        return Estimate(missing=Missing.UNRELIABLE)
    return Estimate(row["estimate"] * times, None, low, high, CONFIDENCE)


def _record(wave: Wave, score: WaveColumn, stat: str) -> dict[str, Any]:
    mean = stat == MEAN
    low, high = score.low or 0.0, 10.0 if score.high is None else score.high
    cut = f"{score.cut or 0:g}".replace(".", ",")
    method = (
        _("Het gemiddelde van het cijfer dat mensen gaven, van {low:g} tot {high:g}. Wie niets invulde, telt niet mee.").format(
            low=low, high=high
        )
        if mean
        else _("Het deel van de mensen dat een cijfer onder de {cut} gaf, op een schaal van {low:g} tot {high:g}.").format(
            cut=cut, low=low, high=high
        )
    )
    return {
        "key": key_of(wave, score, stat),
        "name": (score.title if mean else _("{title}: onder de {cut}").format(title=score.title, cut=cut))[:60],
        "theme": score.theme,
        "unit": score.unit if mean else "%",
        "decimals": 1,
        "range": [low, high] if mean else [0, 100],
        "direction": score.direction if mean else _OTHER_WAY[score.direction],
        "aggregation": "mean" if mean else "rate",
        "kind": "survey",
        "source": _("Enquête {title}").format(title=wave.survey.title),
        "licence": "CC BY 4.0",
        "method": method,
        "caveats": _("Dit cijfer komt uit een enquête. Bij elke levering staat hoe mensen zijn gevraagd."),
        "population": _("deelnemers") if wave.special else wave.population,
        "sdgs": list(score.sdgs),
    }
