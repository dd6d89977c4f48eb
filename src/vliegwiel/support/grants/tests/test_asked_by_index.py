"""What is asked of every file when one is opened reads by index, so that it does not grow with the archive."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vliegwiel.support.grants.alike import elsewhere, same_thing
from vliegwiel.support.grants.earlier import given_before
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import a_complete_application

pytestmark = pytest.mark.django_db
#: Plans of SQLite that read the whole table, or everything of a province.
_READS_ALL = ("SCAN grants_application", "SCAN grants_participant", "application_inbox")


@pytest.mark.parametrize(
    "who", [{"organisation": ""}, {"organisation": "abcdefgh2345", "kvk": "90000001"}], ids=["person", "organisation"]
)
@pytest.mark.parametrize("ask", [given_before, same_thing, elsewhere], ids=lambda ask: ask.__name__)
def test_it_reads_a_few_rows_whatever_lies_there(ask: object, who: dict[str, str]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by what lies there, and a small table is read whole")
    found = a_complete_application(person=a_resident())
    Application.objects.filter(pk=found.pk).update(**who)
    found.refresh_from_db()
    with CaptureQueriesContext(connection) as asked:
        ask(found)  # type: ignore[operator]  # one of the three above
    plans = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            if "grants_application" in query["sql"]:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                plans += [row[3] for row in cursor.fetchall()]
    assert plans
    assert not [plan for plan in plans if any(bad in plan for bad in _READS_ALL)]
