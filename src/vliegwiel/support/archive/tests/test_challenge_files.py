"""A challenge that is destroyed is gone from the search in the same moment."""

from datetime import timedelta
from typing import Any

import pytest

from vliegwiel.foundation.search.models import Document, Gone
from vliegwiel.kernel import clock
from vliegwiel.support.archive.tests.given import BEGIN, a_list, carried_out
from vliegwiel.support.challenges.lifecycle import State
from vliegwiel.support.challenges.models import Challenge
from vliegwiel.support.challenges.tests.given import PROVINCE, a_challenge

pytestmark = pytest.mark.django_db


def test_what_everybody_could_find_of_a_challenge_goes_with_its_file(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(BEGIN):
        found = a_challenge(State.WITHDRAWN)
    about = Document.objects.filter(kind="challenge", key=found.public_id)
    assert about.exists()
    with clock.at(BEGIN + timedelta(days=3_700)):
        assert carried_out(a_list("challenge")) == 1
    assert not Challenge.objects.exists()
    assert not about.exists() and not Gone.objects.exists(), "neither its text nor its words stay behind"
