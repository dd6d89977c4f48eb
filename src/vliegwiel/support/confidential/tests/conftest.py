"""A Monday in the made-up province."""

from collections.abc import Iterator
from typing import Any

import pytest

from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.kernel import clock
from vliegwiel.support.confidential.tests.given import MONDAY, known_places


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any, own_home: Any, db: None) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        known_places(own_home)
        yield
