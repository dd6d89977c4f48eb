"""A page of work asks the database each thing once, so that it stays quick whatever comes beside it."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vliegwiel.kernel import clock
from vliegwiel.support.grants.pages.dossier.page import PARTS
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import (
    FULL,
    TENDER,
    a_call,
    a_complete_application,
    a_decidable_application,
    a_received_application,
    an_assessor,
    an_officer,
    assessed,
    decided,
    proposed,
    scored,
)
from vliegwiel.support.grants.tests.test_dossier_pages import browser

pytestmark = pytest.mark.django_db
#: A part of a file asks no more than this, also when a room is added that has something to say of it.
_MOST = 45


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def test_every_part_of_a_file_asks_each_thing_once() -> None:
    officer = browser(an_officer())
    received = a_received_application(a_call(FULL))
    ready = a_decidable_application(a_call(FULL), person=a_resident("twee@voorbeeld.invalid"))
    waiting = proposed(a_decidable_application(person=a_resident("drie@voorbeeld.invalid"))).application
    done = decided(a_decidable_application(person=a_resident("vier@voorbeeld.invalid"))).application
    for found, part in product((received, ready, waiting, done), PARTS):
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(f"/werk/aanvragen/{found.number}/{part}").status_code == 200
        assert _twice(asked) == [], part
        assert len(asked) <= _MOST, part


def test_the_ranking_asks_each_thing_once_also_when_something_changed_since_it_was_made() -> None:
    call = a_call(TENDER)
    file = assessed(a_complete_application(call, person=a_resident("tender@voorbeeld.invalid")))
    scored(file, *[70] * 4, by=an_assessor(1))
    officer = browser(an_officer())
    for _again in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(f"/werk/openstellingen/{call.id}/rangschikking").status_code == 200
        assert _twice(asked) == []


def _twice(asked: CaptureQueriesContext) -> list[str]:
    return [sql for sql, times in Counter(query["sql"] for query in asked).items() if times > 1]
