"""Who may do what at the desk, in which state: everything else is refused, changes nothing, and is kept in the trail."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.foundation.trail.models import Entry, Result
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid, Refusal
from vliegwiel.support.desk.actions.answer_enquiry import (
    add_note,
    answer_enquiry,
    ask_back,
    close_enquiry,
    promise_later,
    reply_enquiry,
)
from vliegwiel.support.desk.actions.ask_expert import ask_expert, rate_expert, wish_for_expert
from vliegwiel.support.desk.actions.correct_enquiry import clean_enquiry, correct_enquiry
from vliegwiel.support.desk.actions.follow_enquiry import claim_enquiry, disown_enquiry, stop_enquiry, write_message
from vliegwiel.support.desk.actions.give_advice import Given, answer_advice, begin_application, give_advice, move_advice
from vliegwiel.support.desk.actions.hand_over import hand_over, hand_over_all, take_enquiry
from vliegwiel.support.desk.actions.keep_link import forget_contact, renew_link, withdraw_link
from vliegwiel.support.desk.actions.keep_routing import Rule, end_route, write_route
from vliegwiel.support.desk.actions.look_back import Told, note_how_it_goes, rate_support, tell_how_it_goes
from vliegwiel.support.desk.actions.note_hours import note_hours
from vliegwiel.support.desk.actions.note_inclusion import note_inclusion, think_inclusion
from vliegwiel.support.desk.actions.open_case import close_case, open_case, pause_case, resume_case, set_goals, start_case
from vliegwiel.support.desk.actions.share_file import share_file
from vliegwiel.support.desk.lifecycle import MOVES, NAMES, CaseState, Side, State
from vliegwiel.support.desk.models import Advice, Enquiry, Look, Route
from vliegwiel.support.desk.queries import visible_to
from vliegwiel.support.desk.standing import OWN, case_of, find, may_move, may_read
from vliegwiel.support.desk.tests.given import MONDAY, VISITOR, a_case, a_route, an_adviser, an_enquiry, an_observer, link_of
from vliegwiel.support.experts.public import HowItWent
from vliegwiel.support.experts.tests.given import a_wish
from vliegwiel.support.grants.tests.given import MUNICIPALITY, a_resident
from vliegwiel.support.grants.tests.snapshot import snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(MONDAY):
        yield


def _another() -> Actor:
    return an_adviser(4, "Jongerenhuis Misschien")


def _act(key: str, actor: Actor, found: Enquiry, link: str) -> Callable[[], object]:
    """The action behind a move, with arguments that are right in themselves."""
    by: dict[str, Any] = {"actor": actor, "enquiry": found.public_id}
    own = {**by, "link": link}
    later = clock.today() + timedelta(days=14)
    told = Told("Jongeren", "Vijf", "running")
    return {
        "write-message": lambda: write_message(**own, text="Meer."),
        "stop-enquiry": lambda: stop_enquiry(**own),
        "disown-enquiry": lambda: disown_enquiry(**own),
        "claim-enquiry": lambda: claim_enquiry(**own),
        "renew-link": lambda: renew_link(**own),
        "withdraw-link": lambda: withdraw_link(**by),
        "forget-contact": lambda: forget_contact(**by),
        "take-enquiry": lambda: take_enquiry(**by),
        "answer-enquiry": lambda: answer_enquiry(**by, text="Ja."),
        "ask-back": lambda: ask_back(**by, text="Hoeveel?"),
        "promise-later": lambda: promise_later(**by, until=later, reason="Druk"),
        "reply-enquiry": lambda: reply_enquiry(**by, text="Hoe gaat het?"),
        "think-inclusion": lambda: think_inclusion(**own, answers={"ontbreekt": ["young"]}),
        "note-inclusion": lambda: note_inclusion(**by, answers={"mist": "Kies een avond."}),
        "add-note": lambda: add_note(**by, text="Belt liever."),
        "hand-over": lambda: hand_over(**by, person=an_adviser(2).id, note="Vakantie"),
        "share-file": lambda: share_file(**by, organisation=_another().organisation, role="observer", why="Kijkt mee"),
        "correct-enquiry": lambda: correct_enquiry(**by, theme="wonen", kind="plek", place=MUNICIPALITY),
        "clean-enquiry": lambda: clean_enquiry(**by, text="Schoon."),
        "close-enquiry": lambda: close_enquiry(**by, text="Klaar."),
        "open-case": lambda: open_case(**by, title="Plan", summary="Kort.", goals=["Doel"]),
        "set-goals": lambda: set_goals(**by, add="Nog een"),
        "start-case": lambda: start_case(**by),
        "pause-case": lambda: pause_case(**by, until=later, reason="Bouw"),
        "resume-case": lambda: resume_case(**by),
        "give-advice": lambda: give_advice(**by, given=Given("Bel")),
        "move-advice": lambda: move_advice(**by, advice=_advice(found), state="accepted"),
        "answer-advice": lambda: answer_advice(**own, advice=_advice(found), state="accepted"),
        "note-hours": lambda: note_hours(**by, minutes=30, on=clock.today(), what="Bellen"),
        "ask-expert": lambda: ask_expert(**by, wish=a_wish()),
        "wish-for-expert": lambda: wish_for_expert(**own, wish=a_wish()),
        "rate-expert": lambda: rate_expert(**own, request="bestaatniet2", went=HowItWent("yes", "yes")),
        "begin-application": lambda: begin_application(**own, advice=_advice(found)),
        "close-case": lambda: close_case(**by, outcome="running", text="Klaar."),
        "tell-how-it-goes": lambda: tell_how_it_goes(**own, months=_months(found), told=told),
        "note-how-it-goes": lambda: note_how_it_goes(**by, months=_months(found), told=told),
        "rate-support": lambda: rate_support(**own, helped="yes", on_time="yes", recommend="no"),
    }[key]


def _advice(found: Enquiry) -> str:
    return Advice.objects.filter(case__enquiry=found).values_list("public_id", flat=True).first() or "bestaatniet2"


def _months(found: Enquiry) -> int:
    """Which look back is made: the later one as soon as it is there."""
    return 6 if Look.objects.filter(case__enquiry=found, months=6).exists() else 0


SCENES: dict[str, Callable[[], Enquiry]] = {
    "received": an_enquiry,
    "waiting": lambda: ask_back(actor=an_adviser(), enquiry=an_enquiry().public_id, text="Hoeveel?"),
    "answered": lambda: answer_enquiry(actor=an_adviser(), enquiry=an_enquiry().public_id, text="Ja."),
    "closed": lambda: close_enquiry(actor=an_adviser(), enquiry=an_enquiry().public_id, text="Klaar."),
    "case open": lambda: a_case(an_enquiry(place=MUNICIPALITY), CaseState.OPEN),
    "case active": lambda: _advised(),
    "case paused": lambda: _paused(),
    "case closed": lambda: a_case(state=CaseState.CLOSED),
}


def _advised() -> Enquiry:
    found = a_case()
    give_advice(actor=an_adviser(), enquiry=found.public_id, given=Given("Bel"))
    return find(found.public_id)


def _paused() -> Enquiry:
    found = _advised()
    pause_case(actor=an_adviser(), enquiry=found.public_id, until=clock.today() + timedelta(days=9), reason="Bouw")
    return find(found.public_id)


def _people(found: Enquiry) -> dict[str, tuple[Actor, str]]:
    """Everyone, with the link they have."""
    along, looks = an_adviser(3, "Dorpenbond Nergens"), an_adviser(5, "Zorgkring Zogenaamd")
    by: dict[str, Any] = {"actor": an_adviser(), "enquiry": found.public_id, "why": "Denkt mee"}
    share_file(**by, organisation=along.organisation, role="adviser")
    share_file(**by, organisation=looks.organisation, role="observer")
    return {
        "asker": (VISITOR, link_of(found)),
        "wrong link": (VISITOR, "x" * 24),
        "stranger": (a_resident("vreemd@voorbeeld.invalid"), ""),
        "adviser": (an_adviser(), ""),
        "advises along": (along, ""),
        "looks along": (looks, ""),
        "other organisation": (_another(), ""),
        "officer": (acting(a_role("programma")), ""),
    }


#: Refused for another reason in the made-up file: one asks an account, one has no call, one has no expert who is done.
ELSEWHERE = {"claim-enquiry", "begin-application", "rate-expert"}


@pytest.mark.parametrize("scene", list(SCENES))
def test_the_whole_matrix_of_moves_people_and_states_holds_and_a_refusal_changes_nothing(scene: str) -> None:
    found = SCENES[scene]()
    people = _people(found)
    an_adviser(2)
    found = find(found.public_id)
    case = case_of(found)
    before = snapshot("desk")
    for key, move in MOVES.items():
        own = {"adviser"}
        allowed = {"asker"} if move.side is Side.RESIDENT else own if key in OWN else own | {"advises along"}
        now = found.stands in move.sources and (not move.cases or (case is not None and case.stands in move.cases))
        for name, (actor, link) in people.items():
            assert bool(may_move(actor, key, found, link)) == (name in allowed), (key, name)
            if name in allowed and now:
                continue
            with pytest.raises(Refusal) as refusal:
                _act(key, actor, found, link)()
            if key not in ELSEWHERE:
                assert isinstance(refusal.value, NotAllowed if name not in allowed else NotNow), (key, name, refusal.value)
    assert snapshot("desk") == before
    assert Entry.objects.filter(result=Result.REFUSED, object_id=found.public_id).count() > 100


@pytest.mark.parametrize("scene", list(SCENES))
def test_every_move_that_the_table_allows_is_made_and_leads_where_it_says(scene: str) -> None:
    found = SCENES[scene]()
    case = case_of(found)
    for key, move in MOVES.items():
        if key in ELSEWHERE | {"start-case"} or found.stands not in move.sources:
            continue
        if move.cases and (case is None or case.stands not in move.cases):
            continue
        actor, link = (VISITOR, link_of(found)) if move.side is Side.RESIDENT else (an_adviser(), "")
        days = 200 if key in ("tell-how-it-goes", "note-how-it-goes") else 0
        with transaction.atomic():
            with clock.at(clock.now() + timedelta(days=days)):
                _act(key, actor, find(found.public_id), link)()
            done = find(found.public_id)
            back = key == "write-message" and found.stands in (State.WAITING, State.ANSWERED)
            assert done.stands is (State.RECEIVED if back else move.target or found.stands), key
            after = case_of(done)
            if move.case_target:
                assert after is not None
                assert after.stands is move.case_target, key
            transaction.set_rollback(True)


@pytest.mark.parametrize("scene", ["received", "case active", "closed"])
def test_the_list_holds_exactly_the_files_that_one_may_read(scene: str) -> None:
    found = SCENES[scene]()
    people = _people(found)
    readers = set()
    for name, (actor, _link) in people.items():
        listed = found in visible_to(actor)
        assert listed == bool(may_read(actor, find(found.public_id))), name
        readers |= {name} if listed else set()
    assert readers == {"adviser", "advises along", "looks along"}


def test_only_who_keeps_the_routing_changes_it() -> None:
    mine = an_adviser()
    route = a_route(mine)
    officer = acting(a_role("programma"))
    rule = Rule(themes=["wonen"])
    an_adviser(2)
    for actor in (VISITOR, a_resident(), an_observer(), _another()):
        before = snapshot("desk")
        for act in (
            lambda actor=actor: write_route(actor=actor, province=PROVINCE, organisation=mine.organisation, rule=rule),
            lambda actor=actor: end_route(actor=actor, route=route.public_id),
            lambda actor=actor: hand_over_all(
                actor=actor, organisation=mine.organisation, person=mine.id, to=an_adviser(2).id, note="Weg"
            ),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert snapshot("desk") == before
    write_route(actor=officer, province=PROVINCE, organisation=mine.organisation, rule=rule)
    end_route(actor=mine, route=route.public_id)
    assert Route.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"themes": ["bestaat-niet"]}, {"kinds": ["x"]}, {"municipalities": ["GM0000"]}, {"most": 0}, {"adviser": "bestaatniet2"}],
)
def test_a_rule_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    mine = an_adviser()
    with pytest.raises(NotValid):
        write_route(actor=mine, province=PROVINCE, organisation=mine.organisation, rule=Rule(**{"adviser": mine.id, **wrong}))
    assert not Route.objects.exists()


def test_every_state_has_a_name_and_every_move_a_reason() -> None:
    assert set(NAMES) == set(State)
    assert all(move.why.endswith(".") for move in MOVES.values())
    assert {move.target for move in MOVES.values() if move.target} | {State.RECEIVED} == set(State)
