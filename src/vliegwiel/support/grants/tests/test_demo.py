"""An officer who signs in to the demo finds work in every state, made by the real actions, and the money agrees to the cent."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings

from vliegwiel.foundation.budgets.public import ceiling_of
from vliegwiel.foundation.people import demo as people
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow
from vliegwiel.kernel.iban import is_iban
from vliegwiel.support.grants import demo
from vliegwiel.support.grants.actions.divide_call import seed_for
from vliegwiel.support.grants.inbox import waiting_for
from vliegwiel.support.grants.lifecycle import DECIDED, PENDING, State
from vliegwiel.support.grants.models import Application, Decision
from vliegwiel.support.grants.regulation import ceiling_for
from vliegwiel.support.grants.tests.given import a_municipality
from vliegwiel.support.grants.turn import newest_division
from vliegwiel.support.schemes import demo as schemes
from vliegwiel.support.schemes.public import calls_in

pytestmark = pytest.mark.django_db
PROVINCE = "PV99"


@pytest.fixture(scope="module")
def built(reached_once: dict[str, Any]) -> int:
    """The demo, built once for the tests of this file."""
    with override_settings(VLIEGWIEL_DEMO=True):
        a_municipality()
        with clock.at(clock.now() - timedelta(days=500)):
            people.build(PROVINCE)
        schemes.build(PROVINCE)
        return demo.build(PROVINCE)


@pytest.fixture
def made(built: int, in_reached: None, settings: Any) -> int:
    """How many applications the demo holds."""
    settings.VLIEGWIEL_DEMO = True
    return built


def test_an_officer_finds_work_in_every_state_before_the_decision(made: int) -> None:
    waiting = {found.stands for found in waiting_for(schemes.acting("programma", PROVINCE))}
    assert waiting == PENDING
    assert Application.objects.filter(state=State.GRANTED).exists() or Application.objects.filter(state=State.DETERMINED).exists()
    assert made == Application.objects.count() == demo.build(PROVINCE), "a second time adds nothing"


def test_the_applications_of_the_demo_are_marked_and_are_of_nobody(made: int) -> None:
    found = Application.objects.all()
    assert all(item.made_up and is_iban(item.account) for item in found)
    assert len({item.account for item in found}) == len({item.kvk for item in found}) == made


def test_what_was_granted_in_the_demo_stands_in_the_ledger(made: int) -> None:
    granted = Decision.objects.exclude(taken_at=None)
    assert granted
    for decision in granted:
        ceiling = ceiling_of(ceiling_for(decision.application))
        together = [other.awarded for other in granted if ceiling_for(other.application) == ceiling.id]
        assert ceiling.used.cents == sum(together)
        assert ceiling.ends.month == 12, "the ceiling lasts to the end of the budget year, not to the closing bell"


def test_two_people_sign_from_ten_thousand_euros_in_the_demo(made: int) -> None:
    waiting = Decision.objects.get(taken_at=None)
    assert waiting.two_signatures
    assert waiting.application.stands is State.PROPOSED
    assert DECIDED.isdisjoint({waiting.application.stands})


def test_anyone_can_follow_the_draw_of_the_closed_lottery(made: int) -> None:
    call = next(call for call in calls_in(PROVINCE) if call.method == "lottery")
    assert call.state == "divided"
    page = Client().get(f"/lotingen/{call.id}").content.decode()
    assert seed_for(call) in page
    assert page.count('<th scope="row"><code>') == 3
    division = newest_division(call.id)
    assert division is not None
    assert sorted(bool(award["amount"]) for award in division.awards.values()) == [False, True, True], "one misses out"


def test_made_up_applications_are_for_a_demo_only(settings: Any) -> None:
    settings.VLIEGWIEL_DEMO = False
    with pytest.raises(NotNow):
        demo.build(PROVINCE)
