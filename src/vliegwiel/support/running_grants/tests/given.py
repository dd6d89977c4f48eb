"""Spreadsheets of running grants in the made-up province."""

import csv
import io
from typing import Any

from vliegwiel.foundation.budgets.models import BudgetLine
from vliegwiel.foundation.budgets.tests.given import a_line
from vliegwiel.foundation.papers.tests.workbooks import workbook_of
from vliegwiel.kernel.money import Money
from vliegwiel.support.running_grants.sheet import COLUMNS, OPENING
from vliegwiel.support.schemes.models import SchemeVersion
from vliegwiel.support.schemes.tests.given import a_version_in_force


def the_rules() -> SchemeVersion:
    """The rules for grants without a scheme, in force in the made-up province."""
    return a_version_in_force("groningen/subsidies-zonder-regeling", title="Subsidies zonder regeling")


def a_budget_line(credit: Money = Money.euros(100_000)) -> BudgetLine:
    """A budget line that needs no ceiling."""
    return BudgetLine.objects.get(public_id=a_line(credit, kind="jaarsubsidie"))


def a_row(line: str, number: str = "2021-0042", **changes: Any) -> dict[str, str]:
    """Forty thousand granted, thirty thousand paid."""
    return {**COLUMNS, "nummer": number, "budgetpost": line, **changes}


def an_opening(line: str, amount: str = "10.000,00") -> dict[str, str]:
    """What the former administration says is still to be paid."""
    return {"nummer": OPENING, "verleend": amount, "budgetpost": line}


def a_sheet(*rows: dict[str, str], delimiter: str = ";") -> bytes:
    """A file as a spreadsheet program saves it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def a_workbook(*rows: dict[str, Any]) -> bytes:
    """The same rows as an XLSX file."""
    return workbook_of(COLUMNS, *rows)
