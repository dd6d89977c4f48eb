"""Who may do what with a challenge, in which state: everything else is refused, changes nothing, and is kept in the trail."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting
from vliegwiel.foundation.trail.models import Entry, Result
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, Refusal
from vliegwiel.support.challenges.actions.answer_challenge import (
    agree_challenge,
    end_challenge,
    refuse_challenge,
    try_challenge,
)
from vliegwiel.support.challenges.actions.judge_challenge import (
    ask_challengers,
    extend_challenge,
    forward_challenge,
    judge_challenge,
    show_challenge,
)
from vliegwiel.support.challenges.actions.keep_rules import Rules, keep_rules
from vliegwiel.support.challenges.actions.talk_about_it import plan_talk, report_talk, weigh_challenge
from vliegwiel.support.challenges.actions.write_challenge import (
    add_to_challenge,
    discard_challenge,
    send_challenge,
    start_challenge,
    withdraw_challenge,
    write_challenge,
)
from vliegwiel.support.challenges.lifecycle import MOVES, NAMES, Side, State
from vliegwiel.support.challenges.models import Challenge, ChallengeRules
from vliegwiel.support.challenges.queries import to_answer
from vliegwiel.support.challenges.standing import find, may_answer, may_move
from vliegwiel.support.challenges.tests.given import (
    BACK,
    OTHER_TOWN,
    REASONS,
    TOWN,
    a_challenge,
    a_challenger,
    all_met,
    an_officer,
    an_upload,
    the_rules,
    told,
)
from vliegwiel.support.desk.tests.given import an_adviser
from vliegwiel.support.grants.tests.snapshot import snapshot

pytestmark = pytest.mark.django_db
VISITOR = Actor("visitor")


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        yield


def _act(key: str, actor: Actor, found: Challenge) -> Callable[[], object]:
    """The action behind a move, with arguments that are right in themselves."""
    by: dict[str, Any] = {"actor": actor, "challenge": found.public_id}
    talk = found.talks.values_list("public_id", flat=True).first() or "x"
    return {
        "write-challenge": lambda: write_challenge(**by, told=told(title="Anders")),
        "discard-challenge": lambda: discard_challenge(**by),
        "send-challenge": lambda: send_challenge(**by),
        "add-to-challenge": lambda: add_to_challenge(**by, text="Twaalf"),
        "withdraw-challenge": lambda: withdraw_challenge(**by),
        "show-challenge": lambda: show_challenge(**by, shown=True),
        "forward-challenge": lambda: forward_challenge(**by, organisation=an_officer(OTHER_TOWN).organisation, why="Niet hier"),
        "ask-challengers": lambda: ask_challengers(**by, text="Hoeveel?"),
        "extend-challenge": lambda: extend_challenge(**by, until=date(2026, 5, 4), why="Raad"),
        "judge-challenge": lambda: judge_challenge(**by, judged=all_met(found)),
        "plan-talk": lambda: plan_talk(**by, kind="gesprek", on=clock.today(), about="Het plan"),
        "report-talk": lambda: report_talk(**by, talk=talk, outcome="Goed."),
        "weigh-challenge": lambda: weigh_challenge(**by, what="gelijk", text="Iedereen kan."),
        "try-challenge": lambda: try_challenge(**by, until=clock.today() + timedelta(days=100), reasons=REASONS, way_back=BACK),
        "agree-challenge": lambda: agree_challenge(
            **by, agreed_on=clock.today(), upload=an_upload(), reasons=REASONS, way_back=BACK
        ),
        "refuse-challenge": lambda: refuse_challenge(**by, reasons="Nee, want."),
        "end-challenge": lambda: end_challenge(**by, why="Gestopt."),
    }[key]


def _people() -> dict[str, Actor]:
    return {
        "challenger": a_challenger(),
        "authority": an_officer(TOWN),
        "colleague": an_officer(TOWN, 2),
        "other authority": an_officer(OTHER_TOWN),
        "province": acting(a_role("programma", email="programma@voorbeeld.invalid")),
        "adviser": an_adviser(),
        "stranger": a_challenger("vreemd@voorbeeld.invalid"),
        "visitor": VISITOR,
    }


@pytest.mark.parametrize("state", list(State))
def test_the_whole_matrix_of_moves_people_and_states_holds_and_a_refusal_changes_nothing(state: State) -> None:
    the_rules()
    found, people, made = a_challenge(state), _people(), 0
    before = snapshot("challenges")
    for key, move in MOVES.items():
        answers = set() if state is State.DRAFT else {"authority", "colleague"}
        allowed = {"challenger"} if move.side is Side.CHALLENGER else answers
        for name, actor in people.items():
            assert bool(may_move(actor, key, found)) == (name in allowed), (key, name)
            if name in allowed and state in move.sources:
                with transaction.atomic():
                    _act(key, actor, found)()
                    if key != "discard-challenge":
                        expected = {"add-to-challenge": State.SENT, "judge-challenge": State.ADMITTED}.get(key, move.target)
                        assert find(found.public_id).stands is (expected or state), key
                    made += 1
                    transaction.set_rollback(True)
                continue
            with pytest.raises(Refusal) as refusal:
                _act(key, actor, found)()
            assert isinstance(refusal.value, NotNow if name in allowed else NotAllowed), (key, name, refusal.value)
    assert snapshot("challenges") == before
    assert made
    assert Entry.objects.filter(result=Result.REFUSED, object_id=found.public_id).count() > 100


def test_the_list_at_work_holds_exactly_what_the_authority_answers() -> None:
    sent, draft = a_challenge(), a_challenge(State.DRAFT)
    for name, actor in _people().items():
        assert (sent in to_answer(actor, PROVINCE)) == bool(may_answer(actor, sent)) == (name in ("authority", "colleague")), name
        assert draft not in to_answer(actor, PROVINCE)


def test_only_who_has_an_account_challenges_and_only_an_authority_keeps_rules_of_its_own() -> None:
    words = told()
    for actor in (VISITOR, Actor("person", "")):
        with pytest.raises(NotAllowed):
            start_challenge(actor=actor, province=PROVINCE, told=words)
    rules = Rules("Verordening", "artikel 1", date(2026, 1, 1), 8, grounds=("taak",))
    for actor in (VISITOR, a_challenger(), an_adviser()):
        with pytest.raises(NotAllowed):
            keep_rules(actor=actor, province=PROVINCE, rules=rules)
    assert not Challenge.objects.exists()
    assert not ChallengeRules.objects.exists()
    assert keep_rules(actor=an_officer(), province=PROVINCE, rules=rules).organisation == an_officer().organisation


def test_every_state_has_a_name_and_every_move_a_reason() -> None:
    assert set(NAMES) == set(State)
    assert all(move.why.endswith(".") for move in MOVES.values())
    assert {move.target for move in MOVES.values() if move.target} | {State.DRAFT, State.ADMITTED, State.INADMISSIBLE} == set(
        State
    )
