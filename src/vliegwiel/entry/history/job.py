"""A history as background work, with how far it is."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from django.conf import settings
from django_tasks import TaskResultStatus

from vliegwiel.catalogue.history import history
from vliegwiel.entry.history.relive import relive
from vliegwiel.foundation.jobs.public import should_stop, task
from vliegwiel.foundation.jobs.worker import run_waiting
from vliegwiel.kernel.errors import NotNow, Refusal

#: The history that `demo --full` lives again.
KEY = "groningen-2020-2023"


@dataclass(frozen=True)
class Progress:
    """How many steps are done, of how many, and what the last one was; `ended` when all is there, `stopped` when it never will be."""

    done: int
    total: int
    text: str
    ended: bool = False
    stopped: bool = False

    @property
    def share(self) -> int:
        """In whole percents."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def running(self) -> bool:
        """Whether more is to come."""
        return not (self.ended or self.stopped)


@task()
def relive_history(key: str) -> int:
    """Live the history with this key again; what is done is written down after every step. Harmless when repeated."""
    count = relive(history(key), lambda done, total, text: _note(key, Progress(done, total, text)))
    _end(key)
    return count


@task()
def build_meanwhile(key: str) -> int:
    """Live a history again while the pages are served already, and then what else belongs to a demo."""
    try:
        count = relive(history(key), lambda done, total, text: _step(key, Progress(done, total, text)))
    except Exception as fault:
        _stop(key, fault)
        raise
    complete_meanwhile.enqueue(key=key)
    return count


@task()
def complete_meanwhile(key: str) -> None:
    """The rest of the demo, after all that the history left to do."""
    from vliegwiel.entry.demo_rooms import complete

    try:
        complete()
    except Exception as fault:
        _stop(key, fault)
        raise
    _end(key)


def progress_of(key: str) -> Progress | None:
    """How far a history is, or None when it never began here."""
    path = _file(key)
    return Progress(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def building() -> Progress | None:
    """How far the demo is that is being made now, or None when there is none."""
    found = progress_of(KEY) if settings.VLIEGWIEL_DEMO else None
    return found if found and found.running else None


def stamp() -> str:
    """Changes with every percent while a demo is being made, so that no page of then is kept."""
    found = building()
    return f"{found.share}" if found else ""


def run(key: str) -> int:
    """Enqueue the history and do what waits, here and now; how many steps there were. Raises NotNow when it did not come to its end."""
    queued = relive_history.enqueue(key=key)
    run_waiting()
    queued.refresh()
    if queued.status != TaskResultStatus.SUCCESSFUL:
        lines = tuple(error.traceback.strip().splitlines()[-1] for error in queued.errors)
        raise NotNow("De geschiedenis kwam niet tot haar einde.", code="history", details=lines)
    return queued.return_value or 0


def begin(key: str) -> None:
    """Enqueue the history for the worker that runs beside the pages."""
    _note(key, Progress(0, 0, ""))
    build_meanwhile.enqueue(key=key)


def _step(key: str, now: Progress) -> None:
    _note(key, now)
    if should_stop():
        raise NotNow("Het voorbeeld is gestopt voordat het klaar was. Begin opnieuw in een lege map.", code="stopped")


def _end(key: str) -> None:
    before = progress_of(key) or Progress(0, 0, "")
    _note(key, Progress(before.done, before.total, before.text, ended=True))


def _stop(key: str, fault: Exception) -> None:
    before = progress_of(key) or Progress(0, 0, "")
    why = fault.message if isinstance(fault, Refusal) else "Er ging iets mis. De melding staat in het venster van de opdracht."
    _note(key, Progress(before.done, before.total, why, stopped=True))


def _note(key: str, now: Progress) -> None:
    before = progress_of(key)
    path = _file(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(now), ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)
    if now.text and (before is None or before.share // 5 != now.share // 5 or before.done >= now.done or now.stopped):
        click.echo(f"  {now.share:3d} %  {now.text}")


def _file(key: str) -> Path:
    return Path(settings.VLIEGWIEL_HOME) / "history" / f"{key}.json"
