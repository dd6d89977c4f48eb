"""What becomes of challenges whose writer removes the account, and of drafts that nobody sent."""

from datetime import datetime, time

from django.db import transaction
from django.db.models import F

from vliegwiel.catalogue.retention import retentions
from vliegwiel.foundation.notices.public import forget
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.challenges import telling
from vliegwiel.support.challenges.findable import refresh
from vliegwiel.support.challenges.lifecycle import PENDING, State
from vliegwiel.support.challenges.models import Challenge
from vliegwiel.support.challenges.standing import reference


@transaction.atomic
def leave_challenges(*, actor: Actor, person: str, email: str) -> None:
    """Take this person (public id) off their challenges: drafts go, the name goes, and what still waits for an answer is
    withdrawn unless it came from a question at the desk, where an adviser goes on. Part of the transaction that removes the account."""
    for found in Challenge.objects.filter(person=person).order_by("pk"):
        forget(about=reference(found), person=person)
        if found.stands is State.DRAFT and not found.enquiry:
            found.delete()
            continue
        stops = found.stands in PENDING and not found.enquiry
        ended = {"state": State.WITHDRAWN.value, "ended_on": clock.today()} if stops else {}
        Challenge.objects.filter(pk=found.pk).update(
            person="", name="", shows_name=False, revision=F("revision") + 1, changed_at=clock.now(), **ended
        )
        found.refresh_from_db()
        refresh(actor, found)
        if stops:
            telling.to_authority(found, "withdrawn", "withdrawn_work")
            trail.record(actor=actor, action="withdraw-challenge", subject=reference(found), province=found.province)


@transaction.atomic
def discard_old_drafts(*, actor: Actor) -> int:
    """Delete drafts in which nobody wrote for as long as a draft is kept; returns how many."""
    kept = retentions()["draft-challenge"].on(clock.today()).kept
    before = datetime.combine(clock.today() - kept, time(), clock.AMSTERDAM)
    gone = list(Challenge.objects.filter(state=State.DRAFT.value, changed_at__lt=before))
    for found in gone:
        trail.record(actor=actor, action="discard-challenge", subject=reference(found), province=found.province)
        found.delete()
    return len(gone)
