"""What returns by the clock."""

from datetime import timedelta

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.consents.actions import ask_consent


@task()
def record_expired() -> int:
    """Questions whose last day has passed without an answer."""
    return ask_consent.record_expired(actor=Actor.system("job"))


SCHEDULE = (Periodic(record_expired, timedelta(minutes=30)),)
