"""What returns by the clock. It may run twice and does its work once."""

from datetime import timedelta

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.settlements.actions.decide_later import make_known_what_was_posted
from vliegwiel.support.settlements.actions.enter_misuse import forget_misuse


@task()
def make_posted_later_decisions_known() -> int:
    """Later decisions whose letter was posted: the register changes and the term to pay runs."""
    return make_known_what_was_posted(actor=Actor.system("job"))


@task()
def forget_old_misuse() -> int:
    """Entries about misuse whose term is over."""
    return forget_misuse(actor=Actor.system("job"))


SCHEDULE = (
    Periodic(make_posted_later_decisions_known, timedelta(minutes=10)),
    Periodic(forget_old_misuse, timedelta(days=1)),
)
