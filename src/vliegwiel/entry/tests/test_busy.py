"""When others keep the database too long."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler
from django.test import RequestFactory

from vliegwiel.foundation.api.problems import ApiAnswers
from vliegwiel.foundation.design.refusals import TranslateRefusals, server_error
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.foundation.trail.public import recorded
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.busy import is_busy

pytestmark = pytest.mark.django_db


@pytest.fixture
def faults(tmp_path: Path) -> tuple[Exception, Exception]:
    """What Django says of a lock that another keeps, and of a table that is not there."""
    file = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "db.sqlite3", "OPTIONS": {"timeout": 0}}
    first, second = (ConnectionHandler({"default": dict(file)})["default"] for _one in range(2))
    with first.cursor() as mine, second.cursor() as theirs:
        mine.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError) as locked:
            theirs.execute("BEGIN IMMEDIATE")
        mine.execute("ROLLBACK")
        with pytest.raises(OperationalError) as broken:
            theirs.execute("SELECT * FROM nergens")
    first.close()
    second.close()
    return locked.value, broken.value


def _raised(fault: Exception, cause: Exception) -> Exception:
    fault.__cause__ = cause
    return fault


def test_only_what_goes_by_itself_is_busy(faults: tuple[Exception, Exception]) -> None:
    locked, broken = faults
    assert (is_busy(locked), is_busy(broken), is_busy(None)) == (True, False, False)
    of_postgresql = (psycopg.errors.DeadlockDetected(), psycopg.errors.SerializationFailure(), psycopg.errors.LockNotAvailable())
    assert all(is_busy(_raised(OperationalError(), cause)) for cause in of_postgresql)
    assert not is_busy(_raised(OperationalError(), psycopg.errors.DiskFull()))


def test_who_meets_it_reads_that_it_is_busy_and_what_to_do_on_a_page_and_in_the_api(faults: tuple[Exception, Exception]) -> None:
    locked, broken = faults
    request, asked = RequestFactory().post("/aanvragen"), RequestFactory().get("/api/v1/gebieden")
    page = TranslateRefusals(server_error).process_exception(request, locked)
    api = ApiAnswers(server_error).process_exception(asked, locked)
    for answer in (page, api):
        assert answer is not None
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert "probeer het opnieuw" in answer.content.decode()
        assert "locked" not in answer.content.decode()
    assert TranslateRefusals(server_error).process_exception(request, broken) is None
    statuses = []
    for fault in faults:  # a session is kept outside every view
        try:
            raise fault
        except OperationalError:
            statuses.append(server_error(request).status_code)
    assert statuses == [503, 500]


def test_the_trail_does_not_let_who_waited_wait_once_more_and_keeps_every_other_fault(
    faults: tuple[Exception, Exception],
) -> None:
    for fault, kept in zip(faults, (0, 1), strict=True):

        @recorded("open-drawer", kind="drawer")
        def act(*, actor: Actor, fault: Exception = fault) -> Any:
            raise fault

        with pytest.raises(OperationalError):
            act(actor=Actor("system"))
        assert Entry.objects.filter(action="open-drawer").count() == kept
