"""The officer: complete, in time, by someone without an interest; every change of the term is an event with article and letter."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.papers.models import Letter
from vliegwiel.foundation.people.models import ConflictDeclaration
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.support.consents.models import Consent
from vliegwiel.support.grants.actions.ask_completion import ask_completion, lapse_all, lapse_completion
from vliegwiel.support.grants.actions.assign_application import (
    assign_application,
    declare_free,
    declare_interest,
)
from vliegwiel.support.grants.actions.confirm_complete import ask_municipality, choose_ceiling, confirm_complete
from vliegwiel.support.grants.actions.extend_term import extend_term
from vliegwiel.support.grants.actions.score_application import start_assessment
from vliegwiel.support.grants.actions.supply_completion import supply_completion
from vliegwiel.support.grants.completion import Item, askable
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.models import Application, Assignment
from vliegwiel.support.grants.models.application import ClockKind
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.officers import (
    FULL,
    TENDER,
    a_call,
    a_complete_application,
    a_received_application,
    a_signer,
    an_application_in_assessment,
    an_assessor,
    an_officer,
    scored,
)
from vliegwiel.support.grants.tests.snapshot import snapshot

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday() -> Iterator[None]:
    with clock.at(MONDAY):
        yield


def on(day: date) -> object:
    return clock.at(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def events(found: Application) -> list[tuple[str, date]]:
    return [(event.kind, event.on) for event in found.clock.all()]


def test_the_term_stands_still_while_the_applicant_completes_and_the_date_says_why() -> None:
    """The vector of 1.3: received 5 January, asked on the 12th, completed on the 26th: 13 days."""
    found = a_received_application()
    assert (found.received_on, found.due_on) == (date(2026, 1, 5), date(2026, 3, 2))
    with on(date(2026, 1, 12)):
        asked = ask_completion(actor=an_officer(), application=found.public_id, items=["signature"])
    assert asked.stands is State.INCOMPLETE
    assert asked.due_on == date(2026, 3, 15), "while it is open the term stands still to the end of the time for it"
    with on(date(2026, 1, 26)):
        supply_completion(actor=Actor("person", found.applicant), application=found.public_id, text="Getekend.")
        whole = confirm_complete(actor=an_officer(), application=found.public_id)
    assert (whole.complete_on, whole.due_on) == (date(2026, 1, 26), date(2026, 3, 15)), "an ordinance: no working day moves it"
    assert events(whole) == [
        (ClockKind.START, date(2026, 1, 5)),
        (ClockKind.ASKED, date(2026, 1, 12)),
        (ClockKind.COMPLETED, date(2026, 1, 26)),
    ]
    event = whole.clock.get(kind=ClockKind.ASKED)
    assert event.article == "4:15, eerste lid, onder a, Awb"
    assert event.facts["items"] == [
        {"key": "signature", "text": "Een handtekening van wie de aanvraag doet", "affects_scores": False}
    ]
    letter = Letter.objects.get(public_id=event.facts["letter"])
    assert "26 januari 2026" in letter.html
    assert Notice.objects.filter(about_id=letter.public_id, person__public_id=found.applicant).count() == 1


def test_an_unused_time_restarts_the_term_by_itself_once() -> None:
    found = a_received_application()
    with on(date(2026, 1, 12)):
        ask_completion(actor=an_officer(), application=found.public_id, items=["signature"])
    with on(date(2026, 1, 26)):
        assert lapse_all(actor=Actor.system("job")) == 0, "the last day itself still counts"
    with on(date(2026, 1, 27)):
        assert (lapse_all(actor=Actor.system("job")), lapse_all(actor=Actor.system("job"))) == (1, 0)
    again = find(found.public_id)
    assert (again.due_on, again.stands) == (date(2026, 3, 15), State.INCOMPLETE)
    assert events(again)[-1] == (ClockKind.LAPSED, date(2026, 1, 26))
    with pytest.raises(NotNow):
        lapse_completion(actor=an_officer(), application=found.public_id)


def test_after_a_tender_closed_only_what_changes_no_score_may_be_asked_for() -> None:
    """One missing signature may, one missing text of a criterion may not (details, tender and completion)."""
    call = a_call(TENDER)
    found = a_received_application(call)
    officer = an_officer()
    ask_open = [item.key for item in askable(found)]
    assert {"document:plan", "document:statuten", "question:nodig", "signature", "budget"} <= set(ask_open)
    with clock.at(call.closes_at + timedelta(seconds=1)):
        for key in ("question:nodig", "document:plan", "budget"):
            before = snapshot()
            with pytest.raises(NotValid) as refusal:
                ask_completion(actor=officer, application=found.public_id, items=["signature", key])
            assert refusal.value.code == "affects-scores"
            assert len(refusal.value.details) == 1
            assert snapshot() == before
        with pytest.raises(NotValid):
            ask_completion(
                actor=officer,
                application=found.public_id,
                items=[],
                own=[Item("other", "Een betere onderbouwing", affects_scores=True)],
            )
        assert (
            ask_completion(
                actor=officer,
                application=found.public_id,
                items=["signature", "document:statuten"],
                own=[Item("other", "De naam van de rekening", affects_scores=False)],
            ).stands
            is State.INCOMPLETE
        )


def test_before_the_tender_closes_everything_may_be_completed() -> None:
    found = a_received_application(a_call(TENDER))
    assert ask_completion(actor=an_officer(), application=found.public_id, items=["question:nodig", "budget"])


@pytest.mark.parametrize("items", [[], ["iets-anders"]])
def test_a_request_names_what_is_asked(items: list[str]) -> None:
    found, officer = a_received_application(), an_officer()
    before = snapshot()
    with pytest.raises(NotValid):
        ask_completion(actor=officer, application=found.public_id, items=items)
    assert snapshot() == before


def test_a_request_after_the_end_of_the_term_stops_nothing_any_more() -> None:
    found = a_received_application()
    with on(date(2026, 3, 3)):
        late = ask_completion(actor=an_officer(), application=found.public_id, items=["signature"])
    assert late.due_on == date(2026, 3, 2)


def test_what_turned_out_not_to_be_needed_restarts_the_term_the_same_day() -> None:
    found = a_received_application()
    with on(date(2026, 1, 12)):
        ask_completion(actor=an_officer(), application=found.public_id, items=["signature"])
    with on(date(2026, 1, 14)):
        whole = confirm_complete(actor=an_officer(), application=found.public_id)
    assert (whole.due_on, whole.complete_on) == (date(2026, 3, 3), date(2026, 1, 14))


def test_the_term_is_extended_in_time_with_a_reason_and_a_letter() -> None:
    found = a_complete_application()
    officer = an_officer()
    for until, reason in ((date(2026, 3, 2), "Druk"), (date(2026, 3, 30), " ")):
        with pytest.raises(NotValid):
            extend_term(actor=officer, application=found.public_id, until=until, reason=reason)
    with on(date(2026, 3, 2)):
        later = extend_term(actor=officer, application=found.public_id, until=date(2026, 3, 30), reason="De adviseur is ziek.")
    assert later.due_on == date(2026, 3, 30)
    letter = Letter.objects.get(kind="extension")
    assert "De adviseur is ziek." in letter.html
    assert "30 maart 2026" in letter.html
    with on(date(2026, 3, 31)), pytest.raises(NotNow, match="voorbij"):
        extend_term(actor=officer, application=found.public_id, until=date(2026, 5, 1), reason="Nog drukker.")


def test_the_municipality_is_asked_once_it_is_complete_and_the_legal_date_does_not_move() -> None:
    found = a_received_application(a_call(FULL))
    due = found.due_on
    whole = confirm_complete(actor=an_officer(), application=found.public_id)
    asked = Consent.objects.get()
    assert (asked.about_id, asked.municipality, asked.due) == (found.public_id, found.municipality, date(2026, 2, 2))
    assert "€\u00a015.000" in asked.summary
    assert whole.due_on == due
    ask_municipality(actor=an_officer(), application=found.public_id)
    assert Consent.objects.count() == 1


def test_a_scheme_that_asks_no_consent_asks_none() -> None:
    found = a_complete_application()
    assert not Consent.objects.exists()
    with pytest.raises(NotValid):
        ask_municipality(actor=an_officer(), application=found.public_id)


def test_an_application_counts_under_one_part_of_a_divided_ceiling() -> None:
    call = a_call()
    found = a_received_application(call)
    with pytest.raises(NotValid):
        choose_ceiling(actor=an_officer(), application=found.public_id, ceiling="nergens")
    assert choose_ceiling(actor=an_officer(), application=found.public_id, ceiling=call.ceiling).ceiling == call.ceiling


def test_a_file_has_one_handler_and_is_handed_over() -> None:
    found = a_received_application()
    first, second = an_officer(1), an_officer(2)
    for person in (first, first, second):
        assign_application(actor=first, application=found.public_id, task="handler", person=person.id)
    held = list(Assignment.objects.order_by("pk").values_list("person", "ended_why"))
    assert held[-1] == (second.id, "")
    assert Assignment.objects.filter(ended_at=None).count() == 1
    assert Notice.objects.filter(person__public_id=second.id, moment__startswith="assigned").count() == 1


@pytest.mark.parametrize("task", ["handler", "assessor"])
def test_work_goes_only_to_who_may_do_it(task: str) -> None:
    found, signer = a_received_application(), a_signer()
    with pytest.raises(NotAllowed, match="rol"):
        assign_application(actor=an_officer(), application=found.public_id, task=task, person=signer.id)
    with pytest.raises(NotAllowed):
        assign_application(actor=an_officer(), application=found.public_id, task=task, person="nergens")


def test_an_interest_ends_the_assignment_and_someone_else_takes_the_place() -> None:
    found = an_application_in_assessment()
    one, officer = an_assessor(1), an_officer()
    scored(found, 90, 90, 90, by=one)
    assert declare_interest(actor=one, application=found.public_id, kind="familie") == 1
    left = Assignment.objects.get(person=one.id)
    assert (left.ended_why, left.place) == ("interest", 1)
    assert Notice.objects.filter(person__public_id=officer.id, moment__startswith="replace").count() == 1
    with pytest.raises(NotValid, match="belang"):
        assign_application(actor=officer, application=found.public_id, task="assessor", person=one.id)
    three = an_assessor(3)
    given = assign_application(actor=officer, application=found.public_id, task="assessor", person=three.id, instead_of=one.id)
    assert given.place == 1
    assert ConflictDeclaration.objects.filter(person__public_id=one.id).count() == 1


def test_an_assessor_says_first_to_have_no_interest() -> None:
    found = a_complete_application(a_call(FULL))
    officer = an_officer()
    with pytest.raises(NotNow, match="2 beoordelaars"):
        start_assessment(actor=officer, application=found.public_id)
    for number in (1, 2):
        assign_application(actor=officer, application=found.public_id, task="assessor", person=an_assessor(number).id)
    started = start_assessment(actor=officer, application=found.public_id)
    with pytest.raises(NotAllowed, match="belang"):
        scored(started, 70, 70, 70)
    declare_free(actor=an_assessor(), application=found.public_id)
    assert scored(find(found.public_id), 70, 70, 70).assessments.count() == 1
