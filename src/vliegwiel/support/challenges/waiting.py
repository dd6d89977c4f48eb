"""What waits around challenges: answers for an authority, questions for challengers."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Waiting, may_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.challenges import queries
from vliegwiel.support.challenges.lifecycle import State
from vliegwiel.support.challenges.standing import ANSWERS


def waiting(actor: Actor) -> Iterator[Waiting]:
    """For who answers: what was sent and waits; for who challenges: what the authority asked."""
    if actor.kind != "person":
        return
    if actor.organisation and may_somewhere(actor, ANSWERS):
        province = actor.province or settings.VLIEGWIEL_PROVINCE
        found = queries.to_answer(actor, province).filter(state__in=[State.SENT.value, State.ADMITTED.value]).order_by()
        late = Count("pk", filter=Q(due_on__lt=clock.today()))
        sums = found.aggregate(count=Count("pk"), first=Min("due_on"), late=late)
        yield Waiting(_("Uitdagingen van inwoners beantwoorden"), "/werk/uitdagingen", sums["count"], sums["first"], sums["late"])
    asked = queries.written_by(actor).filter(state=State.WAITING.value).order_by().count()
    yield Waiting(_("Een vraag over uw uitdaging"), "/mijn/uitdagingen", asked)
