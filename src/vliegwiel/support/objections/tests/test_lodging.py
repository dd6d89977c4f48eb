"""Lodging an objection: in one's own words, in time by the law, never silently refused, and repaired when something is missing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from vliegwiel.foundation.notices.public import messages_of
from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import an_officer, days_later
from vliegwiel.support.objections.actions.handle_objection import (
    adjourn_decision,
    agree_postponement,
    involve_committee,
    judge_lateness,
    note_postponement,
)
from vliegwiel.support.objections.actions.lodge_objection import Arrived, lodge_objection, register_objection
from vliegwiel.support.objections.actions.repair_objection import add_grounds, ask_repair, lapse_all, supply_repair
from vliegwiel.support.objections.actions.withdraw_objection import withdraw_objection
from vliegwiel.support.objections.lifecycle import State
from vliegwiel.support.objections.models import Objection
from vliegwiel.support.objections.standing import find
from vliegwiel.support.objections.tasks import issue_receipt
from vliegwiel.support.objections.terms import in_time, until_when, why_until
from vliegwiel.support.objections.tests.given import a_handler, a_refusal, an_objection, objector_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


@pytest.mark.parametrize(
    ("sent", "until"),
    [
        (date(2026, 3, 24), date(2026, 5, 6)),
        (date(2026, 2, 20), date(2026, 4, 7)),
        (date(2026, 4, 3), date(2026, 5, 18)),
        (date(2026, 1, 5), date(2026, 2, 16)),
    ],
)
def test_the_last_day_to_object_is_that_of_the_test_vectors_and_is_told_in_one_sentence(sent: date, until: date) -> None:
    assert until_when(sent) == until
    sentence = why_until(sent)
    assert str(until.day) in sentence
    assert sentence.count(".") == 1
    assert len(sentence.split()) <= 25


@pytest.mark.parametrize(
    ("received", "posted", "answer"),
    [
        (date(2026, 5, 6), None, "ja"),
        (date(2026, 5, 7), None, "onbekend"),
        (date(2026, 5, 7), date(2026, 5, 6), "ja"),
        (date(2026, 5, 13), date(2026, 5, 6), "ja"),
        (date(2026, 5, 13), date(2026, 5, 7), "nee"),
        (date(2026, 5, 14), date(2026, 5, 6), "nee"),
    ],
)
def test_by_post_counts_when_posted_in_time_and_received_within_a_week(received: date, posted: date | None, answer: str) -> None:
    assert in_time(date(2026, 3, 24), received, by_post=True, posted=posted).answer.value == answer


def test_an_objection_without_grounds_yet_counts_with_a_number_a_receipt_and_a_message() -> None:
    found = an_objection(a_refusal(), grounds="")
    assert (found.stands, found.in_time, found.until) == (State.RECEIVED, "yes", date(2026, 2, 16))
    assert found.due_on == date(2026, 3, 30), "six weeks from the day after the term to object (7:10)"
    assert issue_receipt.call(objection=found.public_id) == issue_receipt.call(objection=found.public_id), "once"
    receipt = next(item for item in letters_of(grant_of(found.application).about) if item.kind == "objection-receipt")
    assert found.number in receipt.html
    assert "30 maart 2026" in receipt.html
    assert any(found.number in item.subject for item in messages_of(found.objector))


def test_numbers_follow_each_other_and_a_second_objection_against_the_same_decision_is_refused() -> None:
    refused = a_refusal()
    first = an_objection(refused)
    with pytest.raises(NotNow) as refusal:
        an_objection(refused)
    assert refusal.value.code == "lodged"
    withdraw_objection(actor=objector_of(refused), objection=first.public_id)
    assert an_objection(refused).number == "B2026-00002"


def test_late_is_never_silently_refused_the_reason_is_asked_and_judged_by_a_person() -> None:
    refused = a_refusal()
    with days_later(43):
        with pytest.raises(NotValid) as refusal:
            an_objection(refused)
        assert refusal.value.code == "late"
        found = an_objection(refused, late_reason="Ik lag in het ziekenhuis.")
        assert (found.in_time, found.excused) == ("no", None)
        with pytest.raises(NotValid):
            judge_lateness(actor=a_handler(), objection=found.public_id, excused=True, why=" ")
        judged = judge_lateness(actor=a_handler(), objection=found.public_id, excused=True, why="Dat was overmacht.")
        assert judged.excused is True


def test_on_paper_the_stamp_counts_and_the_postmark_may_save_it() -> None:
    refused = a_refusal()
    with days_later(44):
        stamped = Arrived("paper", clock.today(), by_post=True, posted_on=date(2026, 2, 16), name="V. Zonnen")
        found = register_objection(actor=an_officer(8), decision=refused.public_id, arrived=stamped, grounds="Nee.")
        assert (found.in_time, found.entered_by, found.channel) == ("yes", an_officer(8).id, "paper")


@pytest.mark.parametrize(
    "arrived",
    [
        Arrived("web", date(2026, 1, 5)),
        Arrived("paper", date(2026, 1, 9)),
        Arrived("paper", date(2026, 1, 5), by_post=True, posted_on=date(2026, 1, 6)),
        Arrived("paper", date(2026, 1, 2)),
    ],
)
def test_a_stamp_that_cannot_be_is_refused_and_nothing_is_kept(arrived: Arrived) -> None:
    refused = a_refusal()
    with pytest.raises(NotValid):
        register_objection(actor=an_officer(8), decision=refused.public_id, arrived=arrived)
    assert not Objection.objects.exists()


def test_a_stranger_cannot_object_for_someone_else_and_nobody_before_the_letter_went() -> None:
    refused = a_refusal()
    with pytest.raises(NotAllowed):
        lodge_objection(actor=a_resident("vreemd@voorbeeld.invalid"), decision=refused.public_id, grounds="Hallo.")
    refused.sent_on = None
    refused.save()
    with pytest.raises(NotNow) as refusal:
        an_objection(refused)
    assert refusal.value.code == "not-known-yet"
    assert not Objection.objects.exists()


def test_a_request_to_repair_stops_the_clock_until_the_answer() -> None:
    found = an_objection(a_refusal(), grounds="")
    with days_later(50):  # the term to object is over, that to decide runs
        asked = ask_repair(actor=a_handler(), objection=found.public_id, items=("De reden.",), until=date(2026, 3, 24))
        assert asked.stands is State.REPAIRING
    with days_later(60):
        done = supply_repair(actor=Actor("person", found.objector), objection=found.public_id, text="Omdat het niet klopt.")
    assert (done.stands, done.grounds) == (State.RECEIVED, "Omdat het niet klopt.")
    assert done.due_on == date(2026, 3, 30) + timedelta(days=9), "nine days stood still: from the day after until the day before"


def test_a_request_before_the_term_begins_moves_nothing_and_after_the_time_it_lapses() -> None:
    found = an_objection(a_refusal(), grounds="")
    ask_repair(actor=a_handler(), objection=found.public_id, items=("De reden.",), until=date(2026, 1, 26))
    with days_later(30):
        assert lapse_all(actor=Actor.system("job")) == 1
        assert lapse_all(actor=Actor.system("job")) == 0
        done = find(found.public_id)
        assert (done.stands, done.due_on) == (State.RECEIVED, date(2026, 3, 30))
        with pytest.raises(NotAllowed):
            lapse_all(actor=a_handler())


def test_adjourning_goes_once_at_most_six_weeks_in_time_and_by_letter() -> None:
    found = an_objection(a_refusal())
    with pytest.raises(NotValid):
        adjourn_decision(actor=a_handler(), objection=found.public_id, until=date(2026, 5, 12), reason="Druk.")
    done = adjourn_decision(
        actor=a_handler(), objection=found.public_id, until=date(2026, 5, 11), reason="Wij zijn met te weinig."
    )
    assert done.due_on == date(2026, 5, 11)
    assert [item.kind for item in letters_of(grant_of(found.application).about)].count("objection-adjourned") == 1
    with pytest.raises(NotValid):
        adjourn_decision(actor=a_handler(), objection=found.public_id, until=date(2026, 6, 1), reason="Nog eens.")
    with days_later(200), pytest.raises(NotNow):
        adjourn_decision(actor=a_handler(), objection=found.public_id, until=date(2027, 1, 1), reason="Te laat.")


def test_with_a_committee_it_is_twelve_weeks_and_with_consent_later() -> None:
    found = an_objection(a_refusal())
    assert involve_committee(actor=a_handler(), objection=found.public_id).due_on == date(2026, 5, 11)
    own = Actor("person", found.objector)
    with pytest.raises(NotValid):
        agree_postponement(actor=own, objection=found.public_id, until=date(2026, 5, 11))
    assert agree_postponement(actor=own, objection=found.public_id, until=date(2026, 6, 30)).due_on == date(2026, 6, 30)
    later = note_postponement(actor=a_handler(), objection=found.public_id, until=date(2026, 7, 31), how="Per brief.")
    assert later.due_on == date(2026, 7, 31)


def test_what_was_said_stays_when_more_is_said() -> None:
    found = an_objection(a_refusal(), grounds="Eerst dit.")
    more = add_grounds(actor=Actor("person", found.objector), objection=found.public_id, text="En dat.")
    assert more.grounds.startswith("Eerst dit.")
    assert more.grounds.endswith("En dat.")


def test_a_withdrawn_objection_is_closed_and_the_first_decision_stands() -> None:
    found = an_objection(a_refusal())
    done = withdraw_objection(actor=Actor("person", found.objector), objection=found.public_id)
    assert (done.stands, done.outcome, done.closed_on) == (State.WITHDRAWN, "withdrawn", clock.today())
    with pytest.raises(NotNow):
        add_grounds(actor=Actor("person", found.objector), objection=found.public_id, text="Toch nog.")
