"""Who may do what to an application, in which state: every verb × role × state, and each refusal changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from vliegwiel.foundation.papers.tests.given import an_upload
from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow
from vliegwiel.support.grants.actions.ask_completion import ask_completion
from vliegwiel.support.grants.actions.attach_document import attach_document
from vliegwiel.support.grants.actions.confirm_complete import confirm_complete
from vliegwiel.support.grants.actions.discard_application import discard_application
from vliegwiel.support.grants.actions.exchange_messages import send_message
from vliegwiel.support.grants.actions.fill_in_application import fill_in_budget
from vliegwiel.support.grants.actions.hear_views import give_views
from vliegwiel.support.grants.actions.invite_participant import accept_invitation, invite_participant, leave_application
from vliegwiel.support.grants.actions.sign_application import reopen_application, sign_application
from vliegwiel.support.grants.actions.sign_decision import sign_decision
from vliegwiel.support.grants.actions.start_application import enter_application
from vliegwiel.support.grants.actions.submit_application import register_application, submit_application
from vliegwiel.support.grants.actions.supply_completion import supply_completion
from vliegwiel.support.grants.actions.withdraw_application import withdraw_application
from vliegwiel.support.grants.content import budget_part, hash_of, version_of
from vliegwiel.support.grants.drafts import Draft
from vliegwiel.support.grants.lifecycle import MOVES, Side, State
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.standing import find, may_move, may_read
from vliegwiel.support.grants.tests import officers as at_work
from vliegwiel.support.grants.tests.given import a_filled_draft, a_participant, a_resident, signed
from vliegwiel.support.schemes.tests.given import an_officer, an_open_call

pytestmark = pytest.mark.django_db

OWN = {"applicant", "co-applicant"}
#: The applicant's moves and who makes them; `enter` and `register` are the officer's, for what came on paper.
WHO_MAY: dict[str, set[str]] = {
    "fill-in-application": OWN,
    "attach-document": OWN,
    "invite-participant": {"applicant"},
    "accept-invitation": {"invited"},
    "leave-application": {"co-applicant"},
    "sign-application": OWN,
    "reopen-application": OWN,
    "submit-application": OWN,
    "discard-application": {"applicant"},
    "supply-completion": OWN,
    "give-views": OWN,
    "withdraw-application": {"applicant"},
    "send-message": OWN,
    "enter-application": {"officer"},
    "register-application": {"officer"},
}
#: Moves of the applicant's side that belong to what comes after the decision.
LATER = {
    "write-report",
    "report-progress",
    "report-on-grant",
    "prove-duty",
    "ask-change",
    "change-account",
    "answer-intention",
    "lodge-objection",
    "give-notice",
}


def _act(key: str, actor: Actor, name: str) -> Callable[[], Any]:
    """The action behind a move, with arguments that are right in themselves."""
    found = find(name)
    return {
        "fill-in-application": lambda: fill_in_budget(
            actor=actor, application=name, version=version_of(budget_part(found)), rows=[]
        ),
        "attach-document": lambda: attach_document(actor=actor, application=name, key="begroting", upload=an_upload()),
        "invite-participant": lambda: invite_participant(
            actor=actor, application=name, email="nieuw@voorbeeld.invalid", role="co_applicant"
        ),
        "accept-invitation": lambda: accept_invitation(actor=actor, application=name, name="G. Enodigd"),
        "leave-application": lambda: leave_application(actor=actor, application=name),
        "sign-application": lambda: sign_application(actor=actor, application=name, name="V. Zonnen", seen=hash_of(found)),
        "reopen-application": lambda: reopen_application(actor=actor, application=name),
        "submit-application": lambda: submit_application(actor=actor, application=name),
        "discard-application": lambda: discard_application(actor=actor, application=name),
        "supply-completion": lambda: supply_completion(actor=actor, application=name, text="Hier is het."),
        "give-views": lambda: give_views(actor=actor, application=name, views="Wij zien dat anders."),
        "send-message": lambda: send_message(actor=actor, application=name, text="Wanneer hoor ik iets?"),
        "withdraw-application": lambda: withdraw_application(actor=actor, application=name),
        "enter-application": lambda: attach_document(actor=actor, application=name, key="scan", upload=an_upload()),
        "register-application": lambda: register_application(
            actor=actor, application=name, received=clock.now() - timedelta(hours=1), name="V. Zonnen"
        ),
    }[key]


def everything_kept() -> dict[str, list[dict[str, Any]]]:
    """Every row of the rooms that an act on an application touches, but for the trail."""
    rooms = ("grants", "papers", "notices", "people", "consents", "schemes", "budgets", "state_aid", "register")
    models = [model for room in rooms for model in apps.get_app_config(room).get_models()]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


def _people(found: Application, along: Actor) -> dict[str, Actor]:
    invited = a_resident("uitgenodigd@voorbeeld.invalid")
    return {
        "applicant": Actor("person", found.applicant),
        "co-applicant": along,
        "invited": invited,
        "stranger": a_resident("vreemde@voorbeeld.invalid"),
        "visitor": Actor("visitor"),
        "officer": an_officer(),
        "officer elsewhere": acting(a_role("programma", province="PV98", email="elders@voorbeeld.invalid")),
        **{
            kind: acting(a_role(kind))
            for kind in ("adviseur", "gemeente", "adviescommissie", "tekenbevoegde", "beheerder", "fonds")
        },
    }


DOCUMENT = {"documents": [{"key": "begroting", "name": "Begroting", "required": False}]}


def _in_state(state: State) -> tuple[Application, dict[str, Actor]]:
    """An application in this state with everyone who could want something of it."""
    call = an_open_call(**DOCUMENT)
    draft = a_filled_draft(call)
    _participant, along = a_participant(draft)
    people = _people(draft, along)
    if state is State.DRAFT:
        address = "uitgenodigd@voorbeeld.invalid"
        invite_participant(actor=people["applicant"], application=draft.public_id, email=address, role="co_applicant")
        return find(draft.public_id), people
    signed(draft, people["applicant"])
    if state is State.SIGNING:
        return find(draft.public_id), people
    signed(draft, along, "B. Denkbeeldig")
    submit_application(actor=along, application=draft.public_id)
    _bring_to(state, draft.public_id, people["applicant"])
    return find(draft.public_id), people


def _bring_to(state: State, name: str, applicant: Actor) -> None:
    """From received to a later state, by who works on it."""
    officer = at_work.an_officer()
    if state is State.SUBMITTED:
        return
    if state is State.WITHDRAWN:
        withdraw_application(actor=applicant, application=name)
        return
    if state is State.INCOMPLETE:
        ask_completion(actor=officer, application=name, items=["document:begroting"])
        return
    confirm_complete(actor=officer, application=name)
    if state is State.COMPLETE:
        return
    at_work.assessed(find(name))
    if state is State.IN_ASSESSMENT:
        return
    for number in (1, 2):
        at_work.scored(find(name), 80, 80, 80, by=at_work.an_assessor(number))
    at_work.no_state_aid(find(name))
    waiting = at_work.proposed(find(name))
    if state is State.GRANTED:
        sign_decision(actor=at_work.a_signer(), decision=waiting.public_id, seen=waiting.content_hash)


def test_the_matrix_names_every_move_that_is_made_before_the_decision() -> None:
    applicants = {key for key, move in MOVES.items() if move.side is Side.APPLICANT}
    assert applicants - LATER == {key for key in WHO_MAY if MOVES[key].side is Side.APPLICANT}


STATES = [State.DRAFT, State.SIGNING, State.SUBMITTED, State.INCOMPLETE, State.COMPLETE, State.IN_ASSESSMENT, State.PROPOSED,
          State.GRANTED, State.WITHDRAWN]  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_each_verb_by_each_role_in_each_state(state: State) -> None:
    found, people = _in_state(state)
    name = found.public_id
    assert find(name).stands is state
    before, refused, done = everything_kept(), 0, 0
    assert not [who for who, actor in people.items() if may_move(actor, "enter-application", found)]
    for key, may in WHO_MAY.items():
        for who, actor in people.items():
            if key == "enter-application":  # typing in chooses this move by the channel: the applicant's own is the other
                continue
            if (
                key == "attach-document" and state is State.INCOMPLETE and who == "officer"
            ):  # what came by post, by a move of the officer
                continue
            allowed = who in may and state in MOVES[key].sources and key != "register-application"
            entries = Entry.objects.count()
            if allowed:
                done += 1
                with transaction.atomic():
                    _expect_no_refusal_of_the_person(_act(key, actor, name))
                    transaction.set_rollback(True)
                continue
            refused += 1
            with pytest.raises((NotAllowed, NotNow)):
                _act(key, actor, name)()
            assert Entry.objects.count() == entries + 1, f"{who} was refused {key} in {state}, and the trail does not know"
            assert Entry.objects.latest("pk").result == "geweigerd"
    assert everything_kept() == before
    assert refused > 100
    assert done == sum(len(who & OWN | who & {"invited"}) for key, who in WHO_MAY.items() if state in MOVES[key].sources)


def _expect_no_refusal_of_the_person(act: Callable[[], Any]) -> None:
    """What else may lack (a signature, a name) is not about who or when."""
    try:
        act()
    except NotAllowed as refusal:
        assert refusal.code == "own-signature"
    except NotNow as refusal:
        assert refusal.code == "nothing-asked", refusal.message
    except Exception as refusal:
        assert getattr(refusal, "code", "") in ("not-signed", "not-ready")


def test_what_an_officer_types_in_is_for_officers_of_that_province_only() -> None:
    call, officer = an_open_call(**DOCUMENT), an_officer()
    entered = enter_application(actor=officer, call=call.id, channel="paper")
    people = _people(entered, a_resident("buur@voorbeeld.invalid"))
    before = everything_kept()
    for key in WHO_MAY:
        for who, actor in people.items():
            if who == "officer" and key in (
                "enter-application",
                "register-application",
                "fill-in-application",
                "discard-application",
            ):
                continue
            if who == "officer" and key == "attach-document":
                continue
            with pytest.raises((NotAllowed, NotNow)):
                _act(key, actor, entered.public_id)()
    assert everything_kept() == before
    assert _act("enter-application", people["officer"], entered.public_id)().kind == "scan"


def test_a_draft_is_read_by_the_applicants_side_only_and_after_sending_by_who_works_on_it() -> None:
    found, people = _in_state(State.SIGNING)
    assert {who for who, actor in people.items() if may_read(actor, found)} == OWN
    sent = submit_application(actor=people["applicant"], application=signed(found, people["co-applicant"], "B.").public_id)
    assert {who for who, actor in people.items() if may_read(actor, sent)} == OWN | {"officer", "tekenbevoegde"}


def test_an_officer_who_applies_along_does_not_read_it_as_officer_nor_work_on_it() -> None:
    officer = an_officer("ook-bewoner@voorbeeld.invalid")
    draft = a_filled_draft()
    invite_participant(
        actor=Actor("person", draft.applicant),
        application=draft.public_id,
        email="ook-bewoner@voorbeeld.invalid",
        role="co_applicant",
    )
    accept_invitation(actor=officer, application=draft.public_id, name="O. Ook")
    for key in ("ask-completion", "confirm-complete", "propose-decision"):
        assert may_move(officer, key, find(draft.public_id)).reasons[0].code == "own-file"
    assert Draft(find(draft.public_id)).signers == [draft.applicant, officer.id]
