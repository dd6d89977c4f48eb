"""What a decision on an objection does: to the first decision, the money, the register and the state, all of it or nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vliegwiel.foundation.budgets.public import ceiling_of, entries_of, position
from vliegwiel.foundation.budgets.tests.given import a_line
from vliegwiel.foundation.papers.models import Letter
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotAllowed, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.lifecycle import State
from vliegwiel.support.grants.public import decisions_of, duties_of, grant_of, instalments_of
from vliegwiel.support.grants.tests.given import a_resident
from vliegwiel.support.grants.tests.officers import a_decidable_application, days_later, decided
from vliegwiel.support.objections.actions.decide_objection import decide_objection, propose_outcome
from vliegwiel.support.objections.actions.lodge_objection import lodge_objection
from vliegwiel.support.objections.lifecycle import State as ObjectionState
from vliegwiel.support.objections.models import ObjectionDecision
from vliegwiel.support.objections.standing import find
from vliegwiel.support.objections.tests.given import (
    a_call_to_object_to,
    a_decider,
    a_handler,
    a_partial_grant,
    a_refusal,
    an_objection,
    an_outcome,
    concluded,
    not_heard,
    objector_of,
    proposed,
    upheld,
)
from vliegwiel.support.register.models import RegisterEntry
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.owed import owed_on
from vliegwiel.support.settlements.tests.given import paid

pytestmark = pytest.mark.django_db
EIGHT = Money.euros(8_000)


@pytest.fixture(autouse=True)
def on_a_monday(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        yield


def test_a_refusal_that_does_not_stand_becomes_a_grant_with_money_register_duties_and_payment() -> None:
    refused = a_refusal()
    done = concluded(not_heard(an_objection(refused)), upheld(EIGHT))
    grant = grant_of(refused.application.public_id)
    assert (grant.state, grant.awarded) == (State.GRANTED, EIGHT)
    fresh = decisions_of(grant.id)[-1]
    assert (fresh.id, fresh.replaces, fresh.kind, fresh.letter) == (done.decision, refused.public_id, "grant", done.letter)
    assert fresh.by == (a_handler().id, a_decider().id)
    assert [(entry.kind, entry.amount) for entry in entries_of(grant.about)] == [("commit", EIGHT)]
    assert position(entries_of(grant.about)[0].line).balanced
    assert RegisterEntry.objects.get(decision=fresh.id).money == EIGHT
    assert duties_of(fresh.id)
    assert Money(0) < sum((row.amount for row in instalments_of(fresh.id)), Money(0)) <= EIGHT
    assert find(done.objection.public_id).stands is ObjectionState.DECIDED
    html = Letter.objects.get(public_id=done.letter).html
    assert "Wij geven u gelijk" in html
    assert "in beroep gaan bij de rechtbank" in html


def test_what_was_refused_at_first_bears_interest_from_the_last_day_of_the_term_and_the_six_weeks_to_pay() -> None:
    refused = a_refusal(a_decidable_application(a_call_to_object_to(advance=[{"share": "75%"}])))
    due = refused.application.due_on
    assert due is not None
    with days_later(40):
        waiting = not_heard(an_objection(refused))
    with days_later(160):
        concluded(find(waiting.public_id), upheld(EIGHT))
        file = paid(GrantFile(refused.application.public_id))
        [row] = owed_on(file)
        assert (row.article, row.base) == ("4:102, tweede lid", Money.euros(6_000))
        assert (row.since, row.until) == (due + timedelta(weeks=6), clock.today())
        assert "Zonder ons eerste besluit" in row.sentence


def test_a_dismissed_objection_leaves_decision_money_and_register_as_they_are() -> None:
    refused = a_refusal()
    before = list(RegisterEntry.objects.values())
    done = concluded(not_heard(an_objection(refused)))
    grant = grant_of(refused.application.public_id)
    assert grant.state is State.REFUSED
    assert [item.id for item in decisions_of(grant.id)] == [refused.public_id]
    assert entries_of(grant.about) == []
    assert list(RegisterEntry.objects.values()) == before
    assert done.decision == ""


def test_a_higher_amount_books_and_pays_only_what_comes_on_top_and_changes_the_one_entry_of_the_register() -> None:
    partly = a_partial_grant(Money.euros(5_000))
    paid = sum((row.amount for row in instalments_of(partly.public_id)), Money(0))
    done = concluded(not_heard(an_objection(partly)), upheld(EIGHT))
    grant = grant_of(partly.application.public_id)
    assert grant.awarded == EIGHT
    amounts = [entry.amount for entry in entries_of(grant.about) if entry.kind == "commit"]
    assert amounts == [Money.euros(5_000), Money.euros(3_000)]
    entry = RegisterEntry.objects.get(number=grant.number)
    assert [(change.kind, change.money) for change in entry.changes.all()] == [("changed", EIGHT)]
    assert len(duties_of(done.decision)) == len(duties_of(partly.public_id))
    plan = sum((row.amount for row in instalments_of(done.decision)), Money(0))
    assert paid < plan <= EIGHT, "what was planned and not ordered moved along, and what comes on top was added"


def test_who_objects_never_gets_less() -> None:
    partly = a_partial_grant(Money.euros(5_000))
    waiting = not_heard(an_objection(partly))
    for amount in (Money.euros(4_000), Money.euros(5_000), Money.euros(8_001)):
        with pytest.raises(NotValid):
            proposed(find(waiting.public_id), upheld(amount))
    assert find(waiting.public_id).stands is ObjectionState.READY


def _full_after() -> Any:
    """A refusal, and then another file that takes the last money."""
    call = a_call_to_object_to(amount=EIGHT)
    refused = a_refusal(a_decidable_application(call))
    with days_later(1):
        decided(a_decidable_application(call, person=a_resident("twee@voorbeeld.invalid")))
    assert ceiling_of(call.ceiling).free == Money(0)
    return call, refused


def test_upheld_on_an_exhausted_ceiling_goes_past_it_on_4_25_3_from_its_own_line_and_is_shown_as_such() -> None:
    call, refused = _full_after()
    line = a_line(Money.euros(50_000))
    with days_later(2):
        waiting = not_heard(an_objection(refused))
        past = upheld(EIGHT, beyond_reason="Bij het eerste besluit was er nog geld.", beyond_line=line)
        done = concluded(waiting, past)
        grant = grant_of(refused.application.public_id)
        entry = entries_of(grant.about)[0]
        assert (entry.kind, entry.article, entry.line, entry.second) == ("commit_beyond", "4:25(3)", line, a_handler().id)
        assert RegisterEntry.objects.get(decision=done.decision).beyond == "4:25(3)"
        assert ceiling_of(call.ceiling).used == EIGHT, "the ceiling itself carries no cent more"
        assert position(line).balanced
        assert position(line).committed == EIGHT
        assert "boven het plafond" in Letter.objects.get(public_id=done.letter).html


def test_the_same_amount_without_that_ground_is_refused_by_the_database_and_nothing_happened() -> None:
    _call, refused = _full_after()
    with days_later(2):
        waiting = not_heard(an_objection(refused))
        proposal = proposed(waiting, upheld(EIGHT))
        letters = Letter.objects.count()
        with pytest.raises(NotNow) as refusal:
            decide_objection(actor=a_decider(), objection=waiting.public_id, seen=proposal.content_hash)
    assert refusal.value.code == "ceiling"
    grant = grant_of(refused.application.public_id)
    assert (grant.state, entries_of(grant.about), Letter.objects.count()) == (State.REFUSED, [], letters)
    assert find(waiting.public_id).stands is ObjectionState.PROPOSED


def test_where_the_money_was_gone_at_the_first_decision_4_25_3_does_not_help() -> None:
    call = a_call_to_object_to(amount=EIGHT)
    decided(a_decidable_application(call, person=a_resident("twee@voorbeeld.invalid")))
    with days_later(1):
        refused = a_refusal(a_decidable_application(call))
    line = a_line(Money.euros(50_000))
    with days_later(2):
        past = upheld(EIGHT, beyond_reason="Toch.", beyond_line=line)
        with pytest.raises(NotValid) as refusal:
            proposed(not_heard(an_objection(refused)), past)
    assert any("4:25, derde lid" in line for line in refusal.value.details)


def test_past_a_ceiling_the_signer_is_another_than_who_proposed() -> None:
    _call, refused = _full_after()
    line = a_line(Money.euros(50_000))
    with days_later(2):
        waiting = not_heard(an_objection(refused))
        proposed(waiting, upheld(EIGHT, beyond_reason="Er was nog geld.", beyond_line=line))
        ObjectionDecision.objects.update(proposed_by=a_decider().id)
        seen = ObjectionDecision.objects.get().content_hash
        with pytest.raises(NotAllowed) as refusal:
            decide_objection(actor=a_decider(), objection=waiting.public_id, seen=seen)
    assert refusal.value.code == "second-signature"


def test_another_text_than_was_read_is_not_signed() -> None:
    waiting = not_heard(an_objection(a_refusal()))
    seen = proposed(waiting).content_hash
    ObjectionDecision.objects.update(motivation="Iets anders.")
    with pytest.raises(NotValid) as refusal:
        decide_objection(actor=a_decider(), objection=waiting.public_id, seen=seen)
    assert refusal.value.code == "other-content"
    assert find(waiting.public_id).stands is ObjectionState.PROPOSED


def test_against_a_decision_after_an_objection_one_appeals_and_does_not_object_again() -> None:
    refused = a_refusal()
    done = concluded(not_heard(an_objection(refused)), upheld(EIGHT))
    for decision in (done.decision, refused.public_id):
        with pytest.raises(NotNow):
            lodge_objection(actor=objector_of(refused), decision=decision, grounds="Nog eens.")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"motivation": ""}, "waarom"),
        ({"summary": ""}, "gewone woorden"),
        ({"outcome": "vreemd"}, "Kies"),
        ({"outcome": "inadmissible"}, "niet-ontvankelijk"),
        ({"outcome": "inadmissible", "ground": "late"}, "op tijd"),
        ({"outcome": "inadmissible", "ground": "not-repaired"}, "herstellen"),
        ({"outcome": "upheld"}, "bedrag"),
        ({"awarded": EIGHT}, "blijft het eerste besluit"),
        ({"outcome": "partly", "awarded": EIGHT}, "gegrond"),
        ({"outcome": "upheld", "awarded": EIGHT, "beyond_reason": "Zo maar."}, "budgetpost"),
    ],
)
def test_a_proposal_that_is_not_whole_says_what_lacks_and_changes_nothing(changes: dict[str, Any], told: str) -> None:
    waiting = not_heard(an_objection(a_refusal()))
    with pytest.raises(NotValid) as refusal:
        propose_outcome(actor=a_handler(), objection=waiting.public_id, proposal=an_outcome(**changes))
    assert any(told in line for line in refusal.value.details), refusal.value.details
    assert not ObjectionDecision.objects.exists()
    assert find(waiting.public_id).stands is ObjectionState.READY
