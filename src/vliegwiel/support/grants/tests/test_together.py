"""Applying together: invited by e-mail, in with one's own account, out again, and each signs for themselves."""

from typing import Any

import pytest

from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.people.models import OutgoingMail
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.actions.fill_in_application import fill_in_budget
from vliegwiel.support.grants.actions.invite_participant import (
    accept_invitation,
    decline_invitation,
    invite_participant,
    leave_application,
    remove_participant,
)
from vliegwiel.support.grants.actions.sign_application import reopen_application, sign_application
from vliegwiel.support.grants.actions.submit_application import submit_application
from vliegwiel.support.grants.content import budget_part, hash_of, version_of
from vliegwiel.support.grants.drafts import Draft, applications_for, invitations_for
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.made_up import a_budget
from vliegwiel.support.grants.models import Application, Participant, Signature
from vliegwiel.support.grants.readiness import lacking
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.given import a_draft, a_filled_draft, a_participant, a_resident, signed

pytestmark = pytest.mark.django_db
BUUR = "buur@voorbeeld.invalid"


def the_owner(draft: Application) -> Actor:
    return Actor("person", draft.applicant)


def invite(draft: Application, email: str = BUUR, role: str = "co_applicant") -> Participant:
    return invite_participant(actor=the_owner(draft), application=draft.public_id, email=email, role=role)


def test_who_is_invited_gets_one_message_and_until_then_only_the_address_is_kept() -> None:
    draft = a_draft()
    invited = invite(draft)
    mail = OutgoingMail.objects.get(recipient=BUUR)
    assert (mail.recipient, f"/mijn/aanvragen/{draft.public_id}/uitnodiging" in mail.body) == (BUUR, True)
    assert (invited.person, invited.name) == ("", "")
    assert list(invitations_for(BUUR)) == [invited]


def test_who_accepts_takes_part_under_a_name_and_the_address_is_not_kept_any_longer() -> None:
    draft = a_draft()
    participant, along = a_participant(draft)
    participant.refresh_from_db()
    assert (participant.email, participant.person, participant.name) == ("", along.id, "B. Denkbeeldig")
    assert list(applications_for(along)) == [find(draft.public_id)]
    assert Notice.objects.filter(person__public_id=draft.applicant, moment=f"joined-{participant.public_id}").count() == 1


def test_an_invitation_is_for_the_account_at_that_address_only() -> None:
    draft = a_draft()
    invite(draft)
    for actor in (a_resident("ander@voorbeeld.invalid"), the_owner(draft), Actor("visitor")):
        with pytest.raises(NotAllowed):
            accept_invitation(actor=actor, application=draft.public_id, name="I. Emand")
    assert Participant.objects.get().person == ""


@pytest.mark.parametrize(
    ("email", "role"),
    [
        ("geen adres", "co_applicant"),
        ("bewoner@voorbeeld.invalid", "co_applicant"),
        (BUUR, "co_applicant"),
        (BUUR.upper(), "cashier"),
        ("ja@voorbeeld.invalid", "baas"),
    ],
)
def test_an_address_that_is_none_or_ones_own_or_there_already_is_refused(email: str, role: str) -> None:
    draft = a_draft()
    invite(draft)
    with pytest.raises(NotValid):
        invite(draft, email, role)
    assert Participant.objects.count() == 1
    assert OutgoingMail.objects.filter(subject__startswith="Vraagt u mee").count() == 1


def test_an_open_invitation_stops_the_signature_until_it_is_answered_or_taken_back() -> None:
    draft = a_filled_draft()
    invited = invite(draft)
    assert BUUR in lacking(Draft(find(draft.public_id)))[0].text
    with pytest.raises(NotValid):
        signed(draft, the_owner(draft))
    remove_participant(actor=the_owner(draft), application=draft.public_id, participant=invited.public_id)
    assert lacking(Draft(find(draft.public_id))) == []
    assert not Participant.objects.exists()


def test_who_says_no_leaves_no_address_behind_and_the_applicant_hears_it() -> None:
    draft = a_draft()
    invited = invite(draft)
    decline_invitation(actor=a_resident(BUUR), application=draft.public_id)
    assert not Participant.objects.exists()
    assert Notice.objects.filter(moment=f"declined-{invited.public_id}").count() == 1


