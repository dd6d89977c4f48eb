"""Background work of notices: reminders by the clock, the weekly message, messages on paper."""

from datetime import timedelta

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.foundation.notices.actions.note_handed_over import note_handed_over
from vliegwiel.foundation.notices.actions.send_digest import send_digest
from vliegwiel.foundation.notices.actions.send_reminders import send_reminders
from vliegwiel.foundation.notices.actions.write_messages import write_messages
from vliegwiel.kernel.actor import Actor


@task()
def remind() -> int:
    """Send the reminders that are due."""
    return send_reminders(actor=Actor.system("job"))


@task()
def send_weekly() -> int:
    """Send what waited for the weekly message."""
    return send_digest(actor=Actor.system("job"))


@task()
def put_on_paper() -> int:
    """Write the messages that go on paper."""
    return write_messages(actor=Actor.system("job"))


@task()
def keep_proof() -> int:
    """Keep when each mail was handed over."""
    return note_handed_over()


SCHEDULE = (
    Periodic(remind, timedelta(hours=1)),
    Periodic(send_weekly, timedelta(days=7)),
    Periodic(put_on_paper, timedelta(minutes=5)),
    Periodic(keep_proof, timedelta(hours=1)),
)
