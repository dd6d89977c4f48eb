"""Who may do what with experts and requests, and the two halves of every act: may it begin, and make it so."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.experts.lifecycle import (
    EXPERT_MOVES,
    EXPERT_NAMES,
    REQUEST_MOVES,
    REQUEST_NAMES,
    ExpertState,
    RequestState,
    Side,
)
from vliegwiel.support.experts.models import Expert, ExpertInterest, ExpertRequest, ExpertTask

ASKS, COORDINATES, HELPS = "ask-experts", "coordinate-experts", "answer-requests"


def reference(request: ExpertRequest) -> Reference:
    """How other rooms and messages point at a request, with its page for who asked."""
    return Reference("expert-request", request.public_id, request.title, f"/werk/deskundigen/verzoeken/{request.public_id}")


def own_reference(request: ExpertRequest) -> Reference:
    """The same with the page for an expert."""
    return Reference("expert-request", request.public_id, request.title, f"/mijn/deskundige/verzoeken/{request.public_id}")


def expert_reference(expert: Expert) -> Reference:
    """How the trail and messages point at an expert; without a name."""
    return Reference("expert", expert.public_id, "", "/mijn/deskundige")


def find(name: str) -> ExpertRequest:
    """A request by public id; raises NotFound."""
    found = ExpertRequest.objects.filter(public_id=name[:12]).first()
    if found is None:
        raise NotFound(_("Dit verzoek kennen we niet."))
    return found


def find_expert(name: str) -> Expert:
    """An expert by public id; raises NotFound."""
    found = Expert.objects.filter(public_id=name[:12]).first()
    if found is None:
        raise NotFound(_("Deze deskundige kennen we niet."))
    return found


def expert_of(actor: Actor, province: str) -> Expert | None:
    """The page of this person in the pool of a province, if any."""
    if actor.kind != "person" or not actor.id:
        return None
    return Expert.objects.filter(province=province, person=actor.id).first()


def current(request: ExpertRequest) -> ExpertTask | None:
    """The assignment that runs, or that finished it; not one that was given back."""
    found = request.tasks.filter(given_back=False).select_related("expert")
    return found.order_by("-pk").first()


def named(argument: str = "request") -> Callable[[Mapping[str, Any]], str]:
    """How the trail finds, in the arguments of an action, what a refused act was about."""
    return lambda arguments: str(arguments[argument])[:12]


def may_move_expert(actor: Actor, key: str, expert: Expert) -> Verdict:
    """Whether this actor may ever make this move about this expert; the state is asked apart."""
    if EXPERT_MOVES[key].side is Side.OWN:
        return may(actor, HELPS, Subject(province=expert.province, person=expert.person))
    return may(actor, COORDINATES, Subject(province=expert.province))


def may_ask_for(actor: Actor, request: ExpertRequest) -> Verdict:
    """Whether the actor works on this request for who asks: as adviser of that organisation, or as coordinator."""
    if actor.kind == "system" or may(actor, COORDINATES, Subject(province=request.province)):
        return Verdict.yes()
    found = may(actor, ASKS, Subject(province=request.province, municipality=request.municipality))
    if not found or request.organisation == actor.organisation:
        return found
    text = _("Dit verzoek is van {organisation}.").format(organisation=request.organisation_name)
    return Verdict.no(Reason("other-organisation", text))


def may_move(actor: Actor, key: str, request: ExpertRequest) -> Verdict:
    """Whether this actor may ever make this move on this request; the state is asked apart."""
    move = REQUEST_MOVES[key]
    if Side.ASKER in move.sides:
        asks = may_ask_for(actor, request)
        if asks or move.sides == {Side.ASKER}:
            return asks
    expert = expert_of(actor, request.province)
    if Side.EXPERT in move.sides:
        if expert is not None and expert.stands is ExpertState.ADMITTED:
            return Verdict.yes(Reason("expert", _("U zit in de pool.")))
        return Verdict.no(Reason("no-expert", _("Dit kan alleen wie in de pool van deskundigen zit.")))
    has = current(request)
    if expert is not None and has is not None and has.expert_id == expert.pk:
        return Verdict.yes(Reason("assigned", _("U helpt bij dit verzoek.")))
    return Verdict.no(Reason("not-assigned", _("Dit verzoek heeft iemand anders.")))


def may_read(actor: Actor, request: ExpertRequest) -> Verdict:
    """Whether the actor may read a request: who asks, a coordinator, an expert of the pool while it is open, and who has or had it."""
    asks = may_ask_for(actor, request)
    if asks:
        return asks
    expert = expert_of(actor, request.province)
    if expert is None:
        return asks
    had = request.tasks.filter(expert=expert).exists()
    is_open = request.stands is RequestState.OPEN and expert.stands is ExpertState.ADMITTED
    if had or is_open or ExpertInterest.objects.filter(request=request, expert=expert).exists():
        return Verdict.yes(Reason("expert", _("U zit in de pool.")))
    return Verdict.no(Reason("not-open", _("Dit verzoek zoekt niemand meer.")))


def begin(actor: Actor, key: str, request: ExpertRequest) -> None:
    """Go on only when this actor may make this move now; raises NotAllowed or NotNow."""
    verdict = may_move(actor, key, request)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    if request.stands not in REQUEST_MOVES[key].sources:
        raise NotNow(_("Dit kan nu niet. Dit verzoek: {state}.").format(state=REQUEST_NAMES[request.stands]), code="state")


def begin_expert(actor: Actor, key: str, expert: Expert) -> None:
    """The same for a move about an expert."""
    verdict = may_move_expert(actor, key, expert)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    if expert.stands not in EXPERT_MOVES[key].sources:
        raise NotNow(_("Dit kan nu niet. U bent in de pool: {state}.").format(state=EXPERT_NAMES[expert.stands]), code="state")


def finish(
    actor: Actor, key: str, request: ExpertRequest, *, facts: Mapping[str, str | int | bool | None] | None = None, **changes: Any
) -> ExpertRequest:
    """Make the move in the caller's transaction, unless someone changed the request since it was read (NotNow); recorded."""
    state = REQUEST_MOVES[key].target or request.stands
    unchanged = ExpertRequest.objects.filter(pk=request.pk, revision=request.revision, state=request.state)
    if not unchanged.update(state=state.value, revision=F("revision") + 1, changed_at=clock.now(), **changes):
        raise NotNow(_("Iemand anders heeft dit verzoek net gewijzigd. Bekijk het opnieuw."), code="stale")
    request.refresh_from_db()
    trail.record(
        actor=actor,
        action=key,
        subject=reference(request),
        facts={"state": state.value, **(facts or {})},
        province=request.province,
    )
    return request


def finish_expert(
    actor: Actor, key: str, expert: Expert, *, facts: Mapping[str, str | int | bool | None] | None = None, **changes: Any
) -> Expert:
    """The same for a move about an expert."""
    state = EXPERT_MOVES[key].target or expert.stands
    unchanged = Expert.objects.filter(pk=expert.pk, revision=expert.revision, state=expert.state)
    if not unchanged.update(state=state.value, revision=F("revision") + 1, changed_at=clock.now(), **changes):
        raise NotNow(_("Deze gegevens zijn net gewijzigd. Bekijk ze opnieuw."), code="stale")
    expert.refresh_from_db()
    trail.record(
        actor=actor,
        action=key,
        subject=expert_reference(expert),
        facts={"state": state.value, **(facts or {})},
        province=expert.province,
    )
    return expert
