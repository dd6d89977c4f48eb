"""The pages of a budget line read the few entries that they show, whatever was booked in all those years."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vliegwiel.foundation.budgets.public import commit
from vliegwiel.foundation.budgets.tests.given import a_ceiling, about
from vliegwiel.foundation.budgets.tests.test_pages import signed_in
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money

pytestmark = pytest.mark.django_db
#: How SQLite says that it goes through everything of a line, without an order that it can stop in.
_WHOLE_LINE, _SORTED = "(line_id=?)", "USE TEMP B-TREE FOR ORDER BY"


@pytest.fixture(autouse=True)
def on_a_monday(settings) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)):
        yield


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "?op=2026-03-01",
        "/boekingen",
        "/boekingen?soort=commit",
        "/boekingen?dossier=2026-000001",
        "/boekingen?van=2026-02-01&tot=2026-03-01",
    ],
)
def test_a_page_of_a_line_reads_no_more_entries_than_it_shows(asked: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by what lies there, and a small table is read whole")
    ceiling = a_ceiling(Money.euros(100))
    commit(actor=SYSTEM, ceiling=ceiling.id, amount=Money.euros(1), about=about(1), received_on=clock.today(), key="granted")
    reader = signed_in("auditor")
    with CaptureQueriesContext(connection) as questions:
        assert reader.get(f"/beheer/budgetten/posten/{ceiling.line}{asked}").status_code == 200
    plans = [_plan(question["sql"]) for question in questions if 'FROM "budgets_entry"' in question["sql"]]
    assert plans
    for plan in plans:
        by_key = any("budgets_entry USING INTEGER PRIMARY KEY" in step for step in plan)
        assert by_key or _SORTED not in plan
        assert "dossier" not in asked or not any("budgets_entry" in step and step.endswith(_WHOLE_LINE) for step in plan)


def _plan(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]
