"""What a decision on an objection does: to the first decision, the money, the register and the state, all of it or nothing."""

import pytest

from vliegwiel.foundation.budgets.public import entries_of
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.public import decisions_of, grant_of, instalments_of
from vliegwiel.support.objections.lifecycle import State as ObjectionState
from vliegwiel.support.objections.standing import find
from vliegwiel.support.objections.tests.given import (
    a_refusal,
    an_objection,
    concluded,
    not_heard,
    upheld,
)
from vliegwiel.support.register.models import RegisterEntry

pytestmark = pytest.mark.django_db

EIGHT = Money.euros(8_000)


def test_a_refusal_that_does_not_stand_becomes_a_grant_with_money_register_duties_and_payment() -> None:
    refused = a_refusal()
    done = concluded(not_heard(an_objection(refused)), upheld(EIGHT))
    grant = grant_of(refused.application.public_id)
    assert (grant.state, grant.awarded) == (State.GRANTED, EIGHT)
    fresh = decisions_of(grant.id)[-1]
    assert (fresh.id, fresh.replaces, fresh.kind, fresh.letter) == (done.decision, refused.public_id, "grant", done.letter)
    assert [(entry.kind, entry.amount) for entry in entries_of(grant.about)] == [("commit", EIGHT)]
    assert RegisterEntry.objects.get(decision=fresh.id).money == EIGHT
    assert sum((row.amount for row in instalments_of(fresh.id)), Money(0)) <= EIGHT
    assert find(done.objection.public_id).stands is ObjectionState.DECIDED


def test_a_dismissed_objection_leaves_decision_money_and_register_as_they_are() -> None:
    refused = a_refusal()
    before = list(RegisterEntry.objects.values())
    concluded(not_heard(an_objection(refused)))
    grant = grant_of(refused.application.public_id)
    assert grant.state is State.REFUSED
    assert [item.id for item in decisions_of(grant.id)] == [refused.public_id]
    assert entries_of(grant.about) == []
    assert list(RegisterEntry.objects.values()) == before
