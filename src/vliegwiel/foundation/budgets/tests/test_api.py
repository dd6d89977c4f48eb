"""The API of budgets: the same money as the pages, at any day, without a person."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vliegwiel.foundation.budgets.public import commit
from vliegwiel.foundation.budgets.tests.given import a_ceiling, a_line, about
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"
PARTS = ("vrij", "gereserveerd", "vastgelegd", "betaald", "vervallen")


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def _json(path: str, **asked: object) -> Any:
    answer = Client().get(f"{ROOT}{path}", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_budget_line_stands_as_it_did_on_the_day_that_is_asked() -> None:
    ceiling = a_ceiling(Money.euros(50_000))
    with clock.at(clock.now() + timedelta(days=30)):
        commit(
            actor=SYSTEM, ceiling=ceiling.id, about=about(), key="grant", amount=Money.euros(20_000), received_on=clock.today()
        )
        now = _json("/budgetten")["resultaten"][0]
        then = _json("/budgetten", peildatum="2026-01-10")["resultaten"][0]
        future = _json("/budgetten", peildatum="2099-01-01")["resultaten"][0]
    assert (now["krediet"], now["vrij"], now["vastgelegd"]) == (50_000, 30_000, 20_000)
    assert (then["vrij"], then["vastgelegd"], then["peildatum"]) == (50_000, 0, "2026-01-10")
    assert future["peildatum"] == "2026-02-04"
    for row in (now, then):
        assert row["krediet"] == sum(row[name] for name in PARTS) - row["terugontvangen"]


def test_one_budget_line_comes_with_its_ceilings_and_what_is_left_under_the_wider_one() -> None:
    whole = a_ceiling(Money.euros(50_000))
    part = a_ceiling(Money.euros(40_000), line=whole.line, within=whole.id, name="Deelplafond")
    commit(actor=SYSTEM, ceiling=whole.id, about=about(), key="grant", amount=Money.euros(30_000), received_on=clock.today())
    found = {item["id"]: item for item in _json(f"/budgetten/{whole.line}")["plafonds"]}
    assert (found[part.id]["vrij"], found[part.id]["onderdeelVan"]) == (20_000, whole.id)
    assert [item["id"] for item in _json("/plafonds")["resultaten"]] == [part.id, whole.id]
    assert Client().get(f"{ROOT}/budgetten/bestaatniet").status_code == 404


def test_instruments_of_every_kind_are_there_with_their_legal_frame() -> None:
    for kind in ("regeling", "opdracht"):
        a_line(Money.euros(1_000), kind=kind)
    found = _json("/instrumenten")
    assert {item["soort"] for item in found["resultaten"]} == {"regeling", "opdracht"}
    assert all(item["kader"] and item["letOp"] for item in found["resultaten"])
    assert [item["soort"] for item in _json("/instrumenten", soort="opdracht")["resultaten"]] == ["opdracht"]


@pytest.mark.parametrize("path", ["/budgetten", "/plafonds", "/instrumenten"])
def test_each_list_is_a_table_too(path: str) -> None:
    a_ceiling(Money.euros(50_000))
    answer = Client().get(f"{ROOT}{path}", {"formaat": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert (answer["Content-Type"], len(rows)) == ("text/csv; charset=utf-8", 1)
    assert rows[0]["id"]


@pytest.mark.parametrize(
    "asked", [{"peildatum": "gisteren"}, {"peildatum": "2026-02-30"}, {"soort": "goud"}, {"pagina": "0"}, {"x": "1"}]
)
def test_a_wrong_question_gets_a_clear_answer(asked: dict[str, str]) -> None:
    answer = Client().get(f"{ROOT}/budgetten", asked)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_many_lines_take_as_many_questions_as_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vliegwiel.kernel.fresh.SECONDS", 1_000.0)  # stamps are no part of the list
    counts = []
    for number in (2, 12):
        for _each in range(number):
            a_ceiling(Money.euros(1_000))
        _json("/plafonds")
        with CaptureQueriesContext(connection) as asked:
            _json("/budgetten", peildatum="2026-01-04")
            _json("/plafonds")
        counts.append(len(asked))
    assert counts[0] == counts[1]
