"""What this room hands to shared places: a reminder a week before the day, and a heap beside the inbox of the desk."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from vliegwiel.foundation.notices.public import Due, Reminder
from vliegwiel.foundation.people.public import may_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.desk.public import DeskHeap
from vliegwiel.support.outreach.lifecycle import DO, OPEN
from vliegwiel.support.outreach.models import OutreachTask
from vliegwiel.support.outreach.standing import readable_by, reference

_BEFORE = timedelta(days=7)


def _soon(since: date, until: date) -> Iterator[Due]:
    """A week before the day."""
    found = OutreachTask.objects.filter(
        state__in=[state.value for state in OPEN], due_on__range=(since + _BEFORE, until + _BEFORE)
    )
    for task in found.order_by("pk"):
        moment = f"soon-{task.due_on.isoformat()}"
        yield Due(reference(task), task.province, moment, task.due_on - _BEFORE, person=task.adviser, facts={"task": task})


def desk_heaps(actor: Actor) -> Iterator[DeskHeap]:
    """The places where nobody asked to which this adviser or their organisation goes."""
    if not actor.organisation or not may_somewhere(actor, DO):
        return
    mine = readable_by(actor).filter(organisation=actor.organisation, state__in=[state.value for state in OPEN]).order_by()
    sums = mine.aggregate(count=Count("pk"), late=Count("pk", filter=Q(due_on__lt=clock.today())))
    yield DeskHeap(_("naar een buurt gaan"), "/werk/bereik/taken", sums["count"], sums["late"])


REMINDERS = [Reminder("outreach-soon", "Naar een buurt gaan, een week vooraf", "support/outreach/texts/soon", _soon, kind="work")]
