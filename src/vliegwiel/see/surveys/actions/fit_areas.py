"""Fit a model for municipalities that are too small for their own answers, and keep it with what a reader needs to judge it."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.canonical import plain
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.actions.import_wave import VERB
from vliegwiel.see.surveys.comparing import newest_weighting
from vliegwiel.see.surveys.estimates import laid_out, splits_of
from vliegwiel.see.surveys.frames import frame_of
from vliegwiel.see.surveys.modelled import ModelChoice, modelled
from vliegwiel.see.surveys.models import AreaModel
from vliegwiel.see.surveys.queries import refuse_stopped, wave_named
from vliegwiel.see.surveys.weights import weighted


@trail.recorded("fit-areas", kind="wave", about=lambda given: str(given.get("wave", "")))
def fit_areas(*, actor: Actor, wave: str, choice: ModelChoice) -> AreaModel:
    """Fit and keep a model; the next run works it out again and lays it before a second person with everything else.

    Raises NotValid for a choice that cannot be, NotNow for an experience survey or a wave that is not described. A sample that is no
    probability sample is refused unless its margins rest on a named model.
    """
    found = wave_named(wave)
    demand(actor, VERB, Subject(province=found.survey.province))
    refuse_stopped(found)
    if found.special:
        raise NotNow(_("Een belevingsonderzoek krijgt geen model: het gaat alleen over wie meedeed."), code="no-model")
    frame = frame_of(found)
    splits = splits_of(frame)
    frame = replace(frame, table=laid_out(frame, splits))
    weighting = newest_weighting(found)
    margins = weighting.ordered if weighting else {}
    fitted = stored.keep_json(plain(modelled(frame, weighted(frame, weighting), splits, choice, margins)))
    with transaction.atomic():
        made = AreaModel.objects.create(
            wave=found, weighting=weighting, item=choice.item, stat=choice.stat, choice=choice.plain(), fitted=fitted, made_by=actor.id,
            made_at=clock.now(),
        )  # fmt: skip
        subject = Reference("wave", found.public_id, "", "")
        facts: dict[str, str | int] = {"model": made.public_id, "method": choice.method, "fitted": fitted}
        trail.record(actor=actor, action="fit-areas", subject=subject, facts=facts, province=found.survey.province)
    return made


@trail.recorded("drop-model", kind="wave")
def drop_model(*, actor: Actor, model: str) -> AreaModel:
    """Leave a model out of the next run. What was kept of it stays. Raises NotFound, NotNow when it was left out already."""
    found = AreaModel.objects.filter(public_id=model).select_related("wave__survey").first()
    if found is None:
        raise NotFound(_("Dit model is er niet."))
    demand(actor, VERB, Subject(province=found.wave.survey.province))
    with transaction.atomic():
        same = AreaModel.objects.filter(wave=found.wave, item=found.item, stat=found.stat, dropped_at=None)
        if not same.update(dropped_at=clock.now()):
            raise NotNow(_("Dit model was al weggelaten."), code="dropped")
        subject = Reference("wave", found.wave.public_id, "", "")
        trail.record(
            actor=actor, action="drop-model", subject=subject, facts={"model": model}, province=found.wave.survey.province
        )
    found.refresh_from_db()
    return found
