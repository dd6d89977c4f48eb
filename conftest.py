"""Fixtures for every room: a home of its own, nothing remembered from another test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

collect_ignore = ["src/vliegwiel/entry/wsgi.py"]  # it builds the application, which wants the static files of a running site


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: object) -> Iterator[Path]:
    """Each test keeps its files in a folder of its own and forgets what was remembered."""
    from vliegwiel.see.areas import listing
    from vliegwiel.see.areas import queries as areas
    from vliegwiel.see.figures import indicators
    from vliegwiel.see.figures import queries as figures

    settings.VLIEGWIEL_HOME = tmp_path / "home"  # type: ignore[attr-defined]  # pytest-django's settings
    settings.STATIC_ROOT = tmp_path / "static"  # type: ignore[attr-defined]  # the same
    (tmp_path / "static").mkdir()
    listing.forget()
    areas.stamp.forget()
    figures.stamp.forget()
    indicators.stamp.forget()
    yield tmp_path / "home"
    areas.stamp.forget()
    figures.stamp.forget()
    indicators.stamp.forget()
