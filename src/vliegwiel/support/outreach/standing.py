"""The two halves of every act on an outreach task: may it begin, and did it go through."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Fields, Subject, demand, may_filter
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.support.initiatives.public import concerns_in
from vliegwiel.support.outreach.lifecycle import MOVES, NAMES
from vliegwiel.support.outreach.models import OutreachTask

READ, PARTNERS = "read-reach-list", "keep-outreach-partners"
TASK, PARTNER = "outreach-task", "outreach-partner"
_PERSONAL = frozenset({"phone", "email", "citizen-number", "health"})


def reference(task: OutreachTask) -> Reference:
    """How messages and the trail point at a task."""
    title = _("Naar {place} gaan").format(place=task.area_name)
    return Reference(TASK, task.public_id, title, f"/werk/bereik/{task.public_id}")


def named(argument: str) -> Callable[[Mapping[str, Any]], str]:
    """How the trail finds, in the arguments of an action, what a refused act was about."""
    return lambda arguments: str(arguments[argument])[:12]


def readable_by(actor: Actor) -> QuerySet[OutreachTask]:
    """The tasks in the places for which this person reads the reach list."""
    fields = Fields(province="province", municipality="municipality")
    return may_filter(actor, READ, OutreachTask.objects.select_related("partner"), fields)


def task_for(actor: Actor, name: str) -> OutreachTask:
    """A task that this person may read; raises NotFound."""
    found = readable_by(actor).filter(public_id=name).first()
    if found is None:
        raise NotFound(_("Deze taak kennen we niet."), nearest=((_("Waar niemand iets vroeg"), "/werk/bereik"),))
    return found


def begin(actor: Actor, key: str, name: str) -> OutreachTask:
    """Go on only when this person may make this move on this task now; raises NotFound, NotAllowed or NotNow."""
    found = OutreachTask.objects.select_related("partner").filter(public_id=name).first()
    if found is None:
        raise NotFound(_("Deze taak kennen we niet."))
    move = MOVES[key]
    demand(actor, move.verb, Subject(province=found.province, municipality=found.municipality))
    if move.verb == "do-outreach" and actor.kind != "system" and actor.organisation != found.organisation:
        text = _("Deze taak is van {organisation}.").format(organisation=found.organisation_name)
        raise NotAllowed(text, code="other-organisation")
    if found.stands not in move.sources:
        raise NotNow(_("Dit kan nu niet. Deze taak: {state}.").format(state=NAMES[found.stands]), code="state")
    return found


def finish(
    actor: Actor, key: str, found: OutreachTask, *, facts: Mapping[str, str | int | bool | None] | None = None, **changes: Any
) -> OutreachTask:
    """Make the move in the caller's transaction, unless someone else changed the task since it was read (NotNow); recorded."""
    state = MOVES[key].target or found.stands
    unchanged = OutreachTask.objects.filter(pk=found.pk, revision=found.revision, state=found.state)
    if not unchanged.update(state=state.value, revision=F("revision") + 1, **changes):
        raise NotNow(_("Iemand anders heeft deze taak net gewijzigd. Bekijk haar opnieuw."), code="stale")
    found.refresh_from_db()
    trail.record(
        actor=actor, action=key, subject=reference(found), facts={"state": state.value, **(facts or {})}, province=found.province
    )
    return found


def without_persons(*texts: str) -> None:
    """Go on only when these texts hold nothing that points at one person; raises NotValid."""
    if _PERSONAL & set(concerns_in(texts)):
        raise NotValid(_("Er staat iets in over één persoon. Schrijf het zonder naam, nummer of gezondheid."), code="personal")
