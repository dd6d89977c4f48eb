"""From draft to receipt: what is sent is received once, in time, with its number and its term."""

from datetime import timedelta

import pytest

from vliegwiel.support.grants.tests.given import a_submitted_application

pytestmark = pytest.mark.django_db


def test_an_application_is_received_with_number_day_and_term() -> None:
    found = a_submitted_application()
    assert found.number is not None
    assert found.received_on is not None
    assert found.due_on == found.received_on + timedelta(weeks=8) or found.due_on > found.received_on
