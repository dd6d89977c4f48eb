"""The score sheet in a browser: the declaration first, alone until all are in, nothing typed is lost; others know of no file."""

import pytest

from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.support.grants.actions.assign_application import assign_application
from vliegwiel.support.grants.models import Assessment
from vliegwiel.support.grants.regulation import rules_for
from vliegwiel.support.grants.standing import find
from vliegwiel.support.grants.tests.officers import (
    FULL,
    a_call,
    a_complete_application,
    an_application_in_assessment,
    an_assessor,
    an_officer,
    scored,
)
from vliegwiel.support.grants.tests.test_pages import a_browser

pytestmark = pytest.mark.django_db


def sheet(number: str, **changes: str) -> dict[str, str]:
    """A filled-in sheet: a 7 for everything."""
    found = find(number)
    filled = {"daad": "beoordeel", "oordeel": "grant", "motivering": "Een goed plan.", "bedrag": "12.500"}
    for item in rules_for(found).criteria:
        filled |= {f"punten-{item.key}": "7", f"reden-{item.key}": "Dat staat in het plan."}
    return {**filled, **changes}


def test_the_plan_opens_only_after_the_declaration_of_no_interest() -> None:
    found = a_complete_application(a_call(FULL), title="Een tafel")
    person = an_assessor(1)
    assign_application(actor=an_officer(), application=found.public_id, task="assessor", person=person.id)
    browser, path = a_browser(person), f"/beoordelen/{found.number}"
    first = browser.get(path).content.decode()
    assert "Hebt u een belang" in first
    assert "Cijfer van 0 tot en met 10" not in first
    assert browser.post(path, {"daad": "vrij"}, follow=True).status_code == 200
    assert "Begroting" in browser.get(path).content.decode()


def test_who_has_an_interest_leaves_the_file_and_sees_it_no_more() -> None:
    found = a_complete_application(a_call(FULL))
    person = an_assessor(1)
    assign_application(actor=an_officer(), application=found.public_id, task="assessor", person=person.id)
    browser, path = a_browser(person), f"/beoordelen/{found.number}"
    assert browser.post(path, {"daad": "belang", "soort": "familie"})["Location"] == "/beoordelen"
    assert browser.get(path).status_code == 404


def test_nobody_sees_the_marks_of_another_before_all_are_in() -> None:
    found = an_application_in_assessment()
    one, two = a_browser(an_assessor(1)), a_browser(an_assessor(2))
    path = f"/beoordelen/{found.number}"
    given = sheet(found.number, motivering="Alleen voor wie klaar is.")
    assert one.post(path, given, follow=True).status_code == 200
    before = two.get(path).content.decode()
    assert "Alleen voor wie klaar is" not in before
    assert "Alle beoordelingen" not in before
    two.post(path, sheet(found.number))
    after = two.get(path).content.decode()
    assert "Alle beoordelingen" in after
    assert "Alleen voor wie klaar is." in after, "with the reasons of the other"
    assert "Alle beoordelingen" in one.get(path).content.decode()


def test_a_sheet_with_faults_keeps_what_was_typed_and_stores_nothing() -> None:
    found = an_application_in_assessment()
    criteria = rules_for(found).criteria
    browser, path = a_browser(an_assessor(1)), f"/beoordelen/{found.number}"
    for wrong in (
        {f"punten-{criteria[0].key}": "elf"},
        {f"punten-{criteria[0].key}": "10,5"},
        {f"reden-{criteria[0].key}": ""},
        {"bedrag": "veel"},
    ):
        page = browser.post(path, sheet(found.number, motivering="Dit blijft staan.", **wrong)).content.decode()
        assert "nog niet compleet" in page, wrong
        assert "Dit blijft staan." in page
    assert not Assessment.objects.exists()


def test_a_changed_mark_says_why_and_keeps_the_earlier_one() -> None:
    found = an_application_in_assessment()
    scored(found, 80, 70, 60, by=an_assessor(1))
    browser, path = a_browser(an_assessor(1)), f"/beoordelen/{found.number}"
    assert "Schrijf op waarom u uw beoordeling verandert" in browser.post(path, sheet(found.number)).content.decode()
    browser.post(path, sheet(found.number, waarom="Na het gesprek zie ik het anders."))
    kept = list(Assessment.objects.order_by("revision"))
    assert [item.revision for item in kept] == [1, 2]
    assert kept[0].scores != kept[1].scores


@pytest.mark.parametrize("role", ["programma", "gemeente", "adviescommissie"])
def test_for_who_is_not_assigned_the_file_does_not_exist(role: str) -> None:
    found = an_application_in_assessment()
    stranger = acting(a_role(role, email=f"vreemd-{role}@voorbeeld.invalid"))
    assert a_browser(stranger).get(f"/beoordelen/{found.number}").status_code == 404
    assert a_browser(stranger).get("/beoordelen/2026-999999").status_code == 404
