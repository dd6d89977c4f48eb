"""Say that one stays away from a file."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.models import ConflictDeclaration, InterestKind, Person
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid


@recorded("declare-conflict", kind="conflict")
def declare_conflict(*, actor: Actor, about: Reference, kind: str) -> ConflictDeclaration:
    """The actor has an interest in this file and stays away from it (Awb 2:4); saying it again changes nothing.

    Of the file only kind and id are kept. Raises NotAllowed for a visitor, NotValid for an unknown kind of interest.
    """
    demand(actor, "manage-own-account", Subject(person=actor.id))
    if kind not in InterestKind.values:
        raise NotValid(_("Kies waarom u wegblijft van dit dossier."), code="unknown-kind")
    with transaction.atomic():
        person = Person.objects.get(public_id=actor.id)
        declared, new = ConflictDeclaration.objects.get_or_create(
            person=person, about_kind=about.kind, about_id=about.id, defaults={"kind": kind}
        )
        if new:
            record(actor=actor, action="declare-conflict", subject=Reference(about.kind, about.id, "", ""), facts={"kind": kind})
    return declared
