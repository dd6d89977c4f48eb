"""Choose how one gets a kind of message."""

from django.db import transaction

from vliegwiel.foundation.notices.kinds import KINDS
from vliegwiel.foundation.notices.models import Preference
from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotValid


@recorded("choose-channel", kind="person", about=lambda arguments: str(arguments["person"])[:12])
def choose_channel(*, actor: Actor, person: str, kind: str, channel: str) -> None:
    """From now on this person (public id) gets this kind of message this way; they choose themselves (Awb 2:8).

    Raises NotAllowed for someone else, NotFound, and NotValid for a way that this kind can not go.
    """
    demand(actor, "manage-own-account", Subject(person=person))
    if kind not in KINDS or channel not in KINDS[kind].choices:
        raise NotValid("Kies een van de mogelijkheden die er staan.", code="unknown-channel")
    with transaction.atomic():
        found = Person.objects.filter(public_id=person).first()
        if found is None:
            raise NotFound("Deze persoon kennen we niet.")
        Preference.objects.update_or_create(person=found, kind=kind, defaults={"channel": channel, "chosen_at": clock.now()})
        subject = Reference("person", person, "", "")
        record(actor=actor, action="choose-channel", subject=subject, facts={"kind": kind, "channel": channel})
