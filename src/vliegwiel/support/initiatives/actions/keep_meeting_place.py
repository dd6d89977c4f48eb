"""Meeting places: entered by an adviser or municipality, kept up to date by the board, looked at once a year."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, count_use, demand, may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.ids import public_id
from vliegwiel.kernel.verdict import Verdict
from vliegwiel.see.areas.public import home_of, place_at, place_of
from vliegwiel.see.facilities.public import close_place, enter_place, tell_of_place, tie_place
from vliegwiel.support.initiatives.findable import refresh_place
from vliegwiel.support.initiatives.models import MeetingPlace, PlaceKeeper, ViabilityCheck
from vliegwiel.support.initiatives.rules import concerns_in, hides, is_on_the_map
from vliegwiel.support.initiatives.standing import named
from vliegwiel.support.initiatives.tokens import hashed, new_token
from vliegwiel.support.initiatives.viability import ANSWERS, LOOKED
from vliegwiel.support.initiatives.words import ACCESS, PLACE_KINDS

_ABOUT = named("place")
TEXTS = ("name", "about", "run_by", "activities", "opening", "rooms")
#: Texts that are shorter than others.
LONGEST = {"name": 120, "run_by": 120, "opening": 300, "rooms": 300}
_NUMBERS = ("seats", "visits")
#: What stands in the register of facilities, by its name there.
_IN_REGISTER = {"name": "name", "opening": "opening", "rooms": "rooms", "seats": "capacity", "access": "access_details"}
_MOST = 100_000
#: Who the register names as the source of what stands here.
_SOURCE = gettext_lazy("wie de plek beheert")
_INVITED_A_DAY = 10


def find_place(name: str) -> MeetingPlace:
    """By public id; raises NotFound."""
    found = MeetingPlace.objects.filter(public_id=name[:12]).select_related("facility").first()
    if found is None:
        raise NotFound(_("Deze plek kennen we niet."), nearest=((_("Alle ontmoetingsplekken"), "/ontmoetingsplekken"),))
    return found


def keeps(actor: Actor, found: MeetingPlace) -> bool:
    """Whether the actor is of the board that keeps this page."""
    return actor.kind == "person" and found.keepers.filter(person=actor.id).exists()


def may_keep(actor: Actor, found: MeetingPlace) -> Verdict:
    """Whether the actor may change the page: its board, and who keeps the register there."""
    if keeps(actor, found):
        return may(actor, "follow-own-initiative", Subject(person=actor.id))
    return may(actor, "keep-meeting-places", Subject(province=found.province, municipality=found.municipality))


def may_see_check(actor: Actor, found: MeetingPlace) -> Verdict:
    """Whether the actor may read the self-check: its board, and the adviser who helps there; nobody else, also not a municipality."""
    if keeps(actor, found):
        return may(actor, "follow-own-initiative", Subject(person=actor.id))
    return may(actor, "advise-meeting-places", Subject(province=found.province, municipality=found.municipality))


@trail.recorded("enter-meeting-place", kind="meeting-place")
@transaction.atomic
def enter_meeting_place(
    *,
    actor: Actor,
    province: str,
    name: str,
    kind: str,
    area: str = "",
    point: tuple[float, float] | None = None,
    facility: str = "",
    made_up: bool = False,
) -> MeetingPlace:
    """Make a page for a meeting place, at a point in metres (RD) or in an area, with its one record in the register of facilities.

    `facility` is that record (public id) when it is there already; the page then lies where it does. A place that closed and is open
    again gets its old page back. Raises NotAllowed, NotValid, NotFound, and NotNow for a record that has a page.
    """
    if point is not None and not is_on_the_map(*point):
        raise NotValid(_("Dit punt ligt niet in Nederland. Wijs de plek aan op de kaart."), code="point")
    spot = place_at(*point, province) if point else home_of(area, province)
    demand(actor, "keep-meeting-places", Subject(province=province, municipality=spot.municipality if spot else ""))
    middle = point or (spot.point if spot else None)
    if spot is None or middle is None:
        raise NotFound(_("Deze plek vinden wij niet in de provincie. Zoek op de naam van het dorp."))
    title = " ".join(name.split())[:120]
    if not title or kind not in PLACE_KINDS:
        raise NotValid(_("Geef de plek een naam en een soort."), code="name")
    earlier = MeetingPlace.objects.filter(facility__public_id=facility[:12]).first() if facility else None
    own = earlier.public_id if earlier else public_id()
    page, told_by = f"/ontmoetingsplekken/{own}", str(_SOURCE)
    if facility:
        record = tie_place(actor=actor, province=province, facility=facility, more_at=page)
        demand(actor, "keep-meeting-places", Subject(province=province, municipality=record.municipality))
        record = tell_of_place(actor=actor, facility=record.pk, version=record.version, values={"name": title}, source=told_by)
        spot = place_of(record.area, province) or spot
    else:
        at = (round(middle[0]), round(middle[1]))
        record = enter_place(actor=actor, province=province, name=title, point=at, more_at=page, source=told_by, made_up=made_up)
    values = {
        "municipality": spot.municipality, "municipality_name": spot.municipality_name, "area": spot.code, "place_name": spot.name,
        "x": record.x, "y": record.y, "name": title, "kind": kind,
    }  # fmt: skip
    if earlier:
        again = {"closed_at": None, "version": F("version") + 1, "changed_at": clock.now()}
        MeetingPlace.objects.filter(pk=earlier.pk).update(**values, **again)
        found = find_place(own)
    else:
        about = {"public_id": own, "facility": record, "province": province, "made_up": made_up}
        found = MeetingPlace.objects.create(**about, **values)
    refresh_place(actor, found)
    _record(actor, "enter-meeting-place", found, {})
    return found


@trail.recorded("edit-meeting-place", kind="meeting-place", about=_ABOUT)
@transaction.atomic
def edit_meeting_place(*, actor: Actor, place: str, changes: Mapping[str, Any], seen: int | None = None) -> MeetingPlace:
    """Keep what the page tells: texts, numbers (whole, or None), keys of accessibility, and who is missing (for the board).

    Someone's details hide the page until they are gone.

    Raises NotAllowed, NotValid, and NotNow (code "stale") when someone else saved first.
    """
    found = find_place(place)
    _demand(may_keep(actor, found))
    values: dict[str, Any] = {}
    for key in TEXTS:
        if key in changes:
            values[key] = str(changes[key]).strip()[: LONGEST.get(key, 2000)]
    for key in _NUMBERS:
        if key in changes:
            values[key] = _whole(changes[key])
    if "access" in changes:
        values["access"] = [key for key in ACCESS if key in changes["access"]]
    if "inclusion" in changes:
        values["inclusion"] = dict(changes["inclusion"])
    if values.get("name") == "":
        raise NotValid(_("Geef de plek een naam."), code="name")
    lent = {theirs: values.pop(ours) for ours, theirs in _IN_REGISTER.items() if ours in values}
    if "name" in lent:
        values["name"] = lent["name"]
    thought = [str(value) for value in values.get("inclusion", found.inclusion).values() if isinstance(value, str)]
    if hides(_concerns([str(lent.get(key, "")) for key in ("name", "opening", "rooms")])):
        raise NotValid(
            _(
                "Zet bij naam, open en ruimtes niets over mensen, ook geen telefoonnummer. Dit staat ook in de lijst van voorzieningen."
            ),
            code="concern",
        )
    codes = _concerns([*(str(values.get(key, getattr(found, key))) for key in TEXTS), *thought])
    values |= {"concerns": codes, "hidden": hides(codes)}
    same = MeetingPlace.objects.filter(pk=found.pk, version=found.version)
    if seen not in (None, found.revision) or not same.update(version=F("version") + 1, changed_at=clock.now(), **values):
        raise NotNow(_("Iemand anders wijzigde dit intussen. Kijk welke tekst u wilt houden."), code="stale")
    tell_of_place(actor=actor, facility=found.facility_id, version=found.facility.version, values=lent, source=str(_SOURCE))
    found = find_place(place)
    refresh_place(actor, found)
    _record(actor, "edit-meeting-place", found, {"hidden": found.hidden})
    return found


@trail.recorded("close-meeting-place", kind="meeting-place", about=_ABOUT)
@transaction.atomic
def close_meeting_place(*, actor: Actor, place: str) -> MeetingPlace:
    """The place is no more: it leaves list and search, its page stays and says so. Raises NotAllowed, NotNow."""
    found = find_place(place)
    _demand(may_keep(actor, found))
    if not MeetingPlace.objects.filter(pk=found.pk, closed_at=None).update(closed_at=clock.now(), changed_at=clock.now()):
        raise NotNow(_("Deze plek was al gesloten."), code="state")
    close_place(actor=actor, facility=found.facility_id)
    found = find_place(place)
    refresh_place(actor, found)
    _record(actor, "close-meeting-place", found, {})
    return found


@trail.recorded("invite-keeper", kind="meeting-place", about=_ABOUT)
@transaction.atomic
def invite_keeper(*, actor: Actor, place: str, email: str) -> PlaceKeeper:
    """Send someone of the board a link with which they keep the page; the address is kept nowhere. Raises NotAllowed, NotValid, NotNow."""
    found = find_place(place)
    _demand(may_keep(actor, found))
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as fault:
        raise NotValid(_("Dit is geen e-mailadres. Kijk het na."), code="address") from fault
    count_use(what="initiatives.keeper", whose=found.public_id, most=_INVITED_A_DAY)
    invited, token = invitation_to(found)
    _record(actor, "invite-keeper", found, {})
    tell(
        about=Reference("meeting-place", found.public_id, found.name, found.path),
        moment=f"keeper-{invited.pk}",
        template="support/initiatives/texts/keeper",
        facts={"place": found, "path": f"{found.own_path}/beheer/{token}"},
        province=found.province,
        address=address,
        kind="invitations",
    )
    return invited


def invitation_to(found: MeetingPlace) -> tuple[PlaceKeeper, str]:
    """A seat in the board that waits for who has the token, which is kept nowhere; in the caller's transaction."""
    token, code = new_token()
    return PlaceKeeper.objects.create(place=found, token=code), token


