"""What the desk keeps and for how long: what is destroyed is gone, what is counted stays, and who leaves takes her own along."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from vliegwiel.foundation.people.actions.remove_own_account import remove_own_account
from vliegwiel.foundation.people.models import OutgoingMail, Person
from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.kernel import clock
from vliegwiel.support.archive.queries import candidates
from vliegwiel.support.archive.tests.given import a_list, carried_out
from vliegwiel.support.desk.actions.answer_enquiry import answer_enquiry
from vliegwiel.support.desk.actions.follow_enquiry import stop_enquiry, write_message
from vliegwiel.support.desk.actions.note_hours import note_hours
from vliegwiel.support.desk.lifecycle import CaseState, State
from vliegwiel.support.desk.models import Enquiry, EnquiryMessage, HourEntry, KeptCount, SupportCase
from vliegwiel.support.desk.queries import on_time, year_of
from vliegwiel.support.desk.tests.given import MONDAY, VISITOR, a_case, a_case_closed, an_adviser, an_enquiry, link_of
from vliegwiel.support.grants.tests.given import a_resident

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        yield


def _answered(days: int) -> Enquiry:
    found = an_enquiry()
    with clock.at(MONDAY + timedelta(days=days)):
        answer_enquiry(actor=an_adviser(), enquiry=found.public_id, text="Kijk bij deze regeling.")
    return found


def _helped() -> Enquiry:
    found = a_case(an_enquiry(place=""), CaseState.ACTIVE)
    note_hours(actor=an_adviser(), enquiry=found.public_id, minutes=90, on=clock.today(), what="Gesprek met V. Zonnen")
    return a_case_closed(found)


def test_what_is_counted_is_the_same_before_and_after_and_nothing_else_is_left() -> None:
    _answered(1)
    late = _answered(30)
    with clock.at(MONDAY + timedelta(days=31)):
        write_message(actor=VISITOR, enquiry=late.public_id, text="En nu?", link=link_of(late))
        answer_enquiry(actor=an_adviser(), enquiry=late.public_id, text="Zo.")
    _helped()
    open_one = an_enquiry(email="buur@voorbeeld.invalid")
    adviser = an_adviser()
    with clock.at(MONDAY + timedelta(days=7 * 365)):
        counted = on_time(PROVINCE), year_of(adviser, PROVINCE, 2026)
        assert [(item.key, item.ready) for item in candidates(PROVINCE)] == [
            ("desk-question", True),
            ("desk-question", True),
            ("desk-case", True),
        ]
        for key in ("desk-question", "desk-case"):
            carried_out(a_list(key))
        assert (on_time(PROVINCE), year_of(adviser, PROVINCE, 2026)) == counted
    assert list(Enquiry.objects.all()) == [open_one]
    assert not EnquiryMessage.objects.exists()
    assert not SupportCase.objects.exists()
    hours = HourEntry.objects.get()
    assert (hours.minutes, hours.organisation, hours.case, hours.person, hours.what) == (90, adviser.organisation, None, "", "")
    assert KeptCount.objects.exists()


def test_a_question_waits_a_year_and_a_case_five() -> None:
    stop_enquiry(actor=VISITOR, enquiry=(found := an_enquiry()).public_id, link=link_of(found))
    _helped()
    for days, keys in ((360, []), (370, ["desk-question"]), (1_800, ["desk-question"]), (1_830, ["desk-question", "desk-case"])):
        with clock.at(MONDAY + timedelta(days=days)):
            assert [item.key for item in candidates(PROVINCE)] == keys


def test_who_removes_the_account_stops_her_questions_and_the_adviser_hears() -> None:
    me = a_resident("quist@voorbeeld.invalid", called="M. Zonnebloem-Quist")
    waiting, helped = an_enquiry(actor=me), a_case(an_enquiry(actor=me, place=""))
    other = an_enquiry()
    write_message(actor=me, enquiry=waiting.public_id, text="Nog iets.")
    remove_own_account(actor=me)
    assert not Person.objects.filter(public_id=me.id).exists()
    for row, state in ((waiting, State.CLOSED), (helped, State.SUPPORTED)):
        row.refresh_from_db()
        assert (row.stands, row.person, row.name, row.email, row.phone, row.post) == (state, "", "", "", "", "")
    assert not EnquiryMessage.objects.filter(person=me.id).exists()
    told = OutgoingMail.objects.filter(recipient="adviseur1@voorbeeld.invalid", subject__contains="is weg")
    assert told.count() == 2
    other.refresh_from_db()
    assert other.stands is State.RECEIVED
    a_case_closed(helped)
