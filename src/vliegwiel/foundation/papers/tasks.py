"""Background work of papers: documents that wait for the scanner."""

from datetime import timedelta

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.foundation.papers.actions.scan_waiting import scan_waiting
from vliegwiel.kernel.actor import Actor


@task()
def scan_again() -> int:
    """Let the scanner look at what waits."""
    return scan_waiting(actor=Actor.system("job"))


SCHEDULE = (Periodic(scan_again, timedelta(minutes=5)),)
