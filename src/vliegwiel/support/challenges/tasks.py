"""What returns by the clock: drafts that nobody sends go."""

from datetime import timedelta

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.challenges.actions.leave_challenges import discard_old_drafts


@task()
def forget_drafts() -> int:
    """Throw away drafts that are over their term."""
    return discard_old_drafts(actor=Actor.system("job"))


SCHEDULE = (Periodic(forget_drafts, timedelta(days=1)),)
