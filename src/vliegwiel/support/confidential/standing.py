"""The one door to confidential cases: whose they are, what may be done now, and how it is kept. There is no way around it.

A case of another team and a case that does not exist are the same: one question to the database, one refusal, one message.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow
from vliegwiel.support.confidential.lifecycle import MOVES, NAMES
from vliegwiel.support.confidential.models import ConfidentialCase, ConfidentialMember, ConfidentialTeam

#: The kind of record in the trail; no logbook shows its entries (`VLIEGWIEL_CONFIDENTIAL_KINDS`).
KIND = "confidential-case"
WORK, COORDINATE = "do-confidential-casework", "keep-confidential-teams"


def reference(name: str) -> Reference:
    """How the trail points at a case or, for a list, at its team."""
    return Reference(KIND, name, "", "")


def named(argument: str = "case") -> Callable[[Mapping[str, Any]], str]:
    """How the trail finds, in the arguments of an action, what a refused act was about."""
    return lambda arguments: str(arguments[argument])[:12]


def teams_of(actor: Actor) -> QuerySet[ConfidentialTeam]:
    """The teams this person is in, for the organisation they act for, while their role lets them do this work."""
    if not _works(actor):
        return ConfidentialTeam.objects.none()
    return ConfidentialTeam.objects.filter(organisation=actor.organisation, pk__in=_memberships(actor))


def visible_to(actor: Actor) -> QuerySet[ConfidentialCase]:
    """The cases of the teams this person is in; nothing for everybody else, also for the installation itself."""
    if not _works(actor):
        return ConfidentialCase.objects.none()
    return ConfidentialCase.objects.filter(team__organisation=actor.organisation, team__in=_memberships(actor))


def case_for(actor: Actor, name: str) -> ConfidentialCase:
    """The case of this person's team with this public id; NotFound for everything else, whatever the reason."""
    found = visible_to(actor).select_related("team").filter(public_id=name).first()
    if found is None:
        raise NotFound(_("Deze pagina bestaat niet."))
    return found


def begin(actor: Actor, key: str, name: str) -> ConfidentialCase:
    """The case, when its state allows this move now; raises NotFound or NotNow."""
    found = case_for(actor, name)
    if found.stands not in MOVES[key].sources:
        raise NotNow(_("Dit kan nu niet. Deze zaak: {state}.").format(state=NAMES[found.stands]), code="state")
    return found


def finish(
    actor: Actor,
    key: str,
    found: ConfidentialCase,
    *,
    facts: Mapping[str, str | int | bool | None] | None = None,
    **changes: Any,
) -> ConfidentialCase:
    """Make the move in the caller's transaction, unless someone else changed the case since it was read (NotNow); recorded."""
    state = MOVES[key].target or found.stands
    unchanged = ConfidentialCase.objects.filter(pk=found.pk, revision=found.revision, state=found.state)
    if not unchanged.update(state=state.value, revision=F("revision") + 1, **changes):
        raise NotNow(_("Iemand anders heeft deze zaak net gewijzigd. Bekijk haar opnieuw."), code="stale")
    found.refresh_from_db()
    keep(actor, key, found, facts)
    return found


def keep(actor: Actor, key: str, found: ConfidentialCase, facts: Mapping[str, str | int | bool | None] | None = None) -> None:
    """Write the act in the trail."""
    trail.record(
        actor=actor,
        action=key,
        subject=reference(found.public_id),
        facts={"state": found.state, **(facts or {})},
        province=found.province,
    )


def _works(actor: Actor) -> bool:
    return (
        actor.kind == "person" and bool(actor.organisation) and bool(may(actor, WORK, Subject(organisation=actor.organisation)))
    )


def _memberships(actor: Actor) -> QuerySet[Any, int]:
    return ConfidentialMember.objects.filter(person=actor.id, until=None).values_list("team_id", flat=True)
