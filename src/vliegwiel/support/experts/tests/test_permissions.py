"""Who may do what in the pool, in which state: everything else is refused, changes nothing, and is kept in the trail."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from vliegwiel.foundation.people.tests.given import PROVINCE
from vliegwiel.foundation.trail.models import Entry, Result
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, Refusal
from vliegwiel.support.experts.actions.admit_expert import admit_expert, decline_expert
from vliegwiel.support.experts.actions.answer_request import Said, answer_invitation, invite_expert, offer_help, withdraw_help
from vliegwiel.support.experts.actions.assign_expert import assign_expert
from vliegwiel.support.experts.actions.book_hours import answer_more_hours, ask_more_hours, book_hours, correct_hours
from vliegwiel.support.experts.actions.finish_request import HowItWent, finish_request, note_help, tell_work
from vliegwiel.support.experts.actions.give_back import give_back_request
from vliegwiel.support.experts.actions.keep_pool import agree_pool_hours
from vliegwiel.support.experts.actions.make_request import change_request, make_request, open_request, withdraw_request
from vliegwiel.support.experts.actions.stop_expert import end_expert, stop_expert
from vliegwiel.support.experts.actions.write_expert import About, ask_admission, offer_time, write_expert
from vliegwiel.support.experts.lifecycle import (
    EXPERT_MOVES,
    EXPERT_NAMES,
    REQUEST_MOVES,
    REQUEST_NAMES,
    ExpertState,
    RequestState,
    Side,
)
from vliegwiel.support.experts.models import Expert, ExpertHours, ExpertRequest, MoreHours
from vliegwiel.support.experts.queries import requests_of
from vliegwiel.support.experts.standing import find, find_expert, may_ask_for, may_move, may_move_expert, may_read
from vliegwiel.support.experts.tests.given import (
    NO_INTEREST,
    a_coordinator,
    a_request,
    a_wish,
    an_asker,
    an_expert,
    an_expert_there,
    in_days,
    pool_hours,
    someone,
    where,
)
from vliegwiel.support.grants.tests.given import MUNICIPALITY, a_municipality, a_resident
from vliegwiel.support.grants.tests.snapshot import snapshot

pytestmark = pytest.mark.django_db
VISITOR = Actor("visitor")
WENT = HowItWent("yes", "yes")


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        yield


def _act(key: str, actor: Actor, found: ExpertRequest) -> Callable[[], object]:
    """The action behind a move, with arguments that are right in themselves."""
    by: dict[str, Any] = {"actor": actor, "request": found.public_id}
    willing, invited, fresh = (Expert.objects.get(name=f"D. Verzonnen {number}").public_id for number in (1, 3, 4))
    entry = ExpertHours.objects.filter(task__request=found).order_by("pk").values_list("pk", flat=True).first() or 0
    more = MoreHours.objects.filter(task__request=found, granted=None).values_list("public_id", flat=True).first() or "x"
    assert invited
    return {
        "open-expert-request": lambda: open_request(**by, wish=a_wish()),
        "change-expert-request": lambda: change_request(**by, wish=a_wish(hours=4)),
        "withdraw-expert-request": lambda: withdraw_request(**by, why="Niet nodig"),
        "offer-help": lambda: offer_help(**by, said=NO_INTEREST),
        "withdraw-help": lambda: withdraw_help(**by),
        "invite-expert": lambda: invite_expert(**by, expert=fresh),
        "answer-expert-invitation": lambda: answer_invitation(**by, willing=True, said=NO_INTEREST),
        "assign-expert": lambda: assign_expert(**by, expert=willing),
        "book-expert-hours": lambda: book_hours(**by, minutes=30, on=clock.today(), what="Lezen"),
        "correct-expert-hours": lambda: correct_hours(**by, entry=entry, why="Fout"),
        "ask-more-hours": lambda: ask_more_hours(**by, hours=2, why="Meer werk"),
        "answer-more-hours": lambda: answer_more_hours(**by, more=more, granted=False, answer="Nee"),
        "give-back-request": lambda: give_back_request(**by, why="Lukt niet"),
        "finish-request": lambda: finish_request(**by, said="Klaar."),
        "note-expert-help": lambda: note_help(**by, went=WENT),
        "tell-expert-work": lambda: tell_work(**by, went=WENT),
    }[key]


def _scene(state: RequestState) -> ExpertRequest:
    """A request in this state. The first expert is willing or has it, the second is in the pool and said nothing, the third is invited."""
    a_municipality()
    pool_hours()
    for number in (1, 2, 3, 4):
        an_expert(number)
    made = a_request(RequestState.WISHED if state is RequestState.WISHED else RequestState.OPEN)
    if state is RequestState.WISHED:
        return made
    first, page = an_expert_there(1)
    _third, invited = an_expert_there(3)
    invite_expert(actor=an_asker(), request=made.public_id, expert=invited.public_id)
    offer_help(actor=first, request=made.public_id, said=NO_INTEREST)
    if state is RequestState.WITHDRAWN:
        withdraw_request(actor=an_asker(), request=made.public_id, why="Niet nodig")
    if state in (RequestState.ASSIGNED, RequestState.FINISHED):
        assign_expert(actor=an_asker(), request=made.public_id, expert=page.public_id)
        book_hours(actor=first, request=made.public_id, minutes=60, on=clock.today(), what="Lezen")
    if state is RequestState.ASSIGNED:
        ask_more_hours(actor=first, request=made.public_id, hours=1, why="Meer werk")
    if state is RequestState.FINISHED:
        finish_request(actor=first, request=made.public_id, said="Klaar.")
    return find(made.public_id)


def _people() -> dict[str, Actor]:
    _draft, _page = an_expert(5, ExpertState.ASKED)
    return {
        "asker": an_asker(),
        "coordinator": a_coordinator(),
        "first expert": an_expert_there(1)[0],
        "second expert": an_expert_there(2)[0],
        "third expert": an_expert_there(3)[0],
        "not admitted": _draft,
        "other organisation": an_asker(6, "Dorpenbond Nergens"),
        "officer": someone("programma", organisation="Provincie Verzonnenland"),
        "stranger": a_resident("vreemd@voorbeeld.invalid"),
        "visitor": VISITOR,
    }


_EXPERTS = {"first expert", "second expert", "third expert"}
#: Who finds nothing of their own there, although the pool lets them: the state and the table say yes.
_NOTHING_THERE = {
    ("withdraw-help", "second expert"),
    ("withdraw-help", "third expert"),
    ("answer-expert-invitation", "first expert"),
}
_NOTHING_THERE |= {
    ("answer-expert-invitation", "second expert"),
    ("offer-help", "first expert"),
    ("ask-more-hours", "first expert"),
}


def _allowed(key: str, found: ExpertRequest) -> set[str]:
    sides, people = REQUEST_MOVES[key].sides, set()
    if Side.ASKER in sides:
        people |= {"asker", "coordinator"}
    if Side.EXPERT in sides:
        people |= _EXPERTS
    if Side.ASSIGNED in sides and found.stands in (RequestState.ASSIGNED, RequestState.FINISHED):
        people |= {"first expert"}
    return people


@pytest.mark.parametrize("state", list(RequestState))
def test_the_whole_matrix_of_moves_people_and_states_of_a_request_holds(state: RequestState) -> None:
    found = _scene(state)
    people = _people()
    found = find(found.public_id)
    before, made = snapshot("experts"), 0
    for key, move in REQUEST_MOVES.items():
        for name, actor in people.items():
            allowed, now = name in _allowed(key, found), state in move.sources
            assert bool(may_move(actor, key, found)) == allowed, (key, name)
            if allowed and now:
                with transaction.atomic():
                    if (key, name) in _NOTHING_THERE:
                        with pytest.raises((NotNow, NotFound)), transaction.atomic():
                            _act(key, actor, found)()
                    else:
                        _act(key, actor, found)()
                        assert find(found.public_id).stands is (move.target or state), key
                        made += 1
                    transaction.set_rollback(True)
                continue
            with pytest.raises(Refusal) as refusal:
                _act(key, actor, found)()
            assert isinstance(refusal.value, NotNow if allowed else NotAllowed), (key, name, refusal.value)
    assert snapshot("experts") == before
    assert made > 0 or state is RequestState.WITHDRAWN
    assert Entry.objects.filter(result=Result.REFUSED, object_id=found.public_id).count() > 60


def test_the_list_at_work_holds_exactly_what_one_may_work_on_and_reading_is_for_who_it_concerns() -> None:
    found = _scene(RequestState.ASSIGNED)
    people = _people()
    works = {name for name, actor in people.items() if found in requests_of(actor, PROVINCE)}
    assert works == {name for name, actor in people.items() if may_ask_for(actor, found)} == {"asker", "coordinator"}
    assert {name for name, actor in people.items() if may_read(actor, found)} == works | {"first expert", "third expert"}


def _act_on(key: str, actor: Actor, expert: Expert) -> Callable[[], object]:
    by: dict[str, Any] = {"actor": actor, "expert": expert.public_id}
    return {
        "write-expert": lambda: write_expert(
            actor=actor, province=PROVINCE, told=About("D. Verzonnen", skills=("geld",), place=MUNICIPALITY)
        ),
        "ask-admission": lambda: ask_admission(**by),
        "offer-time": lambda: offer_time(**by, first_day=in_days(1), last_day=in_days(2), hours=8),
        "admit-expert": lambda: admit_expert(**by),
        "decline-expert": lambda: decline_expert(**by, why="Vol"),
        "stop-expert": lambda: stop_expert(**by),
        "end-expert": lambda: end_expert(**by, why="Past niet"),
    }[key]


def _expert_in(state: ExpertState) -> tuple[Actor, Expert]:
    wanted = {ExpertState.DECLINED: ExpertState.ASKED, ExpertState.STOPPED: ExpertState.ADMITTED}.get(state, state)
    actor, page = an_expert(1, wanted)
    if state is ExpertState.DECLINED:
        decline_expert(actor=a_coordinator(), expert=page.public_id, why="Vol")
    if state is ExpertState.STOPPED:
        stop_expert(actor=actor, expert=page.public_id)
    return actor, find_expert(page.public_id)


@pytest.mark.parametrize("state", list(ExpertState))
def test_the_whole_matrix_of_moves_people_and_states_of_an_expert_holds(state: ExpertState) -> None:
    own, expert = _expert_in(state)
    people = {
        "own": own,
        "coordinator": a_coordinator(),
        "asker": an_asker(),
        "officer": someone("programma", organisation="Provincie Verzonnenland"),
        "stranger": a_resident("vreemd@voorbeeld.invalid"),
        "visitor": VISITOR,
    }
    before = snapshot("experts")
    for key, move in EXPERT_MOVES.items():
        for name, actor in people.items():
            allowed = name == ("own" if move.side is Side.OWN else "coordinator")
            assert bool(may_move_expert(actor, key, expert)) == allowed, (key, name)
            if key == "write-expert" and actor.kind == "person":
                continue  # everyone writes a page of their own
            with transaction.atomic():
                if allowed and state in move.sources:
                    _act_on(key, actor, expert)()
                    assert find_expert(expert.public_id).stands is (move.target or state), key
                else:
                    with pytest.raises(NotNow if allowed else NotAllowed), transaction.atomic():
                        _act_on(key, actor, expert)()
                transaction.set_rollback(True)
    assert snapshot("experts") == before


def test_only_who_asks_asks_and_only_the_province_agrees_on_hours() -> None:
    a_municipality()
    for actor in (a_resident(), VISITOR, someone("programma", organisation="Provincie Verzonnenland"), an_expert()[0]):
        with pytest.raises(NotAllowed):
            make_request(actor=actor, where=where(an_asker()), wish=a_wish())
    for actor in (an_asker(), a_coordinator(), a_resident(), VISITOR):
        with pytest.raises(NotAllowed):
            agree_pool_hours(actor=actor, province=PROVINCE, year=2026, hours=10)
    assert not ExpertRequest.objects.exists()


def test_nobody_lets_themselves_in_or_chooses_themselves() -> None:
    coordinator = a_coordinator()
    a_municipality()
    page = write_expert(actor=coordinator, province=PROVINCE, told=About("C. Verzonnen", skills=("recht",), place=MUNICIPALITY))
    ask_admission(actor=coordinator, expert=page.public_id)
    with pytest.raises(NotAllowed):
        admit_expert(actor=coordinator, expert=page.public_id)
    admit_expert(actor=a_coordinator(2), expert=page.public_id)
    made = a_request()
    offer_help(actor=coordinator, request=made.public_id, said=Said("", conflict=False))
    with pytest.raises(Refusal):
        assign_expert(actor=coordinator, request=made.public_id, expert=page.public_id)


def test_every_state_has_a_name_and_every_move_a_reason() -> None:
    assert set(REQUEST_NAMES) == set(RequestState)
    assert set(EXPERT_NAMES) == set(ExpertState)
    assert all(move.why.endswith(".") for table in (REQUEST_MOVES, EXPERT_MOVES) for move in table.values())
