"""What returns by the clock: tasks that are over their term go."""

from datetime import timedelta

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.outreach.actions.forget_outreach import forget_outreach


@task()
def forget_old_outreach() -> int:
    """Destroy tasks that are over their term."""
    return forget_outreach(actor=Actor.system("job"))


SCHEDULE = (Periodic(forget_old_outreach, timedelta(days=1)),)
