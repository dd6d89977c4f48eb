"""Fixtures for every room: a home of its own, nothing remembered from another test."""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: object) -> Iterator[Path]:
    """Each test keeps its files in a folder of its own and forgets what was remembered."""
    from vliegwiel.see.areas import queries as areas
    from vliegwiel.see.figures import queries as figures

    settings.VLIEGWIEL_HOME = tmp_path / "home"  # type: ignore[attr-defined]  # pytest-django's settings
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}}  # type: ignore[attr-defined]
    areas.stamp.forget()
    figures.stamp.forget()
    yield tmp_path / "home"
    areas.stamp.forget()
    figures.stamp.forget()
