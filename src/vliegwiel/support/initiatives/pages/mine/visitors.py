"""Who opens a page of their own initiative: its people, signed in."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import signed_in
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed
from vliegwiel.support.initiatives.models import Initiative
from vliegwiel.support.initiatives.standing import find, makes


def own(request: HttpRequest, initiative: str) -> tuple[Actor, Initiative] | None:
    """Who asks and their initiative, or None for who did not sign in. Raises NotFound, and NotAllowed for someone else's."""
    actor = signed_in(request)
    if actor is None:
        return None
    found = find(initiative)
    if not makes(actor, found):
        raise NotAllowed(_("Dit initiatief is van iemand anders. Vraag de initiatiefnemer of u mag meedoen."), code="not-own")
    return actor, found
