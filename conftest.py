"""Fixtures for every room: a home of its own, nothing remembered from another test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
def no_static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder where a running site keeps its collected files."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, no_static_files: Path, settings: object) -> Iterator[Path]:
    """Each test keeps its files in a folder of its own and forgets what was remembered."""
    from vliegwiel.see.areas import listing
    from vliegwiel.see.areas import queries as areas
    from vliegwiel.see.figures import indicators
    from vliegwiel.see.figures import queries as figures
    from vliegwiel.see.monitor import outcomes

    settings.VLIEGWIEL_HOME = tmp_path / "home"  # type: ignore[attr-defined]  # pytest-django's settings
    plain_files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    papers = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "home" / "papers"}}  # type: ignore[attr-defined]
    settings.STORAGES = {**settings.STORAGES, "default": papers, "staticfiles": plain_files}  # type: ignore[attr-defined]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}}  # type: ignore[attr-defined]
    settings.VLIEGWIEL_EXPLAIN_WORDS = False  # type: ignore[attr-defined]  # a test reads the words of a page, not their links
    settings.STATIC_ROOT = no_static_files  # type: ignore[attr-defined]
    listing.forget()
    areas.stamp.forget()
    figures.stamp.forget()
    indicators.stamp.forget()
    outcomes.stamp.forget()
    yield tmp_path / "home"
    areas.stamp.forget()
    figures.stamp.forget()
    indicators.stamp.forget()
