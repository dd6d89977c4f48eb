"""Who may do what with a grant after its decision, in which state: every act × role × state, and each refusal changes nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.lifecycle import MOVES, Side, State
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.public import may_move_on
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import a_signer, an_assessor, an_officer
from vliegwiel.support.settlements.actions.ask_report import ask_report
from vliegwiel.support.settlements.actions.change_plan import ask_change, decide_change
from vliegwiel.support.settlements.actions.collect_claim import dun, give_time, note_writ, receive_money, set_off
from vliegwiel.support.settlements.actions.decide_later import (
    MOVE,
    propose_later_decision,
    return_later_decision,
    sign_later_decision,
)
from vliegwiel.support.settlements.actions.determine_interest import determine_interest
from vliegwiel.support.settlements.actions.draw_sample import draw_sample
from vliegwiel.support.settlements.actions.enter_misuse import enter_misuse, read_misuse
from vliegwiel.support.settlements.actions.hear_recipient import (
    answer_intention,
    note_reaction,
    skip_hearing,
    tell_intention,
)
from vliegwiel.support.settlements.actions.order_payment import change_account, order_payment, suspend_payment
from vliegwiel.support.settlements.actions.prove_duty import judge_proof, prove_duty
from vliegwiel.support.settlements.actions.redress_decision import Redress, redress_decision
from vliegwiel.support.settlements.actions.send_report import check_report, enter_report, save_report, send_report
from vliegwiel.support.settlements.actions.tie_payment import tie_payment
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.models import LaterDecision
from vliegwiel.support.settlements.tests.given import (
    ANSWERS,
    OURS,
    a_claim,
    a_grant,
    a_proposal,
    heard,
    later,
    paid,
    recipient,
    reported,
)
from vliegwiel.support.settlements.tests.snapshot import snapshot
from vliegwiel.support.settlements.tests.test_pages import DUTY

pytestmark = pytest.mark.django_db
OURS_TO_MAKE = {
    *("write-report", "report-progress", "report-on-grant", "prove-duty", "ask-change", "change-account", "answer-intention"),
    *("order-payment", "suspend-payment", "judge-proof", "enter-report", "check-report", "tell-intention", "note-reaction"),
    *("skip-hearing", "propose-later-decision", "collect-money", "decide-change", "return-later-decision", "withdraw-grant"),
    *("revise-determination", "settle-grant", "recover-money", "tie-instalment", "ask-report", "determine-interest"),
    *("revise-later-decision",),
}
ROLES = ("recipient", "programma", "tekenbevoegde", "controller", "adviescommissie", "auditor", "inwoner", "visitor", "elsewhere")
WHO = {Side.APPLICANT: {"recipient"}, Side.SETTLER: {"programma"}, Side.SIGNER: {"programma", "tekenbevoegde"}}
LATER = timedelta(days=14)


def _acts(file: GrantFile, claim: str, waiting: str, seen: str) -> dict[str, Callable[[Actor], object]]:
    """The action behind every move, with arguments that are right in themselves."""
    name, today = file.name, clock.today()
    duty = file.duties[0].id
    return {
        "write-report": lambda who: save_report(actor=who, application=name, kind="completion", answers=ANSWERS),
        "report-progress": lambda who: send_report(actor=who, application=name, kind="progress", answers=ANSWERS),
        "report-on-grant": lambda who: send_report(actor=who, application=name, kind="completion", answers=ANSWERS),
        "prove-duty": lambda who: prove_duty(actor=who, application=name, duty=duty, text="Het hangt."),
        "ask-change": lambda who: ask_change(actor=who, application=name, what="Later.", why="Ziekte."),
        "change-account": lambda who: change_account(
            actor=who, application=name, account="BE68539007547034", account_name="Vereniging"
        ),
        "answer-intention": lambda who: answer_intention(actor=who, application=name, views="Nee."),
        "order-payment": lambda who: order_payment(actor=who, application=name, instalment=file.instalments[0].id),
        "tie-instalment": lambda who: tie_payment(
            actor=who, application=name, instalment=file.instalments[0].id, duty=duty, why="Eerst dit."
        ),
        "ask-report": lambda who: ask_report(actor=who, application=name, until=today + LATER),
        "determine-interest": lambda who: determine_interest(actor=who, application=name),
        "suspend-payment": lambda who: suspend_payment(actor=who, application=name, reason="Vermoeden."),
        "judge-proof": lambda who: judge_proof(actor=who, application=name, duty=duty, good=True, why="Gezien."),
        "enter-report": lambda who: enter_report(actor=who, application=name, answers=ANSWERS, received_on=today),
        "check-report": lambda who: check_report(actor=who, application=name, good=True, finding="Goed."),
        "tell-intention": lambda who: tell_intention(
            actor=who, application=name, intention="Lager.", reason="Daarom.", until=today + LATER
        ),
        "note-reaction": lambda who: note_reaction(actor=who, application=name, views="Nee.", form="spoken", received_on=today),
        "skip-hearing": lambda who: skip_hearing(actor=who, application=name, ground="4:11a", why="Haast."),
        "propose-later-decision": lambda who: propose_later_decision(actor=who, application=name, proposal=a_proposal()),
        "decide-change": lambda who: decide_change(actor=who, application=name, granted=True, motivation="Goed."),
        "return-later-decision": lambda who: return_later_decision(actor=who, decision=waiting, why="Nee."),
        "settle-grant": lambda who: sign_later_decision(actor=who, decision=waiting, seen=seen),
        "collect-money": lambda who: receive_money(actor=who, claim=claim, amount=Money(1), on=today, statement="1"),
    }


def _who(kind: str, file: GrantFile) -> Actor:
    if kind == "recipient":
        return recipient(file)
    made: dict[str, Callable[[], Actor]] = {
        "programma": lambda: an_officer(7),
        "tekenbevoegde": lambda: a_signer(7),
        "adviescommissie": an_assessor,
        "inwoner": lambda: a_resident("ander@voorbeeld.invalid"),
        "visitor": lambda: Actor("visitor"),
        "elsewhere": lambda: acting(a_role("programma", province="PV98", email="elders@voorbeeld.invalid")),
    }
    return made[kind]() if kind in made else acting(a_role(kind, email=f"{kind}@voorbeeld.invalid"))


def _in_state(file: GrantFile, state: State) -> None:
    """The same file as if it stood there: only to ask whether a state refuses."""
    Application.objects.filter(public_id=file.name).update(state=state.value)


def test_every_move_after_the_decision_is_here() -> None:
    later = {key for key, move in MOVES.items() if move.side is Side.SETTLER}
    assert later <= OURS_TO_MAKE <= set(MOVES)


@pytest.mark.parametrize("kind", ROLES)
def test_a_role_may_make_exactly_its_moves(kind: str) -> None:
    file = a_grant()
    actor = _who(kind, file)
    may = {key for key in OURS_TO_MAKE if may_move_on(actor, key, file.name)}
    assert may == {key for key in OURS_TO_MAKE if kind in WHO[MOVES[key].side]}


def test_who_may_not_changes_nothing_and_is_remembered() -> None:
    claim = a_claim().public_id
    file = reported(paid(a_grant(duties=(DUTY,))))
    waiting = propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal())
    acts = _acts(file, claim, waiting.public_id, waiting.content_hash)
    people = {kind: _who(kind, file) for kind in ROLES}
    before, refused, count = snapshot(), Entry.objects.filter(result="geweigerd").count(), 0
    for kind, actor in people.items():
        for key, act in acts.items():
            if kind not in WHO[MOVES[key].side] and not (key == "collect-money" and kind == "recipient"):
                with pytest.raises(NotAllowed):
                    act(actor)
                count += 1
    assert count > 100
    assert snapshot() == before
    assert Entry.objects.filter(result="geweigerd").count() == refused + count


def test_a_state_in_which_it_cannot_be_done_refuses_and_nothing_changes() -> None:
    claim = a_claim().public_id
    file = reported(paid(a_grant(duties=(DUTY,))))
    waiting = propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal())
    acts = _acts(file, claim, waiting.public_id, waiting.content_hash)
    right = {Side.APPLICANT: recipient(file), Side.SETTLER: an_officer(), Side.SIGNER: a_signer()}
    before, count = snapshot(), 0
    for key, act in acts.items():
        if key == "collect-money":
            continue
        for state in State:
            if state in MOVES[key].sources or state in (State.DRAFT, State.SIGNING):
                continue
            _in_state(file, state)
            with pytest.raises(NotNow):
                act(right[MOVES[key].side])
            count += 1
    _in_state(file, State.REPORTED)
    assert snapshot() == before
    assert count > 100


def test_each_kind_of_decision_is_signed_only_by_who_may_and_where_it_can_be_and_a_refusal_changes_nothing() -> None:
    file = reported(paid(a_grant()))
    waiting = propose_later_decision(actor=an_officer(), application=file.name, proposal=a_proposal())
    people, signer = {kind: _who(kind, file) for kind in ROLES}, a_signer()
    for act, key in MOVE.items():
        LaterDecision.objects.filter(pk=waiting.pk).update(act=act)
        before = snapshot()
        for kind, actor in people.items():
            if kind not in WHO[MOVES[key].side]:
                with pytest.raises(NotAllowed):
                    sign_later_decision(actor=actor, decision=waiting.public_id, seen=waiting.content_hash)
        assert snapshot() == before, key
        for state in set(State) - MOVES[key].sources - {State.DRAFT, State.SIGNING}:
            _in_state(file, state)
            with pytest.raises(NotNow):
                sign_later_decision(actor=signer, decision=waiting.public_id, seen=waiting.content_hash)
        _in_state(file, State.REPORTED)
        assert snapshot() == before, key


def test_another_decision_takes_the_place_of_one_only_by_who_signs_and_where_it_can_be() -> None:
    file = heard(reported(paid(a_grant())), views="Nee.")
    first = later(file, "lower-a", amount=Money.euros(6_500), views_answer="Dat verandert niets.")
    people = {kind: _who(kind, file) for kind in ROLES}
    instead = Redress(Money.euros(7_000), "Meer.", "Het klopte niet.", by=an_officer().id)

    def redressed(who: Actor) -> None:
        with transaction.atomic():
            redress_decision(actor=who, decision=first.public_id, redress=instead, letter=first.letter)

    before, key = snapshot(), "revise-later-decision"
    for kind, actor in people.items():
        if kind not in WHO[MOVES[key].side]:
            with pytest.raises(NotAllowed):
                redressed(actor)
    assert snapshot() == before
    for state in set(State) - MOVES[key].sources - {State.DRAFT, State.SIGNING}:
        _in_state(file, state)
        with pytest.raises(NotNow):
            redressed(people["tekenbevoegde"])
    _in_state(file, State.DETERMINED)
    assert snapshot() == before


def test_each_step_of_collecting_a_claim_is_of_who_settles_only() -> None:
    claim = a_claim()
    file, today = GrantFile(claim.application), clock.today()
    steps: list[Callable[[Actor], object]] = [
        lambda who: receive_money(actor=who, claim=claim.public_id, amount=Money(1), on=today, statement="1"),
        lambda who: dun(actor=who, claim=claim.public_id),
        lambda who: give_time(actor=who, claim=claim.public_id, until=today + LATER, agreement="In delen."),
        lambda who: note_writ(actor=who, claim=claim.public_id, reference="DB-1"),
        lambda who: set_off(actor=who, claim=claim.public_id, against=file.grant.number, amount=Money(1)),
        lambda who: draw_sample(actor=who, province="PV99", percent=10, seed="1"),
    ]
    people = [_who(kind, file) for kind in ROLES if kind != "programma"]
    before = snapshot()
    for actor in people:
        for step in steps:
            with pytest.raises(NotAllowed):
                step(actor)
    assert snapshot() == before


def test_entries_about_misuse_are_of_two_roles_only() -> None:
    file = a_grant()
    people = {kind: _who(kind, file) for kind in ROLES}
    before = snapshot()
    for kind, actor in people.items():
        if kind in ("controller", "auditor"):
            assert read_misuse(actor=actor) == []
            continue
        with pytest.raises(NotAllowed):
            read_misuse(actor=actor)
        with pytest.raises(NotAllowed):
            enter_misuse(actor=actor, application=file.name, what="Misbruik.")
    assert snapshot() == before


def test_nobody_settles_their_own_grant() -> None:
    file = reported(paid(a_grant()))
    own = an_officer(8)
    Application.objects.filter(public_id=file.name).update(applicant=own.id)
    before = snapshot()
    with pytest.raises(NotAllowed, match="uzelf"):
        propose_later_decision(actor=own, application=file.name, proposal=a_proposal("undue", pay_to=OURS))
    assert snapshot() == before
