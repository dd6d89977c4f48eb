"""The disclosure review: one person proposes what may be shown, another one releases it or sends it back.

What is released is seen by the municipalities first. Ten working days later it becomes public by itself, all at once.
"""

import logging
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.search.public import index_document
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.canonical import content_hash
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid, Refusal
from vliegwiel.see.monitor.public import show_first
from vliegwiel.see.surveys.actions.describe_figures import unanswered
from vliegwiel.see.surveys.actions.import_wave import VERB
from vliegwiel.see.surveys.findable import documents
from vliegwiel.see.surveys.models import Review, Run
from vliegwiel.see.surveys.publishing import publish
from vliegwiel.see.surveys.queries import review_named

log = logging.getLogger(__name__)
RELEASE = "release-surveys"


@trail.recorded("propose-review", kind="wave-review", about=lambda given: str(given.get("run", "")))
def propose_review(*, actor: Actor, run: str) -> Review:
    """Lay what a run lets be shown before a second person. Raises NotNow for a run that is not done, or that does not know what was
    described, found to break or released of this wave after it was asked."""
    found = Run.objects.filter(public_id=run).select_related("wave__survey").first()
    if found is None:
        raise NotFound(_("Deze rekenronde is er niet."))
    wave = found.wave
    demand(actor, VERB, Subject(province=wave.survey.province))
    if found.state != Run.State.DONE:
        raise NotNow(_("Deze rekenronde is niet klaar."), code="not-done")
    if lacking := unanswered(wave):
        titles = tuple(one.title for one in lacking)
        raise NotNow(
            _("Zeg eerst wat de cijfers betekenen: thema, richting, eenheid en doelen."), code="no-meaning", details=titles
        )
    with transaction.atomic():
        of_wave = wave.reviews
        if of_wave.filter(state=Review.State.PROPOSED).exists():
            raise NotNow(_("Er wacht al een voorstel op vrijgave."), code="already-proposed")
        if of_wave.filter(state=Review.State.RELEASED, answered_at__gte=found.asked_at).exists():
            raise NotNow(_("Na deze rekenronde zijn er al cijfers vrijgegeven. Reken opnieuw."), code="outdated")
        described = wave.described_at is not None and wave.described_at > found.asked_at
        if described or wave.breaks.filter(noted_at__gt=found.asked_at).exists():
            raise NotNow(_("Na deze rekenronde is de meting anders beschreven. Reken opnieuw."), code="outdated")
        try:
            with transaction.atomic():
                review = Review.objects.create(wave=wave, run=found, proposed_by=actor.id, proposed_at=clock.now())
        except IntegrityError:
            raise NotNow(_("Er wacht al een voorstel op vrijgave."), code="already-proposed") from None
        facts: dict[str, str | int] = {"cells": found.cell_count, "hidden": found.hidden_count, "decisions": found.cells}
        _record(actor, review, "propose-review", facts)
    return review


@trail.recorded("release-review", kind="wave-review", about=lambda given: str(given.get("review", "")))
def release_review(*, actor: Actor, review: str) -> Review:
    """Show the figures to the municipalities today, and to everybody ten working days later. Raises NotAllowed for who proposed it,
    NotNow when it was answered already."""
    found = review_named(review)
    _refuse_own(actor, found)
    wave, run = found.run.wave, found.run
    with transaction.atomic():
        shown = show_first(
            actor=actor, province=wave.survey.province, year=wave.area_year, about=found.public_id, title=str(wave),
            path=f"/enquetes/{wave.survey.public_id}/vooraf/{found.public_id}", made_up=wave.made_up,
            receipt=content_hash({"review": found.public_id, "shown": run.shown}), template="see/surveys/texts/figures_shown",
            facts={"survey": wave.survey.title, "period": wave.period},
        )  # fmt: skip
        _answer(actor, found, Review.State.RELEASED, "", shown=shown.public_id, public_from=shown.public_from)
        facts: dict[str, str | int] = {"shown": run.shown, "public-from": shown.public_from.isoformat()}
        _record(actor, found, "release-review", facts)
    found.refresh_from_db()
    return found


@trail.recorded("publish-review", kind="wave-review", about=lambda given: str(given.get("review", "")))
def publish_review(*, actor: Actor, review: str) -> Review:
    """Make public what was released, from its day on: all figures in one transaction. Harmless when repeated.

    Raises NotNow before the day, or for a proposal that nobody released.
    """
    found = review_named(review)
    demand(actor, "publish-figures")
    if found.release:
        return found
    if found.state != Review.State.RELEASED or found.public_from is None:
        raise NotNow(_("Dit voorstel is niet vrijgegeven."), code="not-released")
    if found.public_from > clock.today():
        raise NotNow(_("Gemeenten zien dit nu. Iedereen ziet het later."), code="too-early", details=(str(found.public_from),))
    with transaction.atomic():
        if not Review.objects.filter(pk=found.pk, release="").update(release="-"):
            return review_named(review)
        release, model = publish(actor, found)
        Review.objects.filter(pk=found.pk).update(release=release.public_id, model_release=model.public_id if model else "")
        survey = found.run.wave.survey
        for document in documents(survey.province):
            if document.id == survey.public_id:
                index_document(actor=actor, document=document)
        _record(actor, found, "publish-review", {"release": release.public_id, "shown": found.run.shown})
    found.refresh_from_db()
    return found


def publish_due(*, actor: Actor) -> int:
    """Everything of which the day has come, one by one: what is refused holds up nothing else. Returns how many became public."""
    due = Review.objects.filter(state=Review.State.RELEASED, release="", public_from__lte=clock.today()).order_by("answered_at")
    count = 0
    for review in list(due.values_list("public_id", flat=True)):
        try:
            publish_review(actor=actor, review=review)
            count += 1
        except Refusal as refusal:
            log.warning("a released wave did not become public: %s %s", review, refusal.code)
    return count


@trail.recorded("send-back-review", kind="wave-review", about=lambda given: str(given.get("review", "")))
def send_back_review(*, actor: Actor, review: str, reason: str) -> Review:
    """Send the proposal back with a reason; nothing becomes public."""
    found = review_named(review)
    _refuse_own(actor, found)
    if not reason.strip():
        raise NotValid(_("Schrijf op waarom u het terugstuurt."), code="no-reason")
    with transaction.atomic():
        _answer(actor, found, Review.State.SENT_BACK, reason.strip()[:300])
        _record(actor, found, "send-back-review", {})
    found.refresh_from_db()
    return found


def _refuse_own(actor: Actor, review: Review) -> None:
    demand(actor, RELEASE, Subject(province=review.run.wave.survey.province))
    if actor.id == review.proposed_by:
        raise NotAllowed(_("U stelde dit zelf voor. Een ander geeft het vrij."), code="own-proposal")


def _answer(actor: Actor, review: Review, state: Review.State, words: str, **more: Any) -> None:
    waiting = Review.objects.filter(pk=review.pk, state=Review.State.PROPOSED)
    if not waiting.update(state=state, answered_by=actor.id, answered_at=clock.now(), answer=words, **more):
        raise NotNow(_("Dit voorstel is al beantwoord."), code="answered")


def _record(actor: Actor, review: Review, action: str, facts: Mapping[str, str | int]) -> None:
    subject = Reference("wave-review", review.public_id, "", "")
    trail.record(actor=actor, action=action, subject=subject, facts=facts, province=review.run.wave.survey.province)
