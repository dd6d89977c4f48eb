"""What waits at the desk for someone: questions to answer, advice to ask after, and for who asked what we asked of them."""

from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Waiting, may_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.desk import queries
from vliegwiel.support.desk.lifecycle import AdviceState, State
from vliegwiel.support.desk.models import Advice


def waiting(actor: Actor) -> Iterator[Waiting]:
    """By heap of the inbox for an adviser; for who asked with an account what waits for their answer."""
    today = clock.today()
    if actor.organisation and may_somewhere(actor, "do-casework"):
        readable = queries.visible_to(actor)
        found = readable.filter(Q(adviser=actor.id) | Q(adviser=""), state=State.RECEIVED)
        sums = found.aggregate(count=Count("pk"), first=Min("promised_on"), late=Count("pk", filter=Q(promised_on__lt=today)))
        yield Waiting(_("Vragen aan het loket beantwoorden"), "/werk/loket", sums["count"], sums["first"], sums["late"])
        mine = readable.filter(adviser=actor.id)
        follow = queries.heap_of(mine, "opvolgen", today).order_by().count()
        yield Waiting(_("Navragen wat er met een advies gebeurde"), "/werk/loket?stapel=opvolgen&van=mij", follow)
    if actor.kind == "person":
        asked = queries.asked_by(actor).filter(state=State.WAITING).order_by().count()
        yield Waiting(_("Een vraag van het loket aan u"), "/mijn/vragen", asked)
        new = Advice.objects.filter(case__enquiry__person=actor.id, state=AdviceState.PROPOSED).count()
        yield Waiting(_("Een nieuw advies voor u"), "/mijn/vragen", new)
