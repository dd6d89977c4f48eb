"""Background work of notices: reminders by the clock, and the weekly message."""

from datetime import timedelta

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.foundation.notices.actions.send_digest import send_digest
from vliegwiel.foundation.notices.actions.send_reminders import send_reminders
from vliegwiel.kernel.actor import Actor


@task()
def remind() -> int:
    """Send the reminders that are due."""
    return send_reminders(actor=Actor.system("job"))


@task()
def send_weekly() -> int:
    """Send what waited for the weekly message."""
    return send_digest(actor=Actor.system("job"))


SCHEDULE = (Periodic(remind, timedelta(hours=1)), Periodic(send_weekly, timedelta(days=7)))
