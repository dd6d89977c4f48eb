"""Accounts that nobody needs, names of former colleagues and loose messages go by the clock, and what a kept file needs stays."""

from collections.abc import Iterator
from typing import Any

import pytest

from vliegwiel.foundation.notices.models import Notice, Preference
from vliegwiel.foundation.notices.public import choose_channel, tell
from vliegwiel.foundation.people.actions.withdraw_role import withdraw_role
from vliegwiel.foundation.people.models import Person, Role
from vliegwiel.foundation.people.public import forget_accounts, forget_colleagues
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor, Reference
from vliegwiel.kernel.errors import NotAllowed
from vliegwiel.support.archive import tasks
from vliegwiel.support.archive.tests.given import BEGIN, a_withdrawn_file, an_archivist, years_later
from vliegwiel.support.grants.tests.given import a_resident

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def beginning(settings: Any) -> Iterator[None]:
    settings.VLIEGWIEL_PROVINCE = PROVINCE
    with clock.at(BEGIN):
        yield


def test_an_account_goes_after_two_years_unless_a_kept_file_names_it() -> None:
    idle, named = a_resident("stil@voorbeeld.invalid"), a_withdrawn_file("genoemd@voorbeeld.invalid")
    choose_channel(actor=idle, person=idle.id, kind="news", channel="mail")
    with years_later(1):
        assert tasks.forget_people.call() == 0
    with years_later(2):
        assert tasks.forget_people.call() > 0
    assert not Person.objects.filter(public_id=idle.id).exists()
    assert not Preference.objects.filter(receiver=idle.id).exists()
    assert Person.objects.filter(public_id=named.applicant).exists()


def test_who_left_ten_years_ago_has_no_name_here_and_their_role_stays_known() -> None:
    left, stays = a_role("programma", email="weg@voorbeeld.invalid"), a_role("controller", email="blijft@voorbeeld.invalid")
    withdraw_role(actor=SYSTEM, role=left.public_id)
    with years_later(9):
        tasks.forget_people.call()
        assert Person.objects.filter(email="weg@voorbeeld.invalid").exists()
    with years_later(10):
        tasks.forget_people.call()
    gone = Person.objects.get(pk=left.person_id)
    assert (gone.is_active, gone.name, "weg@" in gone.email) == (False, "oud-medewerker", False)
    assert Role.objects.filter(person=gone).count() == 1
    assert Person.objects.get(pk=stays.person_id).email == "blijft@voorbeeld.invalid"


def test_a_message_that_belongs_to_no_file_goes_and_one_about_a_file_waits_for_its_file() -> None:
    person = a_role("programma", email="bericht@voorbeeld.invalid").person.public_id
    for kind in ("scheme", "application"):
        tell(
            about=Reference(kind, "a2b3c4d5e6f7", "Iets", "/"),
            moment="told",
            template="support/offers/texts/offered",
            facts={"name": "Nergensdam"},
            province=PROVINCE,
            person=person,
            kind="work",
        )
    with years_later(2):
        tasks.forget_people.call()
    assert list(Notice.objects.values_list("about_kind", flat=True)) == ["application"]


def test_nobody_forgets_people_by_hand() -> None:
    person = a_resident()
    for act in (forget_accounts, forget_colleagues):
        for actor in (an_archivist(), Actor("visitor")):
            with pytest.raises(NotAllowed):
                act(actor=actor, people=[person.id])
    assert Person.objects.filter(public_id=person.id).exists()
