"""Remove one's own account."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.leaving import let_go
from vliegwiel.foundation.people.models import OutgoingMail, Person
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow


@recorded("remove-account", kind="person", about=lambda arguments: str(arguments["actor"].id))
def remove_own_account(*, actor: Actor) -> None:
    """Truly delete the account, its ways to sign in and its messages; the trail keeps the number of the account only.

    Every room ends what was hers there, as its `retention.py` says.

    Raises NotNow for who has or had a role: who might do what must stay known.
    """
    demand(actor, "manage-own-account", Subject(person=actor.id))
    with transaction.atomic():
        person = Person.objects.filter(public_id=actor.id).first()
        if person is None:
            raise NotFound(_("Dit account bestaat niet meer."))
        if person.roles.exists():
            raise NotNow(_("U hebt of had een rol. Vraag de beheerder om uw account te sluiten."), code="has-role")
        let_go(actor, person)
        OutgoingMail.objects.filter(recipient=person.email).delete()
        record(actor=actor, action="remove-account", subject=Reference("person", person.public_id, "", ""))
        person.delete()
