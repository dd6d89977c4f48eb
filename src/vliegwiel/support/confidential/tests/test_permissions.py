"""Who may do what in a confidential case, in which state: everything else is refused and changes nothing."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.support.confidential.actions.answer_access import (
    answer_access_request,
    extend_access_request,
    receive_access_request,
)
from vliegwiel.support.confidential.actions.follow_signal import hand_signal_over, note_party_answer, note_signal
from vliegwiel.support.confidential.actions.judge_retention import destroy_confidential, keep_confidential, propose_end
from vliegwiel.support.confidential.actions.keep_team import add_team_member, end_team_member, forget_members, open_team
from vliegwiel.support.confidential.actions.open_confidential import (
    CaseFacts,
    open_confidential,
    pass_confidential,
    take_confidential,
    write_case,
)
from vliegwiel.support.confidential.actions.publish_counts import publish_counts
from vliegwiel.support.confidential.actions.read_case import read_case
from vliegwiel.support.confidential.actions.take_steps import close_confidential, finish_step, plan_step
from vliegwiel.support.confidential.lifecycle import MOVES, State
from vliegwiel.support.confidential.models import ConfidentialCase
from vliegwiel.support.confidential.tests.given import AFTERWARDS, a_case, a_member, a_signal, a_team, handed_over, someone
from vliegwiel.support.grants.tests.snapshot import snapshot

ROOMS = ("confidential", "people")


def _full_case() -> ConfidentialCase:
    """An open case with something of everything."""
    found = a_case()
    handed_over(found, a_signal(found))
    plan_step(actor=a_member(), case=found.public_id, what="Bellen met de eigenaar", due_on=date(2026, 3, 9))
    receive_access_request(actor=a_member(), case=found.public_id, received_on=date(2026, 3, 2), checked_how="known")
    return found


def _brought(found: ConfidentialCase, state: State) -> ConfidentialCase:
    if state is not State.OPEN:
        close_confidential(actor=a_member(), case=found.public_id, outcome="solved", reason="Het is dicht.")
    if state is State.PROPOSED:
        with clock.at(AFTERWARDS):
            propose_end(actor=a_member(), case=found.public_id)
    found.refresh_from_db()
    return found


def _acts(actor: Actor, found: ConfidentialCase) -> Mapping[str, Callable[[], object]]:
    """The action behind each move, with arguments that are right in themselves."""
    signal = found.signals.get()
    by: dict[str, Any] = {"actor": actor, "case": found.public_id}
    today = clock.today()
    handed, step, asked = signal.handovers.get(), found.steps.get(), found.requests.get()
    return {
        "read-case": lambda: read_case(**by, purpose="review"),
        "write-case": lambda: write_case(**by, wish="Rust in de straat.", summary="Het staat leeg."),
        "note-signal": lambda: note_signal(**by, what="Er brandt licht.", seen_by="colleague", seen_on=today),
        "hand-signal-over": lambda: hand_signal_over(
            **by, signal=signal.public_id, party="building-control", shared=["address"], text="Verzonnen straat 4."
        ),
        "note-party-answer": lambda: note_party_answer(**by, handover=handed.public_id, answer="Zij kwamen kijken."),
        "plan-step": lambda: plan_step(**by, what="Bezoeken", due_on=today + timedelta(days=7)),
        "finish-step": lambda: finish_step(**by, step=step.public_id),
        "take-confidential": lambda: take_confidential(**by),
        "pass-confidential": lambda: pass_confidential(**by, person=a_member(2).id),
        "close-confidential": lambda: close_confidential(**by, outcome="solved", reason="Het is dicht."),
        "receive-access-request": lambda: receive_access_request(**by, received_on=today, checked_how="known"),
        "extend-access-request": lambda: extend_access_request(**by, request=asked.public_id, why="Het dossier is dik."),
        "answer-access-request": lambda: answer_access_request(
            **by, request=asked.public_id, signals=[signal.public_id], withheld="", why=""
        ),
        "propose-end": lambda: propose_end(**by),
        "keep-confidential": lambda: keep_confidential(**by, until=today + timedelta(days=90), why="Het speelt weer."),
        "destroy-confidential": lambda: destroy_confidential(**by),
    }


class _UndoneError(Exception):
    """Rolls a tried act back, so that the next one starts from the same state."""


@pytest.mark.parametrize("state", list(State))
def test_every_move_of_a_member_follows_the_table_in_every_state(state: State) -> None:
    found = _brought(_full_case(), state)
    with clock.at(AFTERWARDS):
        member = a_member(2)
        for key, act in _acts(member, found).items():
            before = snapshot(*ROOMS)
            if state not in MOVES[key].sources:
                with pytest.raises(NotNow):
                    act()
                assert snapshot(*ROOMS) == before, key
            elif key == "destroy-confidential":
                with pytest.raises(NotNow, match="verzoek om inzage"):
                    act()
            elif key == "extend-access-request":
                with pytest.raises(NotNow, match="voor de dag van het antwoord"):
                    act()
            else:
                with suppress(_UndoneError), transaction.atomic():
                    act()
                    assert snapshot(*ROOMS) != before or key == "read-case", key
                    raise _UndoneError
    assert set(_acts(a_member(), found)) == set(MOVES)


def test_every_act_of_everybody_outside_the_team_finds_nothing_and_changes_nothing() -> None:
    found = _full_case()
    a_team(2, name="Team Ernaast", organisation="Stichting Bedenksel")
    outside = [
        someone("teamcoordinator"),
        someone("beheerder"),
        a_member(3),
        a_member(1, "Stichting Bedenksel"),
        Actor("visitor"),
        Actor("person", a_member().id),
        Actor.system("cli"),
    ]
    for actor in outside:
        before = snapshot(*ROOMS)
        for key, act in _acts(actor, found).items():
            with pytest.raises(NotFound):
                act()
            entry = Entry.objects.order_by("-pk")[0]
            assert (entry.action, entry.result, entry.object_kind) == (key, "geweigerd", "confidential-case")
        with pytest.raises(NotFound):
            open_confidential(
                actor=actor, team=found.team.public_id, facts=CaseFacts("empty", "GM9901", "Een zaak", address="Straat 1")
            )
        assert snapshot(*ROOMS) == before


def test_teams_are_kept_by_the_coordinator_of_the_same_organisation_alone() -> None:
    team, new = a_team(), a_member(5)
    for actor in (someone("beheerder"), a_member(), someone("gemeente"), Actor("visitor"), someone("auditor")):
        before = snapshot(*ROOMS)
        with pytest.raises(NotAllowed):
            open_team(actor=actor, province=PROVINCE, name="Nog een")
        with pytest.raises(NotAllowed):
            add_team_member(actor=actor, team=team.public_id, person=new.id)
        with pytest.raises(NotAllowed):
            end_team_member(actor=actor, team=team.public_id, person=a_member(2).id)
        assert snapshot(*ROOMS) == before
    elsewhere = someone("teamcoordinator", 1, "Stichting Bedenksel")
    before = snapshot(*ROOMS)
    with pytest.raises(NotFound):
        add_team_member(actor=elsewhere, team=team.public_id, person=new.id)
    own = someone("teamcoordinator")
    for person, refusal in ((own.id, NotAllowed), (someone("gemeente").id, NotValid), (a_member().id, NotNow)):
        with pytest.raises(refusal):
            add_team_member(actor=own, team=team.public_id, person=person)
    assert snapshot(*ROOMS) == before


def test_nobody_but_the_installation_publishes_counts_and_not_before_their_day() -> None:
    people = (a_member(), someone("teamcoordinator"), someone("beheerder"))
    before = snapshot("confidential")
    for actor in people:
        with pytest.raises(NotAllowed):
            publish_counts(actor=actor, province=PROVINCE, year=2025)
    with pytest.raises(NotNow):
        publish_counts(actor=Actor.system("job"), province=PROVINCE, year=2026)
    assert snapshot("confidential") == before


def test_the_name_of_who_left_a_team_goes_after_its_term_and_that_they_were_there_stays() -> None:
    team, gone = a_team(2), a_member(2)
    end_team_member(actor=someone("teamcoordinator"), team=team.public_id, person=gone.id)
    with clock.at(clock.now() + timedelta(days=700)):
        assert forget_members(actor=SYSTEM) == 0
    with clock.at(clock.now() + timedelta(days=731)):
        assert forget_members(actor=SYSTEM) == 1
    assert [member.name == "" for member in team.members.order_by("pk")] == [False, True]
