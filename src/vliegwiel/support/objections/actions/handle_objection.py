"""What an officer settles along the way: whose it is, whether late is excused, whether a committee advises, and when we decide."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.engines.terms import adjourn
from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.people.public import Subject, colleague_of
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.support.objections import letters
from vliegwiel.support.objections.models import Objection, ObjectionEventKind
from vliegwiel.support.objections.standing import begin, find, finish, may_move, named, reference
from vliegwiel.support.objections.terms import note, term_of

_ABOUT = named("objection")
#: With consent a decision may wait, but not without end: what is longer takes another agreement.
LONGEST_POSTPONEMENT = 366


@trail.recorded("take-objection", kind="objection", about=_ABOUT)
@transaction.atomic
def take_objection(*, actor: Actor, objection: str, person: str = "") -> Objection:
    """Someone who took no part in the decision handles it: oneself, or a colleague (public id). Raises NotFound, NotAllowed, NotNow."""
    found = find(objection)
    begin(actor, "take-objection", found)
    subject = Subject(province=found.province, municipality=found.municipality)
    colleague = colleague_of(person or actor.id, ("handle-objections",), subject)
    if colleague is None:
        raise NotFound(_("Deze collega behandelt geen bezwaren."))
    verdict = may_move(colleague.actor, "take-objection", found)
    if not verdict:
        raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
    done = finish(
        actor,
        "take-objection",
        found,
        facts={"person": colleague.id},
        handler=colleague.id,
        handler_name=colleague.name[:80],
    )
    if colleague.id != actor.id:
        moment = f"yours-{done.revision}"
        letters.to_colleague(reference(done), done.province, colleague.id, moment, "yours", {"objection": done})
    return done


@trail.recorded("judge-lateness", kind="objection", about=_ABOUT)
@transaction.atomic
def judge_lateness(*, actor: Actor, objection: str, excused: bool, why: str) -> Objection:
    """Whether a late objection is excused (Awb 6:11), or one by post without a clear postmark counts as in time, with the reason.

    Raises NotAllowed, NotNow when it came in time, NotValid without a reason.
    """
    found = find(objection)
    begin(actor, "judge-lateness", found)
    if found.in_time == "yes":
        raise NotNow(_("Dit bezwaar kwam op tijd. Er is niets te beoordelen."), code="in-time")
    if not why.strip():
        raise NotValid(_("Schrijf op waarom u dit vindt."), code="no-reason")
    return finish(
        actor,
        "judge-lateness",
        found,
        facts={"excused": excused},
        excused=excused,
        excused_why=why.strip(),
        excused_on=clock.today(),
    )


@trail.recorded("involve-committee", kind="objection", about=_ABOUT)
@transaction.atomic
def involve_committee(*, actor: Actor, objection: str) -> Objection:
    """An advisory committee hears and advises (Awb 7:13): who objects is told so at once, and the term is twelve weeks (7:10(1)).

    Raises NotAllowed, NotNow when it was done, or when our own six weeks have passed.
    """
    found = find(objection)
    begin(actor, "involve-committee", found)
    if found.committee:
        raise NotNow(_("De commissie is al gevraagd."), code="done")
    if clock.today() > found.due_on:
        raise NotNow(_("De termijn is voorbij. Beslis zo snel mogelijk."), code="too-late")
    note(actor=actor, objection=found, kind=ObjectionEventKind.COMMITTEE, article="7:13 Awb")
    found.committee = True
    done = finish(actor, "involve-committee", found, committee=True, due_on=term_of(found).ends)
    letters.message(done, "committee", "committee", {"due": day(done.due_on, "week")})
    return done


@trail.recorded("adjourn-decision", kind="objection", about=_ABOUT)
def adjourn_decision(*, actor: Actor, objection: str, until: date, reason: str) -> Objection:
    """Decide later, once and at most six weeks, told by letter before the last day with the reason (*verdagen*, Awb 7:10(3)).

    Raises NotAllowed; NotNow after the last day; NotValid for a second time, a day beyond six weeks or no reason.
    """
    found = find(objection)
    begin(actor, "adjourn-decision", found)
    today = clock.today()
    if today > found.due_on:
        raise NotNow(_("De termijn is voorbij. Verdagen kan niet meer. Beslis zo snel mogelijk."), code="too-late")
    if not reason.strip():
        raise NotValid(_("Schrijf op waarom het langer duurt. Wie bezwaar maakt, leest dit."), code="no-reason")
    before = found.clock.filter(kind=ObjectionEventKind.ADJOURNED).exists()
    adjourn(term_of(found), until=until, sent=today, adjourned_before=before)
    facts: dict[str, letters.Fact] = {
        "number": found.number,
        "was": found.due_on,
        "decide_by": until,
        "reason": reason.strip(),
        "basis": "artikel 7:10, derde lid, Awb",
    }
    letter = letters.prepared(found.application, found.province, "objection-adjourned", facts)
    with transaction.atomic():
        issued = letters.send(actor, found.application, letter)
        note(
            actor=actor,
            objection=found,
            kind=ObjectionEventKind.ADJOURNED,
            until=until,
            article="7:10, derde lid",
            reason=reason.strip(),
            letter=issued,
        )
        kept = {"until": until.isoformat(), "letter": issued}
        return finish(actor, "adjourn-decision", found, facts=kept, due_on=term_of(found).ends)


@trail.recorded("agree-postponement", kind="objection", about=_ABOUT)
@transaction.atomic
def agree_postponement(*, actor: Actor, objection: str, until: date) -> Objection:
    """Who objects is content with a later day (Awb 7:10(4)(b)). Raises NotAllowed, NotNow, NotValid for a day that is not later."""
    return _postpone(actor, "agree-postponement", objection, until, "")


@trail.recorded("note-postponement", kind="objection", about=_ABOUT)
@transaction.atomic
def note_postponement(*, actor: Actor, objection: str, until: date, how: str) -> Objection:
    """Write down that who objects agreed to a later day, and how we know. Raises as `agree_postponement`, and NotValid without `how`."""
    if not how.strip():
        raise NotValid(_("Schrijf op hoe en wanneer er is ingestemd."), code="no-reason")
    return _postpone(actor, "note-postponement", objection, until, how.strip())


def _postpone(actor: Actor, key: str, objection: str, until: date, how: str) -> Objection:
    found = find(objection)
    begin(actor, key, found)
    if until <= found.due_on:
        raise NotValid(_("Kies een dag na {day}.").format(day=day(found.due_on, "full")), code="not-later")
    if (until - clock.today()).days > LONGEST_POSTPONEMENT:
        raise NotValid(_("Kies een dag binnen een jaar."), code="too-long")
    note(
        actor=actor,
        objection=found,
        kind=ObjectionEventKind.POSTPONED,
        until=until,
        article="7:10, vierde lid, onder b",
        reason=how,
    )
    return finish(actor, key, found, facts={"until": until.isoformat()}, due_on=term_of(found).ends)
