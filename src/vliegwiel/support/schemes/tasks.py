"""What returns by the clock."""

from datetime import timedelta

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.schemes.actions import move_call


@task()
def move_calls() -> int:
    """Calls that opened or closed."""
    return move_call.move_by_clock(actor=Actor.system("job"))


SCHEDULE = (Periodic(move_calls, timedelta(minutes=1)),)
