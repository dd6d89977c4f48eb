"""What waits for who handles objections, decides on them, or pays what they brought."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Waiting, may_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.objections.models import Objection
from vliegwiel.support.objections.penalties import DefaultFacts
from vliegwiel.support.objections.queries import at_work_on, costs_waiting, heap_of, notices_waiting

_PATH = "/werk/bezwaren"


def waiting(actor: Actor) -> Iterator[Waiting]:
    """One's own objections, those of nobody, and those that wait for a signature."""
    today = clock.today()
    if may_somewhere(actor, "pay-and-settle"):
        costs = costs_waiting(actor)
        first = min((item.pay_by for item in costs), default=None)
        late = sum(item.pay_by < today for item in costs)
        yield Waiting(_("Kosten van bezwaar om te betalen"), f"{_PATH}?stapel=betalen", len(costs), first, late)
    if may_somewhere(actor, "handle-objections"):
        every = at_work_on(actor)
        yield _heap(_("Bezwaren die u behandelt"), _PATH, heap_of(every, "open", today).filter(handler=actor.id))
        yield _heap(_("Bezwaren die nog niemand behandelt"), f"{_PATH}?stapel=nieuw", heap_of(every, "nieuw", today))
        notices = notices_waiting(actor)
        late = sum(item.laid_down is None and item.penalty.days > 0 for item in notices)
        yield Waiting(
            _("Wij zijn in gebreke gesteld"), _PATH, len(notices), min((_by(item) for item in notices), default=None), late
        )
    elif may_somewhere(actor, "decide-objections"):
        rows = heap_of(at_work_on(actor), "tekenen", today)
        yield _heap(_("Teken het besluit op een bezwaar"), f"{_PATH}?stapel=tekenen", rows)


def _by(item: DefaultFacts) -> date:
    """The next day by which something must have been done about a notice of default."""
    return (item.pay_by if item.laid_down else item.determine_by) or item.grace


def _heap(name: str, path: str, rows: QuerySet[Objection]) -> Waiting:
    late = Count("pk", filter=Q(due_on__lt=clock.today()))
    found = rows.order_by().aggregate(count=Count("pk"), first=Min("due_on"), late=late)
    return Waiting(name, path, found["count"], found["first"], found["late"])
