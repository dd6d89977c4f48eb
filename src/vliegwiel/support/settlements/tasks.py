"""What returns by the clock. It may run twice and does its work once."""

from datetime import timedelta

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.settlements.actions.decide_later import make_known_what_was_posted


@task()
def make_posted_later_decisions_known() -> int:
    """Later decisions whose letter was posted: the register changes and the term to pay runs."""
    return make_known_what_was_posted(actor=Actor.system("job"))


SCHEDULE = (Periodic(make_posted_later_decisions_known, timedelta(minutes=10)),)
