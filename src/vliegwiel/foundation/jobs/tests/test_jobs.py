"""Work that returns by the clock is done once; a task lives and dies with its act; a worker stops politely."""

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.own_database import own_database
from vliegwiel.foundation.jobs import tasks, worker
from vliegwiel.foundation.jobs.public import Periodic
from vliegwiel.foundation.jobs.schedule import Schedule
from vliegwiel.foundation.trail.models import Seal
from vliegwiel.foundation.trail.public import record
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 9, 0, 10, tzinfo=UTC)
MINUTE = Periodic(tasks.seal_trail, timedelta(minutes=1))


@pytest.fixture(autouse=True)
def same_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker lets go of connections that seem unused; here the connection holds the transaction of the test."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)


def test_a_turn_is_taken_once_by_however_many_workers() -> None:
    workers = [Schedule([MINUTE]) for _ in range(3)]
    with clock.at(START):
        assert sum(len(one.enqueue_due()) for one in workers) == 1
    with clock.at(START + timedelta(seconds=40)):
        assert sum(len(one.enqueue_due()) for one in workers) == 0
    with clock.at(START + timedelta(seconds=60)):
        assert sum(len(one.enqueue_due()) for one in workers) == 1
    assert DBTaskResult.objects.count() == 2


def test_a_worker_that_comes_back_with_an_older_clock_takes_no_turn() -> None:
    with clock.at(START):
        Schedule([MINUTE]).enqueue_due()
    with clock.at(START - timedelta(hours=1)):
        assert Schedule([MINUTE]).enqueue_due() == []


def test_a_task_is_gone_when_its_act_is_rolled_back() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tasks.seal_trail.enqueue()
        raise ZeroDivisionError
    assert DBTaskResult.objects.count() == 0


def test_the_waiting_task_is_run_and_seals_the_trail() -> None:
    record(actor=Actor.system("job"), action="try-it", subject=Reference("thing", "1", "", ""))
    tasks.seal_trail.enqueue()
    worker.run_waiting()
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL
    assert Seal.objects.get().count == 1


def test_a_task_of_a_worker_that_was_killed_is_given_back_and_finished_tasks_are_cleared() -> None:
    tasks.seal_trail.enqueue()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=clock.now() - timedelta(hours=1))
    assert worker.release_abandoned() == 1
    worker.run_waiting()
    DBTaskResult.objects.update(finished_at=clock.now() - timedelta(days=8))
    assert tasks.clear_finished.call() == 1


def test_a_worker_that_is_told_to_stop_seals_the_trail_first(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "vliegwiel.entry.cli"]
    add = [*command, "people", "add-organisation", "--kind", "fonds", "--province", "PV99"]
    with own_database(tmp_path) as environment:
        subprocess.run([*add, "Proef"], env=environment, check=True)
        process = subprocess.Popen([*command, "work"], env=environment)
        time.sleep(3)
        subprocess.run([*add, "Twee"], env=environment, check=True)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        said = subprocess.run([*command, "trail", "verify"], env=environment, capture_output=True, text=True, check=True).stdout
    assert "2 regels" in said
    assert "Alles is verzegeld" in said
