"""Let someone into the pool, or not: a coordinator decides, with words that the expert reads."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import organisation_names
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotValid
from vliegwiel.support.experts import telling
from vliegwiel.support.experts.models import Expert
from vliegwiel.support.experts.standing import begin_expert, find_expert, finish_expert, named


@trail.recorded("admit-expert", kind="expert", about=named("expert"))
@transaction.atomic
def admit_expert(*, actor: Actor, expert: str) -> Expert:
    """From now on this expert sees requests. Nobody lets themselves in. Raises NotFound, NotAllowed, NotNow."""
    found = find_expert(expert)
    begin_expert(actor, "admit-expert", found)
    _not_oneself(actor, found)
    done = finish_expert(actor, "admit-expert", found, admitted_on=clock.today(), said="", **_by(actor))
    telling.about_expert(done, f"admitted-{done.revision}", "admitted")
    return done


@trail.recorded("decline-expert", kind="expert", about=named("expert"))
@transaction.atomic
def decline_expert(*, actor: Actor, expert: str, why: str) -> Expert:
    """Not in the pool, with the reason that the expert reads; they may ask again. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find_expert(expert)
    begin_expert(actor, "decline-expert", found)
    _not_oneself(actor, found)
    if not why.strip():
        raise NotValid(_("Schrijf waarom. De deskundige leest dit."), code="why")
    done = finish_expert(actor, "decline-expert", found, said=why.strip()[:300], **_by(actor))
    telling.about_expert(done, f"declined-{done.revision}", "declined")
    return done


def _not_oneself(actor: Actor, found: Expert) -> None:
    if actor.kind == "person" and actor.id == found.person:
        raise NotAllowed(_("Over uzelf beslist een andere coördinator."), code="same-person")


def _by(actor: Actor) -> dict[str, Any]:
    name = organisation_names([actor.organisation]).get(actor.organisation, "") if actor.organisation else ""
    return {"decided_by": actor.id if actor.kind == "person" else "", "decided_for": name}
