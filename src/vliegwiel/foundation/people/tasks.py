"""Background work of people: handing over mail, clearing sessions, counts and accounts that nobody used."""

from datetime import timedelta

from django.core.management import call_command

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.foundation.people import limits, outbox
from vliegwiel.foundation.people.actions.remove_unused_accounts import remove_unused_accounts
from vliegwiel.kernel.actor import Actor


@task()
def hand_over() -> int:
    """Hand over the waiting mail."""
    return outbox.hand_over_waiting()


@task()
def clear_sent() -> int:
    """Remove messages that were handed over long ago."""
    return outbox.clear_sent()


@task()
def remove_unused() -> int:
    """Remove accounts that nobody ever used."""
    return remove_unused_accounts(actor=Actor.system("job"))


@task()
def clear_sessions() -> None:
    """Remove sessions that have ended."""
    call_command("clearsessions")


@task()
def forget_use() -> int:
    """Throw away what was counted before today."""
    return limits.forget_use()


SCHEDULE = (
    Periodic(hand_over, timedelta(minutes=1)),
    Periodic(clear_sent, timedelta(days=1)),
    Periodic(remove_unused, timedelta(hours=6)),
    Periodic(clear_sessions, timedelta(days=1)),
    Periodic(forget_use, timedelta(hours=12)),
)
