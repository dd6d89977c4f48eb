"""What other rooms may ask of background work.

`task` makes a function of a module into background work; `its.enqueue(...)` inside the transaction of an act keeps it in the
database, so that it runs after the commit and never when the act was rolled back. `Periodic` is what returns by the clock.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django_tasks import task
from django_tasks.base import Task

__all__ = ["Periodic", "should_stop", "stopping", "task"]
#: What the worker of this process sets while it runs: says whether it was asked to stop.
stopping: ContextVar[Callable[[], bool]] = ContextVar("stopping", default=lambda: False)


def should_stop() -> bool:
    """Whether the worker was asked to stop: a task of minutes looks between its steps, and ends itself."""
    return stopping.get()()


@dataclass(frozen=True)
class Periodic:
    """A task that is enqueued once in every period, by whichever worker is first."""

    task: Task[Any, Any]
    every: timedelta

    @property
    def name(self) -> str:
        """The path of the task: one name on every machine."""
        return str(self.task.module_path)
