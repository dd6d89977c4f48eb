"""Verb × role × state: who may do what when, and a refusal changes nothing at all."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from vliegwiel.foundation.people.actions.declare_conflict import declare_conflict
from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.advise_application import advise_application, ask_advice, record_advice
from vliegwiel.support.grants.actions.ask_completion import ask_completion
from vliegwiel.support.grants.actions.assess_state_aid import assess_state_aid
from vliegwiel.support.grants.actions.assign_application import assign_application, declare_free
from vliegwiel.support.grants.actions.confirm_complete import ask_municipality, choose_ceiling, confirm_complete
from vliegwiel.support.grants.actions.exchange_messages import answer_message
from vliegwiel.support.grants.actions.extend_term import extend_term
from vliegwiel.support.grants.actions.hear_views import ask_views, give_views, record_views, skip_views
from vliegwiel.support.grants.actions.propose_decision import propose_decision, return_decision
from vliegwiel.support.grants.actions.score_application import Points, score_application, start_assessment
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.actions.supply_completion import record_completion
from vliegwiel.support.grants.actions.wait_in_line import leave_line, rejoin_line
from vliegwiel.support.grants.lifecycle import MOVES, Side, State
from vliegwiel.support.grants.models import Application, Decision
from vliegwiel.support.grants.standing import find, may_move, reference
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import (
    FULL,
    a_call,
    a_complete_application,
    a_decidable_application,
    a_proposal,
    a_received_application,
    a_signer,
    an_application_in_assessment,
    an_assessor,
    an_officer,
    decided,
    proposed,
    scored,
)
from vliegwiel.support.grants.tests.snapshot import snapshot
from vliegwiel.support.state_aid.tests.given import LOCAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_reached")]
ROLES = (
    "visitor", "inwoner", "adviseur", "gemeente", "programma", "onderzoeker", "adviescommissie", "fonds", "tekenbevoegde",
    "bezwaarcommissie", "controller", "auditor", "beheerder",
)  # fmt: skip
OFFICERS, ASSESSORS, SIGNERS = {"programma"}, {"programma", "adviescommissie"}, {"programma", "tekenbevoegde"}
#: Who may ever make a move, written out, apart from the table in the code.
ALLOWED = {
    **dict.fromkeys(
        (
            "ask-completion", "confirm-complete", "choose-ceiling", "ask-municipality", "extend-term", "assign-application",
            "start-assessment", "advise-application", "ask-advice", "record-advice", "assess-aid", "ask-views", "record-views",
            "skip-views", "propose-decision", "leave-untreated", "answer-message", "come-back-on-refusal", "enter-document",
            "record-completion", "leave-line", "rejoin-line",
        ),
        OFFICERS,
    ),
    **dict.fromkeys(("declare-free", "score-application"), ASSESSORS),
    **dict.fromkeys(("return-decision", "take-grant", "take-refusal", "take-not-treated", "take-determination"), SIGNERS),
    **dict.fromkeys(("take-come-back", "return-come-back"), SIGNERS),
}  # fmt: skip
OPEN = {"submitted", "incomplete", "complete", "in_assessment", "advised"}
PROPOSED = {"proposed"}
DECIDABLE = {"complete", "in_assessment", "advised"}
#: In which states, written out too.
WHEN = {
    "ask-completion": {"submitted", "complete"},
    "confirm-complete": {"submitted", "incomplete"},
    **{key: {"incomplete"} for key in ("enter-document", "record-completion")},
    **dict.fromkeys(("choose-ceiling", "ask-municipality", "ask-advice", "record-advice", "declare-free"), OPEN),
    "assess-aid": OPEN | {"refused", "not_treated"},  # an objection may still end in money
    **dict.fromkeys(("extend-term", "assign-application"), OPEN | {"proposed"}),
    "start-assessment": {"complete"},
    "advise-application": {"complete", "in_assessment"},
    "score-application": {"in_assessment"},
    **dict.fromkeys(("ask-views", "record-views", "skip-views", "propose-decision", "give-views"), DECIDABLE),
    "leave-untreated": {"incomplete"},
    "answer-message": OPEN | {"proposed", "granted", "refused", "not_treated", "reported", "determined"},
    **dict.fromkeys(("return-decision", "take-grant", "take-refusal", "take-not-treated", "take-determination"), PROPOSED),
    **{key: {"refused"} for key in ("come-back-on-refusal", "take-come-back", "leave-line", "rejoin-line")},
    "return-come-back": {"refused", "granted", "reported", "determined"},  # an objection may have been faster
}
Act = Callable[[Actor, Application], object]


def _signing(actor: Actor, found: Application) -> object:
    waiting = Decision.objects.filter(application=found).order_by("-pk").first()
    assert waiting is not None
    return sign_decision(actor=actor, decision=waiting.public_id, seen=waiting.content_hash)


def _returning(actor: Actor, found: Application) -> object:
    waiting = Decision.objects.filter(application=found).order_by("-pk").first()
    assert waiting is not None
    return return_decision(actor=actor, decision=waiting.public_id, why="Zo niet.")


def _scoring(actor: Actor, found: Application) -> object:
    points = {key: Points(70, "Goed.") for key in ("ontmoeten", "blijvend", "draagvlak")}
    return score_application(actor=actor, application=found.public_id, scores=points, outcome="grant", motivation="Goed plan.")


ACTS: dict[str, Act] = {
    "ask-completion": lambda actor, found: ask_completion(actor=actor, application=found.public_id, items=["signature"]),
    "confirm-complete": lambda actor, found: confirm_complete(actor=actor, application=found.public_id),
    "record-completion": lambda actor, found: record_completion(
        actor=actor, application=found.public_id, received_on=clock.today(), text="Hier is het."
    ),
    "choose-ceiling": lambda actor, found: choose_ceiling(actor=actor, application=found.public_id, ceiling=found.ceiling),
    "ask-municipality": lambda actor, found: ask_municipality(actor=actor, application=found.public_id),
    "extend-term": lambda actor, found: extend_term(
        actor=actor, application=found.public_id, until=clock.today() + timedelta(days=200), reason="Het is druk."
    ),
    "assign-application": lambda actor, found: assign_application(
        actor=actor, application=found.public_id, task="handler", person=an_officer().id
    ),
    "start-assessment": lambda actor, found: start_assessment(actor=actor, application=found.public_id),
    "advise-application": lambda actor, found: advise_application(
        actor=actor, application=found.public_id, outcome="grant", amount=Money(1), motivation="Goed."
    ),
    "ask-advice": lambda actor, found: ask_advice(
        actor=actor, application=found.public_id, adviser="Bouwkundige", question="Kan het?", due_on=clock.today() + timedelta(9)
    ),
    "record-advice": lambda actor, found: record_advice(
        actor=actor, application=found.public_id, request="x", outcome="grant", amount=Money(1), motivation="Goed."
    ),
    "assess-aid": lambda actor, found: assess_state_aid(
        actor=actor, application=found.public_id, answers=LOCAL, route="no_aid", why="Plaatselijk."
    ),
    "declare-free": lambda actor, found: declare_free(actor=actor, application=found.public_id),
    "score-application": _scoring,
    "ask-views": lambda actor, found: ask_views(
        actor=actor, application=found.public_id, intention="Wij wijzen af.", reason="Het past niet.", until=clock.today() + timedelta(14)
    ),
    "give-views": lambda actor, found: give_views(actor=actor, application=found.public_id, views="Het past wel."),
    "record-views": lambda actor, found: record_views(actor=actor, application=found.public_id, views="Wel.", form="spoken"),
    "skip-views": lambda actor, found: skip_views(actor=actor, application=found.public_id, ground="4:11a", why="Haast."),
    "propose-decision": lambda actor, found: propose_decision(
        actor=actor, application=found.public_id, proposal=a_proposal(found)
    ),
    "leave-untreated": lambda actor, found: propose_decision(
        actor=actor, application=found.public_id, proposal=a_proposal(found, kind="not_treated", awarded=Money(0))
    ),
    "answer-message": lambda actor, found: answer_message(actor=actor, application=found.public_id, text="Volgende week."),
    "return-decision": _returning,
    "take-grant": _signing,
    "leave-line": lambda actor, found: leave_line(actor=actor, application=found.public_id, on=clock.today()),
    "rejoin-line": lambda actor, found: rejoin_line(actor=actor, application=found.public_id),
}  # fmt: skip


def who(kind: str) -> Actor:
    if kind == "visitor":
        return Actor("visitor")
    if kind == "inwoner":
        return a_resident("ander@voorbeeld.invalid")
    if kind == "programma":
        return an_officer(7)
    return a_signer(7) if kind == "tekenbevoegde" else acting(a_role(kind, email=f"{kind}@voorbeeld.invalid"))


def in_any_state(found: Application, state: str) -> Application:
    """The same file as if it stood there: only to ask whether a state refuses, which no action lets us reach for all of them."""
    Application.objects.filter(pk=found.pk).update(state=state)
    return find(found.public_id)


@pytest.fixture(scope="module")
def reached(reached_once: object) -> dict[str, str]:
    """The public ids of applications that were received, that wait for a signature, and that wait for one under a scheme with scores."""
    received, small, full = (
        a_received_application(),
        proposed(a_decidable_application(person=a_resident("tweede@voorbeeld.invalid"))).application,
        proposed(a_decidable_application(a_call(FULL), person=a_resident("derde@voorbeeld.invalid"))).application,
    )
    return {"received": received.public_id, "proposed": small.public_id, "scored": full.public_id}


def test_every_move_of_the_officers_side_is_in_the_matrix() -> None:
    ours = {key for key, move in MOVES.items() if move.side is not Side.APPLICANT}
    later = {"settle-grant", "recover-money", "enter-application", "register-application"}
    later |= {"register-objection", "register-notice", "revise-decision"}  # of the room of objections
    later |= {"withdraw-grant", "revise-determination", "decide-change", "return-later-decision"}  # in the room of settlements
    later |= {"revise-later-decision", "determine-interest"}
    later |= {key for key, move in MOVES.items() if move.side is Side.SETTLER}
    assert ours - later == set(ALLOWED)
    assert {key: {state.value for state in MOVES[key].sources} for key in WHEN} == WHEN


@pytest.mark.parametrize("kind", ROLES)
def test_a_role_may_make_exactly_its_moves(kind: str, reached: dict[str, str]) -> None:
    found, actor = find(reached["received"]), who(kind)
    may = {key for key in ALLOWED if may_move(actor, key, found)}
    assert may == {key for key, kinds in ALLOWED.items() if kind in kinds}


@pytest.mark.parametrize("kind", [kind for kind in ROLES if kind != "programma"])
def test_who_may_not_changes_nothing_and_is_remembered(kind: str, reached: dict[str, str]) -> None:
    found = find(reached["proposed"])
    actor = who(kind)
    keys = [key for key in ACTS if key in ALLOWED and kind not in ALLOWED[key]]
    before, refused = snapshot(), Entry.objects.filter(result="geweigerd").count()
    for key in keys:
        with pytest.raises(NotAllowed):
            ACTS[key](actor, found)
    assert snapshot() == before
    assert Entry.objects.filter(result="geweigerd").count() == refused + len(keys)


@pytest.mark.parametrize("key", [key for key in ACTS if key in WHEN])
def test_a_state_in_which_it_cannot_be_done_refuses_and_nothing_changes(key: str, reached: dict[str, str]) -> None:
    found = find(reached["scored"])
    actor = Actor("person", found.applicant) if key == "give-views" else {"take-grant": a_signer()}.get(key, an_officer())
    if key in ("declare-free", "score-application"):
        actor = an_assessor()
    for state in State:
        if state.value in WHEN[key] or state in (State.DRAFT, State.SIGNING):
            continue
        found = in_any_state(found, state.value)
        before = snapshot()
        with pytest.raises(NotNow):
            ACTS[key](actor, found)
        assert snapshot() == before, state


@pytest.mark.parametrize("key", [key for key in ACTS if key in ALLOWED])
def test_nobody_works_on_a_file_of_their_own_or_one_they_have_an_interest_in(key: str, reached: dict[str, str]) -> None:
    found = find(reached["proposed"])
    officer = an_officer(5)
    found = in_any_state(found, next(iter(WHEN[key])))
    declare_conflict(actor=officer, about=reference(found), kind="familie")
    own = an_officer(6)
    before = snapshot()
    with pytest.raises(NotAllowed, match="belang"):
        ACTS[key](officer, found)
    assert snapshot() == before
    Application.objects.filter(pk=found.pk).update(applicant=own.id)
    before = snapshot()
    with pytest.raises(NotAllowed, match="uzelf"):
        ACTS[key](own, find(found.public_id))
    assert snapshot() == before


def test_an_officer_of_another_province_may_nothing(reached: dict[str, str]) -> None:
    found = find(reached["received"])
    elsewhere = acting(a_role("programma", province="PV98", email="elders@voorbeeld.invalid"))
    assert not any(may_move(elsewhere, key, found) for key in ALLOWED)


def test_two_at_once_are_told_apart(reached: dict[str, str]) -> None:
    """Both read the same file; the second is refused and what the first did stands."""
    found = find(reached["received"])
    officer = an_officer()
    confirm_complete(actor=officer, application=found.public_id, revision=found.revision)
    before = snapshot()
    with pytest.raises(NotNow, match="intussen"):
        ask_completion(actor=officer, application=found.public_id, items=["signature"], revision=found.revision)
    assert snapshot() == before


def test_a_decision_is_taken_once() -> None:
    waiting = proposed(a_decidable_application())
    signer = a_signer()
    sign_decision(actor=signer, decision=waiting.public_id, seen=waiting.content_hash)
    before = snapshot()
    with pytest.raises(NotNow):
        sign_decision(actor=signer, decision=waiting.public_id, seen=waiting.content_hash)
    assert snapshot() == before


def test_what_is_decided_cannot_be_decided_again() -> None:
    found = decided(a_decidable_application()).application
    with pytest.raises(NotNow):
        propose_decision(actor=an_officer(), application=found.public_id, proposal=a_proposal(found))


def test_an_assessor_who_is_not_assigned_scores_nothing() -> None:
    found, stranger = an_application_in_assessment(), an_assessor(9)
    before = snapshot()
    with pytest.raises(NotAllowed, match="toegewezen"):
        _scoring(stranger, found)
    assert snapshot() == before
    scored(found, 70, 70, 70)
    assert a_complete_application().stands is State.COMPLETE
