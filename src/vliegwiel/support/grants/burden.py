"""What applying costs people: how far they come and how long they take, counted per scheme and page without a person or an answer."""

from datetime import timedelta

from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.models.application import Channel
from vliegwiel.support.schemes.public import count_outcome, count_steps

PART = "application"
#: A longer pause between two saves is no work on the application.
_PAUSE = timedelta(minutes=15)


def count_saved(actor: Actor, application: Application, step: str, following: str) -> None:
    """A page was saved, for the first time or again; the next one was reached. Drafts that officers type in do not count."""
    if application.channel != Channel.WEB:
        return
    spent = clock.now() - max(application.changed_at, application.started_at)
    seconds = application.seconds + (int(spent.total_seconds()) if spent < _PAUSE else 0)
    new = [key for key in (step, following) if key and key not in application.reached]
    answered = () if f"{step}!" in application.reached else (step,)
    reached = [*application.reached, *new, *(f"{key}!" for key in answered)]
    Application.objects.filter(pk=application.pk).update(reached=reached, seconds=seconds)
    if new or answered:
        count_steps(actor=actor, scheme=application.scheme, part=PART, reached=tuple(new), answered=answered)


def count_sent(actor: Actor, application: Application) -> None:
    """An application was sent: how long it took, counted once."""
    if application.channel == Channel.WEB:
        count_outcome(actor=actor, scheme=application.scheme, part=PART, verdict="sent", seconds=application.seconds)
