"""The API of schemes and calls: what the public pages show, no more."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.kernel import clock
from vliegwiel.support.schemes import api
from vliegwiel.support.schemes.models import Call, Scheme
from vliegwiel.support.schemes.tests.given import an_open_call

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def _json(path: str, **asked: object) -> Any:
    answer = Client().get(f"{ROOT}{path}", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_an_open_scheme_is_told_with_its_call_and_what_is_left() -> None:
    call = an_open_call()
    found = _json("/regelingen")
    item = found["resultaten"][0]
    assert (found["totaal"], item["sleutel"], item["stand"], item["naam"]) == (1, call.scheme, "open", call.scheme_title)
    assert (item["openstelling"]["id"], item["openstelling"]["stand"]) == (call.id, "open")
    assert item["openstelling"]["vrij"] == item["openstelling"]["plafond"] - item["openstelling"]["vergeven"]
    one = _json(f"/regelingen/{item['id']}")
    assert [row["id"] for row in one["openstellingen"]] == [call.id]
    assert Client().get(f"{ROOT}/regelingen/bestaatniet").status_code == 404


def test_what_is_only_planned_is_nobodys_business_yet() -> None:
    call = an_open_call()
    Call.objects.filter(public_id=call.id).update(state="planned")
    assert _json("/openstellingen")["resultaten"] == []
    key = Scheme.objects.get().public_id
    assert _json(f"/regelingen/{key}")["openstellingen"] == []


def test_lists_are_narrowed_and_are_tables_too() -> None:
    call = an_open_call()
    key = Scheme.objects.get().public_id
    for asked, count in (({"stand": "open"}, 1), ({"stand": "verwacht"}, 0), ({"zoek": "bestaat nergens"}, 0)):
        assert _json("/regelingen", **asked)["totaal"] == count
    for asked, count in (({"regeling": key}, 1), ({"stand": "closed"}, 0), ({"regeling": "a2b3c4d5e6f7"}, 0)):
        assert _json("/openstellingen", **asked)["totaal"] == count
    for path, name in (("/regelingen", key), ("/openstellingen", call.id)):
        rows = list(csv.DictReader(io.StringIO(Client().get(f"{ROOT}{path}", {"formaat": "csv"}).content.decode())))
        assert [row["id"] for row in rows] == [name]


def test_the_answer_changes_when_the_call_closes_by_the_clock() -> None:
    call = an_open_call()
    before = Client().get(f"{ROOT}/regelingen")["ETag"]
    with clock.at(call.closes_at.replace(year=call.closes_at.year + 1)):
        api.stamp.forget()
        answer = Client().get(f"{ROOT}/regelingen", headers={"If-None-Match": before})
        assert (answer.status_code, answer.json()["resultaten"][0]["stand"]) == (200, "dicht")


def test_many_calls_take_as_many_questions_as_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vliegwiel.kernel.fresh.SECONDS", 1_000.0)  # stamps are no part of the list
    counts = []
    for number in (1, 3):
        while Call.objects.count() < number:
            an_open_call()
        _json("/openstellingen")
        with CaptureQueriesContext(connection) as asked:
            _json("/openstellingen", paginaGrootte=10)
        counts.append(len(asked))
    assert counts[0] == counts[1]
