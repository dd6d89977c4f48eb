"""What this room hands to the pages of a place: what the newest surveys say there, at the lowest level that carries it, by its name."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from vliegwiel.kernel.area_code import Level
from vliegwiel.kernel.reading import once
from vliegwiel.see.areas.queries import members_of, of_level
from vliegwiel.see.monitor.public import AreaPart, Place
from vliegwiel.see.surveys import queries, telling
from vliegwiel.see.surveys.estimates import MEAN
from vliegwiel.see.surveys.models import Review
from vliegwiel.see.surveys.publishing import note_of


@dataclass(frozen=True)
class Line:
    """One score: its name, the value with its margin, and the area it is really about."""

    title: str
    told: telling.Told
    code: str
    name: str
    own: bool
    model: telling.ModelPlace | None = None


def _section(place: Place) -> str:
    """The newest wave of each survey; nothing outside the province."""
    if place.province != settings.VLIEGWIEL_PROVINCE:
        return ""
    newest: dict[int, Review] = {}
    for review in once(("surveys", place.province), lambda: queries.public_reviews(place.province)):
        newest.setdefault(review.run.wave.survey_id, review)
    found = [(review, _lines(review, place)) for review in newest.values()]
    found.sort(key=lambda one: not one[0].run.wave.by_chance)
    waves = [{"wave": review.run.wave, "lines": lines, "note": note_of(review.run.wave)} for review, lines in found if lines]
    return render_to_string("see/surveys/pages/public/area.html", {"waves": waves, "place": place}) if waves else ""


def _lines(review: Review, place: Place) -> list[Line]:
    published = queries.published(review)
    year = review.run.wave.area_year
    rows = {
        (row["item"], row["area"]): row
        for row in published.rows
        if row["stat"] == MEAN and not row["background"] and row["estimate"] is not None
    }
    codes = _upwards(place, year)
    scores = telling.scores_in(published)[:3]
    there = {score.name: next((code for code in codes if (score.name, code) in rows), None) for score in scores}
    names = telling.names_of(year, {code for code in there.values() if code})
    models = {
        one.title: found
        for one in (telling.models_in(published) if published.small else [])
        if not one.share and (found := next((at for at in one.places if at.code == place.municipality), None))
    }
    return [
        Line(
            score.title,
            telling.mean_of(rows[score.name, code], score),
            code,
            names.get(code, code),
            code == place.code,
            models.get(score.title) if code != place.code else None,
        )
        for score in scores
        if (code := there[score.name])
    ]


def _upwards(place: Place, year: int) -> list[str]:
    """The place itself and what it lies in, smallest first: only levels that a survey can carry."""
    if place.level is Level.PROVINCE:
        return [place.code]
    if place.level is Level.REGION:
        return [place.code, place.province]
    regions = [
        region.code
        for region in of_level(Level.REGION, year, province=place.province)
        if place.municipality in members_of(region)
    ]
    return [place.municipality, *regions, place.province]


PARTS = [AreaPart("zien", gettext_lazy("Uit enquêtes"), section=_section)]
