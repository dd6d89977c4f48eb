"""Send an application in: from this moment it is received, has a number, and the term runs."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.design.dutch import day
from vliegwiel.foundation.notices.public import tell
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.grants.content import hash_of
from vliegwiel.support.grants.drafts import SCAN, Draft
from vliegwiel.support.grants.models import Application, Participant, Signature
from vliegwiel.support.grants.models.application import ApplicantKind, ClockKind, ParticipantRole, Purpose
from vliegwiel.support.grants.numbers import next_number
from vliegwiel.support.grants.readiness import demand_ready, least_lacking
from vliegwiel.support.grants.standing import begin, find, finish, named, reference
from vliegwiel.support.grants.tasks import issue_receipt
from vliegwiel.support.grants.terms import due_of, note
from vliegwiel.support.schemes.public import demand_open

_ABOUT = named("application")
_REGISTRABLE = ("announced", "open", "closed")


@trail.recorded("submit-application", kind="application", about=_ABOUT)
def submit_application(*, actor: Actor, application: str) -> Application:
    """Receive a signed application (Awb 2:17): number, moment in UTC and legal date, the term with its source, messages, receipt.

    The moment counts at which the request reached us, not that at which the database had time. One second after the closing it is
    refused and stays as it is. Raises NotAllowed, NotNow, and NotValid when something lacks or someone has not signed.
    """
    moment = clock.now()
    with transaction.atomic():
        found = find(application)
        begin(actor, "submit-application", found)
        demand_open(found.call, moment)
        draft = Draft(found)
        demand_ready(draft)
        if draft.unsigned:
            count = len(draft.unsigned)
            text = _("Er ontbreekt nog 1 handtekening.") if count == 1 else _("Er ontbreken nog {count} handtekeningen.")
            raise NotValid(text.format(count=count), code="not-signed")
        return _receive(actor, "submit-application", draft, moment, clock.legal_date(moment))


@trail.recorded("register-application", kind="application", about=_ABOUT)
def register_application(
    *, actor: Actor, application: str, received: datetime | date, name: str, treasurer: str = ""
) -> Application:
    """Receive what came on paper, at the counter or by phone and was typed in: the date stamp is the moment of receipt, or only its day
    when nobody noted the time. On the day on which the call opens or closes the time decides, so it must be known.

    `name` is who signed on the scan, `treasurer` who signed there to keep the money of a group (*penvoerder*). What a paper application
    must have at least is asked (Awb 4:2); the rest can be completed later (Awb 4:5). The same term runs and the receipt goes by post.
    Raises NotAllowed, NotNow when the stamp is outside the call, NotValid.
    """
    with transaction.atomic():
        found = find(application)
        begin(actor, "register-application", found)
        draft = Draft(found)
        _demand_stamp(draft, received)
        lacks = least_lacking(draft)
        if not name.strip():
            raise NotValid(_("Vul in wie er tekende. Zonder handtekening is het geen aanvraag."), code="no-signature")
        if lacks:
            details = tuple(lack.text for lack in lacks)
            raise NotValid(_("Dit is nog te weinig voor een aanvraag (Awb 4:2)."), code="not-ready", details=details)
        signers = [name.strip()[:80]]
        if treasurer.strip():
            signers.append(with_treasurer(found, name, treasurer).name)
        scan = next(paper.id for paper in draft.papers if paper.kind == SCAN)
        signed = hash_of(found)
        for signer in signers:
            Signature.objects.create(
                application=found, purpose=Purpose.APPLICATION, person="", name=signer, content_hash=signed, scan=scan
            )
        moment = received if isinstance(received, datetime) else None
        return _receive(actor, "register-application", draft, moment, clock.legal_date(moment) if moment else received)


def with_treasurer(found: Application, name: str, treasurer: str) -> Participant:
    """Who keeps the money of a group, as named on paper: someone else than who asks, without an account here."""
    if found.applicant_kind != ApplicantKind.GROUP:
        raise NotValid(_("Alleen een groep inwoners heeft een penvoerder."), code="no-group")
    if treasurer.strip().lower() == name.strip().lower():
        raise NotValid(_("De penvoerder is iemand anders dan wie aanvraagt. Die tekent ook."), code="same-person")
    return Participant.objects.create(
        application=found, role=ParticipantRole.CASHIER, name=treasurer.strip()[:80], accepted_at=clock.now()
    )


def _receive(actor: Actor, key: str, draft: Draft, moment: datetime | None, received_on: date) -> Application:
    """The receipt itself, in the caller's transaction; the moment is None when only the day is known."""
    found = draft.application
    term, call = draft.rules.term, draft.call
    from_closing = term.counted_from == "closing"
    note(
        actor=actor,
        application=found,
        kind=ClockKind.START,
        on=clock.legal_date(call.closes_at) if from_closing else received_on,
        article=term.article,
        facts={
            "weeks": term.weeks,
            "source": term.source,
            "like_act": term.like_act,
            "from_closing": from_closing,
            **({"from_completeness": True} if term.counted_from == "completeness" else {}),
        },
    )
    finish(
        actor,
        key,
        found,
        facts={"received": received_on.isoformat(), "asked": found.asked, "channel": found.channel},
        number=next_number(received_on.year),
        received_at=moment,
        received_on=received_on,
        due_on=due_of(found),
        ceiling="" if call.ceilings else call.ceiling,
    )
    for person in draft.signers:
        tell(
            about=reference(found),
            moment="received",
            template="support/grants/texts/received",
            facts={"application": found, "due": day(found.due_on, "week")},
            province=found.province,
            person=person,
        )
    issue_receipt.enqueue(application=found.public_id)
    return found


def _demand_stamp(draft: Draft, received: datetime | date) -> None:
    call = draft.call
    opens, closes, now = call.opens_at, call.closes_at, clock.now()
    if isinstance(received, datetime):
        future, early, late = received > now, received < opens, received > closes
    else:
        first, last = clock.legal_date(opens), clock.legal_date(closes)
        future, early, late = received > clock.legal_date(now), received < first, received > last
        if received in (first, last):
            text = _("De regeling ging die dag open of dicht. Schrijf ook op hoe laat de aanvraag binnenkwam.")
            raise NotValid(text, code="stamp")
    if future:
        raise NotValid(_("De datumstempel ligt in de toekomst. Kijk hem na."), code="stamp")
    if early:
        raise NotNow(_("Deze regeling ging open op {day}.").format(day=day(call.opens_at, "week")), code="not-open-yet")
    if late or call.state not in _REGISTRABLE:
        raise NotNow(
            _("Deze regeling sloot op {day}. Dit kwam later binnen. Leg het apart voor: het is te laat.").format(
                day=day(call.closes_at, "week")
            ),
            code="closed",
        )
