"""Throw a wave away that nobody released, so that a file that was mended can come in its place."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow
from vliegwiel.see.surveys import stored
from vliegwiel.see.surveys.actions.import_wave import VERB
from vliegwiel.see.surveys.models import Run, Wave
from vliegwiel.see.surveys.queries import wave_named

#: What fieldwork hands over is called this; nobody has that file, so it cannot come again.
FROM_FIELDWORK = "veldwerk.parquet"


def may_go(wave: Wave) -> bool:
    """Whether a wave may be thrown away: it was delivered as a file, nothing was proposed and nothing is being computed."""
    busy = wave.runs.filter(state__in=[Run.State.WAITING, Run.State.RUNNING]).exists()
    return not busy and wave.file_name != FROM_FIELDWORK and not wave.reviews.exists()


@trail.recorded("discard-wave", kind="wave", about=lambda given: str(given.get("wave", "")))
def discard_wave(*, actor: Actor, wave: str) -> None:
    """Destroy the answers and all that was made of them; a survey without waves goes too. Raises NotAllowed, and NotNow for one that
    must stay."""
    found = wave_named(wave)
    demand(actor, VERB, Subject(province=found.survey.province))
    with transaction.atomic():
        Wave.objects.select_for_update().get(pk=found.pk)
        if not may_go(found):
            raise NotNow(
                _("Deze meting kan niet weg: er is iets mee voorgesteld, of zij komt uit ons eigen veldwerk."), code="stays"
            )
        subject = Reference("wave", found.public_id, "", "")
        facts: dict[str, str | int] = {"answers": found.answers, "rows": found.rows}
        trail.record(actor=actor, action="discard-wave", subject=subject, facts=facts, province=found.survey.province)
        found.runs.all().delete()
        found.area_models.all().delete()
        owner = found.survey
        found.delete()
        if not owner.waves.exists():
            owner.delete()
    if not Wave.objects.filter(answers=found.answers, answers_gone_at=None).exists():
        stored.destroy(found.answers, "parquet")
