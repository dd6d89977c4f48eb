"""A question at the desk: asked without an account, promised a day, answered, handed over, and never twice or lost."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.notices.public import channel_of, preview
from vliegwiel.foundation.people.actions.arrange_stand_in import arrange_stand_in
from vliegwiel.foundation.people.actions.withdraw_role import withdraw_role
from vliegwiel.foundation.people.limits import forget_use
from vliegwiel.foundation.people.models import OutgoingMail, Role, Tally
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.support.desk import links
from vliegwiel.support.desk.actions.answer_enquiry import add_note, answer_enquiry, ask_back, promise_later
from vliegwiel.support.desk.actions.ask_question import Asked, ask_question, enter_question
from vliegwiel.support.desk.actions.correct_enquiry import clean_enquiry
from vliegwiel.support.desk.actions.follow_enquiry import claim_enquiry, disown_enquiry, write_message
from vliegwiel.support.desk.actions.hand_over import hand_over, hand_over_all
from vliegwiel.support.desk.actions.share_file import end_sharing, share_file
from vliegwiel.support.desk.clocks import promise_for
from vliegwiel.support.desk.lifecycle import State
from vliegwiel.support.desk.matching import subject_of
from vliegwiel.support.desk.models import Enquiry, EnquiryMessage, FileMember, Route
from vliegwiel.support.desk.queries import on_time, visible_to
from vliegwiel.support.desk.retention import HOLDINGS
from vliegwiel.support.desk.standing import find, may_read
from vliegwiel.support.desk.tests.given import (
    MONDAY,
    TEXT,
    VISITOR,
    a_route,
    an_adviser,
    an_enquiry,
    an_observer,
    link_of,
)
from vliegwiel.support.grants.tests.given import MUNICIPALITY, a_resident

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        yield


def later(days: int) -> Any:
    return clock.at(clock.now() + timedelta(days=days))


def test_a_question_gets_a_number_a_day_an_adviser_with_the_reason_and_one_message() -> None:
    found = an_enquiry()
    assert (found.number, found.promised_on, found.stands) == ("L2026-00001", date(2026, 3, 9), State.RECEIVED)
    assert found.adviser == an_adviser().id
    assert (
        found.routed_why == "Steunpunt Denkbeeldig helpt in de hele provincie. adviseur1@voorbeeld.invalid heeft 0 open vragen."
    )
    assert "5 werkdagen" in promise_for(found).why[0]
    mail = OutgoingMail.objects.get(recipient="bewoner@voorbeeld.invalid")
    assert "maandag 9 maart" in mail.body
    assert links.full_address(found) in mail.body


def test_the_secret_of_the_link_stands_in_no_table_of_the_desk_and_fits_one_question_only() -> None:
    found, other = an_enquiry(), an_enquiry("Iets anders", email="b@voorbeeld.invalid")
    assert links.fits(found, link_of(found))
    assert not links.fits(other, link_of(found))
    assert not links.fits(found, "")
    with connection.cursor() as cursor:
        for model in (Enquiry, EnquiryMessage):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            assert link_of(found) not in repr(cursor.fetchall())


def test_sending_the_same_form_twice_asks_once() -> None:
    first = an_enquiry(form="een-formulier")
    again = an_enquiry(form="een-formulier")
    assert first.pk == again.pk
    assert OutgoingMail.objects.filter(recipient="bewoner@voorbeeld.invalid").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "  "},
        {"text": "x" * 4001},
        {"email": "geen adres"},
        {"email": "", "phone": ""},
        {"phone": "bel mij"},
        {"kind": "bestaat-niet"},
        {"theme": "bestaat-niet"},
    ],
)
def test_what_is_not_right_is_refused_in_words_and_keeps_nothing(wrong: dict[str, str]) -> None:
    asked = {"text": "Een idee", "email": "bewoner@voorbeeld.invalid", **wrong}
    with pytest.raises(NotValid) as refusal:
        ask_question(actor=VISITOR, province=PROVINCE, asked=Asked(**asked))
    assert refusal.value.details
    assert (Enquiry.objects.count(), Notice.objects.count()) == (0, 0)


def test_an_address_or_connection_that_asks_too_much_is_told_to_wait_and_the_next_day_it_may_again() -> None:
    for number in range(3):
        an_enquiry(f"Vraag {number}")
    with pytest.raises(NotNow):
        an_enquiry("Nog een vraag")
    assert Enquiry.objects.count() == 3
    assert "bewoner" not in repr(list(Tally.objects.values_list("key", flat=True)))
    with later(1):
        an_enquiry("Nog een vraag")
    with later(4):
        assert forget_use() > 0
        assert Tally.objects.count() == 0


def test_waiting_for_the_resident_stops_the_time_and_gives_the_rest_back() -> None:
    found = an_enquiry()
    with later(2):  # wednesday, three working days left
        ask_back(actor=an_adviser(), enquiry=found.public_id, text="Met hoeveel mensen?")
    assert find(found.public_id).stands is State.WAITING
    with later(9):  # wednesday a week later
        done = write_message(actor=VISITOR, enquiry=found.public_id, text="Met tien.", link=link_of(found))
        assert (done.stands, done.promised_on) == (State.RECEIVED, date(2026, 3, 16))
        assert len(promise_for(done).why) == 3


def test_a_promise_that_was_missed_stays_missed() -> None:
    found = an_enquiry()
    with later(8):
        ask_back(actor=an_adviser(), enquiry=found.public_id, text="Met hoeveel mensen?")
        done = write_message(actor=VISITOR, enquiry=found.public_id, text="Met tien.", link=link_of(found))
        assert done.promised_on == date(2026, 3, 9)
        with pytest.raises(NotNow):
            promise_later(actor=an_adviser(), enquiry=found.public_id, until=date(2026, 4, 1), reason="Druk")


def test_a_later_day_has_a_reason_that_the_resident_reads() -> None:
    found = an_enquiry()
    for until, reason in ((date(2026, 3, 20), " "), (date(2026, 3, 5), "Druk"), (date(2027, 3, 5), "Druk")):
        with pytest.raises(NotValid):
            promise_later(actor=an_adviser(), enquiry=found.public_id, until=until, reason=reason)
    done = promise_later(actor=an_adviser(), enquiry=found.public_id, until=date(2026, 3, 20), reason="De gemeente zoekt het uit")
    assert done.promised_on == date(2026, 3, 20)
    assert "De gemeente zoekt het uit" in OutgoingMail.objects.filter(recipient="bewoner@voorbeeld.invalid").last().body


def test_asking_on_after_an_answer_gives_a_new_day_and_the_first_answer_still_counts() -> None:
    found = an_enquiry()
    with later(1):
        answer_enquiry(actor=an_adviser(), enquiry=found.public_id, text="Kijk bij deze regeling.")
        done = write_message(actor=VISITOR, enquiry=found.public_id, text="En als we al begonnen?", link=link_of(found))
        assert (done.stands, done.promised_on, done.answered_on) == (State.RECEIVED, date(2026, 3, 10), None)
    with later(20):
        rows = [(row.organisation_name, row.promised, row.kept) for row in on_time(PROVINCE)]
    assert rows == [("Steunpunt Denkbeeldig", 2, 1)]


def test_who_was_not_the_one_who_asked_takes_the_address_away_and_gets_no_mail_any_more() -> None:
    found = an_enquiry()
    done = disown_enquiry(actor=VISITOR, enquiry=found.public_id, link=link_of(found))
    assert (done.email, done.phone, done.name) == ("", "", "")
    sent = OutgoingMail.objects.count()
    an_enquiry("Weer die ander")
    assert not OutgoingMail.objects.filter(recipient="bewoner@voorbeeld.invalid").exists(), "what was sent is gone too"
    assert OutgoingMail.objects.count() == sent + 1  # the adviser
    with pytest.raises(NotNow):
        disown_enquiry(actor=VISITOR, enquiry=found.public_id, link=link_of(found))


def test_with_an_account_a_question_is_kept_once_and_by_one() -> None:
    found, me, other = an_enquiry(), a_resident(), a_resident("ander@voorbeeld.invalid")
    with pytest.raises(NotAllowed):
        claim_enquiry(actor=me, enquiry=found.public_id, link="fout")
    with pytest.raises(NotAllowed):
        claim_enquiry(actor=VISITOR, enquiry=found.public_id, link=link_of(found))
    claim_enquiry(actor=me, enquiry=found.public_id, link=link_of(found))
    with pytest.raises(NotNow):
        claim_enquiry(actor=other, enquiry=found.public_id, link=link_of(found))
    assert may_read(me, find(found.public_id))


def test_what_may_be_too_personal_stays_out_of_lists_until_it_was_cleaned_and_then_is_gone() -> None:
    found = an_enquiry("Mijn buurvrouw heeft dementie, bel haar op 06 12345678. Wij willen een wandelclub.")
    write_message(actor=VISITOR, enquiry=found.public_id, text="Zij slikt medicijnen.", link=link_of(found))
    found = find(found.public_id)
    assert (found.flagged, found.subject) == (True, "")
    done = clean_enquiry(actor=an_adviser(), enquiry=found.public_id, text="Wij willen een wandelclub.")
    assert (done.flagged, done.subject) == (False, "Wij willen een wandelclub.")
    assert "medicijnen" not in repr(list(EnquiryMessage.objects.values_list("text", flat=True)))


def test_an_adviser_types_in_who_phones_and_nobody_else_does() -> None:
    asked = Asked("Wij willen een dorpswinkel", kind="begeleiding", phone="0570 123456")
    with pytest.raises(NotAllowed):
        enter_question(actor=a_resident(), province=PROVINCE, asked=asked, channel="phone")
    with pytest.raises(NotValid):
        enter_question(actor=an_adviser(), province=PROVINCE, asked=asked, channel="web")
    found = enter_question(actor=an_adviser(), province=PROVINCE, asked=asked, channel="phone")
    assert (found.channel, found.entered_by, found.organisation) == ("phone", an_adviser().id, "")
    done = answer_enquiry(actor=an_adviser(), enquiry=found.public_id, text="Gebeld.")
    assert done.adviser == an_adviser().id  # who answers what nobody has, has it


def test_an_adviser_who_leaves_with_forty_open_files_loses_nothing_in_one_act() -> None:
    leaving, staying = an_adviser(1), an_adviser(2)
    a_route(leaving)
    files = [an_enquiry(f"Vraag {number}", email=f"b{number}@voorbeeld.invalid") for number in range(40)]
    add_note(actor=leaving, enquiry=files[0].public_id, text="Belt liever.")
    withdraw_role(actor=SYSTEM, role=Role.objects.get(person__public_id=leaving.id).public_id)
    with pytest.raises(NotValid):
        hand_over_all(actor=staying, organisation=staying.organisation, person=leaving.id, to=leaving.id, note="Weg")
    count = hand_over_all(actor=staying, organisation=staying.organisation, person=leaving.id, to=staying.id, note="Andere baan")
    assert count == 40
    assert Enquiry.objects.filter(adviser=staying.id).count() == 40
    assert Route.objects.get().adviser == staying.id
    assert EnquiryMessage.objects.filter(enquiry=files[0]).count() == 2
    assert Notice.objects.filter(moment__startswith="handed", receiver__gt="").exclude(kind="work").count() == 40
    again = hand_over_all(actor=staying, organisation=staying.organisation, person=leaving.id, to=staying.id, note="Andere baan")
    assert again == 0


def test_who_gets_everything_of_a_colleague_hears_it_in_one_message() -> None:
    leaving, staying = an_adviser(1), an_adviser(2)
    a_route(leaving)
    for number in range(3):
        an_enquiry(f"Vraag {number}", email=f"b{number}@voorbeeld.invalid")
    hand_over_all(actor=leaving, organisation=leaving.organisation, person=leaving.id, to=staying.id, note="Ik ga weg")
    mails = OutgoingMail.objects.filter(subject__contains="overgedragen")
    assert [mail.subject for mail in mails] == ["3 dossiers zijn aan u overgedragen"]
    found = Enquiry.objects.order_by("pk").last()
    assert found is not None
    assert found.routed_why == "", "that the routing gave it to someone else is no longer why"
    hand_over(actor=staying, enquiry=found.public_id, person=leaving.id, note="Toch terug.")
    assert f"Vraag {found.number} is aan u overgedragen" in OutgoingMail.objects.values_list("subject", flat=True)


def test_handing_over_to_another_organisation_keeps_the_first_on_the_file_and_tells_the_resident() -> None:
    found, other = an_enquiry(), an_adviser(2, "Dorpenbond Nergens")
    assert not may_read(other, found)
    done = hand_over(actor=an_adviser(), enquiry=found.public_id, person=other.id, note="Weet meer van keukens.")
    assert (done.adviser, done.organisation_name) == (other.id, "Dorpenbond Nergens")
    assert may_read(an_adviser(), done)
    back = hand_over(actor=other, enquiry=found.public_id, person=an_adviser().id, note="Terug.")
    assert (
        FileMember.objects.filter(enquiry=back, until=None).values_list("organisation_name", flat=True).get()
        == "Dorpenbond Nergens"
    )


def test_another_organisation_reads_only_what_is_shared_and_no_longer_when_it_ends() -> None:
    found, observer, other = an_enquiry(), an_observer(), an_adviser(2, "Dorpenbond Nergens")
    for actor in (observer, other):
        assert not may_read(actor, found)
        assert not visible_to(actor).exists()
    shared: dict[str, Any] = {"actor": an_adviser(), "enquiry": found.public_id, "why": "Denkt mee"}
    with pytest.raises(NotValid):
        share_file(**shared, organisation=observer.organisation, role="adviser")
    looks = share_file(**shared, organisation=observer.organisation, role="observer")
    share_file(**shared, organisation=other.organisation, role="adviser", person=other.id)
    with pytest.raises(NotNow):
        share_file(**shared, organisation=observer.organisation, role="observer")
    for actor in (observer, other):
        assert may_read(actor, find(found.public_id))
        assert list(visible_to(actor)) == [found]
    with pytest.raises(NotAllowed):
        add_note(actor=observer, enquiry=found.public_id, text="Ik ook")
    add_note(actor=other, enquiry=found.public_id, text="Ik denk mee")
    with pytest.raises(NotAllowed):
        share_file(**{**shared, "actor": other}, organisation=an_alliance_id("Zorgkring Zogenaamd"), role="observer")
    end_sharing(actor=an_adviser(), enquiry=found.public_id, member=looks.public_id)
    assert not may_read(observer, find(found.public_id))
    assert not visible_to(observer).exists()


def an_alliance_id(name: str) -> str:
    return an_adviser(3, name).organisation


def test_a_stand_in_gets_the_questions_of_who_is_away() -> None:
    away, there = an_adviser(1), an_adviser(2)
    a_route(away, themes=["samenleven"])
    arrange_stand_in(
        actor=away,
        absent=away.id,
        replacement=there.id,
        organisation=away.organisation,
        first_day=clock.today(),
        last_day=clock.today(),
    )
    found = an_enquiry()
    assert found.adviser == there.id
    assert "neemt waar" in found.routed_why


def test_a_reminder_goes_before_the_day_and_the_resident_hears_when_we_are_late() -> None:
    found = an_enquiry()
    with clock.at(datetime(2026, 3, 3, 9, tzinfo=UTC)):
        due = [(item.reminder.key, item.due.on, item.channel) for item in preview(PROVINCE)]
    assert due == [
        ("desk-promised", date(2026, 3, 6), "mail"),
        ("desk-late", date(2026, 3, 10), "mail"),
        ("desk-missed", date(2026, 3, 10), "mail"),
    ]
    answer_enquiry(actor=an_adviser(), enquiry=found.public_id, text="Ja, dat kan.")
    assert preview(PROVINCE) == []


def test_who_asks_with_an_account_reads_it_there() -> None:
    me = a_resident()
    found = an_enquiry(TEXT, actor=me)
    assert found.person == me.id
    assert not may_read(a_resident("ander@voorbeeld.invalid"), found)
    assert not may_read(Actor("visitor"), found)
    assert channel_of(me_person(me), "desk") == "mail"


def me_person(me: Actor) -> Any:
    from vliegwiel.foundation.people.models import Person

    return Person.objects.get(public_id=me.id)


def test_the_place_decides_who_may_work_on_it() -> None:
    found = an_enquiry(place=MUNICIPALITY, routed=False)
    elsewhere = an_adviser(7, "Loket Elders", municipality="GM9902")
    assert not may_read(elsewhere, found)
    assert not visible_to(elsewhere).exists()


def test_an_account_that_a_question_or_note_names_is_still_needed() -> None:
    me, nobody = a_resident(), a_resident("niemand@voorbeeld.invalid")
    an_enquiry(actor=me)
    assert HOLDINGS[0].needs([me.id, nobody.id, an_adviser().id]) == {me.id, an_adviser().id}


def test_words_of_asking_find_nobody_who_only_asks_alike() -> None:
    assert subject_of("Wij willen elke week samen eten en zoeken geld voor een keuken.") == "samen eten en voor een keuken"
    assert subject_of("Dat kost € 15.000.") == "Dat kost € 15.000.", "nothing else is left"
