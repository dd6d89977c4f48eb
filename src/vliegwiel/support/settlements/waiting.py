"""What waits after the decision: to account for, to pay, to determine, to collect, to sign."""

from collections.abc import Iterator

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Fields, Waiting, may_filter, may_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants.public import State, due_instalments, received_by, running_grants
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.models import Claim, LaterDecision
from vliegwiel.support.settlements.to_do import to_do

_VERB, _PLACE = "pay-and-settle", Fields(province="province")
_PATH = "/werk/vaststellingen"


def waiting(actor: Actor) -> Iterator[Waiting]:
    """For who received, for who settles, and for who signs."""
    yield from _received(actor)
    proposed = LaterDecision.objects.filter(taken_at=None, returned_at=None)
    if may_somewhere(actor, _VERB):
        today = clock.today()
        decided = set(proposed.values_list("application", flat=True))
        reported = [row for row in running_grants(actor, _VERB, (State.REPORTED,)) if row.id not in decided]
        yield Waiting(_("Subsidies om vast te stellen"), _PATH, len(reported))
        yield Waiting(_("Subsidies om uit te betalen"), "/werk/uitbetalingen", len(due_instalments(actor, _VERB)))
        claims = may_filter(actor, _VERB, Claim.objects.filter(closed_on=None), _PLACE).order_by()
        late = Count("pk", filter=Q(due_on__lt=today))
        found = claims.aggregate(count=Count("pk"), first=Min("due_on"), late=late)
        yield Waiting(_("Geld dat terug moet komen"), _PATH, found["count"], found["first"], found["late"])
    elif may_somewhere(actor, "sign-decisions"):
        rows = may_filter(actor, "sign-decisions", proposed, _PLACE).exclude(proposed_by=actor.id)
        yield Waiting(_("Teken een besluit na de subsidie"), _PATH, rows.count())


def _received(actor: Actor) -> Iterator[Waiting]:
    for name in received_by(actor):
        file = GrantFile(name)
        for item in to_do(file):
            named = _("{what}: {title}").format(what=item.text, title=file.grant.title)
            yield Waiting(named, item.path or f"/mijn/aanvragen/{name}/geld", 1, item.by, int(item.late))
