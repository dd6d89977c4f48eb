"""What returns by the clock: the index as the rooms list it now, packed."""

from datetime import timedelta

from django.conf import settings

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.foundation.search.actions import pack_index as packing
from vliegwiel.foundation.search.actions import refresh_index as refreshing
from vliegwiel.kernel.actor import Actor


@task()
def refresh_index() -> int:
    """Put right what changed without an act, such as a call that opened."""
    return refreshing.refresh_index(actor=Actor.system("job"), province=settings.VLIEGWIEL_PROVINCE)


@task()
def sweep_index() -> int:
    """Take what is gone out of the blocks."""
    return packing.sweep_index(actor=Actor.system("job"))


SCHEDULE = (Periodic(refresh_index, timedelta(minutes=15)), Periodic(sweep_index, timedelta(days=1)))
