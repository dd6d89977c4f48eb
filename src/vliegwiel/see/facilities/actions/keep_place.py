"""A facility of which another room keeps the page: one record here for place, rooms, opening and access, and who runs it there."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotFound, NotNow, NotValid
from vliegwiel.see.facilities import findable, queries
from vliegwiel.see.facilities.models import Facility
from vliegwiel.see.facilities.rows import says_nothing
from vliegwiel.see.facilities.where import grounds_of

_KIND = "ontmoetingsplek"
_LENGTHS = {"name": 120, "opening": 300, "rooms": 300}


@trail.recorded("enter-facility", kind="facility")
@transaction.atomic
def enter_place(
    *, actor: Actor, province: str, name: str, point: tuple[int, int], more_at: str, source: str, made_up: bool = False
) -> Facility:
    """A new record for a meeting place at a point in metres (RD). Raises NotValid for a point outside the province."""
    grounds = grounds_of(province)
    place = int(grounds.of([point[0]], [point[1]])[0]) if grounds is not None else -1
    if grounds is None or place < 0:
        raise NotValid(_("Deze plek ligt niet in de provincie. Wijs een andere plek aan."), code="outside")
    found = Facility.objects.create(
        province=province, kind=_KIND, source=source[:120], key=more_at[-64:], name=name[:120], x=point[0], y=point[1], more_at=more_at,
        area=grounds.codes[place], area_name=grounds.names[place], municipality=grounds.municipalities[place],
        municipality_name=grounds.municipality_names[place], checked_on=clock.today(), made_up=made_up,
        sourced={"name": [source[:120], clock.today().isoformat()]},
    )  # fmt: skip
    _record(actor, "enter-facility", found)
    return found


@trail.recorded("tie-facility", kind="facility")
@transaction.atomic
def tie_place(*, actor: Actor, province: str, facility: str, more_at: str) -> Facility:
    """A meeting place that is there already gets the page that tells more. Raises NotFound, and NotNow when it has one or is closed."""
    found = Facility.objects.filter(public_id=facility[:12], province=province, kind=_KIND).first()
    if found is None:
        raise NotFound(_("Deze voorziening kennen we niet."))
    open_ones = Facility.objects.filter(pk=found.pk, more_at="", closed_on=None)
    if not open_ones.update(more_at=more_at, version=found.version + 1, changed_at=clock.now()):
        raise NotNow(_("Deze voorziening heeft al een eigen pagina, of is gesloten."), code="tied")
    found.refresh_from_db()
    _record(actor, "tie-facility", found)
    return found


@trail.recorded("tell-of-facility", kind="facility")
@transaction.atomic
def tell_of_place(*, actor: Actor, facility: int, version: int, values: Mapping[str, Any], source: str) -> Facility:
    """Keep what who runs it says today: of `name`, `opening`, `rooms`, `capacity` and `access_details` only what is new.

    Where nobody said whether a wheelchair gets in, what is at the door says it: no step and a toilet is yes, one of them in part.
    `facility` is the key of its row. Raises NotValid for a text that is too long, NotNow when somebody else was first.
    """
    found = Facility.objects.get(pk=facility)
    told = {name: value for name, value in values.items() if getattr(found, name) != value}
    if too_long := next((name for name, most in _LENGTHS.items() if len(str(told.get(name, ""))) > most), ""):
        raise NotValid(_("Maak de tekst korter: hoogstens {most} tekens.").format(most=_LENGTHS[too_long]), code="too-long")
    if "access_details" in told and (not found.accessible or (found.told_by("accessible") or ("",))[0] == source):
        told["accessible"] = _reached(told["access_details"])
    if not told:
        return found
    today = clock.today()
    sourced = {name: where for name, where in found.sourced.items() if name not in told}
    sourced |= {name: [source[:120], today.isoformat()] for name, value in told.items() if not says_nothing(value)}
    same = Facility.objects.filter(pk=found.pk, version=version)
    if not same.update(**told, sourced=sourced, checked_on=today, version=version + 1, changed_at=clock.now()):
        raise NotNow(_("Iemand anders wijzigde dit intussen. Kijk welke tekst u wilt houden."), code="stale")
    found.refresh_from_db()
    _record(actor, "tell-of-facility", found)
    return found


@transaction.atomic
def close_place(*, actor: Actor, facility: int) -> None:
    """It is no more, as of today; part of the act that closes its page, which is in the trail. Repeating changes nothing.

    It lets go of that page: who opens it again in the register finds it there and in the search, and may give it a page.
    """
    Facility.objects.filter(pk=facility, closed_on=None).update(closed_on=clock.today(), more_at="", changed_at=clock.now())
    queries.stamp.forget()


def _reached(details: list[str]) -> str:
    return {2: "ja", 1: "deels"}.get(len({"no-step", "toilet"} & set(details)), "")


def _record(actor: Actor, action: str, found: Facility) -> None:
    subject = Reference("facility", found.public_id, "", "")
    trail.record(actor=actor, action=action, subject=subject, facts={"version": found.version}, province=found.province)
    findable.refresh(actor, [found])
    queries.stamp.forget()
