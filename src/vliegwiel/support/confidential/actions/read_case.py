"""Reading is an act: who, which case, why. Without a reason nothing opens."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.confidential import purposes
from vliegwiel.foundation.trail import public as trail
from vliegwiel.foundation.trail.public import Result
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotValid
from vliegwiel.support.confidential.models import ConfidentialCase
from vliegwiel.support.confidential.queries import HEAPS, heap_of
from vliegwiel.support.confidential.standing import KIND, case_for, named, reference, teams_of


@trail.recorded("read-case", kind=KIND, about=named())
def find_case(*, actor: Actor, case: str) -> ConfidentialCase:
    """The case, before anything of it is shown and why is asked; that somebody tried who may not is kept. Raises NotFound."""
    return case_for(actor, case)


@trail.recorded("read-case", kind=KIND, about=named())
@transaction.atomic
def read_case(*, actor: Actor, case: str, purpose: str) -> ConfidentialCase:
    """The case, for a purpose of catalogue/confidential.yml; kept in the trail as read. Raises NotFound, NotValid without a purpose."""
    found = case_for(actor, case)
    if purpose not in purposes():
        raise NotValid(_("Kies waarvoor u deze zaak opent."), code="no-purpose")
    trail.record(
        actor=actor,
        action="read-case",
        subject=reference(found.public_id),
        result=Result.READ,
        facts={"purpose": purpose},
        province=found.province,
    )
    return found


@trail.recorded("list-confidential", kind=KIND)
@transaction.atomic
def list_cases(*, actor: Actor, heap: str) -> list[ConfidentialCase]:
    """One heap of the cases of this person's teams; that they saw the list is kept. An unknown heap is the first."""
    chosen = heap if heap in HEAPS else "open"
    found = heap_of(actor, chosen)
    for team in teams_of(actor):
        trail.record(
            actor=actor,
            action="list-confidential",
            subject=reference(team.public_id),
            result=Result.READ,
            facts={"rows": sum(case.team_id == team.pk for case in found)},
            province=team.province,
        )
    return found
