"""Background work of figures: throwing away files that nobody loaded."""

from datetime import timedelta

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.kernel import clock
from vliegwiel.see.figures import quarantine
from vliegwiel.see.figures.models import ReceivedFile

KEPT = timedelta(days=1)


@task()
def clear_received() -> int:
    """Remove files that came in more than a day ago, and what was noted about them; returns how many."""
    before = clock.now() - KEPT
    quarantine.QUARANTINE.clear_before(before)
    return int(ReceivedFile.objects.filter(received_at__lt=before).delete()[0])


SCHEDULE = (Periodic(clear_received, timedelta(hours=1)),)
