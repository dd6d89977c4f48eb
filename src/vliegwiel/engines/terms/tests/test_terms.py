"""Terms end on the day the law says, and say why."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.engines.terms import Objection, Tariff, Term, decision_on_objection, late_penalty, objection_term, received_in_time
from vliegwiel.engines.terms.holidays import easter, generally_recognised, is_ordinary_day
from vliegwiel.engines.terms.objection import adjourn
from vliegwiel.kernel.errors import NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.kernel.verdict import Answer

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
TARIFF = Tariff(((14, Money.euros(23)), (14, Money.euros(35)), (14, Money.euros(45))), "example")


def test_a_term_on_the_kings_day_ends_the_day_after() -> None:
    assert Term(start=date(2026, 3, 2), weeks=8, source="wet").ends == date(2026, 4, 28)


def test_the_fifth_of_may_is_a_holiday_every_year() -> None:
    assert objection_term(date(2026, 3, 24)).ends == date(2026, 5, 6)


def test_good_friday_and_easter_monday_carry_a_term_over_easter() -> None:
    assert objection_term(date(2026, 2, 20)).ends == date(2026, 4, 7)


def test_the_day_after_ascension_counts_only_with_a_decree_that_equates_it() -> None:
    assert objection_term(date(2026, 4, 3)).ends == date(2026, 5, 15)
    assert objection_term(date(2026, 4, 3), holidays={date(2026, 5, 15)}).ends == date(2026, 5, 18)


def test_a_term_of_an_ordinance_is_not_moved_unless_the_ordinance_says_so() -> None:
    assert Term(start=date(2026, 1, 26), weeks=13, source="verordening").ends == date(2026, 4, 27)
    assert Term(start=date(2026, 3, 2), weeks=8, source="verordening").ends == date(2026, 4, 27)
    assert Term(start=date(2026, 3, 2), weeks=8, source="verordening", like_act=True).ends == date(2026, 4, 28)


def test_a_completion_stops_the_clock_from_the_day_after_the_request_to_the_day_of_completion() -> None:
    term = Term(start=date(2026, 1, 5), weeks=8, source="wet")
    assert term.ends == date(2026, 3, 2)
    stopped = term.suspend(asked=date(2026, 1, 12), completed=date(2026, 1, 26), article="4:15")
    assert stopped.suspended_days == 13
    assert stopped.ends == date(2026, 3, 16)
    assert [event.kind for event in stopped.explain().events] == ["start", "suspended", "moved"]
    assert "stond 13 dagen stil (artikel 4:15)" in stopped.explain().sentence
    assert stopped.explain().sentence.endswith("eindigt op maandag 16 maart 2026.")


def test_a_day_in_two_suspensions_counts_once() -> None:
    term = Term(start=date(2026, 1, 5), weeks=8, source="verordening")
    twice = term.suspend(asked=date(2026, 1, 12), completed=date(2026, 1, 26)).suspend(
        asked=date(2026, 1, 20), completed=date(2026, 1, 30)
    )
    assert twice.suspended_days == 17
    assert twice.ends == term.ends + timedelta(days=17)


def test_an_extension_names_the_last_day_itself_and_a_later_suspension_adds_to_it() -> None:
    term = Term(start=date(2026, 1, 5), weeks=8, source="wet").extend(until=date(2026, 3, 29), sent=date(2026, 2, 27))
    assert term.ends == date(2026, 3, 29)
    assert term.suspend(asked=date(2026, 3, 9), completed=date(2026, 3, 16)).ends == date(2026, 4, 4)


@pytest.mark.parametrize(("length", "applies"), [({"days": 90}, True), ({"days": 91}, False), ({"weeks": 12}, True), ({"weeks": 13}, False),
                                                ({"months": 3}, True), ({"months": 4}, False), ({"years": 1}, False)])  # fmt: skip
def test_long_terms_are_left_as_they_are(length: dict[str, int], applies: bool) -> None:
    assert Term(start=date(2026, 1, 5), source="amvb", **length).act_applies is applies


def test_a_short_term_over_easter_holds_two_ordinary_days() -> None:
    term = Term(start=date(2026, 4, 2), days=3, source="wet")
    inside = [date(2026, 4, 2) + timedelta(days=step) for step in range(1, (term.ends - date(2026, 4, 2)).days + 1)]
    assert term.ends == date(2026, 4, 8)
    assert sum(is_ordinary_day(day) for day in inside) == 2


def test_a_month_from_the_last_of_january_ends_with_february() -> None:
    assert Term(start=date(2026, 1, 31), months=1, source="beschikking").ends == date(2026, 2, 28)


@given(DAYS, st.integers(1, 12), st.sampled_from(["wet", "amvb"]))
def test_by_an_act_a_term_never_ends_early_nor_on_a_day_without_work(start: date, weeks: int, source: str) -> None:
    end = Term(start=start, weeks=weeks, source=source).ends
    assert end >= start + timedelta(weeks=weeks)
    assert is_ordinary_day(end)
    assert (end - start - timedelta(weeks=weeks)).days <= 5


@given(DAYS, st.integers(1, 20), st.integers(0, 60), st.integers(0, 60))
def test_the_end_can_be_recomputed_from_the_events_alone(start: date, weeks: int, after: int, length: int) -> None:
    asked = start + timedelta(days=min(after, weeks * 7))
    term = Term(start=start, weeks=weeks, source="wet").suspend(asked=asked, completed=asked + timedelta(days=length))
    events = term.explain().events
    assert start + timedelta(weeks=weeks) + timedelta(days=sum(event.days for event in events)) == term.ends


@given(DAYS)
def test_eight_or_nine_days_a_year_are_holidays_and_easter_is_a_sunday_in_spring(day: date) -> None:
    assert easter(day.year).weekday() == 6
    assert date(day.year, 3, 22) <= easter(day.year) <= date(day.year, 4, 25)
    assert 8 <= len(generally_recognised(day.year)) <= 9
    assert date(day.year, 5, 5) in generally_recognised(day.year)


@pytest.mark.parametrize(
    ("year", "day"), [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2026, date(2026, 4, 5)), (2038, date(2038, 4, 25))]
)
def test_easter_falls_where_the_almanac_says(year: int, day: date) -> None:
    assert easter(year) == day


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Term(start=date(2026, 1, 5), source="wet"),
        lambda: Term(start=date(2026, 1, 5), weeks=8, days=1, source="wet"),
        lambda: Term(start=date(2026, 1, 5), weeks=8, source="gewoonte"),
        lambda: Term(start=date(2026, 1, 5), weeks=1, source="wet").suspend(asked=date(2026, 2, 5), completed=date(2026, 2, 6)),
        lambda: Term(start=date(2026, 1, 5), weeks=1, source="wet").suspend(asked=date(2026, 1, 8), completed=date(2026, 1, 7)),
        lambda: Term(start=date(2026, 1, 5), weeks=8, source="wet").extend(until=date(2026, 1, 6)),
        lambda: Term(start=date(2026, 1, 5), weeks=8, source="wet").extend(until=date(2026, 4, 6), sent=date(2026, 3, 3)),
    ],
)
def test_what_cannot_be_is_refused_in_dutch(wrong: object) -> None:
    with pytest.raises(NotValid, match=r"termijn|datum|aanvulling|bericht"):
        wrong()


def test_an_objection_by_post_is_in_time_when_posted_in_time_and_received_within_a_week() -> None:
    term = objection_term(date(2026, 1, 5))
    last = term.ends
    assert received_in_time(term, Objection(last))
    assert not received_in_time(term, Objection(last + timedelta(days=1)))
    assert received_in_time(term, Objection(last + timedelta(days=7), by_post=True, posted=last))
    assert not received_in_time(term, Objection(last + timedelta(days=8), by_post=True, posted=last))
    assert not received_in_time(term, Objection(last + timedelta(days=2), by_post=True, posted=last + timedelta(days=1)))
    assert received_in_time(term, Objection(last + timedelta(days=2), by_post=True)).answer is Answer.UNKNOWN


def test_a_committee_gets_twelve_weeks_from_the_end_of_the_objection_term() -> None:
    assert decision_on_objection(date(2026, 1, 5), committee=False).ends == date(2026, 3, 30)
    assert decision_on_objection(date(2026, 1, 5), committee=True).ends == date(2026, 5, 11)


def test_a_decision_on_objection_is_adjourned_once_by_six_weeks_at_most() -> None:
    term = decision_on_objection(date(2026, 1, 5), committee=False)
    adjourned = adjourn(term, until=term.ends + timedelta(days=42), sent=date(2026, 3, 20), adjourned_before=False)
    assert adjourned.ends == date(2026, 5, 11)
    with pytest.raises(NotValid, match="zes weken"):
        adjourn(term, until=term.ends + timedelta(days=43), sent=date(2026, 3, 20), adjourned_before=False)
    with pytest.raises(NotValid, match="één keer"):
        adjourn(adjourned, until=term.ends + timedelta(days=50), sent=date(2026, 3, 20), adjourned_before=True)


def test_the_penalty_runs_in_three_steps_for_42_days_at_most() -> None:
    due, notice = date(2026, 3, 2), date(2026, 3, 3)
    late = late_penalty(due=due, notice=notice, decided=None, today=date(2026, 12, 31), tariff=TARIFF)
    assert late.first_day == date(2026, 3, 18)
    assert (late.days, late.amount, late.runs) == (42, Money.euros(14 * (23 + 35 + 45)), False)
    early = late_penalty(due=due, notice=notice, decided=date(2026, 3, 17), today=date(2026, 3, 20), tariff=TARIFF)
    assert (early.days, early.amount) == (0, Money(0))
    middle = late_penalty(due=due, notice=notice, decided=date(2026, 4, 3), today=date(2026, 4, 3), tariff=TARIFF)
    assert (middle.days, middle.amount) == (16, Money.euros(14 * 23 + 2 * 35))


def test_a_notice_before_the_term_has_passed_has_no_effect() -> None:
    with pytest.raises(NotValid, match="voordat"):
        late_penalty(due=date(2026, 3, 2), notice=date(2026, 3, 2), decided=None, today=date(2026, 4, 1), tariff=TARIFF)


def test_a_tariff_that_does_not_cover_42_days_is_refused() -> None:
    with pytest.raises(NotValid, match="42"):
        Tariff(((14, Money.euros(23)),), "example")
