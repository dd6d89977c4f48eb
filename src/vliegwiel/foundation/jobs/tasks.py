"""Background work of the ground floor itself: sealing the trail, clearing what is finished."""

from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from vliegwiel.catalogue.retention import kept_for
from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.foundation.trail.actions.seal_entries import seal_entries
from vliegwiel.kernel import clock


@task()
def seal_trail() -> int:
    """Seal what is new in the trail."""
    return seal_entries()


@task()
def clear_finished() -> int:
    """Remove finished tasks that were kept long enough; returns how many."""
    return int(DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - kept_for("finished-job")).delete()[0])


SCHEDULE = (Periodic(seal_trail, timedelta(minutes=1)), Periodic(clear_finished, timedelta(days=1)))
