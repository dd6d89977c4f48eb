"""The two halves of every act here: may it begin, and did it go through."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, known_person, may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.supporters.authorities import may_answer
from vliegwiel.support.supporters.lifecycle import MOVES, Side
from vliegwiel.support.supporters.models import BackingRequest, NetworkQuestion, RoomRequest, Supporter

Asked = TypeVar("Asked", BackingRequest, RoomRequest)
KINDS: Mapping[type, str] = {
    Supporter: "supporter",
    BackingRequest: "backing-request",
    RoomRequest: "room-request",
    NetworkQuestion: "network-question",
}
Record = Supporter | BackingRequest | RoomRequest | NetworkQuestion


def named(argument: str) -> Callable[[Mapping[str, Any]], str]:
    """How the trail finds, in the arguments of an action, the record that a refused act was about."""
    return lambda arguments: str(arguments[argument])[:12]


def supporter_named(name: str) -> Supporter:
    """By public id; raises NotFound."""
    found = Supporter.objects.filter(public_id=name[:12]).first()
    if found is None:
        raise NotFound(
            _("Deze dorpsondersteuner kennen we niet, of die is gestopt."),
            nearest=((_("Alle dorpsondersteuners"), "/dorpsondersteuners"),),
        )
    return found


def supporter_of(actor: Actor, province: str) -> Supporter | None:
    """The own page of the actor as a supporter in a province."""
    return Supporter.objects.filter(province=province, person=actor.id).first() if actor.kind == "person" else None


def backing_named(name: str) -> BackingRequest:
    """By public id; raises NotFound."""
    found = BackingRequest.objects.filter(public_id=name[:12]).first()
    if found is None:
        raise NotFound(_("Deze vraag kennen we niet."))
    return found


def room_named(name: str) -> RoomRequest:
    """By public id; raises NotFound."""
    found = RoomRequest.objects.filter(public_id=name[:12]).first()
    if found is None:
        raise NotFound(_("Deze vraag om ruimte kennen we niet."), nearest=((_("Ruimte en rugdekking"), "/ruimte-en-rugdekking"),))
    return found


def may_join(actor: Actor, province: str) -> Verdict:
    """Whether the actor is in the network of supporters: by a role, or because someone said that they know them."""
    found = may(actor, "join-supporters", Subject(province=province))
    own = None if found else supporter_of(actor, province)
    if own is not None and own.known_at is not None:
        return Verdict.yes(Reason("known", _("U bent dorpsondersteuner.")))
    if own is not None:
        return Verdict.no(
            Reason("not-known", _("Iemand die u kent, moet dat eerst zeggen. Vraag het een adviseur of een ondersteuner."))
        )
    return found


def may_confirm(actor: Actor, found: Supporter) -> Verdict:
    """Whether the actor may say that they know this supporter: an adviser there, or another supporter; nobody for themselves."""
    if actor.kind == "person" and actor.id == found.person:
        return Verdict.no(Reason("own-file", _("Dit bent u zelf. Iemand anders zegt dat hij u kent.")))
    where = Subject(province=found.province)
    verdict = may(actor, "confirm-supporters", where)
    return verdict if verdict or actor.kind != "person" else may_join(actor, found.province)


def own_only(actor: Actor, person: str) -> None:
    """Go on only for who it is of; raises NotAllowed."""
    demand(may(actor, "ask-backing", Subject(person=person)))


def demand(verdict: Verdict) -> None:
    """Go on only with a yes; raises NotAllowed with the reason."""
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)


def may_move(actor: Actor, key: str, found: BackingRequest | RoomRequest) -> Verdict:
    """Whether this actor may ever make this move; the state is asked apart. Nobody answers their own question."""
    if MOVES[key].side is Side.ASKER:
        own = actor.kind == "person" and bool(actor.id) and actor.id == found.person
        return may(actor, "ask-backing", Subject(person=actor.id if own else ""))
    if actor.kind == "person" and actor.id == found.person:
        return Verdict.no(Reason("own-file", _("Dit is uw eigen vraag. Laat het antwoord aan een collega over.")))
    return may_answer(actor, found)


def may_read_backing(actor: Actor, found: BackingRequest) -> Verdict:
    """Whether the actor may read a question for backing: who asked, and who answers for the authority."""
    if actor.kind == "person" and actor.id and actor.id == found.person:
        return may(actor, "ask-backing", Subject(person=actor.id))
    return may_answer(actor, found)


def begin(actor: Actor, key: str, found: BackingRequest | RoomRequest) -> None:
    """Go on only when this actor may make this move now. Raises NotAllowed and NotNow."""
    demand(may_move(actor, key, found))
    if found.state not in MOVES[key].sources:
        raise NotNow(str(MOVES[key].why), code="state")


def finish(actor: Actor, key: str, found: Asked, *, target: str | None = None, **changes: Any) -> Asked:
    """Make the move in the caller's transaction, unless someone else was first (NotNow); recorded."""
    state = target or MOVES[key].target or found.state
    same = type(found)._default_manager.filter(pk=found.pk, revision=found.revision, state=found.state)
    if not same.update(state=str(state), revision=F("revision") + 1, **changes):
        raise NotNow(_("Iemand anders was u net voor. Bekijk wat er nu staat."), code="stale")
    found.refresh_from_db()
    note(actor, key, found, {"state": str(state)})
    return found


def note(actor: Actor, action: str, found: Record, facts: Mapping[str, str | int | bool | None] | None = None) -> None:
    """Keep an act in the trail."""
    subject = Reference(KINDS[type(found)], found.public_id, "", "")
    trail.record(actor=actor, action=action, subject=subject, facts=facts, province=found.province)


def name_of(actor: Actor) -> str:
    """How the account of the actor is called."""
    known = known_person(actor.id) if actor.kind == "person" else None
    return known.name if known else ""
