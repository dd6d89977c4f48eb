"""Lay down a norm for how near a facility has to be, and end it. A norm is never changed: another one takes its place."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.see.facilities import queries
from vliegwiel.see.facilities.models import FacilityNorm

VERB = "set-norms"


@trail.recorded("set-norm", kind="facility-norm")
@transaction.atomic
def set_norm(
    *, actor: Actor, province: str, kind: str, profile: str, minutes: int, source: str, status: str, valid_from: date | None
) -> FacilityNorm:
    """Lay down that a kind is to be reached within so many minutes, with where that is decided. Raises NotAllowed or NotValid."""
    demand(actor, VERB, Subject(province=province))
    words = facility_words()
    problems = [
        text
        for text, wrong in (
            (_("Kies een soort voorziening."), kind not in words.kinds),
            (_("Kies hoe mensen reizen."), profile not in words.profiles),
            (_("Vul een aantal minuten in van 1 tot en met 240."), not 1 <= minutes <= 240),
            (_("Schrijf op waar dit besloten is."), not source.strip() or len(source) > 200),
            (_("Kies hoe vast de norm is."), status not in dict(FacilityNorm.STATUSES)),
            (_("Vul de dag in vanaf wanneer de norm geldt."), valid_from is None),
        )
        if wrong
    ]
    if problems or valid_from is None:
        raise NotValid(_("Er klopt iets niet."), details=tuple(problems))
    norm = FacilityNorm.objects.create(
        province=province, kind=kind, profile=profile, minutes=minutes, source=source.strip(), status=status, valid_from=valid_from,
        by=actor.id, made_up=settings.VLIEGWIEL_DEMO,
    )  # fmt: skip
    _record(actor, "set-norm", norm)
    return norm


@trail.recorded("end-norm", kind="facility-norm")
@transaction.atomic
def end_norm(*, actor: Actor, norm: str) -> FacilityNorm:
    """From today a norm no longer holds. Raises NotAllowed, NotFound, NotNow when it ended already."""
    found = FacilityNorm.objects.filter(public_id=norm[:12]).first()
    if found is None:
        raise NotFound(_("Deze norm kennen we niet."))
    demand(actor, VERB, Subject(province=found.province))
    if not FacilityNorm.objects.filter(pk=found.pk, ended_on=None).update(ended_on=clock.today()):
        raise NotNow(_("Deze norm is al beëindigd."), code="ended")
    _record(actor, "end-norm", found)
    found.refresh_from_db()
    return found


def _record(actor: Actor, action: str, norm: FacilityNorm) -> None:
    subject = Reference("facility-norm", norm.public_id, "", "")
    trail.record(
        actor=actor, action=action, subject=subject, facts={"kind": norm.kind, "minutes": norm.minutes}, province=norm.province
    )
    queries.stamp.forget()
