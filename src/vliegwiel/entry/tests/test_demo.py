"""After the decisions of the demo an officer finds every kind of work that follows, and the money agrees to the cent."""

from datetime import timedelta
from typing import Any

import pytest

from vliegwiel.entry.demo_rooms import one_province
from vliegwiel.foundation.budgets.verification import verify
from vliegwiel.foundation.people import demo as people
from vliegwiel.foundation.people.waiting import waiting_for
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotNow
from vliegwiel.support.grants import demo as grants
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.tests.given import a_municipality
from vliegwiel.support.objections import demo as objections
from vliegwiel.support.objections.models import Objection
from vliegwiel.support.schemes import demo as schemes
from vliegwiel.support.settlements import demo as settlements
from vliegwiel.support.settlements.files import GrantFile
from vliegwiel.support.settlements.models import Claim, Report

pytestmark = pytest.mark.django_db
PROVINCE = "PV99"


def _made(settings: Any) -> None:
    settings.VLIEGWIEL_DEMO = True
    a_municipality()
    with clock.at(clock.now() - timedelta(days=500)):
        people.build(PROVINCE)
    schemes.build(PROVINCE)
    grants.build(PROVINCE)
    settlements.build(PROVINCE)
    objections.build(PROVINCE)


def test_the_demo_shows_each_kind_of_work_after_a_decision(settings: Any) -> None:
    _made(settings)
    files = {item.title: GrantFile(item.public_id) for item in Application.objects.filter(title__in=_AFTER)}
    assert {title: (file.money.paid.cents, file.grant.awarded.cents) for title, file in files.items()} == _AFTER
    assert files["Muziekles in de oude kerk"].report is not None
    assert files["Een bakfiets voor de buurt"].settlement is not None
    claim = Claim.objects.get()
    assert (claim.amount, claim.closed_on) == (7_200_00 - 4_500_00, None)
    assert sorted(Objection.objects.values_list("state", flat=True)) == ["decided", "decided", "invited", "received"]
    assert verify().holds
    _everyone_sees_what_waits()
    again = (settlements.build(PROVINCE), objections.build(PROVINCE))
    assert again == (4, 4)
    assert (Claim.objects.count(), Report.objects.count(), Objection.objects.count()) == (1, 3, 4), "a second time adds nothing"


def _everyone_sees_what_waits() -> None:
    officer = _waits("programma")
    assert officer["Geld dat terug moet komen"] == (1, 1)
    assert officer["Subsidies om vast te stellen"] == (1, 0)
    assert officer["Bezwaren die nog niemand behandelt"] == (1, 0)
    assert officer["Aanvragen die u behandelt"][0] + officer["Aanvragen die nog niemand behandelt"][0] == 12
    assert "Bezwaren die u behandelt" not in officer, "they are of the colleague who was not involved"
    assert _waits("tweede-programma")["Bezwaren die u behandelt"] == (1, 0)
    assert _waits("tekenbevoegde") == {"Teken het besluit: Een ommetje langs de wolken": (1, 0)}
    resident = Actor("person", _person(people.RESIDENT))
    assert [item.name for item in waiting_for(resident)] == [
        "Stuur uw gereedmelding: Een speelplek bij het water",
        "Stuur uw gereedmelding: Een buurtfeest met iedereen",
    ]


def _waits(role: str) -> dict[str, tuple[int, int]]:
    return {item.name: (item.count, item.late) for item in waiting_for(schemes.acting(role, PROVINCE))}


def _person(role: str) -> str:
    found = people.person_for(role)
    assert found is not None
    return found.public_id


#: What was paid, and what counts now, in cents.
_AFTER = {
    "Een speelplek bij het water": (6_400_00, 8_000_00),
    "Muziekles in de oude kerk": (6_000_00, 7_500_00),
    "Een bakfiets voor de buurt": (6_000_00, 6_000_00),
    "Een tentoonstelling over het dorp": (7_200_00, 4_500_00),
}


@pytest.mark.parametrize("build", [settlements.build, objections.build])
def test_what_is_made_up_belongs_in_a_demo_only(settings: Any, build: Any) -> None:
    settings.VLIEGWIEL_DEMO = False
    with pytest.raises(NotNow):
        build(PROVINCE)


def test_a_demo_of_another_province_says_which_home_to_give_it(settings: Any) -> None:
    settings.VLIEGWIEL_DEMO, settings.VLIEGWIEL_PROVINCE = True, PROVINCE
    one_province()
    people.build(PROVINCE)
    one_province()
    settings.VLIEGWIEL_PROVINCE = "PV25"
    with pytest.raises(NotNow) as refusal:
        one_province()
    assert "staat al een voorbeeld van PV99" in refusal.value.message
    assert any("VLIEGWIEL_HOME=var-pv25" in line for line in refusal.value.details)
