"""Who may do what with an objection, in which state: everything else is refused, changes nothing, and is kept in the trail."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from vliegwiel.foundation.budgets.tests.given import a_line
from vliegwiel.foundation.papers.public import open_paper, receive
from vliegwiel.foundation.papers.tests.given import an_upload
from vliegwiel.foundation.people.tests.given import an_organisation
from vliegwiel.foundation.trail.models import Entry, Result
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, Refusal
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.assign_application import declare_interest
from vliegwiel.support.grants.public import grant_of
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import a_decidable_application, a_signer, an_assessor, an_officer
from vliegwiel.support.objections.actions.ask_costs import ask_costs, note_costs_request, pay_costs
from vliegwiel.support.objections.actions.decide_objection import decide_objection, propose_outcome, return_outcome
from vliegwiel.support.objections.actions.determine_penalty import determine_penalty, pay_penalty
from vliegwiel.support.objections.actions.give_notice import give_notice, register_notice
from vliegwiel.support.objections.actions.handle_objection import (
    adjourn_decision,
    agree_postponement,
    involve_committee,
    judge_lateness,
    note_postponement,
    take_objection,
)
from vliegwiel.support.objections.actions.hear_objection import (
    advise_objection,
    invite_to_hearing,
    report_hearing,
    skip_hearing,
)
from vliegwiel.support.objections.actions.note_appeal import note_appeal
from vliegwiel.support.objections.actions.repair_objection import add_grounds, ask_repair, supply_repair, type_in_grounds
from vliegwiel.support.objections.actions.withdraw_objection import note_withdrawal, withdraw_objection
from vliegwiel.support.objections.lifecycle import MOVES, NAMES, UNINVOLVED, Side, State
from vliegwiel.support.objections.models import DefaultNotice, Objection, ObjectionDecision
from vliegwiel.support.objections.standing import find, may_move
from vliegwiel.support.objections.tests.given import (
    a_committee_member,
    a_decider,
    a_handler,
    a_refusal,
    an_objection,
    an_outcome,
    concluded,
    heard,
    invited,
    not_heard,
    proposed,
)
from vliegwiel.support.objections.tests.snapshot import snapshot

pytestmark = pytest.mark.django_db
LATER = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def _people(found: Objection) -> dict[str, Actor]:
    return {
        "objector": Actor("person", found.objector),
        "handler": a_handler(),
        "decider": a_decider(),
        "committee": a_committee_member(),
        "first officer": an_officer(1),
        "first signer": a_signer(1),
        "assessor": an_assessor(),
        "stranger": a_resident("vreemd@voorbeeld.invalid"),
        "visitor": Actor("visitor"),
    }


def _act(key: str, actor: Actor, name: str) -> Callable[[], object]:
    """The action behind a move, with arguments that are right in themselves."""
    by: dict[str, Any] = {"actor": actor, "objection": name}
    report = {"present": "", "report": "Verslag.", "held_on": clock.today()}
    advice = {"committee": "Commissie", "chair": "A", "members": "B, C", "outcome": "dismissed", "text": "Nee.", "outside": True}
    return {
        "add-grounds": lambda: add_grounds(**by, text="Meer."),
        "supply-repair": lambda: supply_repair(**by, text="Hier is het."),
        "withdraw-objection": lambda: withdraw_objection(**by),
        "agree-postponement": lambda: agree_postponement(**by, until=LATER),
        "take-objection": lambda: take_objection(**by, person=a_handler().id),
        "type-in-grounds": lambda: type_in_grounds(**by, text="Per brief."),
        "judge-lateness": lambda: judge_lateness(**by, excused=True, why="Ziek."),
        "ask-repair": lambda: ask_repair(**by, items=("De reden.",), until=clock.today() + timedelta(days=14)),
        "involve-committee": lambda: involve_committee(**by),
        "invite-to-hearing": lambda: invite_to_hearing(
            **by, on=clock.today() + timedelta(days=14), time="10.00", place="Kamer 1"
        ),
        "skip-hearing": lambda: skip_hearing(**by, ground="7:3c", why="Wil niet."),
        "report-hearing": lambda: report_hearing(**by, **report, hearers=[a_handler().id], chair=a_handler().id),
        "advise-objection": lambda: advise_objection(**by, **advice),
        "adjourn-decision": lambda: adjourn_decision(**by, until=LATER, reason="Druk."),
        "note-postponement": lambda: note_postponement(**by, until=LATER, how="Per brief."),
        "note-withdrawal": lambda: note_withdrawal(**by, how="Per brief."),
        "propose-outcome": lambda: propose_outcome(**by, proposal=an_outcome()),
        "return-outcome": lambda: return_outcome(**by, why="Nog eens."),
        "decide-objection": lambda: decide_objection(**by, seen=_waiting()),
        "ask-costs": lambda: ask_costs(**by, text="Een jurist."),
        "note-costs-request": lambda: note_costs_request(**by, text="Een jurist."),
        "pay-objection-costs": lambda: pay_costs(**by, line="nergens"),
        "note-appeal": lambda: note_appeal(**by, court="Rechtbank Nergens", lodged_on=clock.today()),
    }[key]


def _waiting() -> str:
    """The hash of what waits for a signature."""
    return ObjectionDecision.objects.filter(taken_at=None).values_list("content_hash", flat=True).first() or ""


def _in_state(state: State) -> Objection:
    """An objection against a refusal, brought to a state by the real actions; late where that matters, so that it can be judged."""
    found = an_objection(a_refusal())
    Objection.objects.update(committee=True)  # so that a committee can advise; the term is not looked at here
    found = find(found.public_id)
    if state is State.REPAIRING:
        until = clock.today() + timedelta(days=14)
        return ask_repair(actor=a_handler(), objection=found.public_id, items=("De reden.",), until=until)
    if state is State.INVITED:
        return invited(found)
    if state in (State.READY, State.ADVISED, State.PROPOSED, State.DECIDED):
        found = not_heard(found)
    if state in (State.ADVISED, State.PROPOSED, State.DECIDED):
        _act("advise-objection", a_committee_member(), found.public_id)()
    if state is State.PROPOSED:
        proposed(find(found.public_id))
    if state is State.DECIDED:
        concluded(find(found.public_id))
    if state is State.WITHDRAWN:
        withdraw_objection(actor=Actor("person", found.objector), objection=found.public_id)
    return find(found.public_id)


#: Who makes a move of this side, of the people above.
WHO = {
    Side.OBJECTOR: {"objector"},
    Side.OFFICER: {"handler", "first officer"},
    Side.HEARER: {"handler", "committee", "first officer"},
    Side.DECIDER: {"decider", "first signer"},
    Side.PAYER: {"handler", "first officer"},
}
#: Who took or prepared the first decision.
INVOLVED = {"first officer", "first signer"}
#: Refused for another reason than state or person in the made-up file: it came in time, a committee was asked, no mandate for objections.
ELSEWHERE = {"judge-lateness", "involve-committee", "propose-outcome", "report-hearing", "pay-objection-costs"}


@pytest.mark.parametrize("state", list(State))
def test_the_whole_matrix_of_moves_people_and_states_holds_and_a_refusal_changes_nothing(state: State) -> None:
    found = _in_state(state)
    assert found.stands is state
    people = _people(found)
    before, refused = snapshot(), 0
    for key, move in MOVES.items():
        allowed = WHO[move.side] - (INVOLVED if key in UNINVOLVED else set())
        for name, actor in people.items():
            assert bool(may_move(actor, key, find(found.public_id))) == (name in allowed), (key, name)
            if name in allowed and state in move.sources:
                continue
            with pytest.raises(Refusal) as refusal:
                _act(key, actor, found.public_id)()
            assert isinstance(refusal.value, NotAllowed if name not in allowed else NotNow), (key, name, refusal.value)
            refused += 1
    assert snapshot() == before
    assert Entry.objects.filter(result=Result.REFUSED, object_id=found.public_id).count() == refused > 100


@pytest.mark.parametrize("state", list(State))
def test_every_move_that_the_table_allows_is_made_and_leads_where_it_says(state: State) -> None:
    found = _in_state(state)
    who = {Side.OBJECTOR: "objector", Side.OFFICER: "handler", Side.HEARER: "committee", Side.DECIDER: "decider"}
    people = _people(found)
    for key, move in MOVES.items():
        if state not in move.sources or key in ELSEWHERE:
            continue
        actor = people["handler"] if key == "note-appeal" else people[who[move.side]]
        with transaction.atomic():
            _act(key, actor, found.public_id)()
            back = state is State.PROPOSED and key in ("ask-costs", "note-costs-request")
            expected = State.READY if back else move.target or state
            assert find(found.public_id).stands is expected or key == "type-in-grounds", key
            transaction.set_rollback(True)


def _late(application: str, days: int) -> Any:
    """So many days after the last day to decide on an application."""
    due = grant_of(application).due_on
    assert due is not None
    return clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(days=(due - date(2026, 1, 5)).days + days))


def test_the_whole_matrix_of_a_late_decision_acts_people_and_moments_holds_and_a_refusal_changes_nothing() -> None:
    found = a_decidable_application()
    name, line = found.public_id, a_line(Money.euros(5_000), kind="lasten")
    people = {**_people(an_objection(a_refusal())), "objector": Actor("person", found.applicant)}
    who = {
        "give-notice": {"objector"},
        "register-notice": {"handler", "first officer"},
        "determine-penalty": {"decider"},
        "pay-penalty": {"handler", "first officer"},
    }
    #: When each can be done: (days late, what comes next); before and after it is refused for the moment.
    moments = [(0, ""), (1, "give-notice"), (5, ""), (20, ""), (80, "determine-penalty"), (81, "pay-penalty"), (82, "")]
    for days, comes in moments:
        with _late(name, days):
            notice = DefaultNotice.objects.values_list("public_id", flat=True).first() or ""
            acts: dict[str, Callable[[Actor], object]] = {
                "give-notice": lambda actor: give_notice(actor=actor, application=name),
                "register-notice": lambda actor: register_notice(
                    actor=actor, application=name, received_on=clock.today(), channel="paper"
                ),
            }
            if notice:
                of_notice = {"notice": notice}
                acts["determine-penalty"] = lambda actor: determine_penalty(actor=actor, **of_notice)  # noqa: B023 - called in this turn
                acts["pay-penalty"] = lambda actor: pay_penalty(actor=actor, line=line, **of_notice)  # noqa: B023 - called in this turn
            before = snapshot()
            for key, act in acts.items():
                for person, actor in people.items():
                    if person in who[key] and key in (comes, {"give-notice": "register-notice"}.get(comes)):
                        continue
                    with pytest.raises(NotNow if person in who[key] else NotAllowed):
                        act(actor)
            assert snapshot() == before, days
            if comes:
                acts[comes](people[sorted(who[comes])[-1]])


def test_every_state_has_a_name_and_every_move_a_reason() -> None:
    assert set(NAMES) == set(State)
    assert all(move.why.endswith(".") for move in MOVES.values())
    reached = {move.target for move in MOVES.values() if move.target} | {State.RECEIVED}
    assert reached == set(State)


def test_who_took_or_prepared_the_decision_hears_only_among_others_and_never_leads() -> None:
    found = invited(an_objection(a_refusal()))
    first, other = an_officer(1), a_handler()
    third = a_handler(9)
    with clock.at(clock.now() + timedelta(days=14)):
        said: dict[str, Any] = {"objection": found.public_id, "present": "", "report": "Zo ging het.", "held_on": clock.today()}
        for hearers, chair in (
            ([first.id], first.id),
            ([first.id, other.id], other.id),
            ([first.id, other.id, third.id], first.id),
        ):
            with pytest.raises(NotAllowed) as refusal:
                report_hearing(actor=other, hearers=hearers, chair=chair, **said)
            assert refusal.value.code == "involved"
        done = report_hearing(actor=other, hearers=[first.id, other.id, third.id], chair=other.id, **said)
    assert [item["id"] for item in done.hearers] == [first.id, other.id, third.id]


def test_who_has_an_interest_sees_and_does_nothing() -> None:
    found = heard(an_objection(a_refusal()))
    handler = a_handler(9)
    declare_interest(actor=handler, application=found.application, kind="familie")
    assert not may_move(handler, "propose-outcome", found)
    at = Actor("person", handler.id, an_organisation("Elders").public_id, province="PV99")
    assert not may_move(at, "propose-outcome", found)


def test_without_a_mandate_for_objections_nobody_decides() -> None:
    found = not_heard(an_objection(a_refusal()))
    seen = proposed(found).content_hash
    with pytest.raises(NotAllowed) as refusal:
        decide_objection(actor=a_signer(7), objection=found.public_id, seen=seen)
    assert refusal.value.code == "no-mandate"


def test_the_committee_reads_the_papers_of_the_application_while_it_advises_and_each_confidential_reading_is_kept() -> None:
    found = an_objection(a_refusal())
    member, about = a_committee_member(), grant_of(found.application).about
    stranger = a_resident("vreemd@voorbeeld.invalid")
    shown = receive(actor=Actor.system("cli"), province="PV99", about=about, kind="plan", upload=an_upload(), confidential=True)
    with pytest.raises(NotAllowed):
        open_paper(actor=member, paper=shown.id)
    involve_committee(actor=a_handler(), objection=found.public_id)
    assert open_paper(actor=member, paper=shown.id).data
    read = Entry.objects.filter(action="open-paper", result=Result.READ, object_id=shown.id)
    assert [entry.actor_id for entry in read] == [member.id]
    for actor in (stranger, Actor("visitor")):
        with pytest.raises(NotAllowed):
            open_paper(actor=actor, paper=shown.id)
    with pytest.raises(NotAllowed):
        receive(actor=member, province="PV99", about=about, kind="plan-2", upload=an_upload())
    withdraw_objection(actor=Actor("person", found.objector), objection=found.public_id)
    with pytest.raises(NotAllowed):
        open_paper(actor=member, paper=shown.id)
