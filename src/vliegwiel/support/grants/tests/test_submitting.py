"""From draft to receipt: what is sent is received once, in time, with its number, its term and its messages."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.papers.public import letters_of
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.submit_application import submit_application
from vliegwiel.support.grants.actions.withdraw_application import withdraw_application
from vliegwiel.support.grants.alike import same_thing
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, ClockEvent, FileSeries
from vliegwiel.support.grants.readiness import lacking, warnings
from vliegwiel.support.grants.standing import find, reference
from vliegwiel.support.grants.tasks import confirm_withdrawal, issue_receipt
from vliegwiel.support.grants.terms import due_of
from vliegwiel.support.grants.tests.given import a_filled_draft, a_participant, a_resident, a_submitted_application, signed
from vliegwiel.support.grants.tests.test_permissions import everything_kept
from vliegwiel.support.schemes.actions.move_call import move_by_clock
from vliegwiel.support.schemes.tests.given import an_open_call

pytestmark = pytest.mark.django_db


def the_owner(draft: Application) -> Actor:
    return Actor("person", draft.applicant)


def a_signed_draft(**parts: object) -> Application:
    draft = a_filled_draft(an_open_call(**parts))
    return signed(draft, the_owner(draft))


def test_an_application_gets_number_moment_and_legal_date_and_its_term_as_an_event_with_its_source() -> None:
    term = {"weeks": 13, "source": "verordening", "article": "12"}
    draft = a_signed_draft(term=term)
    late_evening = clock.now().replace(hour=22, minute=30)
    with clock.at(late_evening):
        found = submit_application(actor=the_owner(draft), application=draft.public_id)
    assert (found.received_at, found.received_on) == (late_evening, clock.legal_date(late_evening))
    assert found.number == f"{found.received_on.year}-000001"
    start = found.clock.get()
    assert (start.kind, start.on, start.article) == ("start", found.received_on, "12")
    assert start.facts == {"weeks": 13, "source": "verordening", "like_act": False, "from_closing": False}
    assert found.due_on == due_of(found) == found.received_on + timedelta(weeks=13)


def test_what_comes_just_after_midnight_in_amsterdam_has_the_date_of_that_day() -> None:
    draft = a_signed_draft()
    today = clock.today()
    after_midnight = datetime.combine(today + timedelta(days=1), time(0, 5), clock.AMSTERDAM).astimezone(UTC)
    assert after_midnight.date() == today
    with clock.at(after_midnight):
        found = submit_application(actor=the_owner(draft), application=draft.public_id)
    assert (found.received_at, found.received_on) == (after_midnight, today + timedelta(days=1))


def test_without_a_term_of_the_scheme_eight_weeks_of_the_act_run_and_end_on_a_working_day() -> None:
    found = a_submitted_application(an_open_call(term=None))
    assert found.clock.get().facts["source"] == "wet"
    assert found.due_on >= found.received_on + timedelta(weeks=8)
    assert found.due_on.weekday() < 5


def test_where_the_scheme_counts_from_the_closing_the_term_starts_there_for_everyone() -> None:
    call = an_open_call("tender", term={"weeks": 8, "from": "closing"})
    found = a_submitted_application(call)
    assert found.clock.get().on == clock.legal_date(call.closes_at)
    assert found.due_on == clock.legal_date(call.closes_at) + timedelta(weeks=8)


def test_the_last_second_is_in_time_and_one_second_later_is_refused_and_nothing_is_lost() -> None:
    draft = a_signed_draft()
    call = Draft(draft).call
    before = everything_kept()
    with clock.at(call.closes_at + timedelta(seconds=1)), pytest.raises(NotNow) as refused:
        submit_application(actor=the_owner(draft), application=draft.public_id)
    assert refused.value.code == "closed"
    assert "te laat" in refused.value.message
    assert everything_kept() == before
    assert Entry.objects.latest("pk").result == "geweigerd"
    with clock.at(call.closes_at):
        assert submit_application(actor=the_owner(draft), application=draft.public_id).stands is State.SUBMITTED


def test_after_the_bell_the_draft_is_still_there_to_read() -> None:
    draft = a_signed_draft()
    with clock.at(Draft(draft).call.closes_at + timedelta(days=1)):
        move_by_clock(actor=Actor.system("job"))
        with pytest.raises(NotNow):
            submit_application(actor=the_owner(draft), application=draft.public_id)
        assert find(draft.public_id).stands is State.SIGNING


def test_it_is_received_once_however_often_it_is_sent() -> None:
    draft = a_signed_draft()
    submit_application(actor=the_owner(draft), application=draft.public_id)
    with pytest.raises(NotNow):
        submit_application(actor=the_owner(draft), application=draft.public_id)
    assert FileSeries.objects.get().last == 1
    assert ClockEvent.objects.count() == 1


def test_numbers_have_no_gaps_and_a_number_that_was_rolled_back_is_given_again() -> None:
    first = a_submitted_application()
    other = a_filled_draft(person=a_resident("b@voorbeeld.invalid"))
    draft = signed(other, the_owner(other))
    with transaction.atomic():
        submit_application(actor=the_owner(draft), application=draft.public_id)
        transaction.set_rollback(True)
    second = submit_application(actor=the_owner(draft), application=draft.public_id)
    assert [first.number[5:], second.number[5:]] == ["000001", "000002"]


def test_without_a_signature_it_is_no_application() -> None:
    draft = a_filled_draft()
    with pytest.raises(NotValid) as refused:
        submit_application(actor=the_owner(draft), application=draft.public_id)
    assert refused.value.code == "not-signed"


def test_everyone_on_the_applicants_side_hears_once_that_it_came_in_and_by_when_they_hear_more() -> None:
    draft = a_filled_draft()
    _participant, along = a_participant(draft)
    signed(draft, the_owner(draft))
    signed(draft, along, "B. Denkbeeldig")
    found = submit_application(actor=along, application=draft.public_id)
    told = Notice.objects.filter(moment="received")
    assert {notice.receiver for notice in told} == {draft.applicant, along.id}
    assert all(found.number in notice.subject and "uiterlijk" in notice.body for notice in told)


def test_the_receipt_is_a_letter_that_is_issued_and_sent_once() -> None:
    found = a_submitted_application()
    first = issue_receipt.call(application=found.public_id)
    assert issue_receipt.call(application=found.public_id) == first
    letter = letters_of(reference(found))[0]
    assert (letter.kind, letter.reference) == ("receipt", found.number)
    assert str(found.due_on.year) in letter.html
    assert Notice.objects.filter(about_kind="letter").count() == 1


def test_a_withdrawn_application_stops_and_the_applicant_gets_that_in_writing() -> None:
    found = a_submitted_application()
    withdraw_application(actor=the_owner(found), application=found.public_id)
    assert find(found.public_id).stands is State.WITHDRAWN
    confirm_withdrawal.call(application=found.public_id)
    assert letters_of(reference(found))[0].kind == "withdrawn"
    with pytest.raises(NotNow):
        withdraw_application(actor=the_owner(found), application=found.public_id)


@pytest.mark.parametrize("effect", ["warn", "refuse"])
def test_a_second_application_for_the_same_thing_is_warned_for_or_refused_as_the_scheme_says(effect: str) -> None:
    call, person = an_open_call(again={"effect": effect, "article": "9"}), a_resident()
    first = a_submitted_application(call, person=person)
    second = a_filled_draft(call, person=person, title="Iets heel anders")
    draft = Draft(second)
    assert same_thing(second) == [first]
    said = [lack.text for lack in lacking(draft)] if effect == "refuse" else warnings(draft, funder="")
    assert any(str(first.number) in text for text in said)
    if effect == "refuse":
        with pytest.raises(NotValid):
            signed(second, person)
    else:
        signed(second, person)
        assert submit_application(actor=person, application=second.public_id).stands is State.SUBMITTED


def test_the_same_plan_by_a_neighbour_is_the_same_thing_and_a_withdrawn_one_is_not() -> None:
    call = an_open_call(again={"effect": "refuse"})
    first = a_submitted_application(call, title="Een tafel")
    neighbour = a_filled_draft(call, person=a_resident("buur@voorbeeld.invalid"), title="een TAFEL")
    assert same_thing(neighbour) == [first]
    withdraw_application(actor=the_owner(first), application=first.public_id)
    assert same_thing(neighbour) == []


def test_the_database_itself_refuses_a_sent_application_without_number() -> None:
    draft = a_filled_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=draft.pk).update(state="submitted")


def test_two_at_once_see_each_other() -> None:
    from vliegwiel.support.grants.standing import finish

    draft = a_filled_draft()
    earlier = find(draft.public_id)
    finish(the_owner(draft), "fill-in-application", find(draft.public_id), title="Nieuw")
    with pytest.raises(NotNow) as refused:
        finish(the_owner(draft), "fill-in-application", earlier, title="Oud")
    assert refused.value.code == "stale"
    assert find(draft.public_id).title == "Nieuw"


def test_an_officer_cannot_send_what_a_resident_wrote() -> None:
    from vliegwiel.support.schemes.tests.given import an_officer

    draft = a_signed_draft()
    with pytest.raises(NotAllowed):
        submit_application(actor=an_officer(), application=draft.public_id)
    assert find(draft.public_id).asked_money == Money.euros(15_000)
