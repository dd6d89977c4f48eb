"""Advice as something that is followed: given, answered by who asked, brought further, and begun as an application."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from vliegwiel.foundation.people.public import known_person
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.support.desk import telling
from vliegwiel.support.desk.actions.answer_enquiry import organisation_name
from vliegwiel.support.desk.lifecycle import ADVICE_MOVES, ADVICE_NAMES, AdviceState
from vliegwiel.support.desk.models import Advice, Enquiry, SupportCase
from vliegwiel.support.desk.standing import begin, begin_case, find, finish, named
from vliegwiel.support.grants.public import Plan, start_from_plan
from vliegwiel.support.schemes.public import call_of

#: What who asked chooses from; blocked asks why.
RESIDENT_STATES = frozenset({AdviceState.ACCEPTED, AdviceState.BUSY, AdviceState.BLOCKED, AdviceState.DONE, AdviceState.DECLINED})


@dataclass(frozen=True)
class Given:
    """What an adviser recommends: an imperative title, why and how, when to ask after it, and what it points to."""

    title: str
    text: str = ""
    follow_up_on: date | None = None
    call: str = ""
    link: str = ""
    contact: str = ""


@trail.recorded("give-advice", kind="enquiry", about=named())
@transaction.atomic
def give_advice(*, actor: Actor, enquiry: str, given: Given) -> Advice:
    """An advice that who asked sees and answers. Raises NotFound (also for a call), NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    case = begin_case(actor, "give-advice", found)
    if not given.title.strip():
        raise NotValid(_("Schrijf in een paar woorden wat u aanraadt."), code="title")
    if given.follow_up_on is not None and given.follow_up_on < clock.today():
        raise NotValid(_("De dag waarop u het navraagt, ligt in de toekomst."), code="follow-up")
    if given.link and urlsplit(given.link).scheme not in ("http", "https"):
        raise NotValid(_("Een link begint met https://."), code="link")
    if given.call:
        call_of(given.call)
    known = known_person(actor.id)
    advice = Advice.objects.create(
        case=case,
        title=given.title.strip()[:120],
        text=given.text.strip(),
        follow_up_on=given.follow_up_on,
        call=given.call,
        link=given.link.strip()[:300],
        contact=given.contact.strip()[:200],
        given_by=actor.id,
        given_name=known.name if known else "",
        organisation_name=organisation_name(actor),
        given_on=clock.today(),
        changed_on=clock.today(),
    )
    done = finish(actor, "give-advice", found, facts={"advice": advice.public_id})
    telling.to_resident(done, f"advice-{advice.public_id}", "advice", {"advice": advice})
    return advice


@trail.recorded("move-advice", kind="enquiry", about=named())
@transaction.atomic
def move_advice(
    *, actor: Actor, enquiry: str, advice: str, state: str, follow_up_on: date | None = None, answer: str = ""
) -> Advice:
    """What happened with an advice, as an adviser heard it; a blocked one says what blocks. Raises NotFound, NotAllowed, NotNow,
    NotValid."""
    found = find(enquiry)
    begin(actor, "move-advice", found)
    there = _moved(found, advice, state, answer, follow_up_on=follow_up_on)
    finish(actor, "move-advice", found, facts={"advice": advice, "answer": state})
    return there


@trail.recorded("answer-advice", kind="enquiry", about=named())
@transaction.atomic
def answer_advice(*, actor: Actor, enquiry: str, advice: str, state: str, answer: str = "", link: str = "") -> Advice:
    """What who asked does with an advice. Raises NotFound, NotAllowed, NotNow, NotValid."""
    found = find(enquiry)
    begin(actor, "answer-advice", found, link)
    if state not in RESIDENT_STATES:
        raise NotValid(_("Kies wat u met het advies doet."), code="state")
    there = _moved(found, advice, state, answer, follow_up_on=_advice(found, advice).follow_up_on)
    done = finish(actor, "answer-advice", found, facts={"advice": advice, "answer": state})
    name = ADVICE_NAMES[AdviceState(state)]
    telling.to_adviser(done, f"advice-{advice}-{there.revision}", "advice_work", {"advice": there, "state": name})
    return there


@trail.recorded("begin-application", kind="enquiry", about=named())
@transaction.atomic
def begin_application(*, actor: Actor, enquiry: str, advice: str, share: bool = False, link: str = "") -> str:
    """Begin an application for the call of an advice, filled in with what the case knows; only who asked does so, with an
    account. With `share` the advisers on the file see how it stands. Returns its public id, the same one when it was begun before.

    Raises NotFound, NotAllowed, and NotNow when the call takes no applications.
    """
    found = find(enquiry)
    case = begin_case(actor, "begin-application", found, link)
    if actor.kind != "person" or actor.id != found.person:
        raise NotAllowed(_("Log in en bewaar de vraag bij uw account. Dan kunt u aanvragen."), code="sign-in")
    there = _advice(found, advice)
    if there.application:
        return there.application
    if not there.call:
        raise NotNow(_("Bij dit advies hoort geen regeling."), code="no-call")
    answers = {"plaats_in_provincie": True} if found.municipality else {}
    draft = start_from_plan(actor=actor, call=there.call, plan=Plan(case.title, found.municipality, answers))
    state = AdviceState.BUSY if AdviceState.BUSY in ADVICE_MOVES[there.stands] else there.stands
    Advice.objects.filter(pk=there.pk).update(
        application=draft, state=state.value, changed_on=clock.today(), revision=F("revision") + 1
    )
    SupportCase.objects.filter(pk=case.pk).update(share_state=share)
    finish(actor, "begin-application", found, facts={"advice": advice, "application": draft})
    return draft


def note_seen(enquiry: Enquiry) -> None:
    """Who asked opened the page with advice: keep the first day each was seen."""
    Advice.objects.filter(case__enquiry=enquiry, seen_on=None).update(seen_on=clock.today())


def _advice(found: Enquiry, advice: str) -> Advice:
    there = Advice.objects.filter(case__enquiry=found, public_id=advice).first()
    if there is None:
        raise NotFound(_("Dit advies kennen we niet."))
    return there


def _moved(found: Enquiry, advice: str, state: str, answer: str, *, follow_up_on: date | None) -> Advice:
    there = _advice(found, advice)
    if state not in set(AdviceState):
        raise NotValid(_("Kies wat er met het advies gebeurt."), code="state")
    target = AdviceState(state)
    if target is not there.stands and target not in ADVICE_MOVES[there.stands]:
        raise NotNow(_("Dit advies is al {state}.").format(state=ADVICE_NAMES[there.stands]), code="advice-state")
    if target is AdviceState.BLOCKED and not answer.strip():
        raise NotValid(_("Schrijf waar het op vastloopt."), code="blocked")
    ended = target in (AdviceState.DONE, AdviceState.DECLINED)
    changed = Advice.objects.filter(pk=there.pk, revision=there.revision).update(
        state=target.value,
        answer=answer.strip() or there.answer,
        follow_up_on=None if ended else follow_up_on,
        changed_on=clock.today(),
        revision=F("revision") + 1,
    )
    if not changed:
        raise NotNow(_("Iemand anders heeft dit advies net gewijzigd. Bekijk het opnieuw."), code="stale")
    there.refresh_from_db()
    return there
