"""The two halves of every act on an objection: may it begin, and did it go through. Both follow the table of `lifecycle`."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import Subject, conflict_declared, may, may_one_of
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow
from vliegwiel.kernel.verdict import Reason, Verdict
from vliegwiel.support.grants.public import GrantFacts, grant_of
from vliegwiel.support.objections.lifecycle import MOVES, NAMES, UNINVOLVED, Side, State
from vliegwiel.support.objections.models import DefaultNotice, Objection

#: Who may see an objection at work: handles it, hears it, decides on it.
WORKING = ("handle-objections", "hear-objections", "decide-objections")


def reference(objection: Objection) -> Reference:
    """How other rooms point at this objection, with the page that who objects reads."""
    title = _("Bezwaar {number}").format(number=objection.number)
    return Reference("objection", objection.public_id, title, f"/mijn/bezwaren/{objection.public_id}")


def notice_reference(notice: DefaultNotice) -> Reference:
    """How other rooms point at a notice of default."""
    title = _("Ingebrekestelling {number}").format(number=notice.number)
    path = f"/mijn/aanvragen/{notice.application}/te-laat"
    return Reference("default-notice", notice.public_id, title, path)


def find(name: str) -> Objection:
    """By public id or number; raises NotFound."""
    field = "number" if "-" in name else "public_id"
    found = Objection.objects.filter(**{field: name}).first()
    if found is None:
        raise NotFound(_("Dit bezwaar kennen we niet. Kijk bij uw aanvragen."), nearest=(("Mijn aanvragen", "/mijn/aanvragen"),))
    return found


def named(argument: str) -> Callable[[Mapping[str, Any]], str]:
    """How the trail finds, in the arguments of an action, what a refused act was about."""
    return lambda arguments: str(arguments[argument])[:12]


def is_objector(actor: Actor, objection: Objection, grant: GrantFacts | None = None) -> bool:
    """Whether this actor is of the side that objects."""
    if actor.kind != "person":
        return False
    return actor.id == objection.objector or actor.id in (grant or grant_of(objection.application)).applicants


def may_read(actor: Actor, objection: Objection) -> Verdict:
    """Whether this actor may read this objection and its papers: who objects, and who works on it without an interest of their own."""
    grant = grant_of(objection.application)
    if is_objector(actor, objection, grant):
        return Verdict.yes(Reason("own", "Dit is uw eigen bezwaar."))
    return at_work(actor, objection.province, objection.municipality, grant)


def at_work(actor: Actor, province: str, municipality: str, grant: GrantFacts, verbs: tuple[str, ...] = WORKING) -> Verdict:
    """Whether someone works on this with one of these verbs, and has no interest in it (Awb 2:4)."""
    subject = Subject(province=province, municipality=municipality)
    found = may_one_of(actor, verbs, subject)
    if not found:
        return found
    if actor.id in grant.applicants or (grant.organisation and actor.organisation == grant.organisation):
        text = "Dit gaat over een aanvraag van uzelf of uw organisatie. Laat het aan een collega over."
        return Verdict.no(Reason("own-file", text, "2:4 Awb"))
    if actor.kind == "person" and conflict_declared(actor.id, grant.about):
        text = "U hebt gemeld dat u hier een belang bij hebt. Laat het aan een collega over."
        return Verdict.no(Reason("conflict", text, "2:4 Awb"))
    return found


def uninvolved(actor: Actor, objection: Objection) -> Verdict:
    """Whether the actor took no part in the decision that is objected to (Awb 7:5, 10:3; rule 8)."""
    if actor.id in objection.involved:
        text = "U stelde het eerste besluit voor of nam het. Op het bezwaar beslist iemand anders."
        return Verdict.no(Reason("involved", text, "7:5 Awb"))
    return Verdict.yes()


def may_move(actor: Actor, key: str, objection: Objection) -> Verdict:
    """Whether this actor may ever make this move on this objection; the state is asked apart."""
    move = MOVES[key]
    grant = grant_of(objection.application)
    if move.side is Side.OBJECTOR:
        own = is_objector(actor, objection, grant)
        return may(actor, move.verbs[0], Subject(person=actor.id if own else objection.objector))
    found = at_work(actor, objection.province, objection.municipality, grant, move.verbs)
    if found and key in UNINVOLVED and actor.id in objection.involved:
        return uninvolved(actor, objection)
    return found


def begin(actor: Actor, key: str, objection: Objection) -> None:
    """Go on only when this actor may make this move and the state allows it; raises NotAllowed or NotNow."""
    verdict = may_move(actor, key, objection)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    if objection.stands not in MOVES[key].sources:
        raise NotNow(
            _("Dit kan nu niet. De stand van dit bezwaar is nu: {state}.").format(state=NAMES[objection.stands]), code="state"
        )


def finish(
    actor: Actor,
    key: str,
    objection: Objection,
    *,
    target: State | None = None,
    facts: Mapping[str, str | int | bool | None] | None = None,
    **changes: Any,
) -> Objection:
    """Make the move in the caller's transaction, unless someone else changed the objection since it was read (NotNow); recorded."""
    state = target or MOVES[key].target or objection.stands
    unchanged = Objection.objects.filter(pk=objection.pk, revision=objection.revision, state=objection.state)
    if not unchanged.update(state=state.value, revision=F("revision") + 1, changed_at=clock.now(), **changes):
        raise NotNow(_("Iemand anders heeft dit bezwaar net gewijzigd. Bekijk het opnieuw."), code="stale")
    objection.refresh_from_db()
    trail.record(
        actor=actor,
        action=key,
        subject=reference(objection),
        facts={"state": state.value, **(facts or {})},
        province=objection.province,
    )
    return objection
