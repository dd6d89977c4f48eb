"""A history as background work, with how far it is."""

import json
from dataclasses import dataclass
from pathlib import Path

import click
from django.conf import settings
from django_tasks import TaskResultStatus

from vliegwiel.catalogue.history import history
from vliegwiel.entry.history.relive import relive
from vliegwiel.foundation.jobs.public import task
from vliegwiel.foundation.jobs.worker import run_waiting
from vliegwiel.kernel.errors import NotNow


@dataclass(frozen=True)
class Progress:
    """How many steps are done, of how many, and what the last one was."""

    done: int
    total: int
    text: str

    @property
    def share(self) -> int:
        """In whole percents."""
        return 100 * self.done // self.total if self.total else 0


@task()
def relive_history(key: str) -> int:
    """Live the history with this key again; what is done is written down after every step. Harmless when repeated."""
    return relive(history(key), lambda done, total, text: _note(key, Progress(done, total, text)))


def progress_of(key: str) -> Progress | None:
    """How far a history is, or None when it never began here."""
    path = _file(key)
    return Progress(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def run(key: str) -> int:
    """Enqueue the history and do what waits, here and now; how many steps there were. Raises NotNow when it did not come to its end."""
    queued = relive_history.enqueue(key=key)
    run_waiting()
    queued.refresh()
    if queued.status != TaskResultStatus.SUCCESSFUL:
        lines = tuple(error.traceback.strip().splitlines()[-1] for error in queued.errors)
        raise NotNow("De geschiedenis kwam niet tot haar einde.", code="history", details=lines)
    return queued.return_value or 0


def _note(key: str, now: Progress) -> None:
    before = progress_of(key)
    path = _file(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(vars(now), ensure_ascii=False), encoding="utf-8")
    if before is None or before.share // 5 != now.share // 5 or before.done >= now.done:
        click.echo(f"  {now.share:3d} %  {now.text}")


def _file(key: str) -> Path:
    return Path(settings.VLIEGWIEL_HOME) / "history" / f"{key}.json"
