"""Give a person a role."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.roles import given_roles, roles
from vliegwiel.foundation.people.actions.open_account import open_account
from vliegwiel.foundation.people.models import Organisation, Role
from vliegwiel.foundation.people.outbox import post
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.people.scopes import check_scope
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotValid


@recorded("give-role", kind="role", about=lambda arguments: str(arguments["kind"]))
def give_role(
    *,
    actor: Actor,
    email: str,
    organisation: str,
    kind: str,
    province: str,
    municipality: str = "",
    until: datetime | None = None,
    called: str = "",
    made_up: bool = False,
) -> Role:
    """A role for the person at this e-mail address, for an organisation (public id); the person gets a message about it.

    An account is opened when there is none. Nobody gives a role to themselves. Raises NotAllowed, NotFound for an unknown
    organisation, NotValid for a wrong address, role, place or end, or when the person already has this role.
    """
    demand(actor, "manage-roles", Subject(province=province, municipality=municipality))
    check_scope(province, municipality)
    if kind not in {role.key for role in given_roles()}:
        raise NotValid(_("Kies een rol uit de lijst."), code="unknown-role")
    try:
        validate_email(email.strip())
    except ValidationError:
        raise NotValid(_("Dit is geen e-mailadres. Schrijf het zo: naam@organisatie.nl."), code="no-email") from None
    if until is not None and until <= clock.now():
        raise NotValid(_("De einddatum is al voorbij. Kies een latere dag."), code="past-end")
    with transaction.atomic():
        found = Organisation.objects.filter(public_id=organisation).first()
        if found is None:
            raise NotFound(_("Deze organisatie kennen we niet."))
        demand(actor, "manage-roles", Subject(province=found.province, municipality=found.municipality))
        person = open_account(actor=actor, email=email, called=called, made_up=made_up)
        if actor.kind == "person" and person.public_id == actor.id:
            raise NotAllowed(_("U kunt uzelf geen rol geven. Vraag het een andere beheerder."), code="self")
        place = {"province": province, "municipality": municipality}
        if Role.objects.filter(person=person, organisation=found, kind=kind, until=None, **place).exists():
            raise NotValid(_("Deze persoon heeft deze rol al."), code="known-role")
        given = Role.objects.create(person=person, organisation=found, kind=kind, until=until, **place)
        post("role_given", person.email, {"role": roles()[kind], "organisation": found})
        record(
            actor=actor,
            action="give-role",
            subject=Reference("role", given.public_id, "", ""),
            facts={"person": person.public_id, "organisation": found.public_id, "kind": kind, **place},
            province=province,
        )
    return given
