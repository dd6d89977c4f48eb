"""What other rooms may ask of background work.

`task` makes a function of a module into background work; `its.enqueue(...)` inside the transaction of an act keeps it in the
database, so that it runs after the commit and never when the act was rolled back. `Periodic` is what returns by the clock.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django_tasks import task
from django_tasks.base import Task

__all__ = ["Periodic", "task"]


@dataclass(frozen=True)
class Periodic:
    """A task that is enqueued once in every period, by whichever worker is first."""

    task: Task[Any, Any]
    every: timedelta

    @property
    def name(self) -> str:
        """The path of the task: one name on every machine."""
        return str(self.task.module_path)
