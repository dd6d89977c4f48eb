"""What is carried out after an approval, and what goes by itself when its term is over."""

from datetime import timedelta

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.archive.actions import carry_out as carrying
from vliegwiel.support.archive.actions import forget_people as forgetting
from vliegwiel.support.archive.lifecycle import ListState
from vliegwiel.support.archive.models import DestructionList

_JOB = Actor.system("job")
#: Kinds of record whose messages go with their file.
_OF_FILES = (
    "aid",
    "application",
    "claim",
    "consent",
    "decision",
    "default-notice",
    "direct-grant",
    "enquiry",
    "fund-decision",
    "grant-account",
    "letter",
    "objection",
    "paper",
    "payment",
    "support-case",
)


@task()
def carry_out_list(name: str) -> int:
    """The files on a list that was approved."""
    return carrying.carry_out(actor=_JOB, on=name)


@task()
def carry_on_lists() -> int:
    """Lists that were approved and not finished, such as after a stop of the machine."""
    waiting = list(DestructionList.objects.filter(state=ListState.APPROVED).values_list("public_id", flat=True))
    return sum(carrying.carry_out(actor=_JOB, on=name) for name in waiting)


@task()
def forget_people() -> int:
    """Accounts that nobody used and no file needs, names of former colleagues, and messages that belong to no file."""
    return forgetting.forget_people(actor=_JOB, files=_OF_FILES)


SCHEDULE = (Periodic(carry_on_lists, timedelta(hours=1)), Periodic(forget_people, timedelta(days=1)))
