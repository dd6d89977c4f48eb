"""Surveys as documents of the search: what is public is found, and nothing else."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.foundation.search.public import EVERYONE, Searchable, SearchDocument
from vliegwiel.see.surveys import queries
from vliegwiel.see.surveys.models import Review, WaveColumn

KIND = "enquete"


def document_of(reviews: list[Review]) -> SearchDocument:
    """A survey by its public waves, the newest first: its questions, who was asked and how."""
    wave = reviews[0].run.wave
    scores = [one for one in wave.columns.all() if one.role == WaveColumn.Role.SCORE]
    periods = ", ".join(review.run.wave.period for review in reviews)
    text = _("Enquête, gehouden in {periods}. Gevraagd is: {questions}. Over {population}. {channels}.").format(
        periods=periods, questions="; ".join(one.title for one in scores), population=wave.population, channels=wave.channels
    )
    return SearchDocument(
        kind=KIND,
        id=wave.survey.public_id,
        title=wave.survey.title,
        text=text,
        path=f"/enquetes/{wave.survey.public_id}",
        audiences=(EVERYONE,),
        province=wave.survey.province,
        place=wave.survey.province,
        themes=tuple(sorted({one.theme for one in scores if one.theme})),
        made_up=wave.made_up,
    )


def documents(province: str) -> Iterator[SearchDocument]:
    """Every survey of which something is public."""
    found: dict[int, list[Review]] = {}
    for review in queries.public_reviews(province):
        found.setdefault(review.run.wave.survey_id, []).append(review)
    yield from map(document_of, found.values())


SEARCHABLES = [Searchable(KIND, gettext_lazy("Enquêtes"), documents)]
