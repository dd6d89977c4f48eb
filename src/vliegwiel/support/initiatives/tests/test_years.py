"""The yearly picture: of the people of an initiative, shared by choice with an adviser, never public, and never lost to a late save."""

import random
from typing import Any

import pytest
from django.test import Client

from vliegwiel.foundation.notices.models import Notice
from vliegwiel.foundation.people.models import Person
from vliegwiel.foundation.people.sessions import SECOND_STEP
from vliegwiel.foundation.search.models import Document
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money
from vliegwiel.support.initiatives.actions.draw_year import (
    YearFigures,
    draw_year,
    end_sharing_years,
    erase_year,
    share_years,
    years_for,
)
from vliegwiel.support.initiatives.actions.guard_initiative import merge_initiatives
from vliegwiel.support.initiatives.actions.leave_initiatives import leave_initiatives
from vliegwiel.support.initiatives.models import Initiative, PictureShare, YearPicture
from vliegwiel.support.initiatives.standing import find
from vliegwiel.support.initiatives.tests.given import PROVINCE, a_person, a_resident, an_adviser, an_initiative, joined

pytestmark = pytest.mark.django_db
PLAN = "Wij gaan de zaal verhuren, dan vragen wij minder."


@pytest.fixture(autouse=True)
def in_the_province(settings: Any) -> None:
    settings.VLIEGWIEL_PROVINCE = PROVINCE


def _figures(own: int = 900, public: int = 500, **more: Any) -> YearFigures:
    return YearFigures(Money.euros(own), Money.euros(100), Money.euros(public), Money.euros(250), **more)


def _drawn(taker: Actor, found: Initiative, year: int = 0, **more: Any) -> YearPicture:
    return draw_year(actor=taker, initiative=found.public_id, year=year or clock.today().year, figures=_figures(**more))


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(public_id=actor.id))
    session = client.session
    session[SECOND_STEP] = "set-up"
    session.save()
    return client


def test_only_its_people_and_the_adviser_they_chose_read_it_and_nothing_of_it_is_public() -> None:
    taker, helper, contact = a_resident(), a_resident("helper"), a_resident("contact")
    chosen, other = an_adviser(), an_adviser("ander")
    found = an_initiative(taker)
    joined(found, taker, helper, "helper")
    joined(found, taker, contact, "contact")
    _drawn(taker, found, volunteers=7, plan=PLAN)
    share_years(actor=taker, initiative=found.public_id, person=chosen.id)
    strangers = [
        other,
        a_person("gemeente", municipality="GM1876"),
        a_person("programma"),
        a_resident("vreemd"),
        Actor("visitor"),
    ]
    for actor in (taker, helper, contact, chosen):
        assert [item.plan for item in years_for(actor, found.public_id)] == [PLAN]
    for actor in strangers:
        with pytest.raises(NotAllowed):
            years_for(actor, found.public_id)
    for path in (found.path, "/initiatieven", "/initiatieven.csv", f"/api/v1/initiatieven/{found.public_id}"):
        answer = Client().get(path)
        text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        assert "verhuren" not in text, path
    assert "verhuren" not in repr(list(Document.objects.values()))
    end_sharing_years(actor=taker, initiative=found.public_id, person=chosen.id)
    with pytest.raises(NotAllowed):
        years_for(chosen, found.public_id)


def test_of_two_who_save_the_same_year_the_second_sees_both_and_loses_nothing() -> None:
    taker, helper = a_resident(), a_resident("helper")
    found = an_initiative(taker)
    joined(found, taker, helper, "helper")
    first = _drawn(taker, found)
    year = {"initiative": found.public_id, "year": first.year}
    with pytest.raises(NotNow) as refusal:
        draw_year(actor=helper, **year, figures=_figures(own=1))
    assert refusal.value.code == "stale"
    draw_year(actor=helper, **year, figures=_figures(own=1000), seen=first.version)
    page = browser(taker).post(
        f"{found.own_path}/jaarbeeld",
        {"doe": "jaar", "jaar": first.year, "versie": first.version, "eigen": "1.234", "plan": PLAN},
    )
    assert page.status_code == 400
    text = page.content.decode()
    assert "Nu bewaard:" in text
    assert "1.000" in text
    assert "1.234" in text
    assert PLAN in text
    assert YearPicture.objects.get().own == 100_000


