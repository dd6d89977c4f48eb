"""Keep the rules for who gets which question."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.desk import desk
from vliegwiel.foundation.people.public import Subject, demand, may, organisation_names
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.desk.actions.hand_over import adviser_named
from vliegwiel.support.desk.models import DeskContact, Route
from vliegwiel.support.desk.rules import PHONE

_MOST_FILES = 500


@dataclass(frozen=True)
class Rule:
    """Who gets what: an adviser (public id, empty for the whole organisation), for these themes, kinds of help and
    municipalities (empty: all of them), up to so many open files (None: no limit)."""

    adviser: str = ""
    themes: Sequence[str] = ()
    kinds: Sequence[str] = ()
    municipalities: Sequence[str] = ()
    most: int | None = None


@trail.recorded("write-route", kind="route")
@transaction.atomic
def write_route(*, actor: Actor, province: str, organisation: str, rule: Rule) -> Route:
    """A new rule for an organisation (public id). A rule is changed by ending it and writing another. For who works there, or keeps the
    routing of the province. Raises NotAllowed, NotNow when the same rule is there already, NotValid."""
    _demand(actor, province, organisation)
    name = organisation_names([organisation]).get(organisation, "")
    known = {code for code, _name in municipalities_of(province)}
    if (
        not name
        or set(rule.themes) - set(desk().themes)
        or set(rule.kinds) - set(desk().kinds)
        or set(rule.municipalities) - known
    ):
        raise NotValid(_("Kies uit wat er staat."), code="unknown")
    if rule.most is not None and not 1 <= rule.most <= _MOST_FILES:
        raise NotValid(_("Het hoogste aantal dossiers ligt tussen 1 en {most}.").format(most=_MOST_FILES), code="most")
    adviser = adviser_named(rule.adviser, province) if rule.adviser else None
    if adviser is not None and adviser.organisation != organisation:
        raise NotValid(_("Kies een adviseur van deze organisatie."), code="organisation")
    about = {
        "themes": sorted(set(rule.themes)),
        "kinds": sorted(set(rule.kinds)),
        "municipalities": sorted(set(rule.municipalities)),
        "most": rule.most if adviser else None,
    }
    who = {"province": province, "organisation": organisation, "adviser": adviser.id if adviser else ""}
    for there in Route.objects.filter(**who, ended_at=None):
        if {key: getattr(there, key) for key in about} == about:
            raise NotNow(_("Deze regel is er al. Iemand anders schreef hem misschien net."), code="same")
    names = {"organisation_name": name, "adviser_name": adviser.name if adviser else ""}
    found = Route.objects.create(**who, **names, **about)
    _record(actor, "write-route", found)
    return found


@trail.recorded("end-route", kind="route", about=lambda arguments: str(arguments["route"])[:12])
@transaction.atomic
def end_route(*, actor: Actor, route: str) -> None:
    """From now on nobody gets a question by this rule. Raises NotFound, NotAllowed, and NotNow when somebody else ended it first."""
    found = Route.objects.filter(public_id=route).first()
    if found is None:
        raise NotFound(_("Deze regel kennen we niet."))
    _demand(actor, found.province, found.organisation)
    if not Route.objects.filter(pk=found.pk, ended_at=None).update(ended_at=clock.now()):
        raise NotNow(_("Iemand anders heeft deze regel net beëindigd. Dit zijn de regels van nu."), code="stale")
    _record(actor, "end-route", found)


@trail.recorded("keep-desk-contact", kind="organisation", about=lambda arguments: str(arguments["organisation"])[:12])
@transaction.atomic
def keep_desk_contact(
    *, actor: Actor, province: str, organisation: str, phone: str, hours: str = "", address: str = ""
) -> DeskContact:
    """How people reach an organisation (public id) without this site, as everyone reads it at the desk. For who works there, or keeps the
    routing of the province. Raises NotAllowed, and NotValid for a number nobody can dial."""
    _demand(actor, province, organisation)
    number = " ".join(phone.split())
    if number and not PHONE.fullmatch(number):
        raise NotValid(_("Dit telefoonnummer klopt niet. Schrijf alleen cijfers."), code="phone")
    values = {
        "phone": number,
        "hours": " ".join(hours.split())[:120],
        "address": " ".join(address.split())[:200],
        "changed_at": clock.now(),
    }
    found, _made = DeskContact.objects.update_or_create(province=province, organisation=organisation, defaults=values)
    trail.record(
        actor=actor, action="keep-desk-contact", subject=Reference("organisation", organisation, "", ""), province=province
    )
    return found


def may_keep(actor: Actor, province: str, organisation: str) -> bool:
    """Whether this actor keeps the rules of this organisation."""
    own = may(actor, "keep-own-routing", Subject(organisation=organisation))
    return bool(own or may(actor, "keep-routing", Subject(province=province)))


def _demand(actor: Actor, province: str, organisation: str) -> None:
    if not may(actor, "keep-own-routing", Subject(organisation=organisation)):
        demand(actor, "keep-routing", Subject(province=province))


def _record(actor: Actor, action: str, found: Route) -> None:
    facts: dict[str, str | int | bool | None] = {"organisation": found.organisation}
    trail.record(
        actor=actor, action=action, subject=Reference("route", found.public_id, "", ""), facts=facts, province=found.province
    )
