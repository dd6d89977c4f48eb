"""Background work of the ground floor itself: sealing the trail, clearing what is finished."""

from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.foundation.trail.actions.seal_entries import seal_entries
from vliegwiel.kernel import clock

KEEP_FINISHED = timedelta(days=7)


@task()
def seal_trail() -> int:
    """Seal what is new in the trail."""
    return seal_entries()


@task()
def clear_finished() -> int:
    """Remove finished tasks of more than a week ago; returns how many."""
    return int(DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - KEEP_FINISHED).delete()[0])


SCHEDULE = (Periodic(seal_trail, timedelta(minutes=1)), Periodic(clear_finished, timedelta(days=1)))
