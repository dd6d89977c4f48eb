"""Destroy what is known of people at the end of its term: a whole account, or the name of a former colleague."""

from collections.abc import Collection

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.leaving import let_go
from vliegwiel.foundation.people.models import OutgoingMail, Person
from vliegwiel.foundation.trail.public import record
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed


def forget_accounts(*, actor: Actor, people: Collection[str]) -> int:
    """Truly delete these accounts (public ids); one that has or had a role is left alone. Returns how many. By the clock only."""
    _by_the_clock(actor)
    with transaction.atomic():
        found = list(Person.objects.filter(public_id__in=people, roles=None))
        for person in found:
            let_go(actor, person)
        _forget_mail(found)
        for person in found:
            record(actor=actor, action="remove-account", subject=Reference("person", person.public_id, "", ""))
            person.delete()
    return len(found)


def forget_colleagues(*, actor: Actor, people: Collection[str]) -> int:
    """Take name, address and ways to sign in from who used to work here; the number stays, so that their acts stay those of one person.

    Returns how many. By the clock only.
    """
    _by_the_clock(actor)
    with transaction.atomic():
        found = list(Person.objects.filter(public_id__in=people, is_active=True).exclude(roles__until=None))
        _forget_mail(found)
        for person in found:
            Authenticator.objects.filter(user=person).delete()
            SocialAccount.objects.filter(user=person).delete()
            person.email, person.called, person.is_active = f"{person.public_id.lower()}@vernietigd.invalid", "", False
            person.save(update_fields=["email", "called", "is_active"])
            record(actor=actor, action="forget-name", subject=Reference("person", person.public_id, "", ""))
    return len(found)


def _by_the_clock(actor: Actor) -> None:
    if actor.kind != "system":
        raise NotAllowed(_("Dit gaat vanzelf als de termijn voorbij is."), code="by-the-clock")


def _forget_mail(people: list[Person]) -> None:
    EmailAddress.objects.filter(user__in=people).delete()
    OutgoingMail.objects.filter(recipient__in=[person.email for person in people]).delete()