@trail.recorded("join-keepers", kind="meeting-place", about=_ABOUT)
@transaction.atomic
def join_keepers(*, actor: Actor, place: str, token: str) -> MeetingPlace:
    """Keep the page from now on, with one's own account; the link works once. Raises NotAllowed and NotFound."""
    demand(actor, "follow-own-initiative", Subject(person=actor.id))
    found = find_place(place)
    invited = found.keepers.filter(token=hashed(token), person="").first()
    if invited is None:
        raise NotFound(_("Deze uitnodiging geldt niet meer. Vraag om een nieuwe."))
    if keeps(actor, found):
        invited.delete()
    else:
        PlaceKeeper.objects.filter(pk=invited.pk, person="").update(person=actor.id, token="")
    _record(actor, "join-keepers", found, {})
    return found


@trail.recorded("remove-keeper", kind="meeting-place", about=_ABOUT)
@transaction.atomic
def remove_keeper(*, actor: Actor, place: str, keeper: int) -> None:
    """Someone keeps the page no longer, or an invitation (key of its row) is withdrawn: its link opens nothing any more. Raises NotFound,
    NotAllowed."""
    found = find_place(place)
    _demand(may_keep(actor, found))
    if not found.keepers.filter(pk=keeper).delete()[0]:
        raise NotFound(_("Deze persoon houdt de pagina niet meer bij."))
    _record(actor, "remove-keeper", found, {})


