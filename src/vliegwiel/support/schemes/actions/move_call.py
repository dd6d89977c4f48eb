"""What happens to a call after it was announced: opened and closed by the clock, divided, decided."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, demand
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotNow
from vliegwiel.support.schemes.lifecycle import MOVES, CallState
from vliegwiel.support.schemes.models import Call
from vliegwiel.support.schemes.queries import call_named


def move_by_clock(*, actor: Actor) -> int:
    """Write down of every call that it opened or closed; how many moves. Harmless when repeated."""
    now, moved = clock.now(), 0
    for call in Call.objects.filter(state=CallState.ANNOUNCED.value, opens_at__lte=now).select_related("scheme"):
        moved += _write(actor, call, "open-call")
    for call in Call.objects.filter(state=CallState.OPEN.value, closes_at__lt=now).select_related("scheme"):
        moved += _write(actor, call, "close-call")
    return moved


@trail.recorded("mark-divided", kind="call", about=lambda arguments: str(arguments["call"]))
def mark_divided(*, actor: Actor, call: str) -> None:
    """The division stands; for the act that divides, in its transaction. Harmless when repeated. Raises NotNow before closing."""
    _mark(actor, call, "mark-divided")


@trail.recorded("mark-decided", kind="call", about=lambda arguments: str(arguments["call"]))
def mark_decided(*, actor: Actor, call: str) -> None:
    """Every application was decided; for the act that decides the last. Harmless when repeated. Raises NotNow before closing."""
    _mark(actor, call, "mark-decided")


def _mark(actor: Actor, call: str, key: str) -> None:
    found = call_named(call)
    demand(actor, MOVES[key].verb, Subject(province=found.province))
    move_by_clock(actor=Actor.system(actor.origin))
    found.refresh_from_db()
    if CallState(found.state) is MOVES[key].target:
        return
    if not _write(actor, found, key):
        raise NotNow(
            _("Dit kan nu niet. De stand van deze openstelling is nu: {state}.").format(state=found.get_state_display()),
            code="state",
        )


@transaction.atomic
def _write(actor: Actor, call: Call, key: str) -> int:
    """One conditional update decides; who comes second changes nothing."""
    move = MOVES[key]
    assert move.target is not None  # noqa: S101 - the moves of this file have one
    sources = [state.value for state in move.sources]
    if not Call.objects.filter(pk=call.pk, state__in=sources).update(state=move.target.value):
        return 0
    trail.record(
        actor=actor,
        action=key,
        subject=Reference("call", call.public_id, "", ""),
        facts={"scheme": call.scheme.key},
        province=call.province,
    )
    return 1
