"""What waits for an adviser: places to go to."""

from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Waiting, may_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.outreach.lifecycle import DO, OPEN
from vliegwiel.support.outreach.standing import readable_by


def waiting(actor: Actor) -> Iterator[Waiting]:
    """The open tasks of this adviser, with the first day."""
    if not actor.organisation or not may_somewhere(actor, DO):
        return
    mine = readable_by(actor).filter(adviser=actor.id, state__in=[state.value for state in OPEN]).order_by()
    sums = mine.aggregate(count=Count("pk"), first=Min("due_on"), late=Count("pk", filter=Q(due_on__lt=clock.today())))
    yield Waiting(
        _("Naar een buurt gaan waar niemand iets vroeg"), "/werk/bereik/taken", sums["count"], sums["first"], sums["late"]
    )
