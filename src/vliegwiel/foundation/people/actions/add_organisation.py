"""Add an organisation."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.models import Organisation, OrganisationKind
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.people.scopes import check_scope
from vliegwiel.foundation.trail.public import record, recorded
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid


@recorded("add-organisation", kind="organisation")
def add_organisation(
    *, actor: Actor, name: str, kind: str, province: str, municipality: str = "", made_up: bool = False
) -> Organisation:
    """An organisation people can act for. Raises NotAllowed, or NotValid for an empty or known name or an unknown kind or place."""
    demand(actor, "manage-organisations", Subject(province=province, municipality=municipality))
    name = " ".join(name.split())
    if not name:
        raise NotValid(_("Vul de naam van de organisatie in."), code="no-name")
    if kind not in OrganisationKind.values:
        raise NotValid(_("Kies een soort organisatie."), code="unknown-kind")
    check_scope(province, municipality)
    with transaction.atomic():
        if Organisation.objects.filter(name__iexact=name, province=province).exists():
            raise NotValid(_("{name} staat al in de lijst.").format(name=name), code="known-organisation")
        added = Organisation.objects.create(name=name, kind=kind, province=province, municipality=municipality, made_up=made_up)
        record(
            actor=actor, action="add-organisation", subject=Reference("organisation", added.public_id, "", ""), province=province
        )
    return added
