"""A team begins a case, writes what the people themselves want, and says who handles it."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.confidential import rules_on
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotFound, NotValid
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.support.confidential.models import About, ConfidentialCase, ConfidentialMember
from vliegwiel.support.confidential.queries import active_members
from vliegwiel.support.confidential.rules import checked
from vliegwiel.support.confidential.standing import KIND, begin, finish, keep, named, teams_of


@dataclass(frozen=True)
class CaseFacts:
    """What a team writes down to begin: a key of the kind, the municipality by its code, and texts."""

    kind: str
    municipality: str
    title: str
    place_name: str = ""
    address: str = ""
    wish: str = ""
    summary: str = ""


@trail.recorded("open-confidential", kind=KIND, about=named("team"))
@transaction.atomic
def open_confidential(*, actor: Actor, team: str, facts: CaseFacts, looked_again: bool = False) -> ConfidentialCase:
    """Begin a case in one of the actor's own teams; the actor handles it. Raises NotFound for another team, NotValid for what is not
    complete or may not be written (see `rules.checked`)."""
    own = teams_of(actor).filter(public_id=team).first()
    if own is None:
        raise NotFound(_("Deze pagina bestaat niet."))
    kind = rules_on(clock.today()).kind(facts.kind)
    places = dict(municipalities_of(own.province))
    if kind is None:
        raise NotValid(_("Kies waar deze zaak over gaat."), code="no-kind")
    if facts.municipality not in places or own.municipality not in ("", facts.municipality):
        raise NotValid(_("Kies de gemeente van deze zaak."), code="no-municipality")
    if not facts.title.strip():
        raise NotValid(_("Geef de zaak een korte naam. Gebruik geen naam van een mens."), code="no-title")
    if kind.about == About.BUILDING and not (facts.address.strip() or facts.place_name.strip()):
        raise NotValid(_("Schrijf op welk gebouw of welke plek dit is."), code="no-place")
    if kind.about == About.GROUP and facts.address.strip():
        raise NotValid(_("Een groep heeft geen adres. Schrijf alleen de buurt op."), code="address-of-group")
    checked(facts.title, facts.place_name, facts.address, facts.wish, facts.summary, looked_again=looked_again)
    member = ConfidentialMember.objects.get(team=own, person=actor.id, until=None)
    found = ConfidentialCase.objects.create(
        team=own,
        province=own.province,
        about=kind.about,
        kind=kind.key,
        municipality=facts.municipality,
        municipality_name=places[facts.municipality],
        place_name=facts.place_name.strip()[:120],
        address=facts.address.strip()[:120],
        title=facts.title.strip()[:80],
        wish=facts.wish.strip(),
        summary=facts.summary.strip(),
        keeper=actor.id,
        keeper_name=member.name,
        opened_on=clock.today(),
        made_up=settings.VLIEGWIEL_DEMO,
    )
    keep(actor, "open-confidential", found, {"looked-again": looked_again})
    return found


@trail.recorded("write-case", kind=KIND, about=named())
@transaction.atomic
def write_case(*, actor: Actor, case: str, wish: str, summary: str, looked_again: bool = False) -> ConfidentialCase:
    """Write what the people themselves want and what is known. Raises NotFound, NotNow, NotValid."""
    found = begin(actor, "write-case", case)
    checked(wish, summary, looked_again=looked_again)
    return finish(actor, "write-case", found, facts={"looked-again": looked_again}, wish=wish.strip(), summary=summary.strip())


@trail.recorded("take-confidential", kind=KIND, about=named())
@transaction.atomic
def take_confidential(*, actor: Actor, case: str) -> ConfidentialCase:
    """The actor handles it from now on. Raises NotFound, NotNow."""
    found = begin(actor, "take-confidential", case)
    member = ConfidentialMember.objects.get(team=found.team, person=actor.id, until=None)
    return finish(actor, "take-confidential", found, keeper=actor.id, keeper_name=member.name)


@trail.recorded("pass-confidential", kind=KIND, about=named())
@transaction.atomic
def pass_confidential(*, actor: Actor, case: str, person: str) -> ConfidentialCase:
    """Another member of the same team handles it from now on. Raises NotFound, NotNow, NotValid for who is not in the team."""
    found = begin(actor, "pass-confidential", case)
    member = next((item for item in active_members(found.team) if item.person == person), None)
    if member is None:
        raise NotValid(_("Kies iemand uit het team."), code="no-member")
    return finish(actor, "pass-confidential", found, facts={"to": person}, keeper=person, keeper_name=member.name)
