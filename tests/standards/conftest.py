"""A small province by the real actions: two neighbourhoods with borders and figures."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from vliegwiel.kernel.actor import Actor
from vliegwiel.see.areas.actions.import_areas import import_areas
from vliegwiel.see.areas.tests.given import a_border_file
from vliegwiel.see.figures.actions.import_release import import_release
from vliegwiel.see.figures.tests.given import a_delivery


@pytest.fixture
def filled(db: None, tmp_path: Path) -> None:
    """Areas, borders and one release of 2024."""
    actor = Actor.system("cli")
    import_areas(actor=actor, path=a_border_file(tmp_path), year=2024)
    import_release(actor=actor, path=a_delivery(tmp_path))


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The application is asked in this process: it must not close the connection that holds the transaction of the test."""
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)
