"""Hear the recipient before a decision against them (*zienswijze*, Awb 4:7–4:11): tell, take in, or skip on a ground."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.foundation.papers.public import prepare_letter
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.grants.public import draft_letter_to, move_on, send_letter
from vliegwiel.support.settlements.files import GrantFile, begin
from vliegwiel.support.settlements.models import HearingForm, Intention, SkipGround
from vliegwiel.support.settlements.naming import named


@trail.recorded("tell-intention", kind="application", about=named("application"))
def tell_intention(*, actor: Actor, application: str, intention: str, reason: str, until: date) -> Intention:
    """Tell the recipient by letter what is intended and why, and until when they can react, written or spoken as they choose.

    Raises NotAllowed, NotNow while they can still react, NotValid without intention or reason, or for a day that is not to come.
    """
    file = GrantFile(application)
    begin(actor, "tell-intention", file)
    if not intention.strip() or not reason.strip():
        raise NotValid(_("Schrijf op wat u van plan bent en waarom."), code="no-reason")
    if until <= clock.today():
        raise NotValid(_("Geef de ontvanger tijd: kies een dag die nog komt."), code="not-later")
    if file.open_intention is not None:
        raise NotNow(_("De ontvanger kan nog reageren op de vorige vraag."), code="waiting")
    facts: dict[str, Any] = {
        "intention": intention.strip(),
        "reason": reason.strip(),
        "answer_by": until,
        "number": file.grant.number,
    }
    ready = prepare_letter(province=file.grant.province, draft=draft_letter_to(file.name, "views-request", facts))
    with transaction.atomic():
        letter = send_letter(actor, file.name, ready)
        told = Intention.objects.create(
            application=file.name,
            province=file.grant.province,
            intention=intention.strip(),
            reason=reason.strip(),
            asked_on=clock.today(),
            until=until,
            letter=letter.id,
            by=actor.id or actor.kind,
        )
        kept = {"intention": told.public_id, "until": until.isoformat(), "letter": letter.id}
        move_on(actor, "tell-intention", file.name, facts=kept)
    return told


@trail.recorded("answer-intention", kind="application", about=named("application"))
def answer_intention(*, actor: Actor, application: str, views: str) -> Intention:
    """The recipient reacts in writing. Raises NotAllowed, NotNow when nothing was asked or the time is over, NotValid without a text."""
    return _keep(actor, "answer-intention", application, views, HearingForm.WRITTEN, clock.today())


@trail.recorded("note-reaction", kind="application", about=named("application"))
def note_reaction(*, actor: Actor, application: str, views: str, form: str, received_on: date) -> Intention:
    """Write down what the recipient said or sent by post; what came a little late may be written down too, until the decision.

    Raises NotAllowed, NotNow when nothing was asked, NotValid without a text or with a day that cannot be.
    """
    return _keep(actor, "note-reaction", application, views, form, received_on)


@trail.recorded("skip-hearing", kind="application", about=named("application"))
@transaction.atomic
def skip_hearing(*, actor: Actor, application: str, ground: str, why: str) -> Intention:
    """Do not hear the recipient, on a ground of 4:11, with the reason. Raises NotAllowed, NotNow, NotValid."""
    file = GrantFile(application)
    begin(actor, "skip-hearing", file)
    if ground not in SkipGround.values or not why.strip():
        raise NotValid(_("Kies een grond van artikel 4:11 en schrijf op waarom die hier geldt."), code="no-ground")
    if file.open_intention is not None:
        raise NotNow(_("De ontvanger kan nog reageren. Wacht daarop."), code="waiting")
    skipped = Intention.objects.create(
        application=file.name,
        province=file.grant.province,
        skip_ground=ground,
        skip_why=why.strip(),
        by=actor.id or actor.kind,
    )
    move_on(actor, "skip-hearing", file.name, facts={"intention": skipped.public_id, "ground": ground})
    return skipped


@transaction.atomic
def _keep(actor: Actor, key: str, application: str, views: str, form: str, day: date) -> Intention:
    file = GrantFile(application)
    begin(actor, key, file)
    told = file.intention
    if told is None or told.until is None:
        raise NotNow(_("Er is niet om een reactie gevraagd."), code="not-asked")
    if key == "answer-intention" and clock.today() > told.until:
        raise NotNow(_("De tijd om te reageren is voorbij. Bel de provincie als u nog iets wilt zeggen."), code="too-late")
    if not views.strip():
        raise NotValid(_("Schrijf op wat u ervan vindt."), code="no-views")
    if form not in HearingForm.values or not (told.asked_on or day) <= day <= clock.today():
        raise NotValid(_("Kies hoe en wanneer de reactie binnenkwam."), code="form")
    waits = Intention.objects.filter(pk=told.pk, received_on=None, used=False)
    if not waits.update(views=views.strip(), form=form, received_on=day):
        raise NotNow(_("De reactie is er al."), code="answered")
    told.refresh_from_db()
    move_on(actor, key, file.name, facts={"intention": told.public_id, "form": form})
    return told
