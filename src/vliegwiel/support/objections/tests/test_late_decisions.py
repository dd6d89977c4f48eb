"""A late decision costs money: from the notice of default, after two weeks, per day to its maximum, until the decision."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from vliegwiel.catalogue.penalty import penalty_amounts
from vliegwiel.foundation.papers.models import Letter
from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.grants.standing import find as find_application
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import a_decidable_application, days_later, decided
from vliegwiel.support.objections.actions.determine_penalty import determine_penalty
from vliegwiel.support.objections.actions.divide_penalty import notice_named
from vliegwiel.support.objections.actions.give_notice import give_notice, register_notice
from vliegwiel.support.objections.models import DefaultNotice, PenaltyDecision
from vliegwiel.support.objections.penalties import facts_of
from vliegwiel.support.objections.queries import notices_waiting
from vliegwiel.support.objections.standing import find
from vliegwiel.support.objections.tasks import issue_notice_receipt
from vliegwiel.support.objections.tests.given import a_decider, a_handler, a_refusal, an_objection, concluded, not_heard

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    with clock.at(START):
        yield


def late(application: Application, days: int = 1) -> Any:
    """So many days after the last day to decide."""
    assert application.due_on is not None
    return clock.at(START + timedelta(days=(application.due_on - clock.today()).days + days))


def own(application: Application) -> Actor:
    return Actor("person", application.applicant)


def laid_down(notice: DefaultNotice) -> PenaltyDecision:
    """The decision on the penalty that holds."""
    found = facts_of(notice_named(notice.number)).laid_down
    assert found is not None
    return found


def test_before_the_date_has_passed_a_notice_is_refused_and_keeps_nothing() -> None:
    found = a_decidable_application()
    with late(found, 0), pytest.raises(NotNow) as refusal:
        give_notice(actor=own(found), application=found.public_id)
    assert refusal.value.code == "not-late"
    assert not DefaultNotice.objects.exists()


def test_a_resident_writes_that_we_are_late_once_and_gets_a_receipt_with_the_two_weeks() -> None:
    found = a_decidable_application()
    with late(found):
        notice = give_notice(actor=own(found), application=found.public_id, text="Wanneer komt het?")
        facts = facts_of(notice)
        assert (facts.grace, facts.penalty.days, facts.over) == (clock.today() + timedelta(days=14), 0, False)
        issue_notice_receipt.call(notice=notice.public_id)
        receipt = next(item for item in letters_of(grant_of(found.public_id).about) if item.kind == "default-notice-receipt")
        assert notice.number in receipt.html
        with pytest.raises(NotNow) as refusal:
            give_notice(actor=own(found), application=found.public_id)
        assert refusal.value.code == "given"
        with pytest.raises(NotAllowed):
            give_notice(actor=a_resident("ander@voorbeeld.invalid"), application=found.public_id)


def test_the_penalty_counts_per_day_in_three_steps_stops_at_the_decision_and_is_laid_down() -> None:
    found = a_decidable_application()
    with late(found):
        notice = give_notice(actor=own(found), application=found.public_id)
        first = facts_of(notice).penalty.first_day
    with clock.at(datetime(first.year, first.month, first.day, 9, tzinfo=UTC) + timedelta(days=15)):
        running = facts_of(notice)
        assert (running.penalty.days, running.penalty.amount) == (16, Money.euros(14 * 23 + 2 * 35))
        assert running.penalty.runs
        assert [item.notice.number for item in notices_waiting(a_handler())] == [notice.number]
        with pytest.raises(NotNow):
            determine_penalty(actor=a_decider(), notice=notice.public_id)
        decided(find_application(found.public_id))
        ended = facts_of(notice)
        assert (ended.penalty.days, ended.penalty.runs) == (15, False), "until the day before the decision"
        assert ended.determine_by is not None
        with pytest.raises(NotAllowed):
            determine_penalty(actor=a_handler(), notice=notice.public_id)
        determine_penalty(actor=a_decider(), notice=notice.public_id)
        done = laid_down(notice)
        assert (done.money, done.days) == (Money.euros(14 * 23 + 35), 15)
        html = Letter.objects.get(public_id=done.letter).html
        assert "357" in html
        assert "bezwaar maken" in html
        with pytest.raises(NotNow):
            determine_penalty(actor=a_decider(), notice=notice.public_id)
        assert [item.to_pay for item in notices_waiting(a_handler())] == [Money.euros(357)], "and it waits to be paid"


def test_after_42_days_it_is_full_and_can_be_laid_down_without_a_decision() -> None:
    found = a_decidable_application()
    with late(found):
        notice = give_notice(actor=own(found), application=found.public_id)
    with late(found, 200):
        full = facts_of(notice)
        assert (full.penalty.days, full.penalty.amount, full.penalty.runs) == (42, Money.euros(1_442), False)
        determine_penalty(actor=a_decider(), notice=notice.public_id)
        assert laid_down(notice).money == Money.euros(1_442)


def test_nothing_is_due_on_a_ground_of_the_law_with_its_reason() -> None:
    found = a_decidable_application()
    with late(found):
        notice = give_notice(actor=own(found), application=found.public_id)
    with late(found, 200):
        for ground, why in (("4:17-6a", ""), ("zomaar", "Omdat.")):
            with pytest.raises(NotValid):
                determine_penalty(actor=a_decider(), notice=notice.public_id, ground=ground, why=why)
        determine_penalty(actor=a_decider(), notice=notice.public_id, ground="4:17-6a", why="Twee jaar later pas.")
        assert laid_down(notice).money == Money(0)


def test_decided_within_the_two_weeks_nothing_is_due() -> None:
    found = a_decidable_application()
    with late(found):
        notice = give_notice(actor=own(found), application=found.public_id)
        decided(find_application(found.public_id))
        assert facts_of(notice).over
        with pytest.raises(NotNow):
            give_notice(actor=own(found), application=found.public_id)


def test_on_paper_the_stamp_counts_and_a_late_decision_on_an_objection_costs_the_same() -> None:
    objection = an_objection(a_refusal())
    with days_later(120):
        stamp = objection.due_on + timedelta(days=3)
        notice = register_notice(
            actor=a_handler(),
            application=objection.application,
            received_on=stamp,
            channel="paper",
            text="U bent te laat.",
            objection=objection.public_id,
        )
        running = facts_of(notice)
        assert running.penalty.runs
        assert running.penalty.days > 0
        concluded(not_heard(find(objection.public_id)))
        assert not facts_of(notice_named(notice.number)).penalty.runs
        with pytest.raises(NotNow):
            give_notice(
                actor=Actor("person", objection.objector), application=objection.application, objection=objection.public_id
            )


@pytest.mark.parametrize(("day", "first"), [(date(2010, 1, 1), 20), (date(2026, 1, 1), 23)])
def test_the_amounts_are_dated(day: date, first: int) -> None:
    assert penalty_amounts(day).steps[0] == (14, Money.euros(first))


def test_before_the_law_there_was_no_penalty() -> None:
    with pytest.raises(NotFound):
        penalty_amounts(date(2008, 1, 1))