def test_a_group_names_who_keeps_the_money_and_that_person_signs_too() -> None:
    draft = a_filled_draft(kind="group")
    assert "penvoerder" in lacking(Draft(draft))[0].text
    _participant, along = a_participant(draft, role="cashier")
    assert lacking(Draft(find(draft.public_id))) == []
    assert Draft(find(draft.public_id)).signers == [draft.applicant, along.id]


def test_everybody_signs_and_nobody_signs_for_another() -> None:
    draft = a_filled_draft()
    _participant, along = a_participant(draft)
    signed(draft, the_owner(draft))
    assert find(draft.public_id).stands is State.SIGNING
    with pytest.raises(NotAllowed) as refused:
        signed(draft, the_owner(draft), "B. Denkbeeldig")
    assert refused.value.code == "own-signature"
    with pytest.raises(NotValid) as lacks:
        submit_application(actor=the_owner(draft), application=draft.public_id)
    assert lacks.value.code == "not-signed"
    assert Signature.objects.count() == 1
    signed(draft, along, "B. Denkbeeldig")
    assert submit_application(actor=along, application=draft.public_id).stands is State.SUBMITTED


def test_who_must_still_sign_hears_so_once() -> None:
    draft = a_filled_draft()
    _participant, along = a_participant(draft)
    signed(draft, the_owner(draft))
    asked = Notice.objects.filter(person__public_id=along.id, moment__startswith="sign-")
    assert asked.count() == 1
    reopen_application(actor=along, application=draft.public_id)
    with pytest.raises(NotAllowed):
        signed(draft, the_owner(draft))
    signed(draft, along, "B. Denkbeeldig")
    assert asked.count() == 1


def test_a_signature_counts_only_for_what_was_seen() -> None:
    draft = a_filled_draft()
    seen = hash_of(draft)
    rows = a_budget(draft, Money.euros(12_000))
    fill_in_budget(actor=the_owner(draft), application=draft.public_id, version=version_of(budget_part(draft)), rows=rows)
    with pytest.raises(NotNow) as refused:
        sign_application(actor=the_owner(draft), application=draft.public_id, name="V. Zonnen", seen=seen)
    assert refused.value.code == "stale"
    with pytest.raises(NotValid):
        sign_application(actor=the_owner(draft), application=draft.public_id, name=" ", seen=hash_of(find(draft.public_id)))
    assert not Signature.objects.exists()


def test_after_a_change_everybody_signs_again() -> None:
    draft = a_filled_draft()
    _participant, along = a_participant(draft)
    signed(draft, the_owner(draft))
    reopen_application(actor=along, application=draft.public_id)
    found = find(draft.public_id)
    rows = a_budget(found, Money.euros(12_000))
    fill_in_budget(actor=along, application=draft.public_id, version=version_of(budget_part(found)), rows=rows)
    assert Draft(find(draft.public_id)).unsigned == [draft.applicant, along.id]
    signed(draft, the_owner(draft))
    signed(draft, along, "B. Denkbeeldig")
    assert submit_application(actor=along, application=draft.public_id).asked_money == Money.euros(12_000)


def test_who_leaves_before_it_is_sent_takes_the_signatures_with_them() -> None:
    draft = a_filled_draft()
    _participant, along = a_participant(draft)
    signed(draft, the_owner(draft))
    with pytest.raises(NotAllowed):
        leave_application(actor=the_owner(draft), application=draft.public_id)
    leave_application(actor=along, application=draft.public_id)
    found = find(draft.public_id)
    assert (found.stands, Draft(found).unsigned) == (State.DRAFT, [draft.applicant])
    assert list(applications_for(along)) == []


def test_answers_that_are_no_longer_asked_are_gone_before_anyone_signs() -> None:
    from vliegwiel.support.grants.tests.test_filling_in import QUESTIONS, answer
    from vliegwiel.support.schemes.tests.given import an_open_call

    hidden = {"key": "hoe_hoog", "type": "number", "question": "Hoe hoog wordt het?", "block": "Uw verhaal",
              "show_if": {"fact": "bouwen", "is": True}}  # fmt: skip
    draft = a_filled_draft(an_open_call(questions=[*QUESTIONS, hidden]))
    assert find(draft.public_id).answers["hoe_hoog"] == 10
    answer(draft, "uw-verhaal", bouwen=False)
    kept: dict[str, Any] = find(draft.public_id).answers
    assert kept["hoe_hoog"] == 10, "as long as one may change one's mind it stays"
    signed(draft, the_owner(draft))
    assert "hoe_hoog" not in find(draft.public_id).answers
