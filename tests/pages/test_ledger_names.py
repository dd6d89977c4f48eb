"""The ledger calls a file by its number, with a link for who may read the file at work."""

from typing import Any

import pytest

from vliegwiel.foundation.budgets.models import Entry
from vliegwiel.foundation.budgets.named_files import ids_of, with_files
from vliegwiel.foundation.people.actions.declare_conflict import declare_conflict
from vliegwiel.foundation.people.tests.given import a_role, acting
from vliegwiel.kernel.actor import Actor
from vliegwiel.support.grants.models import Application
from vliegwiel.support.grants.standing import may_read, readable_at_work, reference
from vliegwiel.support.grants.tests.officers import a_decidable_application, a_signer, an_assessor, an_officer, decided
from vliegwiel.support.grants.tests.test_dossier_pages import browser, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def granted(settings: Any) -> Application:
    settings.VLIEGWIEL_PROVINCE = "PV99"
    return decided(a_decidable_application()).application


def the_ledger(application: Application) -> str:
    post = Entry.objects.filter(about_id=application.public_id).latest("pk").line.public_id
    return f"/beheer/budgetten/posten/{post}/boekingen"


def test_a_booking_shows_the_number_of_the_file_with_a_link_for_who_may_read_it(granted: Application) -> None:
    path, link = the_ledger(granted), f'<a href="/werk/aanvragen/{granted.number}">{granted.number}</a>'
    page = text(browser(an_officer()), path)
    assert link in page
    assert granted.public_id not in page
    without = text(browser(acting(a_role("auditor", email="auditor@voorbeeld.invalid"))), path)
    assert f"<td>{granted.number}" in without
    assert link not in without


def test_one_with_an_interest_in_the_file_reads_its_number_only(granted: Application) -> None:
    officer = an_officer(4)
    declare_conflict(actor=officer, about=reference(granted), kind="familie")
    page = text(browser(officer), the_ledger(granted))
    assert str(granted.number) in page
    assert f"/werk/aanvragen/{granted.number}" not in page


def test_a_file_is_found_by_its_number_and_by_its_id(granted: Application) -> None:
    assert ids_of(str(granted.number)) == {granted.number, granted.public_id}
    client, path = browser(an_officer()), the_ledger(granted)
    for typed in (granted.number, granted.public_id):
        assert text(client, f"{path}?dossier={typed}").count('id="boeking-') == 2, "set apart, and committed"
    assert 'id="boeking-' not in text(client, f"{path}?dossier=2026-999999")
    table = client.get(f"{path}?formaat=csv&dossier={granted.number}").content.decode("utf-8-sig").splitlines()
    assert table[0].split(";")[6:8] == ["dossier", "dossiernummer"]
    assert table[1].split(";")[6:8] == [granted.public_id, granted.number]


def test_many_bookings_ask_no_more_than_one(granted: Application, django_assert_max_num_queries: Any) -> None:
    rows = list(Entry.objects.filter(about_id=granted.public_id)) * 50
    with django_assert_max_num_queries(12):
        assert {file.number for _entry, file in with_files(an_officer(), rows)} == {granted.number}


def test_the_list_of_files_one_may_read_agrees_with_reading_one(granted: Application) -> None:
    conflicted = an_officer(5)
    declare_conflict(actor=conflicted, about=reference(granted), kind="familie")
    people = [
        an_officer(),
        a_signer(),
        an_assessor(),
        conflicted,
        Actor("visitor"),
        acting(a_role("programma", province="PV98", email="elders@voorbeeld.invalid")),
        acting(a_role("controller", email="controller@voorbeeld.invalid")),
    ]
    rows = Application.objects.filter(pk=granted.pk)
    for actor in people:
        assert readable_at_work(actor, rows).exists() is bool(may_read(actor, granted)), actor
    assert not readable_at_work(Actor("person", granted.applicant), rows).exists(), "one's own file is no work"
