"""A support case: it waits for the municipality, its advice is followed, its hours count, and afterwards we look back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given as drawn
from hypothesis import settings as effort
from hypothesis import strategies as st

from vliegwiel.foundation.notices.actions.send_reminders import send_reminders
from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.support.consents.actions.answer_consent import answer_consent
from vliegwiel.support.consents.actions.ask_consent import record_expired
from vliegwiel.support.desk import consent
from vliegwiel.support.desk.actions.answer_enquiry import answer_enquiry, ask_back
from vliegwiel.support.desk.actions.follow_enquiry import claim_enquiry, write_message
from vliegwiel.support.desk.actions.give_advice import Given, answer_advice, begin_application, give_advice, move_advice
from vliegwiel.support.desk.actions.hand_over import hand_over
from vliegwiel.support.desk.actions.look_back import Told, note_how_it_goes, rate_support, tell_how_it_goes
from vliegwiel.support.desk.actions.note_hours import agree_year_hours, correct_hours, note_hours
from vliegwiel.support.desk.actions.open_case import close_case, pause_case, resume_case, start_case
from vliegwiel.support.desk.lifecycle import CaseState, State
from vliegwiel.support.desk.models import Advice, EnquiryEventKind, HourEntry, Look, SupportCase
from vliegwiel.support.desk.queries import year_of
from vliegwiel.support.desk.rules import RouteFacts, Wanted, choose
from vliegwiel.support.desk.standing import case_of, find
from vliegwiel.support.desk.terms import Step, promise_of, working_days
from vliegwiel.support.desk.tests.given import MONDAY, VISITOR, a_case, an_adviser, an_enquiry, an_observer, link_of
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.tests.given import MUNICIPALITY, a_resident
from vliegwiel.support.schemes.tests.given import an_open_call

database = pytest.mark.django_db
JOB = Actor.system("job")


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        yield


def later(days: int) -> Any:
    return clock.at(clock.now() + timedelta(days=days))


@database
def test_a_case_waits_until_the_municipality_agrees_and_information_never_does() -> None:
    found = a_case(an_enquiry(place=MUNICIPALITY), CaseState.OPEN)
    case = SupportCase.objects.get()
    assert (found.stands, case.stands) == (State.SUPPORTED, CaseState.OPEN)
    asked = consent.asked(case)[0]
    assert (asked.municipality, asked.due) == (MUNICIPALITY, date(2026, 3, 16))
    with pytest.raises(NotNow) as refusal:
        start_case(actor=an_adviser(), enquiry=found.public_id)
    assert refusal.value.code == "waiting"
    answer_consent(actor=an_observer(), consent=asked.id, kind="stemt-in")
    start_case(actor=an_adviser(), enquiry=found.public_id)
    assert SupportCase.objects.get().stands is CaseState.ACTIVE


@database
def test_silence_of_the_municipality_lets_it_start_and_a_no_does_not() -> None:
    found, other = a_case(an_enquiry(place=MUNICIPALITY), CaseState.OPEN), None
    with later(15):
        assert record_expired(actor=JOB) == 1
        start_case(actor=an_adviser(), enquiry=found.public_id)
        other = a_case(an_enquiry("Nog een plan", place=MUNICIPALITY), CaseState.OPEN)
        asked = consent.asked(SupportCase.objects.get(enquiry=other))[0]
        answer_consent(actor=an_observer(), consent=asked.id, kind="stemt-niet-in", why="Daar komt een school")
        with pytest.raises(NotNow) as refusal:
            start_case(actor=an_adviser(), enquiry=other.public_id)
        assert "Daar komt een school" in refusal.value.message


@database
def test_advice_goes_from_proposed_to_done_and_both_sides_see_it() -> None:
    found = a_case()
    advice = give_advice(
        actor=an_adviser(), enquiry=found.public_id, given=Given("Praat met het bestuur", follow_up_on=date(2026, 3, 16))
    )
    words: dict[str, Any] = {"actor": VISITOR, "enquiry": found.public_id, "advice": advice.public_id, "link": link_of(found)}
    with pytest.raises(NotAllowed):
        answer_advice(**{**words, "link": ""}, state="accepted")
    with pytest.raises(NotValid):
        answer_advice(**words, state="proposed")
    answer_advice(**words, state="accepted")
    with pytest.raises(NotValid):
        answer_advice(**words, state="blocked")
    assert answer_advice(**words, state="blocked", answer="Niemand neemt op").answer == "Niemand neemt op"
    done = move_advice(actor=an_adviser(), enquiry=found.public_id, advice=advice.public_id, state="done")
    assert (done.state, done.follow_up_on) == ("done", None)
    with pytest.raises(NotNow):
        answer_advice(**words, state="accepted")
    with pytest.raises(NotFound):
        answer_advice(**{**words, "advice": "bestaatniet2"}, state="accepted")


@database
@pytest.mark.parametrize(
    "given", [Given(" "), Given("Doe", follow_up_on=date(2026, 3, 1)), Given("Lees", link="javascript:alert(1)")]
)
def test_advice_that_cannot_be_is_refused(given: Given) -> None:
    found = a_case()
    with pytest.raises(NotValid):
        give_advice(actor=an_adviser(), enquiry=found.public_id, given=given)
    assert not Advice.objects.exists()


@database
def test_from_an_advice_an_application_begins_with_what_is_known_once_and_by_the_resident_alone() -> None:
    me = a_resident()
    found = a_case(an_enquiry(actor=me, place=""))
    call = an_open_call()
    advice = give_advice(actor=an_adviser(), enquiry=found.public_id, given=Given("Vraag geld", call=call.id))
    words: dict[str, Any] = {"enquiry": found.public_id, "advice": advice.public_id}
    for actor, link in ((VISITOR, link_of(found)), (an_adviser(), ""), (a_resident("ander@voorbeeld.invalid"), link_of(found))):
        with pytest.raises(NotAllowed):
            begin_application(actor=actor, link=link, **words)
    draft = begin_application(actor=me, share=True, **words)
    assert begin_application(actor=me, **words) == draft
    made = Application.objects.get()
    assert (made.public_id, made.title, made.applicant) == (draft, "Samen eten", me.id)
    assert Advice.objects.get().state == "in_progress"
    assert SupportCase.objects.get().share_state


@database
def test_an_application_that_cannot_begin_changes_nothing() -> None:
    me = a_resident()
    found = a_case(an_enquiry(actor=me, place=""))
    advice = give_advice(actor=an_adviser(), enquiry=found.public_id, given=Given("Bel de buren"))
    with pytest.raises(NotNow):
        begin_application(actor=me, enquiry=found.public_id, advice=advice.public_id)
    assert not Application.objects.exists()
    with pytest.raises(NotFound):
        give_advice(actor=an_adviser(), enquiry=found.public_id, given=Given("Vraag geld", call="bestaatniet2"))


@database
def test_hours_count_against_the_year_of_the_organisation_and_are_set_right_by_a_counter_entry() -> None:
    found = a_case()
    officer = acting(a_role("programma"))
    one, other = an_adviser(), an_adviser(2, "Dorpenbond Nergens")
    agree_year_hours(actor=officer, province=PROVINCE, organisation=one.organisation, year=2026, hours=100)
    agree_year_hours(actor=officer, province=PROVINCE, organisation=one.organisation, year=2026, hours=120)
    with pytest.raises(NotAllowed):
        agree_year_hours(actor=one, province=PROVINCE, organisation=one.organisation, year=2026, hours=9_000)
    entry = note_hours(actor=one, enquiry=found.public_id, minutes=90, on=date(2026, 3, 2), what="Gesprek")
    note_hours(actor=one, enquiry=found.public_id, minutes=30, on=date(2026, 3, 1), what="Bellen")
    with pytest.raises(NotAllowed):
        note_hours(actor=other, enquiry=found.public_id, minutes=30, on=date(2026, 3, 1), what="Bellen")
    correct_hours(actor=one, enquiry=found.public_id, entry=entry.pk, why="Was een ander dossier")
    with pytest.raises(NotNow):
        correct_hours(actor=one, enquiry=found.public_id, entry=entry.pk, why="Nog eens")
    row = next(item for item in year_of(officer, PROVINCE, 2026) if item.organisation == one.organisation)
    assert (row.agreed, row.minutes, row.left, row.opened) == (120, 30, 119.5, 1)
    assert [item.organisation for item in year_of(one, PROVINCE, 2026)] == [one.organisation]
    assert year_of(other, PROVINCE, 2026) == []
    assert HourEntry.objects.count() == 3


@database
@pytest.mark.parametrize(
    "wrong", [{"minutes": 0}, {"minutes": 1441}, {"on": date(2026, 3, 3)}, {"on": date(2025, 12, 1)}, {"what": ""}]
)
def test_hours_that_cannot_be_are_refused(wrong: dict[str, Any]) -> None:
    found = a_case()
    with pytest.raises(NotValid):
        note_hours(
            **{
                "actor": an_adviser(),
                "enquiry": found.public_id,
                "minutes": 30,
                "on": date(2026, 3, 2),
                "what": "Bellen",
                **wrong,
            }
        )


@database
def test_after_closing_three_questions_and_three_moments_to_look_back_each_answered_once() -> None:
    found = a_case(state=CaseState.CLOSED)
    words: dict[str, Any] = {"actor": VISITOR, "enquiry": found.public_id, "link": link_of(found)}
    with pytest.raises(NotValid):
        rate_support(**words, helped="yes", on_time="heel erg", recommend="yes")
    rate_support(**words, helped="yes", on_time="partly", recommend="yes")
    with pytest.raises(NotNow):
        rate_support(**words, helped="no", on_time="no", recommend="no")
    assert list(Look.objects.values_list("months", "due_on")) == [
        (0, date(2026, 3, 2)),
        (6, date(2026, 9, 2)),
        (12, date(2027, 3, 2)),
        (24, date(2028, 3, 2)),
    ]
    told = Told("Jongeren missen we", "Vijf mensen", "running", "Elke week dertig eters")
    with pytest.raises(NotNow):
        tell_how_it_goes(**words, months=6, told=told)
    with clock.at(datetime(2026, 9, 3, 9, tzinfo=UTC)):
        with pytest.raises(NotValid):
            tell_how_it_goes(**words, months=6, told=Told("", "", "running"))
        assert tell_how_it_goes(**words, months=6, told=told).told_by == "resident"
        with pytest.raises(NotNow):
            note_how_it_goes(actor=an_adviser(), enquiry=found.public_id, months=6, told=told)


@database
def test_a_case_pauses_with_a_reason_and_its_reminders_wait() -> None:
    found = a_case()
    give_advice(actor=an_adviser(), enquiry=found.public_id, given=Given("Bel", follow_up_on=date(2026, 3, 10)))
    with pytest.raises(NotValid):
        pause_case(actor=an_adviser(), enquiry=found.public_id, until=date(2026, 3, 20), reason="")
    pause_case(actor=an_adviser(), enquiry=found.public_id, until=date(2026, 3, 20), reason="Vakantie")
    with pytest.raises(NotNow):
        give_advice(actor=an_adviser(), enquiry=found.public_id, given=Given("Nog een"))
    with clock.at(datetime(2026, 3, 11, 9, tzinfo=UTC)):
        assert send_reminders(actor=JOB) == 0
    resume_case(actor=an_adviser(), enquiry=found.public_id)
    with clock.at(datetime(2026, 3, 12, 9, tzinfo=UTC)):
        assert send_reminders(actor=JOB) == 1
        assert send_reminders(actor=JOB) == 0


@database
def test_through_two_years_with_pauses_hand_overs_restarts_and_clock_changes_each_reminder_is_decided_once() -> None:
    """Files that live different lives; the worker turns every 47 hours, later every 13 days, and now and then stops half-way."""
    files = [an_enquiry(f"Vraag {n}", email=f"b{n}@voorbeeld.invalid", place="") for n in range(3)]
    one, two = an_adviser(1), an_adviser(2)
    acts: dict[date, list[Any]] = {
        date(2026, 3, 4): [lambda: ask_back(actor=one, enquiry=files[0].public_id, text="Hoeveel?")],
        date(2026, 3, 20): [
            lambda: write_message(actor=VISITOR, enquiry=files[0].public_id, text="Tien.", link=link_of(files[0])),
            lambda: a_case(files[2]),
            lambda: give_advice(actor=one, enquiry=files[2].public_id, given=Given("Bel", follow_up_on=date(2026, 3, 29))),
        ],
        date(2026, 3, 27): [lambda: pause_case(actor=one, enquiry=files[2].public_id, until=date(2026, 4, 20), reason="Bouw")],
        date(2026, 4, 21): [
            lambda: resume_case(actor=one, enquiry=files[2].public_id),
            lambda: hand_over(actor=one, enquiry=files[2].public_id, person=two.id, note="Overgedragen"),
            lambda: hand_over(actor=one, enquiry=files[1].public_id, person=two.id, note="Te laat, sorry"),
        ],
        date(2026, 5, 1): [lambda: answer_enquiry(actor=two, enquiry=files[1].public_id, text="Ja.")],
        date(2026, 10, 24): [lambda: close_case(actor=two, enquiry=files[2].public_id, outcome="running", text="Klaar.")],
    }
    moment, turn = datetime(2026, 3, 2, 23, 30, tzinfo=UTC), 0
    while moment < datetime(2027, 11, 15, tzinfo=UTC):
        turn += 1
        with clock.at(moment):
            day = clock.today()
            for act in [act for due in sorted(acts) if due <= day for act in acts.pop(due)]:
                act()
            if turn % 9 == 0:
                with pytest.raises(RuntimeError):
                    _stops_half_way()
            send_reminders(actor=JOB)
        moment += timedelta(hours=47) if day.year == 2026 and day.month < 5 else timedelta(days=12, hours=23)
    found = Notice.objects.filter(moment__regex=r"^(promised|missed|late|silent|follow|resting|look-\d+$)")
    keys = list(found.values_list("receiver", "about_id", "moment"))
    assert len(keys) == len(set(keys)) == found.count()
    of = {
        number: sorted(found.filter(about_id=file.public_id).values_list("moment", flat=True))
        for number, file in enumerate(files)
    }
    advice = Advice.objects.get()
    assert [moment.split("-")[0] for moment in of[0]] == ["late", "missed", "promised", "silent"]
    assert of[1] == ["late-2026-03-09", "missed-2026-03-09", "promised-2026-03-09"]
    assert f"follow-{advice.public_id}-2026-03-29" in of[2]
    assert [moment for moment in of[2] if moment.startswith("look")] == ["look-12", "look-6"]
    follow = found.get(moment__startswith="follow")
    assert clock.legal_date(follow.decided_at) >= date(2026, 4, 21)
    mailed = list(Notice.objects.filter(channel="mail").values_list("message_id", flat=True))
    assert len(mailed) == len(set(mailed)) == OutgoingMail.objects.filter(message_id__in=mailed).count()


def _stops_half_way() -> None:
    with transaction.atomic():
        send_reminders(actor=JOB)
        raise RuntimeError


ROUTES = [
    RouteFacts("r1", "o1", "Een", "a", "A", themes=("samenleven",), most=2),
    RouteFacts("r2", "o1", "Een", "b", "B", themes=("samenleven",), most=2),
    RouteFacts("r3", "o2", "Twee", "c", "C", municipalities=("GM1",)),
    RouteFacts("r4", "o3", "Drie"),
]
THERE = {("o1", "a"), ("o1", "b"), ("o2", "c")}


@pytest.mark.parametrize(
    ("theme", "place", "loads", "away", "there", "expected", "reason"),
    [
        ("samenleven", "", {("o1", "a"): 1}, {}, THERE, "b", "B heeft 0 open vragen."),
        ("samenleven", "GM1", {}, {}, THERE, "c", "Twee helpt in Plaats."),
        ("samenleven", "", {("o1", "a"): 2, ("o1", "b"): 2}, {}, THERE, "", "Drie helpt in de hele provincie."),
        ("samenleven", "", {}, {("o1", "a"): ("d", "D")}, THERE, "d", "A is er nu niet. D neemt waar."),
        ("samenleven", "", {}, {}, {("o1", "b")}, "b", "B heeft 0 open vragen."),
        ("energie", "", {}, {}, THERE, "", "Drie helpt in de hele provincie."),
    ],
)
def test_who_gets_a_question_is_who_fits_best_has_room_and_is_there(
    theme: str, place: str, loads: Any, away: Any, there: Any, expected: str, reason: str
) -> None:
    wanted = Wanted(theme, "geld", place, theme, "Plaats")
    found = choose(ROUTES, wanted, loads=loads, away=away, there=there)
    assert found is not None
    assert found.adviser == expected
    assert reason in found.why


def test_without_a_rule_that_fits_nobody_is_made_up_and_with_all_full_the_organisation_gets_it() -> None:
    wanted = Wanted("samenleven", "geld", "")
    assert choose([], wanted, loads={}, away={}, there=set()) is None
    full = choose(ROUTES[:2], wanted, loads={("o1", "a"): 2, ("o1", "b"): 2}, away={}, there=THERE)
    assert full is not None
    assert (full.organisation, full.adviser) == ("o1", "")


DAYS = st.integers(0, 40)


@effort(max_examples=60, deadline=None)
@drawn(st.lists(st.tuples(DAYS, DAYS), max_size=5), st.integers(1, 10))
def test_whatever_waiting_happens_the_promise_never_comes_earlier_and_the_days_of_ours_add_up(
    waits: list[tuple[int, int]], days: int
) -> None:
    start = date(2026, 3, 2)
    steps, ours, day = [Step(EnquiryEventKind.RECEIVED, start, days)], 0, start
    promised = promise_of(steps).on
    for before, during in waits:
        asked = day + timedelta(days=before)
        ours += working_days(day, min(asked, promised))
        day = asked + timedelta(days=during)
        steps += [Step(EnquiryEventKind.ASKED, asked), Step(EnquiryEventKind.TOLD, day)]
        later_on = promise_of(steps).on
        assert later_on >= promised
        promised = later_on
    assert ours + working_days(day, promised) == days


@database
def test_who_claims_a_question_can_go_on_from_the_page_of_the_account() -> None:
    found, me = a_case(), a_resident()
    claim_enquiry(actor=me, enquiry=found.public_id, link=link_of(found))
    advice = give_advice(actor=an_adviser(), enquiry=found.public_id, given=Given("Bel de buren"))
    assert answer_advice(actor=me, enquiry=found.public_id, advice=advice.public_id, state="done").state == "done"
    assert case_of(find(found.public_id)) is not None