@trail.recorded("check-viability", kind="meeting-place", about=_ABOUT)
@transaction.atomic
def check_viability(*, actor: Actor, place: str, answers: Mapping[str, str], note: str = "") -> ViabilityCheck:
    """Keep the self-check of this year; in the same year it may be done again. For the board only. Raises NotAllowed and NotValid."""
    found = find_place(place)
    if not keeps(actor, found):
        raise NotAllowed(_("De zelfcheck vult het bestuur zelf in."), code="not-own")
    demand(actor, "follow-own-initiative", Subject(person=actor.id))
    kept = {item.key: answers.get(item.key, "") for item in LOOKED}
    if any(answer not in ANSWERS for answer in kept.values()):
        raise NotValid(_("Kies bij elke vraag hoe het gaat."), code="answers")
    year = clock.today().year
    values = {"answers": kept, "note": note.strip()[:2000], "by": actor.id, "made_at": clock.now()}
    check, _made = ViabilityCheck.objects.update_or_create(place=found, year=year, defaults=values)
    _record(actor, "check-viability", found, {"year": year})
    return check


def checks_for(actor: Actor, place: str) -> list[ViabilityCheck]:
    """The self-checks of a place, newest first, for its board and adviser. Raises NotAllowed and NotFound."""
    found = find_place(place)
    _demand(may_see_check(actor, found))
    return list(found.checks.all())


def _concerns(texts: list[str]) -> list[str]:
    """What a text says of people; a building has an address that everybody may know."""
    return [code for code in concerns_in(texts) if code != "address"]


def _whole(value: Any) -> int | None:
    if value in (None, ""):
        return None
    if not str(value).isdecimal() or not 0 <= int(value) <= _MOST:
        raise NotValid(_("Gebruik alleen cijfers, bijvoorbeeld 80."), code="number")
    return int(value)


def _demand(verdict: Verdict) -> None:
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)


def _record(actor: Actor, action: str, found: MeetingPlace, facts: Mapping[str, str | int | bool | None]) -> None:
    subject = Reference("meeting-place", found.public_id, "", "")
    trail.record(actor=actor, action=action, subject=subject, facts=facts, province=found.province)
