"""A period is closed when both sides accepted exactly the same, and every difference was explained."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.funders.actions.keep_statement import (
    accept_statement,
    explain_difference,
    make_statement,
    name_difference,
)
from vliegwiel.support.funders.actions.pay_fund import pay_fund
from vliegwiel.support.funders.actions.take_in_decisions import settle_fund_decision
from vliegwiel.support.funders.models import FundDecision, Statement
from vliegwiel.support.funders.models.agreement import FUND
from vliegwiel.support.funders.models.agreement import PROVINCE as OURS
from vliegwiel.support.funders.queries import statement_as_csv
from vliegwiel.support.funders.stand import stand_of
from vliegwiel.support.funders.tests.given import (
    EURO,
    a_controller,
    a_row,
    a_shared_application,
    agreed,
    answered,
    asked,
    booked,
    of_the_fund,
    together_handled_by_the_province,
)
from vliegwiel.support.grants.actions.hear_views import skip_views
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.officers import an_officer, days_later, decided

pytestmark = pytest.mark.django_db
JANUARY = {"starts": date(2026, 1, 1), "ends": date(2026, 1, 31)}


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def a_statement(*rows: dict[str, str]) -> Statement:
    """January, made in February."""
    agreement = agreed()
    booked(agreement, *(rows or (a_row(), a_row("F-2", bedrag="1000,01"))))
    with days_later(30):
        return make_statement(actor=a_controller(), agreement=agreement.public_id, **JANUARY)


def test_both_sides_accept_the_same_and_then_nothing_changes_it() -> None:
    made = a_statement()
    assert made.total(OURS) + made.total(FUND) == Money(700_001)
    with days_later(30):
        for actor in (a_controller(), of_the_fund()):
            with pytest.raises(NotValid):
                accept_statement(actor=actor, statement=made.public_id, seen="anders")
            accept_statement(actor=actor, statement=made.public_id, seen=made.content_hash)
        made.refresh_from_db()
        assert made.closed
        with pytest.raises(NotNow):
            name_difference(actor=of_the_fund(), statement=made.public_id, amount=EURO(1), text="Toch niet.")
        with pytest.raises(NotNow, match="al een afrekening"):
            make_statement(actor=a_controller(), agreement=made.agreement.public_id, **JANUARY)


def test_while_a_difference_is_open_nobody_accepts_and_naming_one_takes_back_what_was_accepted() -> None:
    made = a_statement()
    with days_later(30):
        accept_statement(actor=a_controller(), statement=made.public_id, seen=made.content_hash)
        named = name_difference(
            actor=of_the_fund(), statement=made.public_id, amount=EURO(2_900), text="Wij hebben minder.", number="F-1"
        )
        made.refresh_from_db()
        assert made.province_at is None
        with pytest.raises(NotNow, match="zonder uitleg"):
            accept_statement(actor=a_controller(), statement=made.public_id, seen=made.content_hash)
        explain_difference(actor=a_controller(), difference=named.pk, text="Het fonds boekte een deel in februari.")
        for actor in (a_controller(), of_the_fund()):
            accept_statement(actor=actor, statement=made.public_id, seen=made.content_hash)
        text = statement_as_csv(Statement.objects.get())
        assert "verschil,F-1" in text
        assert "Het fonds boekte een deel in februari." in text


def test_a_new_statement_over_the_same_period_takes_the_place_of_one_that_is_open() -> None:
    made = a_statement()
    with days_later(30):
        again = make_statement(actor=a_controller(), agreement=made.agreement.public_id, **JANUARY)
        made.refresh_from_db()
        assert made.replaced_at is not None
        with pytest.raises(NotNow, match="nieuwe afrekening"):
            accept_statement(actor=a_controller(), statement=made.public_id, seen=made.content_hash)
        assert again.content_hash == made.content_hash, "nothing was booked since"
        for days in ({"starts": date(2026, 1, 15), "ends": date(2026, 1, 31)}, {**JANUARY, "starts": date(2025, 12, 1)}):
            with pytest.raises(NotNow):
                make_statement(actor=a_controller(), agreement=made.agreement.public_id, **days)


def test_months_add_up_to_what_was_put_in_also_after_a_lower_settlement() -> None:
    made = a_statement()
    agreement = made.agreement
    with days_later(35):
        number = FundDecision.objects.order_by("pk")[0].number or ""
        settle_fund_decision(actor=an_officer(), decision=number, total=EURO(4_000), why="Minder kosten.")
    with days_later(60):
        second = make_statement(
            actor=a_controller(), agreement=agreement.public_id, starts=date(2026, 2, 1), ends=date(2026, 2, 28)
        )
        assert [second.total(side) for side in (OURS, FUND)] == [-EURO(1_000), -EURO(1_000)]
        for side in (OURS, FUND):
            assert made.total(side) + second.total(side) == stand_of(agreement).total(side)


def test_what_a_fund_promised_to_a_plan_that_got_nothing_comes_free_in_the_month_of_the_refusal() -> None:
    agreement, call = together_handled_by_the_province()
    plan = a_shared_application(agreement, call)
    answered(asked(agreement, plan), EURO(2_000))
    with days_later(35):
        skip_views(actor=an_officer(), application=plan.public_id, ground="4:11a", why="Het moet snel.")
        decided(find(plan.public_id), kind="refusal", awarded=Money(0), grounds=("no-account",), summary="U krijgt niets.")
    with days_later(70):
        months = [(date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), date(2026, 2, 28))]
        january, february = (
            make_statement(actor=a_controller(), agreement=agreement.public_id, starts=starts, ends=ends)
            for starts, ends in months
        )
        assert [item.total(FUND) for item in (january, february)] == [EURO(2_000), -EURO(2_000)]
        assert stand_of(agreement).total(FUND) == Money(0)


@pytest.mark.parametrize(
    "days",
    [{"starts": date(2026, 1, 2), "ends": date(2026, 1, 1)}, {"starts": date(2026, 1, 1), "ends": date(2026, 1, 5)}],
)
def test_a_period_that_is_none_or_not_over_is_refused(days: dict[str, date]) -> None:
    with pytest.raises(NotValid):
        make_statement(actor=a_controller(), agreement=agreed().public_id, **days)


def test_an_unknown_difference_and_an_empty_one_are_refused() -> None:
    made = a_statement()
    with pytest.raises(NotFound):
        explain_difference(actor=a_controller(), difference=999_999, text="Wat?")
    with pytest.raises(NotValid):
        name_difference(actor=of_the_fund(), statement=made.public_id, amount=EURO(1), text=" ")
    with pytest.raises(NotAllowed):
        name_difference(actor=of_the_fund("Fonds Zeepbel"), statement=made.public_id, amount=EURO(1), text="Ook wij.")


def test_the_province_pays_its_side_once_both_accepted_and_no_cent_twice() -> None:
    made = a_statement()
    pay: dict[str, Any] = {"actor": an_officer(), "statement": made.public_id, "account": "NL91ABNA0417164300"}
    with days_later(30):
        with pytest.raises(NotNow, match="goedgekeurd"):
            pay_fund(**pay)
        for actor in (a_controller(), of_the_fund()):
            accept_statement(actor=actor, statement=made.public_id, seen=made.content_hash)
        with pytest.raises(NotValid):
            pay_fund(**{**pay, "account": "NL00"})
        for actor in (of_the_fund(), a_controller()):
            with pytest.raises(NotAllowed):
                pay_fund(**{**pay, "actor": actor})
        asked = pay_fund(**pay)
        assert Money(sum(item.amount.cents for item in asked)) == made.total(OURS)
        with pytest.raises(NotNow, match="niets meer"):
            pay_fund(**pay)
        number = FundDecision.objects.order_by("pk")[0].number or ""
        with pytest.raises(NotNow, match="al betaald"):
            settle_fund_decision(actor=an_officer(), decision=number, total=EURO(1), why="Te laat.")
        assert stand_of(made.agreement).total(OURS) == made.total(OURS), "what is on its way still counts as put in"
