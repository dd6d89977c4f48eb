"""Remove accounts that nobody ever used."""

from allauth.account.models import EmailAddress
from django.db import transaction

from vliegwiel.catalogue.retention import kept_for
from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.trail.public import record
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference


def remove_unused_accounts(*, actor: Actor) -> int:
    """Truly delete accounts of more than a day old without a first sign-in and without any role; returns how many.

    Whoever types an e-mail address at sign-in opens an account before its owner has said anything: it may not stay. The made-up people of
    the demo have no owner and stay.
    """
    unused = Person.objects.filter(
        last_login=None, roles=None, made_up=False, opened_at__lt=clock.now() - kept_for("unused-account")
    )
    with transaction.atomic():
        gone = list(unused)
        for person in gone:
            record(actor=actor, action="remove-account", subject=Reference("person", person.public_id, "", ""))
        EmailAddress.objects.filter(user__in=gone).delete()
        Person.objects.filter(pk__in=[person.pk for person in gone]).delete()
    return len(gone)
