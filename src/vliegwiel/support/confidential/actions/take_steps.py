"""Steps of the team, and the end of a case."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.confidential import rules_on
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.support.confidential.models import ConfidentialCase, ConfidentialStep
from vliegwiel.support.confidential.rules import checked
from vliegwiel.support.confidential.standing import KIND, begin, finish, named


@trail.recorded("plan-step", kind=KIND, about=named())
@transaction.atomic
def plan_step(*, actor: Actor, case: str, what: str, due_on: date) -> ConfidentialStep:
    """Write down a step and by when. Raises NotFound, NotNow, NotValid."""
    found = begin(actor, "plan-step", case)
    if not what.strip():
        raise NotValid(_("Schrijf op wat het team gaat doen."), code="no-text")
    if due_on < clock.today():
        raise NotValid(_("Die dag is al voorbij. Kies een dag die nog komt."), code="past-day")
    checked(what)
    step = ConfidentialStep.objects.create(case=found, what=what.strip()[:200], due_on=due_on, by=actor.id)
    finish(actor, "plan-step", found)
    return step


@trail.recorded("finish-step", kind=KIND, about=named())
@transaction.atomic
def finish_step(*, actor: Actor, case: str, step: str) -> ConfidentialStep:
    """The step was taken. Raises NotFound, NotNow when it was done before."""
    found = begin(actor, "finish-step", case)
    one = found.steps.filter(public_id=step).first()
    if one is None:
        raise NotFound(_("Deze stap kennen we niet."))
    if not ConfidentialStep.objects.filter(pk=one.pk, done_on=None).update(done_on=clock.today()):
        raise NotNow(_("Deze stap was al klaar."), code="done")
    finish(actor, "finish-step", found)
    one.refresh_from_db()
    return one


@trail.recorded("close-confidential", kind=KIND, about=named())
@transaction.atomic
def close_confidential(
    *, actor: Actor, case: str, outcome: str, reason: str, lasting: str = "", lasting_by: str = ""
) -> ConfidentialCase:
    """Close a case with what came of it and why; what was made permanent names the party that looks after it.

    The term of retention begins. Raises NotFound, NotNow, NotValid.
    """
    found = begin(actor, "close-confidential", case)
    if outcome not in rules_on(clock.today()).outcomes:
        raise NotValid(_("Kies wat eruit kwam."), code="no-outcome")
    if not reason.strip():
        raise NotValid(_("Schrijf op waarom u de zaak sluit."), code="no-reason")
    if bool(lasting.strip()) != bool(lasting_by.strip()) or (outcome == "lasting" and not lasting.strip()):
        raise NotValid(_("Schrijf op wat blijft en welke partij daarvoor zorgt."), code="no-lasting")
    checked(reason, lasting, lasting_by)
    return finish(
        actor,
        "close-confidential",
        found,
        facts={"outcome": outcome},
        outcome=outcome,
        reason=reason.strip(),
        lasting=lasting.strip(),
        lasting_by=lasting_by.strip()[:120],
        closed_on=clock.today(),
    )
