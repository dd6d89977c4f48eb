"""What waits for someone here: messages to their initiative, the yearly look at their meeting place, and for an adviser texts to clean."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Waiting, may_somewhere
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.initiatives.lifecycle import ROLES_OF, Side
from vliegwiel.support.initiatives.models import ContactMessage
from vliegwiel.support.initiatives.queries import flagged, kept_places


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Messages without an answer to what this person took the initiative for, or is the contact of; self-checks and flagged texts."""
    if actor.kind != "person":
        return
    mine = ContactMessage.objects.filter(
        state="waiting", initiative__people__person=actor.id, initiative__people__role__in=ROLES_OF[Side.ANSWERS]
    )
    found = list(mine.distinct().values_list("initiative__public_id", flat=True))
    if found:
        path = f"/mijn/initiatieven/{found[0]}/berichten" if len(set(found)) == 1 else "/mijn/initiatieven"
        yield Waiting(_("Berichten over uw initiatief"), path, len(found))
    unchecked = kept_places(actor).exclude(checks__year=clock.today().year)
    boards = list(unchecked.values_list("public_id", flat=True))
    if boards:
        path = f"/mijn/ontmoetingsplekken/{boards[0]}/zelfcheck" if len(boards) == 1 else "/mijn/initiatieven"
        yield Waiting(_("De zelfcheck van uw ontmoetingsplek"), path, len(boards))
    if may_somewhere(actor, "guard-initiatives"):
        number = flagged(actor).order_by().count()
        if number:  # nobody promised a day
            yield Waiting(_("Initiatieven nakijken"), "/werk/initiatieven", number)
