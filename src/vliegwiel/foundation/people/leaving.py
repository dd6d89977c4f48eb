"""What goes or ends in all rooms with an account, as each room says in its `retention.py`."""

from django.conf import settings
from django.utils.module_loading import import_string

from vliegwiel.foundation.people.models import Person
from vliegwiel.kernel.actor import Actor


def let_go(actor: Actor, person: Person) -> None:
    """Let every room let go of this person; part of the transaction in which the account goes."""
    for path in settings.VLIEGWIEL_HOLDINGS:
        for holding in import_string(path):
            holding.leave(actor=actor, person=person.public_id, email=person.email)
