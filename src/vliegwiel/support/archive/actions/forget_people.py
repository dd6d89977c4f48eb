"""What goes by itself: accounts, names of former colleagues, and messages that belong to no file."""

from collections.abc import Collection

from django.db import transaction

from vliegwiel.catalogue.retention import kept_for
from vliegwiel.foundation.notices.public import forget_receivers, old_messages
from vliegwiel.foundation.people.public import forget_accounts, forget_colleagues, former_colleagues, idle_accounts
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.archive.actions.carry_out import erase_traces
from vliegwiel.support.archive.files import needed


def forget_people(*, actor: Actor, files: Collection[str]) -> int:
    """Destroy what is known of people whose term is over; returns how many records went.

    An account that a kept file still names stays with that file. Messages about the kinds of record in `files` go with their file.
    Only the installation does this; raises NotAllowed.
    """
    idle = idle_accounts(clock.now() - kept_for("idle-account"))
    named = needed([person for person, _email in idle])
    loose = [(person, email) for person, email in idle if person not in named]
    left = former_colleagues(clock.now() - kept_for("former-colleague"))
    with transaction.atomic():
        gone = forget_accounts(actor=actor, people=[person for person, _email in loose])
        gone += forget_colleagues(actor=actor, people=[person for person, _email in left])
        gone += forget_receivers([*loose, *left])
        gone += old_messages(clock.now() - kept_for("message"), files)
    if gone:
        erase_traces(actor=actor)
    return gone
