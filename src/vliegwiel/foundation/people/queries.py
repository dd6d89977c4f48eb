"""Reads of people, organisations and roles."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from vliegwiel.catalogue.roles import roles
from vliegwiel.foundation.people.models import Organisation, Person, Role
from vliegwiel.foundation.people.rules import Holding, implied, verb_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor

Record = TypeVar("Record", bound=Model)


@dataclass(frozen=True)
class Fields:
    """Which columns of a table say where a record lies and whose it is; empty when the table has none."""

    province: str = ""
    municipality: str = ""
    organisation: str = ""
    person: str = ""


def current(moment: datetime | None = None) -> Q:
    """The condition that a role holds at a moment (now)."""
    at = moment or clock.now()
    return Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))


def roles_of(person: Person) -> QuerySet[Role]:
    """The roles a person holds now, by organisation."""
    return person.roles.filter(current()).select_related("organisation").order_by("organisation__name", "kind")


def organisations_of(person: Person) -> list[Organisation]:
    """The organisations a person can act for now."""
    found = {role.organisation_id: role.organisation for role in roles_of(person)}
    return list(found.values())


def holdings(actor: Actor) -> list[Holding]:
    """The roles an actor holds now for the organisation they act for; none without an organisation."""
    if actor.kind != "person" or not actor.organisation:
        return []
    found = Role.objects.filter(
        current(), person__public_id=actor.id, person__is_active=True, organisation__public_id=actor.organisation
    )
    return [Holding(role.kind, actor.organisation, role.province, role.municipality) for role in found if role.kind in roles()]


def needs_second_factor(person: Person) -> bool:
    """Whether any role this person holds now asks a second step at signing in."""
    kinds = set(roles_of(person).values_list("kind", flat=True))
    return any(kind not in roles() or roles()[kind].second_factor for kind in kinds)


def narrowed(actor: Actor, key: str, records: QuerySet[Record], fields: Fields) -> QuerySet[Record]:
    """The records of a list that `rules.verdict` says yes to: the same decision as one condition."""
    verb = verb_of(key)
    if actor.kind == "system":
        return records
    allowed = Q(pk__in=[])
    is_implied = any(key in role.verbs for role in implied(actor))
    if is_implied and verb.reach == "anything":
        return records
    if is_implied and verb.reach == "person" and actor.id and fields.person:
        allowed |= Q(**{fields.person: actor.id})
    for holding in holdings(actor):
        if key in roles()[holding.kind].verbs:
            allowed |= _reach(verb.reach, holding, fields)
    return records.filter(allowed)


def _reach(on: str, holding: Holding, fields: Fields) -> Q:
    """The twin of `rules.covers`."""
    everything, nothing = ~Q(pk__in=[]), Q(pk__in=[])
    if on == "anything":
        return everything
    if on == "installation":
        return nothing if holding.municipality else everything
    if on == "scope" and fields.province:
        within = Q(**{fields.province: holding.province})
        if not holding.municipality:
            return within
        return within & Q(**{fields.municipality: holding.municipality}) if fields.municipality else nothing
    if on == "organisation" and fields.organisation:
        return Q(**{fields.organisation: holding.organisation})
    return nothing
