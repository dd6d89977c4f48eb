"""A Monday in a province with pressure."""

from collections.abc import Iterator
from typing import Any

import pytest

from vliegwiel.kernel import clock
from vliegwiel.support.outreach.tests.given import MONDAY, PROVINCE, a_land


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any, own_home: Any, db: None) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    settings.VLIEGWIEL_HOME = own_home
    with clock.at(MONDAY):
        a_land()
        yield
