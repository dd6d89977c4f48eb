"""Who may do what: each role its verbs, in its own scope, and nothing else."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vliegwiel.catalogue.roles import given_roles, roles, verbs
from vliegwiel.foundation.people.models import Organisation, Role
from vliegwiel.foundation.people.public import Fields, Subject, demand, may, may_filter, may_one_of, may_somewhere
from vliegwiel.foundation.people.tests.given import PROVINCE, a_role, acting, an_organisation
from vliegwiel.kernel import clock
from vliegwiel.kernel.actor import Actor
from vliegwiel.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db
HERE, FIELDS = Subject(province=PROVINCE), Fields("province", "municipality", "organisation__public_id", "person__public_id")


def subject_of(role: Role) -> Subject:
    return Subject(role.province, role.municipality, role.organisation.public_id, role.person.public_id)


@pytest.mark.parametrize("kind", [role.key for role in given_roles()])
def test_each_role_may_exactly_what_the_catalogue_says(kind: str) -> None:
    role = a_role(kind)
    actor = acting(role)
    subject = subject_of(role)
    everyone = roles()["bezoeker"].verbs | roles()["inwoner"].verbs
    allowed = {key for key in verbs() if may(actor, key, subject)}
    assert allowed == roles()[kind].verbs | everyone


def test_a_visitor_may_only_what_everyone_may_and_is_asked_to_sign_in() -> None:
    assert {key for key in verbs() if may(Actor("visitor"), key, HERE)} == roles()["bezoeker"].verbs
    assert may(Actor("visitor"), "import-figures").reasons[0].code == "sign-in"


def test_without_a_role_a_person_may_only_what_is_their_own() -> None:
    someone = Actor("person", "abcdefghjkmn")
    assert may(someone, "apply-for-support", Subject(person="abcdefghjkmn"))
    assert may(someone, "apply-for-support", Subject(person="zzzzzzzzzzzz")).reasons[0].code == "not-own"
    assert may(someone, "manage-roles", HERE).reasons[0].code == "no-role"


def test_an_unknown_verb_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        may(Actor("visitor"), "fly", HERE)


def test_one_of_several_verbs_is_enough_and_the_roles_are_asked_once(django_assert_num_queries: Any) -> None:
    officer, visitor = acting(a_role("programma")), Actor("visitor")
    several = ("sign-decisions", "assess-applications")
    with django_assert_num_queries(1):
        found = may_one_of(officer, several, HERE)
    assert found
    assert found == may(officer, "assess-applications", HERE)
    assert may_one_of(officer, ("sign-decisions", "manage-roles"), HERE) == may(officer, "sign-decisions", HERE)
    assert may_one_of(visitor, several, HERE) == may(visitor, "sign-decisions", HERE)


def test_every_no_names_its_reason_in_dutch() -> None:
    actor = acting(a_role("onderzoeker"))
    for key in verbs():
        found = may(actor, key, Subject(province="PV98"))
        assert found or (found.reasons[0].text.endswith(".") and found.reasons[0].code)


def test_a_role_limited_to_one_municipality_stops_at_its_border() -> None:
    actor = acting(a_role("gemeente", municipality="GM9901"))
    assert may(actor, "give-consent", Subject(PROVINCE, "GM9901"))
    assert may(actor, "give-consent", Subject(PROVINCE, "GM9902")).reasons[0].code == "out-of-scope"
    assert not may(actor, "give-consent", Subject("PV98", "GM9901"))


def test_a_person_acts_for_one_organisation_at_a_time() -> None:
    one, other = an_organisation("Een"), an_organisation("Twee")
    a_role("adviseur", organisation=one, email="iemand@voorbeeld.invalid")
    second = a_role("onderzoeker", organisation=other, email="iemand@voorbeeld.invalid")
    assert may(acting(second), "import-figures")
    assert not may(acting(second), "do-casework", HERE)


def test_a_role_counts_from_its_beginning_until_its_end() -> None:
    role = a_role("onderzoeker")
    assert may(acting(role), "import-figures")
    Role.objects.filter(pk=role.pk).update(until=clock.now())
    assert not may(acting(role), "import-figures")


def test_who_has_a_closed_account_may_nothing() -> None:
    role = a_role("onderzoeker")
    role.person.is_active = False
    role.person.save()
    with pytest.raises(NotAllowed):
        demand(acting(role), "import-figures")


def test_a_page_for_a_role_opens_for_who_may_do_it_somewhere() -> None:
    assert may_somewhere(acting(a_role("gemeente", municipality="GM9901")), "give-consent")
    assert not may_somewhere(acting(a_role("onderzoeker")), "manage-roles")


PLACES = st.tuples(st.sampled_from(["PV98", "PV99"]), st.sampled_from(["", "GM9901", "GM9902"]))
HELD = st.lists(
    st.tuples(st.sampled_from([role.key for role in given_roles()]), PLACES, st.integers(0, 2)), min_size=1, max_size=6
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=HELD, data=st.data())
def test_a_list_shows_exactly_what_the_verdict_says_yes_to(
    held: list[tuple[str, tuple[str, str], int]], data: st.DataObject
) -> None:
    with transaction.atomic():
        organisations = [an_organisation(f"Organisatie {number}") for number in range(3)]
        for number, (kind, (province, municipality), at) in enumerate(held):
            a_role(
                kind,
                organisation=organisations[at],
                email=f"mens{number % 3}@voorbeeld.invalid",
                province=province,
                municipality=municipality,
            ) if not Role.objects.filter(
                kind=kind,
                organisation=organisations[at],
                person__email=f"mens{number % 3}@voorbeeld.invalid",
                province=province,
                municipality=municipality,
            ).exists() else None
        everything = list(Role.objects.select_related("person", "organisation"))
        actor = data.draw(
            st.sampled_from([Actor("visitor"), Actor.system("job"), *(acting(role) for role in everything)]), label="actor"
        )
        fields = data.draw(st.sampled_from([FIELDS, Fields(province="province"), Fields(person="person__public_id"), Fields()]))
        for key in data.draw(st.lists(st.sampled_from(sorted(verbs())), min_size=30, max_size=30, unique=True), label="verbs"):
            wanted = {role.pk for role in everything if may(actor, key, _seen(role, fields))}
            assert set(may_filter(actor, key, Role.objects.all(), fields).values_list("pk", flat=True)) == wanted, key
        transaction.set_rollback(True)


def _seen(role: Role, fields: Fields) -> Subject:
    whole = subject_of(role)
    return Subject(
        *(
            getattr(whole, name) if getattr(fields, name) else ""
            for name in ("province", "municipality", "organisation", "person")
        )
    )


def test_the_filter_gives_organisations_of_ones_own_province_only() -> None:
    manager = acting(a_role("beheerder"))
    an_organisation("Elders", province="PV98")
    fields = Fields(province="province", municipality="municipality")
    found = may_filter(manager, "manage-organisations", Organisation.objects.all(), fields)
    assert {item.province for item in found} == {PROVINCE}
