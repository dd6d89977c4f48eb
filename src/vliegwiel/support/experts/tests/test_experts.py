"""An expert with a free day finds a request that fits, a person chooses, hours stay as agreed, and both say whether it helped."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.notices.public import preview
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow, NotValid
from vliegwiel.support.experts import queries
from vliegwiel.support.experts.actions.answer_request import Said, answer_invitation, invite_expert, offer_help
from vliegwiel.support.experts.actions.assign_expert import assign_expert
from vliegwiel.support.experts.actions.book_hours import answer_more_hours, ask_more_hours, book_hours, correct_hours
from vliegwiel.support.experts.actions.finish_request import HowItWent, finish_request, note_help, tell_help
from vliegwiel.support.experts.actions.leave_experts import leave_experts
from vliegwiel.support.experts.actions.make_request import change_request, open_request
from vliegwiel.support.experts.actions.stop_expert import stop_expert
from vliegwiel.support.experts.actions.write_expert import offer_time
from vliegwiel.support.experts.lifecycle import ExpertState, RequestState
from vliegwiel.support.experts.models import Expert, ExpertInterest, ExpertRequest, ExpertTask, PoolYear
from vliegwiel.support.experts.public import follow_case, requests_about
from vliegwiel.support.experts.retention import HOLDINGS
from vliegwiel.support.experts.standing import current, find
from vliegwiel.support.experts.tests.given import (
    NO_INTEREST,
    a_request,
    a_wish,
    an_asker,
    an_expert,
    given_to,
    pool_hours,
    where,
    with_time,
)
from vliegwiel.support.experts.waiting import waiting

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        yield


@pytest.mark.django_db
def test_an_expert_whom_a_request_fits_hears_of_it_once_and_finds_it_on_the_own_page() -> None:
    expert, page = an_expert(skills=("recht", "geld"))
    with_time(expert, page)
    other, elsewhere = an_expert(2, skills=("techniek",))
    made = a_request()
    assert [(request, found.fits) for request, found in queries.requests_for(page)] == [(made, True)]
    assert queries.requests_for(elsewhere) == []
    assert [item.count for item in waiting(expert) if "passen" in item.name] == [1]
    told = Notice.objects.filter(about_kind="expert-request", moment="fits")
    assert [notice.receiver for notice in told] == [notice.receiver for notice in told.filter(person__public_id=expert.id)]
    change_request(actor=an_asker(), request=made.public_id, wish=a_wish(hours=6))
    assert told.count() == 1
    assert not Notice.objects.filter(person__public_id=other.id, about_kind="expert-request").exists()


@pytest.mark.django_db
def test_the_one_who_is_chosen_helps_within_the_hours_and_the_pool_keeps_count() -> None:
    pool_hours(20)
    made = a_request()
    expert, page = an_expert()
    offer_help(actor=expert, request=made.public_id, said=NO_INTEREST)
    second, other = an_expert(2)
    offer_help(actor=second, request=made.public_id, said=NO_INTEREST)
    task = assign_expert(actor=an_asker(), request=made.public_id, expert=page.public_id, hours=8)
    assert PoolYear.objects.get().taken == 8
    assert ExpertInterest.objects.get(expert=other).state == "passed"
    entry = book_hours(actor=expert, request=made.public_id, minutes=450, on=clock.today(), what="Gelezen")
    with pytest.raises(NotNow) as refusal:
        book_hours(actor=expert, request=made.public_id, minutes=31, on=clock.today(), what="Overleg")
    assert refusal.value.code == "over-agreed"
    assert "0,5 uur over" in refusal.value.message
    book_hours(actor=expert, request=made.public_id, minutes=30, on=clock.today(), what="Overleg")
    correct_hours(actor=expert, request=made.public_id, entry=entry.pk, why="Dubbel geschreven")
    with pytest.raises(NotNow):
        correct_hours(actor=expert, request=made.public_id, entry=entry.pk, why="Nog eens")
    task.refresh_from_db()
    assert task.minutes == 30 == sum(item.minutes for item in task.hours.all())
    finish_request(actor=expert, request=made.public_id, said="De statuten kloppen.")
    assert PoolYear.objects.get().taken == 1  # half an hour counts as one


@pytest.mark.django_db
def test_more_hours_ask_a_yes_and_come_from_the_pool() -> None:
    pool_hours(10)
    made = a_request(RequestState.OPEN)
    expert = given_to(made)
    asked = ask_more_hours(actor=expert, request=made.public_id, hours=3, why="De huur is ingewikkeld.")
    assert [item.count for item in waiting(an_asker()) if "meer uren" in item.name] == [1]
    with pytest.raises(NotNow):
        ask_more_hours(actor=expert, request=made.public_id, hours=1, why="Nog meer.")
    with pytest.raises(NotNow) as refusal:
        answer_more_hours(actor=an_asker(), request=made.public_id, more=asked.public_id, granted=True)
    assert refusal.value.code == "pool-empty"
    assert (ExpertTask.objects.get().agreed, PoolYear.objects.get().taken) == (8, 8)
    with pytest.raises(NotValid):
        answer_more_hours(actor=an_asker(), request=made.public_id, more=asked.public_id, granted=False)
    pool_hours(11)
    answer_more_hours(actor=an_asker(), request=made.public_id, more=asked.public_id, granted=True, answer="Goed.")
    assert (ExpertTask.objects.get().agreed, PoolYear.objects.get().taken) == (11, 11)
    with pytest.raises(NotNow):
        answer_more_hours(actor=an_asker(), request=made.public_id, more=asked.public_id, granted=True)


@pytest.mark.django_db
def test_the_database_itself_keeps_hours_within_the_agreement_and_the_pool_within_the_year() -> None:
    pool_hours(8)
    a_request(RequestState.ASSIGNED)
    for wrong in (
        lambda: ExpertTask.objects.update(minutes=8 * 60 + 1),
        lambda: PoolYear.objects.update(taken=9),
        lambda: ExpertInterest.objects.update(conflict=None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
    with pytest.raises(NotNow):
        pool_hours(7)


@pytest.mark.django_db
def test_without_hours_of_the_pool_only_who_is_paid_elsewhere_can_be_chosen() -> None:
    made = a_request()
    for number, paid in ((1, "pool"), (2, "own")):
        actor, page = an_expert(number, paid_by=paid)
        offer_help(actor=actor, request=made.public_id, said=NO_INTEREST)
        if paid == "pool":
            with pytest.raises(NotNow) as refusal, transaction.atomic():
                assign_expert(actor=an_asker(), request=made.public_id, expert=page.public_id)
            assert refusal.value.code == "no-pool"
            assert not ExpertTask.objects.exists()
        else:
            assign_expert(actor=an_asker(), request=made.public_id, expert=page.public_id)
    assert find(made.public_id).stands is RequestState.ASSIGNED


@pytest.mark.django_db
def test_an_interest_is_told_shown_and_only_passed_over_with_a_reason() -> None:
    pool_hours()
    made = a_request()
    expert, page = an_expert(employer="Bouwbedrijf Denkbeeldig")
    for said in (Said("Graag"), Said("Graag", conflict=True)):
        with pytest.raises(NotValid):
            offer_help(actor=expert, request=made.public_id, said=said)
    offer_help(actor=expert, request=made.public_id, said=Said("", True, "Mijn bedrijf wil de verbouwing doen."))
    assert "wil de verbouwing doen" in Notice.objects.get(person__public_id=an_asker().id, moment__startswith="said-").body
    with pytest.raises(NotValid) as refusal:
        assign_expert(actor=an_asker(), request=made.public_id, expert=page.public_id)
    assert refusal.value.code == "conflict"
    assign_expert(actor=an_asker(), request=made.public_id, expert=page.public_id, despite="Zij kijkt alleen naar de statuten.")
    assert ExpertTask.objects.get().despite == "Zij kijkt alleen naar de statuten."


@pytest.mark.django_db
def test_who_judges_applications_is_shown_as_such() -> None:
    role = a_role("adviescommissie", email="deskundige1@voorbeeld.invalid")
    an_expert()
    assert role.person.public_id in queries.judges_in(PROVINCE)


@pytest.mark.django_db
def test_who_is_invited_says_yes_or_no_and_is_reminded_once_when_silent() -> None:
    made = a_request()
    expert, page = an_expert()
    invite_expert(actor=an_asker(), request=made.public_id, expert=page.public_id, text="U kent dit goed.")
    with pytest.raises(NotNow):
        invite_expert(actor=an_asker(), request=made.public_id, expert=page.public_id)
    due = [item for item in preview(PROVINCE) if item.reminder.key == "expert-silent"]
    assert len(due) == 1
    answer_invitation(actor=expert, request=made.public_id, willing=False, said=Said("Te druk"))
    assert ExpertInterest.objects.get().state == "unable"
    assert not [item for item in preview(PROVINCE) if item.reminder.key == "expert-silent"]
    offer_help(actor=expert, request=made.public_id, said=NO_INTEREST)
    assert ExpertInterest.objects.get().state == "willing"


@pytest.mark.django_db
def test_when_an_expert_stops_the_request_goes_back_with_everything_kept_and_another_goes_on() -> None:
    pool_hours(20)
    made = a_request()
    expert = given_to(made)
    book_hours(actor=expert, request=made.public_id, minutes=90, on=clock.today(), what="Gelezen")
    open_one = a_request(case="anderezaak12")
    offer_help(actor=expert, request=open_one.public_id, said=NO_INTEREST)
    stop_expert(actor=expert, expert=Expert.objects.get().public_id, why="Nieuwe baan")
    found = find(made.public_id)
    assert found.stands is RequestState.OPEN
    task = ExpertTask.objects.get()
    assert (task.given_back, task.said, task.minutes, task.hours.count()) == (True, "Nieuwe baan", 90, 1)
    assert PoolYear.objects.get().taken == 2
    assert ExpertInterest.objects.get(request=open_one).state == "unable"
    assert Notice.objects.filter(person__public_id=an_asker().id, moment=f"back-{task.public_id}").count() == 1
    given_to(made, 2)
    assert ExpertTask.objects.count() == 2
    running = current(find(made.public_id))
    assert running is not None
    assert running.expert.name == "D. Verzonnen 2"


@pytest.mark.django_db
def test_an_expert_whose_account_goes_leaves_hours_and_no_name() -> None:
    pool_hours()
    made = a_request()
    expert = given_to(made)
    book_hours(actor=expert, request=made.public_id, minutes=60, on=clock.today(), what="Gelezen")
    leave_experts(actor=SYSTEM, person=expert.id, email="deskundige1@voorbeeld.invalid")
    page = Expert.objects.get()
    assert (page.person, page.name, page.place, page.skills, page.stands) == ("", "", "", [], ExpertState.STOPPED)
    assert ExpertTask.objects.get().minutes == 60
    assert find(made.public_id).stands is RequestState.OPEN


@pytest.mark.django_db
def test_the_initiative_says_once_whether_it_helped_and_the_year_counts_it() -> None:
    pool_hours(40)
    first = a_request(RequestState.FINISHED)
    a_request(RequestState.OPEN, case="anderezaak12")
    went = HowItWent("yes", "partly", "Fijn")
    assert requests_about("support-case", "zaakzaakzaak")[0].asks_answer
    tell_help(actor=SYSTEM, request=first.public_id, went=went)
    with pytest.raises(NotNow):
        note_help(actor=an_asker(), request=first.public_id, went=went)
    with pytest.raises(NotValid):
        tell_help(actor=SYSTEM, request=first.public_id, went=HowItWent("heel erg", "yes"))
    facts = requests_about("support-case", "zaakzaakzaak")[0]
    assert (facts.asks_answer, facts.helped, facts.expert_name) == (False, "ja", "D. Verzonnen 1")
    year = queries.year_of(PROVINCE, 2026)
    assert (year.requested, year.matched, year.in_time, year.finished, year.answered, year.helped) == (2, 1, 1, 1, 1, 1)
    assert (year.hours, year.left) == (40, 40)


@pytest.mark.django_db
def test_a_match_after_two_weeks_is_a_match_but_not_in_time() -> None:
    pool_hours()
    made = a_request()
    with clock.at(MONDAY + timedelta(days=15)):
        given_to(made)
    year = queries.year_of(PROVINCE, 2026)
    assert (year.matched, year.in_time) == (1, 0)


@pytest.mark.django_db
def test_a_wish_of_an_initiative_becomes_a_request_when_the_adviser_opens_it() -> None:
    made = a_request(RequestState.WISHED)
    _expert, page = an_expert()
    assert queries.requests_for(page) == []
    open_request(actor=an_asker(), request=made.public_id, wish=a_wish(title="Statuten lezen"))
    assert [request.title for request, _found in queries.requests_for(page)] == ["Statuten lezen"]


@pytest.mark.django_db
def test_a_case_that_goes_to_another_organisation_takes_its_requests_along() -> None:
    made = a_request()
    other = an_asker(7, "Dorpenbond Nergens")
    moved = follow_case(
        where(an_asker()).about,
        organisation=other.organisation,
        organisation_name="Dorpenbond Nergens",
        adviser=other.id,
        adviser_name="A. Dviseur",
    )
    assert moved == 1
    assert made in queries.requests_of(other, PROVINCE)
    assert made not in queries.requests_of(an_asker(), PROVINCE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"text": "Bel de buurvrouw op 06-12345678."},
        {"text": "De penningmeester, mevrouw Jansen, heeft dementie."},
        {"skills": ()},
        {"skills": ("toveren",)},
        {"hours": 0},
        {"hours": 201},
        {"by": None},
        {"by": date(2026, 3, 1)},
        {"by": date(2028, 1, 1)},
        {"language": "xx"},
        {"text": "x" * 2_001},
    ],
)
def test_a_request_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(NotValid):
        a_request(**wrong)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"skills": ()},
        {"languages": ("xx",)},
        {"place": "GM0000"},
        {"reach": 7},
        {"place": "", "reach": 20},
        {"paid_by": "x"},
    ],
)
def test_a_page_of_an_expert_that_cannot_be_is_refused_and_keeps_nothing(wrong: dict[str, Any]) -> None:
    with pytest.raises(NotValid):
        an_expert(**wrong)
    assert not Expert.objects.exists()


@pytest.mark.django_db
def test_when_a_case_is_destroyed_nothing_of_its_requests_stays_but_the_year_counts_on() -> None:
    pool_hours()
    first, other = a_request(), a_request(case="anderezaak12")
    expert = given_to(first)
    entry = book_hours(actor=expert, request=first.public_id, minutes=90, on=clock.today(), what="Gelezen")
    correct_hours(actor=expert, request=first.public_id, entry=entry.pk, why="Dubbel")
    book_hours(actor=expert, request=first.public_id, minutes=60, on=clock.today(), what="Gelezen")
    finish_request(actor=expert, request=first.public_id, said="Klaar.")
    tell_help(actor=SYSTEM, request=first.public_id, went=HowItWent("yes", "yes"))
    before, about = queries.year_of(PROVINCE, 2026), frozenset({("support-case", "zaakzaakzaak")})
    holding = HOLDINGS[0]
    assert set(holding.related(about)) == {("expert-request", first.public_id)}
    assert holding.needs([expert.id, "bestaatniet2"]) == {expert.id}
    holding.destroy(about, holding.rows(about))
    assert list(ExpertRequest.objects.all()) == [other]
    assert not ExpertTask.objects.exists()
    assert queries.year_of(PROVINCE, 2026) == before


@pytest.mark.django_db
def test_of_two_who_choose_at_once_the_second_hears_that_the_first_did(monkeypatch: pytest.MonkeyPatch) -> None:
    pool_hours()
    made = a_request()
    pages = [an_expert(number) for number in (1, 2)]
    for actor, _page in pages:
        offer_help(actor=actor, request=made.public_id, said=NO_INTEREST)
    read = find(made.public_id)
    assign_expert(actor=an_asker(), request=made.public_id, expert=pages[0][1].public_id)
    ExpertInterest.objects.filter(expert=pages[1][1]).update(state="willing")
    monkeypatch.setattr("vliegwiel.support.experts.actions.assign_expert.find", lambda _name: read)
    with pytest.raises(NotNow) as refusal:
        assign_expert(actor=an_asker(), request=made.public_id, expert=pages[1][1].public_id)
    assert refusal.value.code == "stale"
    assert ExpertTask.objects.get().expert == pages[0][1]
    assert PoolYear.objects.get().taken == 8


@pytest.mark.django_db
def test_free_time_that_began_long_ago_is_no_time() -> None:
    actor, page = an_expert()
    for first in (date(1, 1, 1), clock.today() - timedelta(days=371)):
        with pytest.raises(NotValid):
            offer_time(actor=actor, expert=page.public_id, first_day=first, last_day=clock.today(), hours=40)
    assert not page.times.exists()


@pytest.mark.django_db
def test_what_an_expert_said_about_an_interest_goes_with_the_account() -> None:
    made = a_request()
    expert, _page = an_expert()
    offer_help(actor=expert, request=made.public_id, said=Said("", True, "Mijn bedrijf Verzonnen bouwt dit."))
    leave_experts(actor=SYSTEM, person=expert.id, email="deskundige1@voorbeeld.invalid")
    assert "Verzonnen" not in ExpertInterest.objects.get().interest


@pytest.mark.django_db
def test_who_helped_does_not_write_down_for_the_initiative_whether_it_helped() -> None:
    pool_hours()
    made = a_request(RequestState.FINISHED)
    Expert.objects.update(person=an_asker().id)
    with pytest.raises(NotValid) as refusal:
        note_help(actor=an_asker(), request=made.public_id, went=HowItWent("yes", "yes"))
    assert refusal.value.code == "same-person"
