"""What waits for who runs fieldwork: answers to hand over, and enquiries that come back."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Fields, Waiting, may_filter, may_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.fieldwork.models import Fielding
from vliegwiel.see.fieldwork.queries import RUN

_PATH = "/werk/veldwerk"


def waiting(actor: Actor) -> Iterator[Waiting]:
    """With a fixed number of questions."""
    if may_somewhere(actor, RUN):
        mine = may_filter(actor, RUN, Fielding.objects.all(), Fields(province="province"))
        yield Waiting(
            _("Antwoorden overdragen"), _PATH, mine.filter(state=Fielding.State.CLOSED, response__answered__gt=0).count()
        )
        yield Waiting(_("Een enquête die terugkomt voorbereiden"), _PATH, len(due(mine)))


def due(fieldings: QuerySet[Fielding]) -> list[str]:
    """Titles of enquiries that come back (*terugkerend onderzoek*) this year or earlier, of which that wave was not planned yet."""
    newest = {
        (province, title): (int(period), after)
        for province, title, period, after in fieldings.order_by("period").values_list(
            "province", "title", "period", "returns_after"
        )
    }
    this_year = clock.today().year
    return sorted(title for (_province, title), (period, after) in newest.items() if after and period + after <= this_year)
