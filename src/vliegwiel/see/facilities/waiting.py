"""What waits for who keeps the register: reports of residents."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Waiting, may_somewhere
from vliegwiel.kernel.actor import Actor
from vliegwiel.see.facilities import queries


def waiting(actor: Actor) -> Iterator[Waiting]:
    """Reports without an answer; nobody promised a day."""
    if may_somewhere(actor, "keep-facilities"):
        number = queries.reports_for(actor).filter(state="open").order_by().count()
        if number:
            yield Waiting(_("Meldingen over voorzieningen"), "/werk/voorzieningen/meldingen", number)
