"""A crisis begins, goes to another phase, and ends; its phase steers which schemes, questions and texts people see."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.schemes.models import Crisis, Phase, PhaseChange


@trail.recorded("start-crisis", kind="crisis")
@transaction.atomic
def start_crisis(*, actor: Actor, province: str, name: str, reason: str) -> Crisis:
    """Begin a crisis in the phase of acute help. Its key, from the name, is what schemes refer to. Raises NotAllowed, NotValid."""
    demand(actor, "manage-schemes", Subject(province=province))
    key = slugify(name)[:60].strip("-")
    if not key or not reason.strip():
        raise NotValid(_("Geef de crisis een naam en schrijf waarom zij begint."), code="no-name")
    try:
        with transaction.atomic():
            crisis = Crisis.objects.create(province=province, key=key, name=name.strip()[:120], started_on=clock.today())
    except IntegrityError as error:
        raise NotValid(_("Deze crisis is er al. Kies een andere naam."), code="name-taken") from error
    _note(actor, crisis, "start-crisis", reason)
    return crisis


@trail.recorded("change-phase", kind="crisis", about=lambda arguments: str(arguments["crisis"]))
@transaction.atomic
def change_phase(*, actor: Actor, crisis: str, phase: str, reason: str) -> Crisis:
    """Go to another phase, also back. Raises NotFound, NotAllowed, NotNow when it is over, NotValid without a reason."""
    found = _begin(actor, crisis)
    if phase not in Phase.values or not reason.strip():
        raise NotValid(_("Kies een fase en schrijf waarom."), code="no-phase")
    if not Crisis.objects.filter(pk=found.pk, phase=found.phase, ended_on=None).exclude(phase=phase).update(phase=phase):
        raise NotNow(_("De crisis is al in deze fase, of iemand anders wijzigde haar net."), code="phase")
    found.refresh_from_db()
    _note(actor, found, "change-phase", reason)
    return found


@trail.recorded("end-crisis", kind="crisis", about=lambda arguments: str(arguments["crisis"]))
@transaction.atomic
def end_crisis(*, actor: Actor, crisis: str) -> Crisis:
    """The crisis is over. Raises NotFound, NotAllowed, NotNow."""
    found = _begin(actor, crisis)
    if not Crisis.objects.filter(pk=found.pk, ended_on=None).update(ended_on=clock.today()):
        raise NotNow(_("Deze crisis is al voorbij."), code="ended")
    found.refresh_from_db()
    _record(actor, found, "end-crisis")
    return found


def _begin(actor: Actor, crisis: str) -> Crisis:
    found = Crisis.objects.filter(public_id=crisis).first()
    if found is None:
        raise NotFound(_("Deze crisis kennen we niet."))
    demand(actor, "manage-schemes", Subject(province=found.province))
    if found.ended_on:
        raise NotNow(_("Deze crisis is voorbij."), code="ended")
    return found


def _note(actor: Actor, crisis: Crisis, action: str, reason: str) -> None:
    PhaseChange.objects.create(crisis=crisis, phase=crisis.phase, on=clock.today(), reason=reason.strip())
    _record(actor, crisis, action)


def _record(actor: Actor, crisis: Crisis, action: str) -> None:
    trail.record(
        actor=actor,
        action=action,
        subject=Reference("crisis", crisis.public_id, "", ""),
        facts={"phase": crisis.phase},
        province=crisis.province,
    )
