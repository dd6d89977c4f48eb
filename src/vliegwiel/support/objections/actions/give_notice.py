"""Say that a decision is late (*ingebrekestelling*, Awb 4:17): by who waits for it, or typed in by an officer."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.people.public import Subject, may, who_may
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.support.grants.public import GrantFacts, grant_of, move_on
from vliegwiel.support.objections import letters
from vliegwiel.support.objections.lifecycle import PENDING
from vliegwiel.support.objections.models import Channel, DefaultNotice, Objection
from vliegwiel.support.objections.numbers import NOTICE, next_number
from vliegwiel.support.objections.standing import at_work, find, is_objector, named, notice_reference
from vliegwiel.support.objections.tasks import issue_notice_receipt


@dataclass(frozen=True)
class _Waits:
    """What someone waits for: the application, the objection if that is it, and the day that should not have passed."""

    grant: GrantFacts
    objection: Objection | None
    due_on: date | None


@trail.recorded("give-notice", kind="application", about=named("application"))
@transaction.atomic
def give_notice(*, actor: Actor, application: str, text: str = "", objection: str = "") -> DefaultNotice:
    """Write that the decision on an application, or on an `objection` against it, is late: we then have two weeks (Awb 4:17(3)).

    Raises NotFound, NotAllowed; NotNow before the last day has passed, once it is decided, or a second time.
    """
    waits = _waits(application, objection)
    if waits.objection is None:
        move_on(actor, "give-notice", application)
    else:
        own = is_objector(actor, waits.objection, waits.grant)
        if not own or not may(actor, "apply-for-support", Subject(person=actor.id)):
            raise NotAllowed(_("Dit bezwaar is van iemand anders."), code="not-own")
        _demand_pending(waits.objection)
    return _keep(actor, "give-notice", waits, clock.today(), Channel.WEB, text, actor.id)


@trail.recorded("register-notice", kind="application", about=named("application"))
@transaction.atomic
def register_notice(
    *, actor: Actor, application: str, received_on: date, channel: str, text: str = "", objection: str = ""
) -> DefaultNotice:
    """Type in a notice that came on paper or by phone: the date stamp counts. Raises as `give_notice`, and NotValid for a stamp to come."""
    waits = _waits(application, objection)
    if channel not in (Channel.PAPER, Channel.PHONE):
        raise NotValid(_("Kies hoe de brief binnenkwam."), code="channel")
    if received_on > clock.today():
        raise NotValid(_("De datumstempel ligt in de toekomst. Kijk hem na."), code="stamp")
    if waits.objection is None:
        move_on(actor, "register-notice", application)
    else:
        verdict = at_work(actor, waits.grant.province, waits.grant.municipality, waits.grant, ("handle-objections",))
        if not verdict:
            raise NotAllowed(verdict.reasons[0].text, code=verdict.reasons[0].code)
        _demand_pending(waits.objection)
    return _keep(actor, "register-notice", waits, received_on, Channel(channel), text, waits.grant.applicant)


def _waits(application: str, objection: str) -> _Waits:
    grant = grant_of(application)
    if not objection:
        return _Waits(grant, None, grant.due_on)
    found = find(objection)
    if found.application != grant.id:
        raise NotValid(_("Dit bezwaar hoort bij een andere aanvraag."), code="other-file")
    return _Waits(grant, found, found.due_on)


def _demand_pending(objection: Objection) -> None:
    if objection.stands not in PENDING:
        raise NotNow(_("Op dit bezwaar is al besloten."), code="state")


def _keep(actor: Actor, key: str, waits: _Waits, received_on: date, channel: Channel, text: str, person: str) -> DefaultNotice:
    if waits.due_on is None or received_on <= waits.due_on:
        when = day(waits.due_on, "full") if waits.due_on else "–"
        told = _("Wij hebben tot en met {day} om te besluiten. Daarna kunt u dit schrijven.")
        raise NotNow(told.format(day=when), code="not-late")
    found = DefaultNotice(
        number=next_number(NOTICE, received_on.year),
        province=waits.grant.province,
        municipality=waits.grant.municipality,
        application=waits.grant.id,
        application_number=waits.grant.number,
        title=(waits.grant.title or waits.grant.scheme_title)[:120],
        objection=waits.objection,
        person=person,
        channel=channel,
        received_on=received_on,
        due_on=waits.due_on,
        text=text.strip(),
        entered_by="" if key == "give-notice" else actor.id,
        made_up=waits.grant.made_up,
    )
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError as fault:
        raise NotNow(_("U schreef ons dit al. De twee weken lopen."), code="given") from fault
    about = notice_reference(found)
    trail.record(
        actor=actor,
        action=key,
        subject=about,
        facts={"due": waits.due_on.isoformat(), "on": received_on.isoformat(), "channel": channel.value},
        province=found.province,
    )
    for colleague in who_may("handle-objections", Subject(province=found.province, municipality=found.municipality))[:20]:
        letters.to_colleague(about, found.province, colleague, "notice", "notice", {"notice": found})
    issue_notice_receipt.enqueue(notice=found.public_id)
    return found
