"""Open an account at an e-mail address."""

from allauth.account.models import EmailAddress
from django.db import transaction

from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.trail.public import record
from vliegwiel.kernel.actor import Actor, Reference


def open_account(*, actor: Actor, email: str, called: str = "", made_up: bool = False) -> Person:
    """The account at this address, opened when there is none. It counts only after its first sign-in with a code."""
    address = email.strip().lower()
    with transaction.atomic():
        person, opened = Person.objects.get_or_create(email=address, defaults={"called": called, "made_up": made_up})
        if opened:
            person.set_unusable_password()
            person.save(update_fields=["password"])
            EmailAddress.objects.create(user=person, email=address, primary=True, verified=made_up)
            record(actor=actor, action="open-account", subject=Reference("person", person.public_id, "", ""))
    return person
