"""Withdraw a role."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.roles import roles
from vliegwiel.foundation.people.models import Role
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.people.queries import current
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow


@recorded("withdraw-role", kind="role", about=lambda arguments: str(arguments["role"])[:12])
def withdraw_role(*, actor: Actor, role: str) -> Role:
    """End a role (public id) now; it counts from the next click. The record stays, with its end.

    Raises NotFound for an unknown role, NotAllowed, NotNow when it has ended or is the last role that can give roles.
    """
    with transaction.atomic():
        found = Role.objects.filter(public_id=role).first()
        if found is None:
            raise NotFound(_("Deze rol kennen we niet."))
        demand(actor, "manage-roles", Subject(province=found.province, municipality=found.municipality))
        if found.until is not None and found.until <= clock.now():
            raise NotNow(_("Deze rol is al beëindigd."), code="ended")
        managing = [kind.key for kind in roles().values() if "manage-roles" in kind.verbs]
        others = Role.objects.filter(current(), kind__in=managing, province=found.province).exclude(pk=found.pk)
        if found.kind in managing and not others.exists():
            raise NotNow(_("Dit is de laatste beheerder. Geef eerst iemand anders deze rol."), code="last-manager")
        if not Role.objects.filter(current(), pk=found.pk).update(until=clock.now()):
            raise NotNow(_("Deze rol is al beëindigd."), code="ended")
        found.refresh_from_db()
        record(
            actor=actor,
            action="withdraw-role",
            subject=Reference("role", found.public_id, "", ""),
            facts={"person": found.person.public_id, "organisation": found.organisation.public_id, "kind": found.kind},
            province=found.province,
        )
    return found
