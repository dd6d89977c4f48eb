"""A supporter writes their own page, chooses what is shown, and stops; somebody who knows them says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.catalogue.reader import themes
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, count_use
from vliegwiel.foundation.people.public import demand as demand_verb
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.see.areas.public import PlaceFacts, home_of
from vliegwiel.support.initiatives.public import first_concern, forget_messages_to
from vliegwiel.support.supporters.models import NetworkAnswer, NetworkQuestion, Supporter, SupporterVillage
from vliegwiel.support.supporters.standing import demand, may_confirm, named, note, own_only, supporter_named, supporter_of

KIND = "supporter"
_MOST_VILLAGES, _CONFIRMED_A_DAY = 8, 20


@dataclass(frozen=True)
class Profile:
    """What a supporter tells: first name, what they do, how to reach them (each may be empty), whether they take messages and are shown,
    the villages they are there for (area codes), and what they know about (themes and words)."""

    first_name: str = ""
    about: str = ""
    reach: str = ""
    takes_contact: bool = True
    shown: bool = False
    villages: Sequence[str] = ()
    knows: Sequence[str] = ()
    knows_about: str = ""


@trail.recorded("keep-supporter", kind=KIND)
@transaction.atomic
def keep_supporter(*, actor: Actor, province: str, profile: Profile, seen: int | None = None, made_up: bool = False) -> Supporter:
    """Write one's own page; the first time it is made. `seen` is the version that was changed. A number or address of one's own may be
    shown in `reach`, by choice. Raises NotAllowed, NotFound for an unknown place, NotValid, and NotNow (code "stale")."""
    demand_verb(actor, "be-supporter", Subject(person=actor.id))
    places = _places(profile.villages, province)
    values = _checked(profile, places)
    found = supporter_of(actor, province)
    if found is None:
        try:
            with transaction.atomic():
                found = Supporter.objects.create(province=province, person=actor.id, made_up=made_up, **values)
        except IntegrityError:
            raise _stale() from None
    else:
        version = found.version if seen is None else seen
        same = Supporter.objects.filter(pk=found.pk, version=version)
        if not same.update(version=F("version") + 1, changed_at=clock.now(), **values):
            raise _stale()
        found.refresh_from_db()
    found.villages.all().delete()
    SupporterVillage.objects.bulk_create(
        SupporterVillage(
            supporter=found,
            area=place.code,
            place_name=place.name,
            municipality=place.municipality,
            municipality_name=place.municipality_name,
        )
        for place in places
    )
    note(actor, "keep-supporter", found, {"shown": found.shown})
    return found


@trail.recorded("stop-supporter", kind=KIND, about=named("supporter"))
@transaction.atomic
def stop_supporter(*, actor: Actor, supporter: str) -> None:
    """Stop: the page, its messages and the name in the network are truly deleted; what was said in the network stays without a name.
    Raises NotFound and NotAllowed."""
    found = supporter_named(supporter)
    own_only(actor, found.person)
    note(actor, "stop-supporter", found)
    forget_supporter(found)


@trail.recorded("confirm-supporter", kind=KIND, about=named("supporter"))
@transaction.atomic
def confirm_supporter(*, actor: Actor, supporter: str) -> Supporter:
    """Say that one knows this supporter: the page shows when they chose so, and they are in the network. Raises NotFound, NotAllowed,
    NotNow when someone said so already or too many in a day."""
    found = supporter_named(supporter)
    demand(may_confirm(actor, found))
    count_use(what="supporters.confirmed", whose=actor.id if actor.kind == "person" else "", most=_CONFIRMED_A_DAY)
    by = actor.id if actor.kind == "person" else ""
    waiting = Supporter.objects.filter(pk=found.pk, known_at=None)
    if not waiting.update(known_at=clock.now(), known_by=by, changed_at=clock.now(), version=F("version") + 1):
        raise NotNow(_("Iemand zei al dat hij deze ondersteuner kent."), code="state")
    found.refresh_from_db()
    note(actor, "confirm-supporter", found)
    tell(
        about=Reference(KIND, found.public_id, found.title, "/mijn/dorpsondersteuner"),
        moment=f"known-{found.version}",
        template="support/supporters/texts/known",
        facts={"supporter": found},
        province=found.province,
        person=found.person,
        kind="initiatives",
    )
    return found


@trail.recorded("doubt-supporter", kind=KIND, about=named("supporter"))
@transaction.atomic
def doubt_supporter(*, actor: Actor, supporter: str) -> Supporter:
    """An adviser takes it back: the page is shown no longer until someone says again that they know them. Raises NotFound, NotAllowed,
    NotNow."""
    found = supporter_named(supporter)
    if actor.kind == "person" and actor.id == found.person:
        raise NotAllowed(_("Dit bent u zelf. Stoppen kan op uw eigen pagina."), code="own-file")
    demand_verb(actor, "confirm-supporters", Subject(province=found.province))
    known = Supporter.objects.filter(pk=found.pk, known_at__isnull=False)
    if not known.update(known_at=None, known_by="", changed_at=clock.now(), version=F("version") + 1):
        raise NotNow(_("Deze pagina is nog niet te zien."), code="state")
    found.refresh_from_db()
    note(actor, "doubt-supporter", found)
    return found


def forget_supporter(found: Supporter) -> None:
    """Delete the page with its messages, and the name in the network; part of the caller's transaction, which says that it may."""
    forget_messages_to(KIND, found.public_id)
    for model in (NetworkQuestion, NetworkAnswer):
        model._default_manager.filter(person=found.person).update(person="", name="")
    found.delete()


def _places(codes: Sequence[str], province: str) -> list[PlaceFacts]:
    found = []
    for code in dict.fromkeys(code.strip().upper()[:12] for code in codes if code.strip()):
        place = home_of(code, province)
        if place is None:
            raise NotFound(_("Deze plek vinden wij niet. Zoek op de naam van het dorp."))
        found.append(place)
    if len(found) > _MOST_VILLAGES:
        raise NotValid(_("Kies hoogstens acht dorpen, of kies de hele gemeente."), code="villages")
    return found


def _checked(profile: Profile, places: list[PlaceFacts]) -> dict[str, object]:
    texts = {
        "first_name": " ".join(profile.first_name.split())[:40],
        "about": profile.about.strip()[:240],
        "reach": profile.reach.strip()[:240],
        "knows_about": profile.knows_about.strip()[:240],
    }
    concern = first_concern([texts["first_name"], texts["about"], texts["knows_about"]]) or first_concern(
        [texts["reach"]], own=["phone", "email"]
    )
    if concern:
        raise NotValid(concern, code="concern")
    if profile.shown and not places:
        raise NotValid(_("Kies voor welk dorp u er bent. Dan vinden mensen u daar."), code="villages")
    return {
        **texts,
        "takes_contact": profile.takes_contact,
        "shown": profile.shown,
        "knows": [key for key in themes() if key in profile.knows],
    }


def _stale() -> NotNow:
    return NotNow(_("U wijzigde dit intussen ergens anders. Kijk welke tekst u wilt houden."), code="stale")
