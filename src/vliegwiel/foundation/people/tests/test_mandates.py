"""Mandates, stand-ins, undertakings and conflicts: who may decide what, up to how much, and who stays away."""

from datetime import date, timedelta

import pytest

from vliegwiel.foundation.people.actions.arrange_stand_in import arrange_stand_in, end_stand_in
from vliegwiel.foundation.people.actions.declare_conflict import declare_conflict
from vliegwiel.foundation.people.actions.describe_organisation import (
    link_organisations,
    number_organisation,
    unlink_organisations,
)
from vliegwiel.foundation.people.actions.give_mandate import end_mandate, give_mandate
from vliegwiel.foundation.people.models import ConflictDeclaration, Mandate, OrganisationLink, Role, StandIn
from vliegwiel.foundation.people.public import Subject, conflict_declared, mandate, may, undertaking_of
from vliegwiel.foundation.people.queries import needs_second_factor
from vliegwiel.foundation.people.tests.given import PROVINCE, SYSTEM, a_role, acting, an_organisation
from vliegwiel.foundation.trail.models import Entry
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Reference
from vliegwiel.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from vliegwiel.kernel.money import Money

pytestmark = pytest.mark.django_db
FILE = Reference("application", "2026-000001", "", "")


def a_mandate(role: Role, *, most: Money | None = Money.euros(25_000), **more: object) -> Mandate:
    return give_mandate(
        actor=SYSTEM,
        person=role.person.public_id,
        organisation=role.organisation.public_id,
        province=PROVINCE,
        matter="grants",
        resolution="Mandaatbesluit 2026, nummer 12",
        most=most,
        **more,
    )


def decides(role: Role, euros: int, *, on: date | None = None, matter: str = "grants") -> str:
    found = mandate(acting(role), province=PROVINCE, matter=matter, amount=Money.euros(euros), on=on)
    return "yes" if found else found.reasons[0].code


def test_a_mandate_reaches_up_to_and_including_its_amount_and_not_to_another_matter() -> None:
    role = a_role("programma")
    assert decides(role, 1) == "no-mandate"
    a_mandate(role)
    assert decides(role, 25_000) == "yes"
    assert mandate(acting(role), province=PROVINCE, matter="grants", amount=Money(2_500_001)).reasons[0].code == "above-mandate"
    assert decides(role, 1, matter="payments") == "no-mandate"
    assert not mandate(acting(role), province="PV98", matter="grants", amount=Money(1))


def test_the_widest_mandate_counts_and_one_without_an_amount_has_no_end() -> None:
    role = a_role("programma")
    a_mandate(role, most=Money.euros(10))
    a_mandate(role, most=None)
    assert decides(role, 90_000_000) == "yes"


def test_a_mandate_counts_from_its_first_up_to_and_including_its_last_day() -> None:
    role, first = a_role("programma"), clock.today() + timedelta(days=5)
    a_mandate(role, since=first, until=first + timedelta(days=2))
    assert [decides(role, 1, on=first + timedelta(days=n)) for n in (-1, 0, 2, 3)] == ["no-mandate", "yes", "yes", "no-mandate"]


def test_nobody_gives_a_mandate_to_themselves_and_nothing_changes() -> None:
    manager = a_role("beheerder")
    with pytest.raises(NotAllowed):
        give_mandate(
            actor=acting(manager),
            person=manager.person.public_id,
            organisation=manager.organisation.public_id,
            province=PROVINCE,
            matter="grants",
            resolution="Besluit 1",
        )
    assert not Mandate.objects.exists()
    assert Entry.objects.get(action="give-mandate").reason == "self"


@pytest.mark.parametrize(
    "change",
    [{"matter": "alles"}, {"resolution": " "}, {"most": Money(0)}, {"until": date(2020, 1, 1)}, {"person": "abcdefghjkmn"}],
)
def test_a_mandate_that_cannot_be_is_refused(change: dict[str, object]) -> None:
    role = a_role("programma")
    given: dict[str, object] = {
        "person": role.person.public_id,
        "organisation": role.organisation.public_id,
        "province": PROVINCE,
        "matter": "grants",
        "resolution": "Besluit 1",
    }
    with pytest.raises((NotValid, NotFound)):
        give_mandate(actor=SYSTEM, **{**given, **change})  # one wrong value at a time
    assert not Mandate.objects.exists()


