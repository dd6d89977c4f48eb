"""What other rooms may ask about people.

`actor_of(request)` says who acts, for which organisation. `may(actor, verb, subject)` is a verdict with its reasons; `may_filter` narrows
a list to what the verdict says yes to, and they are tested to agree; `demand` raises NotAllowed with the reason. Verbs are keys of
catalogue/roles.yml. What no role allows is refused. `known_person` tells who someone is: only for pages that person or their file is on.
`count_use` refuses what is done too often in an hour or a day; `network_code` says which network asks, for who has no account.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet

from vliegwiel.catalogue.roles import mandate_matters
from vliegwiel.foundation.people import queries, retention, rules
from vliegwiel.foundation.people.actions.forget_people import forget_accounts, forget_colleagues
from vliegwiel.foundation.people.dossier import Dossier, of_form, show_dossier
from vliegwiel.foundation.people.limits import count_use
from vliegwiel.foundation.people.models import ConflictDeclaration, InterestKind
from vliegwiel.foundation.people.queries import Colleague, Fields, PersonFacts
from vliegwiel.foundation.people.rules import Subject
from vliegwiel.foundation.people.sessions import actor_of, network_code, signed_in, to_sign_in
from vliegwiel.foundation.people.waiting import Waiting, Waits
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.reading import once
from vliegwiel.kernel.verdict import Reason, Verdict

__all__ = [
    "Colleague",
    "Dossier",
    "Fields",
    "InterestKind",
    "PersonFacts",
    "Subject",
    "Waiting",
    "Waits",
    "actor_of",
    "colleague_of",
    "colleagues",
    "conflict_declared",
    "conflicts_declared",
    "count_use",
    "demand",
    "demand_somewhere",
    "forget_accounts",
    "forget_colleagues",
    "former_colleagues",
    "idle_accounts",
    "known_person",
    "mandate",
    "may",
    "may_filter",
    "may_one_of",
    "may_somewhere",
    "network_code",
    "of_form",
    "organisation_names",
    "organisation_with",
    "organisations_who_may",
    "organisations_with",
    "show_dossier",
    "signed_in",
    "stand_ins",
    "to_sign_in",
    "undertaking_of",
    "who_may",
]
colleagues = queries.colleagues
former_colleagues = retention.former_colleagues
idle_accounts = retention.idle_accounts
known_person = queries.known_person
organisation_names = queries.organisation_names
organisations_who_may = queries.organisations_who_may
organisation_with = queries.organisation_with
organisations_with = queries.organisations_with
stand_ins = queries.stand_ins
undertaking_of = queries.undertaking_of
Record = TypeVar("Record", bound=Model)
_INSTALLATION = Subject()


def may(actor: Actor, verb: str, subject: Subject = _INSTALLATION) -> Verdict:
    """Whether the actor may do this, with the reason. An unknown verb raises KeyError."""
    return rules.verdict(actor, queries.holdings(actor), verb, subject)


def may_one_of(actor: Actor, verbs: Sequence[str], subject: Subject = _INSTALLATION) -> Verdict:
    """Whether the actor may do this by one of these verbs: the first yes, else the no to the first; the roles are asked once."""
    held = queries.holdings(actor)
    verdicts = [rules.verdict(actor, held, verb, subject) for verb in verbs]
    return next(filter(None, verdicts), verdicts[0])


def may_filter(actor: Actor, verb: str, records: QuerySet[Record], fields: Fields) -> QuerySet[Record]:
    """The records the actor may do this to; `fields` names the columns (or paths) that say where and whose they are."""
    return queries.narrowed(actor, verb, records, fields)


def who_may(verb: str, subject: Subject = _INSTALLATION) -> list[str]:
    """The public ids of everyone whose role lets them do this to this subject: for who has to be told something."""
    return [person.public_id for person in queries.who_may(verb, subject)]


def may_somewhere(actor: Actor, verb: str) -> Verdict:
    """Whether the actor may do this to anything at all: for a page or menu that then shows only what `may_filter` lets through."""
    return rules.somewhere(actor, queries.holdings(actor), verb)


def demand_somewhere(actor: Actor, verb: str) -> None:
    """Go on only when the actor may do this to anything at all; raises NotAllowed with the reason otherwise."""
    _or_refuse(may_somewhere(actor, verb))


def demand(actor: Actor, verb: str, subject: Subject = _INSTALLATION) -> None:
    """Go on only when the actor may do this; raises NotAllowed with the reason otherwise."""
    _or_refuse(may(actor, verb, subject))


def mandate(actor: Actor, *, province: str, matter: str, amount: Money, on: date | None = None) -> Verdict:
    """Whether the actor may decide on this amount in the name of the executive (Awb 10:1), with the mandate it rests on.

    `matter` is "grants" or another key under `mandates` in catalogue/roles.yml; an unknown one raises KeyError. The facts of a yes
    hold the public id of the mandate and, for a stand-in, of the person it was given to.
    """
    name = mandate_matters()[matter]
    found = queries.mandates_of(actor, province=province, matter=matter, on=on or clock.today()).select_related("person").first()
    if found is None:
        return Verdict.no(Reason("no-mandate", f"U hebt geen mandaat: {name}.", "10:1 Awb", {"matter": matter}))
    facts = {"mandate": found.public_id, "person": found.person.public_id, "resolution": found.resolution}
    if found.most is not None and amount.cents > found.most:
        text = f"Uw mandaat gaat tot {Money(found.most).dutch()}. Leg dit voor aan iemand met een hoger mandaat."
        return Verdict.no(Reason("above-mandate", text, "10:1 Awb", facts))
    return Verdict.yes(Reason("mandate", f"U hebt hiervoor mandaat: {found.resolution}.", "10:1 Awb", facts))


def conflict_declared(person: str, about: Reference) -> bool:
    """Whether this person (public id) said to have an interest in this file (Awb 2:4)."""
    declared = {"person__public_id": person, "about_kind": about.kind, "about_id": about.id}
    return once(("conflict", person, about.kind, about.id), lambda: ConflictDeclaration.objects.filter(**declared).exists())


def conflicts_declared(person: str, kind: str) -> set[str]:
    """The ids of every file of a kind that this person (public id) said to have an interest in: for lists."""
    return set(ConflictDeclaration.objects.filter(person__public_id=person, about_kind=kind).values_list("about_id", flat=True))


def colleague_of(person: str, verbs: Iterable[str], subject: Subject) -> Colleague | None:
    """This person (public id), when they may do one of these verbs to this subject; None otherwise."""
    return next((item for item in queries.colleagues(verbs, subject) if item.id == person), None)


def _or_refuse(found: Verdict) -> None:
    if not found:
        raise NotAllowed(found.reasons[0].text, code=found.reasons[0].code)
