"""Background work of papers: documents that wait for the scanner, letters that were released, files that nobody needs."""

from datetime import timedelta

from vliegwiel.foundation.jobs.public import Periodic, task
from vliegwiel.foundation.papers.actions.clear_unused import clear_unused
from vliegwiel.foundation.papers.actions.release_batch import send_released_letters
from vliegwiel.foundation.papers.actions.scan_waiting import scan_waiting
from vliegwiel.kernel.actor import Actor


@task()
def scan_again() -> int:
    """Let the scanner look at what waits."""
    return scan_waiting(actor=Actor.system("job"))


@task()
def clear_files() -> int:
    """Throw away files that no row names."""
    return clear_unused()


@task()
def send_released() -> int:
    """Send the letters of batches that were released."""
    return send_released_letters()


SCHEDULE = (
    Periodic(scan_again, timedelta(minutes=5)),
    Periodic(clear_files, timedelta(hours=1)),
    Periodic(send_released, timedelta(minutes=5)),
)
