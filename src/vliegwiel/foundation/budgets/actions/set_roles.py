"""Say which roles the province takes in each phase of an instrument."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.instruments import phases, province_roles
from vliegwiel.foundation.budgets.models import Instrument
from vliegwiel.foundation.budgets.queries import instrument_named
from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotValid


@trail.recorded("set-roles", kind="instrument", about=lambda arguments: str(arguments["instrument"])[:12])
def set_roles(*, actor: Actor, instrument: str, roles: Mapping[str, Sequence[str]]) -> Instrument:
    """The roles per phase of an instrument (public id), keys of the catalogue; replaces what was there.

    Raises NotFound, NotAllowed, or NotValid for an unknown phase or role.
    """
    found = instrument_named(instrument)
    demand(actor, "manage-budgets", Subject(province=found.province))
    taken = known_roles(roles)
    with transaction.atomic():
        Instrument.objects.filter(pk=found.pk).update(roles=taken)
        trail.record(
            actor=actor,
            action="set-roles",
            subject=Reference("instrument", found.public_id, "", ""),
            facts={phase: "+".join(names) for phase, names in taken.items()},
            province=found.province,
        )
    found.refresh_from_db()
    return found


def known_roles(roles: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The roles of phases that have any; raises NotValid for what the catalogue does not know."""
    taken = {phase: list(names) for phase, names in roles.items() if names}
    if set(taken) - set(phases()) or {name for names in taken.values() for name in names} - set(province_roles()):
        raise NotValid(_("Kies fasen en rollen uit de lijst."), code="no-role")
    return taken
