"""The worker: takes tasks from the database, keeps the schedule, stops politely."""

import logging
import os
import signal
import threading
from collections.abc import Sequence
from datetime import timedelta

from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from vliegwiel.foundation.jobs.public import Periodic, stopping
from vliegwiel.foundation.jobs.schedule import Schedule
from vliegwiel.foundation.trail.actions.seal_entries import seal_entries
from vliegwiel.kernel import clock

log = logging.getLogger(__name__)
ABANDONED = timedelta(minutes=30)


class Stopper:
    """Becomes true when the worker must stop: by a signal, or because the process that started it is gone."""

    def __init__(self, *, with_parent: bool = False) -> None:
        self._event = threading.Event()
        self._parent = os.getppid() if with_parent else 0

    def listen(self) -> None:
        """Stop politely at Ctrl+C and at the polite signal of the system."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._event.set())

    def wait(self, seconds: float) -> bool:
        """Wait; true when it is time to stop."""
        return self._event.wait(seconds) or (self._parent > 0 and os.getppid() != self._parent)


def work(periodics: Sequence[Periodic], stopper: Stopper, *, interval: float = 1.0) -> None:
    """Run until `stopper` says so, then seal the trail. A task that fails is logged and never stops the worker."""
    schedule = Schedule(periodics)
    stopping.set(lambda: stopper.wait(0))
    release_abandoned()
    try:
        while not stopper.wait(interval):
            close_old_connections()
            try:
                schedule.enqueue_due()
                run_waiting()
            except Exception:
                log.exception("the worker could not take its tasks and tries again")
    finally:
        seal_entries()


def run_waiting() -> None:
    """Run every task that is ready, one after the other. Asking is a read: an idle worker takes no lock."""
    if not DBTaskResult.objects.ready().exists():
        return
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    ).run()


def release_abandoned() -> int:
    """Give back tasks of a worker that was killed: they may run twice, so they must do no harm when repeated."""
    return int(
        DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=clock.now() - ABANDONED).update(
            status=TaskResultStatus.READY, started_at=None
        )
    )
