"""Fixtures for every room: a home of its own, nothing remembered from another test."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as of_hypothesis

from tests.own_database import kept_tables

# the default sends a collector of garbage round after every 700 new objects; it finds next to nothing
gc.set_threshold(50_000)
# how busy the machine is says nothing about the house
of_hypothesis.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
of_hypothesis.load_profile("house")

collect_ignore = ["src/vliegwiel/entry/wsgi.py"]  # importing it starts the application, which needs its collected files


@pytest.fixture(autouse=True)
def emptied_trail(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test with real transactions empties its tables; the trail and the ledger let nobody do that, so their guards step aside."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("transactional_db")
    from django.db import connection

    from vliegwiel.foundation.budgets import guard as of_the_ledger
    from vliegwiel.foundation.trail import guard as of_the_trail

    for guard in (of_the_trail, of_the_ledger):
        guard.install(connection)
    yield
    for guard in (of_the_trail, of_the_ledger):
        guard.remove(connection)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The tables are made once per core; a test that needs a database of its own begins with a copy of them."""
    with django_db_blocker.unblock(), kept_tables():
        yield


@pytest.fixture(scope="session", autouse=True)
def no_static_files(tmp_path_factory: pytest.TempPathFactory) -> None:
    """An empty folder where a running site keeps its collected files; also for a server that outlives a test."""
    from django.conf import settings

    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


@pytest.hookimpl(tryfirst=True)  # before the tests are dealt out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share what was reached once run on the same core, and those of the engines, so that a kernel is compiled once."""
    for item in items:
        if item.nodeid.startswith("src/vliegwiel/engines/"):
            item.add_marker(pytest.mark.xdist_group("engines"))
        if "reached_once" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))


def pytest_collection_finish() -> None:
    """What was imported stays until the end: a collector of garbage that walks through it each time finds nothing."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def reached_once(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """Around the tests of one file: what a fixture of that file reaches in it by real actions is reached once. Its rows stand in a
    transaction, its papers in a folder, which lies in these settings; what a test changes is undone."""
    from django.conf import settings as configured
    from django.db import transaction
    from django.test import override_settings

    home = tmp_path_factory.mktemp("reached")
    papers = {**configured.STORAGES["default"], "OPTIONS": {"location": home / "papers"}}
    own = {"VLIEGWIEL_HOME": home, "STORAGES": {**configured.STORAGES, "default": papers}}
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**own):
            yield own
        transaction.set_rollback(True)


@pytest.fixture
def in_reached(reached_once: dict[str, Any], db: None, settings: Any) -> None:
    """A test looks at the papers that were kept while its state was reached."""
    settings.VLIEGWIEL_HOME = reached_once["VLIEGWIEL_HOME"]
    settings.STORAGES = {**settings.STORAGES, "default": reached_once["STORAGES"]["default"]}


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: object) -> Iterator[Path]:
    """Each test keeps its files in a folder of its own and forgets what was remembered."""
    from vliegwiel.see.areas import listing
    from vliegwiel.see.areas import queries as areas
    from vliegwiel.see.facilities import queries as facilities
    from vliegwiel.see.figures import indicators
    from vliegwiel.see.figures import queries as figures
    from vliegwiel.see.monitor import outcomes

    settings.VLIEGWIEL_HOME = tmp_path / "home"
    plain_files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    papers = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "home" / "papers"}}
    settings.STORAGES = {**settings.STORAGES, "default": papers, "staticfiles": plain_files}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}}
    settings.VLIEGWIEL_EXPLAIN_WORDS = False
    listing.forget()
    areas.stamp.forget()
    figures.stamp.forget()
    indicators.stamp.forget()
    outcomes.stamp.forget()
    facilities.stamp.forget()
    yield tmp_path / "home"
    areas.stamp.forget()
    figures.stamp.forget()
    indicators.stamp.forget()
