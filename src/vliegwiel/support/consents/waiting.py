"""What waits for a municipality: questions it did not answer yet."""

from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Waiting, may_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.consents.queries import questions_for


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Questions without an answer, in one heap."""
    if not may_somewhere(actor, "give-consent"):
        return
    rows = questions_for(actor).filter(closed_at=None, expired_at=None, answers=None).order_by()
    found = rows.aggregate(count=Count("pk"), first=Min("due"), late=Count("pk", filter=Q(due__lt=clock.today())))
    yield Waiting(
        _("Plannen waarover wij uw antwoord vragen"), "/gemeente/instemming", found["count"], found["first"], found["late"]
    )