def test_a_mandate_ends_once_and_stays_known() -> None:
    role = a_role("programma")
    given = a_mandate(role)
    end_mandate(actor=SYSTEM, mandate=given.public_id)
    assert decides(role, 1, on=clock.today() + timedelta(days=1)) == "no-mandate"
    with pytest.raises(NotNow):
        end_mandate(actor=SYSTEM, mandate=given.public_id)
    assert Mandate.objects.filter(pk=given.pk).exists()


def test_a_stand_in_has_the_roles_and_mandates_of_who_is_away_on_those_days_only() -> None:
    office = an_organisation("Provincie Verzonnen")
    signer = a_role("tekenbevoegde", organisation=office)
    other = a_role("dorpsondersteuner", organisation=office)
    a_mandate(signer)
    here, today = Subject(province=PROVINCE), clock.today()
    assert not may(acting(other), "sign-decisions", here)
    arranged = arrange_stand_in(
        actor=acting(signer),
        absent=signer.person.public_id,
        replacement=other.person.public_id,
        organisation=office.public_id,
        first_day=today,
        last_day=today + timedelta(days=3),
    )
    assert may(acting(other), "sign-decisions", here)
    assert decides(other, 25_000) == "yes"
    assert needs_second_factor(other.person), "the heavier role asks its second step of the stand-in too"
    with clock.at(clock.now() + timedelta(days=4)):
        assert not may(acting(other), "sign-decisions", here)
    end_stand_in(actor=acting(signer), stand_in=arranged.public_id)
    assert not may(acting(other), "sign-decisions", here)


def test_one_arranges_a_stand_in_for_oneself_unless_one_manages_roles() -> None:
    office = an_organisation("Provincie Verzonnen")
    one, two = a_role("programma", organisation=office), a_role("tekenbevoegde", organisation=office)
    today = clock.today()
    days = {"organisation": office.public_id, "first_day": today, "last_day": today}
    with pytest.raises(NotAllowed):
        arrange_stand_in(
            actor=acting(one), absent=two.person.public_id, replacement=one.person.public_id, **days
        )  # same days twice
    stranger = a_role("programma", email="vreemd@voorbeeld.invalid")
    with pytest.raises(NotValid):
        arrange_stand_in(
            actor=acting(one), absent=one.person.public_id, replacement=stranger.person.public_id, **days
        )  # same days twice
    assert not StandIn.objects.exists()


def test_organisations_that_control_each_other_are_one_undertaking_until_the_link_ends() -> None:
    mother, daughter, granddaughter, stranger = (an_organisation(f"Stichting Niemendal {n}") for n in range(4))
    for above, below in ((mother, daughter), (daughter, granddaughter)):
        link_organisations(
            actor=SYSTEM, controls=above.public_id, controlled=below.public_id, kind="bestuur", source="Uittreksel KvK"
        )
    family = {mother.public_id, daughter.public_id, granddaughter.public_id}
    assert all(undertaking_of(member) == family for member in family)
    assert undertaking_of(stranger.public_id) == {stranger.public_id}
    with pytest.raises(NotValid):
        link_organisations(
            actor=SYSTEM, controls=mother.public_id, controlled=daughter.public_id, kind="bestuur", source="Nog eens"
        )
    unlink_organisations(actor=SYSTEM, controls=mother.public_id, controlled=daughter.public_id, kind="bestuur")
    assert undertaking_of(mother.public_id) == {mother.public_id}
    assert OrganisationLink.objects.count() == 2


@pytest.mark.parametrize(("kvk", "rsin"), [("1234567", ""), ("1234567a", ""), ("", "123456789"), ("", "12")])
def test_a_number_that_fails_its_check_is_refused(kvk: str, rsin: str) -> None:
    at = an_organisation()
    with pytest.raises(NotValid):
        number_organisation(actor=SYSTEM, organisation=at.public_id, kvk=kvk, rsin=rsin)
    at.refresh_from_db()
    assert (at.kvk, at.rsin) == ("", "")


def test_a_declared_interest_is_kept_without_a_word_about_why_in_the_trail() -> None:
    actor = acting(a_role("adviescommissie"))
    assert not conflict_declared(actor.id, FILE)
    declare_conflict(actor=actor, about=FILE, kind="familie")
    declare_conflict(actor=actor, about=FILE, kind="geld")
    assert conflict_declared(actor.id, FILE)
    assert ConflictDeclaration.objects.get().kind == "familie"
    assert Entry.objects.filter(action="declare-conflict").count() == 1
    with pytest.raises(NotValid):
        declare_conflict(actor=actor, about=FILE, kind="zin")
