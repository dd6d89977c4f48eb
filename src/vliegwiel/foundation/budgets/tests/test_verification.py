"""Whoever changes the ledger behind its guard is found out, because everything is recomputed from the entries."""

import json
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from django.db import connection

from vliegwiel.foundation.budgets import guard
from vliegwiel.foundation.budgets.cli import budgets
from vliegwiel.foundation.budgets.public import commit, pay, release, reserve
from vliegwiel.foundation.budgets.tests.given import a_ceiling, about
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.people.tests.given import SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def booked():
    with clock.at(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)):
        ceiling = a_ceiling(Money(100))
        act = {"actor": SYSTEM, "ceiling": ceiling.id, "received_on": TODAY}
        for number in (1, 2):
            commit(**act, amount=Money(30), about=about(number), key="granted")
        reserve(**act, amount=Money(5), about=about(3), key="asked")
        pay(actor=SYSTEM, about=about(1), amount=Money(20), key="paid", on=TODAY)
        release(actor=SYSTEM, about=about(1), amount=Money(10), key="less", reason="Lager.")
        yield ceiling


def test_a_whole_ledger_holds_and_says_what_was_recomputed() -> None:
    found = verify()
    assert (found.broken, found.entries, found.lines, found.days, found.files, found.ceilings, found.decisions) == (
        [],
        6,
        1,
        1,
        3,
        1,
        1,
    )


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("DELETE FROM budgets_entry WHERE number = 6", "er ontbreekt een boeking"),
        ("DELETE FROM budgets_entry WHERE number = 3", "committed is niet de som"),
        ("UPDATE budgets_entry SET cents = 31, committed = 31, free = -31 WHERE number = 3", "wat er staat is niet de som"),
        ("UPDATE budgets_entry SET ceiling_id = NULL WHERE number = 3", "wat het draagt is niet de som"),
        ("UPDATE budgets_budgetline SET free = free - 1, committed = committed + 1", "committed is niet de som"),
        ("UPDATE budgets_daytotal SET free = free - 1, lapsed = lapsed + 1", "het dagtotaal is niet de som"),
        ("DELETE FROM budgets_daytotal", "het dagtotaal is niet de som"),
        ("UPDATE budgets_balance SET paid = paid + 1", "wat er staat is niet de som"),
        ("UPDATE budgets_ceiling SET granted = granted - 1", "wat het draagt is niet de som"),
        ("UPDATE budgets_ceiling SET most = 1000", "niet wat is bekendgemaakt"),
        ("UPDATE budgets_ceilingversion SET amount = 20", "er is meer verleend dan mag"),
        ("UPDATE budgets_councildecision SET appropriated = appropriated - 1", "het toegedeelde krediet is niet de som"),
        ("UPDATE budgets_entry SET on_ = '2026-03-01' WHERE number = 5", "het dagtotaal is niet de som"),
        ("UPDATE budgets_entryreason SET text = 'Iets anders.'", "de reden is veranderd"),
    ],
)
def test_tampering_behind_the_guard_is_found(sql: str, says: str) -> None:
    guard.remove(connection)
    with connection.cursor() as cursor:
        if sql.startswith("DELETE FROM budgets_entry "):
            cursor.execute("DELETE FROM budgets_entryreason")
        cursor.execute(sql.replace("on_", '"on"'))
    assert any(says in line for line in verify().broken), verify().broken


def test_the_command_prints_json_and_fails_when_something_is_broken() -> None:
    done = CliRunner().invoke(budgets, ["verify", "--json"])
    assert json.loads(done.output)["holds"] is True
    with connection.cursor() as cursor:
        cursor.execute("UPDATE budgets_balance SET paid = paid + 1")
    done = CliRunner().invoke(budgets, ["verify", "--json"])
    assert isinstance(done.exception, NotValid)
    assert json.loads(done.output)["broken_count"] == 3


def test_the_command_prints_the_position_of_every_line(booked) -> None:
    done = CliRunner().invoke(budgets, ["position", "--json"])
    line = json.loads(done.output)["lines"][0]
    assert (line["id"], line["credit"], line["free"], line["paid"]) == (booked.line, 100, 45, 20)
    before = json.loads(CliRunner().invoke(budgets, ["position", "--on", "2026-03-01", "--json"]).output)["lines"][0]
    assert before["credit"] == 0
    assert "€" in CliRunner().invoke(budgets, ["position"]).output
