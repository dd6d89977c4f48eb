"""Reads of surveys: waves at work, what was published, and reading answers, which is always kept in the trail."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vliegwiel.engines.estimation.profiles import PROFILES, Profile
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.see.figures import queries as figures
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.models import AreaModel, OwnProfile, Review, Survey, Wave, Weighting

_FIRST = 20


def wave_named(wave: str) -> Wave:
    """A wave by its public id. Raises NotFound."""
    found = Wave.objects.filter(public_id=wave).select_related("survey").first()
    if found is None:
        raise NotFound(_("Deze meting is er niet."), nearest=((_("Alle enquêtes"), "/werk/enquetes"),))
    return found


def review_named(review: str) -> Review:
    """A review by its public id, with its wave. Raises NotFound."""
    found = Review.objects.filter(public_id=review).select_related("run__wave__survey", "run__weighting").first()
    if found is None:
        raise NotFound(_("Dit voorstel is er niet."), nearest=((_("Alle enquêtes"), "/werk/enquetes"),))
    return found


def waves_of(province: str) -> QuerySet[Wave]:
    """All waves of a province, the newest first, with what their pages need."""
    found = Wave.objects.filter(survey__province=province).select_related("survey")
    return found.prefetch_related("runs__reviews").order_by("survey__title", "-period")


def refuse_stopped(wave: Wave) -> None:
    """Raises NotNow for a wave that is not described, or has something odd that stops all estimates."""
    from vliegwiel.see.surveys.checks import findings_of

    if wave.described_at is None:
        raise NotNow(_("Beschrijf eerst wat voor meting dit is."), code="not-described")
    stops = [one for one in findings_of(wave) if one.stops]
    if stops:
        lines = tuple(f"{one.what} {one.where} {one.todo}" for one in stops)
        raise NotNow(_("Er is iets mis met de antwoorden. Verbeter dat eerst."), code="stopped", details=lines)


def models_of(wave: Wave, weighting: Weighting | None) -> list[AreaModel]:
    """The newest model of each score and statistic that was made for this weighting and not left out, in the order of making."""
    newest: dict[tuple[str, str], AreaModel] = {}
    found = wave.area_models.filter(weighting=weighting, dropped_at=None).order_by("made_at", "pk")
    for one in found.filter(made_at__gte=wave.described_at) if wave.described_at else []:
        newest[one.item, one.stat] = one
    return list(newest.values())


def profiles_of(province: str) -> dict[str, Profile]:
    """The protection profiles that may be chosen in a province, by name: those of others first, then its own."""
    own = {one.name: Profile.of(one.rules) for one in OwnProfile.objects.filter(province=province).order_by("made_at")}
    return {**PROFILES, **own}


def first_answers(actor: Actor, wave: Wave) -> tuple[list[str], list[list[Any]]]:
    """The names of the columns and the first rows. Only for researchers, and each reading is kept."""
    demand(actor, "work-on-surveys", Subject(province=wave.survey.province))
    table = stored.answers_of(wave).slice(0, _FIRST)
    trail.record(
        actor=actor,
        action="read-answers",
        subject=Reference("wave", wave.public_id, "", ""),
        result=trail.Result.READ,
        facts={"rows": table.num_rows},
        province=wave.survey.province,
    )
    return list(table.column_names), [list(row.values()) for row in table.to_pylist()]


@dataclass(frozen=True)
class Published:
    """What everybody may read of a wave: the review that released it, and its rows."""

    review: Review
    rows: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    apart: list[dict[str, Any]]
    shifts: list[dict[str, Any]]
    small: list[dict[str, Any]]

    @property
    def wave(self) -> Wave:
        """The wave."""
        return self.review.run.wave


def public_reviews(province: str) -> list[Review]:
    """The newest review of each wave that everybody may read and whose release still stands, newest wave first."""
    found = Review.objects.filter(state=Review.State.RELEASED, run__wave__survey__province=province).exclude(release="")
    every = found.select_related("run__wave__survey", "run__weighting").order_by("-run__wave__period", "-answered_at")
    newest: dict[int, Review] = {}
    for review in every:
        newest.setdefault(review.run.wave_id, review)
    gone = {one.release.public_id for one in figures.withdrawals()}
    return [review for review in newest.values() if review.release not in gone]


def public_survey(province: str, survey: str) -> tuple[Survey, list[Review]]:
    """A survey with its public waves, the newest first. Raises NotFound when nothing of it is public."""
    found = [review for review in public_reviews(province) if review.run.wave.survey.public_id == survey]
    if not found:
        raise NotFound(_("Van deze enquête is niets openbaar."), nearest=((_("Alle enquêtes"), "/enquetes"),))
    return found[0].run.wave.survey, found


@lru_cache(maxsize=8)
def _shown(digest: str) -> Any:
    """Rows by their hash, so that the page of every place in an area does not read them again; whether they may be read is asked before."""
    return stored.read_json(digest)


def published(review: Review) -> Published:
    """The rows that a review released; without models when their release was withdrawn."""
    kept = _shown(review.run.shown)
    # a run of before areas were compared tells of the province alone
    changes = [{"area": review.run.wave.survey.province, **row} for row in kept["changes"]]
    gone = bool(review.model_release) and figures.withdrawal_of(review.model_release) is not None
    return Published(review, kept["rows"], changes, kept["apart"], kept["shifts"], [] if gone else kept.get("small", []))
