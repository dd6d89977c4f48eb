"""Pages without a server: style sheets are not collected for these tests."""

from pathlib import Path

import pytest
from django.test import Client


@pytest.fixture
def client(settings: object, own_home: Path) -> Client:
    """A visitor of the site."""
    (own_home / "static").mkdir(parents=True)
    settings.STATIC_ROOT = own_home / "static"  # type: ignore[attr-defined]  # pytest-django's settings
    storages = settings.STORAGES  # type: ignore[attr-defined]  # pytest-django's settings
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**storages, "staticfiles": plain}  # type: ignore[attr-defined]  # pytest-django's settings
    return Client()
