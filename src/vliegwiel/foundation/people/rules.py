"""Who may do what: the decision itself, on plain values. Everything that is not allowed is refused, with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vliegwiel.catalogue.roles import RoleKind, Verb, roles, verbs
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.verdict import Reason, Verdict


@dataclass(frozen=True)
class Subject:
    """What a permission is asked for: where it lies and whose it is (public ids; empty when it has none)."""

    province: str = ""
    municipality: str = ""
    organisation: str = ""
    person: str = ""


@dataclass(frozen=True)
class Holding:
    """A role someone holds now: its kind, the organisation it is for, its province, and its municipality when limited to one."""

    kind: str
    organisation: str = ""
    province: str = ""
    municipality: str = ""


def verb_of(key: str) -> Verb:
    """The verb; raises KeyError for one that the catalogue does not know: a fault of the program, not of a person."""
    return verbs()[key]


def implied(actor: Actor) -> list[RoleKind]:
    """The roles that nobody has to be given: those of a visitor, and for who signed in those of a person."""
    kinds = {"visitor"} if actor.kind == "visitor" else {"visitor", "person"}
    return [role for role in roles().values() if role.everyone in kinds]


def covers(verb: Verb, holding: Holding, subject: Subject) -> bool:
    """Whether a role with this verb reaches this subject."""
    if verb.reach == "anything":
        return True
    if verb.reach == "installation":
        return not holding.municipality
    if verb.reach == "scope":
        return subject.province == holding.province and holding.municipality in ("", subject.municipality)
    return verb.reach == "organisation" and bool(subject.organisation) and subject.organisation == holding.organisation


def verdict(actor: Actor, holdings: Iterable[Holding], key: str, subject: Subject) -> Verdict:
    """May this actor, holding these roles for the organisation they act for, do this to this subject?"""
    verb = verb_of(key)
    if actor.kind == "system":
        return Verdict.yes(Reason("installation", _("De installatie zelf mag dit.")))
    implied_kinds = [role for role in implied(actor) if key in role.verbs]
    if implied_kinds and verb.reach == "anything":
        return Verdict.yes(Reason("everyone", _("Iedereen mag dit.")))
    if implied_kinds and verb.reach == "person" and actor.id and subject.person == actor.id:
        return Verdict.yes(Reason("own", _("Dit is van uzelf.")))
    with_verb = [holding for holding in holdings if key in roles()[holding.kind].verbs]
    for holding in with_verb:
        if covers(verb, holding, subject):
            return Verdict.yes(
                Reason("role", _("U mag dit als {name}.").format(name=roles()[holding.kind].name), facts={"role": holding.kind})
            )
    if with_verb:
        return Verdict.no(
            Reason("out-of-scope", _("Uw rol mag {name}, maar niet hier.").format(name=verb.name), facts={"verb": key})
        )
    if actor.kind == "visitor":
        return Verdict.no(
            Reason(
                "sign-in", _("Log eerst in. Daarna kijken we of u dit mag: {name}.").format(name=verb.name), facts={"verb": key}
            )
        )
    if implied_kinds:
        return Verdict.no(Reason("not-own", _("Dit is van iemand anders."), facts={"verb": key}))
    return Verdict.no(Reason("no-role", _("U hebt geen rol die dit mag: {name}.").format(name=verb.name), facts={"verb": key}))


def somewhere(actor: Actor, holdings: Iterable[Holding], key: str) -> Verdict:
    """May this actor do this to anything at all?"""
    held = [holding for holding in holdings if key in roles()[holding.kind].verbs]
    places = [Subject(item.province, item.municipality, item.organisation) for item in held]
    yes = (found for place in [*places, Subject(person=actor.id)] if (found := verdict(actor, held, key, place)))
    return next(yes, None) or verdict(actor, held, key, Subject())