@pytest.mark.parametrize(
    "wrong",
    [
        {"year": 1990},
        {"year": 2999},
        {"own": -1},
        {"own": 10**10},
        {"volunteers": -3},
        {"volunteers": 10**7},
        {"plan": "x" * 2001},
    ],
)
def test_what_cannot_be_is_refused_and_keeps_nothing(wrong: dict[str, Any]) -> None:
    taker = a_resident()
    found = an_initiative(taker)
    with pytest.raises(NotValid):
        _drawn(taker, found, **wrong)
    assert not YearPicture.objects.exists()


def test_the_share_of_an_authority_is_what_it_gave_of_all_that_came_in_whatever_the_amounts() -> None:
    chance = random.Random(20)
    for _time in range(200):
        own, given, public = (chance.choice([0, chance.randint(1, 10**9)]) for _each in range(3))
        item = YearPicture(year=2026, own=own, given=given, public=public)
        share = item.public_share
        assert (share is None) == (own + given + public == 0)
        assert share is None or (0 <= share <= 100 and abs(share - 100 * public / (own + given + public)) <= 0.5)


def test_a_year_is_truly_erased_and_every_share_ends_with_the_account_and_on_both_sides_of_a_merge() -> None:
    taker, adviser = a_resident(), an_adviser()
    found, other = an_initiative(taker), an_initiative(taker, "Ander")
    for one in (found, other):
        _drawn(taker, one)
        share_years(actor=taker, initiative=one.public_id, person=adviser.id)
    _drawn(taker, found, year=clock.today().year - 1)
    with pytest.raises(NotValid):
        share_years(actor=taker, initiative=found.public_id, person=a_resident("geen-adviseur").id)
    erase_year(actor=taker, initiative=other.public_id, year=clock.today().year)
    with pytest.raises(NotFound):
        erase_year(actor=taker, initiative=other.public_id, year=clock.today().year)
    merge_initiatives(actor=taker, initiative=found.public_id, into=other.public_id, why="Zelfde.")
    assert [item.year for item in find(other.public_id).years.all()] == [clock.today().year, clock.today().year - 1]
    assert not PictureShare.objects.exists(), "who read the one was never told of the other"
    told = Notice.objects.get(about_kind="initiative", moment__startswith="merged-")
    assert "stopte daarmee" in told.body
    share_years(actor=taker, initiative=other.public_id, person=adviser.id)
    leave_initiatives(actor=taker, person=adviser.id, email="adviseur@voorbeeld.invalid")
    assert not PictureShare.objects.exists()


def test_the_pages_keep_share_and_show_it() -> None:
    taker, adviser = a_resident(), an_adviser()
    found = an_initiative(taker)
    path, own = f"{found.own_path}/jaarbeeld", browser(taker)
    assert own.post(path, {"doe": "jaar", "eigen": "veel"}).status_code == 400
    filled = {"doe": "jaar", "eigen": "300", "overheid": "100", "vrijwilligers": "9", "plan": PLAN}
    assert own.post(path, filled).status_code == 302
    page = own.get(path).content.decode()
    assert "kwam er 25 van de overheid" in page
    assert own.post(path, {"doe": "delen", "wie": adviser.id}).status_code == 302
    assert found.title in browser(adviser).get("/werk/jaarbeelden").content.decode()
    shown = browser(adviser).get(f"/werk/jaarbeelden/{found.public_id}").content.decode()
    assert PLAN in shown
    assert "<form" not in shown.split("<main")[1].split("</main")[0]
    assert browser(an_adviser("ander")).get(f"/werk/jaarbeelden/{found.public_id}").status_code == 403
    assert browser(a_resident("vreemd")).get(path).status_code == 403
    assert own.post(path, {"doe": "niet-delen", "wie": adviser.id}).status_code == 302
    assert own.post(path, {"doe": "wissen", "jaar": str(clock.today().year)}).status_code == 302
    assert not YearPicture.objects.exists()
