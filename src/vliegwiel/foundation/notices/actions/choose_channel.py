"""Choose how one gets a kind of message."""

from collections.abc import Mapping

from django.db import transaction

from vliegwiel.foundation.notices.kinds import KINDS
from vliegwiel.foundation.notices.models import Preference
from vliegwiel.foundation.notices.receivers import Receiver, receiver_of
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid

#: How someone may have told us their choice, other than on the site.
TOLD = ("paper", "phone", "desk")


@recorded("choose-channel", kind="person", about=lambda arguments: str(arguments["person"])[:12])
def choose_channel(*, actor: Actor, person: str, kind: str, channel: str) -> None:
    """From now on this person (public id) gets this kind of message this way; they choose themselves (Awb 2:8).

    Raises NotAllowed for someone else, NotFound, and NotValid for a way that this kind can not go.
    """
    choose_channels(actor=actor, person=person, channels={kind: channel})


@recorded("choose-channel", kind="person", about=lambda arguments: str(arguments["person"])[:12])
def choose_channels(*, actor: Actor, person: str, channels: Mapping[str, str]) -> None:
    """As `choose_channel` for several kinds (kind → channel): all of them, or nothing."""
    demand(actor, "manage-own-account", Subject(person=person))
    _check(channels)
    receiver = receiver_of(person)
    with transaction.atomic():
        for kind, channel in channels.items():
            _keep(actor, receiver, kind, channel, "")


@recorded("note-choice", kind="person")
def note_choice(
    *, actor: Actor, province: str, channels: Mapping[str, str], how: str, person: str = "", address: str = ""
) -> None:
    """Write down how someone wants to be told, as they said on "paper", by "phone" or at the "desk"; with an account or without.

    For who sends letters in this province. Raises NotAllowed, NotFound and NotValid.
    """
    demand(actor, "send-letters", Subject(province=province))
    _check(channels)
    if how not in TOLD:
        raise NotValid("Zeg hoe u de keuze kreeg: op papier, per telefoon of aan het loket.", code="unknown-how")
    receiver = receiver_of(person, address)
    with transaction.atomic():
        for kind, channel in channels.items():
            _keep(actor, receiver, kind, channel, how, province=province)


def _check(channels: Mapping[str, str]) -> None:
    if any(kind not in KINDS or channel not in KINDS[kind].choices for kind, channel in channels.items()):
        raise NotValid("Kies een van de mogelijkheden die er staan.", code="unknown-channel")


def _keep(actor: Actor, receiver: Receiver, kind: str, channel: str, how: str, province: str = "") -> None:
    Preference.objects.update_or_create(
        receiver=receiver.code,
        kind=kind,
        defaults={"person": receiver.person, "channel": channel, "how": how, "chosen_at": clock.now()},
    )
    subject = Reference("person", receiver.person.public_id if receiver.person else "", "", "")
    facts = {"kind": kind, "channel": channel, "how": how}
    record(actor=actor, action="note-choice" if how else "choose-channel", subject=subject, facts=facts, province=province)
