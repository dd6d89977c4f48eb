"""Share a saved question by its link, send it to the municipalities it is about, and say what becomes of what is not kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.catalogue.facilities import facility_words
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.people.public import Subject, demand, who_may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.see.areas.public import municipalities_of
from vliegwiel.see.facilities.standing import VERB, Saved, kind_of, reference, saved_named


def _about(arguments: Mapping[str, Any]) -> str:
    return str(arguments.get("saved", ""))[:12]


@trail.recorded("share-outcome", kind="closure-scenario", about=_about)
@transaction.atomic
def share_outcome(*, actor: Actor, kind: str, saved: str) -> Saved:
    """From now on everybody who has the link may read it. Raises NotAllowed, NotFound, NotNow when it is not ready or shared already."""
    found = _mine(actor, kind, saved)
    if not type(found).objects.filter(pk=found.pk, shared_at=None).update(shared_at=clock.now()):
        raise NotNow(_("Deze berekening is al gedeeld."), code="shared")
    trail.record(actor=actor, action="share-outcome", subject=reference(found), province=found.province)
    found.refresh_from_db()
    return found


@trail.recorded("send-outcome", kind="closure-scenario", about=_about)
@transaction.atomic
def send_outcome(*, actor: Actor, kind: str, saved: str, municipalities: Sequence[str]) -> Saved:
    """Send it as a page to everybody who keeps the register of these municipalities; from then on they may read it.

    Raises NotAllowed, NotFound, NotNow when it is not ready or they all have it, NotValid for a municipality that is none of the province.
    """
    found = _mine(actor, kind, saved)
    known = dict(municipalities_of(found.province))
    if not municipalities or any(code not in known for code in municipalities):
        raise NotValid(_("Kies een of meer gemeenten van deze provincie."), code="no-municipality")
    fresh = [code for code in dict.fromkeys(municipalities) if code not in found.sent_to]
    if not fresh:
        raise NotNow(_("Deze gemeenten hebben de pagina al."), code="sent")
    same = type(found).objects.filter(pk=found.pk, version=found.version)
    if not same.update(sent_to=[*found.sent_to, *fresh], sent_at=clock.now(), version=found.version + 1):
        raise NotNow(_("Iemand anders stuurde deze pagina net. Kijk eerst wie hem heeft."), code="stale")
    for code in fresh:
        for person in who_may("keep-facilities", Subject(province=found.province, municipality=code)):
            if person == actor.id:
                continue
            facts = {"saved": found, "municipality": known[code]}
            tell(
                about=reference(found),
                moment=f"sent-{code}",
                template="see/facilities/texts/sent",
                facts=facts,
                province=found.province,
                person=person,
                kind="work",
            )
    trail.record(
        actor=actor, action="send-outcome", subject=reference(found), facts={"count": len(fresh)}, province=found.province
    )
    found.refresh_from_db()
    return found


@trail.recorded("plan-next-use", kind="closure-scenario", about=_about)
@transaction.atomic
def plan_next_use(
    *, actor: Actor, kind: str, saved: str, facility: str, use: str, owner: str = "", yearly: Money | None = None
) -> Saved:
    """Say what becomes of a building that closes or is not kept: its next use, who owns it, and what it costs a year now.

    `owner` names an organisation. Raises NotAllowed, NotFound, NotNow, NotValid.
    """
    found = _mine(actor, kind, saved)
    names = {item["id"] for item in found.outcome.get("closed", [])} or set(found.outcome.get("chosen", []))
    going = (
        names if kind_of(found) == "closure-scenario" else {item["id"] for item in found.outcome.get("candidates", [])} - names
    )
    if facility not in going:
        raise NotValid(_("Dit gebouw blijft, of hoort niet bij deze berekening."), code="unknown-facility")
    if use not in facility_words().next_uses:
        raise NotValid(_("Kies wat er met het gebouw gebeurt."), code="no-use")
    if len(owner) > 120 or (yearly is not None and yearly.cents < 0):
        raise NotValid(_("De naam van de eigenaar is te lang, of het bedrag kan niet."), code="wrong")
    told = {"use": use, "owner": owner.strip(), "yearly": yearly.cents if yearly is not None else None}
    same = type(found).objects.filter(pk=found.pk, version=found.version)
    if not same.update(next_uses={**found.next_uses, facility: told}, version=found.version + 1):
        raise NotNow(_("Iemand anders heeft dit intussen veranderd. Kijk eerst wat er nu staat."), code="stale")
    trail.record(
        actor=actor,
        action="plan-next-use",
        subject=reference(found),
        facts={"facility": facility, "use": use},
        province=found.province,
    )
    found.refresh_from_db()
    return found


def _mine(actor: Actor, kind: str, saved: str) -> Saved:
    found = saved_named(kind, saved)
    demand(actor, VERB, Subject(organisation=found.organisation))
    if found.state != "done":
        raise NotNow(_("Deze berekening is nog niet klaar."), code="not-ready")
    return found
