"""What waits for someone here: messages, questions to answer for an authority, and supporters who wait to be known."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Waiting, may_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.initiatives.public import messages_to
from vliegwiel.support.supporters import queries
from vliegwiel.support.supporters.authorities import answers_somewhere
from vliegwiel.support.supporters.standing import supporter_of


def waiting(actor: Actor) -> Iterator[Waiting]:
    """For a supporter their messages; for an authority what was asked of it, by the promised day; for an adviser who is not known yet."""
    if actor.kind != "person":
        return
    province = settings.VLIEGWIEL_PROVINCE
    own = supporter_of(actor, province)
    if own is not None:
        number = sum(message.state == "waiting" for message in messages_to("supporter", own.public_id))
        yield Waiting(_("Berichten aan u als dorpsondersteuner"), "/mijn/dorpsondersteuner/berichten", number)
    if answers_somewhere(actor):
        late = Count("pk", filter=Q(promised_on__lt=clock.today()))
        sums = queries.backing_for(actor).order_by().aggregate(count=Count("pk"), first=Min("promised_on"), late=late)
        yield Waiting(_("Vragen om rugdekking"), "/werk/rugdekking", sums["count"], sums["first"], sums["late"])
        yield Waiting(_("Vragen om ruimte"), "/werk/rugdekking#ruimte", queries.rooms_for(actor).order_by().count())
    if may_somewhere(actor, "confirm-supporters"):
        number = len(queries.unconfirmed(actor, province))
        yield Waiting(_("Kent u deze dorpsondersteuner?"), "/werk/dorpsondersteuners", number)
