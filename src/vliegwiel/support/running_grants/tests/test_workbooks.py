"""Officers have spreadsheets, and lines with a ceiling: both come in as they are, to the cent, or not at all."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from vliegwiel.foundation.budgets import verification
from vliegwiel.foundation.budgets.models import BudgetLine
from vliegwiel.foundation.budgets.public import ceiling_of, set_ceiling
from vliegwiel.foundation.budgets.tests.given import a_line
from vliegwiel.foundation.people.tests.given import SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.tests.officers import PROVINCE, an_officer
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.grants.tests.test_dossier_pages import browser
from vliegwiel.support.running_grants.actions.take_over import take_over, tried
from vliegwiel.support.running_grants.models import TakenOver
from vliegwiel.support.running_grants.sheet import read
from vliegwiel.support.running_grants.tests.given import a_budget_line, a_row, a_sheet, a_workbook, an_opening, the_rules

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        the_rules()
        yield


def _row(line: str, **changes: Any) -> dict[str, Any]:
    """The usual row, with numbers and days as a spreadsheet keeps them."""
    days = {"besluit": date(2021, 3, 15), "loopt tot": date(2026, 12, 31)}
    return {**a_row(line), "verleend": 40_000, "betaald": 30_000.5, "kvk": 1234567, **days, **changes}


def _ceilings(*names: str, announced: date = date(2020, 12, 1)) -> BudgetLine:
    line = a_line(Money.euros(200_000))
    for name in names:
        set_ceiling(
            actor=SYSTEM,
            line=line,
            name=name,
            amount=Money.euros(50_000),
            starts=announced + timedelta(days=31),
            ends=date(2027, 12, 31),
            announced_on=announced,
            publication="Verzonnen provinciaal blad 2020, 1",
        )
    return BudgetLine.objects.get(public_id=line)


def test_a_workbook_says_the_same_as_the_file_with_separators() -> None:
    found = read(a_workbook(_row("Post"), an_opening("Post", "9.999,50")))
    row = found.rows[0]
    assert row.problems == ()
    assert (row.awarded, row.paid, row.decided_on, row.kvk) == (Money(40_000_00), Money(30_000_50), date(2021, 3, 15), "01234567")
    assert found.opening == {("post", ""): Money(9_999_50)}
    plain = a_row("Post", verleend="40.000", betaald="30.000,50", kvk="01234567", besluit="15-3-2021")
    assert read(a_sheet(plain, an_opening("Post"))).rows[0].hash == row.hash


def test_a_workbook_is_tried_and_taken_over_from_the_page(tmp_path: Path) -> None:
    line, client = a_budget_line(), browser(an_officer())
    path = tmp_path / "lopend.xlsx"
    path.write_bytes(a_workbook(_row(line.title, betaald=30_000), an_opening(line.title)))
    with path.open("rb") as file:
        answer = client.post("/werk/lopende-subsidies", {"bestand": file})
    assert "sluit aan" in answer.content.decode()
    client.post("/werk/lopende-subsidies", {"inhoud": answer.context["kept"], "doe": "overnemen"})
    assert TakenOver.objects.count() == 1


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + b"0" * 500])
def test_what_only_looks_like_a_workbook_gets_a_clear_answer(data: bytes) -> None:
    with pytest.raises(NotValid):
        tried(actor=an_officer(), province=PROVINCE, data=data)


def test_a_line_with_one_ceiling_needs_no_name_and_the_money_counts_under_it() -> None:
    line = _ceilings("Plafond 2021")
    take_over(actor=an_officer(), province=PROVINCE, data=a_sheet(a_row(line.title), an_opening(line.title)))
    made = Application.objects.get()
    facts = ceiling_of(made.ceiling)
    assert (made.line, facts.name, facts.used) == ("", "Plafond 2021", Money.euros(40_000))
    assert verification.verify(PROVINCE).holds


def test_with_more_ceilings_the_row_names_one_and_each_has_its_opening_balance() -> None:
    line = _ceilings("Noord", "Zuid")
    nameless = a_sheet(a_row(line.title), an_opening(line.title))
    with pytest.raises(NotNow) as refusal:
        take_over(actor=an_officer(), province=PROVINCE, data=nameless)
    assert "welk plafond" in refusal.value.details[0]
    named = [
        a_row(line.title, "2021-0001", plafond="Noord"),
        a_row(line.title, "2021-0002", plafond="Zuid", betaald="40.000"),
        {**an_opening(line.title), "plafond": "Noord"},
        {**an_opening(line.title, "0"), "plafond": "Zuid"},
    ]
    trial = take_over(actor=an_officer(), province=PROVINCE, data=a_sheet(*named))
    assert [item.agrees for item in trial.balances] == [True, True]
    assert verification.verify(PROVINCE).holds


def test_nothing_comes_in_past_a_ceiling_or_from_before_it_was_announced() -> None:
    full, late = _ceilings("Vol"), _ceilings("Later", announced=date(2025, 6, 1))
    officer = an_officer()
    before = snapshot("running_grants")
    over = [a_row(full.title, "1"), a_row(full.title, "2"), an_opening(full.title, "20.000")]
    with pytest.raises(NotNow):
        take_over(actor=officer, province=PROVINCE, data=a_sheet(*over))
    with pytest.raises(NotValid) as refusal:
        take_over(actor=officer, province=PROVINCE, data=a_sheet(a_row(late.title), an_opening(late.title)))
    assert "4:27" in refusal.value.details[0]
    assert snapshot("running_grants") == before
