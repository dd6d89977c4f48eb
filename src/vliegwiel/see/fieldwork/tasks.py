"""Background work of fieldwork: closing by the clock, shuffling, and forgetting members of a panel."""

from datetime import timedelta

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.kernel.actor import Actor


@task()
def close_late() -> int:
    """Close what is over its last day; returns how many."""
    from vliegwiel.see.fieldwork.actions.close_fielding import close_by_clock

    return close_by_clock(actor=Actor.system("job"))


@task()
def shuffle() -> int:
    """Shuffle answers that came in; returns of how many enquiries."""
    from vliegwiel.see.fieldwork.actions.shuffle_answers import shuffle_answers

    return shuffle_answers(actor=Actor.system("job"))


@task()
def forget_panel_members() -> int:
    """Erase members whose term is over; returns how many."""
    from vliegwiel.see.fieldwork.actions.keep_panel import forget_members

    return forget_members(actor=Actor.system("job"))


@task()
def forget_answers() -> int:
    """Destroy what of closed fieldwork is over its term; returns of how many."""
    from vliegwiel.see.fieldwork.actions.forget_fieldwork import forget_fieldwork

    return forget_fieldwork(actor=Actor.system("job"))


SCHEDULE = (
    Periodic(close_late, timedelta(hours=1)),
    Periodic(shuffle, timedelta(hours=1)),
    Periodic(forget_panel_members, timedelta(days=1)),
    Periodic(forget_answers, timedelta(days=1)),
)
