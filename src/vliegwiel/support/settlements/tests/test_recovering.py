"""What was paid too much comes back, within five years, with interest for who is late; and a grant is withdrawn only on its ground."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel.foundation.budgets.public import entries_of, money_about, position
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.tests.officers import an_officer
from vliegwiel.support.register.models import RegisterChange
from vliegwiel.support.settlements.actions.collect_claim import dun, give_time, note_writ, receive_money, set_off, standing
from vliegwiel.support.settlements.actions.decide_later import propose_later_decision
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.interest import Receipt, standing_of
from vliegwiel.support.settlements.models import Claim
from vliegwiel.support.settlements.rules import pay_by, within_years, years_later
from vliegwiel.support.settlements.tests.given import (
    OURS,
    a_claim,
    a_grant,
    a_proposal,
    after,
    heard,
    later,
    paid,
    reported,
    the_bank_pays,
)
from vliegwiel.support.settlements.tests.snapshot import snapshot

pytestmark = pytest.mark.django_db
EURO = Money.euros


def test_what_was_too_much_is_asked_back_and_what_comes_in_is_free_again() -> None:
    claim = a_claim()
    file = GrantFile(claim.application)
    assert (claim.money, file.grant.awarded) == (EURO(2_000), EURO(4_000))
    assert claim.due_on == pay_by(clock.today())
    receive_money(actor=an_officer(), claim=claim.public_id, amount=EURO(500), on=clock.today(), statement="1")
    money = money_about(file.about)
    assert (money.paid, money.returned, money.committed) == (EURO(6_000), EURO(500), Money(0))
    receive_money(actor=an_officer(), claim=claim.public_id, amount=EURO(1_500), on=clock.today(), statement="2")
    claim.refresh_from_db()
    assert claim.closed_on == clock.today()
    assert GrantFile(claim.application).undue == Money(0)
    assert verify().broken == []


def test_a_line_of_the_bank_is_booked_once_and_never_more_than_is_due() -> None:
    claim = a_claim()
    receive_money(actor=an_officer(), claim=claim.public_id, amount=EURO(500), on=clock.today(), statement="1")
    before = snapshot()
    with pytest.raises(NotNow, match="al geboekt"):
        receive_money(actor=an_officer(), claim=claim.public_id, amount=EURO(500), on=clock.today(), statement="1")
    with pytest.raises(NotValid):
        receive_money(actor=an_officer(), claim=claim.public_id, amount=EURO(1_501), on=clock.today(), statement="2")
    with pytest.raises(NotValid):
        receive_money(actor=an_officer(), claim=claim.public_id, amount=EURO(1), on=clock.today() + timedelta(1), statement="3")
    assert snapshot() == before


def test_who_is_late_is_reminded_with_two_weeks_and_only_then_a_writ_follows() -> None:
    claim = a_claim()
    with pytest.raises(NotNow):
        dun(actor=an_officer(), claim=claim.public_id)
    assert claim.due_on is not None
    late = (claim.due_on - clock.today()).days + 1
    with after(late):
        with pytest.raises(NotNow, match="aanmaning"):
            note_writ(actor=an_officer(), claim=claim.public_id, reference="DB-1")
        step = dun(actor=an_officer(), claim=claim.public_id)
        assert step.until == clock.today() + timedelta(days=14)
        assert any(letter.kind == "dunning" for letter in letters_of(GrantFile(claim.application).about))
    with after(late + 14), pytest.raises(NotNow):
        note_writ(actor=an_officer(), claim=claim.public_id, reference="DB-1")
    with after(late + 15):
        assert note_writ(actor=an_officer(), claim=claim.public_id, reference="DB-1").kind == "writ"


def test_more_time_is_agreed_and_nobody_is_reminded_meanwhile() -> None:
    claim = a_claim()
    with after(50):
        give_time(actor=an_officer(), claim=claim.public_id, until=clock.today() + timedelta(days=90), agreement="In drie delen.")
    with after(80), pytest.raises(NotNow):
        dun(actor=an_officer(), claim=claim.public_id)


def test_interest_is_counted_first_and_does_not_return_to_the_budget() -> None:
    claim = a_claim()
    with after(400):
        stands = standing(Claim.objects.get(pk=claim.pk))
        assert stands.interest >= EURO(20)
        step = receive_money(actor=an_officer(), claim=claim.public_id, amount=EURO(1_000), on=clock.today(), statement="1")
        assert (step.interest, step.principal) == (stands.interest.cents, 1_000_00 - stands.interest.cents)
        assert money_about(GrantFile(claim.application).about).returned.cents == step.principal
        assert verify().broken == []


def test_a_claim_is_set_off_against_another_grant_of_the_same_recipient_for_the_same_scheme_only() -> None:
    claim = a_claim()
    other = a_grant()
    before = snapshot()
    with pytest.raises(NotValid, match="dezelfde ontvanger"):
        set_off(actor=an_officer(), claim=claim.public_id, against=other.grant.number, amount=EURO(100))
    assert snapshot() == before


def test_a_recovery_ends_five_years_after_the_determination() -> None:
    file = reported(paid(a_grant()))
    heard(file, views="Nee.")
    later(file, "lower-a", amount=EURO(4_000), views_answer="Ja.")
    last = years_later(clock.today())
    with clock.at(clock.now() + (last - clock.today()) + timedelta(days=1)), pytest.raises(NotNow) as refusal:
        propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal("undue", pay_to=OURS))
    assert any("4:57" in line for line in refusal.value.details)
    with clock.at(clock.now() + (last - clock.today())):
        assert propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal("undue", pay_to=OURS))


def test_a_determination_is_revised_within_five_years_only() -> None:
    file = reported(paid(a_grant()))
    later(file)
    last = years_later(clock.today())
    with clock.at(clock.now() + (last - clock.today()) - timedelta(days=20)):
        the_bank_pays()
        heard(file, views="Nee.")
    lower = a_proposal("revise-a", amount=EURO(5_000), views_answer="Ja.")
    with clock.at(clock.now() + (last - clock.today()) + timedelta(days=1)), pytest.raises(NotNow) as refusal:
        propose_later_decision(actor=an_officer(), application=file.name, proposal=lower)
    assert any("4:49" in line for line in refusal.value.details)
    with clock.at(clock.now() + (last - clock.today())):
        found = later(file, "revise-a", amount=EURO(5_000), views_answer="Ja.")
    assert (found.money, GrantFile(file.name).grant.awarded) == (EURO(5_000), EURO(5_000))
    assert GrantFile(file.name).undue == EURO(3_000)
    assert [change.kind for change in RegisterChange.objects.all()] == ["determined", "changed"]


def test_a_breach_after_the_determination_counts_from_its_own_day() -> None:
    file = reported(paid(a_grant()))
    later(file)
    with pytest.raises(NotValid) as refusal:
        heard(file, views="Nee.")
        propose_later_decision(
            actor=an_officer(), application=file.name, proposal=a_proposal("revise-c", amount=EURO(1), views_answer="Ja.")
        )
    assert any("vijf jaren" in line for line in refusal.value.details)


def test_a_grant_is_withdrawn_before_determination_and_all_that_is_not_paid_is_free() -> None:
    file = heard(paid(a_grant()), views="Het lukte niet.")
    line = position_line(file)
    before = position(line)
    found = later(file, "withdraw-a", amount=Money(0), views_answer="Dat begrijpen wij.")
    after_ = position(line)
    assert Application.objects.get(public_id=file.name).state == "withdrawn"
    assert before.committed - after_.committed == EURO(2_000)
    assert GrantFile(file.name).undue == EURO(6_000)
    assert RegisterChange.objects.get().kind == "withdrawn"
    assert later(file, "undue", pay_to=OURS).money == EURO(6_000)
    assert found.was_money == EURO(8_000)
    assert verify().broken == []


def test_for_the_future_what_was_paid_stays() -> None:
    file = heard(paid(a_grant()), views="Jammer.")
    with pytest.raises(NotValid) as refusal:
        propose_later_decision(
            actor=an_officer(), application=file.name, proposal=a_proposal("end-b", amount=EURO(5_999), views_answer="Ja.")
        )
    assert any("4:50" in line for line in refusal.value.details)
    assert later(file, "end-b", amount=EURO(6_000), views_answer="Ja.").money == EURO(6_000)
    assert Application.objects.get(public_id=file.name).state == "granted"


def position_line(file: GrantFile) -> str:
    return entries_of(file.about)[0].line


@pytest.mark.parametrize(
    ("since", "last"),
    [(date(2021, 3, 1), date(2026, 3, 1)), (date(2024, 2, 29), date(2029, 2, 28)), (date(2020, 12, 31), date(2025, 12, 31))],
)
def test_five_years_end_on_the_same_date(since: date, last: date) -> None:
    assert within_years(since, last, "Awb 4:57, vierde lid")
    assert not within_years(since, last + timedelta(days=1), "Awb 4:57, vierde lid")


RATES = ((date(2024, 1, 1), 7), (date(2025, 1, 1), 6))


@pytest.mark.parametrize(
    ("due", "on", "cents"),
    [
        (date(2023, 12, 31), date(2024, 1, 1), 0),  # the first day of default
        (date(2023, 12, 31), date(2024, 12, 31), 6_980_87),  # 365 of 366 days at seven percent
        (date(2024, 12, 31), date(2026, 1, 1), 6_000_00),  # a year at six
        (date(2024, 12, 31), date(2027, 1, 1), 12_360_00),  # the second year also over the interest of the first
        (date(2024, 6, 30), date(2025, 7, 1), 6_494_47),  # 184/366 at seven, then 181/365 at six
    ],
)
def test_interest_over_a_hundred_thousand(due: date, on: date, cents: int) -> None:
    assert standing_of(EURO(100_000), due, [], RATES, on).interest == Money(cents)


def test_interest_below_twenty_euros_is_not_due() -> None:
    due = date(2024, 12, 31)
    assert standing_of(EURO(300), due, [], RATES, date(2026, 1, 1)).interest == Money(0)  # eighteen euros
    assert standing_of(EURO(400), due, [], RATES, date(2026, 1, 1)).interest == EURO(24)


@settings(max_examples=60, deadline=None)
@given(parts=st.lists(st.integers(1, 90_000), min_size=1, max_size=6), days=st.lists(st.integers(0, 900), min_size=6, max_size=6))
def test_whatever_comes_in_is_split_to_the_cent_and_never_leaves_less_than_nothing(parts: list[int], days: list[int]) -> None:
    start, amount = date(2024, 3, 1), EURO(900)
    receipts = [Receipt(start + timedelta(days=day), Money(cents)) for day, cents in zip(sorted(days), parts, strict=False)]
    found = standing_of(amount, start, receipts, RATES, start + timedelta(days=901))
    assert found.principal.cents == amount.cents - sum(principal.cents for principal, _interest, _costs in found.splits)
    assert found.principal.cents >= 0 <= found.interest.cents
    for split, receipt in zip(found.splits, receipts, strict=True):
        assert sum(part.cents for part in split) <= receipt.amount.cents


@pytest.mark.parametrize("changes", [{"pay_to": ""}, {"pay_to": "NL91ABNA0417164301"}, {"pay_to": OURS, "amount": EURO(2_001)}])
def test_a_recovery_that_is_not_right_changes_nothing(changes: dict[str, Any]) -> None:
    file = heard(reported(paid(a_grant())), views="Nee.")
    later(file, "lower-a", amount=EURO(4_000), views_answer="Ja.")
    before = snapshot()
    with pytest.raises(NotValid):
        propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal("undue", **changes))
    assert snapshot() == before
