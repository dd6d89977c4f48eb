"""What the law counts: years on a ground, years on end, and the rest of a notice term."""

from datetime import date, timedelta
from random import Random

import pytest

from vliegwiel.kernel.money import Money
from vliegwiel.support.direct_grants.rules import Given, consecutive, continues, least_of, within_ground

E = Money.euros


def year(number: int, euros: int = 40_000) -> Given:
    return Given(date(number, 1, 1), date(number, 12, 31), E(euros))


def test_an_incidental_grant_runs_four_years_and_not_a_day_more() -> None:
    four = Given(date(2026, 1, 1), date(2029, 12, 31), E(10_000))
    longer = Given(date(2026, 1, 1), date(2030, 1, 1), E(10_000))
    assert within_ground("incidental", four, [], proof="eenmalig", most=None)
    assert within_ground("incidental", longer, [], proof="eenmalig", most=None).reasons[0].code == "too-long"


def test_years_on_end_count_together_and_a_gap_begins_anew() -> None:
    on_end = [year(2022), year(2023), year(2024), year(2025)]
    assert not within_ground("incidental", year(2026), on_end, proof="nog een keer", most=None)
    with_gap = [year(2020), year(2021), year(2022), year(2024), year(2025)]
    assert within_ground("incidental", year(2026), with_gap, proof="nog een keer", most=None)


def test_in_wait_for_a_rule_it_is_one_year() -> None:
    assert within_ground("awaiting", year(2026), [], proof="de regeling Nergens", most=None)
    assert not within_ground("awaiting", year(2026), [year(2025)], proof="de regeling Nergens", most=None)


def test_the_budget_names_a_highest_amount_and_more_is_not_possible() -> None:
    assert within_ground("budget", year(2026), [], proof="post 12", most=E(40_000))
    assert not within_ground("budget", year(2026), [], proof="post 12", most=E(40_000) - Money(1))
    assert not within_ground("budget", year(2026), [], proof="post 12", most=None)


@pytest.mark.parametrize("ground", ["budget", "incidental", "awaiting", "european"])
def test_no_ground_without_its_proof(ground: str) -> None:
    verdict = within_ground(ground, year(2026), [], proof="  ", most=E(40_000))
    assert verdict.reasons[0].code == "no-proof"


def test_years_on_end_are_counted_up_to_the_new_period() -> None:
    assert consecutive([year(2023), year(2024), year(2025)], date(2026, 1, 1)) == 3
    assert consecutive([year(2022), year(2024), year(2025)], date(2026, 1, 1)) == 2
    assert consecutive([year(2023), year(2024)], date(2026, 1, 1)) == 0
    assert consecutive([], date(2026, 1, 1)) == 0


def test_after_two_years_less_is_possible_and_after_three_not_without_notice() -> None:
    less = year(2026, 10_000)
    assert continues(less, [year(2024), year(2025)], None)
    three = [year(2023), year(2024), year(2025)]
    assert continues(less, three, None).reasons[0].code == "no-notice"
    assert continues(year(2026), three, None)
    assert continues(less, three, date(2025, 12, 31))


def test_the_rest_of_the_term_is_given_at_the_old_rate() -> None:
    three = [year(2023, 36_500), year(2024, 36_500), year(2025, 36_500)]
    until = date(2026, 1, 1) + timedelta(days=89)
    assert least_of(date(2026, 1, 1), date(2026, 12, 31), three, until) == E(9_000)
    verdict = continues(year(2026, 8_999), three, until)
    assert (verdict.reasons[0].code, verdict.reasons[0].article) == ("rest-of-term", "4:51, tweede lid, Awb")
    assert continues(year(2026, 9_000), three, until)


def test_a_longer_term_never_gives_less_and_never_more_than_before() -> None:
    draw = Random("rest-of-term")
    for _round in range(500):
        cents, first, more = draw.randint(1, 10_000_000), draw.randint(0, 500), draw.randint(0, 500)
        three = [Given(date(number, 1, 1), date(number, 12, 31), Money(cents)) for number in (2023, 2024, 2025)]
        begin = date(2025, 12, 1)
        short = least_of(date(2026, 1, 1), date(2026, 12, 31), three, begin + timedelta(days=first))
        long = least_of(date(2026, 1, 1), date(2026, 12, 31), three, begin + timedelta(days=first + more))
        assert Money(0) <= short <= long <= Money(cents), (cents, first, more)
