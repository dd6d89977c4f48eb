"""Who may do what with a challenge, and the two halves of every act: may it begin, and make it so."""

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
from vliegwiel.support.challenges.findable import refresh
from vliegwiel.support.challenges.lifecycle import MOVES, NAMES, Side, State
from vliegwiel.support.challenges.models import Challenge, ChallengeEvent, ChallengeEventKind
from vliegwiel.support.challenges.terms import answer_for
from vliegwiel.support.desk.public import may_work_on

STARTS, ANSWERS = "challenge-authority", "answer-challenges"


def reference(challenge: Challenge) -> Reference:
    """How other rooms and messages point at a challenge, with the page of who wrote it."""
    return Reference("challenge", challenge.public_id, challenge.title, f"/mijn/uitdagingen/{challenge.public_id}")


def work_reference(challenge: Challenge) -> Reference:
    """The same with the page of the authority."""
    return Reference("challenge", challenge.public_id, challenge.title, f"/werk/uitdagingen/{challenge.public_id}")


def find(name: str) -> Challenge:
    """By public id; raises NotFound."""
    found = Challenge.objects.filter(public_id=name[:12]).select_related("rules").first()
    if found is None:
        raise NotFound(_("Deze uitdaging kennen we niet."), nearest=((_("Alle uitdagingen"), "/uitdagingen"),))
    return found


def named(argument: str = "challenge") -> Callable[[Mapping[str, Any]], str]:
    """How the trail finds, in the arguments of an action, what a refused act was about."""
    return lambda arguments: str(arguments[argument])[:12]


def is_challenger(actor: Actor, challenge: Challenge) -> Verdict:
    """Whether this is who wrote it, or an adviser who works on the question at the desk it came from."""
    if challenge.person and may(actor, STARTS, Subject(province=challenge.province, person=challenge.person)):
        return Verdict.yes(Reason("own", _("Dit is uw eigen uitdaging.")))
    if challenge.enquiry and actor.kind == "person":
        found = may_work_on(actor, challenge.enquiry)
        if found:
            return found
    return Verdict.no(Reason("not-own", _("Dit is de uitdaging van iemand anders.")))


def may_answer(actor: Actor, challenge: Challenge) -> Verdict:
    """Whether the actor answers for the authority that is challenged."""
    if challenge.stands is State.DRAFT:
        return Verdict.no(Reason("not-sent", _("Deze uitdaging is nog niet verstuurd.")))
    return may(actor, ANSWERS, Subject(province=challenge.province, organisation=challenge.organisation))


def may_move(actor: Actor, key: str, challenge: Challenge) -> Verdict:
    """Whether this actor may ever make this move; the state is asked apart."""
    return is_challenger(actor, challenge) if MOVES[key].side is Side.CHALLENGER else may_answer(actor, challenge)


def begin(actor: Actor, key: str, challenge: Challenge) -> None:
    """Go on only when this actor may make this move now; raises NotAllowed or NotNow."""
    verdict = may_move(actor, key, challenge)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    if challenge.stands not in MOVES[key].sources:
        raise NotNow(_("Dit kan nu niet. Deze uitdaging: {state}.").format(state=NAMES[challenge.stands]), code="state")


def finish(
    actor: Actor,
    key: str,
    challenge: Challenge,
    *,
    target: State | None = None,
    facts: Mapping[str, str | int | bool | None] | None = None,
    **changes: Any,
) -> Challenge:
    """Make the move in the caller's transaction, unless someone changed it since it was read (NotNow); the last day is made
    again; recorded, and found by the search as it is now."""
    state = target or MOVES[key].target or challenge.stands
    unchanged = Challenge.objects.filter(pk=challenge.pk, revision=challenge.revision, state=challenge.state)
    if not unchanged.update(state=state.value, revision=F("revision") + 1, changed_at=clock.now(), **changes):
        raise NotNow(_("Iemand anders heeft deze uitdaging net gewijzigd. Bekijk het opnieuw."), code="stale")
    challenge.refresh_from_db()
    due = answer_for(challenge).on
    if due != challenge.due_on:
        Challenge.objects.filter(pk=challenge.pk).update(due_on=due)
        challenge.due_on = due
    trail.record(
        actor=actor,
        action=key,
        subject=reference(challenge),
        facts={"state": state.value, "due": due.isoformat() if due else None, **(facts or {})},
        province=challenge.province,
    )
    refresh(actor, challenge)
    return challenge


def note(challenge: Challenge, actor: Actor, kind: ChallengeEventKind, text: str = "", **more: Any) -> ChallengeEvent:
    """Write an event of today in the caller's transaction, before `finish`."""
    by = actor.id if actor.kind == "person" else ""
    return ChallengeEvent.objects.create(
        challenge=challenge,
        kind=kind,
        on=clock.today(),
        text=text,
        organisation_name=challenge.organisation_name,
        by=by,
        **more,
    )
