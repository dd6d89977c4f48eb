"""A changed regulation is tried on what past rounds really answered, without a word about who asked."""

import pytest

from vliegwiel.engines.rulebook import Regulation
from vliegwiel.kernel import clock
from vliegwiel.kernel.money import Money
from vliegwiel.support.grants.past import past_facts
from vliegwiel.support.grants.tests.given import a_draft, a_resident
from vliegwiel.support.grants.tests.officers import FULL, a_call, a_received_application
from vliegwiel.support.schemes.models import Scheme
from vliegwiel.support.schemes.public import CallFacts
from vliegwiel.support.schemes.rounds import rounds_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> CallFacts:
    """A call with an application of 12 and one of 6 inhabitants, and a draft."""
    found = a_call(FULL)
    a_received_application(found)
    other = a_resident("ander@voorbeeld.invalid")
    a_received_application(found, person=other, title="Een podium in het park", answers={"aantal_inwoners": 6})
    a_draft(found, person=a_resident("nog-niet@voorbeeld.invalid"))
    return found


def test_received_applications_give_facts_and_no_names(call: CallFacts) -> None:
    found = past_facts(call.id)
    assert len(found) == 2, "a draft is of who makes it"
    assert sorted(facts["aantal_inwoners"] for facts in found.values()) == [6, 12]
    assert {facts["gevraagd"] for facts in found.values()} == {Money.euros(15_000)}
    assert {facts["kosten"] for facts in found.values()} == {Money.euros(20_000)}
    told = str(found)
    assert "Verzonnen" not in told
    assert "Luchtstraat" not in told
    assert "hele dorp" not in told, "what someone wrote in their own words stays in the file"


def test_an_officer_sees_whose_outcome_a_stricter_version_changes(call: CallFacts) -> None:
    scheme = Scheme.objects.get(key=call.scheme)
    document = {**scheme.versions.get().document, "in_force": clock.today().isoformat()}
    document["rules"] = [
        {**rule, "when": {"fact": "aantal_inwoners", "at_least": 10}} if rule["code"] == "genoeg-inwoners" else rule
        for rule in document["rules"]
    ]
    [past] = rounds_of(scheme, Regulation.read(document))
    small = next(number for number, facts in past_facts(call.id).items() if facts["aantal_inwoners"] == 6)
    assert past.applications == 2
    assert [change.application for change in past.changes] == [small]


def test_a_round_of_five_hundred_is_read_in_a_handful_of_questions(
    call: CallFacts, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(5):
        past_facts(call.id)
