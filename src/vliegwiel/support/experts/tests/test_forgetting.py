"""Who stays outside the pool is forgotten when the term is over."""

from datetime import timedelta

import pytest

from vliegwiel.foundation.people.tests.given import SYSTEM
from vliegwiel.kernel import clock
from vliegwiel.support.experts.actions.admit_expert import decline_expert
from vliegwiel.support.experts.actions.leave_experts import forget_experts
from vliegwiel.support.experts.actions.stop_expert import stop_expert
from vliegwiel.support.experts.lifecycle import ExpertState
from vliegwiel.support.experts.models import Expert
from vliegwiel.support.experts.tests.given import a_coordinator, a_request, an_expert, given_to, pool_hours


@pytest.mark.django_db
def test_who_stays_outside_the_pool_is_forgotten_after_the_term_and_hours_keep_no_name() -> None:
    pool_hours()
    helped = given_to(a_request())
    for number, state in ((3, ExpertState.DRAFT), (4, ExpertState.ASKED)):
        an_expert(number, state)
    declined = an_expert(5, ExpertState.ASKED)[1]
    decline_expert(actor=a_coordinator(), expert=declined.public_id, why="Wij zoeken nu een bouwkundige.")
    stop_expert(actor=helped, expert=Expert.objects.get(person=helped.id).public_id)
    with clock.at(clock.now() + timedelta(days=364)):
        assert forget_experts(actor=SYSTEM) == 0
    with clock.at(clock.now() + timedelta(days=366)):
        assert forget_experts(actor=SYSTEM) == 3
        assert forget_experts(actor=SYSTEM) == 0
    left = {(one.stands, one.name, one.person == "") for one in Expert.objects.all()}
    assert left == {(ExpertState.ASKED, "D. Verzonnen 4", False), (ExpertState.STOPPED, "", True)}, (
        "who waits for us is not forgotten"
    )
