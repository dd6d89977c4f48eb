"""The demo shows schemes that are open, coming and closed, made by the real actions, and says that they are made up."""

from datetime import timedelta
from typing import Any

import pytest

from vliegwiel.foundation.people import demo as people
from vliegwiel.kernel import clock
from vliegwiel.kernel.errors import NotNow
from vliegwiel.support.schemes import demo
from vliegwiel.support.schemes.models import Scheme
from vliegwiel.support.schemes.overview import listed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("province", ["PV99", "PV25"])
def test_the_demo_is_built_once_and_marked(province: str, settings: Any) -> None:
    settings.VLIEGWIEL_DEMO = True
    with clock.at(clock.now() - timedelta(days=500)):
        people.build(province)
    assert demo.build(province) == demo.build(province) == 8
    demo.catch_up()
    shown = listed(province)
    assert {item.state for item in shown} == {"open", "coming", "closed"}
    assert {item.call.method for item in shown if item.call} == {"first-come", "tender", "lottery"}
    assert all(scheme.made_up for scheme in Scheme.objects.all())
    assert all(item.left is not None for item in shown)


def test_made_up_schemes_are_for_a_demo_only(settings: Any) -> None:
    settings.VLIEGWIEL_DEMO = False
    with pytest.raises(NotNow):
        demo.build("PV99")
