"""Reads of people, organisations and roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import F, Model, Q, QuerySet

from vliegwiel.catalogue.roles import roles
from vliegwiel.foundation.people.models import Mandate, Organisation, OrganisationLink, Person, Role, StandIn
from vliegwiel.foundation.people.rules import Holding, Subject, covers, implied, verb_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.reading import once

Record = TypeVar("Record", bound=Model)


@dataclass(frozen=True)
class Fields:
    """Which columns of a table say where a record lies and whose it is; empty when the table has none."""

    province: str = ""
    municipality: str = ""
    organisation: str = ""
    person: str = ""


@dataclass(frozen=True)
class PersonFacts:
    """Who someone is, for a room that they gave their work to: public id, how we address them, their e-mail address."""

    id: str
    name: str
    email: str


def known_person(person: str) -> PersonFacts | None:
    """The facts of a person with an open account (public id)."""
    found = Person.objects.filter(public_id=person, is_active=True).first() if person else None
    return PersonFacts(found.public_id, found.name, found.email) if found else None


def current(moment: datetime | None = None) -> Q:
    """The condition that a role holds at a moment (now)."""
    at = moment or clock.now()
    return Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))


def roles_of(person: Person) -> QuerySet[Role]:
    """The roles a person holds now, by organisation."""
    return person.roles.filter(current()).select_related("organisation").order_by("organisation__name", "kind")


def organisations_of(person: Person) -> list[Organisation]:
    """The organisations a person can act for now."""
    found = once(("roles", person.pk), lambda: list(roles_of(person)))
    return list({role.organisation_id: role.organisation for role in found}.values())


def holdings(actor: Actor) -> list[Holding]:
    """The roles an actor holds now for the organisation they act for; none without an organisation."""
    if actor.kind != "person" or not actor.organisation:
        return []
    return once(("holdings", actor), lambda: _held(actor))


def _held(actor: Actor) -> list[Holding]:
    found = Role.objects.filter(
        current(),
        Q(person__public_id=actor.id) | Q(person__in=absent_for(actor)),
        person__is_active=True,
        organisation__public_id=actor.organisation,
    )
    return [Holding(role.kind, actor.organisation, role.province, role.municipality) for role in found if role.kind in roles()]


def absent_for(actor: Actor) -> QuerySet[Person]:
    """The colleagues whose work the actor does today, in the organisation the actor acts for."""
    today = clock.today()
    return Person.objects.filter(
        replaced_by__replacement__public_id=actor.id,
        replaced_by__replacement__is_active=True,
        replaced_by__organisation__public_id=actor.organisation,
        replaced_by__first_day__lte=today,
        replaced_by__last_day__gte=today,
    )


def who_may(verb: str, subject: Subject) -> list[Person]:
    """Everyone whose role lets them do this to this subject now, each once; not who only stands in."""
    kinds = [kind.key for kind in roles().values() if verb in kind.verbs]
    found = Role.objects.filter(current(), kind__in=kinds, person__is_active=True).select_related("person", "organisation")
    there = (
        role.person
        for role in found.order_by("pk")
        if covers(verb_of(verb), Holding(role.kind, role.organisation.public_id, role.province, role.municipality), subject)
    )
    return list(dict.fromkeys(there))


def stand_ins(day: date) -> dict[tuple[str, str], PersonFacts]:
    """Who does the work of whom on a day, by (absent person, organisation): public ids."""
    found = StandIn.objects.filter(first_day__lte=day, last_day__gte=day, replacement__is_active=True)
    return {
        (row.absent.public_id, row.organisation.public_id): PersonFacts(
            row.replacement.public_id, row.replacement.name, row.replacement.email
        )
        for row in found.select_related("absent", "replacement", "organisation").order_by("pk")
    }


def mandates_of(actor: Actor, *, province: str, matter: str, on: date) -> QuerySet[Mandate]:
    """The mandates that count for the actor on a day: their own, and those of whom they stand in for; the widest first."""
    return Mandate.objects.filter(
        Q(person__public_id=actor.id) | Q(person__in=absent_for(actor)),
        Q(until=None) | Q(until__gte=on),
        since__lte=on,
        province=province,
        matter=matter,
        organisation__public_id=actor.organisation,
        person__is_active=True,
    ).order_by(F("most").desc(nulls_first=True), "pk")


def undertaking_of(organisation: str, *, on: date | None = None) -> frozenset[str]:
    """The public ids of all organisations that form one undertaking with this one on a day, itself included."""
    day = on or clock.today()
    links = OrganisationLink.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    pairs = list(links.values_list("controls__public_id", "controlled__public_id"))
    found, edge = {organisation}, {organisation}
    while edge:
        edge = {there for pair in pairs for here, there in (pair, pair[::-1]) if here in edge} - found
        found |= edge
    return frozenset(found)


def organisation_with(kvk: str) -> str:
    """The public id of the organisation with this number in the trade register; empty when we know none."""
    found = Organisation.objects.filter(kvk=kvk).order_by("pk").first() if kvk else None
    return found.public_id if found else ""


def organisations_with(numbers: Iterable[str]) -> dict[str, str]:
    """The public id of the organisation with each of these numbers in the trade register, where we know one; one question."""
    wanted = {number for number in numbers if number}
    rows = Organisation.objects.filter(kvk__in=wanted).order_by("-pk") if wanted else []
    return {row.kvk: row.public_id for row in rows}


def organisation_names(organisations: Iterable[str]) -> dict[str, str]:
    """The names of these organisations by public id; one that we do not know is left out."""
    return dict(Organisation.objects.filter(public_id__in=set(organisations)).values_list("public_id", "name"))


@dataclass(frozen=True)
class Colleague:
    """Someone who may do a kind of work (*collega*): public id, how we call them, and the organisation they do it for."""

    id: str
    name: str
    organisation: str
    organisation_name: str
    province: str

    @property
    def actor(self) -> Actor:
        """This person at work for that organisation."""
        return Actor("person", self.id, self.organisation, province=self.province)


def colleagues(verbs: Iterable[str], subject: Subject) -> list[Colleague]:
    """Who holds a role now that may do one of these verbs to this subject, by name; each person once."""
    wanted = [verb_of(key) for key in verbs]
    kinds = [kind.key for kind in roles().values() if any(verb.key in kind.verbs for verb in wanted)]
    held = Role.objects.filter(current(), kind__in=kinds, province=subject.province, person__is_active=True)
    found: dict[str, Colleague] = {}
    for role in held.select_related("person", "organisation").order_by("person__called", "person__email", "pk"):
        holding = Holding(role.kind, role.organisation.public_id, role.province, role.municipality)
        if any(verb.key in roles()[role.kind].verbs and covers(verb, holding, subject) for verb in wanted):
            at = role.organisation
            found.setdefault(
                role.person.public_id,
                Colleague(role.person.public_id, role.person.name, at.public_id, at.name, at.province),
            )
    return list(found.values())


def organisations_who_may(verb: str, province: str) -> list[tuple[str, str]]:
    """The organisations (public id, name) with someone whose role in this province holds a verb now, by name."""
    kinds = [kind.key for kind in roles().values() if verb in kind.verbs]
    held = Role.objects.filter(current(), kind__in=kinds, province=province, person__is_active=True)
    rows = held.order_by("organisation__name", "organisation__pk").values_list("organisation__public_id", "organisation__name")
    return list(dict.fromkeys(rows))


def needs_second_factor(person: Person) -> bool:
    """Whether any role this person holds now, or does the work of today, asks a second step at signing in."""
    today = clock.today()
    absent = Person.objects.filter(
        replaced_by__replacement=person, replaced_by__first_day__lte=today, replaced_by__last_day__gte=today
    )
    kinds = set(Role.objects.filter(current(), Q(person=person) | Q(person__in=absent)).values_list("kind", flat=True))
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
