"""The two halves of every act on an initiative: may it begin, and did it go through. Both follow the table of `lifecycle`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.initiatives.findable import refresh
from vliegwiel.support.initiatives.lifecycle import MOVES, ROLES_OF, Side, State
from vliegwiel.support.initiatives.models import Initiative

Fact = str | int | bool | None


def reference(found: Initiative) -> Reference:
    """How other rooms point at this initiative: by its public id, with its public page."""
    return Reference("initiative", found.public_id, found.title, found.path)


def find(name: str) -> Initiative:
    """By public id; raises NotFound."""
    found = Initiative.objects.filter(public_id=name[:12]).first()
    if found is None:
        raise NotFound(
            _("Dit initiatief kennen we niet. Zoek het in de lijst."), nearest=((_("Alle initiatieven"), "/initiatieven"),)
        )
    return found


def named(argument: str) -> Callable[[Mapping[str, Any]], str]:
    """How the trail finds, in the arguments of an action, the record that a refused act was about."""
    return lambda arguments: str(arguments[argument])[:12]


def has_role(actor: Actor, found: Initiative, roles: Iterable[str]) -> bool:
    """Whether the actor has one of these roles in the initiative."""
    return actor.kind == "person" and found.people.filter(person=actor.id, role__in=roles).exists()


def makes(actor: Actor, found: Initiative) -> bool:
    """Whether the actor is one of its people in any role."""
    return actor.kind == "person" and found.people.filter(person=actor.id).exists()


def may_move(actor: Actor, key: str, found: Initiative) -> Verdict:
    """Whether this actor may ever make this move here; the state is asked apart. Nobody guards an initiative of their own."""
    move = MOVES[key]
    if move.side is Side.GUARD:
        verdict = may(actor, move.verb, Subject(province=found.province, municipality=found.municipality))
        if verdict and makes(actor, found):
            return Verdict.no(Reason("own-file", _("Dit is uw eigen initiatief. Laat het aan een collega over.")))
        return verdict
    own = has_role(actor, found, ROLES_OF[move.side])
    verdict = may(actor, "follow-own-initiative", Subject(person=actor.id if own else ""))
    if not verdict and makes(actor, found):
        return Verdict.no(Reason("not-own", _("Dit kan alleen de initiatiefnemer. Vraag het aan die persoon.")))
    return verdict


def may_see(actor: Actor, found: Initiative) -> bool:
    """Whether the actor may open its page: everybody when it is shown, its people and who guards the list always."""
    subject = Subject(province=found.province, municipality=found.municipality)
    return found.is_shown or makes(actor, found) or bool(may(actor, "guard-initiatives", subject))


def begin(actor: Actor, key: str, found: Initiative) -> None:
    """Go on only when this actor may make this move now. Raises NotAllowed and NotNow."""
    verdict = may_move(actor, key, found)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    if found.stands not in MOVES[key].sources:
        raise NotNow(MOVES[key].why, code="state")


def finish(actor: Actor, key: str, found: Initiative, *, facts: Mapping[str, Fact] | None = None, **changes: Any) -> None:
    """Write the change, unless someone else changed it since it was read (raises NotNow, code "stale"); then index and trail."""
    target = MOVES[key].target or found.stands
    same = Initiative.objects.filter(pk=found.pk, version=found.version, state=found.state)
    if not same.update(version=F("version") + 1, changed_at=clock.now(), state=target.value, **changes):
        raise NotNow(_("Iemand anders wijzigde dit net. Bekijk wat er nu staat en probeer het opnieuw."), code="stale")
    found.refresh_from_db()
    if found.is_shown and found.shown_at is None:
        found.shown_at = clock.now()
        found.save(update_fields=["shown_at"])
    if State.PUBLIC in (target, *MOVES[key].sources):
        refresh(actor, found)
    trail.record(
        actor=actor,
        action=key,
        subject=Reference("initiative", found.public_id, "", ""),
        facts=facts,
        province=found.province,
    )
