"""Close fieldwork: nobody answers any more, and from then on nobody can find out who did."""

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.see.fieldwork.actions.plan_fielding import record
from vliegwiel.see.fieldwork.actions.shuffle_answers import shuffle
from vliegwiel.see.fieldwork.models import Fielding
from vliegwiel.see.fieldwork.queries import RUN, fielding_named
from vliegwiel.see.fieldwork.response import counted


@trail.recorded("close-fielding", kind="fielding", about=lambda given: str(given.get("fielding", "")))
def close_fielding(*, actor: Actor, fielding: str) -> Fielding:
    """Count the response, shuffle, and throw away invitations, doors, what was not sent, and the salt of the codes. It cannot be undone.

    Raises NotAllowed, and NotNow when it is not open.
    """
    found = fielding_named(fielding)
    demand(actor, RUN, Subject(province=found.province))
    with transaction.atomic():
        _close(actor, found)
    return fielding_named(fielding)


@trail.recorded("close-fielding", kind="fielding")
def close_by_clock(*, actor: Actor) -> int:
    """Close all fieldwork whose last day is over; returns how many."""
    late = Fielding.objects.filter(state=Fielding.State.OPEN, closes_on__lt=clock.today()).order_by("pk")
    count = 0
    for found in late.select_related("questionnaire", "version", "panel"):
        with suppress(NotNow), transaction.atomic():  # a colleague closed it at this moment
            _close(actor, found)
            count += 1
    return count


def _close(actor: Actor, found: Fielding) -> None:
    if not Fielding.objects.filter(pk=found.pk, state=Fielding.State.OPEN).update(unmixed=0):
        raise NotNow(_("Deze enquête is niet open."), code="state")
    response = counted(found)
    shuffle(found)
    found.invitations.all().delete()
    found.doors.all().delete()
    unsent = found.unsent.all().delete()[0]
    Fielding.objects.filter(pk=found.pk).update(state=Fielding.State.CLOSED, closed_at=clock.now(), salt="", response=response)
    record(actor, "close-fielding", found, {"answers": response["answered"], "unsent": unsent})
