"""Hear the applicant before a decision against them (*zienswijze*, Awb 4:7–4:12): ask, take in, or skip on a ground."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.grants import letters
from vliegwiel.support.grants.actions.exchange_messages import tell_handlers
from vliegwiel.support.grants.gates import hearing_of
from vliegwiel.support.grants.models import Application, Hearing
from vliegwiel.support.grants.models.decision import HearingForm, SkipGround
from vliegwiel.support.grants.standing import begin, demand_revision, find, finish, named


@trail.recorded("ask-views", kind="application", about=named("application"))
def ask_views(
    *, actor: Actor, application: str, intention: str, reason: str, until: date, revision: int | None = None
) -> Hearing:
    """Tell the applicant by letter what is intended and why, and until when they can react, written or spoken as they choose.

    Raises NotAllowed, NotNow while they can still react, NotValid without intention or reason, or for a day that is not to come.
    """
    found = find(application)
    begin(actor, "ask-views", found)
    demand_revision(found, revision)
    if not intention.strip() or not reason.strip():
        raise NotValid(_("Schrijf op wat u van plan bent en waarom."), code="no-reason")
    if until <= clock.today():
        raise NotValid(_("Geef de aanvrager tijd: kies een dag die nog komt."), code="not-later")
    before = hearing_of(found)
    if before and before.until and before.received_on is None and clock.today() <= before.until:
        raise NotNow(_("De aanvrager kan nog reageren op de vorige vraag."), code="waiting")
    facts: dict[str, letters.Fact] = {
        "intention": intention.strip(),
        "reason": reason.strip(),
        "answer_by": until,
        "number": found.number or "",
    }
    letter = letters.prepared(found, letters.draft_of(found, "views-request", facts))
    with transaction.atomic():
        issued = letters.send(actor, found, letter)
        asked = Hearing.objects.create(
            application=found,
            intention=intention.strip(),
            reason=reason.strip(),
            asked_on=clock.today(),
            until=until,
            letter=issued.id,
            by=actor.id or actor.kind,
        )
        kept = {"hearing": asked.public_id, "until": until.isoformat(), "letter": issued.id}
        finish(actor, "ask-views", found, facts=kept)
    return asked


@trail.recorded("give-views", kind="application", about=named("application"))
def give_views(*, actor: Actor, application: str, views: str) -> Hearing:
    """The applicant reacts in writing. Raises NotAllowed, NotNow when nothing was asked or the time is over, NotValid without a text."""
    return _keep(actor, "give-views", application, views, HearingForm.WRITTEN, clock.today())


@trail.recorded("record-views", kind="application", about=named("application"))
def record_views(*, actor: Actor, application: str, views: str, form: str, received_on: date | None = None) -> Hearing:
    """Write down what the applicant said or sent by post; what came a little late may be written down too, until the decision.

    Raises NotAllowed, NotNow when nothing was asked, NotValid without a text or with a day to come.
    """
    return _keep(actor, "record-views", application, views, form, received_on or clock.today())


@trail.recorded("skip-views", kind="application", about=named("application"))
@transaction.atomic
def skip_views(*, actor: Actor, application: str, ground: str, why: str) -> Hearing:
    """Do not hear the applicant, on a ground of 4:11 (or 4:12, which does not hold for a refusal on 4:35), with the reason.

    Raises NotAllowed, NotNow, NotValid.
    """
    found = find(application)
    begin(actor, "skip-views", found)
    if ground not in SkipGround.values or not why.strip():
        raise NotValid(_("Kies een grond van artikel 4:11 of 4:12 en schrijf op waarom die hier geldt."), code="no-ground")
    skipped = Hearing.objects.create(application=found, skip_ground=ground, skip_why=why.strip(), by=actor.id or actor.kind)
    finish(actor, "skip-views", found, facts={"hearing": skipped.public_id, "ground": ground})
    return skipped


@transaction.atomic
def _keep(actor: Actor, key: str, application: str, views: str, form: str, day: date) -> Hearing:
    found: Application = find(application)
    begin(actor, key, found)
    asked = hearing_of(found)
    if asked is None or asked.until is None or asked.received_on is not None:
        raise NotNow(_("Er is nu geen vraag om een reactie."), code="nothing-asked")
    if key == "give-views" and day > asked.until:
        raise NotNow(_("De tijd om te reageren is voorbij. Neem contact op met de behandelaar."), code="too-late")
    if not views.strip():
        raise NotValid(_("Schrijf op wat u ervan vindt."), code="no-views")
    if form not in HearingForm.values or not (asked.asked_on or day) <= day <= clock.today():
        raise NotValid(_("Kies hoe en wanneer de reactie binnenkwam."), code="form")
    answered = Hearing.objects.filter(pk=asked.pk, received_on=None).update(views=views.strip(), form=form, received_on=day)
    if not answered:
        raise NotNow(_("De reactie is er al."), code="answered")
    asked.refresh_from_db()
    finish(actor, key, found, facts={"hearing": asked.public_id, "form": form})
    if key == "give-views":  # the decision answers the reaction, so who prepares it hears that it came
        tell_handlers(found, part="besluit", moment=f"views-{asked.public_id}", text="views")
    return asked
