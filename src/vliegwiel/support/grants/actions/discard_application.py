"""Throw a draft away, truly: nothing of it stays but the mention in the trail that it was there."""

from django.db import transaction

from vliegwiel.catalogue.retention import RetentionTerm, retentions
from vliegwiel.foundation.notices.public import forget
from vliegwiel.foundation.papers.public import remove_papers
from vliegwiel.foundation.trail import public as trail
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants.lifecycle import UNSENT
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.models.application import Channel
from vliegwiel.support.grants.standing import begin, find, named, reference


def draft_term() -> RetentionTerm:
    """How long a draft that nobody touches is kept today, and how long before its end the reminders say so."""
    return retentions()["draft-application"].on(clock.today())


@trail.recorded("discard-application", kind="application", about=named("application"))
@transaction.atomic
def discard_application(*, actor: Actor, application: str) -> None:
    """Delete an application that was not sent, with its documents and messages. Raises NotAllowed, NotNow once it was sent."""
    found = find(application)
    begin(actor, "discard-application" if found.channel == Channel.WEB else "enter-application", found)
    _delete(actor, found, "discard-application")


def discard_abandoned(*, actor: Actor) -> int:
    """Delete the drafts that nobody touched for the retention term; returns how many."""
    before = clock.now() - draft_term().kept
    old = Application.objects.filter(state__in=[state.value for state in UNSENT], changed_at__lt=before)
    count = 0
    for found in old.order_by("pk")[:500]:
        with transaction.atomic():
            _delete(actor, found, "discard-abandoned")
        count += 1
    return count


def _delete(actor: Actor, found: Application, action: str) -> None:
    about = reference(found)
    trail.record(actor=actor, action=action, subject=about, facts={"state": found.state}, province=found.province)
    remove_papers(actor=Actor.system(actor.origin), about=about)
    forget(about=about)
    found.delete()
