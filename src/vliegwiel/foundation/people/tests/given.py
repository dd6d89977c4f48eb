"""People of a province that does not exist, made by the real actions."""

from vliegwiel.foundation.people.actions.add_organisation import add_organisation
from vliegwiel.foundation.people.actions.give_role import give_role
from vliegwiel.foundation.people.models import Organisation, Role
from vliegwiel.kernel.actor import Actor

SYSTEM = Actor.system("cli")
PROVINCE = "PV99"


def an_organisation(name: str = "Steunpunt Denkbeeldig", *, province: str = PROVINCE, municipality: str = "") -> Organisation:
    """An organisation in the made-up province."""
    return add_organisation(actor=SYSTEM, name=name, kind="steunorganisatie", province=province, municipality=municipality)


def a_role(
    kind: str, *, organisation: Organisation | None = None, email: str = "", province: str = PROVINCE, municipality: str = ""
) -> Role:
    """A role at an organisation, for a person of its own unless an address is given."""
    at = organisation or an_organisation(f"Organisatie van {kind} {Organisation.objects.count()}", province=province)
    address = email or f"{kind}@voorbeeld.invalid"
    return give_role(
        actor=SYSTEM, email=address, organisation=at.public_id, kind=kind, province=province, municipality=municipality
    )


def acting(role: Role) -> Actor:
    """Who holds this role, for its organisation."""
    return Actor("person", role.person.public_id, role.organisation.public_id, province=role.organisation.province)
